"""Writes the choice as a program: sums of points, who leads each contest, what breaks ties, and which proposal wins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from advisor.model.rule import CONFIDENCES, BreakTie, CaseAnswer, Recommend, Weigh
from advisor.model.rulebase import Contest, RuleBase
from advisor.proving.encode_answers import body, known
from advisor.proving.encode_rules import fires, is_, numbers_needed, tested
from advisor.proving.literals import Literal, thresholds


def out(option: str) -> str:
    """The atom that says an option is ruled out."""
    return is_(f"out.{option}", True)


class PointSums:
    """The points that rules give options, and the differences of their sums that the program asks about."""

    def __init__(self, base: RuleBase) -> None:
        self._weights: dict[str, dict[str, int]] = {option.id: {} for option in base.main_options}
        for rule in base.active:
            for action in rule.actions:
                if isinstance(action, Weigh):
                    for option, points in action.points.items():
                        mine = self._weights[option]
                        mine[rule.id] = mine.get(rule.id, 0) + points
        self._ahead: dict[tuple[str, str, int], None] = {}
        self._total: dict[tuple[str, int], None] = {}

    def ahead(self, one: str, other: str, by: int) -> str:
        """The literal that says the points of one option are ahead of another's by at least so many.

        Of each two options one is always named first, so that what is the same is asked by the same name.
        """
        if one > other:
            return _not(self.ahead(other, one, 1 - by))
        self._ahead[one, other, by] = None
        return f'ahead("{one}","{other}",{by})'

    def above(self, one: str, other: str, listed: Sequence[str]) -> str:
        """The literal that says one option stands above another: more points, or as many and listed earlier."""
        first, second = (one, other) if listed.index(one) < listed.index(other) else (other, one)
        literal = self.ahead(first, second, 0)
        return literal if first == one else _not(literal)

    def total(self, option: str, number: int) -> None:
        """Ask for `total(option, number)`: the option has at least so many points."""
        self._total[option, number] = None

    @property
    def asked(self) -> tuple[tuple[str, str, int], ...]:
        """The differences asked about: one option, another, and by at least how many points it is ahead."""
        return tuple(self._ahead)

    def sums(self) -> Iterator[str]:
        """The sums behind everything that was asked."""
        for one, other, by in self._ahead:
            mine, theirs = self._weights[one], self._weights[other]
            difference = {r: mine.get(r, 0) - theirs.get(r, 0) for r in {**mine, **theirs}}
            yield f'ahead("{one}","{other}",{by}) :- {by} <= #sum {{ {_terms(difference)} }}.'
        for (*pair, less), (*same, more) in pairwise(sorted(self._ahead)):  # known anyway, and soon seen by the solver
            if pair == same:
                yield f':- ahead("{pair[0]}","{pair[1]}",{more}), not ahead("{pair[0]}","{pair[1]}",{less}).'
        for option, number in self._total:
            yield f'total("{option}",{number}) :- {number} <= #sum {{ {_terms(self._weights[option])} }}.'


def _not(literal: str) -> str:
    return literal.removeprefix("not ") if literal.startswith("not ") else f"not {literal}"


def _terms(weights: Mapping[str, int]) -> str:
    return "; ".join(f'{weight},"{rule}": {fires(rule)}' for rule, weight in weights.items() if weight)


def tallies(base: RuleBase, points: PointSums, literals: Mapping[str, Sequence[Literal]]) -> Iterator[str]:
    """The tests on tallies."""
    for option in base.main_options:
        wanted = literals.get(f"tally.{option.id}", ())
        for number in sorted(set().union(*(numbers_needed(li) for li in wanted))):
            points.total(option.id, number)
        yield from tested(wanted, f"tally.{option.id}", f'total("{option.id}",{{}})')


def contests(base: RuleBase, points: PointSums, literals: Mapping[str, Sequence[Literal]]) -> Iterator[str]:
    """Who stands in each branch's contest, who leads it and who is second, and the tests on that."""
    limits = {limit + 1 for _, limit in base.decision.bands if limit is not None}
    margins = limits.union(*(numbers_needed(li) for li in literals.get("lead.margin", ())))
    ties = [(a.order, r.id, a) for r in base.active for a in r.actions if isinstance(a, BreakTie)]
    ties.sort(key=lambda tie: tie[:2])
    for contest in base.decision.contests.values():
        yield from _standing(contest, base.decision.close_within, points)
        for number, (_, rule, tie) in enumerate(ties, 1):
            yield from _tie(contest, number, rule, tie)
        yield from _order(contest, len(ties), points)
        yield from _margins(contest, sorted(margins), points)
    for name, atom in (("lead.option", "lead"), ("lead.second", "second")):
        yield from _option_tests(base, name, atom, literals.get(name, ()))
    yield from (f'{known("lead.margin")} :- second("{option.id}").' for option in base.main_options)
    for literal in literals.get("lead.margin", ()):
        if literal.op not in ("known", "unknown"):
            yield from (f"{literal.text} :- {known('lead.margin')}, {w}." for w in thresholds(literal, "margin({})"))


def _standing(contest: Contest, close_within: int, points: PointSums) -> Iterator[str]:
    b = contest.branch
    for option in contest.options:
        runs = f'runs("{b}","{option}")'
        yield f"{runs} :- {is_('branch', b)}, not {out(option)}."
        yield f'ranked("{option}") :- {runs}.'
        for rival in (o for o in contest.options if o != option):
            ahead = points.ahead(rival, option, close_within + 1)
            yield f'far("{b}","{option}") :- {runs}, runs("{b}","{rival}"), {ahead}.'
        yield f'close("{b}",0,"{option}") :- {runs}, not far("{b}","{option}").'


def _tie(contest: Contest, number: int, rule: str, tie: BreakTie) -> Iterator[str]:
    """One tie-breaker: of those still close it leaves the ones of the first tier that holds any."""
    b, before, after = contest.branch, number - 1, number
    for j, tier in enumerate(tie.tiers):
        among = [option for option in contest.options if option in tier]
        holds = [f'holds("{b}",{number},{j})', *(f'not holds("{b}",{number},{k})' for k in range(j))]
        yield from (f'{holds[0]} :- close("{b}",{before},"{option}").' for option in among)
        yield f'narrows("{b}",{number},{j}) :- {fires(rule)}, {", ".join(holds)}.'
        yield f'narrowed("{b}",{number}) :- narrows("{b}",{number},{j}).'
        for o in among:
            yield f'close("{b}",{after},"{o}") :- close("{b}",{before},"{o}"), narrows("{b}",{number},{j}).'
    for o in contest.options:
        yield f'close("{b}",{after},"{o}") :- close("{b}",{before},"{o}"), not narrowed("{b}",{number}).'


def _order(contest: Contest, last: int, points: PointSums) -> Iterator[str]:
    """The first of those still close leads; the others follow by points, then as listed."""
    b, listed = contest.branch, contest.options
    for o in listed:
        lead, rest = f'lead("{b}","{o}")', f'rest("{b}","{o}")'
        for rival in (r for r in listed if r != o):
            above = points.above(rival, o, listed)
            yield f'led("{b}","{o}") :- close("{b}",{last},"{o}"), close("{b}",{last},"{rival}"), {above}.'
            yield f'passed("{b}","{o}") :- {rest}, rest("{b}","{rival}"), {above}.'
            yield f'before("{o}","{rival}") :- {lead}, rest("{b}","{rival}").'
            yield f'before("{rival}","{o}") :- {rest}, rest("{b}","{rival}"), {above}.'
        yield f'{lead} :- close("{b}",{last},"{o}"), not led("{b}","{o}").'
        yield f'{rest} :- runs("{b}","{o}"), not {lead}.'
        yield f'second("{b}","{o}") :- {rest}, not passed("{b}","{o}").'
        yield f'lead("{o}") :- {lead}.'
        yield f'second("{o}") :- second("{b}","{o}").'


def _margins(contest: Contest, margins: Sequence[int], points: PointSums) -> Iterator[str]:
    for one in contest.options:
        for other in (o for o in contest.options if o != one):
            pair = f'lead("{contest.branch}","{one}"), second("{contest.branch}","{other}")'
            for number in margins:
                if number <= 0:
                    yield f"margin({number}) :- {pair}."
                else:
                    yield f"margin({number}) :- {pair}, {points.ahead(one, other, number)}."
                    yield f"margin({number}) :- {pair}, {points.ahead(other, one, number)}."


def _option_tests(base: RuleBase, fact: str, atom: str, literals: Sequence[Literal]) -> Iterator[str]:
    for option in base.main_options:
        yield f'{known(fact)} :- {atom}("{option.id}").'
        for literal in literals:
            if literal.op in ("in", "not_in") and literal.passes(option.id):
                yield f'{literal.text} :- {atom}("{option.id}").'


def decision(base: RuleBase, points: PointSums, literals: Mapping[str, Sequence[Literal]]) -> Iterator[str]:
    """Which proposal wins, who is the runner-up, how sure, and the tests on that."""
    proposals = [(a, r) for r in base.active for a in r.actions if isinstance(a, Recommend)]
    proposals.sort(key=lambda pair: (pair[0].priority, pair[1].id))
    for i, (proposal, rule) in enumerate(proposals):
        option, confidence = proposal.option, proposal.confidence
        yield f"proposed({i}) :- {fires(rule.id)}, not {out(option)}."
        yield f'other({i}) :- proposed({i}), not recommended("{option}").'
        yield from _first(i, "proposed", "wins")
        yield from _first(i, "other", "follows")
        yield f'recommended("{option}") :- wins({i}).'
        yield f'runner_up("{option}") :- follows({i}).'
        if any(isinstance(action, CaseAnswer) for action in rule.actions):
            yield f'answers("{rule.id}") :- wins({i}).'
        if confidence == "by_margin":
            yield from (f'sure("{word}") :- wins({i}), band("{word}").' for word, _ in base.decision.bands)
        else:
            yield f'sure("{confidence}") :- wins({i}).'
    last = len(proposals)
    nothing = f"not some_proposed({last})"
    yield f'recommended("{base.decision.fallback}") :- {nothing}.'
    yield f'sure("provisional") :- {nothing}.'
    yield from _bands(base)
    yield from _runner_up(base, points, f"not some_other({last})")
    for fact, atom in (("advice.option", "recommended"), ("advice.second", "runner_up"), ("advice.lean", "lean")):
        yield from _option_tests(base, fact, atom, literals.get(fact, ()))
    yield from (f'lean("{o.id}") :- sure("provisional"), lead("{o.id}").' for o in base.main_options)
    yield f"{known('advice.confidence')}."
    for literal in literals.get("advice.confidence", ()):
        for word in CONFIDENCES:
            if literal.op in ("in", "not_in") and literal.passes(word):
                yield f'{literal.text} :- sure("{word}").'


def _first(i: int, kind: str, first: str) -> Iterator[str]:
    """`first(i)` holds for the first i of its kind; `some_kind(i)` says there is one before i."""
    yield f"some_{kind}({i + 1}) :- {kind}({i})."
    yield f"some_{kind}({i + 1}) :- some_{kind}({i})."
    yield f"{first}({i}) :- {kind}({i}), not some_{kind}({i})."


def _bands(base: RuleBase) -> Iterator[str]:
    over: list[str] = []
    for confidence, limit in base.decision.bands:
        stop = [] if limit is None else [f"not margin({limit + 1})"]
        yield f'band("{confidence}"){body(*over, *stop)}.'
        if limit is None:
            return
        over.append(f"margin({limit + 1})")
    yield f'band("{base.decision.bands[-1][0]}"){body(*over)}.'


def _runner_up(base: RuleBase, points: PointSums, no_proposal: str) -> Iterator[str]:
    """Without another proposal: the next of the contest, else the most points, else the fallback."""
    listed = [option.id for option in base.main_options]
    for option in listed:
        yield f'led_to("{option}") :- lead("{option}"), recommended("{option}").'
        yield f'in_contest("{option}") :- lead("{option}"), not recommended("{option}").'
        yield from (f'in_contest("{option}") :- second("{option}"), led_to("{rival}").' for rival in listed)
        yield f'some_contest :- in_contest("{option}").'
        yield f'runner_up("{option}") :- in_contest("{option}"), {no_proposal}.'
        yield f'spare("{option}") :- not {out(option)}, not recommended("{option}").'
        yield f'some_spare :- spare("{option}").'
        yield f'runner_up("{option}") :- spare("{option}"), not lower("{option}"), not some_contest, {no_proposal}.'
    for one, other in combinations(listed, 2):
        ahead = points.ahead(one, other, 0)
        yield f'lower("{other}") :- spare("{one}"), spare("{other}"), {ahead}.'
        yield f'lower("{one}") :- spare("{one}"), spare("{other}"), {_not(ahead)}.'
    yield f'runner_up("{base.decision.fallback}") :- not some_spare, not some_contest, {no_proposal}.'
