"""Writes two programs over the same answers as one: what both define alike stands once, the rest under two names.

What stands once needs no proof that it is the same in both, so that a small change of a large program is soon compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r'"[^"]*"|#[a-z]+|[a-z_]\w*(?:\((?:"[^"]*"|[^()"])*\))?')
_VARIABLE = re.compile(r"\b[A-Z]")
_QUOTED = re.compile(r'"[^"]*"')

OLD, NEW = "old_", "new_"
"""What stands before the names of atoms that only one of the two programs has, or that they define differently."""


@dataclass(frozen=True)
class Shared:
    """The program of both, and the atoms that stand in it under two names."""

    text: str
    different: tuple[str, ...]


def shared(old: str, new: str) -> Shared:
    """Both programs as one. What they show is left out."""
    lines = tuple([line for line in text.splitlines() if line and line[0] not in "%#"] for text in (old, new))
    general = {_predicate(atom) for atom in _atoms("\n".join((*lines[0], *lines[1]))) if _has_variable(atom)}
    first, second = (_definitions(program, general) for program in lines)
    same = {node for node in first if first[node] == second.get(node)}
    same |= {node for line in (*lines[0], *lines[1]) for node in _nodes(line, general)} - {*first, *second}
    users: dict[str, set[str]] = {}
    for node in same & {*first}:
        for line in first[node]:
            for used in _nodes(line, general):
                users.setdefault(used, set()).add(node)
    waiting = [used for used in users if used not in same]
    while waiting:
        for node in users.get(waiting.pop(), ()):
            if node in same:
                same.remove(node)
                waiting.append(node)
    named = [_named(line, general, same, name) for name, part in zip((OLD, NEW), lines, strict=True) for line in part]
    different = sorted({*first, *second} - same)
    return Shared("\n".join(dict.fromkeys(named)) + "\n", tuple(different))


def _atoms(text: str) -> Iterator[str]:
    for token in _TOKEN.findall(text):
        if token[0] not in '"#' and token != "not":
            yield token


def _predicate(atom: str) -> str:
    return atom.partition("(")[0]


def _has_variable(atom: str) -> bool:
    return bool(_VARIABLE.search(_QUOTED.sub("", atom)))


def _node(atom: str, general: set[str]) -> str:
    """What an atom is looked at as: itself, or its predicate where some rule has that with variables."""
    name = _predicate(atom)
    return name if name in general else atom


def _nodes(text: str, general: set[str]) -> set[str]:
    return {_node(atom, general) for atom in _atoms(text)}


def _definitions(lines: Iterable[str], general: set[str]) -> dict[str, set[str]]:
    """The lines that have each atom in their head."""
    found: dict[str, set[str]] = {}
    for line in lines:
        for node in _nodes(line.split(":-")[0], general):
            found.setdefault(node, set()).add(line)
    return found


def _named(line: str, general: set[str], same: set[str], name: str) -> str:
    def one(token: re.Match[str]) -> str:
        text = token.group()
        plain = text[0] in '"#' or text == "not" or _node(text, general) in same
        return text if plain else name + text

    return _TOKEN.sub(one, line)
