"""Puts every printed reason to the test, for a rule author who doubts an explanation.

A reason is necessary when some smallest change of the answers behind it, after which its rule stays silent, changes the
advice, a tally or the margin too. It is sufficient when its rule still fires with the listed answers alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Literal, TypeAlias

from advisor.advice import Advisor
from advisor.errors import ContradictionError
from advisor.explaining.derivation import Derivation
from advisor.explaining.view import View
from advisor.loading.answers import check_answers
from advisor.model.advice import Advice
from advisor.model.answers import Answer, Answers, Raw
from advisor.model.trace import Frozen, Trace
from advisor.proving.changes import MOST_CHANGES, Found, changed, firing
from advisor.proving.prover import Prover
from advisor.proving.search import search

Kind: TypeAlias = Literal["reason", "red_flag", "point", "ruled_out", "step"]
KINDS: tuple[Kind, ...] = ("reason", "red_flag", "point", "ruled_out", "step")

Verdict: TypeAlias = Literal["changes", "line", "nothing", "held"]
"""What comes of silencing a rule by its own answers: the advice, a tally or the margin `changes`; only its `line` is
gone; `nothing` is; or no other answers silence it at all, because the rest of the answers `held` it fast."""

_KEPT = ("answered", "not_sure", "skip")


class Finding(Frozen):
    """How one printed line stood the test: `rule` says what is printed as a line of this kind."""

    kind: Kind
    rule: str
    verdict: Verdict
    sufficient: bool

    @property
    def necessary(self) -> bool:
        """Whether silencing the rule changes what it must: for a step its own line is enough."""
        return self.verdict == "changes" or (self.kind == "step" and self.verdict == "line")


class KindScore(Frozen):
    """How many lines of a kind were put to the test, and how many passed."""

    kind: Kind
    lines: int
    necessary: int
    sufficient: int


class Unfaithful(Frozen):
    """A rule that failed as a line of some kind, in which way, and how many times."""

    finding: Finding
    times: int


class Score(Frozen):
    """The tests of some pieces of advice, counted: one entry for each kind, and all that failed in order of kind."""

    advice: int
    kinds: tuple[KindScore, ...]
    unfaithful: tuple[Unfaithful, ...]


class Faithfulness:
    """Puts the explanations of one advisor to the test."""

    def __init__(self, advisor: Advisor, prover: Prover) -> None:
        """`prover` is of the advisor's own rules."""
        self._advisor, self.prover = advisor, prover

    def findings(self, answers: Answers | Mapping[str, Raw]) -> tuple[Finding, ...]:
        """How each printed line of the advice for some answers stood the test, a rule once for each kind of line.

        Raises as `Advisor.advise`.
        """
        if not isinstance(answers, Answers):
            answers = check_answers(answers, self._advisor.questionnaire)
        trial = _Trial(self._advisor, self.prover, answers)
        return tuple(
            Finding(kind=kind, rule=rule, verdict=trial.verdict(rule), sufficient=trial.sufficient(rule))
            for kind, rule in dict.fromkeys(printed(trial.advice))
        )


def printed(advice: Advice) -> Iterator[tuple[Kind, str]]:
    """The kind and the rule of every printed line that gives a rule as its reason."""
    yield from (("reason", reason.rule) for reason in advice.reasons)
    yield from (("red_flag", flag.rule) for flag in advice.red_flags)
    for option in advice.options:
        yield from (("point", line.rule) for line in (*option.pros, *option.cons) if line.rule is not None)
        yield from (("ruled_out", rule) for rule in option.ruled_out_by)
    yield from (("step", step.rule) for step in (*advice.next_steps, *advice.later_steps))


def score(found: Iterable[tuple[Finding, ...]]) -> Score:
    """The findings of some pieces of advice, counted."""
    each = [*found]
    findings = [finding for one in each for finding in one]
    failed = Counter(f for f in findings if not (f.necessary and f.sufficient))
    ordered = sorted(failed.items(), key=lambda item: (KINDS.index(item[0].kind), item[0].rule, item[0].verdict))
    return Score(
        advice=len(each),
        kinds=tuple(_counted(kind, [f for f in findings if f.kind == kind]) for kind in KINDS),
        unfaithful=tuple(Unfaithful(finding=finding, times=times) for finding, times in ordered),
    )


def _counted(kind: Kind, findings: list[Finding]) -> KindScore:
    return KindScore(
        kind=kind,
        lines=len(findings),
        necessary=sum(finding.necessary for finding in findings),
        sufficient=sum(finding.sufficient for finding in findings),
    )


class _Trial:
    """The tests of one piece of advice; each changed set of answers is traced once."""

    def __init__(self, advisor: Advisor, prover: Prover, answers: Answers) -> None:
        self._advisor, self._prover, self._answers = advisor, prover, answers
        self._given = {answer.question: answer for answer in answers}
        self.advice = advisor.advise(answers)
        self._view = View(advisor.rulebase, advisor.questionnaire, self.advice.trace)
        self._traces: dict[Answers, Trace] = {}
        self._singles: dict[Answers, str] = {}
        self._verdicts: dict[str, Verdict] = {}

    def sufficient(self, rule: str) -> bool:
        """Whether a rule fires with no answers but those that its derivation lists."""
        nodes = Derivation(self._view).grow([f"rule {rule}"]).values()
        listed = {node.answer.question for node in nodes if node.answer is not None and node.answer.said in _KEPT}
        kept = tuple(answer for answer in self._answers if answer.question in listed)
        return _fires(rule, self._trace(Answers(kept)))

    def verdict(self, rule: str) -> Verdict:
        """What comes of silencing a rule by changing the answers behind it."""
        if rule not in self._verdicts:
            self._verdicts[rule] = self._silenced(rule)
        return self._verdicts[rule]

    def _silenced(self, rule: str) -> Verdict:
        behind = self._behind(rule)
        if any(q in behind and self._changes(rule, answers) for answers, q in self._singles.items()):
            return "changes"
        for silencing in (self._smallest, self._one_choice, self._one_choice_and_more):
            silenced = []
            for answers in silencing(rule, behind):
                if self._changes(rule, answers):
                    return "changes"
                silenced.append(answers)
            if silenced:
                return "line" if any(self._line_gone(rule, answers) for answers in silenced) else "nothing"
        return "held"

    def _smallest(self, rule: str, behind: frozenset[str]) -> Iterator[Answers]:
        """The answers after each smallest set of changes with which a rule is silent."""
        yield from self._searched(self._answers, rule, behind)

    def _one_choice(self, rule: str, behind: frozenset[str]) -> Iterator[Answers]:
        """The answers with just one choice where several were picked, if a rule is then silent."""
        yield from (one for _, one in self._one_choice_each(behind) if not _fires(rule, self._trace(one)))

    def _one_choice_and_more(self, rule: str, behind: frozenset[str]) -> Iterator[Answers]:
        """The same with the smallest changes of other answers that silence a rule then."""
        for question, one in self._one_choice_each(behind):
            yield from self._searched(one, rule, behind - {question})

    def _searched(self, start: Answers, rule: str, behind: frozenset[str]) -> Iterator[Answers]:
        goal = firing(rule, fires=False)
        for size in range(1, MOST_CHANGES + 1):
            found = search(self._prover, start, goal, up_to=size, only=behind).found
            yield from (self._changed(start, one) for one in found if len(one.changes) == size)

    def _behind(self, rule: str) -> frozenset[str]:
        """The questions behind the facts that a rule matched, and behind rules that had to stay silent for it."""
        nodes = Derivation(self._view, deep=True).grow([f"rule {rule}"]).values()
        return frozenset(node.answer.question for node in nodes if node.answer is not None)

    def _one_choice_each(self, behind: frozenset[str]) -> Iterator[tuple[str, Answers]]:
        """Each question of several choices with the answers in which one choice stands alone, where that can be."""
        questionnaire = self._advisor.questionnaire
        for answer in self._answers:
            if answer.question not in behind or not isinstance(answer.value, tuple):
                continue
            for choice in questionnaire.question(answer.question).choices:
                alone = Answer(answer.question, (choice.id,))
                answers = Answers.of({**self._given, answer.question: alone}, questionnaire)
                with suppress(ContradictionError):
                    self._trace(answers)
                    yield answer.question, answers

    def _changed(self, start: Answers, found: Found) -> Answers:
        """The answers after a set of changes; those of one change are kept to be tried on other rules too."""
        questionnaire = self._advisor.questionnaire
        given = {answer.question: answer for answer in start}
        for change in found.changes:
            given[change.question] = changed(change, given.get(change.question), questionnaire.by_id)
        answers = Answers.of(given, questionnaire)
        if start is self._answers and len(found.changes) == 1:
            self._singles[answers] = found.changes[0].question
        return answers

    def _changes(self, rule: str, answers: Answers) -> bool:
        """Whether a rule is silent with other answers, and the advice, a tally or the margin differs."""
        trace = self._trace(answers)
        return not _fires(rule, trace) and _outcome(trace) != self._outcome

    @cached_property
    def _outcome(self) -> tuple[object, ...]:
        return _outcome(self.advice.trace)

    def _line_gone(self, rule: str, answers: Answers) -> bool:
        """Whether some step of a rule is gone with other answers, and no other rule gives it in the same words."""
        now, then = self.advice, self._advisor.advise(answers)
        left = {step.text for step in (*then.next_steps, *then.later_steps)}
        return any(step.rule == rule and step.text not in left for step in (*now.next_steps, *now.later_steps))

    def _trace(self, answers: Answers) -> Trace:
        if answers not in self._traces:
            self._traces[answers] = self._advisor.trace(answers)
        return self._traces[answers]


def _fires(rule: str, trace: Trace) -> bool:
    return any(firing.rule == rule for firing in trace.firings)


def _outcome(trace: Trace) -> tuple[object, ...]:
    """What counts as a change: the main option, how sure we are, the add-ons, the red flags, the points, the margin."""
    contest = trace.contest
    return (trace.recommended, trace.confidence, trace.add_ons, trace.red_flags, trace.totals, contest.margin)
