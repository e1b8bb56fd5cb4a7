from __future__ import annotations

import subprocess
import sys

import pytest

from advisor.advice import Advisor
from advisor.handouts.charts import charts
from advisor.loading.answers import read_answers
from advisor.model.advice import Advice
from advisor.model.handouts import Chart
from advisor.rendering import RENDERER_BY_NAME
from advisor.rendering.json_format import render_json
from advisor.rendering.markdown import render_markdown
from advisor.rendering.plan_markdown import render_plan_markdown
from advisor.rendering.plan_text import render_plan
from advisor.rendering.text import render_text
from advisor.rendering.trace_text import render_trace
from tests.helpers.cases import FOLDER
from tests.helpers.people import TODAY
from tests.unit.rendering.an_advice import PLAN, an_advice, an_empty_advice


def test_there_are_three_formats_and_only_text_heeds_the_width() -> None:
    advice = an_advice()

    assert {name: render(advice, 40) for name, render in RENDERER_BY_NAME.items()} == {
        "text": render_plan(advice, 40),
        "markdown": render_plan_markdown(advice),
        "json": render_json(advice),
    }


def test_all_of_the_advice_follows_the_whole_plan() -> None:
    advice = an_advice()

    assert {name: render(advice, 40, full=True) for name, render in RENDERER_BY_NAME.items()} == {
        "text": f"{render_plan(advice, 40, full=True)}\n\n{render_text(advice, 40)}",
        "markdown": f"{render_plan_markdown(advice, full=True)}\n{render_markdown(advice)}",
        "json": render_json(advice),
    }


def test_importing_the_package_imports_no_format() -> None:
    script = "import sys, advisor.rendering; print(sorted(m for m in sys.modules if m.startswith('advisor.rendering')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "['advisor.rendering']"


@pytest.mark.parametrize("name", RENDERER_BY_NAME)
@pytest.mark.parametrize("advice", [an_advice(), an_empty_advice()], ids=["rich", "empty"])
def test_advice_that_was_saved_and_read_reads_the_same(name: str, advice: Advice) -> None:
    again = Advice.model_validate_json(render_json(advice))

    assert RENDERER_BY_NAME[name](again, 80) == RENDERER_BY_NAME[name](advice, 80)
    assert render_trace(again, 80) == render_trace(advice, 80)


@pytest.mark.parametrize("name", ["text", "markdown"])
@pytest.mark.parametrize("missing", ["sections.red_flags", "plan.headings.rows"])
def test_a_heading_that_is_missing_is_a_key_error_and_never_made_up(name: str, missing: str) -> None:
    advice = an_advice()
    fewer = {key: text for key, text in advice.headings.items() if key != missing}

    with pytest.raises(KeyError, match=missing):
        RENDERER_BY_NAME[name](advice.model_copy(update={"headings": fewer}), 80, full=True)


@pytest.mark.parametrize("name", ["text", "markdown", "json"])
def test_no_format_lets_a_control_character_through(name: str) -> None:
    stop = PLAN.stops[0].model_copy(update={"text": "\x1b[2Jgone\u202e\x9b"})
    advice = an_advice(set_aside=("\x1b[2Jgone\u202e\x9b",), plan=PLAN.model_copy(update={"stops": (stop,)}))
    text = RENDERER_BY_NAME[name](advice, 80, full=True)

    assert text.replace("\n", "").isprintable()


@pytest.fixture(scope="module")
def leaving(shipped_advisor: Advisor) -> tuple[Advice, tuple[Chart, ...]]:
    answers = read_answers(FOLDER / "answers/people/P09.yaml", shipped_advisor.questionnaire, as_of=TODAY)
    advice = shipped_advisor.advise(answers)
    found = charts(advice, shipped_advisor.rulebase)
    assert found
    return advice, found


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_the_full_view_has_the_charts_and_the_page_has_none(
    name: str, leaving: tuple[Advice, tuple[Chart, ...]]
) -> None:
    advice, found = leaving
    whole = RENDERER_BY_NAME[name](advice, 80, True, found)
    assert all(chart.title in whole for chart in found)
    assert all(span.name in whole for chart in found for span in chart.spans)
    assert RENDERER_BY_NAME[name](advice, 80, False, found) == RENDERER_BY_NAME[name](advice, 80)


def test_in_plain_mode_a_chart_is_told_in_sentences(leaving: tuple[Advice, tuple[Chart, ...]]) -> None:
    advice, found = leaving
    whole = " ".join(RENDERER_BY_NAME["text"](advice, 80, True, found, plain=True).split())
    assert all(sentence in whole for chart in found for sentence in chart.sentences)
    assert "+---" not in whole
