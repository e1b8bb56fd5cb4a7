"""Puts changed answers in words, and ranks sets of them by how few they are and who can bring them about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from advisor.challenge.wording import ChallengeWords
from advisor.model.answers import Answer, Answers
from advisor.model.proofs import AnswerChange, Changes, ChangeSet, Who
from advisor.model.questionnaire import Question
from advisor.proving.changes import Change, Found, Search

_WHO: tuple[Who, ...] = get_args(Who)
_COUNTS = {None: "none", 1: "one", 2: "two", 3: "three"}
_NAMED = 3  # at most so many answers that no rule tells apart are named


def change_said(words: ChallengeWords, change: Change, answers: Answers) -> AnswerChange:
    """One change in words."""
    question, answer = words.questionnaire.question(change.question), answers.get(change.question)
    choice = _choice(words, question, change)
    return AnswerChange(
        question=question.id,
        text=question.text,
        how=change.how,
        now=words.answer(question, answer),
        then=choice,
        to=change.members,
        numbers=change.span,
        said=words(f"changes.{change.how}", question=question.text, choice=choice),
        who=_who(question, answer),
    )


def _who(question: Question, answer: Answer | None) -> Who:
    return "unanswered" if answer is None or answer.value is None else question.change


def _choice(words: ChallengeWords, question: Question, change: Change) -> str:
    if change.span and change.members[0] != change.members[-1]:
        low, high = (f"{member:,}" for member in (int(change.members[0]), int(change.members[-1])))
        return words("changes.span", low=low, high=high, unit=question.unit)
    if question.kind not in ("one", "several"):
        return words.member(question, change.members[0])
    named = [words("changes.quoted", choice=words.member(question, m)) for m in change.members]
    if len(named) > _NAMED:
        return words("changes.others", first=named[0])
    return words.joined(named, "changes.or")


def set_said(words: ChallengeWords, found: Found, answers: Answers, key: str) -> ChangeSet:
    """One set of changes in words; `key` is the sentence to use."""
    changes = tuple(change_said(words, change, answers) for change in found.changes)
    said = words.joined([change.said for change in changes])
    return ChangeSet(
        changes=changes,
        option=found.option,
        option_title=words.base.options[found.option].title,
        who=max((change.who for change in changes), key=_WHO.index),
        text=words(key, changes=said, option=words.option(found.option)),
    )


def told_sets(words: ChallengeWords, search: Search, answers: Answers, goal: str) -> list[tuple[Found, ChangeSet]]:
    """Every set of a search with its words: the fewest answers first, then the easiest to bring about.

    `goal` is empty when any other main option was looked for.
    """
    mains = {option.id for option in words.base.main_options}
    key = "changes.option" if not goal or goal in mains else "changes.other"
    place = {question.id: i for i, question in enumerate(words.questionnaire.questions)}
    told = [(found, set_said(words, found, answers, key)) for found in search.found]
    return sorted(told, key=lambda pair: _rank(pair[1], place))


def nearest(told: Sequence[tuple[Found, ChangeSet]], most: int) -> list[tuple[Found, ChangeSet]]:
    """The first `most` of those that each kind of people can bring about, in the order given."""
    seen: Counter[str] = Counter()
    kept = []
    for pair in told:
        seen[pair[1].who] += 1
        if seen[pair[1].who] <= most:
            kept.append(pair)
    return kept


def changes_said(
    words: ChallengeWords,
    search: Search,
    told: Sequence[tuple[Found, ChangeSet]],
    shown: Sequence[tuple[Found, ChangeSet]],
    goal: str,
) -> Changes:
    """A search in words: all its sets are `told`, and those `shown` are handed out."""
    sets = [one for _, one in told]
    within_reach = min((len(one.changes) for one in sets if one.who != "given"), default=None)
    return Changes(
        goal=goal,
        sets=tuple(one for _, one in shown),
        total=len(sets),
        searched_to=search.proved_to,
        smallest=search.smallest,
        smallest_possible=within_reach,
        summary=_summary(words, search, within_reach, goal),
        proof=_proof(words, search),
    )


def _rank(one: ChangeSet, place: dict[str, int]) -> tuple[int, int, list[int], list[str]]:
    who = [_WHO.index(change.who) for change in one.changes]
    order = [place[change.question] for change in one.changes]
    return len(one.changes), max(who), order, [str(change.to) for change in one.changes]


def _summary(words: ChallengeWords, search: Search, within_reach: int | None, goal: str) -> str:
    size = search.proved_to
    if goal:
        return words("changes.wanted." + ("now" if size == 0 else _COUNTS[search.smallest]), size=size)
    summary = words(f"changes.summary.{_COUNTS[search.smallest]}", size=size)
    if search.smallest is None:
        return summary
    return f"{summary} {words(f'changes.summary_possible.{_COUNTS[within_reach]}', size=size)}"


def _proof(words: ChallengeWords, search: Search) -> str:
    if search.proved_to == 0:
        return ""
    if not search.found:
        return words("changes.none_found", size=search.proved_to)
    return words("changes.proof", size=search.proved_to, total=f"{len(search.found):,}")
