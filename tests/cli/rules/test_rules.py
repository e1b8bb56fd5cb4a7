"""`advisor rules list`, `show` and `check`."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.cli.rules.page import as_json, page
from tests.cli.running import Done, run
from tests.helpers.folders import TINY_RULES

FIRST = "DER-1     derive     stable      Rule DER-1"


def tiny(folders: tuple[Path, Path], *args: str | Path) -> Done:
    return run("rules", *args, "--rules", folders[0], "--questionnaires", folders[1])


def test_list_names_every_rule_on_a_line_of_its_own(shipped_advisor: Advisor) -> None:
    done = run("rules", "list")
    assert (done.code, done.err) == (0, "")
    assert [line.split()[0] for line in done.out.splitlines()] == [rule.id for rule in shipped_advisor.rulebase.rules]


def test_list_can_be_kept_to_a_stratum_or_a_claim(shipped_advisor: Advisor) -> None:
    rules = shipped_advisor.rulebase.rules
    lines = run("rules", "list", "--stratum", "weigh").out.splitlines()
    assert [line.split()[0] for line in lines] == [rule.id for rule in rules if rule.stratum == "weigh"]
    lines = run("rules", "list", "--claim", "K056").out.splitlines()
    assert [line.split()[0] for line in lines] == [rule.id for rule in rules if "K056" in rule.claims]
    assert lines


def test_a_claim_or_stratum_that_is_not_there_ends_with_2() -> None:
    done = run("rules", "list", "--claim", "K56")
    assert (done.code, done.out) == (2, "")
    assert "there is no claim `K56`. Did you mean" in done.err
    assert "`K056`" in done.err
    assert run("rules", "list", "--stratum", "ponder").code == 2


def test_show_tells_all_of_a_rule(tiny_folders: tuple[Path, Path]) -> None:
    done = tiny(tiny_folders, "show", "der-1")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "DER-1  Rule DER-1",
        "derive, stable since 1.0, version 1, review by 2099-01-01",
        "file deriving/tight.yaml",
        "",
        "When",
        "  all of: runway is short",
        "Then",
        "  conclude tight = true",
        "Why, as the user reads it",
        "  Because it is so.",
        "Claims",
        "  K1: It is so.",
        "Sources",
        "  book: A book; Nobody; dated 2026; read 2027-01-01; an official page, such as a",
        "    law, a regulator, an accreditor, or the plan's or platform's own page",
        "Examples",
        "  fires: fires on runway = short",
        "  silent: stays silent on runway = long",
    ]


def test_show_gives_the_rules_own_text_as_yaml_and_the_rule_as_json(tiny_folders: tuple[Path, Path]) -> None:
    own = TINY_RULES["deriving/tight.yaml"].split("rules:\n")[1].replace("  - id", "    id")
    assert tiny(tiny_folders, "show", "DER-1", "--format", "yaml").out == textwrap.dedent(own)
    shown = json.loads(tiny(tiny_folders, "show", "DER-1", "--format", "json").out)
    assert (shown["id"], shown["when"]["all"], shown["then"]) == (
        "DER-1", ["runway is short"], ["conclude tight = true"],
    )  # fmt: skip
    assert shown["examples"][1] == {"name": "silent", "given": {"runway": "long"}, "expect": "silent"}


@pytest.mark.long
def test_every_shipped_rule_can_be_shown(shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    for rule in base.rules:
        lines = page(rule, base).splitlines()
        assert lines[0].startswith(f"{rule.id}  ")
        assert f"file {rule.file}" in lines
        assert max(len(line) for line in lines if not line.startswith("file ")) <= 80
        assert json.loads(as_json(rule, base))["id"] == rule.id


def test_a_shipped_rule_is_shown_by_its_id() -> None:
    done = run("rules", "show", "wgh-024")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("WGH-024  ")


def test_a_rule_that_is_not_there_ends_with_2_and_the_nearest(tiny_folders: tuple[Path, Path]) -> None:
    done = tiny(tiny_folders, "show", "DRE-1")
    assert (done.code, done.out) == (2, "")
    assert "there is no rule `DRE-1`. Did you mean `DER-1`" in done.err


def test_a_retired_rule_says_why_it_went(tiny_folders: tuple[Path, Path]) -> None:
    (tiny_folders[0] / "retired.yaml").write_text("retired: [{id: OLD-1, why: It was wrong.}]\n")
    done = tiny(tiny_folders, "show", "old-1")
    assert done.code == 2
    assert "old-1 was retired: It was wrong." in done.err


def make_whole(folders: tuple[Path, Path]) -> None:
    """Make the tiny rule base one in which the checks find nothing."""
    more = folders[0] / "deriving" / "branch.yaml"
    text = (
        TINY_RULES["deriving/tight.yaml"].replace("DER-1", "DER-2").replace("tight, value: true", "branch, value: main")
    )
    more.write_text(text.replace("{fact: runway, is: short}", "{fact: sessions, at_least: 1}").replace(
        "{runway: short}", "{sessions: 1}").replace("{runway: long}", "{sessions: 0}"))  # fmt: skip


def test_check_says_that_all_is_well(tiny_folders: tuple[Path, Path]) -> None:
    make_whole(tiny_folders)
    assert tiny(tiny_folders, "check") == Done(0, "All is well: 4 rules, 8 examples, 1 claims, 1 sources.\n", "")


def test_check_names_each_defect_with_its_file_and_line_and_ends_with_1(tiny_folders: tuple[Path, Path]) -> None:
    make_whole(tiny_folders)
    path = tiny_folders[0] / "deriving" / "tight.yaml"
    path.write_text(
        path.read_text().replace("Because it is so.", "You will earn.").replace("{runway: long}", "{runway: short}")
    )
    done = tiny(tiny_folders, "check")
    assert done.code == 1
    assert done.out.splitlines() == [
        "deriving/tight.yaml:18: DER-1 should stay silent but fires in the example `silent` [failing_examples]",
        "deriving/tight.yaml:4: the text says `you will earn`, which N1 forbids: Promises. [forbidden_words]",
    ]
    assert done.err == "Error: 2 things are wrong (4 rules, 8 examples, 1 claims, 1 sources)\n"


def test_check_of_rules_that_do_not_load_names_the_faults(tiny_folders: tuple[Path, Path]) -> None:
    path = tiny_folders[0] / "weighing" / "tight-favors-left.yaml"
    path.write_text(path.read_text().replace("{left: 3}", "{lft: 3, rigt: 1}"))
    done = tiny(tiny_folders, "check")
    assert (done.code, done.out) == (1, "")
    assert [line.split(": ", 2)[2] for line in done.err.splitlines()] == [
        "`WGH-1.then`: there is no main option `lft`. Did you mean `left`?",
        "there is no main option `rigt`. Did you mean `right`?",
    ]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run("rules", "check", "--rules", tmp_path / "nowhere")
    assert (done.code, done.out) == (1, "")
    assert done.err == f"Error: {tmp_path / 'nowhere'}: there is no such folder; expected a folder of YAML files\n"
    done = run("rules", "check", "--questionnaires", tmp_path)
    assert done.err.startswith("Error: credentialing.yaml: there is no such file")


def test_rules_alone_shows_its_commands_and_a_wrong_one_the_nearest() -> None:
    assert "Examples:" in run("rules").err
    done = run("rules", "chek")
    assert (done.code, done.out) == (2, "")
    assert "there is no command `chek`. Did you mean `check`?" in done.err
