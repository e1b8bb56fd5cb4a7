"""Every error the advisor raises, in one tree.

    AdvisorError
    ├── DataError          a file we read is wrong: where, what, and what to do
    │   ├── QuestionnaireError
    │   ├── RuleBaseError
    │   └── AnswersError   one or more answers are wrong (see `problems`)
    │       └── ContradictionError   answers that cannot all be true
    ├── AnswerProblem      one answer, given in an interview, does not fit its question
    ├── CallError          the library was called with something it cannot take, or at the wrong time
    ├── EngineError        the engine refused a fact or a rule misbehaved
    └── ProofError         the solver cannot reason about the rules, or disagrees with the engine
        └── ContradictoryRulesError   some answers make rules conclude different values of one fact

A call may also end in an OSError, when a file or folder cannot be written.
A message says where (file, line, key), what was found, what was expected, and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input a problem is.

    `file` is a name for people, `line` counts from 1 (0: not known), `key` is a key path or a question id.
    """

    file: str = ""
    line: int = 0
    key: str = ""

    def __str__(self) -> str:
        spot = f"{self.file}:{self.line}" if self.file and self.line else self.file
        if not self.key:
            return spot
        return f"{spot}: `{self.key}`" if spot else f"`{self.key}`"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the input, with what was expected and what to do about it."""

    place: Place
    message: str
    expected: str = ""
    fix: str = ""

    def __str__(self) -> str:
        where = str(self.place)
        text = f"{where}: {self.message}" if where else self.message
        if self.expected:
            text += f"; expected {self.expected}"
        if self.fix:
            text += f". {self.fix}"
        return text


class AdvisorError(Exception):
    """Anything this package raises on purpose; its text is fit to show to a user."""


class DataError(AdvisorError):
    """A file or a mapping could not be read as what it should be; `problems` lists each reason."""

    def __init__(self, problems: Problem | Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class QuestionnaireError(DataError):
    """The questionnaire or the glossary is wrong."""


class RuleBaseError(DataError):
    """A rule, or a file beside the rules, is wrong."""


class AnswersError(DataError):
    """The answers do not fit the questionnaire."""


class ContradictionError(AnswersError):
    """Answers that cannot all be true were given; `questions` names them, a tuple for each contradiction."""

    def __init__(self, problems: Sequence[Problem], questions: Sequence[tuple[str, ...]]) -> None:
        super().__init__(problems)
        self.questions = tuple(questions)


class AnswerProblem(AdvisorError, ValueError):
    """An answer that does not fit its question: what is wrong, what was expected, and a hint."""

    def __init__(self, message: str, expected: str = "", fix: str = "") -> None:
        super().__init__(str(Problem(Place(), message, expected, fix)))
        self.message, self.expected, self.fix = message, expected, fix

    def at(self, place: Place) -> Problem:
        """The problem with the place where it was found."""
        return Problem(place, self.message, self.expected, self.fix)


class CallError(AdvisorError, ValueError):
    """The library was called with something that it cannot take, or when it cannot be: a fault of the caller."""


class EngineError(AdvisorError):
    """The inference engine refused a rule or a fact, or two rules concluded different values."""


class ProofError(AdvisorError):
    """The rules are too large to reason about, or the two engines disagree about some answers."""


class ContradictoryRulesError(ProofError):
    """Some answers make rules contradict each other, so that there is no advice for them; the text names both."""
