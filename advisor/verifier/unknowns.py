"""What was not answered, and how much an answer could move."""

from __future__ import annotations

from collections.abc import Iterable

from advisor.verifier.canonical import Json
from advisor.verifier.conditions import Known, facts_of
from advisor.verifier.derivation import Derivation
from advisor.verifier.words import Words


def made_unknowns(made: Derivation, words: Words) -> list[Json]:
    """The questions that apply and have no answer, those that matter most first."""
    contest = made.contests.get(made.known.values.get("branch"))
    decisive = contest["decisive"] if contest else []
    alone = _reading_one(made.content["rules"])
    found = []
    for place, (name, question) in enumerate(made.questions.items()):
        facts = facts_of(question)
        if (
            made.known.values.keys() & set(facts)
            or not question["asked"]
            or made.known.when(question["when"]) is not True
        ):
            continue
        move, text = _could_move(made, question, alone.get(name, ())), question["wording"]["text"]
        matters = name in decisive or move > 0
        line = {
            "question": name, "text": text, "matters": matters, "could_move": move,
            "why_unknown": next((made.known.said[fact] for fact in facts if fact in made.known.said), "not_asked"),
            "effect": words.heading("unknown_matters", question=text) if matters else "",
        }  # fmt: skip
        found.append(((not matters, -move, place), line))
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


def _reading_one(rules: list[Json]) -> dict[str, list[Json]]:
    """The rules that read one fact alone, by that fact."""
    found: dict[str, list[Json]] = {}
    for rule in rules:
        facts = {clause["fact"] for part in ("all", "any", "none") for clause in rule["when"][part]}
        if len(facts) == 1:
            found.setdefault(facts.pop(), []).append(rule)
    return found


def _could_move(made: Derivation, question: Json, alone: Iterable[Json]) -> int:
    """The most points by which one answer could shift the first two of the contest, by rules that read it alone."""
    if len(made.order) < 2 or question["kind"] != "one":
        return 0
    first, second = made.order[:2]
    name, moves = question["id"], [0]
    for choice in question["wording"]["choices"]:
        told = Known()
        told.values[name] = choice["id"]
        given = [
            one["points"]
            for rule in alone if told.when(rule["when"]) is True
            for one in rule["then"] if one["do"] == "weigh"
        ]  # fmt: skip
        moves.append(abs(sum(points.get(first, 0) - points.get(second, 0) for points in given)))
    return max(moves)
