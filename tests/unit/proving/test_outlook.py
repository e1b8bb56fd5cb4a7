"""What can still come about, on the shipped rules: every answer that would count is taken in."""

from __future__ import annotations

from random import Random

import pytest

from advisor.advice import default_advisor
from advisor.loading.answers import check_answers
from advisor.model.answers import Answer, Answers, Raw
from advisor.model.questionnaire import Question
from advisor.model.trace import Trace
from advisor.proving import changes
from advisor.proving.outlook import outlook
from advisor.proving.search import search
from tests.helpers.effort import every, long_after
from tests.helpers.provers import ONE_PROCESS, shipped_prover

pytestmark = ONE_PROCESS

START: dict[str, Raw] = {"brings": "start_own", "also": ["nothing"]}
STAY: dict[str, Raw] = {"brings": "platform_fine", "also": ["nothing"]}
SPARSE: dict[str, dict[str, Raw]] = {
    "a start": {**START, "situation": "planning"},
    "a license": {**STAY, "license": "counselor"},
    "an unsure platform": {**START, "situation": "planning", "platform": "not_sure"},
    "a large group": {"brings": "keep_delegated", "also": ["nothing"], "situation": "delegated_group"},
}
NOT_ASKED: tuple[tuple[dict[str, Raw], str, str, str], ...] = (
    ({**START, "situation": "planning"}, "RF1", "release_letter", "no"),
    ({**STAY, "license": "counselor"}, "RF8", "answers_written", "refused"),
)
"""Answers, a red flag, and the answer that raises it to a question that would not be asked."""


def one_answer(question: Question, random: Random) -> Answer:
    """Some answer to a question."""
    if question.kind in ("one", "several"):
        choice = random.choice(question.choices).id
        return Answer(question.id, choice if question.kind == "one" else (choice,))
    if question.kind == "number":
        return Answer(question.id, random.randint(question.minimum, question.maximum))
    return Answer(question.id, "2027-01-31" if question.kind == "date" else "some text")


def told(trace: Trace) -> set[str]:
    """What advice is made of, as the solver's atoms: the option, the add-ons and every rule that fires."""
    fired = {f'fires("{firing.rule}")' for firing in trace.firings}
    return {f'recommended("{trace.recommended}")', *(f'added("{add_on}")' for add_on in trace.add_ons)} | fired


@pytest.mark.parametrize("name", long_after(0, SPARSE))
def test_whatever_one_more_answer_brings_about_is_possible(name: str) -> None:
    advisor, random = default_advisor(), Random(name)
    answers = check_answers(SPARSE[name], advisor.questionnaire)
    found = outlook(shipped_prover(), Answers(tuple(answer for answer in answers if answer.value is not None)))
    given = {answer.question: answer for answer in answers}
    certain = {atom for atom in found.certain if atom.startswith(("recommended(", "added(", "fires("))}
    for question in advisor.questionnaire.questions[random.randrange(every()) :: every()]:
        if question.id not in given:
            more = Answers.of({**given, question.id: one_answer(question, random)}, advisor.questionnaire)
            atoms = told(advisor.trace(more))
            assert certain <= atoms <= found.possible, question.id


@pytest.mark.long
@pytest.mark.parametrize(("answers", "flag", "question", "value"), NOT_ASKED)
def test_an_answer_that_would_not_be_asked_for_counts_in_every_proof(
    answers: dict[str, Raw], flag: str, question: str, value: str
) -> None:
    advisor = default_advisor()
    given = check_answers(answers, advisor.questionnaire)

    assert flag in {one.id for one in advisor.trace({**answers, question: value}).red_flags}
    assert flag in {
        one.split(",")[0]
        for one in outlook(shipped_prover(), given).names(outlook(shipped_prover(), given).open, "flag")
    }
    standing = advisor.challenger.standing(given)
    assert question in standing.deciding
    assert question in {one.question for one in standing.hanging}
    found = search(shipped_prover(), given, changes.flag(flag, raised=True), up_to=1).found
    assert (question, value) in {(c.question, member) for one in found for c in one.changes for member in c.members}


@pytest.mark.long
def test_an_answer_that_is_set_aside_is_no_way_to_a_warning() -> None:
    """Where its condition is known to be false, an answer counts neither in the advice nor in a proof."""
    advisor = default_advisor()
    alone: dict[str, Raw] = {**START, "platform": "none"}
    given = check_answers(alone, advisor.questionnaire)
    trace = advisor.trace({**alone, "release_letter": "no"})

    assert (trace.set_aside, "RF1" in {one.id for one in trace.red_flags}) == (("release_letter",), False)
    assert "release_letter" not in advisor.challenger.standing(given).deciding
    found = search(shipped_prover(), given, changes.flag("RF1", raised=True), up_to=1).found
    assert "release_letter" not in {change.question for one in found for change in one.changes}
