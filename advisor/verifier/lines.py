"""Steps, questions to ask, calls, notes, red flags and figures, each from the rule that speaks it."""

from __future__ import annotations

import re

from advisor.verifier.canonical import Json
from advisor.verifier.derivation import Derivation
from advisor.verifier.words import Words, citing


def made_steps(made: Derivation, words: Words) -> list[Json]:
    """The next steps, in their order, each sentence once."""
    found: dict[str, Json] = {}
    for rule, one in sorted(made.doing("next_step"), key=lambda pair: (pair[1]["order"], pair[0]["id"])):
        text = words.fill(one["text"])
        step = {"order": one["order"], "timing": one["timing"], "text": text, "why": words.fill(rule["why"])}
        found.setdefault(text, {**step, "rule": rule["id"], **citing(rule)})
    return list(found.values())


def made_asks(made: Derivation, words: Words) -> list[Json]:
    """The questions to ask."""
    ordered = sorted(made.doing("ask"), key=lambda pair: (pair[1]["to"], pair[1]["order"], pair[0]["id"]))
    return [
        {"to": one["to"], "text": words.fill(one["text"]), "why": words.fill(rule["why"]), "rule": rule["id"],
         "claims": rule["claims"]}
        for rule, one in ordered
    ]  # fmt: skip


def made_calls(made: Derivation, words: Words) -> list[Json]:
    """Whom to call."""
    ordered = sorted(made.doing("call"), key=lambda pair: str(pair[0]["id"]))
    return [{"who": one["who"], "about": words.fill(one["about"]), "rule": rule["id"]} for rule, one in ordered]


def made_notes(made: Derivation, words: Words) -> list[Json]:
    """The notes, by topic."""
    ordered = sorted(made.doing("note"), key=lambda pair: (pair[1]["topic"], pair[0]["id"]))
    return [
        {"topic": one["topic"], "text": words.fill(one["text"]), "rule": rule["id"], **citing(rule)}
        for rule, one in ordered
    ]


def made_red_flags(made: Derivation, words: Words) -> list[Json]:
    """The red flags, the gravest first, each as the rule that raised it highest says it."""
    gravest: dict[str, Json] = {}
    for rule, one in made.doing("red_flag"):
        if one["id"] not in gravest or one["severity"] > gravest[one["id"]]["severity"]:
            gravest[one["id"]] = {
                "id": one["id"], "severity": one["severity"], "text": words.fill(rule["why"]), "rule": rule["id"],
                "severity_name": made.content["advice"]["headings"][f"severity.{one['severity']}"],
                "action": words.fill(one["action"]), "against": one["against"], **citing(rule),
            }  # fmt: skip
    number = {flag: int(re.sub(r"\D", "", flag) or 0) for flag in gravest}
    return sorted(gravest.values(), key=lambda flag: (-flag["severity"], number[flag["id"]], flag["id"]))


def made_figures(made: Derivation, words: Words) -> list[Json]:
    """The figures that are shown, each with its sentence."""
    found = []
    for one in made.content["figures"]:
        low, high = (made.known.values.get(f"{one['id']}.{end}") for end in ("low", "high"))
        if one["show"] and low is not None and high is not None:
            text = words.fill(one["text_same" if low == high else "text"], low=f"{low:,}", high=f"{high:,}")
            shown = {"id": one["id"], "title": one["title"], "low": low, "high": high, "unit": one["unit"]}
            found.append({**shown, "text": text, **citing(one)})
    return found
