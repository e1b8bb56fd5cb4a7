"""Finds phrases in a text, going over it once: what a stranger writes in `never_say.yaml` cannot make it take long."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TypeAlias

MOST_SKIPPED = 3  # words that a star by itself stands for
_RUN = re.compile(r"\w+")  # what `_word` holds of
Takes: TypeAlias = Callable[[str], bool]
Span: TypeAlias = tuple[int, int]


def _word(c: str) -> bool:
    return c.isalnum() or c == "_"


def _between(c: str) -> bool:
    return not _word(c)


def _of_word(c: str) -> bool:
    return _word(c) or c in "'-"


def _rest(c: str) -> bool:
    return not c.isspace()


def words_of(text: str) -> Iterator[str]:
    """The runs of letters, digits and underscores."""
    return iter(_RUN.findall(text))


class Phrase:
    """A phrase to look for. A `*` by itself stands for up to three words, one in a word for any more of that word."""

    def __init__(self, phrase: str) -> None:
        self._steps: list[list[tuple[Takes, int]]] = [[]]
        self._free: list[list[int]] = [[]]
        place, words = 0, phrase.lower().split()
        for n, word in enumerate(words):
            if word == "*":
                place = self._some_words(place)
                continue
            if n:
                place = self._separator(place)
            for c in word:
                place = self._star(place) if c == "*" else self._step(place, c.__eq__)
        self._end = place
        self._pieces = tuple(piece for word in words for piece in word.split("*") if piece)
        self.words = frozenset(one for word in words if "*" not in word for one in words_of(word))
        """Words that stand as they are in every text in which it stands."""

    def _new(self) -> int:
        self._steps.append([])
        self._free.append([])
        return len(self._steps) - 1

    def _step(self, place: int, takes: Takes, to: int | None = None) -> int:
        target = self._new() if to is None else to
        self._steps[place].append((takes, target))
        return target

    def _star(self, place: int) -> int:
        return self._step(place, _rest, place)

    def _separator(self, place: int) -> int:
        after = self._step(place, _between)
        return self._step(after, _between, after)

    def _some_words(self, place: int) -> int:
        ends = [place]
        for _ in range(MOST_SKIPPED):
            place = self._step(self._separator(place), _word)
            ends.append(self._step(place, _of_word, place))
        last = self._new()
        for end in ends:
            self._free[end].append(last)
        return last

    def spans(self, text: str, *, widest: bool) -> Iterator[Span]:
        """Where it stands in a text, by each end that it has there: from the latest start, or from the first."""
        if not self._may_stand_in(text):
            return
        better = min if widest else max
        live: dict[int, int] = {}
        for at in range(len(text) + 1):
            if at == 0 or not _word(text[at - 1]):
                live[0] = better(live.get(0, at), at)
            self._follow(live, better)
            if self._end in live and (at == len(text) or not _word(text[at])):
                yield live[self._end], at
            if at < len(text):
                live = self._moved(live, text[at], better)

    def _may_stand_in(self, text: str) -> bool:
        """Whether the text has the letters of the phrase in their order; nearly none has, and this is fast to see."""
        at = 0
        for piece in self._pieces:
            at = text.find(piece, at) + len(piece)
            if at < len(piece):
                return False
        return True

    def _follow(self, live: dict[int, int], better: Callable[[int, int], int]) -> None:
        for place in sorted(live):  # what is free leads onward only
            for to in self._free[place]:
                live[to] = better(live.get(to, live[place]), live[place])

    def _moved(self, live: Mapping[int, int], c: str, better: Callable[[int, int], int]) -> dict[int, int]:
        moved: dict[int, int] = {}
        for place, start in live.items():
            for takes, to in self._steps[place]:
                if takes(c):
                    moved[to] = better(moved.get(to, start), start)
        return moved


@cache
def phrase_of(phrase: str) -> Phrase:
    """The phrase, made once."""
    return Phrase(phrase)
