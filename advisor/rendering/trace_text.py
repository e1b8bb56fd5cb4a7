"""The trace as an indented derivation, from the recommendation down to the answers, or of one item of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches

from advisor.errors import AdvisorError
from advisor.model.advice import Advice
from advisor.model.words import Words, clean, cleaned
from advisor.rendering.trace_tree import TraceNode, TraceTree
from advisor.rendering.wrap import NARROWEST, wrapped

_LONGEST_NAME = 60


def render_trace(advice: Advice, width: int, item: str | None = None) -> str:
    """The derivation as lines of at most `width` columns (20 at the least).

    `item` is a rule, fact, question, figure, option or red flag: then only what is behind it is shown. What is shown
    once with a number is referred to by that number afterwards. Raises AdvisorError, naming what comes nearest, for
    an item that has no part in this advice.
    """
    advice = cleaned(advice)
    words = Words(advice.headings)
    tree = TraceTree(advice, words)
    nodes = tuple(tree.whole()) if item is None else tuple(_of_item(tree, item))
    return "\n".join(_layout(nodes, words, max(width, NARROWEST))) + "\n"


def _of_item(tree: TraceTree, item: str) -> Iterator[TraceNode]:
    name = _known(tree, item)
    if name in tree.firings:
        yield tree.rule(name)
    elif name in tree.flags:
        yield tree.flag(name)
    elif name in tree.titles:
        yield tree.option(name)
    for fact in tree.facts:
        if fact == name or fact.startswith(f"{name}."):
            node = tree.fact(fact)
            yield replace(node, children=(*node.children, tree.used(fact)))


def _known(tree: TraceTree, item: str) -> str:
    """The item as the trace spells it; capitals do not matter."""
    names = {name.lower(): name for name in _names(tree)}
    word = clean(item).lower()
    if word in names:
        return names[word]
    shown = clean(item)[:_LONGEST_NAME]
    near = [f"`{names[close]}`" for close in get_close_matches(word, names, n=3, cutoff=0.4)]
    hint = f"The nearest are {', '.join(near)}" if near else "Name a rule, fact, question, option or red flag of it"
    raise AdvisorError(f"nothing in this advice is called `{shown}`. {hint}")


def _names(tree: TraceTree) -> Iterator[str]:
    yield from tree.facts
    for fact in tree.facts:
        yield fact.rpartition(".")[0] or fact
    yield from (*tree.titles, *tree.flags, *tree.firings)


def _layout(nodes: Iterable[TraceNode], words: Words, width: int) -> Iterator[str]:
    numbers: dict[str, int] = {}
    again = set(_again(nodes))
    for place, node in enumerate(nodes):
        if place and node.children:
            yield ""
        yield from _lines(node, 0, words, width, again, numbers)


def _again(nodes: Iterable[TraceNode]) -> Iterator[str]:
    """The keys of what is shown more than once and has something behind it."""
    for node in nodes:
        if node.again:
            yield node.key
        yield from _again(node.children)


def _lines(
    node: TraceNode, depth: int, words: Words, width: int, again: set[str], numbers: dict[str, int]
) -> Iterator[str]:
    label = node.label
    if node.key in numbers:
        label = words("render.trace.see", label=label, number=numbers[node.key])
    elif node.key in again and node.children:
        numbers[node.key] = len(numbers) + 1
        label = words("render.trace.numbered", label=label, number=numbers[node.key])
    step = 2 if width >= 60 else 1
    indent = " " * min(depth * step, width // 2)
    yield from wrapped(label, width, indent + "- " if depth else "", indent + "  ")
    for child in node.children:
        yield from _lines(child, depth + 1, words, width, again, numbers)
