"""Reads a small, safe part of YAML into nodes that remember their lines: no aliases, tags, or duplicate keys."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from advisor.errors import DataError, Place, Problem
from advisor.model.safe_text import shown

MAX_BYTES = 2_000_000
MAX_DEPTH = 40

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where PyYAML was built with it


@dataclass(slots=True)
class Node:
    """A YAML value: `text` for a scalar, `items` for a list, `pairs` for a mapping (key node, value node)."""

    kind: str
    line: int
    text: str = ""
    quoted: bool = False
    items: list[Node] = field(default_factory=list)
    pairs: list[tuple[Node, Node]] = field(default_factory=list)


def decode(raw: bytes, file: str, error: type[DataError]) -> str:
    """Bytes as UTF-8 text. Raises `error` for other encodings, or for more than MAX_BYTES bytes."""
    if len(raw) > MAX_BYTES:
        raise error(Problem(Place(file), f"the text has more than {MAX_BYTES} bytes", "a smaller file"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        line = raw[: bad.start].count(b"\n") + 1
        raise error(
            Problem(Place(file, line), "the file is not UTF-8 text", "a text file in UTF-8", "Save it again as UTF-8")
        ) from None


def read_yaml(text: str, file: str, error: type[DataError]) -> Node | None:
    """The one document in `text`, or None when there is none.

    Raises `error` with the line for YAML that does not parse, and for what this project does not allow:
    anchors, aliases, tags, duplicate keys, several documents, nesting deeper than MAX_DEPTH.
    """
    builder = _Builder(file, error)
    try:
        return _build(text, builder)
    except yaml.MarkedYAMLError as bad:
        line = bad.problem_mark.line + 1 if bad.problem_mark else 0
        if bad.problem_mark and len(builder.open) + _opened(text[builder.read : bad.problem_mark.index]) > MAX_DEPTH:
            raise builder.too_deep(line) from None
        what = bad.problem or "it does not parse"
        raise error(
            Problem(Place(file, line), f"this is not valid YAML: {what}", "", "Check the indents and quotes near it")
        ) from None
    except (yaml.YAMLError, ValueError):
        raise error(
            Problem(Place(file), "the text holds characters that YAML does not allow", "printable text")
        ) from None


class _Builder:
    """Grows the tree from parser events, without recursion, so that deep nesting cannot overflow a stack."""

    def __init__(self, file: str, error: type[DataError]) -> None:
        self.file, self.error = file, error
        self.root: Node | None = None
        self.open: list[Node] = []
        self.keys: list[Node | None] = []
        self.seen: list[set[str]] = []
        self.read = 0  # how many characters the events have told of so far

    def refuse(self, line: int, message: str, expected: str) -> DataError:
        return self.error(Problem(Place(self.file, line), message, expected))

    def put(self, node: Node) -> None:
        if not self.open:
            if self.root is not None:
                raise self.refuse(node.line, "a second document begins here", "one document a file")
            self.root = node
        elif self.open[-1].kind == "list":
            self.open[-1].items.append(node)
        elif (key := self.keys[-1]) is not None:
            self.open[-1].pairs.append((key, node))
            self.keys[-1] = None
        elif node.kind != "scalar":
            raise self.refuse(node.line, "a list or mapping is used as a key", "a plain word as key")
        elif node.text in self.seen[-1]:
            raise self.refuse(node.line, f"the key `{shown(node.text)}` is written twice", "each key once")
        else:
            self.seen[-1].add(node.text)
            self.keys[-1] = node

    def begin(self, node: Node) -> None:
        self.put(node)
        self.open.append(node)
        self.keys.append(None)
        self.seen.append(set())
        if len(self.open) > MAX_DEPTH:
            raise self.too_deep(node.line)

    def too_deep(self, line: int) -> DataError:
        return self.refuse(line, f"the nesting is more than {MAX_DEPTH} deep", "a flatter file")

    def end(self) -> None:
        for stack in (self.open, self.keys, self.seen):
            stack.pop()


def _build(text: str, builder: _Builder) -> Node | None:
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        builder.read = event.end_mark.index if event.end_mark else builder.read
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise builder.refuse(line, "anchors and aliases (& and *) are not read", "the value written out")
        if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None) not in (None, "!"):
            raise builder.refuse(line, "tags (!) are not read", "a plain value")
        if isinstance(event, yaml.ScalarEvent):
            builder.put(Node("scalar", line, event.value, event.style in ("'", '"')))
        elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            builder.begin(Node("list" if isinstance(event, yaml.SequenceStartEvent) else "map", line))
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            builder.end()
    return builder.root


def _opened(text: str) -> int:
    """How many brackets a piece of text opens and does not close again.

    A parser reads ahead of its events and may give up there for reasons of its own, among them a limit on nesting.
    """
    marks = re.findall(r"""'[^']*+(?:'|$)|"(?:[^"\\]|\\.)*+(?:"|$)|(?<!\S)#[^\n]*|[\[{\]}]""", text, re.DOTALL)
    return sum((mark in "[{") - (mark in "]}") for mark in marks)
