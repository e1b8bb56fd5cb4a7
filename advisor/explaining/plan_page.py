"""Puts the plan page together: the answer, what stops it, the rows in time order, and what stands behind them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from advisor.explaining.plan_times import Moment, moment_of
from advisor.explaining.view import View
from advisor.model.page import QUESTION
from advisor.model.plan_page import (
    BLANK,
    AnswerSaid,
    NumberSaid,
    OtherChoice,
    PlanPage,
    ReasonSaid,
    RowSaid,
    Said,
    ScriptSaid,
    StopSaid,
)
from advisor.model.rule import WEIGHTS, CaseAnswer, Line, PlanRow, RedFlag, Rule, Say

T = TypeVar("T")
LEADING = 1  # lines of a part that keep their place before those that must be said
LEADING_REPLIES = 2  # the same of replies: what was asked first of the main question comes before a question besides
MOST_EARLY = 2  # lines of a part that come early because they must be said


def plan_page(view: View, as_of: datetime.date | None) -> PlanPage:
    """The page for a finished run. Nothing is said here that no fired rule says."""
    answers = _Answers(view)
    order = answers.pages
    rows = _rows(view, order, as_of)
    stops = _stops(view, order)
    replies = tuple(_lines(view, order, ("reply",), _said))
    reasons = tuple(_lines(view, order, ("reason", "against"), _reason))
    watch = tuple(_lines(view, order, ("watch",), _said))
    numbers = tuple(_lines(view, order, ("number",), _number))
    find_out = tuple(_lines(view, order, ("find_out",), _said))
    answer = answers.said(stops)
    other = answers.other()
    said = (replies, stops, rows, reasons, watch, numbers, find_out, [other] if other else [])
    return PlanPage.model_construct(
        as_of=as_of.isoformat() if as_of else None,
        whose=view.first_known("plan.whose."),
        answer=answer,
        stops=stops,
        rows=rows,
        replies=replies,
        reasons=reasons,
        watch=watch,
        numbers=numbers,
        other=other,
        find_out=find_out,
        scripts=_scripts(view, order),
        rests_on=_rests_on(answer, *said),
        leans_with_publisher=_leans(view, reasons, answer),
    )


class _Answers:
    """Which case answers: the one behind the recommendation, and, when it is of another page, that of the question."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.question = str(view.values.get(QUESTION, ""))
        chosen = next((p.rule for p in view.trace.proposals if p.standing == "recommended"), None)
        self.rule = view.base.by_id[chosen] if chosen is not None else None
        self.lead = next((a for a in self.rule.actions if isinstance(a, CaseAnswer)), None) if self.rule else None
        own = [(r, a) for r, _, a in view.doing(CaseAnswer) if a.page == self.question and a is not self.lead]
        own = [pair for pair in own if not self.lead or self.lead.page != self.question]
        self.own = min(own, key=lambda pair: pair[1].place) if own else None

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages whose rows come first: the one that leads, then the one that was asked."""
        return tuple(dict.fromkeys(page for page in (self.lead.page if self.lead else "", self.question) if page))

    def said(self, stops: Iterable[StopSaid]) -> AnswerSaid:
        view, recommended = self.view, self.view.trace.recommended
        parts: list[str] = []
        rules: list[Rule] = [self.rule] if self.rule else []
        if self.lead is not None:
            parts.append(view.fill(self.lead.text))
            how = view.words(f"plan.sure.{self.lead.sure}", because=view.fill_inside(self.lead.because))
            turns = view.words("plan.turns", turns=view.fill(self.lead.turns)) if self.lead.turns.source else ""
            sure = self.lead.sure
        else:
            option = view.base.options[recommended]
            parts.append(view.words("plan.fallback", headline=option.headline))
            sure = {"clear": "clear", "lean": "fairly", "toss_up": "close"}.get(view.trace.confidence, "open")
            how, turns = view.words(f"plan.sure_plain.{sure}"), ""
        if self.own is not None:
            parts.append(view.fill(self.own[1].brief))
            rules.append(self.own[0])
        for stop in stops:
            clause = self._clause(stop)
            if clause and recommended in stop.against and stop.rule not in {rule.id for rule in rules}:
                parts.append(view.words("plan.clause", clause=clause))
                rules.append(view.base.by_id[stop.rule])
        return AnswerSaid(
            page=self.lead.page if self.lead else "",
            asked=self.question,
            text=" ".join(parts),
            sure=sure,
            how_sure=" ".join(part for part in (how, turns) if part),
            rules=tuple(rule.id for rule in rules),
            claims=tuple(dict.fromkeys(claim for rule in rules for claim in rule.claims)),
            sources=tuple(dict.fromkeys(source for rule in rules for source in rule.sources)),
        )

    def _clause(self, stop: StopSaid) -> str:
        for flag in self.view.base.by_id[stop.rule].red_flags():
            if flag.clause is not None:
                return self.view.fill_inside(flag.clause)
        return ""

    def other(self) -> OtherChoice | None:
        if self.lead is None or self.rule is None or self.lead.right_when is None:
            return None
        return OtherChoice(
            text=self.view.fill(self.lead.right_when),
            rule=self.rule.id,
            claims=self.rule.claims,
            sources=self.rule.sources,
            option=self.lead.second,
            title=self.view.base.options[self.lead.second].title,
        )


def _ranked(view: View, found: Sequence[tuple[Rule, T]], order: Sequence[str]) -> list[tuple[Rule, T]]:
    """By page: that which leads, that which was asked, the others as listed; and as it is written there."""
    places: dict[str, int] = {}
    for page in (*order, *view.base.decision.pages, *view.base.pages):
        places.setdefault(page, len(places))
    return sorted(found, key=lambda pair: (places.get(pair[0].page, len(places)), pair[0].line, pair[0].id))


def _stops(view: View, order: Sequence[str]) -> tuple[StopSaid, ...]:
    """What must not be done yet, gravest first, and first of these what speaks against the recommended option."""
    found = [(rule, flag) for rule, _, flag in view.doing(RedFlag) if flag.stop is not None]
    named = view.trace.recommended
    made = [
        StopSaid(
            text=view.fill(flag.stop) if flag.stop else "",
            rule=rule.id,
            claims=rule.claims,
            sources=rule.sources,
            severity=flag.severity,
            against=flag.against,
        )
        for rule, flag in _ranked(view, found, order)
    ]
    return tuple(sorted(_once(made, lambda stop: stop.text), key=lambda s: (named not in s.against, -s.severity)))


def _rows(view: View, order: Sequence[str], as_of: datetime.date | None) -> tuple[RowSaid, ...]:
    """Every row, one for each key, in time order; those shown are the weightiest, of the leading pages first.

    A row of a page that neither leads nor was asked weighs one step less.
    """
    found = _once(
        _ranked(view, [(rule, row) for rule, _, row in view.doing(PlanRow)], order),
        lambda pair: pair[1].key or view.fill(pair[1].do),
    )
    most = view.base.decision.most_rows
    aside = [rule.page not in order for rule, _ in found]
    kept = sorted(range(len(found)), key=lambda i: (WEIGHTS.index(found[i][1].weight) + aside[i], i))[:most]
    timed = [(moment_of(view, row.time, as_of), i) for i, (_, row) in enumerate(found)]
    rows = []
    for moment, i in sorted(timed, key=lambda pair: (pair[0].sorts, pair[1])):
        rule, row = found[i]
        rows.append(_row(view, rule, row, moment, i in kept))
    return tuple(rows)


def _row(view: View, rule: Rule, row: PlanRow, moment: Moment, shown: bool) -> RowSaid:
    return RowSaid(
        title=rule.title,
        when=moment.words,
        kind=row.time.kind,
        due=moment.due,
        date=moment.date.isoformat() if moment.date else None,
        do=view.fill(row.do),
        done=view.fill_inside(row.done),
        key=row.key,
        weight=row.weight,
        shown=shown,
        rule=rule.id,
        claims=rule.claims,
        sources=rule.sources,
    )


def _lines(
    view: View, order: Sequence[str], parts: tuple[str, ...], make: Callable[[View, Rule, Line], T]
) -> Iterable[T]:
    found = [pair for pair in _told(view, order) if _part(pair[1]) in parts]
    ranked = _once(_ranked(view, found, order), lambda pair: _one_thing(view, pair[1]))
    ranked.sort(key=lambda pair: pair[1].weight == "could")
    for rule, line in _early(ranked, LEADING_REPLIES if parts == ("reply",) else LEADING):
        yield make(view, rule, line)


def _told(view: View, order: Sequence[str]) -> Iterable[tuple[Rule, Line]]:
    """What is told, but for the reply of a page to who has its question besides, where its case is the answer."""
    for rule, _, line in view.doing(Line):
        if not (_beside(line) and rule.page in order[:1]):
            yield rule, line


def _part(line: Line) -> str:
    """The part of the page in which a line stands: a reply that only says who can answer is something to find out."""
    return "find_out" if line.part == "reply" and line.weight == "could" else line.part


def _beside(line: Line) -> bool:
    """Whether a line replies to who came with another question; no other reply must be said."""
    return line.part == "reply" and line.weight == "must"


def _one_thing(view: View, line: Line) -> str:
    """What two lines share that say one thing: the figure, the wish that is replied to, or their words."""
    return line.figure or (line.fact if line.part == "reply" else view.fill(line.text))


def _early(ranked: list[tuple[Rule, Line]], leading: int) -> list[tuple[Rule, Line]]:
    """Lines that must be said stand right behind those that lead, however far down their page ranks; two at most."""
    first, later = ranked[:leading], ranked[leading:]
    early = [pair for pair in later if pair[1].weight == "must"][:MOST_EARLY]
    return [*first, *early, *(pair for pair in later if pair not in early)]


def _said(view: View, rule: Rule, line: Line) -> Said:
    return Said(text=view.fill(line.text), rule=rule.id, claims=rule.claims, sources=rule.sources)


def _reason(view: View, rule: Rule, line: Line) -> ReasonSaid:
    said = _said(view, rule, line)
    return ReasonSaid(**said.model_dump(), against=line.part == "against")


def _number(view: View, rule: Rule, line: Line) -> NumberSaid:
    figure = next((f for f in view.base.figures if f.id == line.figure), None)

    def end(name: str) -> int | None:
        value = view.values.get(f"{line.figure}.{name}")
        return value if isinstance(value, int) else None

    return NumberSaid(
        **_said(view, rule, line).model_dump(),
        figure=line.figure,
        title=figure.title if figure else "",
        low=end("low"),
        likely=end("likely"),
        high=end("high"),
        unit=figure.unit if figure else "",
    )


def _scripts(view: View, order: Sequence[str]) -> tuple[ScriptSaid, ...]:
    found = [(rule, say) for rule, _, say in view.doing(Say)]
    made = []
    for rule, say in _ranked(view, found, order):
        text = view.fill(say.text)
        made.append(
            ScriptSaid(
                text=text,
                rule=rule.id,
                claims=rule.claims,
                sources=rule.sources,
                to=view.fill_inside(say.to),
                by=say.by,
                blanks=text.count(BLANK),
            )
        )
    return tuple(made)


def _rests_on(answer: AnswerSaid, *groups: Iterable[Said | RowSaid]) -> tuple[str, ...]:
    """The sources of what is said, those of the answer first, then those that carry most lines."""
    count = Counter(source for group in groups for line in group for source in line.sources)
    first = {source: place for place, source in enumerate(answer.sources)}
    return tuple(sorted({*count, *first}, key=lambda s: (s not in first, -count[s], first.get(s, 0), s)))


def _leans(view: View, reasons: Iterable[ReasonSaid], answer: AnswerSaid) -> bool:
    claims = [*(claim for line in reasons for claim in line.claims), *answer.claims]
    return any(view.base.leans_with_publisher(claim) for claim in claims)


def _once(items: Iterable[T], key: Callable[[T], str]) -> list[T]:
    found: dict[str, T] = {}
    for item in items:
        found.setdefault(key(item), item)
    return list(found.values())
