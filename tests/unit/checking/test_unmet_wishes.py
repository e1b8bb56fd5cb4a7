"""A wish that may get no reply is found."""

from __future__ import annotations

from dataclasses import replace

from advisor.checking.unmet_wishes import unanswered_besides, unmet_wishes
from advisor.model.condition import Clause
from advisor.model.page import Page
from advisor.model.rule import Line, Rule
from advisor.model.template import Template
from tests.helpers.rulebases import asking, on, one, rule, rulebase, several, when
from tests.unit.checking.desks import findings

ASKED = asking(several("wish", "long", "cost"), one("a", "x", "y"))
PAGE = Page("p", "P", "made/p.yaml", 3, speaks_to=when(all=[on("a", known=True)]), wishes="wish", questions=("wish",))


def reply(to: str, *more: Clause, name: str) -> Rule:
    clauses = [on("a", known=True), on(f"wish.{to}", is_=True), *more]
    said = Line("reply", Template.of("Two months."), fact=f"wish.{to}")
    return replace(rule(name, said, all=clauses, stratum="plan"), page="p")


def found(*rules: Rule, page: Page = PAGE) -> list[tuple[str, int, str]]:
    return findings(unmet_wishes, replace(rulebase(ASKED, *rules), pages={"p": page}), ASKED)


def test_each_wish_without_a_reply_that_always_holds_is_found() -> None:
    message = "`{}` of `wish` may get no reply; one must hold whatever else is known"
    assert found(reply("long", name="R1"), reply("cost", on("a", is_="x"), name="R2")) == [
        ("made/p.yaml", 3, message.format("cost"))
    ]
    assert found() == [("made/p.yaml", 3, message.format(wish)) for wish in ("long", "cost")]


def test_a_reply_that_holds_always_meets_its_wish() -> None:
    assert found(reply("long", name="R1"), reply("cost", on("a", is_="x"), name="R2"), reply("cost", name="R3")) == []
    spoken = replace(reply("cost", name="R2"), when=when(all=[on("wish.cost", is_=True)], any=[on("a", is_="x")]))
    assert len(found(reply("long", name="R1"), spoken)) == 1


def test_a_page_without_wishes_needs_no_reply() -> None:
    assert found(page=replace(PAGE, wishes="")) == []


def test_one_of_the_pages_that_share_a_question_has_to_reply() -> None:
    other = replace(PAGE, id="q", file="made/q.yaml", questions=())

    def left(*rules: Rule) -> list[tuple[str, int, str]]:
        return findings(unmet_wishes, replace(rulebase(ASKED, *rules), pages={"p": PAGE, "q": other}), ASKED)

    elsewhere = replace(reply("cost", name="R2"), page="q")
    assert left(reply("long", name="R1"), elsewhere) == []
    assert [line[0] for line in left(reply("long", name="R1"))] == ["made/p.yaml"]  # once, where it is first asked


BESIDES = asking(one("brings", "p", "q"), several("also", "p", "none"), one("a", "x", "y"))
OPEN = Page("p", "P", "made/p.yaml", 3, speaks_to=when(all=[on("topic.p", is_=True)]))


def beside(*more: Clause, besides: bool = True) -> Rule:
    said = Line("reply", Template.of("Later."), fact="topic.p")
    made = rule("R1", said, all=[on("topic.p", is_=True), *more], stratum="plan")
    none = [on("question", is_="p")] if besides else []
    return replace(made, page="p", when=replace(made.when, none=tuple(none)))


def left(*rules: Rule) -> list[tuple[str, int, str]]:
    base = rulebase(BESIDES, *rules)
    decision = replace(base.decision, came_with=("brings", "also"))
    return findings(unanswered_besides, replace(base, decision=decision, pages={"p": OPEN}), BESIDES)


def test_a_page_that_says_nothing_to_who_comes_with_it_besides_is_found() -> None:
    message = "who comes with `p` beside another question may get no reply to it"
    assert left() == left(beside(on("a", is_="x"))) == left(beside(besides=False)) == [("made/p.yaml", 3, message)]
    assert left(beside()) == []
