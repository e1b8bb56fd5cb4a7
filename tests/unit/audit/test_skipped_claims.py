"""What a receipt says of questions that were not asked is proved anew beside the rules, and no proof can be made up."""

from __future__ import annotations

import json
from typing import Any

import pytest

from advisor.advice import Advisor
from advisor.audit.model.receipt import Receipt
from advisor.audit.receipts import Receipts
from advisor.audit.recording.seal import receipt_bytes
from advisor.model.answers import Raw
from tests.unit.audit.tampering import TIME, resealed

REAL = (
    "after 1 answers, the last of them to `brings`, the solver looked at every way to answer what was open: no rule "
    "that could still go either way hangs on this question"
)


@pytest.fixture(scope="module")
def early(shipped_advisor: Advisor) -> bytes:
    """A receipt of an interview that was stopped early, when nearly every question could still matter."""
    said: dict[str, Raw] = {"brings": "start_own", "also": ["nothing"], "license": "counselor"}
    made = Receipts(shipped_advisor).make(said, TIME)
    return receipt_bytes(made)


def changed(raw: bytes, reason: str, proof: str) -> tuple[Receipt, list[str]]:
    """The receipt in which all that nobody asked has another reason and a proof, and the questions."""
    receipt: dict[str, Any] = json.loads(raw)
    open_ones = [one for one in receipt["content"]["skipped"] if one["reason"] == "not_asked"]
    for one in open_ones:
        one["reason"], one["proof"] = reason, proof
    return Receipt.model_validate_json(resealed(receipt)), [one["question"] for one in open_ones]


@pytest.mark.slow
@pytest.mark.parametrize("proof", ["", "a computer has shown it", REAL])
@pytest.mark.parametrize(
    ("reason", "said"), [("cannot_matter", "no answer can matter"), ("settled", "all was settled")]
)
def test_a_question_that_could_matter_and_is_said_not_to_is_told(
    shipped_advisor: Advisor, early: bytes, reason: str, said: str, proof: str
) -> None:
    receipt, open_ones = changed(early, reason, proof)
    found = list(Receipts(shipped_advisor).differences(receipt))
    assert "runway" in open_ones
    assert f"content.skipped[runway].reason: it says that {said}, which is not proved for these answers" in found


@pytest.mark.long
def test_a_proof_beside_not_asked_is_told(shipped_advisor: Advisor, early: bytes) -> None:
    receipt, open_ones = changed(early, "not_asked", "The Board has seen to it.")
    found = list(Receipts(shipped_advisor).differences(receipt))
    assert found == [
        f"content.skipped[{name}].proof: The Board has seen to it. is no proof that these rules and questions give"
        for name in open_ones
    ]


@pytest.mark.long
def test_a_ground_that_is_another_is_told(shipped_advisor: Advisor, early: bytes) -> None:
    receipt: dict[str, Any] = json.loads(early)
    one = next(one for one in receipt["content"]["skipped"] if one["reason"] == "does_not_apply")
    one["proof"] = "`situation is leaving` is true"
    (problem,) = Receipts(shipped_advisor).differences(Receipt.model_validate_json(resealed(receipt)))
    assert problem.startswith(f"content.skipped[{one['question']}].proof: ")
