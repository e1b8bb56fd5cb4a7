"""Small receipts: verified with the rulebook that they name, by the program and by the script alone, or not at all."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from advisor.advice import Advisor
from advisor.audit.keeping.rulebooks import Rulebooks, rulebook_bytes
from advisor.audit.keeping.whole import whole_content, whole_receipt
from advisor.audit.model.receipt import SkippedQuestion
from advisor.audit.receipts import Receipts
from advisor.audit.recording.script import verifying_script
from advisor.audit.recording.seal import canonical, digest, plain, read_receipt, receipt_bytes
from advisor.errors import DataError
from advisor.interview.session import Interview
from advisor.loading.answers import read_answers
from advisor.verifier import problems
from advisor.verifier.beyond import UNCHECKED
from tests.helpers.cases import ANSWERS_ONLY
from tests.properties.test_every_leaf import forgeries, named
from tests.unit.audit.tampering import TIME, resealed

Plain = dict[str, Any]
ANSWERS: dict[str, str | int] = {"runway": "short", "sessions": 8}
BARRED = ("does_not_apply", "not_known_to_apply")
NO_ORDER = ("facts", "tallies")  # of which the order says nothing, as of what a fact is by


@pytest.fixture
def receipts(tiny_advisor: Advisor) -> Receipts:
    return Receipts(tiny_advisor)


@pytest.fixture
def small(receipts: Receipts) -> Plain:
    made: Plain = json.loads(receipt_bytes(receipts.small(ANSWERS, TIME)))
    return made


@pytest.fixture
def book(receipts: Receipts) -> bytes:
    return rulebook_bytes(receipts.rulebook())


def in_order(content: Plain) -> Plain:
    """A content with what has no order in one."""
    other = copy.deepcopy(content)
    trace = other["advice"]["trace"]
    trace["facts"] = [{**fact, "by": sorted(fact["by"])} for fact in trace["facts"]]
    for key in NO_ORDER:
        trace[key] = sorted(trace[key], key=canonical)
    return other


def unfolds_to_the_whole(receipts: Receipts, answers: Any, **given: Any) -> int:
    """Assert that the small receipt of some answers holds, and says what the whole one does; its size."""
    raw = receipt_bytes(receipts.small(answers, TIME, **given))
    book = rulebook_bytes(receipts.rulebook())
    assert list(problems(raw, rulebook=book)) == []
    whole = plain(receipts.make(answers, TIME, **given).content)
    assert in_order(whole_content(json.loads(raw)["content"], book)) == in_order(json.loads(canonical(whole)))
    return len(raw)


def test_what_is_left_out_follows_from_the_rulebook(receipts: Receipts) -> None:
    unfolds_to_the_whole(receipts, ANSWERS)
    unfolds_to_the_whole(receipts, {})
    unfolds_to_the_whole(receipts, {"runway": "not_sure"})
    settled = SkippedQuestion(question="sessions", reason="settled", proof="it is so")
    unfolds_to_the_whole(receipts, {"runway": "short"}, skipped=[settled])


def test_an_interview_is_told_but_for_what_bars_a_question_which_the_rulebook_says(tiny_advisor: Advisor) -> None:
    receipts, interview = Receipts(tiny_advisor), Interview(tiny_advisor.questionnaire)
    interview.answer("short")
    ledger = interview.ledger()
    raw = receipt_bytes(receipts.small(interview.answers, TIME, ledger=ledger))
    book = rulebook_bytes(receipts.rulebook())
    assert list(problems(raw, rulebook=book)) == []
    assert list(receipts.differences(read_receipt(raw))) == []
    told = whole_content(json.loads(raw)["content"], book)["skipped"]
    whole = plain(receipts.make(interview.answers, TIME, ledger=ledger).content)["skipped"]
    assert told == [one if one["reason"] not in BARRED else {**one, "proof": ""} for one in whole]


@pytest.mark.long
@pytest.mark.parametrize("name", ["counselor-starting-out", "mostly-not-sure", "big-plan-holds-the-caseload"])
def test_a_small_receipt_of_the_shipped_rules_says_what_the_whole_one_does_in_60_kilobytes(
    shipped_advisor: Advisor, name: str
) -> None:
    answers = read_answers(ANSWERS_ONLY / f"{name}.yaml", shipped_advisor.questionnaire)
    assert unfolds_to_the_whole(Receipts(shipped_advisor), answers) <= 60_000


def test_without_its_rulebook_or_with_another_nothing_is_said_to_hold(small: Plain, book: bytes) -> None:
    raw, named = canonical(small) + b"\n", small["content"]["rulebook"]
    (missing,) = problems(raw)
    assert missing.startswith("nothing was checked but its form and its digests, not even that the advice follows")
    assert f"rulebooks/{named.removeprefix('sha256:')}.json" in missing
    other = json.loads(book)
    other["criteria"]["cash"] = "Money"
    other["digest"] = digest({key: value for key, value in other.items() if key != "digest"})
    (wrong,) = problems(raw, rulebook=canonical(other) + b"\n")
    assert wrong == f"the rulebook given has the digest {other['digest']}, and the receipt names {named}"
    (changed,) = problems(raw, rulebook=book.replace(b"Because it is so.", b"Because it is no.", 1))
    assert changed == "the rulebook does not have the digest that it gives: it was changed"
    with pytest.raises(DataError, match="it was changed"):
        whole_receipt(raw, book.replace(b"Because it is so.", b"Because it is no.", 1), "receipt.json")


def test_whatever_is_changed_and_sealed_anew_is_seen_or_named(small: Plain, book: bytes) -> None:
    unseen = [
        name for name, raw in forgeries(small)
        if not named(name, UNCHECKED) and next(problems(raw, rulebook=book), None) is None
    ]  # fmt: skip
    assert unseen == []


def drop_a_firing(content: Plain) -> None:
    content["advice"]["trace"]["firings"].pop()


def swap_two_firings(content: Plain) -> None:
    content["advice"]["trace"]["firings"].reverse()


def fire_what_is_no_rule(content: Plain) -> None:
    content["advice"]["trace"]["firings"][0]["rule"] = "NOT-1"


def answer_otherwise(content: Plain) -> None:
    content["answers"][0]["value"] = "long"


def answer_what_is_no_question(content: Plain) -> None:
    content["answers"][0]["question"] = "nobody_asked"


def say_why_an_answered_question_has_none(content: Plain) -> None:
    content["skipped"] = [{"reason": "settled", "proof": "", "questions": ["runway"]}]


def say_of_a_question_that_it_does_not_apply(content: Plain) -> None:
    content["answers"].pop()
    content["skipped"] = [{"reason": "does_not_apply", "proof": "", "questions": ["sessions"]}]


def name_other_rules(content: Plain) -> None:
    content["rulebase"]["digest"] = "0" * 64


def count_another_rule(content: Plain) -> None:
    content["advice"]["approvals"]["spoke"] += 1


EDITS: list[tuple[Callable[[Plain], None], str]] = [
    (drop_a_firing, "rule DEC-1 did not fire, though its conditions hold"),
    (swap_two_firings, "rule WGH-1 fired out of its turn"),
    (fire_what_is_no_rule, 'rule "NOT-1" fired, and the rulebook has no such rule'),
    (answer_otherwise, "firing 1, rule DER-1: it fired, though a condition under `all` on runway does not hold"),
    (answer_what_is_no_question, "content.answers: the answers are not in the order of the questions, each once"),
    (say_why_an_answered_question_has_none, 'skipped "runway": it is there twice, has an answer, or is no question'),
    (say_of_a_question_that_it_does_not_apply, "skipped sessions: the reason given, does_not_apply, is not so"),
    (count_another_rule, "advice.approvals.spoke: it is 4, and should be 3"),
    (name_other_rules, "content.rulebase.digest: it is"),
]


@pytest.mark.parametrize(("edit", "told"), EDITS, ids=[edit.__name__ for edit, _ in EDITS])
def test_an_edit_is_told_in_the_words_of_what_it_broke(
    small: Plain, book: bytes, edit: Callable[[Plain], None], told: str
) -> None:
    edit(small["content"])
    found = list(problems(resealed(small), rulebook=book))
    assert any(told in one for one in found), found


def test_every_changed_byte_is_seen(small: Plain, book: bytes) -> None:
    raw = canonical(small) + b"\n"

    def flipped() -> Iterator[bytes]:
        for place in range(0, len(raw), 97):
            yield raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]

    assert all(next(problems(changed, rulebook=book), None) is not None for changed in flipped())


def test_the_script_alone_finds_the_rulebook_beside_the_receipt(tmp_path: Path, receipts: Receipts) -> None:
    saved, script = tmp_path / "receipt.json", tmp_path / "elsewhere" / "verify_receipt.py"
    made = receipts.small(ANSWERS, TIME)
    saved.write_bytes(receipt_bytes(made))
    books = Rulebooks(tmp_path)
    books.keep(made.content.rulebook, lambda: rulebook_bytes(receipts.rulebook()))
    script.parent.mkdir()
    script.write_text(verifying_script(), "utf-8")

    def alone(*words: str | Path) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-I", "-S", str(script), str(saved), *map(str, words)]
        return subprocess.run(line, capture_output=True, text=True, check=False, env={})

    done = alone()
    assert (done.returncode, done.stderr) == (0, "")
    first, *rest = done.stdout.splitlines()
    assert first == f"{saved}: all of it holds ({made.id})."
    true_one = f"that the rulebook is the true one ({made.content.rulebook}): get it from whom you trust"
    assert [one.split("not checked: ")[1] for one in rest] == [*(said for said, _ in UNCHECKED), true_one]
    moved = books.path(made.content.rulebook).rename(tmp_path / "moved.json")
    done = alone()
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing was checked but its form and its digests" in done.stderr
    assert alone("--rulebook", moved).returncode == 0
