from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from advisor.model.handouts import Chart, ChartMark, Curve, Span
from advisor.rendering.chart_drawing import LINE, WIDTH, length
from advisor.rendering.chart_svg import CHART_STYLE, chart_svg
from advisor.rendering.chart_text import chart_table, chart_text
from advisor.rendering.wrap import columns

WORDS = st.text(st.sampled_from("abc XY <&>\"'äé…\x1b"), min_size=1, max_size=90).filter(
    lambda text: bool(text.split())
)
NUMBERS = st.integers(-3_000_000, 3_000_000)
SVG = "{http://www.w3.org/2000/svg}"


@st.composite
def spans(draw: st.DrawFn) -> Span:
    low, likely, high = sorted(draw(st.lists(NUMBERS, min_size=3, max_size=3)))
    return Span(name=draw(WORDS), low=low, likely=likely, high=high)


@st.composite
def curves(draw: st.DrawFn, count: int) -> Curve:
    found = [sorted(draw(st.lists(NUMBERS, min_size=3, max_size=3))) for _ in range(count)]
    low, likely, high = zip(*found, strict=True)
    return Curve(name=draw(WORDS), low=low, likely=likely, high=high)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    marks = tuple(ChartMark(name=draw(WORDS), at=draw(NUMBERS)) for _ in range(draw(st.integers(0, 2))))
    chart = Chart(
        id="one", title=draw(WORDS), says=draw(WORDS), unit=draw(WORDS), shown=draw(st.sampled_from(["{n}", "${n}"])),
        marks=marks, sentences=("It says so.",), columns=("What", "Low", "Likely", "High"),
    )  # fmt: skip
    if draw(st.booleans()):
        return chart.model_copy(update={"spans": tuple(draw(st.lists(spans(), min_size=1, max_size=5)))})
    count = draw(st.integers(2, 12))
    lines = tuple(draw(st.lists(curves(count), min_size=1, max_size=4)))
    moment = Span(name=draw(WORDS), low=0, likely=count // 2, high=count - 1)
    return chart.model_copy(
        update={"points": tuple(range(count)), "step": "weeks", "curves": lines, "moments": (moment,),
                "columns": ("weeks", *(line.name for line in lines))}
    )  # fmt: skip


def boxes(picture: ElementTree.Element) -> list[tuple[int, int, int, int]]:
    """Where each line of text stands: left, top, right, bottom."""
    found = []
    for text in picture.iter(f"{SVG}text"):
        x, y, wide = int(text.attrib["x"]), int(text.attrib["y"]), length(text.text or "")
        left = x - {"end": wide, "middle": wide // 2}.get(text.get("text-anchor", ""), 0)
        found.append((left, y - LINE + 4, left + wide, y))
    return found


@given(charts())
def test_no_text_of_a_picture_lies_on_another(chart: Chart) -> None:
    for (a, b, c, d), (e, f, g, h) in combinations(boxes(ElementTree.fromstring(chart_svg(chart))), 2):
        assert c <= e or g <= a or d <= f or h <= b


@given(charts())
def test_all_text_of_a_picture_lies_inside_it(chart: Chart) -> None:
    picture = ElementTree.fromstring(chart_svg(chart))
    height = int(picture.attrib["height"])
    for left, top, right, bottom in boxes(picture):
        assert left >= 0
        assert top >= 0
        assert right <= WIDTH
        assert bottom <= height


@given(charts())
def test_a_picture_says_what_it_shows(chart: Chart) -> None:
    picture = ElementTree.fromstring(chart_svg(chart))
    title, desc = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert picture.get("role") == "img"
    assert title is not None
    assert desc is not None
    assert picture.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert (desc.text or "").endswith("It says so.")


@given(charts())
def test_a_picture_on_paper_is_black_and_white_and_needs_no_style(chart: Chart) -> None:
    drawn = chart_svg(chart, paper=True)
    assert "class=" not in re.sub(r">[^<]*<", "><", drawn)
    assert "font-family" not in re.sub(r">[^<]*<", "><", drawn)
    colors = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]+)"', drawn))
    assert colors <= {"#000000", "#ffffff", "#bbbbbb"}


@given(charts())
def test_every_class_of_a_picture_has_a_style(chart: Chart) -> None:
    style = CHART_STYLE.read_text(encoding="utf-8")
    for names in re.findall(r' class="([^"]*)"', re.sub(r">[^<]*<", "><", chart_svg(chart))):
        for name in names.split():
            assert f".{name} " in style or f".{name}," in style or name == "chart-line", name


@given(charts(), st.sampled_from([40, 60, 80]), st.booleans())
def test_a_chart_in_characters_keeps_to_its_width(chart: Chart, width: int, plain: bool) -> None:
    for line in chart_text(chart, width, plain=plain).splitlines():
        assert columns(line) <= width
        assert line.isprintable()


def test_a_chart_in_sentences_draws_nothing() -> None:
    chart = Chart(id="a", title="Waits", says="It takes long.", unit="weeks", sentences=("A platform: 11 weeks.",),
                  spans=(Span(name="A platform", low=7, likely=11, high=24),))  # fmt: skip
    assert chart_text(chart, 80, plain=True) == "Waits\nIt takes long.\nA platform: 11 weeks.\n"


@given(charts())
def test_every_row_of_the_table_has_a_cell_for_each_column(chart: Chart) -> None:
    titles, rows = chart_table(chart)
    assert rows
    assert {len(row) for row in rows} == {len(titles)}


@given(charts())
def test_the_same_chart_gives_the_same_picture(chart: Chart) -> None:
    assert chart_svg(chart) == chart_svg(chart.model_copy())
