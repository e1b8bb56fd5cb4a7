"""The case made for each option, and the one that is recommended."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.verifier.canonical import Hole, Json
from advisor.verifier.derivation import Derivation
from advisor.verifier.shape import differing
from advisor.verifier.words import Words, citing

Line = tuple[Json, str, int]  # a rule that gives points, what they are counted under, and how many


def _may_be_none(part: Json) -> bool:
    """Whether there is nothing there, or what was there was erased."""
    return part is None or isinstance(part, Hole)


def check_cases(made: Derivation, words: Words) -> Iterator[str]:
    """The case of each option: its standing, its points, and what speaks for and against it."""
    rejected = {one["option"]: one for one in made.content["rejected"]}
    shown = made.content["advice"]["options"]
    wrong = list(differing("advice.options", [case["option"] for case in shown], _order(made)))
    yield from wrong
    for case in () if wrong else shown:
        name = case["option"]
        expected, sums, lines = _case(made, words, name, rejected)
        yield from differing(f"advice.options, {name}", {key: case[key] for key in expected}, expected)
        told = [{key: one[key] for key in (sums[0] if sums else one)} for one in case["arithmetic"]]
        yield from differing(f"advice.options, {name}, arithmetic", told, sums)
        yield from _sides(made, words, name, case, lines)


def made_cases(made: Derivation, words: Words) -> list[Json]:
    """The case of each option, beside a rulebook."""
    rejected = {one["option"]: one for one in made.content["rejected"]}
    found = []
    for name in _order(made):
        case, sums, lines = _case(made, words, name, rejected)
        general = next(one for one in made.book["cases"] if one["option"] == name)
        sides = {side: _own(words, own) + _said_of_all(general[side]) for side, own in _on(made, name, lines).items()}
        found.append({"option": name, **case, "arithmetic": sums, **sides})
    return found


def _order(made: Derivation) -> list[str]:
    rank = {made.choice[0]: 0, made.choice[1]: 1}
    return sorted(made.options, key=lambda name: rank.get(name, 2))


def _case(made: Derivation, words: Words, name: str, rejected: Json) -> tuple[Json, list[Json], list[Line]]:
    """An option's case without its two sides, its arithmetic, and the points that rules gave it."""
    option = made.options[name]
    lines = [
        (rule, one["criterion"], one["points"][name]) for rule, one in made.doing("weigh") if name in one["points"]
    ]
    standing = "runner_up" if name == made.choice[1] else "possible"
    if option["kind"] == "add_on":
        standing = "not_added" if name in rejected else "added"
    elif name == made.choice[0]:
        standing = "recommended"
    elif rejected[name]["ruled_out_by"]:
        standing = "ruled_out"
    out = [rule for rule, one in made.doing("rule_out") if name in one["options"]]
    case = {
        "title": option["title"], "kind": option["kind"], "standing": standing,
        "points": sum(points for _, _, points in lines), "ruled_out_by": [rule["id"] for rule in out],
        "ruled_out_why": list(dict.fromkeys(words.fill(rule["why"]) for rule in out)),
    }  # fmt: skip
    sums = [{"rule": rule["id"], "criterion": criterion, "points": points} for rule, criterion, points in lines]
    if made.book is not None:
        general = next(one for one in made.book["cases"] if one["option"] == name)
        case |= {key: general[key] for key in ("summary", "living_with_it")}
        sums = [{**one, "criterion_name": made.book["criteria"][str(one["criterion"])]} for one in sums]
    return case, sums, lines


def _on(made: Derivation, name: str, lines: list[Line]) -> dict[str, list[tuple[Json, int | None]]]:
    """The rules that speak for an option and against it, with their points."""
    sides: dict[str, list[tuple[Json, int | None]]] = {
        "for": [(rule, points) for rule, _, points in lines if points > 0],
        "against": [(rule, points) for rule, _, points in lines if points < 0],
    }
    sides["for"] += [(rule, None) for rule, one in made.doing("add_on") if one["option"] == name]
    sides["against"] += [(rule, None) for rule, one in made.doing("red_flag") if name in one["against"]]
    return sides


def _own(words: Words, own: list[tuple[Json, int | None]]) -> list[Json]:
    """What these rules say, the weightiest first."""
    return [
        {"text": words.fill(rule["why"]), "rule": rule["id"], "points": points, **citing(rule)}
        for rule, points in sorted(own, key=lambda pair: (-abs(pair[1] or 0), pair[0]["id"]))
    ]


def _said_of_all(general: Json) -> list[Json]:
    """The general points of a side, which no rule speaks."""
    return [{**one, "rule": None, "points": None} for one in general]


def _sides(made: Derivation, words: Words, name: str, case: Json, lines: list[Line]) -> Iterator[str]:
    for side, own in _on(made, name, lines).items():
        expected, shown = _own(words, own), case[side]
        if made.book is not None:
            general = next(one for one in made.book["cases"] if one["option"] == name)
            expected += _said_of_all(general[side])
        elif len(shown) > len(expected) and all(_may_be_none(line["rule"]) for line in shown[len(expected) :]):
            shown = shown[: len(expected)]  # general points, which no rule speaks
        yield from differing(f"advice.options, {name}, {side}", shown, expected)


def check_recommendation(made: Derivation, words: Words) -> Iterator[str]:
    """That the recommendation is this one, in these words."""
    expected = made_recommendation(made, words)
    shown = made.content["advice"]["recommendation"]
    yield from differing("advice.recommendation", {key: shown[key] for key in expected}, expected)


def made_recommendation(made: Derivation, words: Words) -> Json:
    """The recommendation, in words."""
    first, second, confidence = made.choice
    lean, by_points = made.known.values.get("advice.lean"), _by_points(made)
    headline = words.heading(
        f"headline.{confidence}", headline=made.options[first]["headline"], second=made.options[lean or second]["name"]
    )
    how_sure = _how_sure(made, words)
    names = [made.options[add_on]["name"] for add_on in made.trace["add_ons"]]
    if names:
        how_sure += " " + words.heading("with_add_ons", add_ons=" and ".join(names))
    whys = " ".join(words.fill(made.rules[one["rule"]]["why"]) for one in made.tie_breaks)
    told = bool(whys) and (by_points or lean is not None)
    expected = {
        "option": first, "title": made.options[first]["title"], "add_ons": made.trace["add_ons"],
        "confidence": confidence, "headline": headline, "how_sure": how_sure, "runner_up": second,
        "runner_up_title": made.options[second]["title"], "lean": lean,
        "margin": made.margin if by_points and len(made.order) > 1 else None,
        "tie_broken": words.heading("tie_broken", why=whys) if told else None,
    }  # fmt: skip
    if made.book is not None:
        showing = made.book["showing"]
        asked = showing["priority_question"] in made.known.values
        expected["priority_effect"] = showing["priority_effect"] if asked else None
    return expected


def _by_points(made: Derivation) -> bool:
    """Whether the points settled it."""
    proposed = any(one["standing"] == "recommended" and one["confidence"] == "by_margin" for one in made.proposals)
    return proposed and made.order[:1] == [made.choice[0]]


def _how_sure(made: Derivation, words: Words) -> str:
    lean = made.known.values.get("advice.lean")
    if lean is not None:
        leaning = words.heading("provisional_lean", lean=made.options[lean]["name"])
        return f"{words.heading('how_sure.provisional')} {leaning}"
    if not _by_points(made) or len(made.order) < 2:
        return words.heading("how_sure.by_rule")
    first, second = (made.options[name]["name"] for name in made.order[:2])
    return words.heading(f"how_sure.{made.choice[2]}", first=first, second=second, margin=str(made.margin))
