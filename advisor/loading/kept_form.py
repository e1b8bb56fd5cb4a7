"""The questionnaire and the rule base as plain data, to be kept in a file and read back as fast as may be.

JSON, and nothing in it is ever run. Every value is written once and has a number. Those of one kind that hold none but
earlier ones stand together, field by field, so that reading makes them by the thousand: a tuple or an object is the
numbers of what it holds. Only the model's own data classes can come of it.
"""

from __future__ import annotations

import datetime
import gc
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from itertools import chain, repeat
from typing import Any, TypeAlias

from advisor.loading.rulebase_files import WordingFile
from advisor.model.questionnaire import Questionnaire
from advisor.model.rulebase import RuleBase

Both = tuple[Questionnaire, RuleBase]
_PLAIN = (str, int, bool, type(None))
_TUPLE, _SET, _DICT, _WORDING, _DATE, _FRACTION, _FIRST_CLASS = range(7)
_Batch: TypeAlias = list[Any]
"""The kind, how many there are, and of each part that they have the numbers or values, one for each of them."""


def as_data(both: Both) -> bytes:
    """The form to keep. Raises TypeError for what no rule base holds."""
    with no_collecting():
        writer = _Writer()
        whole = writer.met(both)
        plain, batches, numbers = writer.in_order()
    names = [f"{kind.__module__}.{kind.__qualname__}" for kind in writer.classes]
    document = {"classes": names, "plain": plain, "batches": batches, "both": numbers[whole]}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def from_data(raw: bytes, known: dict[str, type]) -> Both:
    """What was written. `known` are the classes it may name. Raises ValueError, LookupError, TypeError or
    ArithmeticError for what was not written by `as_data`.
    """
    with no_collecting():
        document = json.loads(raw)
        kinds = [known[name] for name in document["classes"]]
        values: list[Any] = [*document["plain"]]
        for kind, count, *columns in document["batches"]:
            if any(len(column) != count for column in columns):
                raise ValueError("parts of different lengths")
            values += _made(kinds, kind, count, columns, values)
        both: Both = values[document["both"]]
        return both


@dataclass(frozen=True, slots=True)
class _Met:
    """A value: its level, above all that it holds; its kind; and its parts, as places in the list of what was met."""

    level: int
    kind: int
    parts: tuple[Any, ...]


class _Writer:
    """Gathers all values that something holds, each once; `classes` are those met, with their fields."""

    def __init__(self) -> None:
        self.classes: dict[type, tuple[str, ...]] = {}
        self._numbers: dict[type, int] = {}
        self._all: list[_Met] = []
        self._places: dict[object, int] = {}
        self._seen: dict[int, int] = {}
        self._kept: list[object] = []  # so that no id is used twice

    def met(self, what: Any) -> int:
        """The place of a value in the list."""
        if type(what) in _PLAIN:
            return self._place(0, -1, (what,), type(what))
        if (before := self._seen.get(id(what))) is not None:
            return before
        kind, own, held = self._parts(what)
        level = 1 + max((self._all[place].level for place in held), default=0)
        place = self._place(level, kind, (*own, *held))
        self._kept.append(what)
        self._seen[id(what)] = place
        return place

    def in_order(self) -> tuple[list[Any], list[_Batch], dict[int, int]]:
        """The plain values, then the others by level and kind, and the number of each place in that order."""
        plain = [place for place, one in enumerate(self._all) if one.level == 0]
        groups: dict[tuple[int, int, int], list[int]] = {}
        for place, one in enumerate(self._all):
            if one.level:
                groups.setdefault((one.level, one.kind, len(one.parts)), []).append(place)
        ordered = [groups[key] for key in sorted(groups)]
        numbers = {place: number for number, place in enumerate(chain(plain, *ordered))}
        batches = [self._batch([self._all[place] for place in group], numbers) for group in ordered]
        return [self._all[place].parts[0] for place in plain], batches, numbers

    def _place(self, level: int, kind: int, parts: tuple[Any, ...], of: type | None = None) -> int:
        place = self._places.setdefault((kind, of, parts), len(self._all))
        if place == len(self._all):
            self._all.append(_Met(level, kind, parts))
        return place

    def _parts(self, what: Any) -> tuple[int, tuple[Any, ...], list[int]]:
        """The kind of a value, what it is of its own, and the places of what it holds."""
        kind = type(what)
        if kind is tuple:
            return _TUPLE, (), [*map(self.met, what)]
        if kind is frozenset:
            return _SET, (), [*map(self.met, sorted(what))]
        if kind in (dict, WordingFile):
            held = [self.met(one) for pair in what.items() for one in pair]
            return _DICT if kind is dict else _WORDING, (), held
        if kind is datetime.date:
            return _DATE, (what.isoformat(),), []
        if kind is Fraction:
            return _FRACTION, (what.numerator, what.denominator), []
        if (names := self.classes.get(kind)) is None:
            if not is_dataclass(kind):
                raise TypeError(f"{kind.__name__} is nothing that a rule base holds")
            names = self.classes[kind] = tuple(field.name for field in fields(kind))
            self._numbers[kind] = _FIRST_CLASS + len(self._numbers)
        return self._numbers[kind], (), [self.met(getattr(what, name)) for name in names]

    def _batch(self, found: Sequence[_Met], numbers: dict[int, int]) -> _Batch:
        kind = found[0].kind
        parts: Iterable[Any] = zip(*(one.parts for one in found), strict=True)
        if kind in (_DATE, _FRACTION):
            return [kind, len(found), *map(list, parts)]
        return [kind, len(found), *([numbers[place] for place in column] for column in parts)]


def _made(kinds: Sequence[type], kind: int, count: int, columns: Sequence[list[Any]], values: list[Any]) -> list[Any]:
    """The values of one batch, from those before it."""
    if kind == _DATE:
        return [*map(datetime.date.fromisoformat, columns[0])]
    if kind == _FRACTION:
        return [*map(Fraction, *columns)]
    held = [map(values.__getitem__, column) for column in columns]
    if kind < _FIRST_CLASS:
        rows = zip(*held, strict=True) if held else repeat((), count)
        return [*map(_HOLDERS[kind], rows)]
    which = kinds[kind - _FIRST_CLASS]
    made: list[object] = [*map(object.__new__, repeat(which, count))]
    for field, column in zip(fields(which), held, strict=True):
        put = _setter(which, field.name)
        deque(map(put, made, column), maxlen=0)
    return made


def _dict(row: Sequence[Any]) -> dict[Any, Any]:
    return dict(zip(row[::2], row[1::2], strict=True))


_HOLDERS: dict[int, Callable[[Any], Any]] = {
    _TUPLE: tuple, _SET: frozenset, _DICT: _dict, _WORDING: lambda row: WordingFile(_dict(row)),
}  # fmt: skip


def _setter(kind: type, name: str) -> Callable[[object, object], None]:
    """What puts a field into a frozen object that is being made."""
    slot = vars(kind).get(name)
    if hasattr(slot, "__set__"):
        put: Callable[[object, object], None] = slot.__set__  # type: ignore[union-attr]
        return put
    return lambda made, value: object.__setattr__(made, name, value)


@contextmanager
def no_collecting() -> Iterator[None]:
    """Hundreds of thousands of new objects, none of them garbage."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
