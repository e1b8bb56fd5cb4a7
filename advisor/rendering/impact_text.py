"""The impact of a rule change as text for the terminal: the rules, the proof or the cases, and the logged advice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.model.impact import Case, Flip, Impact, Outcome
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph
from advisor.rendering.text import laid_out
from advisor.rendering.words import Words, printable


def render_impact(found: Impact, wording: Mapping[str, str], width: int) -> str:
    """The impact as lines of at most `width` columns (20 at the least). Raises KeyError for missing wording."""
    return printable(laid_out(_blocks(found, Words(wording)), width))


def _blocks(found: Impact, words: Words) -> Iterator[Block]:
    yield Heading(1, words("render.impact.title"))
    yield Heading(2, words("render.impact.rules"))
    if not found.rules:
        yield Paragraph(words("render.impact.same_rules"))
    for change in found.rules:
        how = "words" if change.wording_only else change.how
        yield Entry(words(f"render.impact.{how}", rule=change.rule, keys=", ".join(change.keys)))
    if found.other_files:
        yield Paragraph(words("render.impact.files", files=", ".join(found.other_files)))
    yield Heading(2, words("render.impact.proof"))
    yield from _proof(found, words)
    if found.logged is not None:
        yield Heading(2, words("render.impact.log", count=len(found.flips), looked_at=found.logged))
        yield from (Entry(_flip(flip, words)) for flip in found.flips)


def _proof(found: Impact, words: Words) -> Iterator[Block]:
    if found.equivalent:
        yield Paragraph(words("render.impact.equivalent"), strong=True)
    for one in found.compared if not found.equivalent else ():
        aspect = words(f"render.impact.aspect.{one.aspect}")
        if one.case is None:
            yield Entry(words("render.impact.alike" if one.decided else "render.impact.undecided", aspect=aspect))
        else:
            notes = tuple(_case(one.case, one.aspect, words))
            yield Entry(words("render.impact.case", aspect=aspect), notes=notes)
    for key in ("left_out", "choices_left_out"):
        if names := getattr(found, key):
            yield Paragraph(words(f"render.impact.{key}", names=", ".join(names)))


def _case(case: Case, aspect: str, words: Words) -> Iterator[str]:
    plain = {q: ", ".join(v) if isinstance(v, tuple) else str(v) for q, v in case.answers.items()}
    given = "; ".join(f"{question}: {value}" for question, value in plain.items())
    yield words("render.impact.answers", answers=given or words("render.impact.no_answers"))

    def said(outcome: Outcome) -> str:
        return ", ".join(getattr(outcome, aspect)) or words("render.impact.nothing")

    yield words("render.impact.old", found=said(case.old))
    yield words("render.impact.new", found=said(case.new))


def _flip(flip: Flip, words: Words) -> str:
    who = {"receipt": flip.receipt, "date": flip.time[:10]}
    if flip.refused:
        return words("render.impact.refused", **who, reason=flip.refused)
    aspects = ", ".join(words(f"render.impact.aspect.{aspect}").lower() for aspect in flip.aspects)
    if flip.option == flip.new_option:
        return words("render.impact.stays", **who, option=flip.option, aspects=aspects)
    return words("render.impact.flip", **who, option=flip.option, new_option=flip.new_option, aspects=aspects)
