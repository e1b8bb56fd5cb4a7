"""What cannot be checked, in words."""

from __future__ import annotations

from advisor.verifier.advice import ADVICE_CHECKS
from advisor.verifier.canonical import Hole, Json
from advisor.verifier.rulebook import QUOTED

UNPROVED = (
    "why questions that apply were not asked, and the proofs of it: `advisor receipt verify --rules` proves them anew"
)
UNCHECKED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("who made it, when, and with which version of the program: that takes a signature",
     ("versions", "advice/trace/versions")),
    ("where each answer came from (asked, a file, a default or other answers)", ("answers/*/origin",)),
    ("which pages a person approved: that takes the approvals beside the rules", ("advice/approvals",)),
    (UNPROVED, ("skipped/*/reason", "skipped/*/proof")),
)  # fmt: skip
"""What this file can never check, with the parts of the content (`*`: any name) that are meant."""


UNCHECKED_ALONE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("that every rule that could have fired is quoted: give --rulebook", ("rules",)),
    ("that rules, questions, options, facts, figures and sources are quoted as the rule base has them: give --rulebook",
     (*QUOTED, "sources", "advice/sources", "advice/trace/rulebase", "advice/trace/questionnaire")),
    ("the headings and the standing disclosures: give --rulebook", ("advice/headings", "advice/disclosures")),
    ("what no rule says: the summary of each option and its general points, the names of criteria, which gates are "
     "shown, what an answer about priorities did, and whether a reason or the plan leans with the publisher: "
     "give --rulebook",
     ("advice/options/*/summary", "advice/options/*/living_with_it", "advice/options/*/for", "advice/options/*/against",
      "advice/options/*/arithmetic/*/criterion_name", "advice/gates", "advice/recommendation/priority_effect",
      "advice/reasons/*/leans_with_publisher",
      "advice/plan/leans_with_publisher")),
)  # fmt: skip
"""What takes a rulebook to be checked."""


def beyond(content: Json, rulebook: Json = None, anew: bool = False) -> list[str]:
    """What cannot be checked of a receipt's content with what is given, in words; `anew`: it was also made anew."""
    named = [said for said, _ in UNCHECKED]
    if anew:
        return [said for said in named if said != UNPROVED]
    if rulebook is None:
        named += [said for said, _ in UNCHECKED_ALONE]
    else:
        named.append(f"that the rulebook is the true one ({rulebook['digest']}): get it from whom you trust")
    advice = content["advice"]
    parts = () if isinstance(advice, Hole) else advice
    return [*named, *(f"the part `{part}` of the advice" for part in parts if part not in ADVICE_CHECKS)]
