"""The rulebook: what a receipt quotes is laid beside it by the script alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisor.advice import Advisor
from advisor.audit.model.receipt import Receipt
from advisor.audit.receipts import Receipts
from advisor.audit.recording.seal import canonical, digest, plain, receipt_bytes
from advisor.verifier import problems
from tests.unit.audit.tampering import TIME, requoted, resealed

Plain = dict[str, Any]


@pytest.fixture
def receipt(tiny_advisor: Advisor) -> Plain:
    made: Plain = json.loads(receipt_bytes(Receipts(tiny_advisor).make({"runway": "short"}, TIME)))
    return made


@pytest.fixture
def book(tiny_advisor: Advisor, tmp_path: Path) -> Path:
    path = tmp_path / "rulebook.json"
    path.write_bytes(canonical(plain(Receipts(tiny_advisor).rulebook())) + b"\n")
    return path


def test_a_receipt_of_the_same_rules_holds_beside_the_rulebook(receipt: Plain, book: Path) -> None:
    assert list(problems(canonical(receipt) + b"\n", rulebook=book)) == []


def retitle_a_rule(content: Plain) -> None:
    content["rules"][0]["title"] = "Another"
    requoted(content["rules"][0])


def reword_a_question(content: Plain) -> None:
    question = content["questions"][1]
    question["wording"]["why"] = "Another."
    question["wording_digest"] = digest(question["wording"])


def regrade_a_source(content: Plain) -> None:
    for part in (content, content["advice"]):
        part["sources"][0]["grade"] = "D"


def reword_a_heading(content: Plain) -> None:
    content["advice"]["headings"]["sections.about"] = "Nothing to see"


def drop_a_disclosure(content: Plain) -> None:
    content["advice"]["disclosures"].pop(0)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (retitle_a_rule, "content.rules.DER-1.title: it is \"Another\", and should be \"Rule DER-1\""),
        (reword_a_question, 'content.questions.sessions.wording.why: it is "Another.", and should be "Money."'),
        (regrade_a_source, 'content.sources.book.grade: it is "D", and should be "A"'),
        (reword_a_heading, "advice.headings.sections.about: it is"),
        (drop_a_disclosure, "advice.disclosures"),
    ],
)  # fmt: skip
def test_what_is_quoted_otherwise_and_sealed_anew_is_seen_beside_the_rulebook_alone(
    receipt: Plain, book: Path, change: Callable[[Plain], None], told: str
) -> None:
    change(receipt["content"])
    raw = resealed(receipt)
    assert list(problems(raw)) == []
    assert any(problem.startswith(told) for problem in problems(raw, rulebook=book))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda book: {**book, "headings": {}}, "the rulebook does not have the digest that it gives"),
        (lambda book: {**book, "format": "advisor.receipt/1"}, "this is not a rulebook"),
        (lambda book: [], "this is not a rulebook"),
    ],
)  # fmt: skip
def test_a_rulebook_that_is_none_is_told_once(
    receipt: Plain, book: Path, spoil: Callable[[Plain], Any], told: str
) -> None:
    book.write_bytes(canonical(spoil(json.loads(book.read_bytes()))) + b"\n")
    (problem,) = problems(canonical(receipt) + b"\n", rulebook=book)
    assert told in problem


def test_a_rulebook_that_lacks_a_part_or_is_not_there_is_told(receipt: Plain, book: Path) -> None:
    short = json.loads(book.read_bytes())
    del short["facts"], short["digest"]
    book.write_bytes(canonical({**short, "digest": digest(short)}) + b"\n")
    raw = canonical(receipt) + b"\n"
    assert [one.split(": ", 1)[1] for one in problems(raw, rulebook=book)] == ["rulebook.facts: it is missing"]
    (problem,) = problems(raw, rulebook=book.with_name("other.json"))
    assert "the rulebook cannot be read" in problem


def test_rules_in_another_order_are_told(receipt: Plain, book: Path) -> None:
    receipt["content"]["options"].reverse()
    found = list(problems(resealed(receipt), rulebook=book))
    assert 'content.options.left.id: it is "extra", and should be "left"' in found


def test_words_that_no_rule_speaks_are_compared_whatever_version_a_receipt_says_made_it(
    tiny_advisor: Advisor, receipt: Plain
) -> None:
    def found() -> list[str]:
        return list(Receipts(tiny_advisor).differences(Receipt.model_validate_json(resealed(receipt))))

    advice = receipt["content"]["advice"]
    for versions in (receipt["content"]["versions"], advice["trace"]["versions"]):
        versions["advisor"] = "0.0.0"
    assert found() == []
    advice["disclosures"] = []
    (problem,) = found()
    assert problem.startswith("content.advice.disclosures[d1]: it is missing (version 0.0.0 of the program ")
