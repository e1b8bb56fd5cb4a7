"""What one person keeps, read as an aid for a decision: the choices as they are told, with what goes with each part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from advisor.advice import default_advisor
from advisor.handouts.open_choices import open_choices
from advisor.keeping import Handouts, handouts
from advisor.model.advice import Advice, OptionCase, SourceNote
from advisor.model.rulebase import About
from advisor.rendering.report import report
from advisor.rendering.report_parts import Bullet, BulletList, Report, SourceEntry, Subheading, Text
from tests.helpers.cases import Case, advice_for, all_cases


@dataclass(frozen=True, eq=False)
class Told:
    """What the report tells of one choice: texts and lists by their label; `shape` is labels and lengths in order."""

    option: OptionCase
    texts: dict[str, str]
    lists: dict[str, tuple[Bullet, ...]]
    shape: tuple[str | int, ...]

    @property
    def words(self) -> int:
        said = [self.option.summary, self.option.living_with_it]
        said += [point.text for points in self.lists.values() for point in points]
        return sum(len(text.split()) for text in said)


@dataclass(frozen=True, eq=False)
class Aid:
    """All that one person gets: the advice, what goes with it, and the report."""

    case: Case
    advice: Advice
    handouts: Handouts
    report: Report
    about: About

    @property
    def noted(self) -> tuple[SourceNote, ...]:
        """The sources of the advice, then those of the numbers that its charts count with."""
        taken = (note for chart in self.handouts.charts for one in chart.taken for note in one.sources)
        return (*self.advice.sources, *taken)

    def says(self, *sections: str) -> str:
        """The texts of some sections, one a line."""
        return "\n".join(text for section in sections for text in self._texts(section))

    def _texts(self, section: str) -> Iterator[str]:
        for part in self.parts(section):
            if isinstance(part, Text | Subheading | SourceEntry):
                yield part.text
            elif isinstance(part, BulletList):
                yield from (text for point in part.entries for text in (point.label, point.text, *point.notes))

    def parts(self, section: str) -> tuple[object, ...]:
        return next((found.parts for found in self.report.sections if found.id == section), ())

    def said(self, key: str) -> str:
        return self.advice.headings[key]

    @property
    def choices(self) -> tuple[Told, ...]:
        """The choices that are open, as they are told."""
        mains = {option.title: option for option in self.advice.options if option.kind == "main"}
        found = tuple(_told(mains[title], parts) for title, parts in self._under("choices"))
        if not found:
            raise LookupError("no choice is told")
        return found

    @property
    def add_ons(self) -> tuple[Told, ...]:
        """What goes with the choice, as it is told."""
        added = [option for option in self.advice.options if option.option in self.advice.recommendation.add_ons]
        told = dict(self._under("others"))
        titles = {option.option: self.said("report.goes_with").replace("{title}", option.title) for option in added}
        return tuple(_told(option, told[titles[option.option]]) for option in added)

    @property
    def all(self) -> tuple[Told, ...]:
        return (*self.choices, *self.add_ons)

    @property
    def sources(self) -> dict[int, SourceEntry]:
        return {part.number: part for part in self.parts("sources") if isinstance(part, SourceEntry)}

    def _under(self, section: str) -> Iterator[tuple[str, list[object]]]:
        title = ""
        found: list[object] = []
        for part in (*self.parts(section), Subheading("")):
            if isinstance(part, Subheading):
                if title:
                    yield title, found
                title, found = part.text, []
            else:
                found.append(part)


def _told(option: OptionCase, parts: list[object]) -> Told:
    texts: dict[str, str] = {}
    lists: dict[str, tuple[Bullet, ...]] = {}
    shape: list[str | int] = []
    label = ""
    for part in parts:
        if isinstance(part, Text):
            label = part.label
            texts[label] = part.text
            shape += [label] if label else []
        elif isinstance(part, BulletList):
            lists[label] = part.entries
            shape.append(len(part.entries))
    return Told(option, texts, lists, tuple(shape))


@cache
def aid(option: str) -> Aid:
    """The first person of the cases who is advised an option, or to whom it is added, and expected to be."""
    advisor = default_advisor()
    for case in all_cases():
        if option in (case.option, *case.add_ons):
            advice = advice_for(case)
            if option in (advice.recommendation.option, *advice.recommendation.add_ons):
                made = handouts(advisor, advice)
                kept = report(
                    advice, made.letters, made.charts,
                    open_to=open_choices(advice, advisor.rulebase), about=advisor.rulebase.about,
                )  # fmt: skip
                return Aid(case, advice, made, kept, advisor.rulebase.about)
    raise LookupError(option)
