"""Questions whose answer nothing reads are found."""

from __future__ import annotations

from dataclasses import replace

from advisor.checking.unused_questions import unused_questions
from advisor.model.figures import Figure, FormulaTerm
from advisor.model.questionnaire import Question
from advisor.model.rule import Rule, Weigh
from advisor.model.template import Template
from tests.helpers.rulebases import asking, number, on, one, rule, rulebase, several, when
from tests.unit.checking.desks import findings

TEXT = Template.of("{low}")


def found(*questions: Question, rules: tuple[Rule, ...] = (), figures: tuple[Figure, ...] = ()) -> list[str]:
    asked = asking(*questions)
    told = findings(unused_questions, rulebase(asked, *rules, figures=figures), asked)
    assert all(file == "credentialing.yaml" for file, _, _ in told)
    return [message.split("`")[1] for _, _, message in told]


def test_a_question_that_nothing_reads_is_found_with_its_line() -> None:
    asked = asking(replace(one("a", "yes", "no"), line=12))
    message = "no rule and no later question reads the answer to `a`"
    assert findings(unused_questions, rulebase(asked), asked) == [("credentialing.yaml", 12, message)]


def test_a_rule_or_a_later_question_reads_it() -> None:
    reads = rule("R1", Weigh("cash", {"left": 1}), all=[on("a.x", is_=True)], stratum="weigh")
    assert found(several("a", "x", "y"), rules=(reads,)) == []
    assert found(several("a", "x", "y"), rules=(replace(reads, status="draft"),)) == ["a"]
    later = one("b", "x", "y", when=when(all=[on("a", is_="yes")]))
    assert found(one("a", "yes", "no"), later) == ["b"]


def test_a_figure_reads_what_its_condition_and_its_formula_name() -> None:
    formula = FormulaTerm("add", (FormulaTerm("fact", name="n"), FormulaTerm("table", name="a")))
    figure = Figure("gap", "", "", "months", when(all=[on("b", known=True)]), {"a": {}}, formula, TEXT, TEXT, (), (),
                    True, 1)  # fmt: skip
    questions = (one("a", "x", "y"), one("b", "x", "y"), number("n", 0, 9), one("c", "x", "y"))
    assert found(*questions, figures=(figure,)) == ["c"]
