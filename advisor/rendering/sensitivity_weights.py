"""The part of a sensitivity page about weights: over what range of each the choice stays, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from advisor.model.sensitivity import Sensitivity, WeightRange, WeightSpan
from advisor.model.words import Words, joined
from advisor.rendering.blocks import Block, Entry, Heading, Paragraph, signed

_TIE = "toss_up"


def weights(found: Sensitivity, words: Words) -> Iterator[Block]:
    """The weights that could change the choice, one entry each, and the others by name."""
    yield Heading(2, words("render.sensitivity.sections.weights"))
    yield Paragraph(words("render.sensitivity.weights.intro"))
    changing = [line for line in found.weights if line.bearing == "changes"]
    if not changing:
        yield Paragraph(words(f"render.sensitivity.weights.{'steady' if found.by_points else 'settled'}"))
    for line in changing:
        text = joined(*_bounds(line, found, words), _tie(line, found, words))
        points = "; ".join(f"{found.option_names[o]} {signed(p)}" for o, p in line.points.items())
        notes = [words("render.sensitivity.weights.points", points=points), *_farther(line, found, words)]
        yield Entry(text, label=f"{line.name}:", notes=tuple(notes))
    steady = [line for line in found.weights if line.bearing == "never_changes"]
    yield from _named("never", [line for line in steady if not _tie(line, found, words)], words)
    yield from _named("never_tie", [line for line in steady if _tie(line, found, words)], words)
    yield from _named("none", [line for line in found.weights if line.bearing == "no_points"], words)


def _named(key: str, lines: list[WeightRange], words: Words) -> Iterator[Block]:
    if lines:
        yield Paragraph(words(f"render.sensitivity.weights.{key}", names="; ".join(line.name for line in lines)))


def _tie(line: WeightRange, found: Sensitivity, words: Words) -> str:
    """A warning when the choice stays but comes close to a tie, which it is not today."""
    close = _TIE in line.holds.confidences and found.now.confidence != _TIE
    return words("render.sensitivity.weights.tie") if close else ""


def _bounds(line: WeightRange, found: Sensitivity, words: Words) -> Iterator[str]:
    """What the weight would have to be before the choice changed, downward and upward."""
    holds = line.holds
    if line.below is not None:
        low = Fraction(holds.low)
        ended = "beyond" if holds.low_included else "from"
        key = "any" if low == 1 else "nothing" if low == 0 else ended
        option, times = _option(line.below, found, words), _times(low, words)
        yield words(f"render.sensitivity.weights.below.{key}", times=times, option=option)
    if line.above is not None and holds.high is not None:
        high = Fraction(holds.high)
        key = "any" if high == 1 else "beyond" if holds.high_included else "from"
        option, times = _option(line.above, found, words), _times(high, words)
        yield words(f"render.sensitivity.weights.above.{key}", times=times, option=option)


def _farther(line: WeightRange, found: Sensitivity, words: Words) -> Iterator[str]:
    """The choices beyond the neighbors of the range that holds, with the weights over which they come."""
    apart = [span for span in line.spans if span not in (line.below, line.holds, line.above)]
    if apart:
        options = "; ".join(_stretch(span, found, words) for span in apart)
        yield words("render.sensitivity.weights.farther", options=options)


def _stretch(span: WeightSpan, found: Sensitivity, words: Words) -> str:
    option, low = _option(span, found, words), _times(Fraction(span.low), words)
    if span.high is None:
        return words("render.sensitivity.weights.stretch.open", option=option, low=low)
    if span.low == span.high:
        return words("render.sensitivity.weights.stretch.at", option=option, low=low)
    return words(
        "render.sensitivity.weights.stretch.between", option=option, low=low, high=_times(Fraction(span.high), words)
    )


def _option(span: WeightSpan, found: Sensitivity, words: Words) -> str:
    return words("render.sensitivity.no_choice") if span.option is None else found.option_names[span.option]


def _times(weight: Fraction, words: Words) -> str:
    """A weight with at most two decimals, and a word before it when that is not exact; a tiny one as a fraction."""
    if weight.denominator == 1:
        return str(weight.numerator)
    rounded = f"{float(weight):.2f}".rstrip("0").rstrip(".")
    if rounded == "0":
        return str(weight)
    return rounded if Fraction(rounded) == weight else words("render.sensitivity.weights.about", number=rounded)
