"""A page says once what its rules share: each rule states only what differs, and carries whom the page speaks to."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from advisor.loading.questionnaire import load_questionnaire
from advisor.loading.rulebase import load_rulebase
from advisor.model.condition import Clause
from advisor.model.rule import Line
from advisor.model.rulebase import RuleBase
from tests.helpers.folders import TINY_QUESTIONNAIRES, TINY_RULES, write_folder
from tests.unit.loading.faults import rule_faults

FILE = "money/tight.yaml"
PAGE = """\
page: tight_money
title: Money is tight
asks: What do I do while money is tight?
speaks_to: {all: [{fact: runway, known: true}], none: [{fact: sessions, at_least: 40}]}
questions: [sessions, runway]
since: "1.0"
review_by: 2098-01-01
sources: [book]
rules:
  - id: WGH-7
    title: Left pays sooner
    when: {all: [{fact: tight, is: true}], none: [{fact: runway, is: long}]}
    then: {weigh: {criterion: cash, points: {left: 1}}}
    why: Because it is so.
    claims: [K1]
    examples:
      - {name: tight, given: {runway: short, tight: true, sessions: 1}, expect: fires}
      - {name: not tight, given: {runway: short, tight: false, sessions: 1}, expect: silent}

  # What follows for the rest.
  - id: CON-7
    title: Right is out
    version: 2
    status: draft
    since: "1.1"
    then: {rule_out: {options: [left]}}
    why: Because it is so.
    claims: [K1]
    review_by: 2099-01-01
    examples:
      - {name: any, given: {runway: short, sessions: 1}, expect: fires}
      - {name: nothing known, given: {}, expect: silent}
# The end.
"""
STEP = """\
  - id: STP-7
    title: Save
    then: {next_step: {order: 1, timing: Now, text: Save.}, note: {topic: money, text: It helps.}}
    why: Because it is so.
    claims: [K1]
    examples:
      - {name: any, given: {runway: short, sessions: 1}, expect: fires}
      - {name: nothing known, given: {}, expect: silent}
"""


def loaded(folder: Path, text: str = PAGE) -> RuleBase:
    questionnaire = load_questionnaire(write_folder(folder / "questionnaires", TINY_QUESTIONNAIRES))
    return load_rulebase(questionnaire, write_folder(folder / "rules", TINY_RULES, {FILE: text}))


def test_the_base_has_each_page_with_its_rules_in_reading_order(tmp_path: Path) -> None:
    base = loaded(tmp_path)
    page = base.pages["tight_money"]
    assert set(base.pages) == {"tight_money", "of_DER-1", "of_WGH-1", "of_DEC-1"}
    assert (page.title, page.asks) == ("Money is tight", "What do I do while money is tight?")
    assert (page.file, page.line, page.questions) == (FILE, 1, ("sessions", "runway"))
    assert page.rules == ("WGH-7", "CON-7")


def test_a_page_may_say_what_to_bring(tmp_path: Path) -> None:
    text = PAGE.replace('since: "1.0"', 'bring: [The notice, "A list: dates"]\nsince: "1.0"', 1)
    assert loaded(tmp_path / "a", text).pages["tight_money"].bring == ("The notice", "A list: dates")
    assert loaded(tmp_path / "b").pages["tight_money"].bring == ()


def test_a_rule_takes_from_the_head_what_it_does_not_state(tmp_path: Path) -> None:
    base = loaded(tmp_path)
    first, second = base.by_id["WGH-7"], base.by_id["CON-7"]
    assert (first.version, first.status, first.since, first.review_by) == (1, "stable", "1.0", "2098-01-01")
    assert (second.version, second.status, second.since, second.review_by) == (2, "draft", "1.1", "2099-01-01")
    assert first.sources == second.sources == ("book",)


def test_a_rule_stands_in_the_stratum_of_what_it_does(tmp_path: Path) -> None:
    base = loaded(tmp_path, PAGE.replace("# The end.\n", STEP))
    assert {rule: base.by_id[rule].stratum for rule in ("WGH-7", "CON-7", "STP-7")} == {
        "WGH-7": "weigh", "CON-7": "constrain", "STP-7": "plan",
    }  # fmt: skip


def test_a_conclusion_stands_in_the_stratum_for_which_its_fact_is_declared(tmp_path: Path) -> None:
    text = TINY_RULES["deriving/tight.yaml"].replace("    stratum: derive\n", "")
    questionnaire = load_questionnaire(write_folder(tmp_path / "questionnaires", TINY_QUESTIONNAIRES))
    rules = write_folder(tmp_path / "rules", TINY_RULES, {"deriving/tight.yaml": text})
    assert load_rulebase(questionnaire, rules).by_id["DER-1"].stratum == "derive"


def test_whom_the_page_speaks_to_comes_before_the_rules_own_clauses(tmp_path: Path) -> None:
    base = loaded(tmp_path)
    first, second = base.by_id["WGH-7"].when, base.by_id["CON-7"].when
    known, many = Clause("runway", "known", (True,), 4), Clause("sessions", "at_least", (40,), 4)
    assert first.all == (known, Clause("tight", "is", (True,), 12))
    assert first.none == (many, Clause("runway", "is", ("long",), 12))
    assert (second.all, second.any, second.none) == ((known,), (), (many,))


def test_file_and_line_point_into_the_page_and_the_digest_is_of_the_rules_own_text(tmp_path: Path) -> None:
    base = loaded(tmp_path)
    first, second = base.by_id["WGH-7"], base.by_id["CON-7"]
    assert [(rule.file, rule.line) for rule in (first, second)] == [(FILE, 10), (FILE, 21)]
    assert PAGE.splitlines()[second.line_of("why") - 1] == "    why: Because it is so."
    own = PAGE.splitlines(keepends=True)[20:32]
    assert second.digest == hashlib.sha256("".join(line[4:] for line in own).encode()).hexdigest()


def test_a_change_elsewhere_in_the_page_leaves_the_digest_of_a_rule(tmp_path: Path) -> None:
    before = loaded(tmp_path / "a")
    after = loaded(tmp_path / "b", PAGE.replace("title: Right is out", "title: It is out").replace("# What", "# And"))
    assert before.by_id["WGH-7"].digest == after.by_id["WGH-7"].digest
    assert before.by_id["CON-7"].digest != after.by_id["CON-7"].digest
    assert before.files[FILE] != after.files[FILE]


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "message"),
    [
        ("page: tight_money\n", "", 1, "page", "this key is missing"),
        ("title: Money is tight\n", "", 1, "tight_money.title", "this key is missing"),
        ("sources: [book]\n", "sources: [book]\nsorces: []\n", 9, "tight_money.sorces", "this key is not known"),
        ("sources: [book]\n", "sources: [bok]\n", 1, "tight_money", "the source `bok` is not in sources.yaml"),
        ("[sessions, runway]", "[sesions]", 1, "tight_money", "there is no question `sesions`"),
        ("{all: [{fact: runway, known: true}]", "{any: [{fact: runway, known: true}]", 4, "tight_money.speaks_to",
         "a page cannot speak to `any`"),
        ("review_by: 2098-01-01", "review_by: soon", 7, "tight_money.review_by", "`soon` is not a date"),
        ("rules:\n", "asks: b\nrules:\n", 9, "", "the key `asks` is written twice"),
        ("page: tight_money", "page: of_DER-1", 1, "of_DER-1", "the page of deriving/tight.yaml has this id too"),
        ("{criterion: cash, points: {left: 1}}}", "{criterion: cash, points: {left: 1}}, add_on: {option: extra}}", 13,
         "WGH-7.then.add_on", "`add_on` cannot stand in stratum `weigh`"),
        ("rule_out: {options: [left]}", "add_on: {option: extra}", 21, "CON-7.stratum", "leaves it open"),
        ("rule_out: {options: [left]}", "conclude: {fact: tigt, value: true}", 26, "CON-7.then.conclude.fact",
         "there is no fact `tigt`"),
    ],
)  # fmt: skip
def test_a_page_that_is_wrong_is_refused_with_line_and_key(
    tmp_path: Path, old: str, new: str, line: int, key: str, message: str
) -> None:
    assert PAGE.count(old) == 1
    fault = rule_faults(tmp_path, {FILE: PAGE.replace(old, new)})[0]
    assert message in fault.message
    assert (fault.place.file, fault.place.line, fault.place.key) == (FILE, line, key)


def test_a_section_may_be_empty(tmp_path: Path) -> None:
    assert loaded(tmp_path, PAGE[: PAGE.index("rules:")] + "rules: []\n").pages["tight_money"].rules == ()


def test_sections_that_are_no_list_and_heads_out_of_order_are_refused(tmp_path: Path) -> None:
    head = PAGE[: PAGE.index("rules:")]
    (fault,) = rule_faults(tmp_path / "a", {FILE: f"{head}rules: none\n"})
    assert (fault.message, fault.place.line) == ("no list stands here", 9)
    asks, title = "asks: What do I do while money is tight?\n", "title: Money is tight\n"
    (fault,) = rule_faults(tmp_path / "b", {FILE: PAGE.replace(title + asks, asks + title)})
    assert (fault.message, fault.place.line) == ("the keys stand out of order", 1)


def test_the_faults_of_all_rules_of_a_page_are_named_together(tmp_path: Path) -> None:
    text = PAGE.replace("title: Left pays sooner", "title: ''").replace("version: 2", "version: two")
    assert [fault.place.key for fault in rule_faults(tmp_path, {FILE: text})] == ["WGH-7.title", "CON-7.version"]


@pytest.mark.parametrize(
    ("wishes", "message"),
    [("pace", "`pace` is not one of the page's questions"), ("runway", "`runway` takes one answer")],
)
def test_wishes_are_a_question_of_the_page_that_takes_several_answers(
    tmp_path: Path, wishes: str, message: str
) -> None:
    (fault,) = rule_faults(tmp_path, {FILE: PAGE.replace("questions: [", f"wishes: {wishes}\nquestions: [")})
    assert (fault.message, fault.place.key) == (message, "tight_money")


def test_a_reply_stands_on_a_page_with_wishes(tmp_path: Path) -> None:
    reply = 'replies:\n  - {id: REP-7, to: long, title: How long, text: "Two months.", fires: [any], silent: [any]}\n'
    (fault,) = rule_faults(tmp_path, {FILE: PAGE.replace("rules:\n", f"{reply}rules:\n")})
    assert (fault.message, fault.place.line, fault.place.key) == ("the page has no `wishes`", 10, "REP-7.to")


BESIDES = """\
page: tight_money
title: Money is tight
speaks_to: {all: [{fact: tight, is: true}]}
since: "1.0"
review_by: 2098-01-01
claim: {id: P1, says: It is so., source: book}
derived:
  - {id: question, title: What is asked, kind: one, otherwise: other, values: {tight_money: money, other: other}}
people:
  other: {runway: short}
replies:
  - {id: REP-7, beside: true, title: Money too, text: And the money? Save., fires: [other], silent: [elsewhere]}
"""


def test_a_reply_beside_speaks_to_who_came_with_another_question(tmp_path: Path) -> None:
    questionnaire = load_questionnaire(write_folder(tmp_path / "questionnaires", TINY_QUESTIONNAIRES))
    made = load_rulebase(questionnaire, write_folder(tmp_path / "rules", TINY_RULES, {FILE: BESIDES})).by_id["REP-7"]
    assert [str(clause) for clause in made.when.all] == ["tight is true"]
    assert [str(clause) for clause in made.when.none] == ["question is tight_money"]
    (line,) = made.actions
    assert isinstance(line, Line)
    assert (line.part, line.fact, line.weight) == ("reply", "tight", "must")


WISH = (
    "      - {id: wish, ref: Q3, text: What do you want to know?, why: It is answered., help: Choose., kind: several,\n"
    "         choices: [{id: long, label: How long}, {id: other, label: Something else}]}\n"
    "contradictions:"
)
ASKING = """\
page: tight_money
title: Money is tight
wishes: wish
questions: [wish]
since: "1.0"
review_by: 2098-01-01
claim: {id: P1, says: It is so., source: book}
people:
  asks: {wish.other: true}
  quiet: {wish.other: false}
replies:
  - {id: REP-7, to: other, FLAG title: Something else, text: Ask a lawyer., fires: [asks], silent: [quiet]}
"""


@pytest.mark.parametrize(("flag", "weight"), [("", "should"), ("elsewhere: true, ", "could")])
def test_a_reply_that_only_names_who_else_answers_may_be_left_to_the_last(
    tmp_path: Path, flag: str, weight: str
) -> None:
    asked = TINY_QUESTIONNAIRES["credentialing.yaml"].replace("contradictions:", WISH)
    folder = write_folder(tmp_path / "questionnaires", TINY_QUESTIONNAIRES, {"credentialing.yaml": asked})
    page = write_folder(tmp_path / "rules", TINY_RULES, {FILE: ASKING.replace("FLAG", flag)})
    made = load_rulebase(load_questionnaire(folder), page).by_id["REP-7"]
    (line,) = made.actions
    assert isinstance(line, Line)
    assert (line.part, line.fact, line.weight) == ("reply", "wish.other", weight)


def test_a_page_that_asks_nothing_replies_to_what_another_asks_and_that_must_be_said(tmp_path: Path) -> None:
    asked = TINY_QUESTIONNAIRES["credentialing.yaml"].replace("contradictions:", WISH)
    folder = write_folder(tmp_path / "questionnaires", TINY_QUESTIONNAIRES, {"credentialing.yaml": asked})
    asking = ASKING.replace("FLAG", "")
    sharing = (
        asking.replace("page: tight_money", "page: bank").replace("questions: [wish]\n", "").replace("P1", "P2")
        .replace("REP-7", "REP-8").replace("to: other", "to: long").replace("other:", "long:")
    )  # fmt: skip
    both = {FILE: asking, "money/bank.yaml": sharing}
    made = load_rulebase(load_questionnaire(folder), write_folder(tmp_path / "rules", TINY_RULES, both)).by_id["REP-8"]
    (line,) = made.actions
    assert isinstance(line, Line)
    assert (line.fact, line.weight) == ("wish.long", "must")


def test_a_page_that_speaks_to_everybody_is_nobodys_second_question(tmp_path: Path) -> None:
    text = BESIDES.replace("speaks_to: {all: [{fact: tight, is: true}]}\n", "")
    (fault,) = rule_faults(tmp_path, {FILE: text})
    assert fault.message == "the page speaks to everybody or it says no"
