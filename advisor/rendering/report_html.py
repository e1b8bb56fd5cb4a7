"""The report as one page that needs no network and no script: the plan in full view, the rest folded below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from advisor.model.handouts import ENTRY, Letter
from advisor.model.words import Words
from advisor.rendering.chart_svg import CHART_STYLE, chart_svg
from advisor.rendering.html_tree import Html, anchor, document, el, link, table, together
from advisor.rendering.report_parts import (
    Bullet,
    BulletList,
    DraftWords,
    Drawn,
    Grid,
    Report,
    ReportPart,
    Section,
    SourceEntry,
    Subheading,
    Text,
)

STYLE = Path(__file__).with_name("report.css")
_ALIKE = 8  # parts of the case of an option; the style sheet lines up as many rows


def report_html(report: Report) -> str:
    """The page."""
    style = CHART_STYLE.read_text("utf-8") + STYLE.read_text("utf-8")
    return document(" ".join(filter(None, (report.title, report.told_on))), style, _Page(report).body())


@dataclass(frozen=True)
class _Page:
    """What every part of the page is made with; `cited` are the sections and numbers that were met so far."""

    report: Report
    cited: dict[int, list[Section]] = field(default_factory=dict)

    def body(self) -> Html:
        """All that is seen, made in the order read: the list of sources comes after all that cite them."""
        say, report = self.report.words, self.report
        behind = [section for section in report.sections if not section.first]
        return el(
            "body",
            el("a", say["skip"], href="#main", class_="skip"),
            el("header", el("h1", report.title), el("p", report.told_on, class_="day") if report.told_on else None),
            el(
                "main",
                el("div", (self.on_sheet(section) for section in report.sections if section.first), class_="sheet"),
                el(
                    "div",
                    el("h2", say["behind"]),
                    el("p", say["behind_intro"], class_="intro"),
                    (self.folded(section) for section in behind),
                    class_="behind",
                ),
                id="main",
                tabindex=-1,
            ),
            el("footer", el("p", say["footer"])),
        )

    def on_sheet(self, section: Section) -> Html:
        """A section of the plan page."""
        title = el("h2", section.heading, id=f"{section.id}-title")
        inside = self.parts(section, section.parts, 3)
        return el("section", title, inside, id=section.id, aria_labelledby=f"{section.id}-title")

    def folded(self, section: Section) -> Html:
        """A section behind the plan: opened on request, but for the list of sources, to which every number leads."""
        title, groups = el("h3", section.heading, id=f"{section.id}-title"), tuple(_groups(section.parts))
        first = groups[0]
        if any(isinstance(part, SourceEntry) for part in first):
            inside = together(
                el("ol", (self.source(part) for part in first if isinstance(part, SourceEntry)), class_="sources"),
                self.groups(section, groups[1:]),
            )
            return el("section", title, inside, id=section.id, aria_labelledby=f"{section.id}-title")
        inside = together(self.parts(section, first, 4), self.groups(section, groups[1:]))
        return el("details", el("summary", title), el("div", inside, class_="inside"), id=section.id)

    def groups(self, section: Section, groups: tuple[tuple[ReportPart, ...], ...]) -> Html | None:
        """Each subheading with what stands below it; side by side where all are made alike."""
        if not groups:
            return None
        kinds = {tuple(type(part) for part in group) for group in groups}
        alike = len(groups) > 1 and len(kinds) == 1 and len(groups[0]) == _ALIKE
        inside = (
            el("div", self.part(section, title, 4), self.parts(section, below, 5), class_="group")
            for title, *below in groups
        )
        return el("div", inside, class_="groups alike" if alike else "groups")

    def parts(self, section: Section, parts: Iterable[ReportPart], level: int) -> Html:
        """Parts one after another; titles of lists have the level given."""
        return together(self.part(section, part, level) for part in parts)

    def part(self, section: Section, part: ReportPart, level: int) -> Html:
        """One part."""
        if isinstance(part, Text):
            return self.text(section, part, level)
        if isinstance(part, BulletList):
            kind = "ol" if part.mark == "number" else "ul"
            return el(kind, (self.point(section, point) for point in part.entries), class_=part.mark, role="list")
        if isinstance(part, Subheading):
            return el(f"h{level}", part.text)
        if isinstance(part, Grid):
            return table(part.caption, part.columns, part.rows)
        if isinstance(part, Drawn):
            drawing = el("div", Html(chart_svg(part.chart)), class_="drawing")
            return el("figure", drawing, table(part.table.caption, part.table.columns, part.table.rows))
        return self.draft(part, level) if isinstance(part, DraftWords) else together()

    def text(self, section: Section, part: Text, level: int) -> Html:
        """Running text, or the title of the list below it."""
        if not part.text:
            return el(f"h{level}", part.label)
        label = (el("strong", part.label, class_="label"), " ") if part.label else None
        inside = together(label, part.text, self.cites(section, part.cites))
        if part.quoted:
            return el("blockquote", el("p", inside))
        return el("p", inside, class_="strong" if part.strong else None)

    def point(self, section: Section, point: Bullet) -> Html:
        """One entry of a list."""
        label = (el("strong", point.label, class_="label"), " ") if point.label else None
        said = el("p", label, point.text, self.cites(section, point.cites))
        return el("li", said, (el("p", note, class_="note") for note in point.notes))

    def cites(self, section: Section, numbers: tuple[int, ...]) -> Html | None:
        """Numbers that lead to the list of sources."""
        if not numbers:
            return None
        links = (self.cite(section, number) for number in numbers)
        return el("sup", (together(", " if place else None, one) for place, one in enumerate(links)))

    def cite(self, section: Section, number: int) -> Html:
        """A number that leads to its source; the first of a section can be led back to."""
        found = self.cited.setdefault(number, [])
        first = section not in found
        if first:
            found.append(section)
        name = f"cite-{section.id}-{number}" if first else None
        label = Words(self.report.words)("cite", number=number)
        return el("a", str(number), href=f"#source-{number}", id=name, aria_label=label)

    def source(self, part: SourceEntry) -> Html:
        """One source, and the sections that cite it."""
        back = (
            together(", " if place else None, el("a", section.heading, href=f"#cite-{section.id}-{part.number}"))
            for place, section in enumerate(self.cited.get(part.number, ()))
        )
        return el(
            "li",
            el("p", part.text),
            (el("p", link(address), class_="address") for address in part.links),
            el("p", self.report.words["back"], " ", back, class_="back"),
            id=f"source-{part.number}",
            value=part.number,
            tabindex=-1,
        )

    def draft(self, part: DraftWords, level: int) -> Html:
        """Words to send, say or take along, to be selected at one click."""
        letter = part.letter
        return el(
            "div",
            el(f"h{level}", letter.subject),
            el("p", part.label, class_="label"),
            el("div", _paragraphs(letter), class_="words"),
            el("p", part.note, " " if part.note else None, el("span", self.report.words["select"], class_="on-screen"),
               class_="note"),
            class_="draft",
            id=anchor("letter", letter.name),
        )  # fmt: skip


def _groups(parts: Iterable[ReportPart]) -> Iterator[tuple[ReportPart, ...]]:
    """The parts before the first subheading, which may be none, then each subheading with those below it."""
    group: list[ReportPart] = []
    for part in parts:
        if isinstance(part, Subheading):
            yield tuple(group)
            group = []
        group.append(part)
    yield tuple(group)


def _paragraphs(letter: Letter) -> Iterator[Html]:
    """The paragraphs of a letter; those that are entries of a list follow one another as one."""
    for is_list, found in groupby(letter.paragraphs, lambda paragraph: paragraph.startswith(ENTRY)):
        if is_list:
            yield el("ul", (el("li", item.removeprefix(ENTRY)) for item in found))
        else:
            yield from (el("p", paragraph) for paragraph in found)
