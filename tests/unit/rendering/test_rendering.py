from __future__ import annotations

import subprocess
import sys

import pytest

from advisor.model.advice import Advice
from advisor.rendering import RENDERER_BY_NAME
from advisor.rendering.json_format import render_json
from advisor.rendering.markdown import render_markdown
from advisor.rendering.text import render_text
from advisor.rendering.trace_text import render_trace
from tests.unit.rendering.an_advice import an_advice, an_empty_advice


def test_there_are_three_formats_and_only_text_heeds_the_width() -> None:
    advice = an_advice()

    assert {name: render(advice, 40) for name, render in RENDERER_BY_NAME.items()} == {
        "text": render_text(advice, 40),
        "markdown": render_markdown(advice),
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
def test_a_heading_that_is_missing_is_a_key_error_and_never_made_up(name: str) -> None:
    advice = an_advice()
    fewer = {key: text for key, text in advice.headings.items() if key != "sections.red_flags"}

    with pytest.raises(KeyError, match=r"sections\.red_flags"):
        RENDERER_BY_NAME[name](advice.model_copy(update={"headings": fewer}), 80)


@pytest.mark.parametrize("name", ["text", "markdown", "json"])
def test_no_format_lets_a_control_character_through(name: str) -> None:
    text = RENDERER_BY_NAME[name](an_advice(set_aside=("\x1b[2Jgone\u202e\x9b",), review_by="2027\x07"), 80)

    assert text.replace("\n", "").isprintable()
