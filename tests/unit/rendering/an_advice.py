"""Advice made by hand, with something in every part of it; its arithmetic is worked out in the comments."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from advisor.model.advice import (
    Advice,
    AskLine,
    CallLine,
    CaseLine,
    Disclosure,
    FigureLine,
    GateLine,
    NoteLine,
    OptionCase,
    PointLine,
    Reason,
    Recommendation,
    RedFlagLine,
    SourceNote,
    Step,
    UnknownLine,
)
from advisor.model.plan_page import (
    AnswerSaid,
    NumberSaid,
    OtherChoice,
    PlanPage,
    ReasonSaid,
    RowSaid,
    Said,
    ScriptSaid,
    StopSaid,
)
from advisor.model.proofs import Agreement, AnswerChange, Changes, ChangeSet, Proofs, Settled, Standing
from advisor.model.trace import QuestionnaireId, RuleBaseId
from tests.unit.rendering.a_trace import a_trace

WORDING = Path(__file__).parents[3] / "rules" / "wording.yaml"


def headings() -> dict[str, str]:
    """The wording of the shipped rule base, flattened as advice carries it."""
    return dict(_headings())


@cache
def _headings() -> dict[str, str]:
    flat: dict[str, str] = {}

    def walk(part: dict[Any, Any], prefix: str) -> None:
        for key, value in part.items():
            if isinstance(value, dict):
                walk(value, f"{prefix}{key}.")
            else:
                flat[f"{prefix}{key}"] = " ".join(str(value).split())

    walk(yaml.load(WORDING.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)), "")
    return flat


def an_advice(**changes: Any) -> Advice:
    """The advice, with some of its parts replaced."""
    advice = Advice(
        recommendation=RECOMMENDATION,
        reasons=REASONS,
        red_flags=RED_FLAGS,
        gates=GATES,
        next_steps=tuple(_step(n, f"step number {n}") for n in range(1, 6)),
        later_steps=(_step(6, "step number 6"),),
        questions_to_ask=ASKS,
        calls=(CallLine(who="Your state board", about="Which form it wants.", rule="CAL-001"),),
        figures=FIGURES,
        unknowns=UNKNOWNS,
        options=OPTIONS,
        notes=(NoteLine(topic="timing", text="A note on timing.", rule="NOT-001", claims=("F20",), sources=("f20",)),),
        set_aside=('Your answer to "Notice?" was set aside.',),
        sources=SOURCES,
        disclosures=(
            Disclosure(id="bias", text="The publisher sells direct help."),
            Disclosure(id="x", text="No law."),
        ),
        review_by="2027-05-23",
        headings=headings(),
        rulebase=RuleBaseId(id="credentialing", version="1.0", digest="0123456789abcdef" * 4),
        questionnaire=QuestionnaireId(id="credentialing", version="1.1", digest="f" * 64),
        trace=a_trace(),
        plan=PLAN,
        proofs=PROOFS,
    )
    return advice.model_copy(update=changes)


CONTROL = AnswerChange(
    question="control", text="How much does control matter?", how="set", now="It does not", then='"A must"',
    to=("must",), numbers=False, said='your answer to "How much does control matter?" were "A must"', who="yours",
)  # fmt: skip
PROOFS = Proofs(
    agreement=Agreement(
        engine="durable-rules", engine_version="2", solver="clingo", solver_version="5", tests=7, text="They agree."
    ),
    standing=Standing(
        settled=False,
        parts=(
            Settled(part="option", settled=False, certain=(), possible=("direct", "staged"), text="Either of two."),
            Settled(part="add_ons", settled=True, certain=(), possible=(), text="The add-ons are settled."),
        ),
        excluded=("exit",),
        deciding=("control",),
        detail=(),
        idle=(),
        hanging=(),
        text="One question is open.",
    ),
    changes=Changes(
        goal="",
        sets=(
            ChangeSet(
                changes=(CONTROL,), option="direct", option_title="Direct", who="yours", text="If control were a must."
            ),
        ),
        total=1,
        searched_to=2,
        smallest=1,
        smallest_possible=1,
        summary="One answer away.",
        proof="We tried all.",
    ),
)


def a_row(title: str, when: str = "this week", **changes: Any) -> RowSaid:
    """A row of a plan that says to do what its title says."""
    row = RowSaid(
        title=title, when=when, kind="this_week", due=6, date=None, do=f"{title} now.", done="it is done", key="",
        weight="should", shown=True, rule="STP-001", claims=("STEP1",), sources=("f20",),
    )  # fmt: skip
    return row.model_copy(update=changes)


def _line(text: str) -> dict[str, Any]:
    return {"text": text, "rule": "WGH-001", "claims": ("K056",), "sources": ("f20",)}


def _number(title: str, low: int, likely: int, high: int) -> NumberSaid:
    return NumberSaid(
        **_line(f"{title}: about {likely} months."), figure=title, title=title, low=low, likely=likely, high=high,
        unit="months",
    )  # fmt: skip


PLAN = PlanPage(
    as_of="2026-11-28",
    answer=AnswerSaid(
        page="start_own",
        asked="start_own",
        text="Apply to one platform now.",
        sure="clear",
        how_sure="How sure: clear, because money is short.",
        rules=("STA-11",),
        claims=("K056",),
        sources=("f20",),
    ),
    replies=(Said(**_line("How long? Two to five months.")),),
    stops=(StopSaid(**_line("Do not sign yet."), severity=3, against=("direct",)),),
    rows=(
        a_row("Call three plans", "today", due=0),
        a_row("File your papers", "by Dec 12", due=14, date="2026-12-12"),
        a_row("Look again at day 60", "later", shown=False, due=None),
    ),
    reasons=(
        ReasonSaid(**_line("You need pay in six weeks."), against=False),
        ReasonSaid(**_line("The contract is not yours."), against=True),
    ),
    watch=(Said(**_line("A rate that falls after you join.")),),
    numbers=(_number("Platform", 1, 2, 5), _number("Own", 2, 5, 10)),
    other=OtherChoice(**_line("With five months saved."), option="direct", title="Go direct"),
    find_out=(Said(**_line("Ask each plan for its days.")),),
    scripts=(
        ScriptSaid(**_line("I am a counselor in ZIP ____."), to="the plan", by="call", blanks=1),
        ScriptSaid(**_line("Please send your terms."), to="the platform", by="email", blanks=0),
    ),
    rests_on=("f20", "article.erin"),
    leans_with_publisher=True,
)


def an_empty_advice() -> Advice:
    """The advice with every list in it empty."""
    lists = (
        "reasons", "red_flags", "gates", "next_steps", "later_steps", "questions_to_ask", "calls", "figures",
        "unknowns", "notes", "set_aside", "sources", "disclosures",
    )  # fmt: skip
    alone = RECOMMENDATION.model_copy(
        update={"add_ons": (), "runner_up": "", "tie_broken": None, "priority_effect": None}
    )
    said = ("replies", "stops", "rows", "reasons", "watch", "numbers", "find_out", "scripts", "rests_on")
    answer = PLAN.answer.model_copy(update={"sources": ()})
    plan = PLAN.model_copy(update={**dict.fromkeys(said, ()), "other": None, "answer": answer})
    return an_advice(
        **dict.fromkeys(lists, ()), options=OPTIONS[:1], recommendation=alone, plan=plan, review_by="", proofs=None
    )


def _step(order: int, text: str) -> Step:
    return Step(
        order=order, timing="This week", text=f"Do {text}.", why="It helps.", rule=f"STP-00{order}",
        claims=("STEP1",), sources=("f20",),
    )  # fmt: skip


def _reason(n: int, leans: bool = False) -> Reason:
    return Reason(
        rule=f"WGH-00{n}", text=f"Reason number {n} speaks of your answers.", facts={"runway": "one_to_two"},
        claims=("K056", "C11"), sources=("article.erin", "f20"), points={"staged": 2},
        caveats=(f"Caveat number {n}.",), leans_with_publisher=leans,
    )  # fmt: skip


def _flag(name: str, severity: int, severity_name: str) -> RedFlagLine:
    return RedFlagLine(
        id=name, severity=severity, severity_name=severity_name, text=f"Text of {name}.", rule=f"RED-{name}",
        action=f"act on {name}.", against=("direct",), claims=(name, "K007"), sources=("f20",),
    )  # fmt: skip


def _general(text: str) -> CaseLine:
    return CaseLine(text=text, rule=None, points=None, claims=("K088",), sources=("f20",))


def _own(text: str, rule: str, points: int | None) -> CaseLine:
    return CaseLine(text=text, rule=rule, points=points, claims=("K056",), sources=("f20",))


def _points(rule: str, criterion: str, name: str, points: int) -> PointLine:
    return PointLine(rule=rule, criterion=criterion, criterion_name=name, points=points)


def _case(
    option: str,
    title: str,
    standing: str,
    lines: tuple[PointLine, ...] = (),
    *,
    kind: str = "main",
    own_pros: tuple[CaseLine, ...] = (),
    own_cons: tuple[CaseLine, ...] = (),
    ruled_out_by: tuple[str, ...] = (),
    ruled_out_why: tuple[str, ...] = (),
) -> OptionCase:
    return OptionCase(
        option=option,
        title=title,
        kind=kind,
        standing=standing,
        points=sum(line.points for line in lines),
        arithmetic=lines,
        ruled_out_by=ruled_out_by,
        ruled_out_why=ruled_out_why,
        summary=f"Summary of {option}.",
        living_with_it=f"Life with {option}.",
        pros=(*own_pros, _general(f"A point for {option}.")),
        cons=(*own_cons, _general(f"A point against {option}.")),
    )


RECOMMENDATION = Recommendation(
    option="staged", title="Start in stages", add_ons=("government_enrollment",), confidence="lean",
    headline="Start in stages; a fair second choice is direct", how_sure="It leans one way.",
    runner_up="direct", runner_up_title="Go direct", margin=3, lean=None,
    tie_broken="A tie-breaker was used.", priority_effect="Your priority counted once.",
)  # fmt: skip

REASONS = (_reason(1), _reason(2, leans=True), _reason(3), _reason(4), _reason(5))

RED_FLAGS = (
    _flag("RF7", 1, "Watch"), _flag("RF10", 3, "Stop"), _flag("RF9", 2, "Act before you sign or leave"),
    _flag("RF11", 3, "Stop"),
)  # fmt: skip

GATES = (
    GateLine(id="gate.a", title="Gate 1", state="passed", text="It is there."),
    GateLine(id="gate.b", title="Gate 2", state="failed", text="It is missing."),
    GateLine(id="gate.c", title="Gate 3", state="unknown", text=""),
)

ASKS = (
    AskLine(to="employer", text="Ask this of an employer?", why="Why E.", rule="ASK-003", claims=("K136",)),
    AskLine(to="payer", text="Ask this of a plan?", why="Why P.", rule="ASK-002", claims=("K136",)),
    AskLine(to="platform", text="Ask this of a platform?", why="", rule="ASK-001", claims=("K136",)),
)

FIGURES = (
    FigureLine(
        id="gap", title="Gap", low=1, high=3, unit="months", text="We took 4.", claims=("DF4",), sources=("f20",)
    ),
    FigureLine(id="one", title="Wait", low=1, high=1, unit="months", text="We took 1.", claims=(), sources=()),
    FigureLine(id="pay", title="Pay", low=4730, high=7001, unit="dollars", text="We took 100.", claims=(), sources=()),
    FigureLine(id="more", title="More", low=-15, high=-15, unit="percent", text="Below.", claims=(), sources=()),
)

UNKNOWNS = (
    UnknownLine(question="caqh", text="Is CAQH full?", why_unknown="not_asked", matters=False, could_move=0, effect=""),
    UnknownLine(
        question="hiring", text="Will you hire?", why_unknown="not_sure", matters=True, could_move=3, effect="x"
    ),
)

OPTIONS = (
    # 3 + 2 - 1 = 4; by criterion: cash 3 - 1 = 2, growth 2
    _case(
        "staged", "Start in stages", "recommended",
        (
            _points("WGH-001", "cash", "Cash and time", 3),
            _points("WGH-002", "growth", "Growth", 2),
            _points("WGH-003", "cash", "Cash and time", -1),
        ),
        own_pros=(_own("Your own point.", "WGH-001", 3),),
    ),
    # -3 + 2 + 2 = 1; by criterion: cash -3, growth 4
    _case(
        "direct", "Go direct", "runner_up",
        (
            _points("WGH-001", "cash", "Cash and time", -3),
            _points("WGH-002", "growth", "Growth", 2),
            _points("WGH-004", "growth", "Growth", 2),
        ),
        own_cons=(_own("It costs you time.", "WGH-001", -3),),
    ),
    _case("delegated", "Join a platform", "possible"),
    _case(
        "exit", "Leave now", "ruled_out", (_points("WGH-001", "cash", "Cash and time", -2),),
        ruled_out_by=("CON-001", "CON-002", "CON-003"), ruled_out_why=("You have no platform.", "You have no reason."),
    ),
    _case(
        "government_enrollment", "Enroll with Medicaid", "added", kind="add_on",
        own_pros=(_own("You want Medicaid clients.", "ADD-001", None),),
    ),
)  # fmt: skip

SOURCES = (
    SourceNote(
        id="article.erin", title="Article, section on Erin", publisher="pie Health", address=("https://a.example/?p=1",),
        grade="composite", grade_means="a made-up example", dated="undated", accessed="2026-11-23",
    ),
    SourceNote(
        id="f20", title="Credentialing times", publisher="Headway",
        address=("https://help.headway.example/a-very-long-address-that-does-not-fit-into-any-narrow-terminal-at-all-ever",
                 "notes of the project"),
        grade="D", grade_means="an anonymous or copied page", dated="May 2026", accessed="2026-11-23",
    ),
)  # fmt: skip
