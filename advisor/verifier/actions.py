"""The actions of rules: what each has, what it concludes, and the line that the trace has of it."""

from __future__ import annotations

from collections.abc import Callable

from advisor.verifier.canonical import Json
from advisor.verifier.shape import PLAIN, TEXTS, Maybe

WEIGHTS = ("must", "should", "could")
ACTIONS: dict[str, dict[str, Json]] = {
    "conclude": {"fact": str, "value": PLAIN},
    "add": {"to": str, "points": int},
    "rule_out": {"options": TEXTS},
    "red_flag": {
        "id": str,
        "severity": int,
        "action": str,
        "against": TEXTS,
        "stop": Maybe(str),
        "clause": Maybe(str),
    },
    "add_on": {"option": str},
    "weigh": {"criterion": str, "points": {"*": int}},
    "break_tie": {"order": int, "tiers": [TEXTS]},
    "recommend": {"option": str, "priority": int, "confidence": str},
    "answer": {
        **dict.fromkeys(("page", "leads", "text", "brief", "because", "turns", "second"), str),
        "place": int,
        "sure": {"clear", "fairly", "close", "open"},
        "right_when": Maybe(str),
    },
    "plan_row": {
        "time": {
            "kind": {"today", "this_week", "by_day", "every_days", "before", "within", "after", "not_before", "later"},
            "days": int,
            "of": str,
            "event": Maybe(str),
        },
        "text": str,
        "done": str,
        "key": str,
        "weight": {*WEIGHTS},
    },
    "line": {
        "part": {"reason", "against", "watch", "number", "find_out", "reply"},
        "text": str,
        "figure": str,
        "fact": str,
        "weight": {*WEIGHTS},
    },
    "say": {"to": str, "by": {"email", "call", "letter"}, "text": str},
    "next_step": {"order": int, "timing": str, "text": str},
    "ask": {"to": str, "order": int, "text": str},
    "call": {"who": str, "about": str},
    "note": {"topic": str, "text": str},
}
ACTION: tuple[Json, ...] = tuple({**keys, "do": {do}} for do, keys in ACTIONS.items())
"""The schema says of actions only which keys there are; each has those of its own, all of them."""


def conclusions_of(action: Json) -> dict[str, Json]:
    """The facts that an action of a rule concludes, with their values."""
    if action["do"] == "conclude":
        return {action["fact"]: action["value"]}
    if action["do"] == "rule_out":
        return {f"out.{option}": True for option in action["options"]}
    return {f"add_on.{action['option']}": True} if action["do"] == "add_on" else {}


def line_of(action: Json) -> str:
    """The line that the trace has of an action."""
    do = action["do"]
    if do == "conclude":
        value = action["value"]
        return f"conclude {action['fact']} = {str(value).lower() if isinstance(value, bool) else value}"
    if do == "weigh":
        points = ", ".join(f"{option} {given:+d}" for option, given in sorted(action["points"].items()))
        return f"weigh {action['criterion']}: {points}"
    if do == "break_tie":
        return f"break ties at order {action['order']}: " + " before ".join(" or ".join(t) for t in action["tiers"])
    sentences: dict[str, Callable[[], str]] = {
        "add": lambda: f"add {action['points']:+d} to {action['to']}",
        "rule_out": lambda: "rule out " + ", ".join(action["options"]),
        "red_flag": lambda: f"raise {action['id']} at severity {action['severity']}",
        "add_on": lambda: f"add on {action['option']}",
        "recommend": lambda: f"propose {action['option']} at priority {action['priority']} ({action['confidence']})",
        "answer": lambda: f"answer the question of page {action['page']}",
        "plan_row": lambda: "give a row of the plan",
        "line": lambda: f"give a line: {action['part'].replace('_', ' ')}",
        "say": lambda: f"give words for {action['to']}",
        "next_step": lambda: f"give a next step at order {action['order']}",
        "ask": lambda: f"give a question for the {action['to']}",
        "call": lambda: "name whom to call",
        "note": lambda: "give a note",
    }
    return sentences[do]()
