"""The minimal sets of changes are those found by trying every one; each kind of change is worked out by hand too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from advisor.loading.answers import check_answers
from advisor.model.answers import Answer, Raw
from advisor.model.condition import Clause
from advisor.model.questionnaire import Contradiction, Question, Questionnaire
from advisor.model.rule import AddOn, Recommend, RedFlag, Rule
from advisor.model.rulebase import RuleBase
from advisor.model.trace import Trace
from advisor.proving import changes
from advisor.proving.changes import Change, Search, changed
from advisor.proving.prover import Prover
from advisor.proving.search import search
from tests.helpers.rulebases import asking, fired, number, on, one, rule, rulebase, several, text, when
from tests.unit.proving.brute_force import Many, One
from tests.unit.proving.made import both, fact, figure, term


def left(rule_id: str = "LEFT", *, all: Iterable[Clause] = (), any: Iterable[Clause] = ()) -> Rule:
    """A rule that proposes `left`; without it the fallback `middle` is recommended."""
    return rule(rule_id, Recommend("left", 10, "clear"), all=all, any=any, stratum="decide")


def is_left(trace: Trace) -> bool:
    return trace.recommended == "left"


def sets(questionnaire: Questionnaire, given: dict[str, Raw], *rules: Rule) -> set[Many]:
    """The minimal sets that lead to `left`, after a check that both ways to find them agree."""
    found, tried = both(rulebase(questionnaire, *rules), questionnaire, given, changes.option("left"), is_left)
    assert found == tried
    assert set(found.values()) <= {"left"}
    return set(found)


def one_of(*members: One) -> set[Many]:
    """Sets of one change each."""
    return {frozenset({member}) for member in members}


RUNWAY = one("runway", "short", "long", "endless")
HIRING = one("hiring", "none", "some")


def test_one_answer_is_enough_or_two_are_needed() -> None:
    asked = asking(RUNWAY, HIRING)
    given: dict[str, Raw] = {"runway": "short", "hiring": "none"}
    assert sets(asked, given, left(all=[on("runway", is_="long")])) == one_of(("runway", "set", "long"))
    two = left(all=[on("runway", one_of=["long", "endless"]), on("hiring", is_="some")])
    assert sets(asked, given, two) == {
        frozenset({("runway", "set", "long"), ("hiring", "set", "some")}),
        frozenset({("runway", "set", "endless"), ("hiring", "set", "some")}),
    }
    other = left("OTHER", all=[on("runway", is_="endless")])
    assert sets(asked, given, two, other) == {
        frozenset({("runway", "set", "endless")}),
        frozenset({("runway", "set", "long"), ("hiring", "set", "some")}),
    }


def test_an_answer_is_never_taken_away() -> None:
    asked = asking(RUNWAY, several("payers", "a", "b"))
    given: dict[str, Raw] = {"runway": "short", "payers": ["a"]}
    assert sets(asked, given, left(any=[on("runway", known=False), on("payers.count", known=False)])) == set()


def test_what_was_said_instead_of_an_answer_stays_until_there_is_one() -> None:
    asked = asking(RUNWAY, several("payers", "a", "b"))
    said = left(all=[on("payers.a", said="skip")])
    assert sets(asked, {"payers": "not_sure"}, said) == set()
    base = rulebase(asked, said)
    found, tried = both(base, asked, {"payers": "skip"}, changes.another_option("left"), lambda t: not is_left(t))
    assert found == tried == dict.fromkeys(one_of(("payers", "add", "a"), ("payers", "add", "b")), "middle")


@pytest.mark.parametrize("given", [{}, {"runway": "not_sure"}])
def test_a_question_without_an_answer_can_get_one(given: dict[str, Raw]) -> None:
    asked = asking(RUNWAY, HIRING)
    assert sets(asked, given, left(all=[on("runway", is_="long")])) == one_of(("runway", "set", "long"))


def test_a_question_gets_no_answer_that_would_be_set_aside() -> None:
    asked = asking(RUNWAY, one("hiring", "none", "some", when=when([on("runway", is_="long")])))
    hires = left(all=[on("hiring", is_="some")])
    both_of = frozenset({("runway", "set", "long"), ("hiring", "set", "some")})
    assert sets(asked, {"runway": "short"}, hires) == {both_of}
    # While it is not known whether it applies, an answer to it counts.
    assert sets(asked, {}, hires) == one_of(("hiring", "set", "some"))
    assert sets(asked, {"runway": "long"}, hires) == one_of(("hiring", "set", "some"))
    # An answer that was given and is set aside counts again as soon as its question applies.
    assert sets(asked, {"runway": "short", "hiring": "some"}, hires) == one_of(("runway", "set", "long"))


def test_answers_that_contradict_each_other_are_no_way_there() -> None:
    clash = Contradiction(
        "clash", ("runway", "hiring"), when([on("runway", is_="long"), on("hiring", is_="none")]), "No."
    )
    asked = asking(RUNWAY, HIRING, contradictions=[clash])
    given: dict[str, Raw] = {"runway": "short", "hiring": "none"}
    assert sets(asked, given, left(all=[on("runway", is_="long")])) == {
        frozenset({("runway", "set", "long"), ("hiring", "set", "some")})
    }


def payers(*alone: str) -> Question:
    """Which of five; those of `alone` go alone."""
    made = several("payers", "a", "b", "c", "d", "none")
    return replace(made, choices=tuple(replace(c, exclusive=c.id in alone) for c in made.choices))


@pytest.mark.parametrize(
    ("given", "clauses", "wanted"),
    [
        (["a"], [on("payers.b", is_=True)], one_of(("payers", "add", "b"))),
        (["a", "b"], [on("payers.b", is_=False)], one_of(("payers", "remove", "b"), ("payers", "only", "none"))),
        (["a"], [on("payers.a", is_=False), on("payers.none", is_=False)],
         {frozenset({("payers", "remove", "a"), ("payers", "add", other)}) for other in "bcd"}),
        (["a", "b"], [on("payers.none", is_=True)], one_of(("payers", "only", "none"))),
        (["none"], [on("payers.none", is_=False)], one_of(*(("payers", "add", other) for other in "abcd"))),
        (["none"], [on("payers.a", is_=True), on("payers.b", is_=True)],
         {frozenset({("payers", "add", "a"), ("payers", "add", "b")})}),
        (["a"], [on("payers.count", at_least=3)],
         {frozenset({("payers", "add", one), ("payers", "add", other)}) for one, other in ("bc", "bd", "cd")}),
        (["a", "b", "c"], [on("payers.count", at_most=1), on("payers.none", is_=False)],
         {frozenset({("payers", "remove", one), ("payers", "remove", other)}) for one, other in ("ab", "ac", "bc")}),
        (["a", "b", "c", "d"], [on("payers.count", at_most=1)],
         {frozenset({("payers", "only", "none")}),
          *(frozenset(("payers", "remove", one) for one in three) for three in ("abc", "abd", "acd", "bcd"))}),
    ],
)  # fmt: skip
def test_choices_are_added_and_taken_away_one_by_one(
    given: list[Raw], clauses: list[Clause], wanted: set[Many]
) -> None:
    assert sets(asking(payers("none")), {"payers": given}, left(all=clauses)) == wanted


@pytest.mark.parametrize("given", [{}, {"payers": ["a"]}, {"payers": ["a", "b", "c", "d"]}, {"payers": "skip"}])
@pytest.mark.parametrize("bound", [1, 2, 3, 4])
@pytest.mark.parametrize("alone", [(), ("none",), ("d", "none")])
def test_counts_agree_with_trying_everything(given: dict[str, Raw], bound: int, alone: tuple[str, ...]) -> None:
    asked = asking(payers(*alone))
    value = given.get("payers")
    if isinstance(value, list) and len(value) > 1 and set(alone) & {*value}:
        given = {"payers": [one for one in value if one not in alone]}
    for clause in (
        on("payers.count", at_least=bound),
        on("payers.count", at_most=bound),
        on("payers.count", is_=bound),
    ):
        sets(asked, given, left(all=[clause, on("payers.b", known=True)]))
        sets(asked, given, left(all=[clause, on("payers.b", is_=True)]), left("B", all=[on("payers.none", is_=True)]))


def test_any_number_of_a_span_is_one_change() -> None:
    asked = asking(number("sessions", 0, 20))
    (found,) = search(
        Prover(rulebase(asked, left(all=[on("sessions", at_least=5), on("sessions", at_most=7)])), asked),
        check_answers({"sessions": 3}, asked),
        changes.option("left"),
    ).found
    assert found.changes == (Change("sessions", "set", (5, 7), True),)
    assert sets(asked, {"sessions": 3}, left(all=[on("sessions", at_least=5), on("sessions", at_most=7)])) == one_of(
        ("sessions", "set", 5), ("sessions", "set", 6), ("sessions", "set", 7)
    )


def test_a_text_can_only_be_given() -> None:
    asked = asking(text("remark"))
    assert sets(asked, {}, left(all=[on("remark", known=True)])) == one_of(("remark", "set", "text"))


PAY = asking(number("x", 0, 5), number("y", 0, 5), one("z", "p", "r"))
TIED = rulebase(
    PAY,
    rule("R1", Recommend("left", 10, "clear"), all=[on("d.low", at_least=3)], stratum="decide"),
    rule("R2", Recommend("right", 5, "clear"), all=[on("d.low", at_most=-2), on("z", is_="p")], stratum="decide"),
    rule("R3", Recommend("middle", 3, "clear"), all=[on("d.low", is_=0), on("x", at_least=4)], stratum="decide"),
    rule("R4", Recommend("middle", 2, "clear"), any=[on("y", is_=4), on("x", known=False)], stratum="decide"),
    figures=[figure("d", term("subtract", fact("x"), fact("y")))],
)  # fmt: skip


def coarse(found: dict[Many, str]) -> set[tuple[Many, frozenset[str], str]]:
    """Sets without the numbers that the figure ties together: of these the solver gives an example only."""
    return {
        (frozenset(c for c in some if c[0] == "z"), frozenset(c[0] for c in some if c[0] != "z"), option)
        for some, option in found.items()
    }


@pytest.mark.parametrize(
    "given",
    [{"x": 1, "y": 1, "z": "r"}, {"x": 0, "y": 5, "z": "p"}, {"x": 3, "z": "p"}, {}, {"x": "not_sure", "y": 2},
     {"x": 5, "y": 0}],
)  # fmt: skip
@pytest.mark.parametrize("wanted", ["R1", "R2", "R3", "R4"])
@pytest.mark.parametrize("fires", [True, False])
def test_numbers_tied_by_a_figure_agree_with_trying_everything(given: dict[str, Raw], wanted: str, fires: bool) -> None:
    def holds(trace: Trace) -> bool:
        return (wanted in fired(trace)) is fires

    found, tried = both(TIED, PAY, given, changes.firing(wanted, fires=fires), holds)
    assert found.items() <= tried.items()
    assert coarse(found) == coarse(tried)


def test_of_two_tied_numbers_both_change_only_where_neither_alone_will_do() -> None:
    # d = x - y is 0 now. It is 3 or more with x from 4, or with both changed and x at 3: then y has to be 0.
    _, tried = both(TIED, PAY, {"x": 1, "y": 1, "z": "r"}, changes.option("left"), is_left)
    assert set(tried) == {
        *one_of(("x", "set", 4), ("x", "set", 5)), frozenset({("x", "set", 3), ("y", "set", 0)})
    }  # fmt: skip


WARN = rule("WARN", RedFlag("RF1", 2, left().why), all=[on("runway", is_="short")], stratum="constrain")
EXTRA = rule("EXTRA", AddOn("extra"), all=[on("hiring", is_="some")], stratum="plan")


def test_flags_add_ons_and_rules_can_be_goals_too() -> None:
    asked = asking(RUNWAY, HIRING)
    prover = Prover(rulebase(asked, WARN, EXTRA), asked)
    answers = check_answers({"runway": "short", "hiring": "none"}, asked)

    def found(goal: changes.Goal) -> list[Change]:
        return [change for one in search(prover, answers, goal).found for change in one.changes]

    away = Change("runway", "set", ("long", "endless"))
    some = Change("hiring", "set", ("some",))
    assert found(changes.flag("RF1", raised=False)) == found(changes.firing("WARN", fires=False)) == [away]
    assert found(changes.add_on("extra", added=True)) == found(changes.firing("EXTRA", fires=True)) == [some]


def test_a_goal_that_holds_already_or_can_never_hold_has_no_sets() -> None:
    asked = asking(RUNWAY, HIRING)
    prover = Prover(rulebase(asked, WARN), asked)
    answers = check_answers({"runway": "short"}, asked)
    assert search(prover, answers, changes.flag("RF1", raised=True)) == Search((), 0)
    assert search(prover, answers, changes.option("left"), up_to=3) == Search((), 3)
    assert search(prover, answers, changes.option("nowhere")) == Search((), 2)


def test_only_the_questions_named_change() -> None:
    asked = asking(RUNWAY, HIRING)
    prover = Prover(rulebase(asked, left(any=[on("runway", is_="long"), on("hiring", is_="some")])), asked)
    answers = check_answers({"runway": "short", "hiring": "none"}, asked)
    found = search(prover, answers, changes.option("left"), only=["hiring"])
    assert [one.changes for one in found.found] == [(Change("hiring", "set", ("some",)),)]
    assert found.smallest == 1
    assert search(prover, answers, changes.option("left"), only=[]) == Search((), 2)


@pytest.mark.parametrize("size", [0, 4])
def test_a_size_that_cannot_be_searched_is_refused(size: int) -> None:
    asked = asking(RUNWAY)
    with pytest.raises(ValueError, match="sets of 1 to 3 changes can be looked for"):
        search(Prover(rulebase(asked), asked), check_answers({}, asked), changes.option("left"), up_to=size)


def test_a_search_leaves_the_prover_as_it_was() -> None:
    asked = asking(RUNWAY, HIRING)
    base: RuleBase = rulebase(asked, left(all=[on("runway", is_="long"), on("hiring", is_="some")]))
    prover = Prover(base, asked)
    answers = check_answers({"runway": "short", "hiring": "none"}, asked)
    first = search(prover, answers, changes.option("left"))
    model = prover.model(prover.assume(answers))
    assert search(prover, answers, changes.option("left")) == first
    assert prover.model(prover.assume(answers)) == model


def test_a_change_is_made_on_the_answer_there_is() -> None:
    questions = asking(payers("none"), RUNWAY).by_id
    now = Answer("payers", ("a", "b"))
    for change, after in [
        (Change("payers", "add", ("d", "c")), ("a", "b", "d")),
        (Change("payers", "remove", ("a",)), ("b",)),
        (Change("payers", "only", ("none",)), ("none",)),
    ]:
        assert changed(change, now, questions).value == after
    assert changed(Change("payers", "add", ("a",)), Answer("payers", ("none",)), questions).value == ("a",)
    assert changed(Change("payers", "add", ("c",)), None, questions).value == ("c",)
    assert changed(Change("runway", "set", ("long", "endless")), None, questions) == Answer("runway", "long")
