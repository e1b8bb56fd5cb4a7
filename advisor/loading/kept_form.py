"""The questionnaire and the rule base as plain data, to be kept in a file and read back as fast as may be.

JSON, and nothing in it is ever run: a value is itself, and whatever holds others is a list that begins with what it is.
What stands at several places is written once. Only the model's own data classes can come of it.
"""

from __future__ import annotations

import datetime
import gc
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from advisor.loading.rulebase_files import WordingFile
from advisor.model.questionnaire import Questionnaire
from advisor.model.rulebase import RuleBase

Both = tuple[Questionnaire, RuleBase]
_PLAIN = (str, int, bool, type(None))
_TUPLE, _SET, _DICT, _WORDING, _DATE, _FRACTION, _SHARED, _FIRST_CLASS = range(8)


def as_data(both: Both) -> bytes:
    """The form to keep. Raises TypeError for what no rule base holds."""
    writer = _Writer()
    with no_collecting():
        whole = writer.data(both)
    names = [f"{kind.__module__}.{kind.__qualname__}" for kind in writer.classes]
    holding = [sorted(holds) for holds in writer.classes.values()]
    document = {"classes": names, "holding": holding, "shared": writer.shared, "both": whole}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def from_data(raw: bytes, known: dict[str, type]) -> Both:
    """What was written. `known` are the classes it may name. Raises ValueError, LookupError, TypeError or
    ArithmeticError for what was not written by `as_data`.
    """
    with no_collecting():
        document = json.loads(raw)
        read = _reader([known[name] for name in document["classes"]], document["holding"], document["shared"])
        both: Both = read(document["both"])
        return both


class _Writer:
    """Turns objects to data; `classes` are those met, each with the places of its fields that may hold others."""

    def __init__(self) -> None:
        self.classes: dict[type, set[int]] = {}
        self._forms: dict[type, tuple[int, tuple[str, ...], set[int]]] = {}
        self.shared: list[Any] = []
        self._met: dict[int, Any] = {}
        self._kept: list[object] = []  # so that no id is used twice

    def data(self, what: Any) -> Any:
        if type(what) in _PLAIN:
            return what
        if (before := self._met.get(id(what))) is not None:
            if before[0] != _SHARED:  # met for the second time: from now on it stands in the table
                self.shared.append(before[:])
                before[:] = [_SHARED, len(self.shared) - 1]
            return before
        self._kept.append(what)
        made = self._met[id(what)] = self._made(what)
        return made

    def _made(self, what: Any) -> list[Any]:
        kind = type(what)
        if kind is tuple:
            return [_TUPLE, *map(self.data, what)]
        if kind is frozenset:
            return [_SET, *map(self.data, sorted(what))]
        if kind in (dict, WordingFile):
            return [_DICT if kind is dict else _WORDING, [*map(self.data, what)], [*map(self.data, what.values())]]
        if kind is datetime.date:
            return [_DATE, what.isoformat()]
        if kind is Fraction:
            return [_FRACTION, what.numerator, what.denominator]
        if (form := self._forms.get(kind)) is None:
            form = self._form(kind)
        number, names, holds = form
        made: list[Any] = [number]
        for place, name in enumerate(names):
            value = getattr(what, name)
            if type(value) not in _PLAIN:
                holds.add(place)
                value = self.data(value)
            made.append(value)
        return made

    def _form(self, kind: type) -> tuple[int, tuple[str, ...], set[int]]:
        """The number of a class, the names of its fields and the places of those that hold others."""
        if not is_dataclass(kind):
            raise TypeError(f"{kind.__name__} is nothing that a rule base holds")
        holds = self.classes[kind] = set()
        number = _FIRST_CLASS + len(self.classes) - 1
        form = self._forms[kind] = (number, tuple(field.name for field in fields(kind)), holds)
        return form


def _reader(kinds: list[type], holding: list[list[int]], table: list[Any]) -> Callable[[Any], Any]:
    setters = [[_setter(kind, field.name) for field in fields(kind)] for kind in kinds]
    done: dict[int, Any] = {}

    def read(data: Any) -> Any:
        kind = data[0]
        if kind >= _FIRST_CLASS:
            number = kind - _FIRST_CLASS
            del data[0]
            for place in holding[number]:
                if type(data[place]) is list:
                    data[place] = read(data[place])
            made = object.__new__(kinds[number])
            for put, value in zip(setters[number], data, strict=True):
                put(made, value)
            return made
        if kind == _SHARED:
            if data[1] not in done:  # one may hold another that stands behind it
                done[data[1]] = read(table[data[1]])
            return done[data[1]]
        if kind in (_DICT, _WORDING):
            pairs = zip(each(data[1]), each(data[2]), strict=True)
            return dict(pairs) if kind == _DICT else WordingFile(pairs)
        if kind == _DATE:
            return datetime.date.fromisoformat(data[1])
        if kind == _FRACTION:
            return Fraction(data[1], data[2])
        del data[0]
        return tuple(each(data)) if kind == _TUPLE else frozenset(each(data))

    def each(listed: list[Any]) -> list[Any]:
        return [read(one) if type(one) is list else one for one in listed]

    return read


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
