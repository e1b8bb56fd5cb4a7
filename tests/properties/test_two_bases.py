"""Two rule bases differ just where trying every way to answer finds a difference, and with as few answers."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from advisor.advice import Advisor
from advisor.audit.comparing.plan_lines import lines_said
from advisor.audit.comparing.two_bases import TwoBases
from advisor.audit.model.impact import ASPECTS, CaseOutcome
from advisor.errors import EngineError, ProofError, RuleBaseError
from advisor.loading.answers import refuse_contradictions
from advisor.loading.rule import KEY_ORDER
from advisor.model.answers import Answer, Answers
from tests.helpers.effort import share
from tests.properties.generated_files import Folders
from tests.properties.generated_rules import rule_bases
from tests.unit.proving.brute_force import answer_of, values_of

SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example, HealthCheck.filter_too_much)
TRIED = 400  # ways to answer that are tried one by one


@st.composite
def changed(draw: st.DrawFn, texts: Folders) -> Folders:
    """The same files with one rule dropped, or another number, condition, sentence or effect in it."""
    pages = {path: json.loads(text) for path, text in texts.rules.items() if path.startswith("made/")}
    places = [(path, n) for path in sorted(pages) for n in range(len(pages[path]["rules"]))]
    (path, number), (other, at) = draw(st.sampled_from(places)), draw(st.sampled_from(places))
    rule, taken = pages[path]["rules"][number], pages[other]["rules"][at]
    how = draw(st.sampled_from(["drop", "condition", "effect", "number", "words", "rewritten"]))
    event(how)
    if how == "drop":
        rule["status"] = "draft"
    elif how == "condition" and path == other:  # a page holds the rules of one stratum
        rule["when"] = taken["when"]
    elif how == "effect" and path == other:
        rule["then"] = taken["then"]
    elif how == "number":
        rule["then"] = _raised(rule["then"])
    elif how == "words":
        rule = json.loads(json.dumps(rule).replace("Do it.", "Do that.").replace("Know this.", "Know that."))
    elif len(rule["when"].get("all", ())) == 1 and not rule["when"].keys() & {"any", "none"}:
        rule["when"] = {"any": rule["when"]["all"]}
    pages[path]["rules"][number] = {key: rule[key] for key in KEY_ORDER if key in rule}
    return Folders({**texts.rules, path: json.dumps(pages[path], indent=1)}, texts.questionnaires)


def _raised(value: Any) -> Any:
    """Every number one higher, but severities, which go around."""
    if isinstance(value, dict):
        return {k: v % 3 + 1 if k == "severity" else _raised(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_raised(one) for one in value]
    return value + 1 if type(value) is int and value != -1 else value


def outcome_of(advisor: Advisor, answers: Answers) -> CaseOutcome | None:
    """What is said under each aspect; None when two rules conclude different values."""
    try:
        trace = advisor.trace(answers)
    except EngineError:
        return None
    return CaseOutcome(
        option=(trace.recommended,),
        confidence=(trace.confidence,),
        add_ons=tuple(sorted(trace.add_ons)),
        red_flags=tuple(sorted(f"{flag.id} {flag.severity}" for flag in trace.red_flags)),
        ranking=trace.contest.order,
        lines=lines_said(advisor.rulebase, trace),
    )


def ways(advisor: Advisor) -> Iterator[Answers]:
    """Every way to answer, with questions left out, not sure and skipped among the answers."""
    questions = advisor.questionnaire.questions
    each = [
        [None, *(Answer(q.id, None, "not_sure" if word == "not_sure" else "skip") for word in ("not_sure", "skip")),
         *(answer_of(q, value) for value in values_of(q))]
        for q in questions
    ]  # fmt: skip
    for some in product(*each):
        answers = Answers.of({one.question: one for one in some if one is not None}, advisor.questionnaire)
        refuse_contradictions(answers, advisor.questionnaire)
        yield answers


def check(texts: Folders, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        old = Advisor.load(*texts.write(Path(one)))
        size = 1
        for question in old.questionnaire.questions:
            size *= 3 + len(values_of(question))
        assume(size <= TRIED)
        try:
            new = Advisor.load(*data.draw(changed(texts)).write(Path(other)))
        except RuleBaseError:
            event("refused")
            return
    try:
        both = TwoBases((old.rulebase, old.questionnaire), (new.rulebase, new.questionnaire))
    except ProofError:
        event("figures that cannot be put side by side")
        return
    least: dict[str, int] = {}
    for answers in ways(old):
        first, second = outcome_of(old, answers), outcome_of(new, answers)
        for aspect in ASPECTS if first is not None and second is not None else ():
            if getattr(first, aspect) != getattr(second, aspect):
                least[aspect] = min(least.get(aspect, 99), len(answers))
    for aspect in ASPECTS:
        found = both.smallest(aspect)
        assert (None if found is None else len(found.answers)) == least.get(aspect), aspect
        assert found is None or found.fewest
    event("they differ" if least else "they are equivalent")


@settings(max_examples=share(25), derandomize=True, suppress_health_check=SLOW)
@given(rule_bases(), st.data())
def test_the_smallest_difference_is_that_found_by_trying(texts: Folders, data: st.DataObject) -> None:
    check(texts, data)


@pytest.mark.slow
@settings(max_examples=1_000, derandomize=True, suppress_health_check=SLOW)
@given(rule_bases(), st.data())
def test_the_smallest_difference_of_many_made_up_rules_is_that_found_by_trying(
    texts: Folders, data: st.DataObject
) -> None:
    check(texts, data)
