"""Hypothesis strategies for the parts of a made-up rule base that are read: conditions, questions and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.helpers.reference_terms import Knowledge
from tests.properties.generated_files import Made

WORDS = ("a", "b", "yes", "no", "true", "none", "7")
NUMBERS = st.integers(-2, 4)


@dataclass(frozen=True)
class Fact:
    """A fact that a clause may read: from stratum `since` on if the test is positive, after `done` in any way.

    Both are places in STRATA; an answer is done before the first. `otherwise` is the value taken at the end of `done`,
    if any; until then no test may ask for it.
    """

    id: str
    kind: str
    values: tuple[Any, ...] = ()
    since: int = 0
    done: int = -1
    otherwise: Any = None

    def tests(self, settled: bool) -> SearchStrategy[Made]:
        """Clauses on this fact."""
        found: list[SearchStrategy[Made]] = [st.just({"known": True})]
        if settled:
            found.append(st.just({"known": False}))
        if self.done < 0:
            found.append(st.sampled_from([{"said": "not_sure"}, {"said": "skip"}]))
        if self.kind == "number":
            found.append(
                st.sampled_from(["at_least", "at_most"]).flatmap(lambda test: NUMBERS.map(lambda n: {test: n}))
            )
        if self.kind != "mark":
            values = NUMBERS if self.kind == "number" else st.sampled_from(self.values)
            found.append(values.map(lambda value: {"is": value}))
            found.append(st.lists(values, min_size=1, max_size=3, unique=True).map(lambda values: {"one_of": values}))
            found += found[-2:]
        clauses = st.one_of(found).map(lambda test: {"fact": self.id, **test})
        if settled or self.otherwise is None:
            return clauses
        return clauses.filter(lambda clause: Knowledge({self.id: self.otherwise}).clause(clause) is not True)


@st.composite
def conditions(draw: DrawFn, facts: Sequence[Fact], stratum: int) -> Made:
    """A condition that a rule of the stratum may have."""
    readable = [fact for fact in facts if fact.since <= stratum]
    settled = [fact for fact in facts if fact.done < stratum]
    answers = [fact for fact in facts if fact.done < 0]
    readable += answers * (len(readable) // len(answers) // 2)  # half of what is read are answers
    positive = st.sampled_from(readable).flatmap(lambda fact: fact.tests(fact.done < stratum))
    negative = st.sampled_from(settled).flatmap(lambda fact: fact.tests(True))
    shape = draw(
        st.sampled_from(
            [
                (1, 0, 0),
                (1, 0, 0),
                (0, 2, 0),
                (0, 3, 0),
                (0, 0, 1),
                (0, 0, 1),
                (2, 0, 0),
                (1, 2, 0),
                (1, 0, 1),
                (1, 3, 2),
            ]
        )
    )
    lists = (
        draw(st.lists(one, min_size=n, max_size=n))
        for one, n in zip((positive, positive, negative), shape, strict=True)
    )
    return {name: clauses for name, clauses in zip(("all", "any", "none"), lists, strict=True) if clauses}


@st.composite
def question_lists(draw: DrawFn) -> tuple[list[Made], list[Fact]]:
    """Some questions, each perhaps under a condition on earlier ones, and the facts that their answers give."""
    questions: list[Made] = []
    facts: list[Fact] = []
    for number in range(draw(st.integers(2, 5))):
        name = f"q{number}"
        kind = draw(st.sampled_from(["one", "one", "several", "number", "text", "date"]))
        body: Made = {
            "id": name,
            "ref": "Q",
            "text": f"What of {name}?",
            "why": "To know.",
            "help": "Say it.",
            "kind": kind,
        }
        given: list[Fact] = [Fact(name, "number" if kind == "number" else "mark")]
        if kind in ("one", "several"):
            words = draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=4, unique=True))
            body["choices"] = [{"id": word, "label": f"The answer {word}"} for word in words]
            given = [Fact(name, "one", tuple(words))]
        if kind == "several":
            body["choices"][-1]["exclusive"] = draw(st.booleans())
            given = [
                *(Fact(f"{name}.{word}", "yes_no", (True, False)) for word in words),
                Fact(f"{name}.count", "number"),
            ]
        elif kind == "number":
            body["number"] = {"unit": "pieces", "min": draw(st.integers(-2, 2)), "max": 5}
        elif kind == "date":
            body["date"] = {"earliest": "2000-01-01", "latest": "2049-12-31", "meaning": "either"}
        elif kind == "text":
            body["max_length"] = 20
        if kind in ("number", "date") and draw(st.booleans()):
            body["none_choice"] = {"id": "nothing", "label": "Nothing yet"}
            given.append(Fact(f"{name}.given", "yes_no", (True, False)))
        if draw(st.booleans()) and facts:
            body["when"] = draw(conditions(facts, 0))
        questions.append(body)
        facts += given
    return questions, facts


@st.composite
def figure_lists(draw: DrawFn, facts: Sequence[Fact]) -> list[Made]:
    """Figures over the facts of answers and of the derive stratum, and over one another."""
    known = [fact for fact in facts if fact.done <= 0]
    found: list[Made] = []
    for number in range(draw(st.integers(0, 3))):
        name = f"f{number}"
        tables: Made = {}
        for fact in known:
            if fact.kind in ("one", "yes_no"):
                rows = [*(str(value).lower() for value in fact.values), "unknown"]
                tables[fact.id] = draw(st.dictionaries(st.sampled_from(rows), _ENDS, min_size=1))
        leaves: list[SearchStrategy[Made]] = [_ENDS.map(lambda ends: {"value": ends})]
        for leaf, names in (
            ("fact", [fact.id for fact in known if fact.kind == "number"]),
            ("table", list(tables)),
            ("figure", [body["id"] for body in found]),
        ):
            if names:
                leaves.append(st.sampled_from(names).map(lambda one, leaf=leaf: {leaf: one}))  # type: ignore[misc]
        formula = draw(st.recursive(st.one_of(leaves), _operators, max_leaves=5))
        words = {
            "ref": "F",
            "title": f"The figure {name}",
            "unit": "months",
            "text": "{low} to {high}",
            "text_same": "{low}",
        }
        found.append(
            {"id": name, **words, "when": draw(conditions(known, 1)), "tables": tables, "formula": formula,
             "claims": ["K1"], "sources": ["s1"], "show": draw(st.booleans())}
        )  # fmt: skip
        known += [Fact(f"{name}.{end}", "number", (), 1, 0) for end in ("low", "high")]
    return found


_ENDS: SearchStrategy[Any] = st.one_of(
    NUMBERS,
    st.sampled_from([4.3, -1.5, 0.25]),
    st.lists(NUMBERS, min_size=2, max_size=2).map(sorted),
)
_OPERATORS = st.sampled_from(["add", "subtract", "multiply", "divide", "longest", "shortest"])


def _operators(parts: SearchStrategy[Made]) -> SearchStrategy[Made]:
    lists = st.lists(parts, min_size=2, max_size=3)
    return st.tuples(_OPERATORS, lists).map(lambda pair: {pair[0]: pair[1]})
