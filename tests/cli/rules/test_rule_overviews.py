"""`advisor rules show weights`, `order`, `gates`, `claims`, `page`: worked out from the rules and read as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.cli.rules.overviews import OVERVIEWS, whole_page
from advisor.model.rule import Recommend, Weigh
from tests.cli.running import Done, run
from tests.helpers.folders import DECIDE, TINY_RULES, write_folder


def show(folders: tuple[Path, Path], *args: str) -> Done:
    return run("rules", "show", *args, "--rules", folders[0], "--questionnaires", folders[1])


def test_the_weights_are_a_table_of_options_by_answer_for_each_branch(tiny_folders: tuple[Path, Path]) -> None:
    assert show(tiny_folders, "weights").out.splitlines() == [
        "main: left, right",
        "  Cash          left  right",
        "    WGH-1         +3      .",
        "      Rule WGH-1",
        "      all of: tight is true",
    ]


def test_the_order_has_the_proposals_of_each_branch_by_priority(tiny_folders: tuple[Path, Path]) -> None:
    early = DECIDE.replace("DEC-1", "DEC-9").replace("priority: 10", "priority: 9").replace("is: left", "is: right")
    other = DECIDE.replace("DEC-1", "DEC-0").replace("all: [", "none: [{fact: branch, is: main}], all: [")
    write_folder(tiny_folders[0], {"deciding/early.yaml": early, "deciding/other.yaml": other})
    assert show(tiny_folders, "order").out.splitlines() == [
        "main",
        "  1. DEC-9 left (by_margin): Rule DEC-9",
        "      all of: lead.option is right",
        "  2. DEC-1 left (by_margin): Rule DEC-1",
        "      all of: lead.option is left",
    ]


def test_claims_are_shown_with_their_rules_or_why_they_have_none(tiny_folders: tuple[Path, Path]) -> None:
    more = TINY_RULES["claims.yaml"].replace("[{id", "[{id: K0, says: No., kind: fact, sources: [book], "
                                             "not_encoded: It is vague.}, {id")  # fmt: skip
    write_folder(tiny_folders[0], {"claims.yaml": more})
    assert show(tiny_folders, "claims").out.splitlines() == [
        "K0  No.",
        "    Not encoded: It is vague.",
        "K1  It is so.",
        "    DEC-1, DER-1, WGH-1, options.yaml#left, options.yaml#right,",
        "    options.yaml#extra",
    ]


def test_a_page_is_shown_with_its_head_and_its_rules_in_reading_order(tiny_folders: tuple[Path, Path]) -> None:
    head = "asks: How long?\nspeaks_to: {all: [{fact: sessions, known: true}]}\nquestions: [runway]\n"
    head += "bring: [The bills]\nrules:"
    text = TINY_RULES["deriving/tight.yaml"].replace("rules:", head).replace("{runway", "{sessions: 1, runway")
    write_folder(tiny_folders[0], {"deriving/tight.yaml": text})
    assert show(tiny_folders, "page", "of_DER-1").out.splitlines() == [
        "of_DER-1  The page of DER-1",
        "file deriving/tight.yaml",
        "It answers: How long?",
        "It speaks to all of: sessions is known",
        "It asks runway",
        "It says to bring: The bills",
        "",
        "DER-1  Rule DER-1",
        "  When all of: sessions is known; runway is short",
        "  Then conclude tight = true",
        "  Why Because it is so.",
        "  Claims K1",
    ]


def test_the_gates_name_the_rules_that_settle_and_read_them(shipped_advisor: Advisor) -> None:
    shown = "\n".join(OVERVIEWS["gates"](shipped_advisor.rulebase))
    first = shown.split("\n\n")[0]
    assert "gate.start_date  A start date under your own tax ID, in writing" in first
    assert "GAT-001 conclude gate.start_date = passed" in first
    assert "Read by GAT-014, GAT-015, GAT-019" in first


def test_every_weight_and_every_proposal_of_the_shipped_rules_is_in_an_overview(shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    weights, order = ("\n".join(OVERVIEWS[name](base)) for name in ("weights", "order"))
    for rule in base.active:
        for action in rule.actions:
            if isinstance(action, Weigh):
                assert f"    {rule.id} " in weights
            if isinstance(action, Recommend):
                assert f". {rule.id} {action.option} " in order


def test_nothing_of_the_shipped_overviews_is_wider_than_the_page(shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    for overview in OVERVIEWS.values():
        assert [line for line in overview(base) if len(line) > 80] == []
    for page in base.pages.values():
        lines = list(whole_page(page, base))
        assert [line for line in lines if len(line) > 80] == []
        assert [line.split("  ")[0] for line in lines if line.split("  ")[0] in page.rules] == list(page.rules)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("page",), "`page` needs the name of a page"),
        (("weights", "x"), "nothing else takes a name"),
        (("page", "of_DRE-1"), "there is no page `of_DRE-1`. Did you mean `of_DER-1`"),
        (("weight",), "there is no rule `weight`. Did you mean `weights`"),
        (("order", "--format", "json"), "only a rule can be shown as yaml or json"),
    ],
)
def test_what_cannot_be_shown_ends_with_2(tiny_folders: tuple[Path, Path], args: tuple[str, ...], told: str) -> None:
    done = show(tiny_folders, *args)
    assert (done.code, done.out) == (2, "")
    assert told in " ".join(done.err.split())
