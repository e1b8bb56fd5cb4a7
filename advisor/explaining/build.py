"""Puts the advice together from a trace: the headline, and every part the other explainers make."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from advisor.explaining import plan
from advisor.explaining.approved import approvals
from advisor.explaining.cases import option_cases
from advisor.explaining.influence import Influence
from advisor.explaining.plan_page import plan_page
from advisor.explaining.reasons import reasons
from advisor.explaining.unknowns import unknowns
from advisor.explaining.view import View
from advisor.model.advice import Advice, Disclosure, Reason, Recommendation, SourceNote
from advisor.model.questionnaire import Questionnaire
from advisor.model.rulebase import RuleBase
from advisor.model.trace import Trace


class Explainer:
    """Explains traces of one rule base; what depends on the rules alone is worked out once."""

    def __init__(self, base: RuleBase, questionnaire: Questionnaire) -> None:
        self._base, self._questionnaire = base, questionnaire
        self._influence = Influence(base, questionnaire)
        self._sources = {source: SourceNote.of(base, source) for source in base.sources}
        self._disclosures = tuple(Disclosure(id=name, text=text) for name, text in base.about.disclosures)
        self._headings = dict(base.wording)

    def explain(self, trace: Trace) -> Advice:
        """The advice that a trace supports; nothing is said that the trace and the rules do not hold."""
        view = View(self._base, self._questionnaire, trace)
        why = reasons(view)
        first_steps, later_steps = plan.steps(view)
        flags = plan.red_flags(view)
        notes = plan.notes(view)
        figures = plan.figures(view)
        options = option_cases(view)
        page = plan_page(view, trace.as_of)
        used = {*page.rests_on} | _cited(
            why, flags, first_steps, later_steps, notes, figures, page.rows, page.scripts,
            [page.other] if page.other else [], *(o.pros + o.cons for o in options),
        )  # fmt: skip
        return Advice.model_construct(
            plan=page,
            recommendation=_recommendation(view),
            reasons=why,
            red_flags=flags,
            gates=plan.gates(view),
            next_steps=first_steps,
            later_steps=later_steps,
            questions_to_ask=plan.asks(view),
            calls=plan.calls(view),
            figures=figures,
            unknowns=unknowns(view, self._influence),
            options=options,
            notes=notes,
            set_aside=tuple(self._set_aside(view)),
            sources=tuple(note for source, note in self._sources.items() if source in used),
            disclosures=(*self._disclosures, *_case_disclosures(view, why)),
            review_by=min(rule.review_by for rule, _ in view.fired) if view.fired else "",
            headings=self._headings,
            rulebase=trace.rulebase,
            questionnaire=trace.questionnaire,
            trace=trace,
            proofs=None,
            approvals=approvals(self._base, trace),
        )

    def _set_aside(self, view: View) -> Iterable[str]:
        for question in view.trace.set_aside:
            yield view.words("set_aside", question=self._questionnaire.question(question).text)


class _Citing(Protocol):
    @property
    def sources(self) -> tuple[str, ...]: ...


def _cited(*groups: Iterable[_Citing]) -> set[str]:
    return {source for group in groups for line in group for source in line.sources}


def _case_disclosures(view: View, why: tuple[Reason, ...]) -> Iterable[Disclosure]:
    if any(reason.leans_with_publisher for reason in why):
        yield Disclosure(id="bias_note", text=view.base.wording["bias_note"])
    if any(view.base.sources[source].grade == "composite" for reason in why for source in reason.sources):
        yield Disclosure(id="composite_note", text=view.base.wording["composite_note"])


def _recommendation(view: View) -> Recommendation:
    trace, base = view.trace, view.base
    contest = trace.contest
    option, second = base.options[trace.recommended], base.options[trace.runner_up]
    lean = contest.order[0] if trace.confidence == "provisional" and contest.order else None
    by_points = any(p.standing == "recommended" and p.confidence == "by_margin" for p in trace.proposals)
    by_points = by_points and contest.order[:1] == (option.id,)
    how_sure = _how_sure(view, by_points, lean)
    names = [base.options[add_on].name for add_on in trace.add_ons]
    if names:
        how_sure += " " + view.words("with_add_ons", add_ons=" and ".join(names))
    return Recommendation(
        option=option.id,
        title=option.title,
        add_ons=trace.add_ons,
        confidence=trace.confidence,
        headline=view.words(
            f"headline.{trace.confidence}", headline=option.headline, second=view.name(lean or second.id)
        ),
        how_sure=how_sure,
        runner_up=second.id,
        runner_up_title=second.title,
        margin=contest.margin if by_points and len(contest.order) > 1 else None,
        lean=lean,
        tie_broken=_tie_broken(view) if by_points or lean else None,
        priority_effect=base.decision.priority_effect if base.decision.priority_question in view.values else None,
    )


def _how_sure(view: View, by_points: bool, lean: str | None) -> str:
    contest = view.trace.contest
    if lean is not None:
        return view.words("how_sure.provisional") + " " + view.words("provisional_lean", lean=view.name(lean))
    if not by_points or len(contest.order) < 2:
        return view.words("how_sure.by_rule")
    first, second = contest.order[:2]
    return view.words(
        f"how_sure.{view.trace.confidence}",
        first=view.name(first), second=view.name(second), margin=str(contest.margin),
    )  # fmt: skip


def _tie_broken(view: View) -> str | None:
    breaks = view.trace.contest.tie_breaks
    if not breaks:
        return None
    whys = " ".join(view.why(view.base.by_id[tie.rule]) for tie in breaks)
    return view.words("tie_broken", why=whys)
