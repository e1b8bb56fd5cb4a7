"""A small rule base and a questionnaire as files, valid as they stand, so that a test can change one thing and load.

rules = write_folder(tmp_path / "rules", TINY_RULES, {"deriving/tight.yaml": TIGHT.replace("short", "shrot")})
questionnaires = write_folder(tmp_path / "questionnaires", TINY_QUESTIONNAIRES)
with pytest.raises(RuleBaseError):
    Advisor.load(rules, questionnaires)
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from advisor.loading.resources import shipped


def write_folder(folder: Path, files: Mapping[str, str], changes: Mapping[str, str | None] | None = None) -> Path:
    """Write files, by their path inside the folder, with some changed, added, or left out (None). Gives the folder."""
    for name, content in {**files, **(changes or {})}.items():
        if content is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
    return folder


def rule_file(rule_id: str, stratum: str, when: str, then: str, given: tuple[str, str]) -> str:
    """A page of one rule as YAML; `when` and `then` are flow mappings, `given` the facts of an example that fires and
    one not."""
    fires, silent = given
    return f"""\
page: of_{rule_id}
title: The page of {rule_id}
rules:
  - id: {rule_id}
    title: Rule {rule_id}
    version: 1
    status: stable
    since: "1.0"
    stratum: {stratum}
    when: {when}
    then: {then}
    why: Because it is so.
    claims: [K1]
    sources: [book]
    review_by: 2099-01-01
    examples:
      - {{name: fires, given: {fires}, expect: fires}}
      - {{name: silent, given: {silent}, expect: silent}}
"""


TIGHT = rule_file(
    "DER-1", "derive", "{all: [{fact: runway, is: short}]}", "{conclude: {fact: tight, value: true}}",
    ("{runway: short}", "{runway: long}"),
)  # fmt: skip
WEIGH = rule_file(
    "WGH-1", "weigh", "{all: [{fact: tight, is: true}]}", "{weigh: {criterion: cash, points: {left: 3}}}",
    ("{tight: true}", "{tight: false}"),
)  # fmt: skip
DECIDE = rule_file(
    "DEC-1", "decide", "{all: [{fact: lead.option, is: left}]}",
    "{recommend: {option: left, priority: 10, confidence: by_margin}}",
    ("{lead.option: left}", "{lead.option: right}"),
)  # fmt: skip


def _option(option_id: str, kind: str) -> str:
    point = "[{text: A point., claims: [K1], sources: [book]}]"
    return (
        f"  - {{id: {option_id}, ref: R1, kind: {kind}, name: {option_id}, title: Go {option_id}, headline: Go "
        f"{option_id}, summary: It is {option_id}., living_with_it: It goes on., for: {point}, against: {point}}}\n"
    )


TINY_RULES: Mapping[str, str] = {
    "rulebase.yaml": "id: tiny\nname: Tiny rules\nversion: '1'\ndated: 2027-01-01\nscope: Tests.\n"
    "update_policy: Never.\nfunding: Nobody.\nauthors: Nobody.\nevidence_policy: None.\n"
    "disclosures: [{id: d1, text: This is a test.}]\n",
    "facts.yaml": "facts:\n"
    "  - {id: tight, ref: [Q1], title: Money is tight, stratum: derive, kind: yes_no,\n"
    "     values: {'true': money is tight, 'false': money is not tight}, otherwise: false}\n"
    "  - {id: branch, ref: [Q1], title: The branch, stratum: derive, kind: one,\n"
    "     values: {main: on the main way}, otherwise: main}\n",
    "options.yaml": "options:\n" + _option("left", "main") + _option("right", "main") + _option("extra", "add_on"),
    "criteria.yaml": "criteria: [{id: cash, name: Cash}]\n",
    "decision.yaml": "close_within: 2\nbands:\n  - {confidence: toss_up, at_most: 2}\n"
    "  - {confidence: lean, at_most: 5}\n  - {confidence: clear}\n"
    "contests: {main: {options: [left, right], decisive: [runway]}}\nfallback: right\npriority_question: runway\n"
    "priority_effect: None.\ngates_shown_for: []\ngates_in: []\nclaims: [K1]\nsources: [book]\n",
    "figures.yaml": "figures: []\n",
    "wording.yaml": (shipped("rules") / "wording.yaml").read_text("utf-8"),
    "never_say.yaml": "never_say: [{id: N1, says: Promises., forbid: [you will earn]}]\n",
    "sources.yaml": "sources: [{id: book, title: A book, publisher: Nobody, address: here, grade: A,\n"
    "  dated: '2026', accessed: 2027-01-01}]\n",
    "claims.yaml": "claims: [{id: K1, says: It is so., kind: fact, sources: [book]}]\n",
    "retired.yaml": "retired: []\n",
    "deriving/tight.yaml": TIGHT,
    "weighing/tight-favors-left.yaml": WEIGH,
    "deciding/left-leads.yaml": DECIDE,
}
"""A rule base of three rules that loads, by file."""

TINY_QUESTIONNAIRES: Mapping[str, str] = {
    "credentialing.yaml": "id: tiny\nversion: '1'\ntitle: Tiny\nintro: Hello.\nsections:\n  - id: s\n    title: All\n"
    "    questions:\n"
    "      - {id: runway, ref: Q1, text: How long?, why: Money., help: Count it., kind: one,\n"
    "         choices: [{id: short, label: Short}, {id: long, label: Long}]}\n"
    "      - {id: sessions, ref: Q2, text: How many?, why: Money., help: Count them., kind: number,\n"
    "         number: {unit: sessions, min: 0, max: 80}}\n"
    "contradictions: []\n",
    "glossary.yaml": "terms: []\n",
}
"""A questionnaire of two questions that loads, by file."""
