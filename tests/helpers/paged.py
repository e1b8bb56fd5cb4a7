"""A small rule base of three pages, two of which speak only to those who came with their question.

Everyone is asked `brings`, `also` and `rare`, which open pages, and `license`. The page `cut` asks `plan` and then
`rate`, the page `letter` asks `due`, `rate` and `kind`; nobody asks `spare`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from advisor.advice import Advisor, default_advisor
from advisor.model.page import Page
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Conclude, Line, PlanRow, Recommend, Rule, Say, Time
from advisor.model.rulebase import RuleBase
from advisor.model.template import Template
from tests.helpers.rulebases import asking, decision, derived, number, on, one, rule, rulebase, several, when


def _core(questionnaire: Questionnaire, *names: str) -> Questionnaire:
    return replace(
        questionnaire, questions=tuple(replace(q, core=q.id in names) for q in questionnaire.questions)
    )  # fmt: skip


ASKED = _core(
    asking(
        one("brings", "cut", "letter", "neither"),
        several("also", "nothing", "cut", "letter"),
        one("spare", "yes", "no"),
        one("license", "full", "part"),
        several("rare", "none", "dated"),
        number("rate", 1, 9),
        one("kind", "money", "records"),
        one("due", "soon", "late", when=when(all=[on("kind", is_="money")])),
        one("plan", "red", "blue"),
    ),
    "brings", "also", "license", "rare",
)  # fmt: skip
"""The order of the questionnaire is not that of the pages."""


def _page(name: str, *questions: str) -> Page:
    return Page(
        name, name, f"made/{name}.yaml", 1, speaks_to=when(all=[on(f"topic.{name}", is_=True)]), questions=questions
    )


def _on(page: str, made: Rule) -> Rule:
    spoken = (on(f"topic.{page}", is_=True), *made.when.all)
    return replace(made, page=page, when=replace(made.when, all=spoken))


def _row(text: str) -> PlanRow:
    return PlanRow(Time("today"), Template.of(text), Template.of("it is done"))


_CUT, _LETTER = Conclude("topic.cut", True), Conclude("topic.letter", True)
_MADE = rulebase(
    ASKED,
    rule("Q1", _CUT, all=[on("brings", is_="cut")]),
    rule("Q2", _LETTER, all=[on("brings", is_="letter")]),
    rule("Q3", _CUT, all=[on("also.cut", is_=True)]),
    rule("Q4", _LETTER, all=[on("also.letter", is_=True)]),
    rule("Q5", _LETTER, all=[on("rare.dated", is_=True)]),
    _on("cut", rule("C1", Recommend("left", 1, "clear"), all=[on("plan", is_="red")], stratum="decide")),
    _on("cut", rule("C2", Line("number", Template.of("It paid {rate|less}.")), stratum="plan")),
    _on("letter", rule("L1", _row("Answer it."), all=[on("due", is_="soon")], stratum="plan")),
    _on("letter", rule("L2", Say(Template.of("the plan"), "call", Template.of("Hello.")),
                       all=[on("kind", is_="records")], stratum="plan")),
    derived=[derived("topic.cut", otherwise=False), derived("topic.letter", otherwise=False)],
)  # fmt: skip
PAGED: RuleBase = replace(
    _MADE,
    decision=replace(
        decision(*_MADE.decision.contests.values()), came_with=("brings", "also"), pages=("letter", "cut")
    ),
    pages={
        "topics": Page("topics", "topics", "made/topics.yaml", 1),
        "cut": _page("cut", "plan", "rate"),
        "letter": _page("letter", "due", "rate", "kind"),
    },
)


@cache
def advisor_of(*pages: str) -> Advisor:
    """The shipped advisor with the rules of some pages only, and with those that say who came with what."""
    shipped = default_advisor()
    base, kept = shipped.rulebase, {"topics", *pages}
    return Advisor(
        replace(
            base,
            rules=tuple(rule for rule in base.rules if rule.page in kept),
            pages={name: page for name, page in base.pages.items() if name in kept},
            decision=replace(base.decision, pages=tuple(name for name in base.decision.pages if name in kept)),
        ),
        shipped.questionnaire,
    )
