"""A rule file that is wrong is refused with its file, line and key, and with what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.loading.questionnaire import load_questionnaire
from advisor.loading.rule import KEY_ORDER
from advisor.loading.rulebase import load_rulebase
from tests.helpers.folders import TIGHT, TINY_QUESTIONNAIRES, TINY_RULES, write_folder
from tests.unit.loading.faults import RULE, changed, line_of, rule_faults


def test_the_tiny_rule_base_loads_as_it_stands(tmp_path: Path) -> None:
    questionnaire = load_questionnaire(write_folder(tmp_path / "questionnaires", TINY_QUESTIONNAIRES))
    base = load_rulebase(questionnaire, write_folder(tmp_path / "rules", TINY_RULES))
    assert [rule.id for rule in base.rules] == ["DER-1", "WGH-1", "DEC-1"]
    assert base.by_id["DER-1"].file == RULE


FOLLOWS = ("version", "status", "stratum", "caveats")  # these may be left out of a rule


@pytest.mark.parametrize("key", [key for key in KEY_ORDER if key not in (*FOLLOWS, "id", "examples")])
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    kept = [line for line in TIGHT.splitlines(keepends=True) if not line.startswith(f"    {key}:")]
    (fault,) = rule_faults(tmp_path, {RULE: "".join(kept)})
    assert fault.message == "this key is missing"
    assert (fault.place.file, fault.place.line) == (RULE, line_of(RULE, "id: DER-1"))
    assert fault.place.key.split(".")[-1] == key
    assert f"`{key}:`" in fault.expected


@pytest.mark.parametrize("key", [key for key in KEY_ORDER if key not in ("caveats", "examples", "id")])
def test_a_misspelled_key_is_named_beside_the_one_that_was_meant(tmp_path: Path, key: str) -> None:
    wrong = key[:-1] + "x" if len(key) > 4 else key + "x"
    (fault,) = rule_faults(tmp_path, changed(RULE, f"\n    {key}:", f"\n    {wrong}:"))
    assert fault.place.file == RULE
    there, meant = (key, wrong) if key in FOLLOWS else (wrong, key)
    assert there in fault.fix
    assert fault.place.key == f"DER-1.{meant}"


def test_a_key_too_many_is_named_with_its_line(tmp_path: Path) -> None:
    (fault,) = rule_faults(tmp_path, {RULE: TIGHT + "    caveat:\n      - Mind this.\n"})
    assert fault.message == "this key is not known"
    assert fault.place.line == TIGHT.count("\n") + 1
    assert "`caveats`" in fault.fix


def test_a_key_written_twice_is_named_with_its_line(tmp_path: Path) -> None:
    (fault,) = rule_faults(tmp_path, changed(RULE, "version: 1\n", "version: 1\n    version: 2\n"))
    assert "`version` is written twice" in fault.message
    assert fault.place.line == line_of(RULE, "version: 1") + 1


def test_keys_out_of_order_are_refused(tmp_path: Path) -> None:
    swapped = 'since: "1.0"\n    status: stable\n'
    (fault,) = rule_faults(tmp_path, changed(RULE, 'status: stable\n    since: "1.0"\n', swapped))
    assert fault.message == "the keys stand out of order"
    assert fault.expected == "the order " + ", ".join(KEY_ORDER)


@pytest.mark.parametrize(
    ("old", "new", "key", "message", "expected"),
    [
        ("version: 1", "version: one", "version", "`one` is not a whole number", "a whole number"),
        ("version: 1", "version: 1.5", "version", "`1.5` is not a whole number", "a whole number"),
        ("version: 1", "version: 99999999999", "version", "`99999999999` is not a whole number", "a whole number"),
        ("version: 1", "version: [1]", "version", "a list stands here", "a whole number"),
        ("status: stable", "status: ready", "status", "`ready` is not known", "one of `draft`, `stable`, `deprecated`"),
        ("stratum: derive", "stratum: drive", "stratum", "`drive` is not known", "one of `derive`, `constrain`"),
        ("title: Rule DER-1", "title: {a: b}", "title", "a mapping stands here", "a text"),
        ("title: Rule DER-1", "title: ''", "title", "the text is empty", "a text"),
        ("title: Rule DER-1", 'title: "a\\x1bb"', "title", "the text holds control characters", "plain text"),
        ("claims: [K1]", 'claims: ["K\\x1b"]', "claims", "the text holds control characters", "plain text"),
        ("claims: [K1]", "claims: K1", "claims", "a single value stands here", "a list"),
        ("claims: [K1]", "claims: []", "claims", "the list is empty", "at least one claim and one source"),
        ("review_by: 2099-01-01", "review_by: next year", "review_by", "`next year` is not a date", "like 2027-11-23"),
        ("review_by: 2099-01-01", "review_by: 2099-13-01", "review_by", "`2099-13-01` is not a date", "2027-11-23"),
        ("review_by: 2099-01-01", "review_by: 20990101", "review_by", "`20990101` is not a date", "2027-11-23"),
        ("review_by: 2099-01-01", "review_by: 2099-W01-1", "review_by", "`2099-W01-1` is not a date", "2027-11-23"),
        ("why: Because it is so.", "why: Because {it is so.", "why", "a brace that is no {placeholder}", "{fact}"),
        ("expect: fires", "expect: fire", "examples.expect", "`fire` is not known", "one of `fires`, `silent`"),
        ("{fact: runway, is: short}", "{fact: runway}", "when", "the clause on `runway` has 0 tests", "one of `is`"),
        (
            "{fact: runway, is: short}", "{fact: runway, is: short, said: skip}", "when",
            "the clause on `runway` has 2 tests", "one of `is`",
        ),
        ("{fact: runway, is: short}", "{fact: runway, iss: x}", "when", "the clause on `runway` has 0 tests", "`is`"),
        ("{fact: runway, is: short}", "{fact: runway, one_of: []}", "when.one_of", "the list is empty", "different"),
        ("{fact: runway, is: short}", "{fact: runway, known: maybe}", "when.known", "neither true nor false", "`true`"),
        ("{fact: runway, is: short}", "{fact: runway, said: no}", "when.said", "`no` is not known", "`not_sure`"),
        ("{all: [{fact: runway, is: short}]}", "{}", "when", "there is no clause", "under `all`, `any` or `none`"),
        ("{all: [{fact: runway, is: short}]}", "{every: []}", "when", "this key is not known", "`all`, `any`, `none`"),
        ("{conclude: {fact: tight, value: true}}", "{}", "then", "the rule does nothing", "`conclude`"),
        ("{conclude: {fact: tight, value: true}}", "{conclud: {}}", "then", "this key is not known", "`conclude`"),
        ("{fact: tight, value: true}", "{fact: tight, value: true, to: x}", "conclude", "key is not known", "`fact`"),
        (
            "{conclude: {fact: tight, value: true}}", "{red_flag: {id: R, severity: 4, action: Go.}}", "severity",
            "severity 4 is not known", "1, 2 or 3",
        ),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_with_what_was_expected(
    tmp_path: Path, old: str, new: str, key: str, message: str, expected: str
) -> None:
    (fault,) = rule_faults(tmp_path, changed(RULE, old, new))
    assert message in fault.message
    assert expected in fault.expected
    assert key in fault.place.key
    assert (fault.place.file, fault.place.line) == (RULE, line_of(RULE, old))


def test_an_action_in_a_stratum_where_it_may_not_stand_is_refused(tmp_path: Path) -> None:
    (fault,) = rule_faults(
        tmp_path,
        changed(RULE, "{conclude: {fact: tight, value: true}}", "{weigh: {criterion: cash, points: {left: 1}}}"),
    )
    assert fault.message == "`weigh` cannot stand in stratum `derive`"
    assert fault.expected == "stratum weigh"
    assert fault.place.line == line_of(RULE, "then:")


def test_zero_points_are_refused(tmp_path: Path) -> None:
    file = "weighing/tight-favors-left.yaml"
    (fault,) = rule_faults(tmp_path, changed(file, "{left: 3}", "{left: 3, right: 0}"))
    assert "zero points" in fault.message
    assert fault.place.key.endswith("points.right")
    assert fault.place.line == line_of(file, "{left: 3}")


@pytest.mark.parametrize(("verb", "said"), [("fires", "the rule fires"), ("silent", "the rule stays silent")])
def test_a_rule_needs_an_example_of_each_kind(tmp_path: Path, verb: str, said: str) -> None:
    kept = [line for line in TIGHT.splitlines(keepends=True) if f"expect: {verb}" not in line]
    (fault,) = rule_faults(tmp_path, {RULE: "".join(kept)})
    assert fault.message == f"no example where {said}"
    assert fault.expected == "one of each"
    assert fault.place.line == line_of(RULE, "examples:")


def test_a_page_that_holds_no_mapping_is_refused(tmp_path: Path) -> None:
    for text, kind in (("", "a single value"), ("- a\n", "a list"), ("word\n", "a single value")):
        (fault,) = rule_faults(tmp_path, {RULE: text})
        assert fault.message == f"{kind} stands here"
        assert fault.expected == "a mapping of keys to values"


def test_faults_in_several_rule_files_are_all_named(tmp_path: Path) -> None:
    files = sorted(file for file in TINY_RULES if "/" in file)
    faults = rule_faults(tmp_path, {file: TINY_RULES[file].replace("version: 1", "version: x") for file in files})
    assert [fault.place.file for fault in faults] == files


def test_a_file_beside_the_rules_that_nobody_reads_is_refused(tmp_path: Path) -> None:
    (fault,) = rule_faults(tmp_path, {"retierd.yaml": "retired: []\n"})
    assert fault.place.file == "retierd.yaml"
    assert "`retired`" in fault.fix
    (fault,) = rule_faults(tmp_path / "more", {"tight.yaml": TIGHT})
    assert fault.fix == "A page goes in a folder"
