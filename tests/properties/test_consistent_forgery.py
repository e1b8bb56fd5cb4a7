"""A receipt made under changed rules, with the true digests pasted in, is never taken for one of the true rules."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from advisor.advice import Advisor, default_advisor
from advisor.audit.keeping.rulebooks import rulebook_bytes
from advisor.audit.model.receipt import Receipt
from advisor.audit.receipts import Receipts
from advisor.audit.recording.seal import canonical, plain, receipt_bytes
from advisor.errors import EngineError
from advisor.loading.resources import shipped
from advisor.model.condition import Clause, Condition
from advisor.model.rule import Action, Rule, Weigh
from advisor.model.template import Template
from advisor.verifier import problems, program
from tests.cli.running import run
from tests.helpers.effort import share
from tests.helpers.strategies import PlainAnswers, answers_for, any_answers
from tests.properties.generated_files import Folders
from tests.properties.generated_rules import rule_bases
from tests.unit.audit.tampering import TIME, requoted, resealed

ANSWERS = st.deferred(lambda: answers_for(default_advisor().questionnaire))
ALL = list(HealthCheck)
FORGERIES = 2
PARTS = ("all", "any", "none")
DERIVED = ("facts", "firings", "red_flags", "tallies", "totals", "contest", "proposals", "recommended", "runner_up")


def other_actions(action: Action) -> Iterator[Action]:
    """An action with one of its numbers or sentences changed, for each of them."""
    for field in fields(action):
        value = getattr(action, field.name)
        other: dict[str, Any] = {}
        if isinstance(value, Template):
            other[field.name] = Template.of(f"{value.source} Sign today.")
        elif isinstance(value, int) and not isinstance(value, bool):
            other[field.name] = value + 1
        elif isinstance(action, Weigh) and field.name == "points":
            yield from (replace(action, points={**value, option: value[option] + 2}) for option in value)
        if other:
            yield replace(action, **other)


def other_conditions(when: Condition) -> Iterator[Condition]:
    """A condition with one clause left out, put under another head, or asking for the opposite."""
    for part in PARTS:
        clauses: tuple[Clause, ...] = getattr(when, part)
        for number, clause in enumerate(clauses):
            left = clauses[:number] + clauses[number + 1 :]
            yield replace(when, **{part: left})
            for other in PARTS:
                if other != part:
                    yield replace(when, **{part: left, other: (*getattr(when, other), clause)})
            if clause.test == "known":
                yield replace(when, **{part: (*left, Clause(clause.fact, "known", (not clause.values[0],)))})


def other_rules(rule: Rule) -> Iterator[Rule]:
    """A rule with one thing about it changed, for each thing that a forger might change."""
    yield replace(rule, why=Template.of(f"{rule.why.source} Trust us."))
    yield replace(rule, title=f"{rule.title}, as it were")
    yield replace(rule, version=rule.version + 1)
    yield replace(rule, review_by="2098-12-31")
    yield replace(rule, caveats=() if rule.caveats else ("Only on Mondays.",))
    yield replace(rule, claims=rule.claims[1:])
    yield replace(rule, sources=rule.sources[1:])
    for condition in other_conditions(rule.when):
        yield replace(rule, when=condition)
    for number, action in enumerate(rule.actions):
        for other in other_actions(action):
            yield replace(rule, actions=(*rule.actions[:number], other, *rule.actions[number + 1 :]))


def forger(true: Advisor, rule: Rule, changed: Rule | None) -> Advisor:
    """An advisor whose rules differ in one, changed or taken out, while every digest and version is the true one."""
    rules = tuple(changed if one.id == rule.id else one for one in true.rulebase.rules)
    return Advisor(replace(true.rulebase, rules=tuple(one for one in rules if one is not None)), true.questionnaire)


def forged(
    true: Advisor, answers: PlainAnswers, data: st.DataObject, rules: Sequence[Rule]
) -> tuple[Receipt, Rule, Advisor]:
    """A receipt of some answers under rules of which one was changed, that rule as it was, and who gives the advice."""
    rule = data.draw(st.sampled_from(rules), "rule")
    changed = data.draw(st.sampled_from([*other_rules(rule), None]), "changed")
    try:
        false = forger(true, rule, changed)
        return Receipts(false).make(answers, TIME), rule, false
    except EngineError:  # rules that the loader or the engine would not take, which is no way to forge
        reject()


def alone_it_holds_as_the_script_says(raw: bytes, rules: Path, questionnaires: Path) -> None:
    """The script cannot tell: the files are the true ones, and how they are quoted it must take on trust."""
    assert list(problems(raw, rules, questionnaires)) == []
    said = " ".join((program.__doc__ or "").split())
    assert "this does not show that the rules are quoted rightly from these files" in said


def seen_beside_the_true_rules(true: Advisor, raw: bytes) -> None:
    """By the program, which makes the receipt anew, and by the script beside the true rulebook."""
    receipts = Receipts(true)
    assert next(receipts.differences(Receipt.model_validate_json(raw)), None) is not None
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "rulebook.json"
        book.write_bytes(canonical(plain(receipts.rulebook())) + b"\n")
        assert next(problems(raw, rulebook=book), None) is not None


def seen_in_a_small_receipt(true: Advisor, false: Advisor, answers: PlainAnswers) -> None:
    """A small receipt of the changed rules that names the true rulebook: it is seen, or says what the true one says."""
    receipts = Receipts(true)
    made, forged_one = (receipts_of.small(answers, TIME) for receipts_of in (receipts, Receipts(false)))
    small = json.loads(receipt_bytes(forged_one))
    small["content"]["rulebook"] = made.content.rulebook
    raw, book = resealed(small), rulebook_bytes(receipts.rulebook())
    assert (next(problems(raw, rulebook=book), None) is None) is (raw == receipt_bytes(made))
    assert next(problems(receipt_bytes(forged_one), rulebook=book), None) is not None


def one_quote_alone_is_seen(true_raw: bytes, other: Receipt, rule: Rule) -> None:
    """The true receipt with the one rule quoted as the forger would have it, and sealed anew: the script finds it
    unless nothing that follows from the rule is any different."""
    mixed = json.loads(true_raw)
    quoted = next((one for one in json.loads(receipt_bytes(other))["content"]["rules"] if one["id"] == rule.id), None)
    if quoted is None:
        return
    requoted(quoted)
    content: dict[str, Any] = mixed["content"]
    content["rules"] = [quoted if one["id"] == rule.id else one for one in content["rules"]]
    if next(problems(resealed(mixed)), None) is None:
        trace = json.loads(receipt_bytes(other))["content"]["advice"]["trace"]
        assert {key: trace[key] for key in DERIVED} == {key: content["advice"]["trace"][key] for key in DERIVED}


@settings(max_examples=share(12), derandomize=True, suppress_health_check=ALL)
@given(rule_bases(), st.data())
def test_no_receipt_of_changed_made_up_rules_passes_for_one_of_the_true_rules(
    texts: Folders, data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as root:
        folders = texts.write(Path(root))
        true = Advisor.load(*folders)
        answers = data.draw(any_answers(true.questionnaire), "answers")
        try:
            true_raw = receipt_bytes(Receipts(true).make(answers, TIME))
        except EngineError:
            reject()
        for _ in range(FORGERIES):
            receipt, rule, false = forged(true, answers, data, true.rulebase.active)
            raw = receipt_bytes(receipt)
            assert raw != true_raw
            alone_it_holds_as_the_script_says(raw, *folders)
            seen_beside_the_true_rules(true, raw)
            one_quote_alone_is_seen(true_raw, receipt, rule)
            seen_in_a_small_receipt(true, false, answers)
        path = Path(root) / "receipt.json"
        path.write_bytes(raw)
        done = run("receipt", "verify", path, "--rules", folders[0], "--questionnaires", folders[1])
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith(f"{path}: content.")


@pytest.mark.slow
@settings(max_examples=share(3), derandomize=True, suppress_health_check=ALL)
@given(ANSWERS, st.data())
def test_no_receipt_of_changed_shipped_rules_passes_for_one_of_the_true_rules(
    answers: PlainAnswers, data: st.DataObject
) -> None:
    true = default_advisor()
    fired = {one.rule for one in true.trace(answers).firings}
    rules = [one for one in true.rulebase.active if one.id in fired]
    assume(rules)
    receipt, _, false = forged(true, answers, data, rules)
    seen_in_a_small_receipt(true, false, answers)
    raw = receipt_bytes(receipt)
    alone_it_holds_as_the_script_says(raw, shipped("rules"), shipped("questionnaires"))
    seen_beside_the_true_rules(true, raw)
    done = run("receipt", "verify", "-", "--rules", shipped("rules"), given=raw)
    assert (done.code, done.out) == (1, "")
