"""The use case: answers in, advice out. The only module that knows the order of the stages."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from functools import cache
from threading import RLock
from typing import TYPE_CHECKING

from advisor._version import __version__
from advisor.errors import CallError, ProofError
from advisor.explaining.build import Explainer
from advisor.inference.confirming import Confirmer
from advisor.inference.engine import Engine
from advisor.inference.paged_engine import PagedEngine
from advisor.inference.program import compile_rules
from advisor.inference.run import run
from advisor.inference.striking import StrikingEngine
from advisor.inference.to_trace import trace_of
from advisor.loading.answers import check_answers
from advisor.loading.rulebase import load_both
from advisor.model.advice import Advice
from advisor.model.answers import Answers, Raw
from advisor.model.calls import must_be, path_of
from advisor.model.condition import Knowledge
from advisor.model.forking import whole
from advisor.model.questionnaire import Questionnaire
from advisor.model.rulebase import RuleBase
from advisor.model.trace import Trace

if TYPE_CHECKING:
    from advisor.challenge.challenger import Challenger


class Advisor:
    """A rule base and a questionnaire, compiled and ready. Several may live side by side; all are safe in threads.

    `rulebase` and `questionnaire` are the frozen data it runs on.
    """

    @whole
    def __init__(self, rulebase: RuleBase, questionnaire: Questionnaire) -> None:
        """Raises RuleBaseError for rules that the engine cannot run safely."""
        must_be(RuleBase, rulebase=rulebase)
        must_be(Questionnaire, questionnaire=questionnaire)
        self.rulebase, self.questionnaire = rulebase, questionnaire
        self._program = compile_rules(rulebase)
        self._engine: Engine = PagedEngine(self._program, rulebase.pages)
        self._confirmer = Confirmer(rulebase)
        self._explainer = Explainer(rulebase, questionnaire)
        self._challenger: Challenger | None = None
        self._making = RLock()

    @classmethod
    def load(
        cls, rules: str | os.PathLike[str] | None = None, questionnaires: str | os.PathLike[str] | None = None
    ) -> Advisor:
        """The advisor for two folders (default: the shipped ones). Raises RuleBaseError or QuestionnaireError, and
        CallError for what is no path."""
        ruled, asked = (None if folder is None else path_of(folder) for folder in (rules, questionnaires))
        questionnaire, rulebase = load_both(ruled, asked)
        return cls(rulebase, questionnaire)

    @whole
    def trace(
        self,
        answers: Answers | Mapping[str, Raw],
        struck: frozenset[str] = frozenset(),
        *,
        as_of: datetime.date | None = None,
    ) -> Trace:
        """Fire the rules on some answers and record everything. What fired is confirmed by the rules as written.

        `struck` are ids of rules to do without, to see what hangs on them; such a trace cannot be recomputed from the
        rule base that it names, so it is no advice and is not to be kept.
        Raises AnswersError or ContradictionError for wrong answers, CallError for what the library cannot take, and
        EngineError when the engine misbehaves.
        """
        must_be((frozenset, set), struck=struck)
        answers = self.checked(answers, as_of)
        engine = StrikingEngine(self._engine, struck) if struck else self._engine
        finished = run(self.rulebase, self._program, engine, self.questionnaire, answers)
        known = Knowledge(finished.values, finished.said)
        self._confirmer.refuse_others([rule.id for rule in finished.rules], known, struck)
        return trace_of(finished, self._engine, __version__, "rules_as_written")

    @whole
    def advise(
        self, answers: Answers | Mapping[str, Raw], *, as_of: datetime.date | None = None, proofs: bool = False
    ) -> Advice:
        """The advice for some answers: question ids to choice ids, numbers, lists, `not_sure` or `skip`.

        `as_of` is the day on which they are taken to be given, from which past and future are told (default: the day
        that Answers name, or none; the library reads no clock). The trace names it.
        With `proofs`, a second engine checks it and adds what is settled and what would change it; the first
        such call makes that engine ready, and each takes many times as long as without; there are none for
        rules that cannot be reasoned about. Raises as `trace`, and ProofError when the engines disagree. The
        same answers give the same advice, byte for byte.
        """
        checked = self.checked(answers, as_of)
        trace = self.trace(checked)
        advice = self._explainer.explain(trace)
        challenger = self._challenger_if_any() if proofs else None
        return advice if challenger is None else advice.model_copy(update={"proofs": challenger.proofs(checked, trace)})

    def _challenger_if_any(self) -> Challenger | None:
        """What challenges the advice, or None for rules that cannot be reasoned about."""
        try:
            return self.challenger
        except ProofError:
            return None

    @whole
    def checked(self, answers: Answers | Mapping[str, Raw], as_of: datetime.date | None = None) -> Answers:
        """The answers, checked, as of a day if one is given. Raises AnswersError or ContradictionError, and CallError
        for what is no day."""
        if as_of is not None and type(as_of) is not datetime.date:
            raise CallError(f"`as_of` is of type {type(as_of).__name__}. Give a datetime.date, or None")
        if isinstance(answers, Answers):
            return check_answers(answers.plain(), self.questionnaire, as_of=as_of or answers.as_of)
        return check_answers(answers, self.questionnaire, as_of=as_of)

    def interrupt(self) -> None:
        """Break off what the solver does for another thread, which gets a ProofError; to be called only meanwhile."""
        if self._challenger is not None:
            self._challenger.interrupt()

    @property
    @whole
    def challenger(self) -> Challenger:
        """What challenges this advisor's advice; made when first asked for. Raises ProofError."""
        with self._making:
            if self._challenger is None:
                from advisor.challenge.challenger import Challenger  # the solver is loaded only when it is wanted

                self._challenger = Challenger(self.rulebase, self.questionnaire, self.trace, self.advise)
            return self._challenger


@cache
def default_advisor() -> Advisor:
    """The advisor for the shipped rules and questionnaire, made once."""
    return Advisor.load()


def advise(answers: Answers | Mapping[str, Raw], *, as_of: datetime.date | None = None, proofs: bool = False) -> Advice:
    """The advice of the shipped rules for some answers. See `Advisor.advise`."""
    return default_advisor().advise(answers, as_of=as_of, proofs=proofs)
