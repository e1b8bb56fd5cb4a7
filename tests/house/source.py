"""The package's own source, parsed, for the house tests to look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import advisor

PACKAGE = Path(advisor.__file__).parent
ROOT = PACKAGE.parent


@dataclass(frozen=True, eq=False)
class Module:
    """One module: its path inside the package, its text, and its syntax tree."""

    name: str
    text: str
    tree: ast.Module

    def strings(self) -> Iterator[tuple[int, str]]:
        """Every string literal with its line, those in f-strings too, and without docstrings."""
        docs = {id(doc) for doc in _docstrings(self.tree)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                yield node.lineno, node.value

    def imports(self) -> Iterator[str]:
        """The full name of every module it imports, at its top or inside a function."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package, in order of name."""
    return tuple(
        Module(path.relative_to(PACKAGE).as_posix(), text := path.read_text("utf-8"), ast.parse(text))
        for path in sorted(PACKAGE.rglob("*.py"))
    )


def _docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    """Docstrings, and the strings that stand by themselves behind a constant to explain it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
