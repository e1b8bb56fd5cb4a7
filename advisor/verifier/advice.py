"""The advice as shown: a check for each part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from advisor.verifier.approvals import check_approvals
from advisor.verifier.canonical import Json
from advisor.verifier.derivation import Derivation
from advisor.verifier.lines import made_asks, made_calls, made_figures, made_notes, made_red_flags, made_steps
from advisor.verifier.options import check_cases, check_recommendation, made_cases, made_recommendation
from advisor.verifier.plan import Plan
from advisor.verifier.reasons import made_reasons
from advisor.verifier.shape import differing
from advisor.verifier.unknowns import made_unknowns
from advisor.verifier.words import Words

FIRST_STEPS = 5  # shown first; the others are later steps


def check_advice(made: Derivation) -> Iterator[str]:
    """That what is shown is what the derivation came to, in the words of its rules and figures."""
    for check in advice_checks(made):
        yield from check()


def advice_checks(made: Derivation) -> list[Callable[[], Iterator[str]]]:
    """The checks of what is shown, each of a part."""
    words = Words(made)
    return [partial(check, made, words) for check in dict.fromkeys(ADVICE_CHECKS.values()) if check is not None]


Check = Callable[["Derivation", "Words"], Iterator[str]]


def _same(part: str, made: Callable[[Derivation, Words], Json]) -> Check:
    """The check that a part of the advice is as it is made anew."""
    return lambda one, words: differing(f"advice.{part}", one.content["advice"][part], made(one, words))


def _both_steps(made: Derivation, words: Words) -> Iterator[str]:
    steps = made_steps(made, words)
    for part, expected in (("next_steps", steps[:FIRST_STEPS]), ("later_steps", steps[FIRST_STEPS:])):
        yield from differing(f"advice.{part}", made.content["advice"][part], expected)


def made_gates(made: Derivation, words: Words) -> list[Json]:
    """The gates; beside a rulebook, none where they are not shown."""
    if made.book is not None:
        showing = made.book["showing"]
        if (
            made.choice[0] not in showing["gates_shown_for"]
            or made.known.values.get("branch") not in showing["gates_in"]
        ):
            return []
    whys = {
        one["fact"]: words.fill(rule["why"])
        for rule, one in made.doing("conclude") if one["fact"].startswith("gate.")
    }  # fmt: skip
    return [
        {
            "id": spec["fact"], "title": spec["title"], "text": whys.get(spec["fact"], ""),
            "state": str(made.known.values.get(spec["fact"], "unknown")),
        }
        for spec in made.content["facts"] if spec["fact"].startswith("gate.")
    ]  # fmt: skip


def _gates(made: Derivation, words: Words) -> Iterator[str]:
    expected = made_gates(made, words)
    shown = made.content["advice"]["gates"]
    if made.book is not None or shown:
        yield from differing("advice.gates", shown, expected)


def made_aside(made: Derivation, words: Words) -> list[Json]:
    """That answers were set aside, a sentence for each."""
    return [
        words.heading("set_aside", question=made.questions[name]["wording"]["text"])
        for name in made.trace["set_aside"]
    ]  # fmt: skip


def _cited(advice: Json) -> set[str]:
    """The sources that the advice cites."""
    groups = [advice[part] for part in ("reasons", "red_flags", "next_steps", "later_steps", "notes", "figures")]
    groups += [case[side] for case in advice["options"] for side in ("for", "against")]
    plan = advice["plan"]
    groups += [plan["rows"], plan["scripts"], [plan["other"]] if plan["other"] else []]
    return {source for group in groups for line in group for source in line["sources"]} | {*plan["rests_on"]}


def made_sources(made: Derivation, cited: set[str]) -> list[Json]:
    """What the rulebook says of some sources, in its order."""
    return [one for one in made.book["sources"] if one["id"] in cited]


def _sources(made: Derivation, words: Words) -> Iterator[str]:
    advice = made.content["advice"]
    cited = _cited(advice)
    shown = [one["id"] for one in advice["sources"]]
    if made.book is None:
        shown, expected = sorted(shown), sorted(cited)
    else:
        expected = [one["id"] for one in made_sources(made, cited)]
        due = [one["id"] for one in made.book["sources"]]
        ordered = sorted((one["id"] for one in made.content["sources"]), key=due.index)
        yield from differing("content.sources", [one["id"] for one in made.content["sources"]], ordered)
    yield from differing("advice.sources", shown, expected)


def made_disclosures(advice: Json) -> tuple[dict[str, bool], list[Json]]:
    """The disclosures that hang on the reasons, with whether each is due, and those that are."""
    grades = {one["id"]: one["grade"] for one in advice["sources"]}
    due = {
        "bias_note": any(one["leans_with_publisher"] for one in advice["reasons"]),
        "composite_note": any(grades[s] == "composite" for one in advice["reasons"] for s in one["sources"]),
    }
    return due, [{"id": name, "text": advice["headings"][name]} for name, shown in due.items() if shown]


def _disclosures(made: Derivation, words: Words) -> Iterator[str]:
    advice = made.content["advice"]
    due, expected = made_disclosures(advice)
    if made.book is not None:
        yield from differing("advice.disclosures", advice["disclosures"], [*made.book["disclosures"], *expected])
        return
    shown = [one for one in advice["disclosures"] if one["id"] in due]
    yield from differing("advice.disclosures, of these reasons", shown, expected)


def _named(made: Derivation, words: Words) -> Iterator[str]:
    for key, value in (
        ("review_by", made.content["expires"]),
        ("rulebase", made.trace["rulebase"]),
        ("questionnaire", made.trace["questionnaire"]),
    ):
        yield from differing(f"advice.{key}", made.content["advice"][key], value)


def _plan(made: Derivation, words: Words) -> Iterator[str]:
    return Plan(made, words).problems()


def made_advice(made: Derivation, unknowns: bool = True) -> Json:
    """All that is shown, beside a rulebook, without the trace: worked out again, each part from those before it; the
    unknowns, which take long, only where they are asked for."""
    words, advice = Words(made), made.content["advice"]
    steps = made_steps(made, words)
    advice |= {
        "recommendation": made_recommendation(made, words),
        "reasons": made_reasons(made, words), "red_flags": made_red_flags(made, words),
        "gates": made_gates(made, words), "next_steps": steps[:FIRST_STEPS], "later_steps": steps[FIRST_STEPS:],
        "questions_to_ask": made_asks(made, words), "calls": made_calls(made, words),
        "figures": made_figures(made, words), "unknowns": made_unknowns(made, words) if unknowns else [],
        "options": made_cases(made, words), "notes": made_notes(made, words), "set_aside": made_aside(made, words),
        "plan": dict(Plan(made, words).parts()), "review_by": made.content["expires"],
        "rulebase": made.trace["rulebase"], "questionnaire": made.trace["questionnaire"], "proofs": None,
    }  # fmt: skip
    advice["sources"] = made_sources(made, _cited(advice))
    advice["disclosures"] = [*made.book["disclosures"], *made_disclosures(advice)[1]]
    return {key: part for key, part in advice.items() if key not in ("trace", "approvals")}


ADVICE_CHECKS: dict[str, Check | None] = {
    "plan": _plan,
    "red_flags": _same("red_flags", made_red_flags),
    "questions_to_ask": _same("questions_to_ask", made_asks),
    "calls": _same("calls", made_calls),
    "notes": _same("notes", made_notes),
    "figures": _same("figures", made_figures),
    "next_steps": _both_steps,
    "later_steps": _both_steps,
    "reasons": _same("reasons", made_reasons),
    "options": check_cases,
    "recommendation": check_recommendation,
    "unknowns": _same("unknowns", made_unknowns),
    "gates": _gates,
    "set_aside": _same("set_aside", made_aside),
    "sources": _sources,
    "disclosures": _disclosures,
    "review_by": _named,
    "rulebase": _named,
    "questionnaire": _named,
    "headings": None,  # laid beside the rulebook
    "trace": None,  # followed and worked out again
    "proofs": None,  # there are none in receipts
    "approvals": check_approvals,
}
"""The check of each part of the advice; one part that had none would be named as not checked."""
