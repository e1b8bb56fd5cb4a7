"""Answer files, YAML and JSON: what they may hold, and how each fault in them is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.errors import AnswersError, ContradictionError, Problem
from advisor.loading.answers import answers_from_bytes, check_answers, read_answers
from advisor.loading.yaml_reader import MAX_BYTES
from advisor.model.answers import Raw
from advisor.model.questionnaire import Questionnaire


@pytest.fixture
def questionnaire(shipped_advisor: Advisor) -> Questionnaire:
    return shipped_advisor.questionnaire


def faults(text: str | bytes, questionnaire: Questionnaire) -> tuple[Problem, ...]:
    raw = text.encode() if isinstance(text, str) else text
    with pytest.raises(AnswersError) as caught:
        answers_from_bytes(raw, "answers.yaml", questionnaire)
    return caught.value.problems


def plain(text: str, questionnaire: Questionnaire) -> dict[str, str | int | list[str]]:
    return answers_from_bytes(text.encode(), "answers.yaml", questionnaire).plain()


def test_yaml_and_json_say_the_same(questionnaire: Questionnaire) -> None:
    said = {
        "situation": "planning", "license": "counselor", "states": ["pa", "ny"], "runway": "not_sure",
        "sessions_wanted": 20, "licensed_everywhere": "yes",
    }  # fmt: skip
    yaml = (
        "# mine\nsituation: planning\nlicense: 'counselor'\nstates:\n  - pa\n  - ny\nrunway: not_sure\n"
        "sessions_wanted: 20\nlicensed_everywhere: yes\n"
    )
    expected = {**said, "states": ["ny", "pa"]}  # in the questionnaire's order
    assert plain(yaml, questionnaire) == expected
    assert plain(json.dumps(said, indent=2), questionnaire) == expected
    assert plain("\ufeff" + yaml, questionnaire) == expected
    assert plain(yaml.replace("\n", "\r\n"), questionnaire) == expected
    assert plain(json.dumps({**said, "licensed_everywhere": True}), questionnaire) == expected


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "---\n", "{}", "''"])
def test_a_file_without_answers_is_a_partial_one(questionnaire: Questionnaire, text: str) -> None:
    assert plain(text, questionnaire) == {}


def test_labels_and_capitals_are_understood(questionnaire: Questionnaire) -> None:
    label = questionnaire.question("runway").choice("under_1").label
    assert plain(f"runway: {label.upper()}\nsituation: Planning\n", questionnaire) == {
        "situation": "planning", "runway": "under_1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "message", "expected", "fix"),
    [
        ("runwy: under_1", "there is no question with this id", "a question id", "`runway`"),
        ("zzzzzz: 1", "there is no question with this id", "a question id", "`advisor questions` lists them all"),
        ("runway: undr_1", "`undr_1` is not a choice", "one of `under_1`", "`under_1`"),
        ("runway:", "no answer is given", "one of `under_1`", "`not_sure` or `skip`"),
        ("runway: null", "no answer is given", "one of `under_1`", "`not_sure` or `skip`"),
        ("runway: [under_1]", "a list or a mapping is given for one answer", "one of `under_1`", ""),
        ("runway: {under_1: yes}", "a list or a mapping is given for one answer", "one of `under_1`", ""),
        ("states: [pa, pq]", "`pq` is not a choice", "a list of `al`", "`pa`"),
        ("states: [pa, pa]", "a choice is listed twice", "a list of `al`", "List each choice once"),
        ("states: [" + "pa, " * 60 + "]", "the list has more entries than there are choices", "a list of `al`", ""),
        ("states: []", "the list is empty", "a list of `al`", "`not_sure` or `skip`"),
        ("states: {pa: yes}", "a mapping is given", "a list of `al`", ""),
        ("states: [[pa]]", "the list holds something that is not a choice", "a list of `al`", ""),
        ("states: [pa, null]", "the list holds something that is not a choice", "a list of `al`", ""),
        ("sessions_wanted: 0", "0 is out of range", "a whole number from 1 to 80", "The nearest allowed is 1"),
        ("sessions_wanted: 81", "81 is out of range", "a whole number from 1 to 80", "The nearest allowed is 80"),
        ("sessions_wanted: 2.5", "`2.5` is not a whole number", "a whole number from 1 to 80", ""),
        ("sessions_wanted: -3", "-3 is out of range", "a whole number from 1 to 80", ""),
        ("sessions_wanted: many", "`many` is not a whole number", "a whole number from 1 to 80", ""),
        ("sessions_wanted: 1_0", "`1_0` is not a whole number", "a whole number from 1 to 80", ""),
        ("sessions_wanted: '\u0662\u0660'", "is not a whole number", "a whole number from 1 to 80", ""),
        ("start_date: soon", "`soon` is not a date", "a date like 2027-01-31", "`not_given`"),
        ("start_date: 2027-02-30", "`2027-02-30` is not a date", "a date like 2027-01-31", "`not_given`"),
        ("start_date: 0207-03-15", "0207-03-15 is out of range", "from 2000-01-01 to 2049-12-31", "Check the year"),
        ("start_date: 9999-12-31", "9999-12-31 is out of range", "from 2000-01-01 to 2049-12-31", "Check the year"),
        ("start_date: 0001-01-01", "0001-01-01 is out of range", "from 2000-01-01 to 2049-12-31", "Check the year"),
        ("start_date: 20270228", "`20270228` is not a date", "a date like 2027-01-31", "`not_given`"),
        ("start_date: 2027-W08-7", "`2027-W08-7` is not a date", "a date like 2027-01-31", "`not_given`"),
        (
            "leave_reasons: [no_reason, pay]",
            "`no_reason` cannot go with other choices",
            "a list of",
            "Keep one or the other",
        ),
    ],
)
def test_a_fault_is_named_with_file_line_and_key(
    questionnaire: Questionnaire, line: str, message: str, expected: str, fix: str
) -> None:
    (fault,) = faults(f"# answers\nsituation: planning\n{line}\n", questionnaire)
    assert message in fault.message
    assert expected in fault.expected
    assert fix in fault.fix
    assert str(fault.place) == f"answers.yaml:3: `{line.split(':')[0]}`"


def test_a_fault_in_json_is_named_with_file_line_and_key(questionnaire: Questionnaire) -> None:
    text = '{\n "situation": "planning",\n "runway": "undr_1",\n "sessions_wanted": 81,\n "\u00e9t\u00e9": 1\n}'
    problems = faults(text, questionnaire)
    assert [str(problem.place) for problem in problems] == [
        "answers.yaml:3: `runway`", "answers.yaml:4: `sessions_wanted`", "answers.yaml:5: `\u00e9t\u00e9`",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("1e999", "`inf` is not a whole number"),
        ("NaN", "`NaN` is not a whole number"),
        ("-Infinity", "`-Infinity` is not a whole number"),
        ("2e1", ""),
        ("20.0", ""),
        ("20.5", "`20.5` is not a whole number"),
        ("1" + "0" * 400, "is not a whole number"),
        ("true", "`yes` is not a whole number"),
        ("1e17", "is not a whole number"),
        ("1e9", "1000000000 is out of range"),
    ],
)
def test_numbers_in_json_are_whole_or_refused(questionnaire: Questionnaire, value: str, message: str) -> None:
    text = f'{{"sessions_wanted": {value}}}'
    if message:
        (fault,) = faults(text, questionnaire)
        assert message in fault.message
        assert str(fault.place) == "answers.yaml:1: `sessions_wanted`"
    else:
        assert plain(text, questionnaire) == {"sessions_wanted": 20}


def test_all_faults_are_named_at_once_in_the_order_of_the_file(questionnaire: Questionnaire) -> None:
    text = "runway: ten\nstates: [zz]\nsituation: planning\nsessions_wanted: 900\nlicence: counselor\n"
    problems = faults(text, questionnaire)
    assert [(problem.place.line, problem.place.key) for problem in problems] == [
        (1, "runway"), (2, "states"), (4, "sessions_wanted"), (5, "licence"),
    ]  # fmt: skip
    assert "`license`" in problems[3].fix


def test_of_very_many_faults_the_first_hundred_are_named(questionnaire: Questionnaire) -> None:
    problems = faults("\n".join(f"key_{n}: 1" for n in range(5000)), questionnaire)
    assert [problem.place.line for problem in problems] == list(range(1, 101))


def test_the_message_holds_every_fault_on_a_line_of_its_own(questionnaire: Questionnaire) -> None:
    with pytest.raises(AnswersError) as caught:
        answers_from_bytes(b"runway: ten\nstates: [zz]\n", "answers.yaml", questionnaire)
    first, second = str(caught.value).split("\n")
    assert first.startswith("answers.yaml:1: `runway`: `ten` is not a choice; expected one of ")
    assert second.startswith("answers.yaml:2: `states`: `zz` is not a choice; expected a list of ")


def test_answers_that_cannot_all_be_true_are_named_together(questionnaire: Questionnaire) -> None:
    text = "license: associate\nsituation: planning\nindependent: 'yes'\n"
    with pytest.raises(ContradictionError) as caught:
        answers_from_bytes(text.encode(), "answers.yaml", questionnaire)
    (fault,), (pair,) = caught.value.problems, caught.value.questions
    assert set(pair) == {"license", "independent"}
    assert "`license` is associate" in fault.message
    assert "`independent` is yes" in fault.message
    places = {str(fault.place), fault.fix.removeprefix("Change this or ")}
    assert places == {"answers.yaml:1: `license`", "answers.yaml:3: `independent`"}
    assert len(answers_from_bytes(text.encode(), "x", questionnaire, check_contradictions=False)) == 3


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("- planning\n", "this is not a list of answers", 1),
        ("planning\n", "this is not a list of answers", 1),
        ("[1, 2]", "this is not a list of answers", 1),
        ("situation: planning\nsituation: planning\n", "the key `situation` is written twice", 2),
        ("a: &x 1\nb: *x\n", "anchors and aliases", 1),
        ("situation: !!python/name:os.system planning\n", "tags (!) are not read", 1),
        ("---\nsituation: planning\n---\nrunway: skip\n", "a second document begins here", 4),
        ("situation: planning\n\trunway: skip\n", "this is not valid YAML", 2),
        ("situation: 'planning\n", "this is not valid YAML", 2),
        ("? [a]\n: b\n", "a list or mapping is used as a key", 1),
        ('{"situation": "planning",}', "this is not valid JSON", 1),
        ('{"situation": "planning"} x', "this is not valid JSON", 1),
        ('{"runway": "skip", "situation": "planning", "runway": "skip"}', "this key is written twice", 1),
        ('{"states": {"pa": 1, "pa": 2}}', "this key is written twice", 1),
        ("a: " + "[" * 50 + "]" * 50, "the nesting is more than 40 deep", 1),
        ('{"a": ' + "[" * 50 + "]" * 50 + "}", "nested more than 40 deep", 0),
    ],
)
def test_a_file_that_is_no_list_of_answers_is_refused(
    questionnaire: Questionnaire, text: str, message: str, line: int
) -> None:
    (fault,) = faults(text, questionnaire)
    assert message in fault.message
    assert (fault.place.file, fault.place.line) == ("answers.yaml", line)


def test_a_bracket_inside_a_word_is_no_nesting(questionnaire: Questionnaire) -> None:
    text = json.dumps({"situation": "planning", "own_panel_list": "[" * 60 + '"\\'})
    assert plain(text, questionnaire)["own_panel_list"] == "[" * 60 + '"\\'


def test_bytes_that_are_no_utf_8_are_refused_with_their_line(questionnaire: Questionnaire) -> None:
    (fault,) = faults(b"situation: planning\nplatform: caf\xe9\n", questionnaire)
    assert (fault.message, fault.place.line) == ("the file is not UTF-8 text", 2)
    assert fault.fix == "Save it again as UTF-8"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, questionnaire: Questionnaire) -> None:
    (tmp_path / "big.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    for name, message in (
        ("no.yaml", "there is no such file"), (".", "this is a folder"), ("big.yaml", "the file has more than"),
        ("n" * 300, "the file cannot be read (File name too long)"), ("a\0b", "the file cannot be read"),
    ):  # fmt: skip
        with pytest.raises(AnswersError, match=r".") as caught:
            read_answers(tmp_path / name, questionnaire)
        assert message in caught.value.problems[0].message


def test_an_endless_file_is_not_read_to_its_end(questionnaire: Questionnaire) -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("there is no endless file here")
    with pytest.raises(AnswersError, match="more than"):
        read_answers(Path("/dev/zero"), questionnaire)


def test_a_mapping_is_checked_like_a_file(questionnaire: Questionnaire) -> None:
    with pytest.raises(AnswersError) as caught:
        check_answers({"runway": "ten", "sessions_wanted": 10**5000}, questionnaire)
    assert [str(problem.place) for problem in caught.value.problems] == ["`runway`", "`sessions_wanted`"]
    assert "a number too long to show is out of range" in str(caught.value)


@pytest.mark.parametrize("wrong", [None, [], 7, "runway: short"])
def test_answers_that_are_no_mapping_are_told(wrong: object, shipped_advisor: Advisor) -> None:
    with pytest.raises(AnswersError, match=r"the answers are of type .*; expected a mapping of question ids"):
        check_answers(wrong, shipped_advisor.questionnaire)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("independent: true", {"independent": "yes"}),
        ("independent: True", {"independent": "yes"}),
        ("license: counselor\nindependent: false", None),
        ("sessions_wanted: 20.0", {"sessions_wanted": 20}),
        ("sessions_wanted: 2e1", {"sessions_wanted": 20}),
        ("sessions_wanted: 20.5", None),
        ("sessions_wanted: true", None),
    ],
)
def test_yaml_and_json_take_the_same_values(
    questionnaire: Questionnaire, line: str, told: dict[str, Raw] | None
) -> None:
    pairs = [pair.split(": ") for pair in line.split("\n")]
    literal = {"true", "false", "True"}
    text = ", ".join(
        f'"{key}": {value.lower() if value in literal or value[0].isdigit() else json.dumps(value)}'
        for key, value in pairs
    )
    if told is None:
        assert [p.place.key for p in faults(line + "\n", questionnaire)] == [
            p.place.key for p in faults(f"{{{text}}}", questionnaire)
        ]
    else:
        assert plain(line + "\n", questionnaire) == plain(f"{{{text}}}", questionnaire) == told


@pytest.mark.parametrize(
    "text",
    [
        "runway:\u00a0one_to_two",
        "runway:\tone_to_two",
        "run\u200dway: one_to_two\u200b",
        '{"runway\\u200d": "one_to_two\\u00a0"}',
        '{"runway":\u00a0"\tone_to_two"}',
    ],
)
def test_what_pasting_brings_along_is_cleaned_and_the_rest_kept(questionnaire: Questionnaire, text: str) -> None:
    assert plain(text, questionnaire) == {"runway": "one_to_two"}


def test_pasted_spaces_inside_a_text_become_plain_ones(questionnaire: Questionnaire) -> None:
    county = "county: Big\u00a0Hill\t\u200dCounty\u2009East"
    assert plain(county + "\nstates: [pa]\n", questionnaire)["county"] == "Big Hill County East"
