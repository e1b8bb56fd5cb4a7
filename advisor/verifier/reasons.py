"""The reasons that are shown, chosen again from the rules that fired."""

from __future__ import annotations

from advisor.verifier.canonical import Hole, Json, Missing
from advisor.verifier.derivation import Derivation
from advisor.verifier.words import SLOT, Words, citing

MOST_REASONS = 4


def made_reasons(made: Derivation, words: Words) -> list[Json]:
    """The reasons that are shown."""
    matched = {firing["rule"]: firing["matched"] for firing in made.firings}
    shown = {one["rule"]: one["leans_with_publisher"] for one in made.content["advice"]["reasons"]}
    found = []
    for name in _principal(made):
        rule = made.rules[name]
        points: dict[str, int] = {}
        for action in rule["then"]:
            if action["do"] == "weigh":
                points.update(action["points"])
        reason = {"rule": name, "text": words.fill(rule["why"]), "facts": matched[name], "points": points}
        leans = shown.get(name, False)
        if made.book is not None:
            leaning, sold = made.book["showing"]["leanings"], made.book["showing"]["publisher_sells"]
            leans = any(one.startswith("K") and leaning.get(one) in sold for one in rule["claims"])
        found.append({**reason, "caveats": rule["caveats"], "leans_with_publisher": leans, **citing(rule)})
    return found


def _there(text: str) -> str:
    """A text of the receipt, for what cannot be told that it was erased. Raises Missing."""
    if isinstance(text, Hole):
        raise Missing(text.path)
    return text


def _principal(made: Derivation) -> list[str]:
    """The rules that settled it, closed a rival option, or set the option apart most; at most four, that speak of an
    answer if any does."""
    every = [*_settling(made, False), *_closing(made), *_weighing(made)]
    telling = [rule["id"] for rule in every if any(slot[2] is None for slot in SLOT.finditer(_there(rule["why"])))]
    return list(dict.fromkeys(telling or [rule["id"] for rule in _settling(made, True)]))[:MOST_REASONS]


def _settling(made: Derivation, points_too: bool) -> list[Json]:
    winners = {one["rule"] for one in made.proposals if one["standing"] == "recommended"}
    won = [(rule, one) for rule, one in made.doing("recommend") if rule["id"] in winners]
    won.sort(key=lambda pair: (pair[1]["priority"], pair[0]["id"]))
    return [rule for rule, one in won if points_too or one["confidence"] != "by_margin"]


def _closing(made: Derivation) -> list[Json]:
    contest = made.contests.get(made.known.values.get("branch"))
    rivals = {*(contest["options"] if contest else ())} - {made.choice[0]}
    return [rule for rule, one in made.doing("rule_out") if rivals & {*one["options"]}]


def _weighing(made: Derivation) -> list[Json]:
    first, second, confidence = made.choice
    if confidence == "provisional" and made.order:
        first, second = made.order[0], made.order[1] if len(made.order) > 1 else second
    rivals = [option for option in dict.fromkeys((*made.order, second)) if option != first]
    in_favor = [(rule, one["points"]) for rule, one in made.doing("weigh") if one["points"].get(first, 0) > 0]

    def lead(points: Json, others: list[str]) -> int:
        return sum(points[first] - points.get(other, 0) for other in others)

    by_all = sorted(in_favor, key=lambda pair: (-lead(pair[1], rivals), pair[0]["id"]))
    by_second = sorted(in_favor, key=lambda pair: (-lead(pair[1], [second]), -pair[1][first], pair[0]["id"]))
    return [rule for pair in zip(by_all, by_second) for rule, _ in pair]  # noqa: B905
