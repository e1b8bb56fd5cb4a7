"""What a log keeps of an error: where and why, without what the user wrote unless that is asked for."""

from __future__ import annotations

import re

from advisor.audit.model.log import FailureRecord, Kind, LoggedProblem
from advisor.errors import AdvisorError, AnswersError, ContradictionError, DataError, Problem
from advisor.model.questionnaire import Questionnaire

LEFT_OUT = "(left out)"
_MARKED = re.compile(r"`([^`]*)`")
_QUOTED = re.compile(r"([\"']).*\1", re.DOTALL)
_SAID = re.compile(r" \(.*\)$", re.DOTALL)
_LONG_NUMBER = re.compile(r"\d{5,}")


def failure_kind(error: Exception) -> Kind:
    """`refused` when the answers are wrong, else `error`."""
    return "refused" if isinstance(error, AnswersError) else "error"


def failure_record(
    error: Exception, time: str, questionnaire: Questionnaire | None = None, *, private: bool = False
) -> FailureRecord:
    """The record of an error at a time (UTC).

    Names of files, quoted words that are none of the questionnaire's, and long numbers are left out, unless `private`
    asks for all. Of an error that is not the advisor's own only the name is kept, whatever is asked.
    """
    if not isinstance(error, AdvisorError):
        return FailureRecord(time=time, error=type(error).__name__, problems=(_problem(LEFT_OUT),))
    words = _Words(questionnaire, private, isinstance(error, ContradictionError))
    if isinstance(error, DataError):
        problems = tuple(words.problem(one) for one in error.problems)
    else:
        problems = (_problem(words.said(str(error))),)
    return FailureRecord(time=time, error=type(error).__name__, problems=problems)


def _problem(message: str) -> LoggedProblem:
    return LoggedProblem(question="", line=0, message=message, expected="", fix="")


class _Words:
    """Takes out of problems what the user wrote."""

    def __init__(self, questionnaire: Questionnaire | None, private: bool, contradiction: bool) -> None:
        self._private, self._contradiction = private, contradiction
        asked = questionnaire.questions if questionnaire is not None else ()
        self._questions = {question.id for question in asked}
        self._known = {"not_sure", "skip", *self._questions, *(c.id for q in asked for c in q.choices)}

    def problem(self, one: Problem) -> LoggedProblem:
        """A problem with what may be kept of it."""
        told = one.message
        fix = one.fix
        if self._contradiction and not self._private:  # it says the answers, and names the file
            told, fix = _SAID.sub("", told), ""
        key = one.place.key if self._private or one.place.key in self._questions else ""
        return LoggedProblem(
            question=key, line=one.place.line, message=self.said(told), expected=one.expected, fix=self.said(fix)
        )

    def said(self, text: str) -> str:
        """A message with what may be kept of it."""
        if self._private:
            return text
        if text.count("`") % 2 or not all(word in self._known for word in _MARKED.findall(text)):
            first, last = text.index("`"), text.rindex("`")
            text = text[:first] + LEFT_OUT + text[last + 1 :]
        return _LONG_NUMBER.sub(LEFT_OUT, _QUOTED.sub(LEFT_OUT, text))
