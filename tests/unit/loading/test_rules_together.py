"""What a rule reads, makes and names must be there, and settled when the rule needs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.folders import TIGHT, TINY_RULES, WEIGH, rule_file
from tests.unit.loading.faults import RULE, changed, line_of, rule_faults

WEIGH_FILE = "weighing/tight-favors-left.yaml"
DECIDE_FILE = "deciding/left-leads.yaml"
SHORT = "{fact: runway, is: short}"


@pytest.mark.parametrize(
    ("file", "old", "new", "message", "hint"),
    [
        (RULE, SHORT, "{fact: runwy, is: short}", "there is no fact `runwy`", "`runway`"),
        (RULE, SHORT, "{fact: runway, is: shrot}", "`shrot` is no value of `runway`", "`short`"),
        (RULE, SHORT, "{fact: runway, one_of: [long, lng]}", "`lng` is no value of `runway`", "`long`"),
        (RULE, SHORT, "{fact: runway, is: true}", "`True` is no value of `runway`", ""),
        (RULE, SHORT, "{fact: runway, at_least: 3}", "`runway` is no number", "Use is or one_of"),
        (RULE, SHORT, "{fact: sessions, is: many}", "`sessions` is a whole number, not `many`", ""),
        (RULE, SHORT, "{fact: tight, said: skip}", "nobody is asked for `tight`", ""),
        (WEIGH_FILE, "{fact: tight, is: true}", "{fact: tight, is: 'yes'}", "`tight` is true or false, not `yes`", ""),
        (RULE, "fact: tight, value: true", "fact: tigt, value: true", "there is no fact `tigt`", "`tight`"),
        (RULE, "fact: tight, value: true", "fact: tight, value: 3", "`tight` is true or false, not `3`", ""),
        (RULE, "fact: tight, value: true", "fact: runway, value: long", "`runway` cannot be concluded", ""),
        (WEIGH_FILE, "criterion: cash", "criterion: csh", "there is no criterion `csh`", "`cash`"),
        (WEIGH_FILE, "{left: 3}", "{lefft: 3}", "there is no main option `lefft`", "`left`"),
        (WEIGH_FILE, "{left: 3}", "{extra: 3}", "there is no main option `extra`", "`extra`"),
        (DECIDE_FILE, "option: left,", "option: lft,", "there is no main option `lft`", "`left`"),
        (RULE, "claims: [K1]", "claims: [K11]", "the claim `K11` is not in claims.yaml", "`K1`"),
        (RULE, "sources: [book]", "sources: [books]", "the source `books` is not in sources.yaml", "`book`"),
        (RULE, "given: {runway: short}", "given: {runwy: short}", "there is no fact `runwy`", ""),
        (RULE, "given: {runway: short}", "given: {runway: shrt}", "`shrt` is no value of `runway`", ""),
        (RULE, "given: {runway: short}", "given: {runwy: skip}", "there is no fact `runwy`", ""),
    ],
)
def test_what_is_not_there_is_named_with_the_nearest_that_is(
    tmp_path: Path, file: str, old: str, new: str, message: str, hint: str
) -> None:
    faults = rule_faults(tmp_path, changed(file, old, new))
    fault = next(fault for fault in faults if message in fault.message)
    assert fault.place.file == file
    assert hint in fault.fix
    assert fault.place.line == line_of(file, old)


def test_an_add_on_must_be_an_add_on_and_an_option_ruled_out_a_main_one(tmp_path: Path) -> None:
    rules = {
        "constraints/a.yaml": rule_file(
            "CON-1", "constrain", "{all: [{fact: tight, is: true}]}", "{add_on: {option: left}}",
            ("{tight: true}", "{tight: false}"),
        ),
        "constraints/b.yaml": rule_file(
            "CON-2", "constrain", "{all: [{fact: tight, is: true}]}", "{rule_out: {options: [extra]}}",
            ("{tight: true}", "{tight: false}"),
        ),
    }  # fmt: skip
    messages = [fault.message for fault in rule_faults(tmp_path, rules)]
    assert messages == ["there is no add-on option `left`", "there is no main option `extra`"]


def test_a_fact_of_a_later_stratum_cannot_be_read(tmp_path: Path) -> None:
    (fault,) = rule_faults(tmp_path, changed(RULE, SHORT, "{fact: lead.option, is: left}"))
    assert fault.message == "`lead.option` is settled later than stratum `derive`"
    assert (fault.place.file, fault.place.line) == (RULE, line_of(RULE, SHORT))


def test_a_sum_cannot_be_read_before_it_is_made(tmp_path: Path) -> None:
    (fault,) = rule_faults(tmp_path, changed(WEIGH_FILE, "{fact: tight, is: true}", "{fact: tally.left, at_least: 1}"))
    assert fault.message == "`tally.left` is only there after stratum `weigh`"
    assert fault.expected == "a later stratum"


@pytest.mark.parametrize(
    "when",
    [
        "all: [{fact: runway, is: short}]\n      none:\n        - {fact: tight, is: true}",
        "all:\n        - {fact: runway, is: short}\n        - {fact: tight, known: false}",
        "all:\n        - {fact: runway, is: short}\n        - {fact: tight, is: false}",
    ],
)
def test_what_is_not_finished_in_a_stratum_cannot_be_found_missing_false_or_by_default_there(
    tmp_path: Path, when: str
) -> None:
    text = rule_file("DER-2", "derive", f"\n      {when}", "{conclude: {fact: branch, value: main}}", ("{}", "{}"))
    (fault,) = rule_faults(tmp_path, {"deriving/two.yaml": text})
    assert fault.message.startswith("`tight` is not finished in stratum `derive`, so it cannot be found missing")
    assert fault.place.line == text[: text.index("{fact: tight")].count("\n") + 1
    assert "Move the rule to a later stratum" in fault.fix


def test_the_same_clause_is_fine_in_the_next_stratum(tmp_path: Path) -> None:
    text = rule_file(
        "CON-1", "constrain", "{none: [{fact: tight, is: true}]}", "{rule_out: {options: [left]}}", ("{}", "{}")
    )
    broken = {"sources.yaml": "sources: []\n"}
    messages = {fault.message for fault in rule_faults(tmp_path, {"constraints/a.yaml": text, **broken})}
    assert messages == {"the source `book` is not in sources.yaml"}


def test_a_fact_cannot_be_concluded_in_a_stratum_it_is_not_declared_for(tmp_path: Path) -> None:
    text = rule_file(
        "CON-1", "constrain", "{all: [{fact: runway, is: short}]}", "{conclude: {fact: tight, value: true}}",
        ("{runway: short}", "{runway: long}"),
    )  # fmt: skip
    (fault,) = rule_faults(tmp_path, {"constraints/a.yaml": text})
    assert fault.message == "`tight` cannot be concluded in stratum `constrain`"
    assert "`constrain`" in fault.expected


@pytest.mark.parametrize(
    ("why", "message"),
    [
        ("You have {runway}.", ""),
        ("You have {sessions}.", "`{sessions}` may be unknown when the rule fires"),
        ("You have {runwy}.", "there is no fact for `{runwy}`"),
        ("Go for {option.left}.", ""),
        ("Go for {option.leftt}.", "there is no option for `{option.leftt}`"),
    ],
)
def test_a_sentence_may_only_name_what_is_known_when_the_rule_fires(tmp_path: Path, why: str, message: str) -> None:
    text = TIGHT.replace("Because it is so.", f'"{why}"').replace("DER-1", "DER-2")
    faults = rule_faults(tmp_path, {"deriving/two.yaml": text, "sources.yaml": "sources: []\n"})
    told = [fault.message for fault in faults if "source" not in fault.message]
    assert told == ([message] if message else [])


@pytest.mark.parametrize(
    ("when", "known"),
    [
        ("{all: [{fact: runway, is: short}]}", True),
        ("{all: [{fact: runway, known: true}]}", True),
        ("{all: [{fact: runway, known: false}]}", False),
        ("{all: [{fact: runway, said: skip}]}", False),
        ("{any: [{fact: runway, is: short}, {fact: sessions, at_least: 1}]}", False),
        ("{none: [{fact: runway, is: short}]}", True),
    ],
)
def test_only_clauses_that_need_a_value_make_a_fact_known(tmp_path: Path, when: str, known: bool) -> None:
    text = rule_file("DER-2", "derive", when, "{conclude: {fact: tight, value: true}}", ("{}", "{}"))
    faults = rule_faults(
        tmp_path,
        {"deriving/two.yaml": text.replace("Because it is so.", "'{runway} it is.'"), "sources.yaml": "sources: []\n"},
    )
    assert ("`{runway}` may be unknown when the rule fires" not in {f.message for f in faults}) is known


def test_a_fact_without_words_cannot_stand_in_a_sentence(tmp_path: Path) -> None:
    text = rule_file("PLA-1", "plan", "{all: [{fact: out.left, is: true}]}", "{call: {who: A, about: B}}", ("{}", "{}"))
    (fault,) = rule_faults(tmp_path, {"calls/a.yaml": text.replace("Because it is so.", '"So {out.left}."')})
    assert fault.message == "`{out.left}` has no words to read in a sentence"


def test_an_id_used_twice_is_refused_with_both_files(tmp_path: Path) -> None:
    (fault,) = rule_faults(tmp_path, {"deriving/two.yaml": TIGHT.replace("page: of_DER-1", "page: two")})
    assert fault.place.file == "deriving/two.yaml"
    assert fault.message == f"this id is used by {RULE} too"


def test_the_id_of_a_retired_rule_is_not_used_again(tmp_path: Path) -> None:
    (fault,) = rule_faults(tmp_path, {"retired.yaml": "retired:\n  - {id: DER-1, why: It was wrong.}\n"})
    assert fault.message == "this id belonged to a rule that was retired"
    assert fault.expected == "a new id"
    assert fault.place.file == RULE


def test_every_fault_of_every_rule_is_named_at_once(tmp_path: Path) -> None:
    changes = {
        RULE: TINY_RULES[RULE].replace("[K1]", "[K7]").replace("[book]", "[books]"),
        WEIGH_FILE: WEIGH.replace("{left: 3}", "{up: 3, down: 1}"),
    }
    messages = [fault.message for fault in rule_faults(tmp_path, changes)]
    assert messages == [
        "the claim `K7` is not in claims.yaml",
        "the source `books` is not in sources.yaml",
        "there is no main option `up`",
        "there is no main option `down`",
    ]
