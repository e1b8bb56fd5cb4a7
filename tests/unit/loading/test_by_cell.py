"""The table of facts by state, and the entries of pages that speak for each of its cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.errors import Problem, QuestionnaireError, RuleBaseError
from advisor.loading.questionnaire import load_questionnaire
from advisor.loading.rulebase import load_rulebase
from advisor.model.condition import Clause
from advisor.model.rule import Conclude, Line, Rule
from advisor.model.rulebase import RuleBase, Source
from tests.helpers.folders import TINY_QUESTIONNAIRES, TINY_RULES, write_folder

ASKED = (
    "      - {id: states, ref: Q3, text: Where?, why: Law., help: Choose., kind: several,\n"
    "         choices: [{id: az, label: Arizona}, {id: ca, label: California}, {id: ny, label: New York}]}\n"
    "      - {id: license, ref: Q4, text: Which?, why: Law., help: Choose., kind: one,\n"
    "         choices: [{id: mft, label: MFT}, {id: doctor, label: Doctor}]}\n"
    "      - {id: the_plan, ref: Q5, text: Which?, why: It tells., help: Choose., kind: one,\n"
    "         choices: [{id: aetna, label: Aetna}, {id: cigna, label: Cigna}, {id: kaiser, label: Kaiser}]}\n"
    "      - {id: wanted, ref: Q6, text: Which?, why: It tells., help: Choose., kind: several,\n"
    "         choices: [{id: cigna, label: Cigna}, {id: kaiser, label: Kaiser}]}\n"
)
TABLE = """\
by: states
accessed: 2027-01-01
grades: {A: A, B: B, J: judgment}
careful: [J]
groups:
  doctors: {fact: license, is: doctor}
  others: {fact: license, one_of: [mft]}
blocks:
  clock: {title: clock, caution: Confirm it., keys: {days: number, more: "text?", since: "date?"}}
  limits: {title: limits, keys: {text: text, reach: [void, open]}}
  titles: {title: titles, keys: {mft: "text?"}}
states:
  az:
    name: Arizona
    clock: {days: 60, more: And more., since: 2026-04-01, citation: Law 1, source: azleg.gov, grade: A, as_of: Nov 2026}
    limits:
      - {for: doctors, text: none, reach: open, source: a firm, grade: B, as_of: "2026"}
      - {for: others, text: void, reach: void, source: a firm, grade: A/B, as_of: "2026"}
    titles: {mft: LMFT, source: a list, grade: J, as_of: undated}
  ca:
    name: California
    clock: {days: 90, source: hearsay, grade: A/J, as_of: "2020"}
    titles: {mft: LMFT, source: a list, grade: J, as_of: undated, note: Ask.}
  ny:
    name: New York
    titles: {source: a list, grade: J, as_of: undated}
"""
PAGE = """\
page: law
title: Law
speaks_to: {all: [{fact: tight, is: true}]}
since: "1"
review_by: 2098-01-01
claim: {id: P1, says: It is law., source: book}
derived:
  - {id: title_here, title: The title, stratum: derive, kind: one, otherwise: unknown, values: {LMFT: an LMFT}}
people:
  waits: {runway: short}
  calm: {runway: long}
  family: {runway: short, license: mft}
means:
  - id: TTL-1
    title: The title
    by_state: {block: titles, together: mft}
    when: {all: [{fact: license, is: mft}]}
    conclude: {fact: title_here, value: "{cell.mft}"}
    fires: [family]
    silent: [waits]
reasons:
  - id: CLK-1
    title: The clock
    by_state: clock
    when: {all: [{fact: runway, is: short}]}
    weight: must
    text: "{cell.state} gives {cell.days} days ({cell.citation}{cell.as_of}). {cell.more} {cell.caution}"
    fires: [waits]
    silent: [calm, elsewhere]
  - id: LIM-1
    title: Limits
    by_state: {block: limits, reach: void}
    text: "{cell.text}, {title_here|your license}."
    fires: [waits]
    silent: [elsewhere]
"""


PLANS = """\
by: the_plan
accessed: 2027-01-01
grades: {A: A}
careful: []
groups: {}
blocks:
  clock: {title: filing limit, keys: {days: number}}
plans:
  aetna: {name: Aetna, clock: {days: 120, source: aetna.com, grade: A, as_of: Nov 2026}}
  cigna: {name: Cigna, clock: {days: 90, source: cigna.com, grade: A, as_of: Nov 2026}}
"""
PLAN_ENTRY = """\
  - id: FIL-1
    title: The filing limit
    by_plan: clock
    text: "{cell.plan} gives {cell.days} days."
    fires: [waits]
    silent: [elsewhere]
"""


def base(
    folder: Path, page: str = PAGE, table: str | None = TABLE, plans: str | None = None, asked: str = ASKED
) -> RuleBase:
    """The tiny rule base with tables and a page that speaks from them."""
    questions = {"credentialing.yaml": TINY_QUESTIONNAIRES["credentialing.yaml"].replace("contra", asked + "contra", 1)}
    questionnaire = load_questionnaire(write_folder(folder / "questionnaires", TINY_QUESTIONNAIRES, questions))
    files = {"states.yaml": table, "plans.yaml": plans, "law/law.yaml": page}
    rules = write_folder(folder / "rules", TINY_RULES, files)
    return load_rulebase(questionnaire, rules)


def rule(loaded: RuleBase, rule_id: str) -> Rule:
    return loaded.by_id[rule_id]


def line(loaded: RuleBase, rule_id: str) -> Line:
    (action,) = rule(loaded, rule_id).actions
    assert isinstance(action, Line)
    return action


def test_an_entry_makes_a_rule_for_each_state_that_has_a_cell(tmp_path: Path) -> None:
    loaded = base(tmp_path)
    assert [name for name in loaded.pages["law"].rules if name.startswith("CLK")] == ["CLK-1.az", "CLK-1.ca"]
    assert rule(loaded, "CLK-1.az").title == "The clock: Arizona"
    assert rule(loaded, "CLK-1.az").when.all[0].fact == "tight"
    assert rule(loaded, "CLK-1.az").when.all[-1].fact == "states.az"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("{block: clock, states: [az]}", ["CLK-1.az"]),
        ("{block: clock, but: [az]}", ["CLK-1.ca"]),
        ("{block: clock, with: limits}", ["CLK-1.az"]),
        ("{block: clock, without: limits}", ["CLK-1.ca"]),
        ("{block: clock, with: titles, but: [ca]}", ["CLK-1.az"]),
    ],
)
def test_an_entry_can_speak_for_some_states_only(tmp_path: Path, asked: str, found: list[str]) -> None:
    loaded = base(tmp_path, PAGE.replace("by_state: clock", f"by_state: {asked}"))
    assert [name for name in loaded.pages["law"].rules if name.startswith("CLK")] == found


def test_slots_read_as_the_cell_and_its_caution_follows_the_lowest_grade(tmp_path: Path) -> None:
    loaded = base(tmp_path)
    assert line(loaded, "CLK-1.az").text.source == "Arizona gives 60 days (Law 1Nov 2026). And more."
    assert line(loaded, "CLK-1.ca").text.source == "California gives 90 days (2020). Confirm it."
    assert line(loaded, "CLK-1.az").weight == "must"
    assert line(loaded, "LIM-1.az.others").weight == "should"


def test_a_date_prints_as_a_day(tmp_path: Path) -> None:
    loaded = base(tmp_path, PAGE.replace("by_state: clock", "by_state: {block: clock, states: [az]}").replace(
        "{cell.more}", "From {cell.since}."))  # fmt: skip
    assert line(loaded, "CLK-1.az").text.source == "Arizona gives 60 days (Law 1Nov 2026). From Apr 1, 2026."
    assert "CLK-1.ca" not in loaded.by_id


def test_a_rule_cites_its_cell_and_only_cited_cells_are_sources(tmp_path: Path) -> None:
    loaded = base(tmp_path)
    assert rule(loaded, "CLK-1.az").sources == ("az.clock",)
    assert rule(loaded, "CLK-1.az").claims == ("P1",)
    assert loaded.sources["az.clock"] == Source(
        "az.clock", "Arizona, Law 1", "azleg.gov", ("azleg.gov",), "A", "Nov 2026", "2027-01-01", "",
        file="states.yaml", line=loaded.sources["az.clock"].line,
    )  # fmt: skip
    assert TABLE.splitlines()[loaded.sources["az.clock"].line - 1].strip().startswith("clock:")
    assert loaded.sources["ca.clock"].title == "California: clock"
    assert loaded.sources["ca.clock"].grade == "judgment"
    assert "az.limits.doctors" not in loaded.sources


def test_a_cell_for_some_people_tests_who_they_are(tmp_path: Path) -> None:
    loaded = base(tmp_path)
    assert [name for name in loaded.by_id if name.startswith("LIM")] == ["LIM-1.az.others"]
    assert Clause("license", "one_of", ("mft",), rule(loaded, "LIM-1.az.others").line) in (
        rule(loaded, "LIM-1.az.others").when.all
    )


def test_examples_are_the_entrys_people_in_that_state_and_one_who_is_elsewhere(tmp_path: Path) -> None:
    examples = {example.name: example for example in rule(base(tmp_path), "LIM-1.az.others").examples}
    assert {name: one.fires for name, one in examples.items()} == {
        "waits": True, "elsewhere": False, "in another state": False,
    }  # fmt: skip
    assert examples["waits"].given == {"tight": True, "runway": "short", "states.az": True, "license": "mft"}
    assert examples["in another state"].given == {**examples["waits"].given, "states.az": False}
    assert examples["elsewhere"].given == {"tight": False, "states.az": True, "license": "mft"}


@pytest.mark.parametrize(("count", "also"), [(1, {}), (2, {"states.ny": True})])
def test_an_example_in_one_state_moves_there_and_one_in_two_states_keeps_the_other(
    tmp_path: Path, count: int, also: dict[str, bool]
) -> None:
    waits = f"waits: {{runway: short, states.ny: true, states.count: {count}}}"
    examples = rule(base(tmp_path, PAGE.replace("waits: {runway: short}", waits)), "CLK-1.az").examples
    given = next(example.given for example in examples if example.name == "waits")
    assert given == {"tight": True, "runway": "short", "states.count": count, "states.az": True, **also}


def test_cells_put_together_make_one_rule_over_their_states(tmp_path: Path) -> None:
    loaded = base(tmp_path)
    (name,) = (name for name in loaded.by_id if name.startswith("TTL"))
    assert name == "TTL-1.lmft"
    assert [clause.fact for clause in rule(loaded, name).when.any] == ["states.az", "states.ca"]
    assert rule(loaded, name).actions == (Conclude("title_here", "LMFT"),)
    assert rule(loaded, name).sources == ("az.titles", "ca.titles")


def test_a_fact_may_have_the_words_of_cells_for_its_values(tmp_path: Path) -> None:
    page = PAGE.replace("values: {LMFT: an LMFT}", "by_state: {block: titles, together: mft}")
    loaded = base(tmp_path, page, TABLE.replace("{mft: LMFT,", "{mft: 'MFT, or LMFT',", 1))
    spec = loaded.facts["title_here"]
    assert spec.phrases == {"MFT, or LMFT": "MFT, or LMFT", "LMFT": "LMFT"}
    assert spec.values == ("MFT, or LMFT", "LMFT")
    assert rule(loaded, "TTL-1.mft_or_lmft").actions == (Conclude("title_here", "MFT, or LMFT"),)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("titles", "it does not say whose words are meant"),
        ("{block: titles, together: mfx}", "`mfx` is not known"),
        ("{block: tittles, together: mft}", "`tittles` is not known"),
    ],
)
def test_a_fact_whose_values_no_cells_give_is_a_fault(tmp_path: Path, asked: str, message: str) -> None:
    page = PAGE.replace("values: {LMFT: an LMFT}", f"by_state: {asked}")
    (fault,) = faults(tmp_path, page=page)
    assert fault.message == message
    assert (fault.place.file, fault.place.line) == ("law/law.yaml", line_in(page, "title_here"))


def test_the_digest_of_a_rule_changes_with_its_own_cell_alone(tmp_path: Path) -> None:
    before = base(tmp_path / "before")
    after = base(tmp_path / "after", table=TABLE.replace("days: 90", "days: 91"))
    assert rule(before, "CLK-1.az").digest == rule(after, "CLK-1.az").digest
    assert rule(before, "CLK-1.ca").digest != rule(after, "CLK-1.ca").digest


@pytest.mark.parametrize(
    ("old", "new", "passage", "message"),
    [
        ("by: states", "by: sates", "by: sates", "there is no question `sates`"),
        ("careful: [J]", "careful: [X]", "careful", "`X` is none of `grades`"),
        ("more: \"text?\"", "more: \"words?\"", "clock: {title", "`words?` is no kind of key"),
        ("  ny:", "  zz:", "    name: New York", "`zz` is no choice of `states`"),
        ("    clock: {days: 90", "    clok: {days: 90", "clok", "there is no block `clok`"),
        ("days: 90", "days: soon", "days: soon", "`soon` is not a whole number"),
        ("days: 90, ", "", "clock: {source: hearsay", "this key is missing"),
        ("days: 90", "days: 90, dayz: 1", "dayz", "this key is not known"),
        ("grade: A/J", "grade: A/E", "A/E", "`E` is no grade of this table"),
        ("since: 2026-04-01", "since: April", "since: April", "this is no date"),
        ("reach: open", "reach: wide", "reach: wide", "`wide` is not known"),
        ("for: doctors", "for: nobody", "for: nobody", "`nobody` is not known"),
        ("for: doctors", "for: others", "for: others, text: void", "two cells are for the same people"),
        (", as_of: \"2020\"", "", "source: hearsay", "this key is missing"),
    ],
)  # fmt: skip
def test_a_fault_of_the_table_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, passage: str, message: str
) -> None:
    assert TABLE.count(old) >= 1
    table = TABLE.replace(old, new, 1)
    (fault,) = faults(tmp_path, table=table)
    assert fault.message == message
    assert (fault.place.file, fault.place.line) == ("states.yaml", line_in(table, passage))


@pytest.mark.parametrize(
    ("old", "new", "passage", "message"),
    [
        ("by_state: clock", "by_state: clok", "by_state: clok", "`clok` is not known"),
        ("{cell.days}", "{cell.dayz}", "{cell.dayz}", "`{cell.dayz}` is not known here"),
        ("reach: void}", "reach: wide}", "reach: wide", "`wide` is not known"),
        ("reach: void}", "strength: void}", "strength", "this key is not known"),
        ("limits, reach: void}", "limits, states: [ca]}", "states: [ca]", "`ca` has no cell in `limits`"),
        ("limits, reach: void}", "limits, but: [ca]}", "but: [ca]", "`ca` has no cell in `limits`"),
        ("limits, reach: void}", "limits, with: limit}", "with: limit", "`limit` is not known"),
        ("together: mft", "together: mfx", "together: mfx", "`mfx` is not known"),
    ],
)  # fmt: skip
def test_a_fault_of_an_entry_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, passage: str, message: str
) -> None:
    page = PAGE.replace(old, new, 1)
    (fault,) = faults(tmp_path, page=page)
    assert fault.message == message
    assert (fault.place.file, fault.place.line) == ("law/law.yaml", line_in(page, passage))


def test_an_entry_speaks_by_plan_of_the_one_that_was_named(tmp_path: Path) -> None:
    loaded = base(tmp_path, PAGE + PLAN_ENTRY, plans=PLANS)
    aetna = rule(loaded, "FIL-1.aetna")
    assert [name for name in loaded.by_id if name.startswith("FIL")] == ["FIL-1.aetna", "FIL-1.cigna"]
    assert line(loaded, "FIL-1.aetna").text.source == "Aetna gives 120 days."
    assert aetna.when.all[-1] == Clause("the_plan", "is", ("aetna",), aetna.line)
    assert aetna.sources == ("aetna.clock",)
    examples = {example.name: example for example in aetna.examples}
    assert examples["waits"].given["the_plan"] == "aetna"
    assert "the_plan" not in examples["in another plan"].given
    assert not examples["in another plan"].fires


def test_an_entry_can_speak_of_each_plan_that_another_question_names(tmp_path: Path) -> None:
    entry = PLAN_ENTRY.replace("by_plan: clock", "by_plan: {block: clock, of: wanted}")
    loaded = base(tmp_path, PAGE + entry, plans=PLANS)
    # Nobody can choose Aetna there.
    assert [name for name in loaded.by_id if name.startswith("FIL")] == ["FIL-1.cigna"]
    assert rule(loaded, "FIL-1.cigna").when.all[-1].fact == "wanted.cigna"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("{block: clock, of: wnated}", "`wnated` is not known"),
        ("{block: clock, plans: [kaiser]}", "`kaiser` has no cell in `clock`"),
        ("{block: clock, states: [az]}", "this key is not known"),
    ],
)
def test_a_fault_of_an_entry_by_plan_is_named(tmp_path: Path, asked: str, message: str) -> None:
    page = PAGE + PLAN_ENTRY.replace("by_plan: clock", f"by_plan: {asked}")
    (fault,) = faults(tmp_path, page=page, plans=PLANS)
    assert fault.message == message
    assert (fault.place.file, fault.place.line) == ("law/law.yaml", line_in(page, asked))


NO_WORDS = "is no derived fact that has words, and no number or text that is answered"


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("{title_here}", "`{title_here}` may be unknown"),
        ("{title_hear|an MFT}", f"`{{title_hear}}` {NO_WORDS}"),
        ("{runway|an MFT}", f"`{{runway}}` {NO_WORDS}"),
        ("{an MFT", "its phrase has a brace that is no {placeholder}"),
    ],
)
def test_a_choice_can_read_as_the_words_of_a_derived_fact_only(tmp_path: Path, phrase: str, message: str) -> None:
    asked = ASKED.replace("{id: mft, label: MFT}", f'{{id: mft, label: MFT, phrase: "{phrase}"}}')
    (fault,) = faults(tmp_path, asked=asked)
    assert fault.message == message
    assert (fault.place.file, fault.place.key) == ("credentialing.yaml", "license.mft")


def test_no_cell_that_fits_is_a_fault(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, table=TABLE.replace("reach: void", "reach: open").replace("text: void", "text: open"))
    assert fault.message == "no state has such a cell"


def test_a_page_cannot_speak_by_state_without_a_table(tmp_path: Path) -> None:
    found = faults(tmp_path, table=None)
    assert {fault.message for fault in found} == {"there is no states.yaml beside the pages"}
    assert len(found) == 3


def test_a_fault_of_one_cell_names_the_rule_of_its_state(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, table=TABLE.replace("more: And more.", "more: " + "word " * 50))
    assert fault.place.key == "CLK-1.az.text"


def faults(
    folder: Path, page: str = PAGE, table: str | None = TABLE, plans: str | None = None, asked: str = ASKED
) -> tuple[Problem, ...]:
    with pytest.raises(RuleBaseError) as caught:
        base(folder, page, table, plans, asked)
    return caught.value.problems


def line_in(text: str, passage: str) -> int:
    """The line of a text, counted from 1, in which a passage first stands."""
    return text[: text.index(passage)].count("\n") + 1


BOOK = (
    "      - {id: book, ref: Q7, text: Which?, why: They differ., help: Choose., kind: several,\n"
    "         choices: [{id: aetna, label: Aetna Inc, phrase: Aetna}, {id: cigna, label: Cigna}],\n"
    "         entries: {most: 2, phrase: '{entry} ({visits|?})', each: [\n"
    "           {id: visits, ref: Q7, text: '{entry} visits?', why: W., help: H., kind: number,\n"
    "            number: {unit: visits, min: 0, max: 9}},\n"
    "           {id: stand, ref: Q7, text: '{entry} stands?', why: W., help: H., kind: one,\n"
    "            choices: [{id: held, label: Held}, {id: open, label: Open}]}]}}\n"
)
EACH = """\
  - id: EAC-1
    title: A plan that is held
    by_entry: book
    when: {all: [{fact: "{cell.stand}", is: held}]}
    text: "{cell.entry} ({{cell.visits}|some} visits) first."
    fires: [holds]
    silent: [waits, elsewhere]
"""
BOOKED = PAGE.replace(
    "  calm:",
    "  holds: {runway: short, book.cigna: true, book.count: 1, book_cigna_visits: 4, book_cigna_stand: held}\n  calm:",
)


def test_an_entry_of_a_page_speaks_for_each_entry_that_a_person_names(tmp_path: Path) -> None:
    loaded = base(tmp_path, BOOKED + EACH, asked=ASKED + BOOK)
    assert [name for name in loaded.pages["law"].rules if name.startswith("EAC")] == ["EAC-1.aetna", "EAC-1.cigna"]
    made = rule(loaded, "EAC-1.aetna")
    assert {str(clause) for clause in made.when.all} >= {"book.aetna is true", "book_aetna_stand is held"}
    assert line(loaded, "EAC-1.aetna").text.source == "Aetna ({book_aetna_visits|some} visits) first."
    assert made.sources == ("book",)  # that of the page's claim: what a person tells has no source


def test_what_a_person_of_an_example_told_of_an_entry_is_told_of_the_one_that_a_rule_is_for(tmp_path: Path) -> None:
    loaded = base(tmp_path, BOOKED + EACH, asked=ASKED + BOOK)
    by_name = {example.name: example for example in rule(loaded, "EAC-1.aetna").examples}
    holds, waits, another = by_name["holds"], by_name["waits"], by_name["in another entry"]
    assert holds.fires
    assert dict(holds.given) == {
        "tight": True, "runway": "short", "book.aetna": True, "book.count": 1, "book_aetna_visits": 4,
        "book_aetna_stand": "held",
    }  # fmt: skip
    assert not waits.fires
    assert "book_aetna_stand" not in waits.given
    assert (another.fires, another.given["book.aetna"]) == (False, False)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("by_entry: book", "by_entry: shelf", "`shelf` is not known"),
        ("{cell.stand}", "{cell.start}", "`{cell.start}` is not known here"),
        ("{cell.entry} (", "{cell.plan} (", "`{cell.plan}` is not known here"),
    ],
)
def test_what_entries_do_not_have_is_a_fault(tmp_path: Path, old: str, new: str, message: str) -> None:
    (fault,) = faults(tmp_path, page=BOOKED + EACH.replace(old, new), asked=ASKED + BOOK)
    assert fault.message == message


def test_where_no_question_has_entries_none_can_be_spoken_for(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, page=PAGE + EACH.replace("fires: [holds]", "fires: [waits]"))
    assert fault.message == "no question has entries"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("most: 2", "most: 0", "there is room for no entry, or no question, or two share an id"),
        ("{id: stand,", "{id: visits,", "there is room for no entry, or no question, or two share an id"),
        ("({visits|?})", "({fee|?})", "this is not how an entry can read"),
        ("'{entry} ({", "'({", "this is not how an entry can read"),
        (
            "kind: several,\n         choices: [{id: aetna, label: Aetna Inc",
            "kind: one,\n         choices: [{id: aetna, label: Aetna Inc",
            "only a question with several choices has entries",
        ),
    ],
)
def test_entries_that_cannot_be_asked_are_a_fault(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert BOOK.count(old) == 1
    asked = ASKED + BOOK.replace(old, new)
    questions = {"credentialing.yaml": TINY_QUESTIONNAIRES["credentialing.yaml"].replace("contra", asked + "contra", 1)}
    with pytest.raises(QuestionnaireError) as refused:
        load_questionnaire(write_folder(tmp_path, TINY_QUESTIONNAIRES, questions))
    assert refused.value.problems[0].message == message


@pytest.mark.parametrize(
    ("filled", "message"),
    [
        ("{from: shelf, count: true}", "`shelf` does not give this"),
        ("{from: book, take: [fee], total: true}", "`book` does not give this"),
        ("{from: book, take: [visits], of: nothing}", "`book` does not give this"),
        ("{from: book, take: [visits]}", "it does not say of which entry"),
        ("{from: book, count: false}", "it is not true"),
        ("{from: book, share: [a, b], where: {stand: [held]}}", "there are not three choices"),
        ("{from: book, total: true}", "this is not to be taken there"),
        ("{from: book, take: [visits], count: true}", "this is not to be taken there"),
        ("{from: book, take: [visits], least: visits, place: 0}", "one thing is taken of one entry"),
    ],
)
def test_what_entries_cannot_fill_is_a_fault(tmp_path: Path, filled: str, message: str) -> None:
    target = (
        f"      - {{id: told, ref: Q8, text: What?, why: W., help: H., kind: number, filled: {filled},\n"
        "         number: {unit: visits, min: 0, max: 9}}\n"
    )
    asked = ASKED + BOOK + target
    questions = {"credentialing.yaml": TINY_QUESTIONNAIRES["credentialing.yaml"].replace("contra", asked + "contra", 1)}
    with pytest.raises(QuestionnaireError) as refused:
        load_questionnaire(write_folder(tmp_path, TINY_QUESTIONNAIRES, questions))
    assert refused.value.problems[0].message == message


def test_choices_are_those_of_an_earlier_question_only(tmp_path: Path) -> None:
    asked = ASKED + "      - {id: again, ref: Q8, text: Which?, why: W., help: H., kind: one, choices: {of: later}}\n"
    questions = {"credentialing.yaml": TINY_QUESTIONNAIRES["credentialing.yaml"].replace("contra", asked + "contra", 1)}
    with pytest.raises(QuestionnaireError) as refused:
        load_questionnaire(write_folder(tmp_path, TINY_QUESTIONNAIRES, questions))
    assert refused.value.problems[0].message == "`later` is no earlier question with choices"
