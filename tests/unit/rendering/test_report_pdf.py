from __future__ import annotations

import datetime
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.advice import Advisor
from advisor.errors import AdvisorError
from advisor.handouts.charts import charts
from advisor.loading.answers import read_answers
from advisor.model.handouts import Chart, Letter, Span
from advisor.rendering.report import report
from advisor.rendering.report_parts import (
    Bullet,
    BulletList,
    DraftWords,
    Drawn,
    Grid,
    ListMark,
    Report,
    ReportPart,
    Section,
    SourceEntry,
    Subheading,
    Text,
)
from advisor.rendering.report_pdf import report_pdf
from tests.helpers.effort import share

pytest.importorskip("typst", reason="comes with the test extra")
pypdf = pytest.importorskip("pypdf", reason="comes with the test extra")

CASES = Path(__file__).parents[2] / "cases" / "answers"
PEOPLE = ("one-plan-cut.yaml", "counselor-starting-out.yaml", "people/P09.yaml")
HOSTILE = (
    '#import "@preview/x:1.0.0"',
    '#read("/etc/passwd") ] } ) $ x^2 $ *bold* _slanted_ `code` <label> @someone // note /* more */',
    "a \"quote\", a back\\slash \\n \\u{41} and 'one' more",
    "= No heading\n- no list\n+ none",
    "#{panic()} #sys.inputs.report #set text(white)",
    "--- ... 1/2 ~ -> :smile: {slot}",
)
LETTER = Letter(
    name="first",
    form="email",
    to="the plan",
    subject="About my place",
    paragraphs=("Dear team,", "- Is it open?", "- From which day?", "1. Counted", "7. Lucky", "____ (my name)"),
    blanks=1,
    rules=(),
    claims=(),
    sources=(),
)
CHART = Chart(
    id="waits",
    title="Weeks to wait",
    says="One wait is longer.",
    unit="weeks",
    spans=(Span(name="A platform", low=7, likely=11, high=24), Span(name="Your own", low=11, likely=22, high=33)),
    columns=("What", "Low", "Likely", "High"),
    sentences=("A platform takes 7 to 24 weeks.",),
)
GRID = Grid("Weeks to wait", ("What", "Likely"), (("A platform", "11"), ("Your own", "22")))


def a_report(*parts: ReportPart, first: tuple[ReportPart, ...] = (Text("The answer.", strong=True),)) -> Report:
    return Report(
        "Your plan",
        "as of Nov 28, 2026",
        (Section("answer", "Our answer", first, first=True), Section("rest", "The rest", parts)),
        {"back_pages": "On page:"},
    )


def pages(made: bytes) -> list[str]:
    """The text of each page, without what lets a long word break."""
    return [page.extract_text().replace("\u200b", "") for page in pypdf.PdfReader(io.BytesIO(made)).pages]


def squeezed(text: str) -> str:
    """A text without spaces and soft signs, since lines break anywhere."""
    return re.sub(r"\s", "", text).replace("\u200b", "")


def catalog(made: bytes) -> Any:
    return pypdf.PdfReader(io.BytesIO(made)).trailer["/Root"]


def tags(node: Any) -> Iterator[tuple[str, Any]]:
    """Every element of the structure, with its kind."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            yield from tags(one)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"]), node
        if "/K" in node:
            yield from tags(node["/K"])


def of(shipped_advisor: Advisor, name: str) -> Report:
    answers = read_answers(CASES / name, shipped_advisor.questionnaire)
    advice = shipped_advisor.advise(answers, as_of=datetime.date(2026, 11, 28))
    return report(advice, (LETTER,), charts(advice, shipped_advisor.rulebase))


def said(parts: tuple[ReportPart, ...]) -> Iterator[str]:
    """Every text of the parts."""
    for part in parts:
        if isinstance(part, Text):
            yield from (part.label, part.text)
        elif isinstance(part, BulletList):
            yield from (text for entry in part.entries for text in (entry.label, entry.text, *entry.notes))
        elif isinstance(part, Grid):
            yield from (part.caption, *part.columns, *(cell for row in part.rows for cell in row))
        elif isinstance(part, Drawn):
            yield from said((part.table,))
        elif isinstance(part, DraftWords):
            letter = part.letter
            yield from (part.label, part.note, letter.subject)
            yield from (re.sub(r"^(-|\d+\.) ", "", text) for text in letter.paragraphs)
        else:
            yield part.text


@pytest.mark.parametrize("name", PEOPLE)
def test_the_plan_is_the_first_sheet_alone_and_everything_is_said(shipped_advisor: Advisor, name: str) -> None:
    told = of(shipped_advisor, name)
    made = report_pdf(told)
    assert b"pdfuaid" in catalog(made)["/Metadata"].get_data()
    text = [squeezed(page) for page in pages(made)]
    behind = [section.heading for section in told.sections if not section.first]
    assert text[1].startswith(squeezed(told.words["behind"] + behind[0]))
    assert all(re.search(re.escape(squeezed(heading)) + r"\.+\d+", text[1]) for heading in behind)
    sheet = [section for section in told.sections if section.first]
    for line in (line for section in sheet for line in (section.heading, *said(section.parts))):
        assert squeezed(line) in text[0], line
    # A line may run over from one page to the next, around the foot of the page.
    whole = re.sub(rf"Yourplan·{re.escape(squeezed(told.told_on))}\d+/\d+", "", "".join(text))
    for section in told.sections:
        for line in (section.heading, *said(section.parts)):
            assert squeezed(line) in whole, line


def test_every_page_tells_its_number_of_all_and_the_day() -> None:
    text = pages(report_pdf(a_report(BulletList(tuple(Bullet("A line.") for _ in range(90))))))
    assert len(text) > 2
    for number, page in enumerate(text, 1):
        assert f"{number} / {len(text)}" in page
        assert "as of Nov 28, 2026" in page


def test_a_first_sheet_that_is_too_long_in_the_smallest_type_loses_nothing() -> None:
    lines = tuple(Bullet(f"Line {number} of many.") for number in range(150))
    text = pages(report_pdf(a_report(Text("Then this."), first=(BulletList(lines),))))
    assert all(f"Line {number} of many." in "".join(text) for number in range(150))
    assert "Then this." in text[-1]
    assert "of many" not in text[-1]


def test_without_a_day_or_anything_behind_it_the_plan_is_one_page() -> None:
    plan = Report("Your plan", "", (Section("answer", "Our answer", (Text("Wait."),), first=True),))
    (text,) = pages(report_pdf(plan))
    assert "Wait." in text
    assert "·" not in text


def test_the_same_report_gives_the_same_bytes_and_no_clock_is_in_them() -> None:
    told = a_report(
        Text("A line.", cites=(1,)), Drawn(CHART, GRID), DraftWords(LETTER, "A draft"), SourceEntry(1, "A law.")
    )
    made = report_pdf(told)
    assert made == report_pdf(told)
    metadata = pypdf.PdfReader(io.BytesIO(made)).metadata
    assert (metadata.creation_date, metadata.modification_date) == (None, None)


def test_it_is_tagged_with_language_and_title_and_calls_itself_accessible() -> None:
    made = report_pdf(a_report(Subheading("Under it"), Text("A line.")))
    root = catalog(made)
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-US", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pypdf.PdfReader(io.BytesIO(made)).metadata.title == "Your plan"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    kinds = [kind for kind, _ in tags(root["/StructTreeRoot"])]
    assert [kind for kind in kinds if re.fullmatch(r"/H\d", kind)] == ["/H1", "/H1", "/H2"]
    outline = pypdf.PdfReader(io.BytesIO(made)).outline
    assert [one.title for one in outline if not isinstance(one, list)] == ["Our answer", "The rest"]


def test_lists_tables_quotes_and_pictures_are_tagged_as_what_they_are() -> None:
    marks: tuple[ListMark, ...] = ("dot", "number", "box", "warning")
    lists = [BulletList((Bullet("One", "First", (), ("A note.",)), Bullet("Two")), mark) for mark in marks]
    made = report_pdf(
        a_report(*lists, Text("Please say so.", quoted=True), Drawn(CHART, GRID), DraftWords(LETTER, "A draft"))
    )
    found = list(tags(catalog(made)["/StructTreeRoot"]))
    kinds = [kind for kind, _ in found]
    assert kinds.count("/L") == len(lists) + 2  # the letter has two lists
    assert [kinds.count(kind) for kind in ("/Table", "/TH", "/TR", "/BlockQuote")] == [1, 2, 3, 1]
    alts = [str(node["/Alt"]) for kind, node in found if kind == "/Figure" and "/Alt" in node]
    assert alts == ["Weeks to wait One wait is longer. A platform takes 7 to 24 weeks."]


def test_a_chart_is_lines_and_letters_and_no_photo() -> None:
    reader = pypdf.PdfReader(io.BytesIO(report_pdf(a_report(Drawn(CHART, GRID)))))
    assert not [image for page in reader.pages for image in page.images]
    assert "Your own" in reader.pages[1].extract_text()


def test_numbers_lead_to_their_sources_and_back() -> None:
    source = SourceEntry(4, "A statute.", ("https://law.example/one?a=b#c", "shelf 3", "javascript:alert(1)"))
    made = report_pdf(a_report(Text("Behind it.", cites=(4, 9)), source, first=(Text("An answer.", cites=(4,)),)))
    text = "".join(pages(made))
    assert "On page: 1, 2" in " ".join(text.split())
    assert "[9]" in text
    links = [link.get_object() for page in pypdf.PdfReader(io.BytesIO(made)).pages for link in page.get("/Annots", ())]
    addresses = {link["/A"]["/URI"] for link in links if "/URI" in link.get("/A", {})}
    assert addresses == {"https://law.example/one?a=b#c"}
    assert len([link for link in links if "/URI" not in link.get("/A", {})]) == 4
    assert all(link["/Contents"] for link in links)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_shown_and_never_run(text: str) -> None:
    letter = LETTER.model_copy(update={"subject": text, "paragraphs": (text, f"- {text}")})
    parts = (
        Text(text, text, quoted=True), BulletList((Bullet(text, text, (), (text,)),), "box"), Subheading(text),
        Grid(text, (text, text), ((text, text),)), DraftWords(letter, text, text), SourceEntry(1, text, (text,)),
        Drawn(CHART.model_copy(update={"title": text, "says": text}), Grid(text, (text,), ((text,),))),
    )  # fmt: skip
    made = report_pdf(Report(text, text, (Section("s", text, parts, first=True), Section("t", text, parts[:-2]))))
    assert squeezed("".join(pages(made))).count(squeezed(text)) >= 2 * len(parts)


def test_signs_nobody_sees_and_those_that_turn_a_text_around_are_gone() -> None:
    text = "".join(pages(report_pdf(a_report(Text("a\u200fb \u202ec\u202c \x00\x07 d\u00ade\tf\ng")))))
    assert "ab ?c? ?? de f g" in " ".join(text.split())


@pytest.mark.parametrize(
    "word",
    ["long" * 60, "https://" + "long" * 60, "https://law.example/" + "a/b?c=" * 50, "-" * 200, "https://" + "-" * 200],
)
def test_a_word_longer_than_a_line_is_broken_and_whole(word: str) -> None:
    text = pages(report_pdf(a_report(Text(word), Grid("A table", ("A", "B"), ((word, "short"),)))))
    assert max(len(line) for page in text for line in page.splitlines()) < 130
    assert squeezed("".join(text)).count(word) == 2


def test_what_the_fonts_do_not_have_does_not_stop_the_report() -> None:
    made = report_pdf(a_report(Text("Smile 😀 中文 then on.")))
    assert "then on." in "".join(pages(made))
    root = catalog(made)
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" not in root["/Metadata"].get_data()


@settings(max_examples=share(100))
@given(st.lists(st.text(max_size=30), min_size=3, max_size=3))
def test_any_text_at_all_makes_a_report(texts: list[str]) -> None:
    one, two, three = texts
    letter = LETTER.model_copy(update={"subject": one, "paragraphs": (two, three)})
    parts = (Text(one, two), BulletList((Bullet(two, three),)), DraftWords(letter, one), SourceEntry(1, two, (three,)))
    assert report_pdf(a_report(*parts, first=(Text(three, cites=(1,)),))).startswith(b"%PDF-")


def test_without_the_library_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(AdvisorError, match=re.escape("pip install 'typst>=0.15'")):
        report_pdf(a_report())


def test_nothing_of_the_machine_can_be_read_by_what_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("nobody's business", "utf-8")
    template = tmp_path / "report.typ"
    template.write_text(f'#read("{secret.as_posix()}")', "utf-8")
    monkeypatch.setattr("advisor.rendering.report_pdf.TEMPLATE", template)
    with pytest.raises(RuntimeError, match="not found"):
        report_pdf(a_report())
