"""Follows up what was kept: the new advice for the answers as they are now, and how it differs from the one before."""

from __future__ import annotations

import datetime
from contextlib import suppress
from dataclasses import dataclass

from advisor.advice import Advisor
from advisor.challenge.what_if_in_words import changes_between
from advisor.challenge.wording import ChallengeWords
from advisor.errors import AdvisorError
from advisor.handouts.first_days import with_days
from advisor.handouts.follow_up import follow_up, settled_rows, still_open
from advisor.keeping.content import days_kept
from advisor.model.advice import Advice
from advisor.model.answers import PRIVATE, Answer, Answers
from advisor.model.follow_up import FollowUp
from advisor.model.plan_page import PlanPage
from advisor.model.progress import Progress
from advisor.model.proofs import AnswerChange


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """What was found, the advice as it is now, and its plan without the rows that are settled, `left_out` of them."""

    found: FollowUp
    advice: Advice
    plan: PlanPage
    left_out: int


def followed_up(
    advisor: Advisor, before: Advice, answers: Answers, progress: Progress, on: datetime.date
) -> FollowedUp:
    """The follow-up of kept advice (`before`, with the days of its note) on a day, for the answers as they are now.
    What is still to do keeps its day.

    Raises as `Advisor.advise`.
    """
    made = advisor.advise(answers, as_of=on)
    days = days_kept(advisor, before, made, progress)
    after = made.model_copy(update={"plan": with_days(made.plan, days, made.headings)})
    review_days = {rule.id: rule.review_by for rule in advisor.rulebase.rules}
    found = follow_up(before, after, progress, _changed(advisor, before, answers), review_days, on)
    plan = still_open(after.plan, found.plan, settled_rows(before.plan, progress))
    return FollowedUp(found, made, plan, len(after.plan.rows) - len(plan.rows))


def _changed(advisor: Advisor, before: Advice, answers: Answers) -> tuple[AnswerChange, ...]:
    """The answers that differ from those that the advice was given for; a private one is not told from another."""
    asked, trace = advisor.questionnaire, before.trace
    told: dict[str, Answer] = {}
    for question, raw in trace.answers.items():
        with suppress(AdvisorError):  # a question that is no more, or an answer that no longer fits it
            now = answers.get(question)
            hidden = raw == PRIVATE and now is not None and now.value is not None
            told |= {question: now} if hidden and now else {a.question: a for a in advisor.checked({question: raw})}
    return changes_between(ChallengeWords(advisor.rulebase, asked), Answers.of(told, asked, trace.as_of), answers)
