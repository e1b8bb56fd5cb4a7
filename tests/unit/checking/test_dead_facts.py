"""Facts that are made and not read, or read and not made, are found."""

from __future__ import annotations

from dataclasses import replace

from advisor.checking.dead_facts import dead_facts
from advisor.model.figures import Figure, FormulaTerm
from advisor.model.rule import Add, Call, Conclude, Rule, Weigh
from advisor.model.template import Template
from tests.helpers.rulebases import asking, derived, number, on, one, rule, rulebase, when
from tests.unit.checking.desks import findings

ASKED = asking(one("a", "yes", "no"), number("n", 0, 9))
MAKES = rule("R1", Conclude("tight", True), all=[on("a", is_="yes")])
READS = rule("R2", Weigh("cash", {"left": 1}), all=[on("tight", is_=True)], stratum="weigh")
TIGHT = replace(derived("tight"), line=5)
BRANCHES = rule("R3", Conclude("branch", "main"), all=[on("a", is_="yes")])


def found(*rules: Rule, figures: tuple[Figure, ...] = ()) -> list[tuple[str, int, str]]:
    return findings(dead_facts, rulebase(ASKED, BRANCHES, *rules, derived=[TIGHT], figures=figures), ASKED)


def figure(figure_id: str, formula: FormulaTerm, *, show: bool) -> Figure:
    text = Template.of("{low}")
    return Figure(figure_id, "", "", "months", when(), {}, formula, text, text, (), (), show, 9)


def test_a_fact_that_one_rule_makes_and_another_reads_is_alive() -> None:
    assert found(MAKES, READS) == []


def test_a_fact_that_nobody_makes_is_found() -> None:
    assert found(READS) == [("facts.yaml", 5, "no rule concludes `tight`")]
    assert found(replace(MAKES, status="draft"), READS) == [("facts.yaml", 5, "no rule concludes `tight`")]


def test_a_fact_that_nobody_reads_is_found() -> None:
    assert found(MAKES) == [("facts.yaml", 5, "no rule reads `tight`")]
    assert found(MAKES, replace(READS, status="draft")) == [("facts.yaml", 5, "no rule reads `tight`")]


def test_a_fact_in_a_sentence_counts_as_read() -> None:
    says = rule("R4", Call("Ann", Template.of("That {tight}.")), all=[on("a", is_="yes")], stratum="plan")
    assert found(MAKES, says) == []


def test_a_score_that_nobody_reads_is_found() -> None:
    adds = rule("R5", Add("risk", 2), all=[on("a", is_="yes")], line=3)
    reads = rule("R6", Weigh("cash", {"left": 1}), all=[on("score.risk", at_least=2)], stratum="weigh")
    assert found(MAKES, READS, adds) == [("made/R5.yaml", 3, "no rule reads `score.risk`")]
    assert found(MAKES, READS, adds, reads) == []


def test_a_figure_that_is_neither_shown_nor_read_is_found() -> None:
    hidden = figure("gap", FormulaTerm("fact", name="n"), show=False)
    reads = rule("R7", Weigh("cash", {"left": 1}), all=[on("gap.low", at_least=2)], stratum="weigh")
    onward = figure("more", FormulaTerm("figure", name="gap"), show=True)
    message = "no rule reads the figure `gap`, and it is not shown"
    assert found(MAKES, READS, figures=(hidden,)) == [("figures.yaml", 9, message)]
    assert found(MAKES, READS, figures=(replace(hidden, show=True),)) == []
    assert found(MAKES, READS, reads, figures=(hidden,)) == []
    assert found(MAKES, READS, figures=(hidden, onward)) == []
