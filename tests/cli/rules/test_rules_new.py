"""`advisor rules new`: a draft that loads and passes the checks, and what it refuses."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from advisor.advice import default_advisor
from advisor.checking import CheckDesk
from advisor.checking.claims import claims_out_of_step
from advisor.checking.examples import failing_examples
from advisor.checking.forbidden_words import forbidden_words
from advisor.cli.rules.new_rule import scaffold
from advisor.loading.questionnaire import load_questionnaire
from advisor.loading.resources import shipped
from advisor.loading.rulebase import load_rulebase
from advisor.model.rulebase import RuleBase
from advisor.rule_desk import RulesAlone
from tests.cli.running import Done, run
from tests.helpers.effort import every
from tests.helpers.folders import TINY_RULES

KINDS = ("DER", "GAT", "CON", "RED", "WGH", "TIE", "DEC", "ADD", "STP", "ASK", "CAL", "NOT")[:: every()]
PAGE = "limited_license"
pytestmark = pytest.mark.xdist_group("drafts")  # in one process, so that the copy is made and read once


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped rules with a new draft of each kind on one page."""
    rules = tmp_path_factory.mktemp("copy") / "rules"
    shutil.copytree(shipped("rules"), rules)
    questionnaire = load_questionnaire()
    for kind in KINDS:
        base = load_rulebase(questionnaire, rules)
        rule_id, path = scaffold(base, rules, PAGE, kind)
        assert (rule_id[:3], path) == (kind, rules / base.pages[PAGE].file)
    return rules


@pytest.fixture(scope="module")
def base(copied: Path) -> RuleBase:
    return load_rulebase(load_questionnaire(), copied)


@pytest.mark.long
def test_each_draft_loads_with_the_next_free_id_of_its_kind(base: RuleBase) -> None:
    drafts = {rule.id.split("-")[0]: rule for rule in base.rules if rule.status == "draft"}
    assert sorted(drafts) == sorted(KINDS)
    for kind, draft in drafts.items():
        assert draft.file == base.pages[PAGE].file
        peers = [rule for rule in base.rules if rule.id.startswith(f"{kind}-") and rule is not draft]
        taken = [int(rule_id.split("-")[1]) for rule_id in (*base.by_id, *base.retired) if rule_id.startswith(kind)]
        assert sorted(taken)[-1] == int(draft.id.split("-")[1])
        assert draft.stratum in {rule.stratum for rule in peers}


@pytest.mark.long
def test_a_draft_stands_behind_the_rules_of_its_kind_and_changes_no_other(base: RuleBase) -> None:
    before = default_advisor().rulebase
    drafts = {rule.id for rule in base.rules if rule.status == "draft"}
    page = base.pages[PAGE].rules
    assert [rule_id for rule_id in page if rule_id not in drafts] == list(before.pages[PAGE].rules)
    for draft in drafts:
        peers = [rule_id for rule_id in before.pages[PAGE].rules if rule_id[:3] == draft[:3]]
        assert not peers or page.index(draft) == page.index(peers[-1]) + 1
    assert {rule.id: rule.digest for rule in before.rules} == {
        rule.id: rule.digest for rule in base.rules if rule.id not in drafts
    }


@pytest.mark.long
def test_a_draft_does_not_run(base: RuleBase) -> None:
    assert not [rule for rule in base.active if rule.status == "draft"]


@pytest.mark.long
def test_the_checks_find_nothing_wrong_with_the_drafts(base: RuleBase) -> None:
    drafts = tuple(rule for rule in base.rules if rule.status == "draft")
    alone = replace(base, rules=drafts)
    for check, tried in ((failing_examples, alone), (forbidden_words, alone), (claims_out_of_step, base)):
        desk = CheckDesk(tried, load_questionnaire(), RulesAlone(base).alone)
        found = [str(finding) for finding in check(desk)]
        assert not [message for message in found if any(draft.id in message for draft in drafts)], check.__name__


def new(folders: tuple[Path, Path], page: str, kind: str) -> Done:
    return run("rules", "new", page, kind, "--rules", folders[0], "--questionnaires", folders[1])


def test_the_draft_in_a_small_base_passes_the_whole_check(tiny_folders: tuple[Path, Path]) -> None:
    def check() -> list[str]:
        done = run("rules", "check", "--rules", tiny_folders[0], "--questionnaires", tiny_folders[1])
        return [line.split(": ", 1)[1] for line in done.out.splitlines()]

    before = check()
    for page, kind, file in (
        ("of_DER-1", "der", "deriving/tight.yaml"), ("of_WGH-1", "WGH", "weighing/tight-favors-left.yaml"),
        ("of_WGH-1", "DEC", "weighing/tight-favors-left.yaml"),
    ):  # fmt: skip
        wrote = f"Wrote {kind.upper()}-002 in {tiny_folders[0] / file}. Fill it in, then run `advisor rules check`.\n"
        assert new(tiny_folders, page, kind) == Done(0, wrote, "")
    assert check() == before


def test_the_draft_says_what_to_fill_in(tiny_folders: tuple[Path, Path]) -> None:
    new(tiny_folders, "of_DER-1", "DER")
    text = (tiny_folders[0] / "deriving" / "tight.yaml").read_text("utf-8")
    assert text.startswith(TINY_RULES["deriving/tight.yaml"])
    assert text.removeprefix(TINY_RULES["deriving/tight.yaml"]).splitlines() == [
        "",
        "  - id: DER-002",
        "    title: Say in one line what this rule advises",
        "    status: draft",
        '    since: "1"',
        "    when:",
        "      all:",
        '        - {fact: runway, is: "short"}',
        "    then:",
        "      conclude: {fact: tight, value: true}",
        "    why: >-",
        "      Your answer was {runway}. Say here, in one or two plain sentences, what follows from that.",
        "    claims: [K1]",
        "    sources: [book]",
        "    review_by: 2028-01-01",
        "    examples:",
        '      - {name: say when it fires, given: {runway: "short"}, expect: fires}',
        '      - {name: say when it stays silent, given: {runway: "long"}, expect: silent}',
    ]


def test_a_retired_id_is_not_given_again(tiny_folders: tuple[Path, Path]) -> None:
    (tiny_folders[0] / "retired.yaml").write_text("retired: [{id: DER-007, why: It was wrong.}]\n")
    assert new(tiny_folders, "of_DER-1", "DER").out.startswith("Wrote DER-008 in ")


@pytest.mark.parametrize(
    ("page", "kind", "told"),
    [
        ("of_DRE-1", "DER", "there is no page `of_DRE-1` of rules. Did you mean `of_DER-1`"),
        ("x", "DER", "there is no page `x` of rules. The pages are of_DEC-1, of_DER-1, of_WGH-1"),
        ("of_DER-1", "DRE", "no rule is of the kind `DRE`; the kinds are DEC, DER, WGH"),
        ("of_DER-1", "", "no rule is of the kind ``"),
    ],
)
def test_what_cannot_be_made_ends_with_2_and_writes_nothing(
    tiny_folders: tuple[Path, Path], page: str, kind: str, told: str
) -> None:
    before = {path: path.read_bytes() for path in tiny_folders[0].rglob("*.yaml")}
    done = new(tiny_folders, page, kind)
    assert (done.code, done.out) == (2, "")
    assert told in " ".join(done.err.split())
    assert {path: path.read_bytes() for path in tiny_folders[0].rglob("*.yaml")} == before


def test_a_rule_base_with_no_proper_date_is_named(tiny_folders: tuple[Path, Path]) -> None:
    path = tiny_folders[0] / "rulebase.yaml"
    path.write_text(path.read_text().replace("2027-01-01", "lately"))
    done = new(tiny_folders, "of_DER-1", "DER")
    assert done.code == 1
    assert "`lately` is not a date" in done.err
