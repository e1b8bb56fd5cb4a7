"""The impact of a rule change as text for the terminal: the rules, the proof or the cases, and the logged advice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from advisor.audit.model.impact import Case, CaseOutcome, Compared, FieldChange, Flip, Impact
from advisor.model.safe_text import printable
from advisor.model.words import Words
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph
from advisor.rendering.text import laid_out


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
        told = tuple(_field(one, words.field(one.field), words) for one in change.changes)
        yield Entry(words(f"render.impact.{how}", rule=change.rule), notes=told)
    if found.other_files:
        yield Paragraph(words("render.impact.files", files=", ".join(found.other_files)))
    yield Heading(2, words("render.impact.proof"))
    yield from _proof(found, words)
    if found.logged is not None:
        yield Heading(2, words("render.impact.log", count=len(found.flips), looked_at=found.logged))
        if not found.logged and not found.not_run:
            yield Paragraph(words("render.impact.no_log"))
        yield from (Entry(_flip(flip, words), notes=_older(flip, words)) for flip in found.flips)
    if found.not_run:
        yield Paragraph("", words("render.impact.not_run", count=len(found.not_run)))
    for one in found.not_run:
        yield Entry(words("render.impact.not_run_line", place=one.place, reason=one.reason))


def _proof(found: Impact, words: Words) -> Iterator[Block]:
    if found.equivalent:
        yield Paragraph(words("render.impact.equivalent"), strong=True)
    reasons = dict.fromkeys(one.reason for one in found.compared if one.reason)
    yield from (Paragraph(words("render.impact.not_compared", reason=reason)) for reason in reasons)
    for one in found.compared if not found.equivalent and not reasons else ():
        yield _aspect(one, words)
    yield Paragraph(words("render.impact.uncompared"))
    for key in ("left_out", "choices_left_out"):
        if names := getattr(found, key):
            yield Paragraph(words(f"render.impact.{key}", names=", ".join(names)))


def _aspect(one: Compared, words: Words) -> Entry:
    aspect = words(f"render.impact.aspect.{one.aspect}")
    if one.case is None:
        return Entry(words("render.impact.alike" if one.decided else "render.impact.undecided", aspect=aspect))
    key = "render.impact.case" if one.fewest else "render.impact.any_case"
    return Entry(words(key, aspect=aspect), notes=tuple(_case(one.case, one.aspect, words)))


def _case(case: Case, aspect: str, words: Words) -> Iterator[str]:
    plain = {q: ", ".join(v) if isinstance(v, tuple) else str(v) for q, v in case.answers.items()}
    given = "; ".join(f"{question}: {value}" for question, value in plain.items())
    yield words("render.impact.answers", answers=given or words("render.impact.no_answers"))

    def said(outcome: CaseOutcome, other: CaseOutcome) -> str:
        found = getattr(outcome, aspect)
        if aspect == "lines":  # there are many: only those that the other does not have
            return " / ".join(line for line in found if line not in other.lines) or words("render.impact.no_line")
        return ", ".join(found) or words("render.impact.nothing")

    yield words("render.impact.old", found=said(case.old, case.new))
    yield words("render.impact.new", found=said(case.new, case.old))


def _flip(flip: Flip, words: Words) -> str:
    who = {"receipt": flip.receipt, "date": flip.time[:10]}
    if flip.refused:
        return words("render.impact.refused", **who, reason=flip.refused)
    aspects = ", ".join(words(f"render.impact.aspect.{aspect}").lower() for aspect in flip.aspects)
    if flip.option == flip.new_option:
        return words("render.impact.stays", **who, option=flip.option, aspects=aspects)
    return words("render.impact.flip", **who, option=flip.option, new_option=flip.new_option, aspects=aspects)


def _older(flip: Flip, words: Words) -> tuple[str, ...]:
    told = tuple(_field(one, words(f"render.impact.aspect.{one.field}"), words) for one in flip.changes)
    return told if flip.of_old else (*told, words("render.impact.older"))


def _field(one: FieldChange, name: str, words: Words) -> str:
    none = words("render.impact.nothing")
    return words.changed("", name, one.before or none, one.after or none)
