"""The report that a person keeps: the plan page first, then all that stands behind it, free of any format."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator

from advisor.model.advice import Advice
from advisor.model.dates import day
from advisor.model.handouts import Chart, Letter
from advisor.model.rulebase import About
from advisor.model.words import Words, cleaned
from advisor.rendering.approved_in_words import approved_said
from advisor.rendering.page_sources import versions
from advisor.rendering.plan_parts import Listed, told_on
from advisor.rendering.plan_text import on_page
from advisor.rendering.reading_grade import grade
from advisor.rendering.report_behind import ask, change, flags, gates, made_of, notes, steps, unknown, why
from advisor.rendering.report_charts import charts as charts_section
from advisor.rendering.report_options import choices, other_choices, points
from advisor.rendering.report_parts import Bullet, BulletList, DraftWords, Report, ReportPart, Section, Subheading, Text
from advisor.rendering.report_plan import first_sheet, left_of_plan, rest_of_plan
from advisor.rendering.report_sources import Citations

_PAGE = "report.page."
_TOLD = ("scope", "evidence_policy", "authors", "funding", "update_policy")
"""What is told of the rule base, in this order."""


def report(
    advice: Advice,
    letters: tuple[Letter, ...] = (),
    charts: tuple[Chart, ...] = (),
    *,
    open_to: Collection[str] | None = None,
    about: About | None = None,
) -> Report:
    """The report of a piece of advice, with its letters and charts. The sections of the plan page come first and fit on
    one sheet of paper. `open_to` are the options that can be the answer here (None: any that is not ruled out), and
    `about` is what the rule base says of itself.

    Raises KeyError for a heading or joining word that the advice does not carry.
    """
    advice = cleaned(advice)
    words = Words(advice.headings)
    shown = on_page(advice)
    listed = Listed(advice, shown, words)
    beside = (note for chart in charts for taken in chart.taken for note in taken.sources)
    cited = Citations(advice, listed.notes, beside)
    left = left_of_plan(shown, words, {rule for letter in letters for rule in letter.rules})
    sheet = tuple(first_sheet(listed, cited, left))
    rest = (
        rest_of_plan(left, words, cited),
        choices(advice, words, cited, open_to),
        other_choices(advice, words, cited, open_to),
        why(advice, words, cited),
        flags(advice, words, cited),
        gates(advice, words),
        steps("steps", advice.next_steps, words, cited),
        steps("later", advice.later_steps, words, cited),
        ask(advice, words, letters),
        _letters(letters, words),
        charts_section(advice, charts, words, cited),
        notes(advice, words, cited),
        change(advice, words),
        unknown(advice, words),
        points(advice, words, open_to),
        _disclosure(advice, words),
        _made(advice, words, sheet, about),
        _keep(words),
        _sure(words),
        Section("sources", words("report.headings.sources"), tuple(cited.entries(words))),
    )
    sections = (*sheet, *(section for section in rest if section is not None))
    own = {key.removeprefix(_PAGE): text for key, text in advice.headings.items() if key.startswith(_PAGE)}
    return Report(words("plan.headings.title"), told_on(shown, words), sections, own)


def _letters(letters: tuple[Letter, ...], words: Words) -> Section | None:
    if not letters:
        return None
    drafts = (
        DraftWords(
            letter,
            words(f"report.draft.{letter.form}", to=letter.to),
            words.counted("report.blanks", letter.blanks) if letter.blanks else "",
        )
        for letter in letters
    )
    return Section("letters", words("report.headings.letters"), (Text(words("report.letters_intro")), *drafts))


def _disclosure(advice: Advice, words: Words) -> Section:
    """What every reader must be told."""
    parts = [*(Text(one.text) for one in advice.disclosures), Text(words("report.certified"))]
    return Section("disclosure", words("report.headings.disclosure"), tuple(parts))


def _made(advice: Advice, words: Words, sheet: tuple[Section, ...], about: About | None) -> Section:
    """The day, the versions, how hard the plan page is to read, and what the rule base says of itself."""
    parts: list[ReportPart] = []
    as_of = advice.plan.as_of
    if as_of:
        parts.append(Text(words("report.told_on", date=day(datetime.date.fromisoformat(as_of)))))
    parts.append(made_of(versions(advice, words)))
    if said := approved_said(advice, words):
        parts.append(Text(said))
    level = grade(" ".join(text for section in sheet for text in spoken(section)))
    parts.append(Text(words("report.grade", grade=max(1, round(level)))))
    if about is not None:
        told = {name: getattr(about, name) for name in _TOLD}
        parts += [Text(text, words(f"report.about.{name}")) for name, text in told.items()]
    return Section("made", words("report.headings.made"), tuple(parts))


def _sure(words: Words) -> Section:
    """Four questions that the reader answers alone; no answer is taken, and none bears on the advice."""
    asked = tuple(Bullet(words(f"report.sure.{name}")) for name in ("sure", "understand", "weigh", "support"))
    parts = (Text(words("report.sure.intro")), BulletList(asked, "box"), Text(words("report.sure.after")))
    return Section("sure", words("report.headings.sure"), parts)


def spoken(section: Section) -> Iterator[str]:
    """The texts of a section that are read as sentences: not its sources, tables and letters."""
    for part in section.parts:
        if isinstance(part, Text) and part.text:
            yield part.text
        elif isinstance(part, BulletList) and section.id != "rests_on":
            yield from (point.text for point in part.entries if point.text)


def _keep(words: Words) -> Section:
    """What to do about a wrong line, and what is kept where."""
    kept = tuple(Bullet(words(f"report.kept.{name}")) for name in ("here", "answers", "names", "links"))
    parts = (
        Subheading(words("report.wrong.title")),
        Text(words("report.wrong.do", section=words("report.headings.made"))),
        Text(words("report.wrong.until")),
        Subheading(words("report.kept.title")),
        BulletList(kept),
    )
    return Section("keep", words("report.headings.keep"), parts)
