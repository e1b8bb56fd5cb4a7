"""Takes a mapping apart key by key, and says what is missing, misspelled or of the wrong kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from advisor.errors import DataError, Place, Problem
from advisor.loading.yaml_reader import Node
from advisor.model.answers import nearest
from advisor.model.condition import Value
from advisor.model.safe_text import shown
from advisor.model.template import Template

T = TypeVar("T")
MOST_TEXT = 20_000
_KINDS = {"scalar": "a single value", "list": "a list", "map": "a mapping"}


class Fields:
    """A mapping being read. Keys are taken one at a time; `done` refuses the ones nobody took."""

    def __init__(self, node: Node, file: str, error: type[DataError], path: str = "") -> None:
        self.file, self.error, self.path = file, error, path
        if node.kind != "map":
            raise self.problem(node, "", f"{_KINDS[node.kind]} stands here", "a mapping of keys to values")
        self.node = node
        self.line = node.line
        for key, _ in node.pairs:
            if not key.text.isprintable():
                raise self.problem(key, shown(key.text), "the key holds control characters", "a plain word")
        self._left = {key.text: value for key, value in node.pairs}
        self._lines = {key.text: key.line for key, _ in node.pairs}
        self._taken: list[str] = []

    def problem(self, at: Node | int, key: str, message: str, expected: str = "", fix: str = "") -> DataError:
        """The error to raise for something wrong at a node or line, under a key of this mapping."""
        line = at if isinstance(at, int) else at.line
        path = ".".join(part for part in (self.path, key) if part)
        return self.error(Problem(Place(self.file, line, path), message, expected, fix))

    def line_of(self, key: str) -> int:
        """The line of a key."""
        return self._lines.get(key, self.line)

    def has(self, key: str) -> bool:
        """Whether the key is there and not yet taken."""
        return key in self._left

    def peek(self, key: str) -> Node | None:
        """The value under a key, which is not taken; None where it is not there, or taken."""
        return self._left.get(key)

    def names(self) -> list[str]:
        """The keys not yet taken, in the order written."""
        return list(self._left)

    def take(self, key: str) -> Node:
        """The value under a key that must be there."""
        self._taken.append(key)
        if key not in self._left:
            close = nearest(key, list(self._left))
            raise self.problem(self.line, key, "this key is missing", f"`{key}:` with its value", close)
        return self._left.pop(key)

    def done(self, *also: str) -> None:
        """Refuse keys that nobody took; `also` names optional keys, for the hint."""
        for key in self._left:
            known = list(dict.fromkeys([*self._taken, *also]))
            raise self.problem(
                self._lines[key],
                shown(key),
                "this key is not known",
                "one of " + ", ".join(f"`{k}`" for k in known),
                nearest(key, known),
            )

    def text(self, key: str, default: str | None = None) -> str:
        """A text; spaces at the ends are dropped. Empty only when a default is allowed."""
        if default is not None and key not in self._left:
            self._taken.append(key)
            return default
        node = self.take(key)
        word = self.scalar(node, key, "a text").strip()
        if not word and default is None:
            raise self.problem(node, key, "the text is empty", "a text")
        return word

    def word(self, key: str, allowed: tuple[str, ...] | list[str] | None = None) -> str:
        """A text that is one of `allowed`."""
        line_of = self._left.get(key)
        word = self.text(key)
        if allowed is not None and word not in allowed:
            raise self.problem(
                line_of or self.line,
                key,
                f"`{shown(word)}` is not known",
                "one of " + ", ".join(f"`{a}`" for a in allowed),
                nearest(word, list(allowed)),
            )
        return word

    def template(self, key: str) -> Template:
        """A text with {placeholders}."""
        node = self.take(key)
        template = self.as_template(node, key)
        if not template.source:
            raise self.problem(node, key, "the text is empty", "a text")
        return template

    def as_template(self, node: Node, key: str) -> Template:
        """The text at a node, folded onto one line, with {placeholders}."""
        try:
            return Template.of(self.folded(node, key))
        except ValueError as bad:
            raise self.problem(node, key, str(bad), "{fact} with the name of a fact") from None

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number between -10**9 and 10**9."""
        if default is not None and key not in self._left:
            self._taken.append(key)
            return default
        node = self.take(key)
        word = self.scalar(node, key, "a whole number")
        return self.as_whole(node, key, word)

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        return self.each(key, lambda item: self.as_whole(item, key, self.scalar(item, key, "a whole number")))

    def as_whole(self, node: Node, key: str, word: str) -> int:
        """A scalar's text as a whole number."""
        body = word[1:] if word[:1] in "+-" else word
        if node.quoted or not (body.isascii() and body.isdigit()) or len(body) > 9:
            raise self.problem(node, key, f"`{shown(word)}` is not a whole number", "a whole number")
        return int(word)

    def flag(self, key: str, default: bool) -> bool:
        """true or false; `default` when the key is not there."""
        if key not in self._left:
            self._taken.append(key)
            return default
        node = self.take(key)
        word = self.scalar(node, key, "true or false")
        if node.quoted or word not in ("true", "false"):
            raise self.problem(node, key, f"`{shown(word)}` is neither true nor false", "`true` or `false`")
        return word == "true"

    def value(self, key: str) -> Value:
        """A fact value: true, false, a whole number, or a choice id."""
        return self.as_value(self.take(key), key)

    def as_value(self, node: Node, key: str) -> Value:
        """A scalar node as a fact value; quotes make it a choice id."""
        word = self.scalar(node, key, "a value")
        if not node.quoted and word in ("true", "false"):
            return word == "true"
        body = word[1:] if word[:1] == "-" else word
        if not node.quoted and body.isascii() and body.isdigit():
            return self.as_whole(node, key, word)
        if not word:
            raise self.problem(node, key, "the value is empty", "a value")
        return word

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        return self.each(key, lambda node: self.folded(node, key), optional=optional)

    def each(self, key: str, read: Callable[[Node], T], *, optional: bool = False) -> tuple[T, ...]:
        """A list, each item read by `read`; empty when optional and not there."""
        if optional and key not in self._left:
            self._taken.append(key)
            return ()
        node = self.take(key)
        if node.kind != "list":
            raise self.problem(node, key, f"{_KINDS[node.kind]} stands here", "a list")
        return tuple(read(item) for item in node.items)

    def inside(self, key: str) -> Fields:
        """The mapping under a key."""
        node = self.take(key)
        return Fields(node, self.file, self.error, ".".join(p for p in (self.path, key) if p))

    def mapping(self, key: str) -> Iterator[tuple[str, Node]]:
        """The pairs of the mapping under a key."""
        inner = self.inside(key)
        for name in inner.names():
            yield name, inner.take(name)

    def of(self, node: Node, key: str) -> Fields:
        """A mapping inside this one, for error paths `self.key`."""
        return Fields(node, self.file, self.error, ".".join(p for p in (self.path, key) if p))

    def folded(self, node: Node, key: str) -> str:
        """A text that stands at a node, folded onto one line."""
        return " ".join(self.scalar(node, key, "a text").split())

    def scalar(self, node: Node, key: str, expected: str) -> str:
        """A single value as it is written; it may hold line breaks, but nothing else that does not print."""
        if node.kind != "scalar":
            raise self.problem(node, key, f"{_KINDS[node.kind]} stands here", expected)
        if len(node.text) > MOST_TEXT:
            raise self.problem(node, key, f"the text has more than {MOST_TEXT} characters", "a shorter text")
        if not node.text.replace("\n", "").isprintable():
            raise self.problem(node, key, "the text holds control characters", "plain text")
        return node.text
