"""Hypothesis strategies for small rule bases with a questionnaire of their own, as files that the loader accepts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.properties.generated_files import Folders, Made, folders, option_body, rule_body
from tests.properties.generated_parts import NUMBERS, WORDS, Fact, conditions, figure_lists, question_lists

STRATA = ("derive", "constrain", "weigh", "decide", "plan")
MAINS = ("o0", "o1", "o2", "o3")
FALLBACK = "fall"
EXTRAS = ("x0", "x1")
BRANCHES = ("b0", "b1")
CONFIDENCES = ("clear", "lean", "toss_up", "provisional", "by_margin")


@st.composite
def derived_facts(draw: DrawFn) -> list[Made]:
    """Entries of facts.yaml, the fact `branch` among them."""
    found: list[Made] = []
    strata = [
        "derive",
        *draw(st.lists(st.sampled_from(["derive", "derive", "constrain", "decide"]), min_size=1, max_size=5)),
    ]
    for number, stratum in enumerate(strata):
        kind = draw(st.sampled_from(["one", "yes_no", "number"])) if number else "one"
        name = f"d{number}" if number else "branch"
        body: Made = {"id": name, "title": f"The fact {name}", "stratum": stratum, "kind": kind}
        values: list[Any]
        if kind == "number":
            body["unit"], values = "pieces", draw(st.lists(NUMBERS, min_size=1, max_size=2))
        else:
            values = [True, False] if kind == "yes_no" else list(WORDS[:3]) if number else list(BRANCHES)
            body["values"] = {str(value).lower(): f"the phrase of {value}" for value in values}
        body["otherwise"] = draw(st.sampled_from(["unknown", *values]))
        found.append(body)
    return found


def _fact_of(body: Made) -> Fact:
    done = STRATA.index(body["stratum"])
    values = (True, False) if body["kind"] == "yes_no" else tuple(body.get("values", ()))
    otherwise = None if body["otherwise"] == "unknown" else body["otherwise"]
    return Fact(body["id"], body["kind"], values, done, done, otherwise)


@st.composite
def actions(draw: DrawFn, stratum: str, derived: Sequence[Made]) -> Made:
    """What a rule of the stratum does: one action to three."""
    own = [body for body in derived if body["stratum"] == stratum]
    kinds = [*KINDS[stratum], "conclude", "conclude"] if own else KINDS[stratum]
    then: Made = {}
    for kind in draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=3)):
        then.setdefault(kind, []).append(draw(_conclusions(own) if kind == "conclude" else ACTIONS[kind]))
    return {kind: made if len(made) > 1 else made[0] for kind, made in then.items()}


def _conclusions(own: Sequence[Made]) -> SearchStrategy[Made]:
    def one(body: Made) -> SearchStrategy[Made]:
        kind = body["kind"]
        values = [True, False] if kind == "yes_no" else [2, 5] if kind == "number" else list(body["values"])
        # Nearly always the same value, since two rules may not conclude different ones.
        return st.sampled_from([values[0]] * 15 + values[1:]).map(lambda value: {"fact": body["id"], "value": value})

    return st.sampled_from(own).flatmap(one)


KINDS = {
    "derive": ["add"],
    "constrain": ["rule_out", "red_flag", "red_flag", "add_on"],
    "weigh": ["weigh", "weigh", "break_tie"],
    "decide": ["recommend", "recommend", "add_on"],
    "plan": ["add_on", "note", "next_step", "ask", "call"],
}
_MAIN = st.sampled_from(MAINS)
_POINTS = st.integers(-3, 4).filter(bool)
ACTIONS: dict[str, SearchStrategy[Made]] = {
    "add": st.fixed_dictionaries({"to": st.sampled_from(["s0", "s1"]), "points": NUMBERS}),
    "rule_out": st.fixed_dictionaries({"options": st.lists(_MAIN, min_size=1, max_size=2, unique=True)}),
    "red_flag": st.fixed_dictionaries(
        {"id": st.sampled_from(["RF1", "RF1", "RF2"]), "severity": st.integers(1, 3), "action": st.just("Do it.")},
        optional={"against": st.lists(_MAIN, max_size=2, unique=True)},
    ),
    "add_on": st.fixed_dictionaries({"option": st.sampled_from(EXTRAS)}),
    "weigh": st.fixed_dictionaries(
        {"criterion": st.sampled_from(["c0", "c1"]), "points": st.dictionaries(_MAIN, _POINTS, min_size=1, max_size=3)}
    ),
    "break_tie": st.fixed_dictionaries(
        {
            "order": st.integers(1, 3),
            "tiers": st.lists(st.lists(_MAIN, max_size=2, unique=True), min_size=1, max_size=3),
        }
    ),
    "recommend": st.fixed_dictionaries(
        {"option": st.sampled_from([*MAINS, FALLBACK]), "priority": st.integers(1, 5),
         "confidence": st.sampled_from(CONFIDENCES)}
    ),
    "note": st.just({"topic": "t", "text": "Know this."}),
    "next_step": st.integers(1, 3).map(lambda order: {"order": order, "timing": "Now", "text": "Do it."}),
    "ask": st.integers(1, 3).map(lambda order: {"to": "payer", "order": order, "text": "Why?"}),
    "call": st.just({"who": "Someone", "about": "Something."}),
}  # fmt: skip


@st.composite
def decisions(draw: DrawFn, questions: Sequence[Made]) -> Made:
    """A decision.yaml with a contest for each branch."""
    names = [body["id"] for body in questions]
    toss_up = draw(st.integers(0, 3))
    contests = {
        branch: {
            "options": draw(st.permutations([*MAINS, FALLBACK]))[: draw(st.integers(1, 5))],
            "decisive": draw(st.permutations(names))[: draw(st.integers(0, 4))],
        }
        for branch in BRANCHES
    }
    return {
        "close_within": draw(st.integers(0, 4)),
        "bands": [
            {"confidence": "toss_up", "at_most": toss_up},
            {"confidence": "lean", "at_most": toss_up + draw(st.integers(1, 3))},
            {"confidence": "clear"},
        ],
        "contests": contests,
        "fallback": FALLBACK,
        "priority_question": names[0],
        "priority_effect": "It counted once.",
        "gates_shown_for": ["o0"],
        "gates_in": ["b0"],
    }


def _taken(then: Made, kind: str) -> list[Made]:
    """The actions of one kind, of which there may be one, several or none."""
    made: Any = then.get(kind, [])
    return made if isinstance(made, list) else [made]


def _made_facts(strata: Sequence[str], thens: Sequence[Made], figures: Iterable[Made]) -> Iterable[Fact]:
    """The facts that the machine makes."""
    for then in thens:
        yield from (Fact(f"score.{one['to']}", "number", (), 1, 0) for one in _taken(then, "add"))
        yield from (Fact(f"flag.{one['id']}", "number", (), 2, 1) for one in _taken(then, "red_flag"))
    for figure in figures:
        yield from (Fact(f"{figure['id']}.{end}", "number", (), 1, 0) for end in ("low", "high"))
    for option in (*MAINS, FALLBACK):
        yield Fact(f"out.{option}", "yes_no", (True, False), 1, 1, False)
        yield Fact(f"tally.{option}", "number", (), 3, 2)
    for option in EXTRAS:
        adding = [
            STRATA.index(s)
            for s, then in zip(strata, thens, strict=True)
            if {"option": option} in _taken(then, "add_on")
        ]
        last = max(adding, default=1)
        yield Fact(f"add_on.{option}", "yes_no", (True, False), last, last, False)
    yield Fact("unknown_share", "number", (), 1, 0)
    yield Fact("lead.margin", "number", (), 3, 2)
    yield from (Fact(name, "one", (*MAINS, FALLBACK), 3, 2) for name in ("lead.option", "lead.second"))
    yield from (Fact(f"advice.{name}", "one", (*MAINS, FALLBACK), 4, 3) for name in ("option", "second", "lean"))
    yield Fact("advice.confidence", "one", CONFIDENCES[:4], 4, 3)


@st.composite
def rule_bases(draw: DrawFn) -> Folders:
    """A rule base and its questionnaire."""
    questions, answered = draw(question_lists())
    derived = draw(derived_facts())
    size = draw(st.integers(8, 20))
    strata = [*draw(st.lists(st.sampled_from(STRATA + STRATA[:4]), min_size=size, max_size=size)), "derive"]
    thens = [draw(actions(stratum, derived)) for stratum in strata]
    thens[-1] = {"conclude": {"fact": "branch", "value": "b0"}}
    early = [*answered, *(_fact_of(body) for body in derived)]
    scores = [fact for fact in _made_facts(strata, thens, ()) if fact.id.startswith("score.")]
    figures = draw(figure_lists([*early, *scores]))
    vocabulary = list(dict.fromkeys([*early, *_made_facts(strata, thens, figures)]))
    rules = []
    for number, (stratum, then) in enumerate(zip(strata, thens, strict=True)):
        status = draw(st.sampled_from(["stable"] * 9 + ["draft"]))
        when = draw(conditions(vocabulary, STRATA.index(stratum)))
        rules.append(rule_body(number, status, stratum, when, then))
    if draw(st.integers(0, 4)):
        rules[-1]["when"] = {"any": [{"fact": answered[0].id, "known": known} for known in (True, False)]}
    options = [
        *(option_body(one, "main") for one in (*MAINS, FALLBACK)),
        *(option_body(one, "add_on") for one in EXTRAS),
    ]
    return folders(questions, derived, figures, draw(decisions(questions)), options, rules)
