"""The choices in the report: those that are open side by side in equal detail, the others, and how points add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advisor.model.advice import Advice, CaseLine, OptionCase
from advisor.rendering.blocks import signed
from advisor.rendering.page_advice import added, headline
from advisor.rendering.page_options import MAIN, by_criterion, standing
from advisor.rendering.report_parts import Grid, Point, Points, ReportPart, Section, Subheading, Text
from advisor.rendering.report_sources import Citations
from advisor.rendering.words import Words, joined

RULED_OUT = "ruled_out"


def open_options(advice: Advice) -> tuple[OptionCase, ...]:
    """The main options that nothing rules out, in the order of the advice."""
    return tuple(case for case in advice.options if case.kind == MAIN and case.standing != RULED_OUT)


def shown_points(advice: Advice) -> int:
    """How many points are shown on each side of each open option: as many as the one with the fewest has."""
    return min((len(side) for case in open_options(advice) for side in (case.pros, case.cons)), default=0)


def choices(advice: Advice, words: Words, cited: Citations) -> Section:
    """The open options with the same headings, the same number of points each; then the others in a line each."""
    return Section("choices", words("report.headings.choices"), tuple(_choices(advice, words, cited)))


def _choices(advice: Advice, words: Words, cited: Citations) -> Iterator[ReportPart]:
    yield Text(headline(advice), strong=True)
    yield Text(advice.recommendation.how_sure)
    yield Text(words("report.choices_intro"))
    most = shown_points(advice)
    for case in open_options(advice):
        yield Subheading(case.title)
        yield Text(standing(words, case), words("report.standing"))
        yield Text(case.summary, words("report.what_it_is"))
        yield Text(case.living_with_it, words("render.living_with_it"))
        yield Text("", words("render.for"))
        yield _points(case.pros[:most], cited)
        yield Text("", words("render.against"))
        yield _points(case.cons[:most], cited)


def _points(lines: Sequence[CaseLine], cited: Citations) -> Points:
    return Points(tuple(Point(line.text, "", cited.of(line.sources)) for line in lines))


def other_choices(advice: Advice, words: Words, cited: Citations) -> Section | None:
    """What goes with the choice, the options that are set aside with why, and the points of the open ones that the
    equal detail left no room for."""
    parts = tuple(_others(advice, words, cited))
    return Section("others", words("report.headings.others"), parts) if parts else None


def _others(advice: Advice, words: Words, cited: Citations) -> Iterator[ReportPart]:
    if advice.recommendation.add_ons:
        yield Subheading(words("report.goes_with"))
        yield Points(tuple(_add_on(advice, name, cited) for name in advice.recommendation.add_ons))
    most = shown_points(advice)
    sides = [
        (words(f"report.{side}", title=case.title), lines[most:])
        for case in open_options(advice)
        for side, lines in (("other_for", case.pros), ("other_against", case.cons))
        if lines[most:]
    ]
    if sides:
        yield Subheading(words("report.other_points"))
    for label, lines in sides:
        yield Text("", label)
        yield _points(lines, cited)
    out = [case for case in advice.options if case.kind == MAIN and case.standing == RULED_OUT]
    if out:
        yield Subheading(words("report.set_aside"))
        yield Text(words("ruled_out_intro"))
        yield Points(tuple(Point(joined(*case.ruled_out_why), f"{case.title}:") for case in out))


def _add_on(advice: Advice, name: str, cited: Citations) -> Point:
    case, own = added(advice, name)
    return Point(own.text if own else case.summary, f"{case.title}:", cited.of(own.sources if own else ()))


def points(advice: Advice, words: Words) -> Section:
    """The arithmetic of each main option that a rule gave points, by what they count for."""
    columns = tuple(words(f"report.column.{name}") for name in ("choice", "standing", "points", "criterion"))
    rows = tuple(
        (case.title, standing(words, case), str(case.points), _counted_for(case, words))
        for case in advice.options
        if case.kind == MAIN and case.arithmetic
    )
    heading, intro = words("report.headings.points"), Text(words("report.points_intro"))
    table: ReportPart = Grid(heading, columns, rows) if rows else Text(words("render.none.points"))
    return Section("points", heading, (intro, table, Text(words("report.no_points"))))


def _counted_for(case: OptionCase, words: Words) -> str:
    sums = ((lines[0].criterion_name, sum(line.points for line in lines)) for lines in by_criterion(case))
    return "; ".join(words("report.addend", name=name, points=signed(total)) for name, total in sums)
