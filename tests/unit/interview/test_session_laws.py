"""Laws of the interview under any order of answering, going back and editing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from advisor.interview.session import Interview
from advisor.model.answers import Raw, applies
from advisor.model.questionnaire import Question
from tests.unit.interview.small import small

MOVES = st.lists(
    st.tuples(st.sampled_from(["answer", "answer", "answer", "back", "edit"]), st.integers(0, 10**6)), max_size=40
)


def possible_answers(question: Question) -> list[Raw]:
    """Some answers of every sort that the question takes."""
    answers: list[Raw] = ["not_sure", "skip"]
    if question.kind == "several":
        answers += [(choice.id,) for choice in question.choices]
        answers.append((question.choices[0].id, question.choices[-2].id))
    elif question.choices:
        answers += [choice.id for choice in question.choices]
    elif question.kind == "number":
        answers += [question.minimum, question.maximum]
    else:
        answers += ["2027-01-31"]
    return answers


def play(session: Interview, moves: list[tuple[str, int]]) -> None:
    """Make the moves, each choosing among what is possible then."""
    for move, number in moves:
        question = session.current
        if move == "back":
            session.back()
        elif move == "edit" and len(session.answers):
            entries = session.answers.entries
            session.edit(entries[number % len(entries)].question)
        elif question is not None:
            answers = possible_answers(question)
            session.answer(answers[number % len(answers)])


@given(MOVES)
def test_no_answer_is_kept_whose_question_is_known_not_to_apply(moves: list[tuple[str, int]]) -> None:
    session = Interview(small())
    play(session, moves)
    for line in session.review():
        assert applies(line.question, session.answers, small()) is not False


@given(MOVES)
def test_skipping_from_anywhere_ends_the_interview(moves: list[tuple[str, int]]) -> None:
    session = Interview(small())
    play(session, moves)
    for _ in range(3 * len(small().questions)):
        if session.current is not None:
            session.answer("skip")
    assert session.finished
    assert session.remaining == 0


@given(MOVES)
def test_an_interview_taken_up_again_asks_the_same_question(moves: list[tuple[str, int]]) -> None:
    session = Interview(small())
    play(session, moves)
    again = Interview(small(), session.answers)
    assert again.answers == session.answers
    if session.conflict is None and not session.reopened:
        assert again.current == session.current


@given(MOVES)
def test_going_back_changes_no_answer(moves: list[tuple[str, int]]) -> None:
    session = Interview(small())
    play(session, moves)
    before = session.answers
    for _ in small().questions:
        session.back()
    assert session.answers == before
    assert not session.can_go_back
