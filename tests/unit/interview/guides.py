"""A guide that follows a list, for tests of the interview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from advisor.interview.guide import HowSettled, WayAhead
from advisor.model.answers import Answers
from advisor.model.questionnaire import Question


class ListedOrder:
    """Asks what waits in the order of a list, and passes over what is in `idle`.

    The outcome is settled while all the questions of `settles` have the answers given there, and the main option is
    while all those of `settles_main` have. It remembers the last question it was told of each time.
    """

    def __init__(
        self,
        *order: str,
        idle: Sequence[str] = (),
        settles: Mapping[str, object] = MappingProxyType({"never": ""}),
        settles_main: Mapping[str, object] = MappingProxyType({"never": ""}),
        deciding: frozenset[str] | None = None,
    ) -> None:
        self._order, self._idle = order, frozenset(idle)
        self._settles, self._settles_main, self._deciding = settles, settles_main, deciding
        self.last: list[str | None] = []

    def course(self, answers: Answers, last: str | None, waiting: Sequence[Question]) -> WayAhead:
        self.last.append(last)
        ids = [question.id for question in waiting]
        first = next((name for name in self._order if name in ids), None)
        plain = answers.plain()
        settled = HowSettled.NOT_YET
        if self._settles.items() <= plain.items():
            settled = HowSettled.OUTCOME
        elif self._settles_main.items() <= plain.items():
            settled = HowSettled.MAIN
        return WayAhead(first, settled, self._deciding, self._idle)
