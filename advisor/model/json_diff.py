"""Finds where two pieces of plain JSON data differ; entries of lists are matched by what names them, not by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

NAMING = ("id", "rule", "option", "question", "fact", "do", "title", "name", "text")
"""The keys by which an entry of a list is known, the most telling first."""


class _Absent:
    """What stands where there is nothing, which is not the same as null."""

    def __repr__(self) -> str:
        return "nothing"


ABSENT: Final = _Absent()


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two pieces of data differ: its path, and what stands there; ABSENT on the side without it.

    An entry of a list stands in the path under its name, in brackets. When only the order of a list's entries differs,
    `moved` is true, and what stands there are the names in order.
    """

    path: tuple[str, ...]
    before: Any
    after: Any
    moved: bool = False

    @property
    def place(self) -> str:
        """The path in one word, such as `rules[WGH-1].title`."""
        return "".join(part if part.startswith("[") else f".{part}" for part in self.path).removeprefix(".")


def differences(before: Any, after: Any, path: tuple[str, ...] = ()) -> Iterator[Difference]:
    """Each place where two pieces of plain JSON data differ, kind and all, in reading order."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in (*before, *(key for key in after if key not in before)):
            yield from _inside((*path, key), before.get(key, ABSENT), after.get(key, ABSENT))
    elif _named(before) and _named(after):
        old, new = _by_name(before), _by_name(after)
        for name in (*old, *(name for name in new if name not in old)):
            yield from _inside((*path, f"[{name}]"), old.get(name, ABSENT), new.get(name, ABSENT))
        order = [name for name in old if name in new], [name for name in new if name in old]
        if order[0] != order[1]:
            yield Difference(path, *order, moved=True)
    elif type(before) is not type(after) or not _alike(before, after):
        yield Difference(path, before, after)


def _inside(path: tuple[str, ...], before: Any, after: Any) -> Iterator[Difference]:
    if before is ABSENT or after is ABSENT:
        yield Difference(path, before, after)
    else:
        yield from differences(before, after, path)


def _alike(before: Any, after: Any) -> bool:
    if isinstance(before, list):
        same = (type(one) is type(other) and _alike(one, other) for one, other in zip(before, after, strict=False))
        return len(before) == len(after) and all(same)
    return bool(before == after)


def _named(data: Any) -> bool:
    """Whether it is a list whose entries all have a name."""
    return isinstance(data, list) and all(isinstance(one, dict) and _name(one) for one in data)


def _name(entry: dict[str, Any]) -> str:
    found = (entry[key] for key in NAMING if isinstance(entry.get(key), str))
    return next(found, "")


def _by_name(entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The entries by name, a second one of a name by its place among those of that name."""
    count: Counter[str] = Counter()
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        name = _name(entry)
        count[name] += 1
        found[name if count[name] == 1 else f"{name} {count[name]}"] = entry
    return found
