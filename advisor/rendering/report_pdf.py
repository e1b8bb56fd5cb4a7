"""The report as a PDF: US Letter, tagged for screen readers, the same bytes for the same report."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from advisor.errors import AdvisorError
from advisor.model.handouts import Chart
from advisor.model.safe_text import unpasted
from advisor.model.words import clean, joined
from advisor.rendering.chart_svg import chart_svg
from advisor.rendering.report_parts import DraftWords, Drawn, Report, ReportPart

TEMPLATE = Path(__file__).with_name("report.typ")
_STANDARD = "ua-1"


def report_pdf(report: Report) -> bytes:
    """The file. Its first sheet is what is `first` in the report, in type as small as it must be to fit on one page (9
    points at the least), and what follows begins on the second.

    Characters that the fonts do not have are boxes to the eye and themselves to a screen reader; such a file does not
    call itself PDF/UA. Raises AdvisorError without the library.
    """
    data = json.dumps(_data(report), ensure_ascii=False)
    typst = _library()
    try:
        return _compiled(typst, data, [_STANDARD])
    except typst.TypstError:
        return _compiled(typst, data, [])


def _compiled(typst: Any, data: str, standards: list[str]) -> bytes:
    """The file of the report's data. The compiler sees one empty folder, its own fonts and nothing of the machine."""
    with tempfile.TemporaryDirectory() as empty:
        made: bytes = typst.compile(
            TEMPLATE.read_bytes(),
            root=empty,
            package_path=empty,
            package_cache_path=empty,
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"report": data},
            pdf_standards=standards,
        )
    return made


def _data(report: Report) -> dict[str, object]:
    sections = [
        {
            "heading": section.heading,
            "first": section.first,
            "parts": [_part(part) for part in section.parts],
        }
        for section in report.sections
    ]
    made: dict[str, object] = _cleaned(
        {
            "title": report.title,
            "told_on": report.told_on,
            "behind": report.words.get("behind", ""),
            "pages": report.words.get("back_pages", ""),
            "sections": sections,
        }
    )
    return made


def _part(part: ReportPart) -> dict[str, object]:
    """What the template is told of a part, with its kind."""
    kind = {"kind": type(part).__name__.lower()}
    if isinstance(part, DraftWords):
        letter = part.letter
        return kind | {
            "subject": letter.subject,
            "paragraphs": letter.paragraphs,
            "label": part.label,
            "note": part.note,
        }
    if isinstance(part, Drawn):
        chart = Chart.model_validate(_cleaned(part.chart.model_dump()))
        alt = joined(chart.title, chart.says, *chart.sentences)
        picture = _Picture(chart_svg(chart, paper=True))
        return kind | {"picture": picture, "alt": alt, "table": asdict(part.table)}
    return kind | asdict(part)


class _Picture(str):
    """A drawing, whose lines stay as they are."""


def _cleaned(part: Any) -> Any:
    """The same with every text on one line, without characters that nobody sees or that could turn it around."""
    if isinstance(part, str):
        return part if isinstance(part, _Picture) else clean(unpasted(part))
    if isinstance(part, dict):
        return {key: _cleaned(value) for key, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_cleaned(item) for item in part]
    return part


def _library() -> Any:
    """Raises AdvisorError when the library is not there."""
    try:
        import typst
    except ImportError:
        raise AdvisorError(
            "the report as a PDF needs the package `typst`, which is not installed. "
            "Install it with: pip install 'typst>=0.15'"
        ) from None
    return typst
