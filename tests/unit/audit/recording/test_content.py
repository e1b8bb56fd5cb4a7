"""What stands in a receipt of the tiny rule base, worked out by hand from its three rules."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.audit.model.receipt import Receipt, SkippedQuestion, SkipReason
from advisor.audit.receipts import Receipts
from advisor.audit.recording.seal import canonical, plain, receipt_bytes
from advisor.errors import AnswersError
from advisor.interview.session import Interview
from advisor.model.answers import Raw
from advisor.model.ledger import Ledger
from tests.helpers.folders import DECIDE, TINY_QUESTIONNAIRES, TINY_RULES, write_folder
from tests.unit.audit.tampering import TIME


@pytest.fixture
def receipts(tiny_advisor: Advisor) -> Receipts:
    return Receipts(tiny_advisor)


@pytest.fixture
def short(receipts: Receipts) -> Receipt:
    return receipts.make({"runway": "short"}, TIME)


def test_every_answer_has_its_origin_and_the_digest_of_the_wording_it_answers(receipts: Receipts) -> None:
    content = receipts.make({"sessions": 8, "runway": "short"}, TIME, origins={"runway": "asked"}).content
    first, second = content.answers
    assert (first.question, first.value, first.origin, first.counted) == ("runway", "short", "asked", True)
    assert (second.question, second.value, second.origin) == ("sessions", 8, "file")
    wording = {
        "text": "How long?", "why": "Money.", "help": "Count it.", "none_choice": None, "unit": None, "minimum": None,
        "maximum": None, "max_length": None, "earliest": None, "latest": None, "meaning": None, "not_before": None,
        "choices": [{"id": "short", "label": "Short", "help": ""}, {"id": "long", "label": "Long", "help": ""}],
    }  # fmt: skip
    assert first.wording_digest == "sha256:" + hashlib.sha256(canonical(wording)).hexdigest()
    assert plain(content.questions[0].wording) == wording


def test_a_question_without_an_answer_is_listed_with_the_reason(receipts: Receipts, short: Receipt) -> None:
    assert short.content.skipped == (SkippedQuestion(question="sessions", reason="not_asked", proof=""),)
    proof = SkippedQuestion(question="sessions", reason="cannot_matter", proof="No rule reads it.")
    assert receipts.make({"runway": "short"}, TIME, skipped=[proof]).content.skipped == (proof,)


def test_every_rule_is_given_clause_by_clause_whether_it_fired_or_not(receipts: Receipts, short: Receipt) -> None:
    """Nothing is known without answers, so `tight` takes its `otherwise`, false, and `lead.option` is the first."""
    fired = {one.rule: (one.fired, one.truth, one.all) for one in short.content.evaluations}
    assert fired == {
        "DER-1": (True, True, (True,)),
        "WGH-1": (True, True, (True,)),
        "DEC-1": (True, True, (True,)),
    }
    unknown = {one.rule: (one.fired, one.truth) for one in receipts.make({}, TIME).content.evaluations}
    assert unknown == {"DER-1": (False, None), "WGH-1": (False, False), "DEC-1": (True, True)}


def test_the_rejected_options_are_given_with_every_reason(short: Receipt) -> None:
    """`left` leads with 3 points to 0; nobody proposes `right`; no rule adds `extra`."""
    right, extra = short.content.rejected
    assert (right.option, right.why) == ("right", ("contest_lost", "not_proposed"))
    assert (right.points, right.place, right.behind, right.ruled_out_by, right.proposals) == (0, 2, 3, (), ())
    assert (extra.option, extra.kind, extra.why, extra.place) == ("extra", "add_on", ("not_added",), None)


def test_an_option_that_was_ruled_out_names_the_rules(tmp_path: Path) -> None:
    out = DECIDE.replace("DEC-1", "CON-1").replace("stratum: decide", "stratum: constrain")
    out = out.replace("fact: lead.option, is: left", "fact: runway, is: short")
    out = out.replace(
        "{recommend: {option: left, priority: 10, confidence: by_margin}}", "{rule_out: {options: [left]}}"
    )
    out = out.replace("{lead.option: left}", "{runway: short}").replace("{lead.option: right}", "{runway: long}")
    rules = write_folder(tmp_path / "rules", TINY_RULES, {"constraining/left.yaml": out})
    made = Advisor.load(rules, write_folder(tmp_path / "questionnaires", TINY_QUESTIONNAIRES))
    left, _ = Receipts(made).make({"runway": "short"}, TIME).content.rejected
    assert (left.option, left.ruled_out_by, left.points) == ("left", ("CON-1",), 3)
    assert left.why == ("ruled_out", "not_in_contest", "not_proposed")
    assert (left.place, left.behind) == (None, None)


def test_it_quotes_each_file_with_its_digest_and_expires_with_the_first_rule(short: Receipt) -> None:
    rule = next(one for one in short.content.rules if one.id == "DEC-1")
    assert rule.file == "deciding/left-leads.yaml"
    assert rule.file_digest == hashlib.sha256(DECIDE.encode()).hexdigest()
    assert short.content.rulebase.files[rule.file] == rule.file_digest
    assert plain(rule.then[0]) == {
        "do": "recommend", "option": "left", "priority": 10, "confidence": "by_margin",
    }  # fmt: skip
    assert short.content.expires == "2099-01-01"
    assert [(one.id, one.grade, one.accessed) for one in short.content.sources] == [("book", "A", "2027-01-01")]


def test_the_id_comes_from_the_content_and_time_from_the_caller(receipts: Receipts, short: Receipt) -> None:
    assert short.id == "rcp-" + short.content_digest.removeprefix("sha256:")[:16]
    assert short.time == TIME
    later = receipts.make({"runway": "short"}, "2030-01-01T00:00:00Z")
    assert (later.id, later.content) == (short.id, short.content)
    assert later.envelope_digest != short.envelope_digest
    assert Receipt.model_validate_json(receipt_bytes(short)) == short


@pytest.mark.parametrize("time", ["", "2027-01-31", "2027-02-30T00:00:00Z", "2027-01-31T09:30:00+01:00"])
def test_another_form_of_time_is_refused(receipts: Receipts, time: str) -> None:
    with pytest.raises(ValueError, match="is no time in UTC such as"):
        receipts.make({}, time)


def test_origins_and_skips_of_questions_that_do_not_fit_are_refused(receipts: Receipts) -> None:
    with pytest.raises(AnswersError, match="`sessions`: an origin is given for an answer that is not there"):
        receipts.make({"runway": "short"}, TIME, origins={"sessions": "asked"})
    for question in ("runway", "runwy"):
        skip = SkippedQuestion(question=question, reason="not_asked", proof="")
        with pytest.raises(AnswersError, match=f"`{question}`: it is said to be skipped"):
            receipts.make({"runway": "short"}, TIME, skipped=[skip])


def test_a_private_text_stays_out_of_the_receipt(tmp_path: Path) -> None:
    asked = TINY_QUESTIONNAIRES["credentialing.yaml"].replace(
        "contradictions: []",
        "      - {id: name, ref: Q3, text: Your name?, why: To know., help: Say it., kind: text, max_length: 40,\n"
        "         private: true}\ncontradictions: []",
    )
    folder = write_folder(tmp_path / "questionnaires", TINY_QUESTIONNAIRES, {"credentialing.yaml": asked})
    made = Receipts(Advisor.load(write_folder(tmp_path / "rules", TINY_RULES), folder))
    receipt = made.make({"runway": "short", "name": "Qzxw"}, TIME)
    assert b"Qzxw" not in receipt_bytes(receipt)
    assert receipt.content.answers[-1].value == "(private)"
    assert list(made.differences(receipt)) == []


def test_a_receipt_laid_beside_other_rules_differs_where_they_do(tmp_path: Path, short: Receipt) -> None:
    changed = TINY_RULES["weighing/tight-favors-left.yaml"].replace("{left: 3}", "{left: 4}")
    rules = write_folder(tmp_path / "changed", TINY_RULES, {"weighing/tight-favors-left.yaml": changed})
    other = Advisor.load(rules, write_folder(tmp_path / "questionnaires", TINY_QUESTIONNAIRES))
    found = list(Receipts(other).differences(short))
    assert "content.rules[WGH-1].then[weigh].points.left: the receipt has 3, made anew it is 4" in found
    assert all(one.startswith(("content.rulebase.", "content.rules[WGH-1].")) for one in found)


def test_the_ledger_of_an_interview_tells_origins_and_reasons(tiny_advisor: Advisor, receipts: Receipts) -> None:
    session = Interview(tiny_advisor.questionnaire)
    session.answer("short")
    content = receipts.make(session.answers, TIME, ledger=session.ledger()).content
    assert [(one.question, one.origin) for one in content.answers] == [("runway", "asked")]
    assert [(one.question, one.reason, one.proof) for one in content.skipped] == [("sessions", "not_asked", "")]


def test_a_ledger_that_does_not_fit_is_refused(tiny_advisor: Advisor, receipts: Receipts) -> None:
    asked = tiny_advisor.questionnaire
    session = Interview(asked)
    session.answer("short")
    ledger = session.ledger()
    with pytest.raises(AnswersError, match="`sessions`: it is said to be skipped, but it has an answer"):
        receipts.make({"runway": "short", "sessions": 8}, TIME, ledger=ledger)
    with pytest.raises(AnswersError, match="`runway`: an origin is given for an answer that is not there"):
        receipts.make({}, TIME, ledger=ledger)
    with pytest.raises(AnswersError, match="the ledger is one of `other`, version 1; expected one of"):
        receipts.make({"runway": "short"}, TIME, ledger=Ledger("other", "1", ledger.entries))
    with pytest.raises(ValueError, match="give the one or the others"):
        receipts.make({"runway": "short"}, TIME, ledger=ledger, origins={"runway": "file"})


@pytest.mark.parametrize("reason", ["does_not_apply", "not_known_to_apply"])
def test_a_question_that_applies_cannot_be_skipped_because_it_does_not(receipts: Receipts, reason: SkipReason) -> None:
    skip = SkippedQuestion(question="sessions", reason=reason, proof="")
    with pytest.raises(AnswersError, match=f"{reason}, is not so for these answers"):
        receipts.make({"runway": "short"}, TIME, skipped=[skip])


@pytest.mark.long
def test_a_question_whose_condition_is_not_known_is_not_known_to_apply(shipped_advisor: Advisor) -> None:
    """`dea` is asked of prescribers; `not_sure` leaves that open, and another license rules it out."""
    made = Receipts(shipped_advisor)
    for license_, reason in (("not_sure", "not_known_to_apply"), ("counselor", "does_not_apply")):
        answers: dict[str, Raw] = {"brings": "prescriber", "license": license_}
        found = {one.question: one.reason for one in made.make(answers, TIME).content.skipped}
        assert found["dea"] == reason
