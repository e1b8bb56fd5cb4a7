"""What is advised, for whom and at what weight stands in the rules; the program text holds none of it."""

from __future__ import annotations

import re

import pytest

from advisor.advice import Advisor
from tests.house.source import Module, modules

PAYERS = (
    "headway", "alma", "grow therapy", "sondermind", "rula", "aetna", "cigna", "evernorth", "united", "optum", "humana",
    "anthem", "blue cross", "bcbs", "magellan", "carelon", "tricare", "medicare", "medicaid", "caqh", "dataspring",
    "pie health", "pecos", "kaiser",
)  # fmt: skip
FIGURE = re.compile(r"\$ ?\d|\b\d+ ?%|\b\d+ percent|\b\d+ (?:days|weeks|months|years)\b")
SPOKEN = ("cli/", "terminal/", "errors.py")
FREE_OF_OPTIONS = (
    "explaining/", "inference/", "interview/", "loading/", "rendering/", "checking/", "model/", "audit/rendering/",
    "audit/model/",
)  # fmt: skip
WORDS_OF_THE_FORMAT = {
    "branch",
    "question",
    "standing",
    "platform",
    "disclosures",
    "license",
    "priority",
    "states",
}  # rules/README.md gives them a meaning

inner = [module for module in modules() if not module.name.startswith(SPOKEN)]
ids = [module.name for module in inner]


@pytest.mark.parametrize("module", inner, ids=ids)
def test_no_payer_or_platform_is_named_and_no_figure_of_the_field_stands(module: Module) -> None:
    for line, text in module.strings():
        words = f" {text.lower()} "
        assert not [name for name in PAYERS if re.search(rf"\b{re.escape(name)}\b", words)], line
        assert not FIGURE.search(text), line


@pytest.mark.parametrize("module", inner, ids=ids)
def test_no_option_question_or_criterion_is_named(module: Module, shipped_advisor: Advisor) -> None:
    if not module.name.startswith(FREE_OF_OPTIONS):
        return
    base, asked = shipped_advisor.rulebase, shipped_advisor.questionnaire
    known = {*base.options, *base.criteria, *asked.by_id} - WORDS_OF_THE_FORMAT
    known |= {fact for fact, spec in base.facts.items() if spec.origin == "rule"} - WORDS_OF_THE_FORMAT
    assert not [(line, text) for line, text in module.strings() if text in known]


@pytest.mark.parametrize("module", inner, ids=ids)
def test_no_number_is_a_weight(module: Module) -> None:
    assert "points: {" not in module.text
    assert not re.search(r"\bweight\s*=\s*\d", module.text)


def test_the_search_would_find_what_it_looks_for() -> None:
    assert FIGURE.search("It costs $200.")
    assert FIGURE.search("in 30 to 45 days")
    assert FIGURE.search("about 20 % of it")
    assert not FIGURE.search("at most 4 reasons")
