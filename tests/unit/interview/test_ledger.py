"""The ledger: one entry for every question, with the reason and the proof."""

from __future__ import annotations

import json

import pytest

from advisor.interview.session import Interview
from advisor.model.answers import Raw
from advisor.model.condition import Truth
from advisor.model.ledger import REASONS, LedgerEntry, What
from advisor.model.scope import Scope
from tests.helpers.paged import ASKED, PAGED
from tests.unit.interview.guides import ListedOrder
from tests.unit.interview.small import PLANNING, given, interview, small


def what(session: Interview) -> dict[str, What]:
    return {entry.question: entry.what for entry in session.ledger()}


def test_there_is_one_entry_for_every_question_in_the_order_of_the_file() -> None:
    assert [entry.question for entry in Interview(small()).ledger()] == list(small().by_id)


def test_asked_questions_are_numbered_in_the_order_asked() -> None:
    session = Interview(small(), (), ListedOrder("remark", "license", "situation"))
    for raw in ("no", "counselor", "not_sure"):
        session.answer(raw)
    orders = {entry.question: entry.order for entry in session.ledger() if entry.what == "asked"}
    assert orders == {"remark": 1, "license": 2, "situation": 3}


@pytest.mark.parametrize(("resumed", "expected"), [(False, "from_file"), (True, "from_draft")])
def test_answers_from_before_are_told_from_those_asked(resumed: bool, expected: What) -> None:
    session = Interview(small(), given(situation="planning", license="counselor"), resumed=resumed)
    session.answer("yes")
    session.edit("license")
    session.answer("counselor")
    found = what(session)
    assert (found["situation"], found["license"], found["independent"]) == (expected, "asked", "asked")


def test_a_question_that_does_not_apply_names_the_clause_and_the_answer() -> None:
    entry = interview(situation="planning").ledger().entry("platform")
    proof = "`situation is on_platform` is false"
    assert entry == LedgerEntry("platform", "does_not_apply", None, proof, ("situation",), applies=False)


def test_a_question_that_hangs_on_not_sure_is_not_known_to_apply() -> None:
    entry = interview(situation="not_sure").ledger().entry("platform")
    assert (entry.what, entry.because) == ("not_known_to_apply", ("situation",))
    assert entry.proof == "`situation is on_platform` is not known"


def test_a_question_that_hangs_on_an_open_one_was_not_reached() -> None:
    entry = interview(license="counselor").ledger().entry("platform")
    assert (entry.what, entry.applies, entry.skipped) == ("not_reached", None, "not_known_to_apply")
    assert entry.proof == "`situation is on_platform` is not known"


def test_what_is_passed_over_names_the_answers_it_was_proved_with() -> None:
    session = Interview(small(), (), ListedOrder("situation", "license", "states", idle=["remark"]))
    session.answer("planning")
    assert session.current is not None
    session.answer("counselor")
    entry = session.ledger().entry("remark")
    assert entry.what == "cannot_matter"
    assert entry.because == ()  # it was so before the first answer
    assert entry.proof.startswith("after 0 answers")


def test_an_edit_makes_the_proof_anew() -> None:
    session = Interview(small(), (), ListedOrder("situation", "license", "states", idle=["remark"]))
    assert session.current is not None
    for raw in ("planning", "counselor"):
        session.answer(raw)
    session.edit("situation")
    session.answer("group")
    entry = session.ledger().entry("remark")
    assert set(entry.because) == {"situation", "license"}
    assert "the last of them to `situation`" in entry.proof


def test_questions_left_when_all_is_settled_carry_the_proof() -> None:
    session = Interview(small(), (), ListedOrder("situation", "license", settles={"situation": "planning"}))
    session.answer("planning")
    entry = session.ledger().entry("license")
    assert (entry.what, entry.because) == ("left", ("situation",))
    session.answer("counselor")
    assert session.ledger().entry("states").because == ("situation",)
    session.edit("situation")
    session.answer("group")
    assert what(session)["states"] == "not_reached"


def test_the_json_holds_every_entry_with_its_reason() -> None:
    text = interview(**PLANNING).ledger().json()
    found = json.loads(text)
    assert (found["format"], found["questionnaire"]) == ("advisor.ledger/1", {"id": "small", "version": "1.0"})
    assert [sorted(entry) for entry in found["entries"]] == [
        ["applies", "because", "order", "proof", "question", "reason", "what"]
    ] * len(small().questions)
    assert found["entries"][0] == {
        "question": "situation", "what": "from_file", "order": None, "proof": "", "because": [],
        "applies": True, "reason": "its answer was read from a file",
    }  # fmt: skip
    assert text == interview(**PLANNING).ledger().json()


@pytest.mark.parametrize(
    ("kind", "applies", "origin", "skipped"),
    [
        ("asked", True, "asked", None), ("from_file", None, "file", None), ("from_draft", True, "file", None),
        ("does_not_apply", False, None, "does_not_apply"), ("cannot_matter", True, None, "cannot_matter"),
        ("not_known_to_apply", None, None, "not_known_to_apply"), ("left", True, None, "settled"),
        ("left", None, None, "not_known_to_apply"), ("not_reached", True, None, "not_asked"),
        ("not_reached", None, None, "not_known_to_apply"),
    ],
)  # fmt: skip
def test_an_entry_says_what_a_receipt_wants(
    kind: What, applies: Truth, origin: str | None, skipped: str | None
) -> None:
    entry = LedgerEntry("situation", kind, applies=applies)
    assert (entry.origin, entry.skipped, entry.reason) == (origin, skipped, REASONS[kind])


def test_the_ledger_has_no_entry_for_what_is_no_question() -> None:
    with pytest.raises(KeyError):
        Interview(small()).ledger().entry("nothing")


def test_any_of_several_clauses_can_keep_a_question_out() -> None:
    raw: dict[str, Raw] = {"situation": "planning", "states": ["ky"]}
    assert Interview(small(), given(**raw)).ledger().entry("county").because == ("states",)


def test_a_question_that_only_other_pages_ask_says_so_once_the_path_is_whole() -> None:
    scope = Scope(PAGED, ASKED)
    session = Interview(ASKED, (), path_of=scope.path)
    assert what(session)["plan"] == "not_reached"
    for raw in ("letter", ["nothing"], "full", ["none"]):
        session.answer(raw)
    found = what(session)
    assert (found["plan"], found["spare"], found["kind"]) == ("another_page", "another_page", "not_reached")
    entry = session.ledger().entry("plan")
    assert (entry.reason, entry.skipped, entry.origin) == (REASONS["another_page"], "another_page", None)
