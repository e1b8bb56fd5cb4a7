"""A finding, and the desk on which a rule base is laid to be checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from advisor.model.condition import Value
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Rule
from advisor.model.rulebase import RuleBase


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect: which check found it, where (file and line), and what is wrong."""

    check: str
    file: str
    line: int
    message: str

    def __str__(self) -> str:
        spot = f"{self.file}:{self.line}" if self.line else self.file
        return f"{spot}: {self.message} [{self.check}]"


@dataclass(frozen=True, slots=True)
class CheckDesk:
    """What the checks read. `alone` puts one rule by itself into the real engine: whether it fires on given facts."""

    base: RuleBase
    questionnaire: Questionnaire
    alone: Callable[[Rule], Callable[[Mapping[str, Value], Mapping[str, str]], bool]]
