"""The choices in the report: those that are open side by side in equal detail, the others, and how points add up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from advisor.model.advice import Advice, CaseLine, OptionCase
from advisor.model.words import Words, joined
from advisor.rendering.blocks import signed
from advisor.rendering.page_advice import added
from advisor.rendering.page_options import MAIN, by_criterion, standing
from advisor.rendering.report_parts import Bullet, BulletList, Grid, ReportPart, Section, Subheading, Text
from advisor.rendering.report_sources import Citations

RULED_OUT = "ruled_out"


def open_options(advice: Advice, open_to: Collection[str] | None = None) -> tuple[OptionCase, ...]:
    """The main options that nothing rules out and that can be the answer here (`open_to`; None: any can), in the order
    of the advice."""
    mains = (case for case in advice.options if case.kind == MAIN and case.standing != RULED_OUT)
    return tuple(case for case in mains if open_to is None or case.option in open_to)


@dataclass(frozen=True)
class ShownCase:
    """What is shown of an option side by side with others, and the points that the equal detail leaves no room for.

    `why` is a point for it that is told ahead of the others.
    """

    option: OptionCase
    pros: tuple[CaseLine, ...]
    cons: tuple[CaseLine, ...]
    why: CaseLine | None = None

    @property
    def words(self) -> int:
        """How many words are shown."""
        lines = (line.text for line in (*self.pros, *self.cons))
        return sum(len(text.split()) for text in (self.option.summary, self.option.living_with_it, *lines))

    @property
    def left(self) -> tuple[tuple[str, tuple[CaseLine, ...]], ...]:
        """The points that are not told so far, by side."""
        sides = (("for", self.option.pros, (*self.pros, self.why)), ("against", self.option.cons, self.cons))
        return tuple((name, tuple(line for line in every if line not in shown)) for name, every, shown in sides)


def side_by_side(advice: Advice, open_to: Collection[str] | None = None) -> tuple[ShownCase, ...]:
    """The open options in equal detail: as many points on each side of each as the side with the fewest has. Those from
    the person's own answers come first, as many as leave no case longer than twice the shortest.
    """
    options = open_options(advice, open_to)
    most = _fewest(options)
    longest = 2 * min((_case(option, 0, most).words for option in options), default=0)
    return tuple(_fitted(option, most, longest) for option in options)


def beside(advice: Advice) -> tuple[ShownCase, ...]:
    """What goes with the choice, each with why and in equal detail: as many points on each side, general ones first."""
    with_why = [added(advice, name) for name in advice.recommendation.add_ons]
    most = _fewest([option for option, _ in with_why])
    return tuple(replace(_case(option, 0, most), why=why) for option, why in with_why)


def _fewest(options: Sequence[OptionCase]) -> int:
    return min((len(side) for option in options for side in (option.pros, option.cons)), default=0)


def _fitted(option: OptionCase, most: int, longest: int) -> ShownCase:
    made = (_case(option, own, most) for own in range(most, -1, -1))
    return next((case for case in made if case.words <= longest), _case(option, 0, most))


def _case(option: OptionCase, own: int, most: int) -> ShownCase:
    return ShownCase(option, _side(option.pros, own, most), _side(option.cons, own, most))


def _side(lines: Sequence[CaseLine], own: int, most: int) -> tuple[CaseLine, ...]:
    """So many points of a side: at most `own` from the person's answers, as long as general ones fill the rest."""
    owned = [line for line in lines if line.rule is not None]
    general = [line for line in lines if line.rule is None]
    return (*owned[:own], *general, *owned[own:])[:most]


def choices(advice: Advice, words: Words, cited: Citations, open_to: Collection[str] | None) -> Section:
    """The open options with the same headings, the same number of points each; then the others in a line each."""
    return Section("choices", words("report.headings.choices"), tuple(_choices(advice, words, cited, open_to)))


def _choices(advice: Advice, words: Words, cited: Citations, open_to: Collection[str] | None) -> Iterator[ReportPart]:
    yield Text(advice.recommendation.how_sure)
    yield Text(words("report.choices_intro"))
    for case in side_by_side(advice, open_to):
        yield Subheading(case.option.title)
        yield Text(_stands(advice, case.option, words), words("report.standing"))
        yield from _told(case, words, cited)


def _told(case: ShownCase, words: Words, cited: Citations) -> Iterator[ReportPart]:
    yield Text(case.option.summary, words("report.what_it_is"))
    yield Text(case.option.living_with_it, words("render.living_with_it"))
    yield Text("", words("render.for"))
    yield _points(case.pros, cited)
    yield Text("", words("render.against"))
    yield _points(case.cons, cited)


def _stands(advice: Advice, case: OptionCase, words: Words) -> str:
    """Where an option stands: second is the other choice that the plan names, where it names one."""
    other = advice.plan.other
    if other is None or case.standing not in ("runner_up", "possible"):
        return standing(words, case)
    return words("render.standing.runner_up" if case.option == other.option else "render.standing.possible")


def _points(lines: Sequence[CaseLine], cited: Citations) -> BulletList:
    return BulletList(tuple(Bullet(line.text, "", cited.of(line.sources)) for line in lines))


def other_choices(advice: Advice, words: Words, cited: Citations, open_to: Collection[str] | None) -> Section | None:
    """What goes with the choice, with what speaks for and against it; the points that the equal detail left no room
    for, the options that are set aside with why, and the names of those that answer other questions."""
    parts = tuple(_others(advice, words, cited, open_to))
    return Section("others", words("report.headings.others"), parts) if parts else None


def _others(advice: Advice, words: Words, cited: Citations, open_to: Collection[str] | None) -> Iterator[ReportPart]:
    goes_with = beside(advice)
    for case in goes_with:
        yield Subheading(words("report.goes_with", title=case.option.title))
        if case.why:
            yield Text(case.why.text, "", cited.of(case.why.sources))
        yield from _told(case, words, cited)
    sides = [
        (words(f"report.other_{side}", title=case.option.title), lines)
        for case in (*side_by_side(advice, open_to), *goes_with)
        for side, lines in case.left
        if lines
    ]
    if sides:
        yield Subheading(words("report.other_points"))
    for label, lines in sides:
        yield Text("", label)
        yield _points(lines, cited)
    out = [option for option in advice.options if option.kind == MAIN and option.standing == RULED_OUT]
    here = {option.option for option in (*open_options(advice, open_to), *out)}
    elsewhere = [option.title for option in advice.options if option.kind == MAIN and option.option not in here]
    if out or elsewhere:
        yield Subheading(words("report.set_aside"))
    if out:
        yield Text(words("ruled_out_intro"))
        yield BulletList(tuple(Bullet(joined(*option.ruled_out_why), f"{option.title}:") for option in out))
    if elsewhere:
        yield Text("; ".join(elsewhere), words("report.elsewhere"))


def points(advice: Advice, words: Words, open_to: Collection[str] | None) -> Section:
    """The arithmetic of each main option that can be the answer here and that a rule gave points, by what they count
    for."""
    columns = tuple(words(f"report.column.{name}") for name in ("choice", "standing", "points", "criterion"))
    rows = tuple(
        (case.title, _stands(advice, case, words), str(case.points), _counted_for(case, words))
        for case in open_options(advice, open_to)
        if case.arithmetic
    )
    heading, intro = words("report.headings.points"), Text(words("report.points_intro"))
    table: ReportPart = Grid(heading, columns, rows) if rows else Text(words("render.none.points"))
    return Section("points", heading, (intro, table, Text(words("report.no_points"))))


def _counted_for(case: OptionCase, words: Words) -> str:
    sums = ((lines[0].criterion_name, sum(line.points for line in lines)) for lines in by_criterion(case))
    return "; ".join(words("report.addend", name=name, points=signed(total)) for name, total in sums)
