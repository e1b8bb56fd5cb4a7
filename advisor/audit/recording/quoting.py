"""Quotes a rule base and a questionnaire as plain data, so that a receipt stands without them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from advisor.audit.model.quotes import (
    QuotedAction,
    QuotedClause,
    QuotedCondition,
    QuotedContest,
    QuotedContradiction,
    QuotedDecision,
    QuotedFact,
    QuotedFigure,
    QuotedOption,
    QuotedPage,
    QuotedQuestion,
    QuotedRule,
    QuotedRuleBase,
    QuotedTerm,
    QuotedTime,
    ShownChoice,
    Wording,
)
from advisor.audit.model.rulebook import QuotedCase, QuotedShowing
from advisor.audit.recording.seal import digest, plain
from advisor.model.condition import Clause, Condition
from advisor.model.facts import FactSpec
from advisor.model.figures import Figure, FormulaTerm
from advisor.model.page import Page, opening
from advisor.model.questionnaire import Choice, Contradiction, Question
from advisor.model.rule import (
    Action,
    Add,
    AddOn,
    Ask,
    BreakTie,
    Call,
    CaseAnswer,
    Conclude,
    Line,
    NextStep,
    Note,
    PlanRow,
    Recommend,
    RedFlag,
    Rule,
    RuleOut,
    Say,
    Time,
    Weigh,
)
from advisor.model.rulebase import Option, RuleBase
from advisor.model.template import Template


def quoted_rulebase(base: RuleBase) -> QuotedRuleBase:
    """Which rule base it is, with a digest for each file."""
    return QuotedRuleBase(
        id=base.about.id, version=base.about.version, dated=base.about.dated, digest=base.digest, files=dict(base.files)
    )


def quoted_rule(rule: Rule, base: RuleBase) -> QuotedRule:
    """A rule of a rule base, with the digests of its file and of the quotation."""
    quoted: dict[str, Any] = {
        "id": rule.id,
        "title": rule.title,
        "version": rule.version,
        "stratum": rule.stratum,
        "page": rule.page,
        "line": rule.line,
        "when": plain(quoted_condition(rule.when)),
        "then": [_ACTIONS[type(action)](action) for action in rule.actions],
        "why": rule.why.source,
        "caveats": list(rule.caveats),
        "claims": list(rule.claims),
        "sources": list(rule.sources),
        "review_by": rule.review_by,
        "file": rule.file,
        "file_digest": base.files[rule.file],
    }
    quoted["then"] = [plain(QuotedAction(**action)) for action in quoted["then"]]
    return QuotedRule.model_validate({**quoted, "digest": digest(quoted)})


def quoted_condition(condition: Condition) -> QuotedCondition:
    """The three lists of clauses, as written."""
    lists = {
        name: tuple(_clause(clause) for clause in clauses)
        for name, clauses in (("all", condition.all), ("any", condition.any), ("none", condition.none))
    }
    return QuotedCondition.model_validate(lists)


def quoted_fact(spec: FactSpec) -> QuotedFact:
    """A fact of the vocabulary."""
    phrases = tuple(spec.phrases.items()) if spec.phrases is not None else None
    return QuotedFact(
        fact=spec.id, title=spec.title, kind=spec.kind, origin=spec.origin, finished=spec.finished,
        otherwise=spec.otherwise, phrases=phrases,
    )  # fmt: skip


def quoted_option(option: Option) -> QuotedOption:
    """An option's names."""
    return QuotedOption(id=option.id, kind=option.kind, name=option.name, title=option.title, headline=option.headline)


def quoted_case(option: Option) -> QuotedCase:
    """What is said of an option whatever the answers are."""
    pros, cons = (
        [{"text": one.text, "claims": one.claims, "sources": one.sources} for one in side]
        for side in (option.pros, option.cons)
    )
    about = {"option": option.id, "summary": option.summary, "living_with_it": option.living_with_it}
    return QuotedCase.model_validate({**about, "for": tuple(pros), "against": tuple(cons)})


def quoted_showing(base: RuleBase) -> QuotedShowing:
    """When advice shows what no rule says."""
    decision = base.decision
    return QuotedShowing(
        gates_shown_for=decision.gates_shown_for,
        gates_in=decision.gates_in,
        priority_question=decision.priority_question,
        priority_effect=decision.priority_effect,
        leanings={claim.id: claim.leans for claim in base.claims.values()},
        publisher_sells=base.about.publisher_sells,
        publisher_claims=tuple(claim for claim in base.claims if base.leans_with_publisher(claim)),
    )


def quoted_decision(base: RuleBase) -> QuotedDecision:
    """Who competes where, how points turn into confidence, and which pages of rules speak to whom."""
    decision = base.decision
    contests = tuple(
        QuotedContest(branch=one.branch, options=one.options, decisive=one.decisive)
        for one in decision.contests.values()
    )
    return QuotedDecision(
        close_within=decision.close_within, bands=decision.bands, contests=contests, fallback=decision.fallback,
        most_rows=decision.most_rows,
        pages=tuple(_page(base.pages[name]) for name in dict.fromkeys((*decision.pages, *base.pages))),
        asked_also=decision.asked_also, main_question=next(iter(decision.came_with), ""),
    )  # fmt: skip


def _page(page: Page) -> QuotedPage:
    clause = opening(page)
    opens = None if clause is None else _clause(clause)
    return QuotedPage(id=page.id, opens=opens, questions=page.questions)


def _clause(clause: Clause) -> QuotedClause:
    return QuotedClause(fact=clause.fact, test=clause.test, values=clause.values)


def quoted_figure(figure: Figure) -> QuotedFigure:
    """A figure's formula, with exact numbers as text, and its sentences."""
    return QuotedFigure(
        id=figure.id,
        title=figure.title,
        unit=figure.unit,
        when=quoted_condition(figure.when),
        tables={
            fact: {row: (str(low), str(high)) for row, (low, high) in rows.items()}
            for fact, rows in figure.tables.items()
        },
        likely_rows={
            fact: {row: str(number) for row, number in rows.items()} for fact, rows in figure.likely_rows.items()
        },
        formula=_term(figure.formula),
        text=figure.text.source,
        text_same=figure.text_same.source,
        claims=figure.claims,
        sources=figure.sources,
        show=figure.show,
    )


def quoted_question(question: Question) -> QuotedQuestion:
    """A question with the wording that the user is shown, and the digest of that wording."""
    number, dated = question.kind == "number", question.kind == "date"
    wording = Wording(
        text=question.text,
        why=question.why,
        help=question.help,
        choices=tuple(_choice(choice) for choice in question.choices),
        none_choice=_choice(question.none_choice) if question.none_choice is not None else None,
        unit=question.unit if number else None,
        minimum=question.minimum if number else None,
        maximum=question.maximum if number else None,
        max_length=question.max_length if question.kind == "text" else None,
        earliest=question.earliest.isoformat() if dated else None,
        latest=question.latest.isoformat() if dated else None,
        meaning=question.meaning if dated else None,
        not_before=question.not_before or None,
    )
    return QuotedQuestion(
        id=question.id, kind=question.kind, core=question.core, asked=question.asked, private=question.private,
        alone=tuple(choice.id for choice in question.choices if choice.exclusive),
        when=quoted_condition(question.when), wording=wording, wording_digest=digest(plain(wording)),
    )  # fmt: skip


def quoted_contradiction(one: Contradiction) -> QuotedContradiction:
    """A contradiction that is refused."""
    return QuotedContradiction(id=one.id, between=one.between, when=quoted_condition(one.when), text=one.text)


def _choice(choice: Choice) -> ShownChoice:
    return ShownChoice(id=choice.id, label=choice.label, help=choice.help)


def _term(term: FormulaTerm) -> QuotedTerm:
    if term.op in ("value", "input"):
        likely = None if term.likely is None else str(term.likely)
        ends = {"low": str(term.low), "high": str(term.high), "likely": likely}
        return QuotedTerm.model_validate({"op": term.op, "name": term.name or None, **ends})
    if term.parts:
        return QuotedTerm.model_validate({"op": term.op, "parts": tuple(_term(part) for part in term.parts)})
    return QuotedTerm.model_validate({"op": term.op, "name": term.name})


def _made(do: str, *keys: str) -> Callable[[Any], dict[str, Any]]:
    """A quoter of the action's own fields of these names."""
    return lambda action: {"do": do, **{key: _written(getattr(action, key)) for key in keys}}


def _written(value: Any) -> Any:
    """A field's value as the page has it."""
    return value.source if isinstance(value, Template) else value


def _time(time: Time) -> QuotedTime:
    return QuotedTime(kind=time.kind, days=time.days, of=time.of, event=_written(time.event))


_ACTIONS: Mapping[type[Action], Callable[[Any], dict[str, Any]]] = {
    Conclude: _made("conclude", "fact", "value"),
    Add: _made("add", "to", "points"),
    RuleOut: _made("rule_out", "options"),
    RedFlag: _made("red_flag", "id", "severity", "action", "against", "stop", "clause"),
    AddOn: _made("add_on", "option"),
    Weigh: lambda action: {"do": "weigh", "criterion": action.criterion, "points": dict(action.points)},
    BreakTie: _made("break_tie", "order", "tiers"),
    Recommend: _made("recommend", "option", "priority", "confidence"),
    CaseAnswer: _made(
        "answer", "page", "leads", "place", "text", "brief", "sure", "because", "turns", "second", "right_when"
    ),
    PlanRow: lambda action: {
        "do": "plan_row", "time": _time(action.time), "text": action.do.source, "done": action.done.source,
        "key": action.key, "weight": action.weight,
    },
    Line: _made("line", "part", "text", "figure", "fact", "weight"),
    Say: _made("say", "to", "by", "text"),
    NextStep: _made("next_step", "order", "timing", "text"),
    Ask: _made("ask", "to", "order", "text"),
    Call: _made("call", "who", "about"),
    Note: _made("note", "topic", "text"),
}  # fmt: skip
