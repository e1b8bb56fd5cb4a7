"""How the shape of some data is told, and where data has another, or differs from what it should be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from advisor.verifier.canonical import Hole, Json

PLAIN = (bool, int, str)
TEXTS = [str]
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Maybe:
    """A key that may be left out."""

    def __init__(self, shape: Json) -> None:
        self.shape = shape


def or_null(*shapes: Json) -> tuple[Json, ...]:
    """One of the shapes, or null."""
    return (*shapes, None)


class Pair:
    """A list of two, each of its own shape."""

    def __init__(self, first: Json, second: Json) -> None:
        self.shapes = (first, second)


def misshapen(data: Json, shape: Json, path: str) -> Iterator[str]:
    """Where some data has not the shape: a type (`object`: any), a set of words, a pattern, keys, a pair, a list,
    or a choice of shapes. An erased part has every shape."""
    if isinstance(data, Hole):
        return
    if isinstance(shape, tuple):
        if not any(next(misshapen(data, one, path), None) is None for one in shape):
            yield f"{path}: {brief(data)} is none of the kinds allowed here"
    elif isinstance(shape, dict):
        yield from _misshapen_keys(data, shape, path)
    elif isinstance(shape, list):
        if not isinstance(data, list):
            yield f"{path}: {brief(data)} is no list"
        else:
            for number, item in enumerate(data):
                yield from misshapen(item, shape[0], f"{path}[{number}]")
    elif isinstance(shape, Pair):
        if not isinstance(data, list) or len(data) != 2:
            yield f"{path}: {brief(data)} is no list of two"
        else:
            for number, one in enumerate(shape.shapes):
                yield from misshapen(data[number], one, f"{path}[{number}]")
    elif isinstance(shape, (set, re.Pattern)):
        fits = isinstance(data, str) and (data in shape if isinstance(shape, set) else shape.fullmatch(data))
        if not fits:
            yield f"{path}: {brief(data)} is not a word that may stand here"
    elif shape is not object and (data is not None if shape is None else type(data) is not shape):
        yield f"{path}: {brief(data)} is of the wrong kind"


def _misshapen_keys(data: Json, shape: dict[str, Json], path: str) -> Iterator[str]:
    if not isinstance(data, dict):
        yield f"{path}: {brief(data)} is no mapping"
        return
    for key in data:
        if "*" in shape:
            yield from misshapen(data[key], shape["*"], f"{path}.{key}")
        elif key not in shape:
            yield f"{path}.{key}: there is no such key in this format"
    for key, inner in shape.items():
        if key in data and "*" not in shape:
            yield from misshapen(data[key], inner.shape if isinstance(inner, Maybe) else inner, f"{path}.{key}")
        elif key != "*" and key not in data and not isinstance(inner, Maybe):
            yield f"{path}.{key}: it is missing"


def brief(data: Json) -> str:
    """Some data on one short line."""
    text = json.dumps(data, ensure_ascii=True, default=lambda one: "(erased)")
    return text if len(text) <= 60 else text[:57] + "..."


def differing(path: str, found: Json, expected: Json) -> Iterator[str]:
    """Where some data is not, kind and all, what it should be, as far as it was not erased."""
    if isinstance(found, Hole) or isinstance(expected, Hole):
        return
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in (*expected, *(key for key in found if key not in expected)):
            if key not in found or key not in expected:
                yield f"{path}.{key}: it {'is missing' if key not in found else 'should not be there'}"
            else:
                yield from differing(f"{path}.{key}", found[key], expected[key])
    elif isinstance(found, list) and isinstance(expected, (list, tuple)):
        if len(found) != len(expected):
            yield f"{path}: there are {len(found)} entries, and should be {len(expected)}"
        for number, (one, other) in enumerate(zip(found, expected)):  # noqa: B905
            yield from differing(f"{path}[{number}]", one, other)
    elif type(found) is not type(expected) or found != expected:
        yield f"{path}: it is {brief(found)}, and should be {brief(expected)}"
