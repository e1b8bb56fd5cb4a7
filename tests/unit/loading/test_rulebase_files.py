"""The files beside the rules: what is missing, misspelled, doubled or not there is named with file, line and key."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from advisor.errors import RuleBaseError
from advisor.loading.questionnaire import load_questionnaire
from advisor.loading.rulebase import BESIDE, load_rulebase
from tests.helpers.folders import TINY_QUESTIONNAIRES, TINY_RULES, write_folder
from tests.unit.loading.faults import changed, line_of, rule_faults

FIGURE = """\
figures:
  - id: gap
    ref: DF1
    title: Months
    unit: months
    when: {all: [{fact: runway, known: true}]}
    tables:
      runway: {short: [0, 1], long: 3}
    formula: {add: [{table: runway}, {fact: sessions}]}
    text: Between {low} and {high} months.
    text_same: Just {low} months.
    claims: [K1]
    sources: [book]
"""


@pytest.mark.parametrize("name", BESIDE)
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (fault,) = rule_faults(tmp_path, {f"{name}.yaml": None})
    assert str(fault.place) == f"{name}.yaml"
    assert fault.message == "this file of the rule base is missing"


@pytest.mark.parametrize("name", [name for name in BESIDE if name != "wording"])
def test_an_empty_file_is_refused(tmp_path: Path, name: str) -> None:
    (fault,) = rule_faults(tmp_path, {f"{name}.yaml": "# nothing\n"})
    assert fault.place.file == f"{name}.yaml"
    assert fault.expected == "a mapping of keys to values"


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "message"),
    [
        ("rulebase.yaml", "funding: Nobody.\n", "", "funding", "this key is missing"),
        ("rulebase.yaml", "scope: Tests.", "scop: Tests.", "scope", "this key is missing"),
        ("rulebase.yaml", "text: This is a test.", "txt: x", "disclosures.text", "this key is missing"),
        ("rulebase.yaml", "funding:", "publisher_sells: [non]\nfunding:", "publisher_sells", "no claim leans `non`"),
        ("rulebase.yaml", "funding:", "publisher_sells: none\nfunding:", "publisher_sells", "a single value stands"),
        ("facts.yaml", "kind: yes_no", "kind: perhaps", "tight.kind", "`perhaps` is not known"),
        ("facts.yaml", "stratum: derive, kind: yes_no", "stratum: weigh, kind: yes_no", "tight.stratum", "`weigh`"),
        ("facts.yaml", "'true': money is tight", "often: money is tight", "values.often", "has other values"),
        ("facts.yaml", "'true': money is tight", "'true': [tight]", "values.true", "a list stands here"),
        ("facts.yaml", "otherwise: false", "otherwise: maybe", "tight.otherwise", "`maybe` is no value"),
        ("facts.yaml", "otherwise: main", "otherwise: mian", "branch.otherwise", "`mian` is no value"),
        ("options.yaml", "id: right", "id: left", "left", "this id is used twice"),
        ("options.yaml", "id: left, ref: R1, kind: main", "id: left, ref: R1, kind: big", "left.kind", "`big` is not"),
        ("criteria.yaml", "id: cash, name: Cash}", "id: cash, name: Cash}, {id: cash, name: B}", "cash", "used twice"),
        ("decision.yaml", "close_within: 2", "close_within: two", "close_within", "`two` is not a whole number"),
        ("decision.yaml", "{confidence: clear}", "{confidence: clear, at_most: 9}", "bands", "the last band alone"),
        ("decision.yaml", "{confidence: lean, ", "{confidence: leans, ", "bands", "no confidence `leans`"),
        ("decision.yaml", "options: [left, right]", "options: [left, rihgt]", "contests.main.options", "`rihgt`"),
        ("decision.yaml", "decisive: [runway]", "decisive: [runwy]", "contests.main.decisive", "question `runwy`"),
        ("decision.yaml", "contests: {main:", "contests: {mian:", "contests.mian", "there is no branch `mian`"),
        ("decision.yaml", "fallback: right", "fallback: extra", "fallback", "there is no main option `extra`"),
        ("decision.yaml", "priority_question: runway", "priority_question: x", "priority_question", "question `x`"),
        ("decision.yaml", "gates_shown_for: []", "gates_shown_for: [up]", "gates_shown_for", "main option `up`"),
        ("decision.yaml", "gates_in: []", "gates_in: [up]", "gates_in", "there is no branch `up`"),
        ("decision.yaml", "gates_in: []", "kept: {reminders: [a week]}\ngates_in: []", "kept.open_percent", "missing"),
        ("decision.yaml", "gates_in: []", "kept: {open_percent: 5, reminders: [a week]}\ngates_in: []",
         "kept.reminders", "`a week` is not a whole number"),
        ("never_say.yaml", "forbid: [you will earn]", "forbid: no", "forbid", "a single value stands here"),
        ("sources.yaml", "grade: A", "grade: AA", "book.grade", "`AA` is no grade"),
        ("sources.yaml", "address: here", "address: {a: b}", "book.address", "a mapping stands here"),
        ("sources.yaml", "publisher: Nobody", "publishr: Nobody", "book.publisher", "this key is missing"),
        ("claims.yaml", "kind: fact", "kind: [fact]", "K1.kind", "a list stands here"),
        ("claims.yaml", "says: It is so.", 'says: "It \\x1b is so."', "K1.says", "control characters"),
        ("claims.yaml", "says: It is so., kind: fact", "says: It is so., 'ki\\nnd': fact", "K1.kind", "missing"),
        ("retired.yaml", "retired: []", "retired: [{id: X-1}]", "retired.why", "this key is missing"),
        ("wording.yaml", "headline:", "headline: [a]\nheadlines:", "headline", "a list stands here"),
    ],
)  # fmt: skip
def test_a_fault_in_a_file_is_named_with_its_line_and_key(
    tmp_path: Path, file: str, old: str, new: str, key: str, message: str
) -> None:
    fault = next(fault for fault in rule_faults(tmp_path, changed(file, old, new)) if fault.place.file == file)
    assert message in fault.message
    assert key in fault.place.key
    assert 0 < fault.place.line <= line_of(file, old)


def test_a_wrong_line_is_not_just_the_first_one(tmp_path: Path) -> None:
    fault = rule_faults(tmp_path, changed("decision.yaml", "fallback: right", "fallback: rihgt"))[0]
    assert fault.place.line == line_of("decision.yaml", "fallback: right") == 7
    assert fault.fix == "Did you mean `right`?"
    fault = rule_faults(tmp_path / "b", changed("facts.yaml", "otherwise: main", "otherwise: mian"))[0]
    assert fault.place.line == line_of("facts.yaml", "otherwise: main") == 5


def test_a_branch_without_a_contest_is_named(tmp_path: Path) -> None:
    text = TINY_RULES["facts.yaml"].replace("{main: on the main way}", "{main: on the main way, side: on the side}")
    (fault,) = rule_faults(tmp_path, {"facts.yaml": text})
    assert fault.message == "the branch `side` has no contest"
    assert fault.place.line == line_of("decision.yaml", "contests:")


def test_an_option_must_have_as_many_points_for_as_against(tmp_path: Path) -> None:
    text = TINY_RULES["options.yaml"].replace(
        "against: [{text: A point., claims: [K1], sources: [book]}]", "against: []", 1
    )
    (fault,) = rule_faults(tmp_path, {"options.yaml": text})
    assert "differ in number" in fault.message
    assert fault.place.key == "left"


def test_a_point_of_an_option_may_only_rest_on_claims_and_sources_that_are_there(tmp_path: Path) -> None:
    text = TINY_RULES["options.yaml"].replace("claims: [K1], sources: [book]", "claims: [K2], sources: [boook]", 1)
    claim, source = rule_faults(tmp_path, {"options.yaml": text})
    assert (claim.message, claim.fix) == ("the claim `K2` is not in claims.yaml", "Did you mean `K1`?")
    assert (source.message, source.fix) == ("the source `boook` is not in sources.yaml", "Did you mean `book`?")
    assert claim.place.line == line_of("options.yaml", "id: left")


def test_a_fact_that_is_there_already_is_refused(tmp_path: Path) -> None:
    (fault,) = rule_faults(tmp_path, changed("facts.yaml", "id: tight", "id: runway"))
    assert fault.message == "this fact is there already"
    assert (fault.place.file, fault.place.line) == ("facts.yaml", 2)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{fact: sessions}", "{fact: sesions}", "there is no fact `sesions`"),
        ("{fact: sessions}", "{fact: runway}", "`runway` is no number"),
        ("{fact: sessions}", "{figure: gap}", "there is no earlier figure `gap`"),
        ("{fact: sessions}", "{table: sessions}", "there is no table `sessions`"),
        ("{fact: sessions}", "{valu: 3}", "this is no operator"),
        ("{fact: sessions}", "{value: 3, fact: sessions}", "a formula has one operator or one leaf here"),
        ("{fact: sessions}", "{add: [{value: 1}]}", "an operator needs two parts or more"),
        ("{fact: sessions}", "{value: 1e999999}", "`1e999999` is no number"),
        ("{fact: sessions}", "{value: .inf}", "`.inf` is no number"),
        ("{fact: sessions}", "{value: NaN}", "`NaN` is no number"),
        ("{fact: sessions}", "{value: 1_000}", "`1_000` is no number"),
        ("{fact: sessions}", "{value: [2, 1]}", "the low end is above the high end"),
        ("{fact: sessions}", "{value: [1, 2, 3, 4]}", "a list stands here"),
        ("short: [0, 1]", "shrt: [0, 1]", "`shrt` is no value of `runway`"),
        ("fact: runway, known", "fact: runwy, known", "there is no fact `runwy`"),
        ("{low} and {high}", "{lo} and {high}", "`{lo}` is not known in the text of a figure"),
        ("Just {low}", "Just {runway}", "`{runway}` is not known in the text of a figure"),
        ("unit: months", "unit: years", "`years` is not known"),
        ("claims: [K1]", "claims: [K3]", "the claim `K3` is not in claims.yaml"),
        ("sources: [book]", "sources: [bok]", "the source `bok` is not in sources.yaml"),
    ],
)
def test_a_fault_in_a_figure_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    (fault,) = rule_faults(tmp_path, {"figures.yaml": FIGURE.replace(old, new)})
    assert message in fault.message
    assert fault.place.file == "figures.yaml"
    assert fault.place.line >= 2
    assert "gap" in fault.place.key


def test_the_figure_is_right_as_it_stands(tmp_path: Path) -> None:
    (fault,) = rule_faults(tmp_path, {"figures.yaml": FIGURE, "retired.yaml": "retired: [{id: DER-1, why: Bad.}]\n"})
    assert "retired" in fault.message


@pytest.mark.parametrize(
    "late",
    [
        "out.left",
        "tally.left",
        "unknown_share",
        "lead.margin",
        "advice.option",
        "add_on.extra",
        "gap.low",
        "soon.high",
        "chosen",
    ],
)
@pytest.mark.parametrize("place", ["when", "formula"])
def test_a_figure_may_not_read_what_has_no_value_when_it_is_made(tmp_path: Path, late: str, place: str) -> None:
    old = "fact: runway, known: true" if place == "when" else "{fact: sessions}"
    new = f"fact: {late}, known: true" if place == "when" else f"{{table: {late}}}"
    tables = f"    tables:\n      {late}: {{unknown: 1}}\n" if place == "formula" else "    tables:\n"
    soon = FIGURE.removeprefix("figures:\n").replace("id: gap", "id: soon")
    text = FIGURE.replace(old, new).replace("    tables:\n", tables) + soon
    chosen = (
        "  - {id: chosen, title: C, stratum: decide, kind: yes_no, values: {'true': a, 'false': b}, otherwise: false}\n"
    )

    (fault,) = rule_faults(tmp_path, {"figures.yaml": text, "facts.yaml": TINY_RULES["facts.yaml"] + chosen})

    line = text[: text.index(new)].count("\n") + 1 if place == "when" else 2
    assert (fault.place.file, fault.place.line, fault.place.key) == ("figures.yaml", line, f"gap.{place}")
    assert fault.message == f"`{late}` has no value yet when this figure is made"
    assert fault.expected == "an answer, a fact of stratum `derive`, a score, or an end of an earlier figure"


def test_a_figure_may_read_what_is_settled_when_it_is_made(tmp_path: Path) -> None:
    later = FIGURE.removeprefix("figures:\n").replace("id: gap", "id: later")
    later = later.replace("fact: runway, known", "fact: gap.low, known").replace(
        "{fact: sessions}", "{fact: score.debt}"
    )
    later = later.replace("    tables:\n", "    tables:\n      tight: {'true': 1, unknown: 2}\n")
    later = later.replace("[{table: runway}, ", "[{table: runway}, {table: tight}, {fact: gap.high}, ")
    debt = TINY_RULES["deriving/tight.yaml"].replace("value: true}", "value: true}, add: {to: debt, points: 2}")
    rules = write_folder(tmp_path / "rules", TINY_RULES, {"figures.yaml": FIGURE + later, "deriving/tight.yaml": debt})
    questionnaires = write_folder(tmp_path / "questionnaires", TINY_QUESTIONNAIRES)

    base = load_rulebase(load_questionnaire(questionnaires), rules)

    assert [figure.id for figure in base.figures] == ["gap", "later"]


def figures_of(*formulas: str) -> str:
    """`figures.yaml` with one figure for each formula, `f0` and on."""
    one = FIGURE.removeprefix("figures:\n")
    start, rest = one.split("    formula:", 1)
    after = rest.split("\n    text:", 1)[1]
    return "figures:\n" + "".join(
        f"{start.replace('id: gap', f'id: f{n}')}    formula: {formula}\n    text:{after}"
        for n, formula in enumerate(formulas)
    )


@pytest.mark.parametrize(
    ("formulas", "key", "told"),
    [
        (
            ["{value: 3.5}", *(f"{{multiply: [{{figure: f{n}}}, {{figure: f{n}}}]}}" for n in range(24))],
            "f9.formula",
            "more than 1024 binary digits",
        ),
        (["{multiply: [" + "{value: 2}, " * 20_000 + "{value: 2}]}"], "f0.formula", "more than 200 parts"),
        (["{value: 2}"] * 1001, "f1000.formula", "more than 1,000 figures"),
    ],
)
def test_figures_that_would_take_long_are_refused_by_counting(
    tmp_path: Path, formulas: list[str], key: str, told: str
) -> None:
    (fault,) = rule_faults(tmp_path, {"figures.yaml": figures_of(*formulas)})
    assert fault.place.key == key
    assert told in fault.message


def test_a_pipe_among_the_rules_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "rules", TINY_RULES)
    os.mkfifo(folder / "weighing" / "x.yaml")
    questionnaire = load_questionnaire(write_folder(tmp_path / "questionnaires", TINY_QUESTIONNAIRES))
    with pytest.raises(RuleBaseError, match=r"weighing/x\.yaml: this is a device or a pipe; expected a file"):
        load_rulebase(questionnaire, folder)


def test_a_text_or_a_phrase_too_long_is_refused(tmp_path: Path) -> None:
    long = TINY_RULES["never_say.yaml"].replace("forbid: [you will earn]", f"forbid: [{'so ' * 70}]")
    (fault,) = rule_faults(tmp_path / "one", {"never_say.yaml": long})
    assert "a phrase has more than 200 characters" in fault.message
    text = TINY_RULES["claims.yaml"].replace("says: It is so.", f"says: {'so ' * 7_000}")
    (fault,) = rule_faults(tmp_path / "other", {"claims.yaml": text})
    assert "the text has more than 20000 characters" in fault.message


INPUT = """\
inputs:
  - id: fee
    answer: sessions
    title: A fee
    unit: dollars
    value: [1, 2, 3]
    grade: judgment
    claims: [K1]
    sources: [book]
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("answer: sessions", "answer: runway", "there is no question `runway` for a number"),
        ("answer: sessions", "answer: session", "there is no question `session` for a number"),
        ("value: [1, 2, 3]", "value: [1, 2, 3000]", "the value is none that `sessions` takes"),
        ("value: [1, 2, 3]", "value: [3, 2, 1]", "the numbers do not rise"),
        ("grade: judgment", "grade: gut", "`gut` is no grade"),
        ("id: fee", "id: gap", "this id is used twice"),
        ("unit: dollars", "unit: pence", "`pence`"),
    ],
)
def test_an_input_has_a_question_for_a_number_and_a_value_that_it_takes(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert INPUT.count(old) == 1
    faults = rule_faults(tmp_path, {"figures.yaml": INPUT.replace(old, new) + FIGURE})
    assert message in " ".join(fault.message for fault in faults)
