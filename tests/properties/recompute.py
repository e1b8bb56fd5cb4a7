"""Works the advice out again from the JSON of a trace and `decision.yaml` alone: no rule file, no engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from tests.helpers.reference_engine import Choice, Contest, ReferenceBase

Plain: TypeAlias = dict[str, Any]


def recompute(trace: Plain, base: ReferenceBase) -> Plain:
    """What the trace's own lines (`did`) come to. Of `base` only the decision file is used."""
    facts = {fact["fact"]: fact["value"] for fact in trace["facts"]}
    ruled_out = {option for _, (options,) in _lines(trace, r"rule out (.+)") for option in options.split(", ")}
    totals = dict.fromkeys(trace["totals"], 0)
    for _, (sums,) in _lines(trace, r"weigh [^:]+: (.+)"):
        for term in sums.split(", "):
            option, points = term.split(" ")
            totals[option] += int(points)
    breakers = [
        (int(order), rule, [tier.split(" or ") for tier in tiers.split(" before ")])
        for rule, (order, tiers) in _lines(trace, r"break ties at order (-?\d+): (.*)")
    ]
    contest = base.compete(facts["branch"], totals, ruled_out, breakers)
    proposals = [
        (int(priority), rule, option, confidence)
        for rule, (option, priority, confidence) in _lines(trace, r"propose (\S+) at priority (-?\d+) \((\w+)\)")
    ]
    choice = base.choose(proposals, ruled_out, contest, totals)
    flags: dict[str, int] = {}
    for _, (flag, severity) in _lines(trace, r"raise (\S+) at severity (\d)"):
        flags[flag] = max(int(severity), flags.get(flag, 0))
    return _view(totals, contest, choice, flags, {option for _, (option,) in _lines(trace, r"add on (\S+)")})


def stated(trace: Plain) -> Plain:
    """What the trace says came of it, in the same words."""
    contest = Contest(tuple(trace["contest"]["order"]), trace["contest"]["margin"])
    choice = Choice(trace["recommended"], trace["runner_up"], trace["confidence"])
    flags = {flag["id"]: flag["severity"] for flag in trace["red_flags"]}
    return _view(trace["totals"], contest, choice, flags, set(trace["add_ons"]))


def _view(totals: Plain, contest: Contest, choice: Choice, flags: dict[str, int], add_ons: set[str]) -> Plain:
    return {
        "totals": totals,
        "order": contest.order,
        "margin": contest.margin,
        "choice": choice,
        "flags": flags,
        "add-ons": add_ons,
    }


def _lines(trace: Plain, pattern: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The parts of each line of what was done that matches, with the rule that did it."""
    for firing in trace["firings"]:
        for line in firing["did"]:
            found = re.fullmatch(pattern, line)
            if found:
                yield firing["rule"], found.groups()
