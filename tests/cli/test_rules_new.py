"""`advisor rules new`: a draft that loads and passes the checks, and what it refuses."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from advisor.advice import default_advisor
from advisor.checking import Desk
from advisor.checking.claims import claims_out_of_step
from advisor.checking.examples import failing_examples
from advisor.checking.forbidden_words import forbidden_words
from advisor.cli.new_rule import scaffold
from advisor.loading.questionnaire import load_questionnaire
from advisor.loading.resources import shipped
from advisor.loading.rulebase import load_rulebase
from advisor.model.rulebase import RuleBase
from advisor.rule_desk import RuleAlone
from tests.cli.running import Done, run

TOPICS = sorted(path.name for path in shipped("rules").iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped rules with a new draft in each topic."""
    rules = tmp_path_factory.mktemp("copy") / "rules"
    shutil.copytree(shipped("rules"), rules)
    base = default_advisor().rulebase
    for topic in TOPICS:
        assert scaffold(base, rules, topic, "say-what-it-is") == rules / topic / "say-what-it-is.yaml"
    return rules


@pytest.fixture(scope="module")
def base(copied: Path) -> RuleBase:
    return load_rulebase(load_questionnaire(), copied)


def test_each_draft_loads_with_the_next_free_id_of_its_topic(base: RuleBase) -> None:
    drafts = {rule.file.split("/")[0]: rule for rule in base.rules if rule.status == "draft"}
    assert sorted(drafts) == TOPICS
    for topic, draft in drafts.items():
        peers = [rule for rule in base.rules if rule.file.startswith(f"{topic}/") and rule is not draft]
        prefix, number = draft.id.split("-")
        assert prefix in {rule.id.split("-")[0] for rule in peers}
        taken = [int(rule_id.split("-")[1]) for rule_id in (*base.by_id, *base.retired) if rule_id.startswith(prefix)]
        assert sorted(taken)[-1] == int(number)
        assert draft.stratum in {rule.stratum for rule in peers}
    assert len({draft.id for draft in drafts.values()}) == len(TOPICS)


def test_a_draft_does_not_run(base: RuleBase) -> None:
    assert not [rule for rule in base.active if rule.status == "draft"]


def test_the_checks_find_nothing_wrong_with_the_drafts(base: RuleBase) -> None:
    drafts = tuple(rule for rule in base.rules if rule.status == "draft")
    alone = replace(base, rules=drafts)
    for check, tried in ((failing_examples, alone), (forbidden_words, alone), (claims_out_of_step, base)):
        desk = Desk(tried, load_questionnaire(), lambda rule: RuleAlone(base, rule).fires)
        found = [str(finding) for finding in check(desk)]
        assert not [message for message in found if any(draft.id in message for draft in drafts)], check.__name__


def new(folders: tuple[Path, Path], topic: str, slug: str) -> Done:
    return run("rules", "new", topic, slug, "--rules", folders[0], "--questionnaires", folders[1])


def test_the_draft_in_a_small_base_passes_the_whole_check(tiny_folders: tuple[Path, Path]) -> None:
    def check() -> Done:
        return run("rules", "check", "--rules", tiny_folders[0], "--questionnaires", tiny_folders[1])

    before = check().out
    for topic in ("deriving", "weighing", "deciding"):
        path = tiny_folders[0] / topic / "a-new-one.yaml"
        assert new(tiny_folders, topic, "a-new-one") == Done(
            0, f"Wrote {path}. Fill it in, then run `advisor rules check`.\n", ""
        )
    assert check().out == before


def test_the_draft_says_what_to_fill_in(tiny_folders: tuple[Path, Path]) -> None:
    new(tiny_folders, "deriving", "a-new-one")
    assert (tiny_folders[0] / "deriving" / "a-new-one.yaml").read_text("utf-8").splitlines() == [
        "id: DER-002",
        "title: Say in one line what this rule advises",
        "version: 1",
        "status: draft",
        'since: "1"',
        "stratum: derive",
        "when:",
        "  all:",
        '    - {fact: runway, is: "short"}',
        "then:",
        "  conclude: {fact: tight, value: true}",
        "why: >-",
        "  Your answer was {runway}. Say here, in one or two plain sentences, what follows from that.",
        "claims: [K1]",
        "sources: [book]",
        "review_by: 2028-01-01",
        "examples:",
        '  - {name: say when it fires, given: {runway: "short"}, expect: fires}',
        '  - {name: say when it stays silent, given: {runway: "long"}, expect: silent}',
    ]


def test_a_retired_id_is_not_given_again(tiny_folders: tuple[Path, Path]) -> None:
    (tiny_folders[0] / "retired.yaml").write_text("retired: [{id: DER-007, why: It was wrong.}]\n")
    new(tiny_folders, "deriving", "a-new-one")
    assert "id: DER-008\n" in (tiny_folders[0] / "deriving" / "a-new-one.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("topic", "slug", "told"),
    [
        ("derving", "a-rule", "there is no topic `derving`; the topics are deciding, deriving, weighing"),
        ("..", "a-rule", "there is no topic `..`"),
        ("deriving", "A Rule", "use small letters, digits and hyphens"),
        ("deriving", "../a-rule", "use small letters, digits and hyphens"),
        ("deriving", "a-rule.yaml", "use small letters, digits and hyphens"),
        ("deriving", "", "use small letters, digits and hyphens"),
        ("deriving", "tight", "tight.yaml is there already"),
    ],
)
def test_what_cannot_be_made_ends_with_2_and_writes_nothing(
    tiny_folders: tuple[Path, Path], topic: str, slug: str, told: str
) -> None:
    before = {path: path.read_bytes() for path in tiny_folders[0].rglob("*.yaml")}
    done = new(tiny_folders, topic, slug)
    assert (done.code, done.out) == (2, "")
    assert told in " ".join(done.err.split())
    assert {path: path.read_bytes() for path in tiny_folders[0].rglob("*.yaml")} == before


def test_a_rule_base_with_no_proper_date_is_named(tiny_folders: tuple[Path, Path]) -> None:
    path = tiny_folders[0] / "rulebase.yaml"
    path.write_text(path.read_text().replace("2027-01-01", "lately"))
    done = new(tiny_folders, "deriving", "a-rule")
    assert done.code == 1
    assert "`lately` is not a date" in done.err
