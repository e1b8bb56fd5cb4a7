"""A questionnaire that is wrong is refused with its file, line and key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from advisor.errors import QuestionnaireError
from advisor.loading.questionnaire import load_questionnaire
from advisor.loading.resources import shipped
from tests.helpers.folders import TINY_QUESTIONNAIRES, write_folder
from tests.unit.loading.faults import questionnaire_faults

FILE, GLOSSARY = "credentialing.yaml", "glossary.yaml"
TEXT = """\
id: tiny
version: "1"
title: Tiny
intro: Hello.
sections:
  - id: s
    title: All
    questions:
      - id: runway
        ref: Q1
        text: How long?
        why: Money.
        help: Count it.
        kind: one
        choices:
          - {id: short, label: Short}
          - {id: long, label: Long}
      - id: payers
        ref: Q2
        text: Who pays?
        why: Rules.
        help: Choose.
        terms: [panel]
        kind: several
        choices:
          - {id: public, label: Public}
          - {id: none, label: None, exclusive: true}
        when: {all: [{fact: runway, is: short}]}
      - id: sessions
        ref: Q3
        text: How many?
        why: Money.
        help: Count them.
        kind: number
        number: {unit: sessions, min: 0, max: 80}
        when: {any: [{fact: payers.public, is: true}, {fact: payers.count, at_least: 1}]}
      - id: remark
        ref: Q4
        text: Anything else?
        why: Care.
        help: Type it.
        kind: text
        change: yours
        max_length: 40
        private: true
contradictions:
  - id: odd
    between: [runway, sessions]
    when: {all: [{fact: runway, is: short}, {fact: sessions, at_least: 70}]}
    text: That is odd.
"""
TERMS = "terms:\n  - {id: panel, term: Panel, means: A list.}\n"


def line_of(passage: str) -> int:
    return TEXT[: TEXT.index(passage)].count("\n") + 1


def test_a_right_questionnaire_loads_with_all_its_parts(tmp_path: Path) -> None:
    made = load_questionnaire(write_folder(tmp_path, {FILE: TEXT, GLOSSARY: TERMS}))
    assert [question.id for question in made.questions] == ["runway", "payers", "sessions", "remark"]
    assert made.question("payers").facts() == ("payers.public", "payers.none", "payers.count")
    assert made.question("payers").choice("none").exclusive
    assert (made.question("sessions").minimum, made.question("sessions").maximum) == (0, 80)
    assert made.question("remark").private
    assert [question.change for question in made.questions] == ["given", "given", "given", "yours"]
    assert made.question("payers").line == line_of("id: payers")
    assert made.glossary["panel"].means == "A list."


@pytest.mark.parametrize(
    ("old", "new", "key", "message", "hint"),
    [
        ("        why: Money.\n        help: Count it.\n", "", "runway.why", "this key is missing", ""),
        ("        ref: Q1\n", "        reff: Q1\n", "runway.ref", "this key is missing", "`reff`"),
        ("kind: one\n", "kind: on\n", "runway.kind", "`on` is not known", "`one`"),
        ("{id: long, label: Long}", "{id: short, label: Long}", "runway.choices", "two share an id", ""),
        ("          - {id: long, label: Long}\n", "", "runway.choices", "fewer than two choices", ""),
        ("{id: long, label: Long}", "{id: skip, label: Long}", "choices.id", "`skip` stands for every question", ""),
        ("{id: long, label: Long}", "{id: long, lable: Long}", "choices.label", "this key is missing", "`lable`"),
        ("id: payers\n", "id: runway\n", "runway.id", "this id is used twice", ""),
        ("id: remark\n", "id: payers.public\n", "payers.public.id", "this id is used twice", ""),
        ("[panel]", "[panle]", "payers.terms", "`panle` is not in glossary.yaml", "`panel`"),
        ("{fact: runway, is: short}]}\n      -", "{fact: runwy, is: short}]}\n      -", "when", "`runwy`", "`runway`"),
        ("{fact: runway, is: short}]}\n      -", "{fact: runway, is: shrt}]}\n      -", "when", "`shrt`", "`short`"),
        ("{fact: runway, is: short}]}\n      -", "{fact: remark, known: true}]}\n      -", "when", "earlier", ""),
        ("{fact: runway, is: short}]}\n      -", "{fact: runway, at_most: 3}]}\n      -", "when", "no number", ""),
        ("{fact: payers.public, is: true}", "{fact: payers.public, is: 'yes'}", "when", "true or false", ""),
        ("{fact: payers.count, at_least: 1}", "{fact: payers.count, is: some}", "when", "a whole number", ""),
        ("min: 0, max: 80", "min: 90, max: 80", "sessions.number", "min is above max", ""),
        ("min: 0, max: 80", "min: 0, max: lots", "number.max", "`lots` is not a whole number", ""),
        ("max_length: 40", "maxlength: 40", "remark.max_length", "this key is missing", "`maxlength`"),
        ("private: true", "private: yes", "remark.private", "neither true nor false", ""),
        ("change: yours", "change: your", "remark.change", "`your` is not known", "`yours`"),
        ("change: yours", "chang: yours", "remark.chang", "this key is not known", "`change`"),
        ("private: true", "privat: true", "remark.privat", "this key is not known", "`private`"),
        ("between: [runway, sessions]", "between: [runway, payers]", "odd.between", "name different questions", ""),
        ("between: [runway, sessions]", "between: [runway]", "odd.between", "name different questions", ""),
        ("text: That is odd.", "txt: That is odd.", "odd.text", "this key is missing", "`txt`"),
        ("intro: Hello.", 'intro: "Hel\\x07lo."', "intro", "control characters", ""),
    ],
)
def test_a_fault_is_named_with_line_and_key(
    tmp_path: Path, old: str, new: str, key: str, message: str, hint: str
) -> None:
    assert TEXT.count(old) == 1, old
    (fault,) = questionnaire_faults(tmp_path, {FILE: TEXT.replace(old, new), GLOSSARY: TERMS})
    assert message in fault.message
    assert key in fault.place.key
    assert hint in fault.fix
    assert fault.place.file == FILE
    assert 0 < fault.place.line <= line_of(old) + 1


def test_the_line_of_a_wrong_condition_is_its_own(tmp_path: Path) -> None:
    text = TEXT.replace("{fact: payers.count, at_least: 1}", "{fact: payers.cuont, at_least: 1}")
    (fault,) = questionnaire_faults(tmp_path, {FILE: text, GLOSSARY: TERMS})
    assert fault.place.line == line_of("payers.count")


def test_a_term_explained_twice_is_refused(tmp_path: Path) -> None:
    (fault,) = questionnaire_faults(tmp_path, {GLOSSARY: TERMS + "  - {id: panel, term: P, means: B.}\n"})
    assert (fault.place.file, fault.place.line) == (GLOSSARY, 3)
    assert fault.message == "this id is used twice"


@pytest.mark.parametrize("file", [FILE, GLOSSARY])
def test_a_missing_or_empty_file_is_named(tmp_path: Path, file: str) -> None:
    (fault,) = questionnaire_faults(tmp_path / "a", {file: None})
    assert str(fault.place) == file
    assert fault.message == "there is no such file"
    (fault,) = questionnaire_faults(tmp_path / "b", {file: ""})
    assert fault.place.file == file


def test_the_digest_changes_with_every_byte_and_with_nothing_else(tmp_path: Path) -> None:
    one = load_questionnaire(write_folder(tmp_path / "a", TINY_QUESTIONNAIRES))
    same = load_questionnaire(write_folder(tmp_path / "b", TINY_QUESTIONNAIRES))
    other = load_questionnaire(write_folder(tmp_path / "c", TINY_QUESTIONNAIRES, {GLOSSARY: "terms: [] \n"}))
    assert one.digest == same.digest != other.digest


def test_who_can_change_an_answer_is_said_of_every_question_that_is_shipped() -> None:
    texts = [file.read_text("utf-8") for file in shipped("questionnaires").glob("**/*.yaml")]
    made = load_questionnaire()
    written = sum(len(question.each) - len(question.parts) for question in made.questions) + len(made.questions)
    assert sum(len(re.findall(r"\bchange: ", text)) for text in texts) == written
    for question, change in [
        ("license", "given"), ("states", "given"), ("situation", "given"), ("disclosures", "given"),
        ("runway", "yours"), ("office_hours", "yours"), ("hiring", "yours"), ("top_priority", "yours"),
        ("release_letter", "others"), ("answers_written", "others"), ("notice", "others"), ("payer_word", "others"),
    ]:  # fmt: skip
        assert made.question(question).change == change, question


DATED = """\
      - {id: moved, ref: Q5, text: When?, why: Time., help: A day., kind: date,
         date: {earliest: 2000-01-01, latest: 2049-12-31, meaning: past}}
      - {id: left, ref: Q6, text: Then?, why: Time., help: A day., kind: date,
         date: {earliest: 2000-01-01, latest: 2049-12-31, meaning: either, not_before: moved}}
"""


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ("date: {earliest: 2000-01-01, latest: 2049-12-31, meaning: past}", "change: yours", "date", "is missing"),
        (", latest: 2049-12-31", "", "latest", "is missing"),
        (", meaning: past", "", "meaning", "is missing"),
        ("meaning: past", "meaning: never", "meaning", "`never` is not known"),
        ("meaning: past", "meaning: past, not_before: left", "not_before", "`left` is not an earlier date question"),
        ("not_before: moved", "not_before: remark", "not_before", "`remark` is not an earlier date question"),
        ("earliest: 2000-01-01", "earliest: 2000-02-30", "earliest", "`2000-02-30` is not a date"),
        ("earliest: 2000-01-01", "earliest: 2050-01-01", "earliest", "earliest is after latest"),
    ],
)
def test_a_date_question_tells_its_range_and_its_meaning(
    tmp_path: Path, old: str, new: str, key: str, message: str
) -> None:
    whole = TEXT.replace("contradictions:", DATED + "contradictions:")
    files = {FILE: whole, GLOSSARY: TERMS}
    found = load_questionnaire(write_folder(tmp_path / "right", files))
    moved, left = found.question("moved"), found.question("left")
    assert (str(moved.earliest), str(moved.latest), moved.meaning) == ("2000-01-01", "2049-12-31", "past")
    assert (left.meaning, left.not_before) == ("either", "moved")
    with pytest.raises(QuestionnaireError) as caught:
        load_questionnaire(write_folder(tmp_path / "wrong", files, {FILE: whole.replace(old, new, 1)}))
    (problem,) = caught.value.problems
    assert message in problem.message
    assert problem.place.key.endswith(key)
