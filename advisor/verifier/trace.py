"""That the trace is the one worked out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from advisor.verifier.canonical import Hole, Json, Missing, canonical
from advisor.verifier.derivation import Derivation
from advisor.verifier.shape import differing


def check_trace(made: Derivation) -> Iterator[str]:
    """That the trace's facts, points, contest and choice are those worked out again."""
    for check in trace_checks(made):
        yield from check()


def trace_checks(made: Derivation) -> list[Callable[[], Iterator[str]]]:
    """The checks of the trace, each of a part."""
    return [lambda: _check_facts(made), lambda: _check_said(made), lambda: _check_outcome(made)]


def _check_facts(made: Derivation) -> Iterator[str]:
    trace = made.trace
    found = {one["fact"]: {**one, "by": sorted(one["by"])} for one in trace["facts"]}
    if len(found) != len(trace["facts"]):
        yield "trace.facts: a fact is there twice"
    yield from differing("trace.facts", found, made.records)


def _check_said(made: Derivation) -> Iterator[str]:
    for key, value in made_said(made.content["answers"]).items():
        yield from differing(f"trace.{key}", made.trace[key], value)


def made_said(answers: Json) -> dict[str, Json]:
    """What was answered and counted, by question, and what was set aside."""
    counted = {one["question"]: one for one in answers if one["counted"]}
    plain = {name: one["said"] if one["value"] is None else one["value"] for name, one in counted.items()}
    return {"answers": plain, "set_aside": [one["question"] for one in answers if not one["counted"]]}


def made_outcome(made: Derivation) -> dict[str, Json]:
    """What the firings came to."""
    content = made.content
    flags = [record for name, record in made.records.items() if name.startswith("flag.") and record["value"]]
    first, second, confidence = made.choice
    return {
        "red_flags": [{"id": f["fact"][len("flag.") :], "severity": f["value"], "rules": f["by"]} for f in flags],
        "tallies": [
            {"option": option, "rule": rule["id"], "criterion": one["criterion"], "points": points}
            for rule, one in made.doing("weigh")
            for option, points in one["points"].items()
        ],
        "totals": made.totals,
        "contest": {
            "branch": made.known.values.get("branch", ""),
            "order": made.order,
            "points": {option: made.totals[option] for option in made.order},
            "margin": made.margin,
            "tie_breaks": made.tie_breaks,
        },
        "proposals": made.proposals,
        "recommended": first,
        "runner_up": second,
        "confidence": confidence,
        "add_ons": [name for name in made.options if made.known.values.get(f"add_on.{name}") is True],
        "versions": content["versions"],
        "questionnaire": content["questionnaire"],
        "rulebase": {key: content["rulebase"][key] for key in ("id", "version", "digest")},
    }


def _check_outcome(made: Derivation) -> Iterator[str]:
    for key, value in made_outcome(made).items():
        shown = made.trace[key]
        if key in ("tallies", "red_flags"):  # the order of points within one rule is not part of the format
            shown, value = unordered(shown), unordered(value)
        yield from differing(f"trace.{key}", shown, value)


def unordered(items: Json) -> Json:
    """A list in an order that does not depend on the one given; a hole when a part of it was erased."""
    try:
        return sorted(items, key=canonical)
    except Missing as gone:
        return Hole(str(gone))
