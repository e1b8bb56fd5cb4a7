"""Describes single things for an explanation: a rule, a clause, a fact and an answer, in words and as written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from advisor.explaining.view import View
from advisor.model.action_line import line_of
from advisor.model.advice import SourceNote
from advisor.model.answer_words import value_words
from advisor.model.condition import Clause, Condition, Value
from advisor.model.questionnaire import Question
from advisor.model.rule import RedFlag, Rule
from advisor.model.why import AnswerNote, Basis, ClaimNote, ClauseNote, FactNote, Need, RuleNote, Saying, WhyNode

_OPPOSITE: Mapping[Need, Need] = {
    "is": "is_not", "at_least": "below", "at_most": "above", "known": "unknown", "unknown": "known",
    "said": "not_said", "includes": "leaves_out", "leaves_out": "includes", "so": "not_so", "not_so": "so",
}  # fmt: skip


def answer_note(view: View, question: Question) -> AnswerNote:
    """A question with the user's answer by its label on the screen, or why there is none."""
    said = _saying(view, question)
    answer = value_words(question, view.trace.answers[question.id]) if said in ("answered", "followed") else ""
    return AnswerNote(question=question.id, text=question.text, said=said, answer=answer)


def fact_note(view: View, fact: str) -> FactNote:
    """A fact that no answer settles, with its value in words; a number is left to its unit."""
    spec, value = view.base.facts[fact], view.values.get(fact)
    reads = value if isinstance(value, str) else ""
    if isinstance(value, int) and not isinstance(value, bool):
        reads = f"{value:,}"
    elif value is not None and spec.phrases is not None:
        reads = spec.phrases[value]
    by = next((record.by for record in view.trace.facts if record.fact == fact), ())
    title = _flag_title(view, fact.removeprefix("flag.")) if fact.startswith("flag.") else spec.title
    return FactNote(fact=fact, title=title, value=value, reads=reads, unit=spec.unit, by=by)


def rule_note(view: View, rule: Rule) -> RuleNote:
    """A rule with its sentence, which only a rule that fired can fill with answers."""
    return RuleNote(
        id=rule.id,
        version=rule.version,
        stratum=rule.stratum,
        title=rule.title,
        text=view.why(rule) if rule.id in view.fired_ids else "",
        does=tuple(line_of(action) for action in rule.actions),
        caveats=rule.caveats,
        claims=rule.claims,
        sources=rule.sources,
    )


def clause_notes(view: View, when: Condition, because: Mapping[str, str]) -> tuple[ClauseNote, ...]:
    """Every clause of a condition; `because` gives the key of the node behind a fact, where there is one."""
    parts = (("all", when.all), ("any", when.any), ("none", when.none))
    return tuple(_clause(view, part, clause, because) for part, clauses in parts for clause in clauses)


def basis(view: View, nodes: Iterable[WhyNode]) -> Basis:
    """The claims and sources of the rules among some nodes, each once, in the order of their files."""
    rules = [node.rule for node in nodes if node.rule is not None]
    claims = {claim for rule in rules for claim in rule.claims}
    sources = {source for rule in rules for source in rule.sources}
    return Basis(
        claims=tuple(
            ClaimNote(id=claim.id, says=claim.says, hedge=claim.hedge)
            for claim in view.base.claims.values()
            if claim.id in claims
        ),
        sources=tuple(SourceNote.of(view.base, source) for source in view.base.sources if source in sources),
        rulebase=view.trace.rulebase,
        questionnaire=view.trace.questionnaire,
    )


def _saying(view: View, question: Question) -> Saying:
    if question.id in view.trace.set_aside:
        return "set_aside"
    given = view.trace.answers.get(question.id)
    if given is not None:
        said = next((view.said[fact] for fact in question.facts() if fact in view.said), "")
        if said:
            return "not_sure" if said == "not_sure" else "skip"
        return "followed" if question.id in view.followed else "answered"
    return "not_applying" if question.when.truth(view.known) is False else "not_asked"


def _clause(view: View, part: str, clause: Clause, because: Mapping[str, str]) -> ClauseNote:
    truth = clause.truth(view.known)
    helps = truth if part != "none" or truth is None else not truth
    needs, wants = _needs(view, clause)
    if part == "none":
        needs = _OPPOSITE[needs]
    return ClauseNote.model_validate(
        {
            "part": part,
            "clause": str(clause),
            "fact": clause.fact,
            "value": view.values.get(clause.fact),
            "truth": truth,
            "helps": helps,
            "needs": needs,
            "wants": wants,
            "because": because.get(clause.fact, ""),
        }
    )


def _needs(view: View, clause: Clause) -> tuple[Need, tuple[str, ...]]:
    """What a clause asks for, as a word and the values that would do, in words."""
    spec, first = view.base.facts[clause.fact], clause.values[0]
    if clause.test == "known":
        return ("known" if first else "unknown"), ()
    if clause.test == "said":
        return "said", (str(first),)
    if clause.test in ("at_least", "at_most"):
        return ("at_least" if clause.test == "at_least" else "at_most"), (f"{int(first):,}",)
    question = view.questionnaire.question_of_fact.get(clause.fact)
    if question is not None and spec.kind == "yes_no" and len(clause.values) == 1:
        label = spec.title if question.kind == "several" else question.none_choice.label if question.none_choice else ""
        there = bool(first) is (question.kind == "several")
        return ("includes" if there else "leaves_out"), (label,)
    if spec.phrases is None and spec.kind == "yes_no" and len(clause.values) == 1:
        return ("so" if first else "not_so"), ()
    return "is", tuple(_value_reads(view, clause.fact, value) for value in clause.values)


def _value_reads(view: View, fact: str, value: Value) -> str:
    question, spec = view.questionnaire.question_of_fact.get(fact), view.base.facts[fact]
    if question is not None and question.kind == "one":
        return value_words(question, str(value))
    if spec.phrases is not None and value in spec.phrases:
        return spec.phrases[value]
    return f"{value:,} {spec.unit}".rstrip() if isinstance(value, int) and spec.kind == "number" else str(value).lower()


def _flag_title(view: View, flag: str) -> str:
    """What a red flag is about: the titles of the rules that raised it; its id when none did."""
    return "; ".join(rule.title for rule, _, action in view.doing(RedFlag) if action.id == flag) or flag
