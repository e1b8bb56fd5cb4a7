"""The choices in the report: those that are open side by side in equal detail, the others, and how points add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Case:
    """What is shown of an option side by side with others, and the points that the equal detail leaves no room for."""

    option: OptionCase
    pros: tuple[CaseLine, ...]
    cons: tuple[CaseLine, ...]

    @property
    def words(self) -> int:
        """How many words are shown."""
        lines = (line.text for line in (*self.pros, *self.cons))
        return sum(len(text.split()) for text in (self.option.summary, self.option.living_with_it, *lines))

    @property
    def left(self) -> tuple[tuple[str, tuple[CaseLine, ...]], ...]:
        """The points that are not shown, by side."""
        sides = (("for", self.option.pros, self.pros), ("against", self.option.cons, self.cons))
        return tuple((name, tuple(line for line in every if line not in shown)) for name, every, shown in sides)


def side_by_side(advice: Advice) -> tuple[Case, ...]:
    """The open options in equal detail: as many points on each side of each as the side with the fewest has. Those from
    the person's own answers come first, as many as leave no case longer than twice the shortest.
    """
    options = open_options(advice)
    most = min((len(side) for option in options for side in (option.pros, option.cons)), default=0)
    longest = 2 * min((_case(option, 0, most).words for option in options), default=0)
    return tuple(_fitted(option, most, longest) for option in options)


def _fitted(option: OptionCase, most: int, longest: int) -> Case:
    made = (_case(option, own, most) for own in range(most, -1, -1))
    return next((case for case in made if case.words <= longest), _case(option, 0, most))


def _case(option: OptionCase, own: int, most: int) -> Case:
    return Case(option, _side(option.pros, own, most), _side(option.cons, own, most))


def _side(lines: Sequence[CaseLine], own: int, most: int) -> tuple[CaseLine, ...]:
    """So many points of a side: at most `own` from the person's answers, as long as general ones fill the rest."""
    owned = [line for line in lines if line.rule is not None]
    general = [line for line in lines if line.rule is None]
    return (*owned[:own], *general, *owned[own:])[:most]


def choices(advice: Advice, words: Words, cited: Citations) -> Section:
    """The open options with the same headings, the same number of points each; then the others in a line each."""
    return Section("choices", words("report.headings.choices"), tuple(_choices(advice, words, cited)))


def _choices(advice: Advice, words: Words, cited: Citations) -> Iterator[ReportPart]:
    if headline(advice) != advice.plan.answer.text:
        yield Text(headline(advice), strong=True)
    yield Text(advice.recommendation.how_sure)
    yield Text(words("report.choices_intro"))
    for case in side_by_side(advice):
        yield Subheading(case.option.title)
        yield Text(standing(words, case.option), words("report.standing"))
        yield Text(case.option.summary, words("report.what_it_is"))
        yield Text(case.option.living_with_it, words("render.living_with_it"))
        yield Text("", words("render.for"))
        yield _points(case.pros, cited)
        yield Text("", words("render.against"))
        yield _points(case.cons, cited)


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
    sides = [
        (words(f"report.other_{side}", title=case.option.title), lines)
        for case in side_by_side(advice)
        for side, lines in case.left
        if lines
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
