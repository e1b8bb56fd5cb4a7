"""What follows from entries: the lowest, the largest, those that stand in a certain way, and totals."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.errors import AnswersError
from advisor.interview.session import Interview
from advisor.loading.answers import answers_from_bytes, answers_text, check_answers
from advisor.loading.questionnaire import load_questionnaire
from advisor.model.answer_check import parse_answer
from advisor.model.answers import Answer, Raw, knowledge_of
from advisor.model.entries import filled_in, followed_from, own
from advisor.model.path import to_come
from advisor.model.questionnaire import Questionnaire
from tests.helpers.folders import TINY_QUESTIONNAIRES, write_folder

PAGE = (Path(__file__).parent / "entries.yaml").read_text("utf-8")
BOTH: dict[str, Raw] = {
    "book": ["red", "blue"], "book_red_visits": 9, "book_red_fee": 98, "book_red_stand": "open",
    "book_blue_visits": 3, "book_blue_fee": 112, "book_blue_stand": "dated", "book_blue_start": "2027-01-15",
}  # fmt: skip


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    folder: Path = tmp_path_factory.mktemp("entries")
    write_folder(folder, {**TINY_QUESTIONNAIRES, "pages/plans.yaml": PAGE})
    return load_questionnaire(folder)


def said(asked: Questionnaire, **raw: Raw) -> dict[str, object]:
    return dict(check_answers(raw, asked).plain())


def test_of_each_entry_the_same_is_asked_once_it_is_named(asked: Questionnaire) -> None:
    book = asked.question("book")
    assert [part for part in book.parts if "_red_" in part] == [
        "book_red_visits", "book_red_fee", "book_red_stand", "book_red_start",
    ]  # fmt: skip
    assert asked.question("book_blue_fee").text == "Blue Plan: what does it pay?"
    assert [str(clause) for clause in asked.question("book_blue_start").when.all] == [
        "book.blue is true", "book_blue_stand is dated",
    ]  # fmt: skip


def test_an_entry_reads_with_what_was_told_of_it_and_by_itself_elsewhere(asked: Questionnaire) -> None:
    assert asked.question("book").choice("red").phrase == "Red ({book_red_visits|?} at ${book_red_fee|?})"
    assert [choice.phrase for choice in asked.question("meant").choices] == ["Red", "Blue", "Green"]


def test_answers_follow_from_the_entries(asked: Questionnaire) -> None:
    found = said(asked, **BOTH, meant="blue")
    assert {name: found[name] for name in found if name not in BOTH} == {
        "meant": "blue", "lowest": 98, "lowest_plan": "red", "second": "blue", "largest": "red", "share": 75,
        "plans": 2, "week": 9 * 98 + 3 * 112, "of_meant": 112, "dated": ["blue"], "in_hand": "some",
        "first_start": "2027-01-15",
    }  # fmt: skip


def test_what_hangs_on_something_not_told_does_not_follow(asked: Questionnaire) -> None:
    found = said(asked, book=["red", "blue"], book_red_fee=98, book_red_visits=9, book_blue_visits="not_sure")
    assert set(found) == {"book", "book_red_fee", "book_red_visits", "book_blue_visits", "plans"}


def test_what_one_untold_number_keeps_open_is_not_asked_of_who_named_the_entries(asked: Questionnaire) -> None:
    def put(**raw: Raw) -> set[str]:
        return set(to_come(asked, check_answers(raw, asked)))

    from_all = {"lowest", "lowest_plan", "second"}  # what follows from the fee of each
    untold: dict[str, Raw] = {**BOTH, "book_blue_fee": "not_sure"}
    assert not from_all & put(**untold)
    assert from_all <= put(**{name: value for name, value in BOTH.items() if name != "book_blue_fee"})  # still to come
    assert from_all <= put(book="not_sure")
    assert "of_meant" in put(**untold, meant="blue")  # it is of one plan, and may be known by another name
    assert said(asked, **untold, lowest=90)["lowest"] == 90


@pytest.mark.parametrize(
    ("stands", "hand", "dated"),
    [(("open", "open"), "none", None), (("dated", "dated"), "all", ["red", "blue"])],
)
def test_none_and_all_are_told_apart(
    asked: Questionnaire, stands: tuple[str, str], hand: str, dated: list[str] | None
) -> None:
    found = said(asked, book=["red", "blue"], book_red_stand=stands[0], book_blue_stand=stands[1])
    assert (found["in_hand"], found.get("dated")) == (hand, dated)


def test_an_answer_that_somebody_gave_stays(asked: Questionnaire) -> None:
    assert said(asked, **BOTH, lowest=50)["lowest"] == 50
    assert said(asked, **BOTH, lowest="not_sure")["lowest"] == "not_sure"


def test_only_so_many_entries_may_be_named(asked: Questionnaire) -> None:
    with pytest.raises(AnswersError) as refused:
        said(asked, book=["red", "blue", "green"])
    (problem,) = refused.value.problems
    assert problem.message == "3 choices are listed"
    assert problem.expected.startswith("a list of at most 2 of `red`")


def test_an_interview_fills_in_and_fills_anew_when_an_entry_changes(asked: Questionnaire) -> None:
    session = Interview(asked)
    while session.current is not None and session.current.id != "meant":
        session.answer(BOTH.get(session.current.id, "not_sure"))
    session.answer("red")
    assert session.finished  # all the others follow
    now = dict(session.answers.plain())
    assert (now["lowest"], now["largest"], now["of_meant"]) == (98, "red", 98)
    session.edit("book_red_fee")
    session.answer(130)
    now = dict(session.answers.plain())
    assert (now["lowest"], now["lowest_plan"], now["of_meant"]) == (112, "blue", 130)


def test_going_back_does_not_open_what_followed(asked: Questionnaire) -> None:
    session = Interview(asked)
    while session.current is not None and session.current.id != "meant":
        session.answer(BOTH.get(session.current.id, "not_sure"))
    session.answer("red")
    opened = []
    while session.can_go_back:
        back = session.back()
        assert back is not None
        opened.append(back.id)
    assert opened[:2] == ["meant", "book_blue_start"]
    assert not {"lowest", "largest", "week"} & {*opened}


def test_what_followed_goes_when_an_entry_is_no_longer_known(asked: Questionnaire) -> None:
    session = Interview(asked)
    while session.current is not None:
        session.answer(BOTH.get(session.current.id, "not_sure"))
    session.edit("book_red_fee")
    session.answer("not_sure")
    assert {"lowest", "week"} & {*session.answers.plain()} == set()


def test_most_that_can_be_asked_counts_as_many_entries_as_there_may_be(asked: Questionnaire) -> None:
    session = Interview(asked)
    while session.current is not None and session.current.id != "book":
        session.answer("not_sure")
    others = len(asked.questions) - len(asked.question("book").parts) - asked.questions.index(asked.question("book"))
    assert session.remaining == others + 2 * 4


def test_each_answer_that_follows_names_what_it_follows_from(asked: Questionnaire) -> None:
    given = {answer.question: answer for answer in check_answers({**BOTH, "meant": "blue"}, asked)}
    behind = followed_from(asked, given)
    assert behind["plans"] == ("book",)
    assert behind["lowest"] == ("book", "book_red_fee", "book_blue_fee")
    assert behind["of_meant"] == ("book", "meant", "book_red_fee", "book_blue_fee")
    assert behind["first_start"] == ("book", "book_red_stand", "book_blue_stand", "book_blue_start")
    assert set(own(asked, given)) == {*BOTH, "meant"}


def test_a_ledger_says_of_an_answer_that_followed_that_it_was_not_asked(asked: Questionnaire) -> None:
    session = Interview(asked)
    while session.current is not None:
        session.answer(BOTH.get(session.current.id, "not_sure"))
    ledger = session.ledger()
    lowest, fee = ledger.entry("lowest"), ledger.entry("book_red_fee")
    assert (lowest.what, lowest.order, lowest.origin) == ("followed", None, "followed")
    assert lowest.because == ("book", "book_red_fee", "book_blue_fee")
    assert (fee.what, fee.origin) == ("asked", "asked")
    orders = [entry.order for entry in ledger if entry.what == "asked"]
    assert sorted(order for order in orders if order is not None) == list(range(1, len(orders) + 1))


def test_a_file_of_answers_leaves_out_what_follows_and_gives_it_again_when_read(asked: Questionnaire) -> None:
    given = check_answers({**BOTH, "meant": "blue", "share": 40}, asked)
    text = answers_text(given, asked)
    assert "lowest" not in text
    assert "share: 40" in text
    assert answers_from_bytes(text.encode(), "again.yaml", asked) == given
    changed = answers_from_bytes(text.replace("book_red_fee: 98", "book_red_fee: 120").encode(), "again.yaml", asked)
    assert (changed.plain()["lowest"], changed.plain()["lowest_plan"]) == (112, "blue")


def test_the_facts_of_entries_are_those_of_plain_questions(asked: Questionnaire) -> None:
    known = knowledge_of(check_answers(BOTH, asked), asked).values
    assert (known["book.red"], known["book.count"], known["book_red_fee"]) == (True, 2, 98)


TOLD = st.dictionaries(
    st.sampled_from(["book_red_fee", "book_blue_fee", "book_red_visits", "book_blue_visits"]), st.integers(1, 80)
)
NAMED = st.lists(st.sampled_from(["red", "blue", "green"]), min_size=1, max_size=2, unique=True)


@given(told=TOLD, named=NAMED, own=st.dictionaries(st.sampled_from(["lowest", "week", "share"]), st.integers(1, 100)))
def test_filling_in_adds_once_and_takes_nothing_that_was_given(
    asked: Questionnaire, told: dict[str, int], named: list[str], own: dict[str, int]
) -> None:
    raw: dict[str, Raw] = {"book": named, **told, **own}
    given_by_hand = {name: parse_answer(asked.question(name), value) for name, value in raw.items()}
    found = filled_in(asked, given_by_hand)
    assert given_by_hand.items() <= found.items()
    assert filled_in(asked, found) == found


@given(first=TOLD, then=TOLD, named=NAMED)
def test_what_follows_hangs_on_the_entries_as_they_are_and_not_on_what_they_were(
    asked: Questionnaire, first: dict[str, int], then: dict[str, int], named: list[str]
) -> None:
    def told(numbers: dict[str, int]) -> dict[str, Answer]:
        raw: dict[str, Raw] = {"book": named, **numbers}
        return {name: parse_answer(asked.question(name), value) for name, value in raw.items()}

    before = filled_in(asked, told(first))
    follows = set(followed_from(asked, before))
    kept = {name: answer for name, answer in before.items() if name in follows}
    assert filled_in(asked, {**kept, **told(then)}, before) == filled_in(asked, told(then))
