"""Puts a piece of advice in reading order: what to do and why first, the case for every option next, sources last."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from advisor.model.advice import Advice
from advisor.model.words import Words
from advisor.rendering.blocks import Block
from advisor.rendering.page_advice import figures, gates, reasons, recommendation, red_flags, steps
from advisor.rendering.page_options import options, runner_up
from advisor.rendering.page_outlook import calls, questions, unknowns, would_change
from advisor.rendering.page_sources import about, later_steps, notes, sources

SECTIONS: tuple[Callable[[Advice, Words], Iterator[Block]], ...] = (
    recommendation, reasons, red_flags, gates, steps, figures, unknowns, would_change, questions, calls, runner_up,
    options, later_steps, notes, sources, about,
)  # fmt: skip
"""The sections in the order read; each yields the blocks of one, or nothing when the advice has none of it."""


def page(advice: Advice) -> tuple[Block, ...]:
    """Every block of the page. Raises KeyError for a heading or joining word that the advice does not carry."""
    words = Words(advice.headings)
    return tuple(block for section in SECTIONS for block in section(advice, words))
