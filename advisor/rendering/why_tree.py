"""Walks the graph of an explanation and tells it line by line, each thing in full once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from advisor.model.why import ClauseNote, WhyNode
from advisor.model.words import joined
from advisor.rendering.why_in_words import WhyWords, kept_back_by
from advisor.rendering.why_layout import LaidLine

_MINUTE = ("contest", "recommendation")
Telling = Callable[[str], str]


class WhyTree:
    """Tells nodes of one graph. With `shallow`, the contest and the recommendation are told in one line each."""

    def __init__(self, nodes: Mapping[str, WhyNode], said: WhyWords, *, shallow: bool = False) -> None:
        self._nodes, self._said, self._shallow = nodes, said, shallow
        self._told: set[str] = set()

    def lines(self, key: str, depth: int, tell: Telling = str) -> Iterator[LaidLine]:
        """A node and all that it follows from; `tell` puts words around its own sentence."""
        yield from self._line(key, depth, tell)
        if self.first(key) and self._has_more(key):
            yield from self._children(key, depth + 1)

    def first(self, key: str) -> bool:
        """Whether this is the first time that a key is told, which is then noted."""
        new = key not in self._told
        self._told.add(key)
        return new

    def text(self, key: str) -> str:
        """The sentence of a node by itself."""
        node = self._nodes[key]
        if node.kind == "rule" and node.rule is not None:
            return self._said.rule(node.rule)
        if node.kind == "silent":
            return self._said.missing(node)
        if node.answer is not None:
            return self._said.answer(node.answer)
        if node.contest is not None:
            return self._said.contest(node.contest, short=not self._shallow)
        return self._said("recommended", title=node.title) if node.kind == "recommendation" else self._said.fact(node)

    def _clauses(self, node: WhyNode, depth: int, tell: Callable[[ClauseNote, str], str]) -> Iterator[LaidLine]:
        """The clauses of a rule, or those that kept it back, with what lies behind each; none is told twice."""
        told: set[str] = set()
        for clause in node.clauses if node.kind == "rule" else kept_back_by(node):
            text = tell(clause, self.text(clause.because)) if clause.because else ""
            if text and text not in told:
                told.add(text)
                yield from self.lines(clause.because, depth, partial(tell, clause))

    def _line(self, key: str, depth: int, tell: Telling) -> Iterator[LaidLine]:
        again = key in self._told and (self._has_more(key) or key in _MINUTE)
        yield LaidLine(tell(self._short(key) if again else self.text(key)), depth, key, again)

    def _short(self, key: str) -> str:
        """What is told again: a rule by its title, or for an auditor by its id."""
        note, contest = self._nodes[key].rule, self._nodes[key].contest
        if contest is not None:
            return self._said.contest(contest, short=True)
        if note is None:
            return self.text(key)
        return self._said("rule_again", rule=note.id, title=note.title) if self._said.auditor else f"{note.title}."

    def _has_more(self, key: str) -> bool:
        node = self._nodes[key]
        if self._shallow and key in _MINUTE:
            return False
        return bool(node.behind or any(c.because for c in node.clauses) or (self._said.auditor and node.silent))

    def _children(self, key: str, depth: int) -> Iterator[LaidLine]:
        node = self._nodes[key]
        if node.kind == "rule":
            yield from self._about(node, depth)
            yield from self._clauses(node, depth, self._said.held)
        elif node.kind in ("silent", "unknown"):
            yield from self._clauses(node, depth, self._said.tested)
        for link in node.behind:
            yield from self.lines(link.to, depth, partial(joined, self._said.link(link)))
        for silent in node.silent if self._said.auditor else ():
            yield from self.lines(silent, depth)

    def _about(self, node: WhyNode, depth: int) -> Iterator[LaidLine]:
        note = node.rule
        if note is None or not self._said.auditor:
            return
        yield LaidLine(self._said("rule_does", does="; ".join(note.does)), depth)
        yield LaidLine(
            self._said("rule_rests", claims=", ".join(note.claims), sources=", ".join(note.sources)), depth
        )  # fmt: skip


def answers_behind(nodes: Mapping[str, WhyNode], key: str) -> tuple[str, ...]:
    """The keys of the questions that a node turns on, short of the contest and the recommendation."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    pending = [key]
    while pending:
        one = pending.pop()
        if one in seen or one in _MINUTE:
            continue
        seen.add(one)
        node = nodes[one]
        if node.answer is not None:
            found[one] = None
            continue
        clauses = kept_back_by(node) if node.kind == "silent" else node.clauses
        refs = [clause.because for clause in clauses if clause.because]
        pending += [*refs, *(link.to for link in node.behind), *node.silent][::-1]
    return tuple(found)
