"""What the advice hangs on, as text for the terminal: weights first, then single rules, then kinds of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from advisor.model.safe_text import printable
from advisor.model.sensitivity import EvidenceTest, Outcome, Sensitivity, StruckRule
from advisor.model.words import Words, joined
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph
from advisor.rendering.sensitivity_weights import weights
from advisor.rendering.text import laid_out


def render_sensitivity(found: Sensitivity, wording: Mapping[str, str], width: int) -> str:
    """The page as lines of at most `width` columns (20 at the least).

    `wording` is that of the rule base. Raises KeyError when it lacks a joining word.
    """
    words = Words(wording)
    sections = (_opening, weights, _rules, _evidence, _limits)
    blocks = tuple(block for section in sections for block in section(found, words))
    return printable(laid_out(blocks, width))


def _opening(found: Sensitivity, words: Words) -> Iterator[Block]:
    yield Heading(1, words("render.sensitivity.title"))
    option, confidence = found.option_names[found.now.option], _sure(found.now, words)
    yield Paragraph(words("render.sensitivity.now", option=option, confidence=confidence), strong=True)
    yield Paragraph(words("render.sensitivity.intro"))


def _sure(outcome: Outcome, words: Words) -> str:
    return words(f"render.sensitivity.confidence.{outcome.confidence}")


def _rules(found: Sensitivity, words: Words) -> Iterator[Block]:
    yield Heading(2, words("render.sensitivity.sections.rules"))
    if not found.tried:
        yield Paragraph(words("render.sensitivity.rules.intro.none"))
        return
    yield Paragraph(words.counted("render.sensitivity.rules.intro", found.tried))
    if not found.strikes:
        yield Paragraph(words("render.sensitivity.rules.nothing"))
        return
    turning = [line for line in found.strikes if line.after is None or "option" in line.changes]
    judging = [line for line in turning if line.part == "judges"]
    if not judging:
        yield Paragraph(words("render.sensitivity.rules.choice_none"))
    yield from _group("choice", judging, found, words)
    yield from _group("meaning", [line for line in turning if line.part == "defines"], found, words)
    others = [line for line in found.strikes if line not in turning]
    yield from _group("other", [line for line in others if line.changes != ("red_flags",)], found, words)
    yield from _only_flags([line for line in others if line.changes == ("red_flags",)], found, words)


def _group(key: str, lines: list[StruckRule], found: Sensitivity, words: Words) -> Iterator[Block]:
    if lines:
        yield Paragraph("", label=words(f"render.sensitivity.rules.{key}"))
    for line in lines:
        label = words("render.sensitivity.rules.label", title=line.title, rule=line.rule)
        yield Entry(joined(*_effects(line, found, words)), label=label)


def _effects(line: StruckRule, found: Sensitivity, words: Words) -> Iterator[str]:
    """What striking a rule does, a sentence for each change; once the choice changes, the rest goes without saying."""
    after, names = line.after, found.option_names
    if after is None:
        yield words("render.sensitivity.rules.conflict")
        return
    if "option" in line.changes:
        yield words("render.sensitivity.rules.option", option=names[after.option], confidence=_sure(after, words))
        return
    if "confidence" in line.changes:
        yield words("render.sensitivity.rules.confidence", confidence=_sure(after, words))
    for key, some, other in (("dropped", found.now, after), ("added", after, found.now)):
        if add_ons := [names[one] for one in some.add_ons if one not in other.add_ons]:
            yield words(f"render.sensitivity.rules.{key}", add_ons="; ".join(add_ons))


def _only_flags(lines: list[StruckRule], found: Sensitivity, words: Words) -> Iterator[Block]:
    items = [
        words("render.sensitivity.rules.flag_rule", rule=line.rule, flags="; ".join(_flags(found.now, after, words)))
        for line in lines
        if (after := line.after) is not None
    ]
    if items:
        yield Paragraph(words("render.sensitivity.rules.flags", rules=", ".join(items)))


def _flags(now: Outcome, after: Outcome, words: Words) -> Iterator[str]:
    both = now.red_flags.keys() & after.red_flags.keys()
    kinds = {
        "gone": now.red_flags.keys() - both,
        "new": after.red_flags.keys() - both,
        "changed": {flag for flag in both if now.red_flags[flag] != after.red_flags[flag]},
    }
    for key, flags in kinds.items():
        if flags:
            yield words(f"render.sensitivity.rules.flag.{key}", flags=", ".join(sorted(flags)))


def _evidence(found: Sensitivity, words: Words) -> Iterator[Block]:
    if not found.evidence:
        return
    yield Heading(2, words("render.sensitivity.sections.evidence"))
    yield Paragraph(words("render.sensitivity.evidence.intro"))
    if not found.by_points:
        yield Paragraph(words("render.sensitivity.evidence.settled"))
    for test in found.evidence:
        notes = (_left_out(test, found, words), _flags_lost(test, found, words))
        yield Entry(joined(*_verdict(test, found, words)), label=test.title, notes=notes)


def _verdict(test: EvidenceTest, found: Sensitivity, words: Words) -> Iterator[str]:
    if test.after is None:
        yield words("render.sensitivity.evidence.conflict")
        return
    option, confidence = found.option_names[test.after.option], _sure(test.after, words)
    yield words(f"render.sensitivity.evidence.{'yes' if test.holds else 'no'}", option=option, confidence=confidence)
    if test.holds and test.after.confidence != found.now.confidence:
        yield words("render.sensitivity.evidence.sure", confidence=confidence)


def _left_out(test: EvidenceTest, found: Sensitivity, words: Words) -> str:
    count = len(test.struck)
    key = "none" if not count else "one" if count == 1 else "more"
    return words(f"render.sensitivity.evidence.left_out.{key}", count=count, fired=found.fired)


def _flags_lost(test: EvidenceTest, found: Sensitivity, words: Words) -> str:
    lost = sorted(found.now.red_flags.keys() - test.after.red_flags.keys()) if test.after else []
    return words("render.sensitivity.evidence.flags", flags=", ".join(lost)) if lost else ""


def _limits(found: Sensitivity, words: Words) -> Iterable[Block]:
    yield Heading(2, words("render.sensitivity.sections.limits"))
    for key in ("together", "ours", "rounded"):
        yield Entry(words(f"render.sensitivity.limits.{key}"))
