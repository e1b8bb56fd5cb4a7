"""rules/README.md and docs/decision-model.md tell the truth: their examples stand in the files, their tables hold."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.loading.page import HEAD
from advisor.loading.rule import KEY_ORDER
from advisor.loading.rulebase import BESIDE, OPTIONAL
from advisor.loading.sections import SECTIONS
from advisor.model.rule import RedFlag

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "rules" / "README.md").read_text("utf-8")
MODEL = (ROOT / "docs" / "decision-model.md").read_text("utf-8")
EXAMPLES = re.findall(r"<!-- from: (\S+) -->\n```yaml\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize(("file", "text"), EXAMPLES, ids=[f"{n} {file}" for n, (file, _) in enumerate(EXAMPLES)])
def test_each_example_stands_in_its_file(file: str, text: str) -> None:
    lines = (ROOT / "rules" / file).read_text("utf-8").splitlines()
    shown = text.splitlines()
    found = ["\n".join(lines[n : n + len(shown)]) for n, line in enumerate(lines) if line.strip() == shown[0].strip()]
    assert "\n".join(shown) in [textwrap.dedent(part) for part in found]


def test_every_file_of_a_rule_base_has_an_example_and_a_row() -> None:
    named = {file.removesuffix(".yaml") for file, _ in EXAMPLES}
    assert {*BESIDE, *OPTIONAL} <= named
    rows = set(re.findall(r"^\| `(\w+)\.yaml` \|", README, re.MULTILINE))
    assert rows == {*BESIDE, *OPTIONAL}


def test_every_key_of_a_head_and_of_a_rule_and_every_section_has_a_row() -> None:
    rows = {
        key
        for row in re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", README, re.MULTILINE)
        for key in re.findall(r"\w+", row)
    }
    assert {*HEAD, *SECTIONS, *KEY_ORDER} <= rows


def test_each_source_of_the_model_points_to_a_part_that_is_there(shipped_advisor: Advisor) -> None:
    for source in shipped_advisor.rulebase.sources.values():
        if source.publisher == "the project":
            (address,) = source.address
            file, _, part = address.partition(", ")
            assert file == "docs/decision-model.md"
            assert not part or f"\n## {part}\n" in MODEL
            assert f"`{source.id}`" in MODEL


def test_the_model_names_each_of_its_items(shipped_advisor: Advisor) -> None:
    items = [item for item in shipped_advisor.rulebase.claims if re.fullmatch(r"(DF|H|RF|G|T|U)\d+", item)]
    assert len(items) == 15 + 14 + 20 + 7 + 4 + 1
    assert [item for item in items if not re.search(rf"\b{item}\b", MODEL)] == []


def test_the_warnings_of_the_model_have_the_severity_that_rules_raise_at_worst(shipped_advisor: Advisor) -> None:
    worst: dict[str, int] = {}
    for rule in shipped_advisor.rulebase.active:
        for action in rule.actions:
            if isinstance(action, RedFlag):
                worst[action.id] = max(worst.get(action.id, 0), action.severity)
    table = {flag: int(severity) for flag, severity in re.findall(r"^\| (RF\d+) \|.*\| (\d) \|$", MODEL, re.MULTILINE)}
    assert {flag: worst[flag] for flag in table} == table
    assert len(table) == 20


def test_the_bands_of_the_model_are_those_of_the_rules(shipped_advisor: Advisor) -> None:
    decision = shipped_advisor.rulebase.decision
    (_, toss_up), (_, lean), _ = decision.bands
    assert toss_up is not None
    assert lean is not None
    assert f"**0 to {toss_up}** points apart: nearly a tie" in MODEL
    assert f"**{toss_up + 1} to {lean}**: a lean. **{lean + 1} or more**: clear" in MODEL
    assert f"Within {decision.close_within} points of the top" in MODEL
