"""Lines that chain: each is canonical JSON with its own digest and the digest of the line before."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from advisor.audit.model.log import Kind, LogLine
from advisor.audit.recording.seal import canonical

START = "sha256:" + "0" * 64
"""What stands for the digest before the first line of a log."""

_HEAD = len('{"digest":"' + START + '",')  # canonical JSON puts `digest` before all other keys


_LINE_HEAD = re.compile(rb'\{"digest":"(sha256:[0-9a-f]{64})","kind":"[a-z]+","prev":"(sha256:[0-9a-f]{64})",')
_LINE_TAIL = re.compile(rb',"seq":([0-9]{1,15})\}\n$')
_TAIL = 30


class LineHead(NamedTuple):
    """The place of a line in its log, and its digest."""

    seq: int
    digest: str


class Torn(ValueError):
    """A line that was not wholly written: it does not end with a line feed."""


class Broken(ValueError):
    """A whole line that does not hold; the text says why."""


def next_line(prev: str, seq: int, kind: Kind, record: Mapping[str, Any]) -> bytes:
    """The bytes of a line with its line feed. Raises ValueError for a record that has no canonical JSON."""
    body = canonical({"kind": kind, "prev": prev, "record": record, "seq": seq})
    return b'{"digest":"sha256:' + hashlib.sha256(body).hexdigest().encode() + b'",' + body[1:] + b"\n"


def parsed(raw: bytes) -> LogLine:
    """The line in some bytes, after its own digest was checked. Raises Torn or Broken."""
    if not raw.endswith(b"\n"):
        raise Torn("it does not end with a line feed")
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        raise Broken("it is not JSON, though it ends as a whole line does: it was changed") from None
    own = "sha256:" + hashlib.sha256(b"{" + raw[_HEAD:-1]).hexdigest()
    if not isinstance(data, dict) or data.get("digest") != own or not raw.startswith(b'{"digest":"' + own.encode()):
        raise Broken("its digest is not that of what it says: it was changed")
    try:
        return LogLine.model_validate_json(raw)
    except ValueError:
        raise Broken("it is no line of a log: a key is missing, too much or of the wrong kind") from None


def linked_head(raw: bytes, prev: str, seq: int) -> LineHead:
    """The head of a line whose record was read before, after its digest and its place were checked as by `linked`.

    What the line says is not read: only who knows its digest knows that it is one. Raises Torn or Broken.
    """
    head, tail = _LINE_HEAD.match(raw), _LINE_TAIL.search(raw[-_TAIL:])
    if head is None or tail is None:
        line = linked(raw, prev, seq)
        return LineHead(line.seq, line.digest)
    own = "sha256:" + hashlib.sha256(b"{" + raw[_HEAD:-1]).hexdigest()
    if (own, prev, seq) != (head[1].decode(), head[2].decode(), int(tail[1])):
        linked(raw, prev, seq)  # which tells what is wrong
        raise Broken("its digest is not that of what it says: it was changed")
    return LineHead(seq, own)


def linked(raw: bytes, prev: str, seq: int) -> LogLine:
    """The line in some bytes, after it was checked that it follows the one before. Raises Torn or Broken."""
    line = parsed(raw)
    if line.seq != seq:
        raise Broken(f"it is record {line.seq}; expected record {seq}: records are missing, or out of order")
    if line.prev != prev:
        raise Broken("it does not name the digest of the record before it: one of the two was changed")
    return line
