"""`advisor trace`: how saved advice came about, or one item of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from advisor.advice import advise
from advisor.model.advice import Advice
from advisor.rendering.trace_text import render_trace
from tests.cli.running import Done, run

ANSWERS = {"situation": "planning", "license": "counselor", "runway": "one_to_two", "hiring": "one_to_two"}


@pytest.fixture(scope="module")
def advice() -> Advice:
    return advise(ANSWERS)


@pytest.fixture
def saved(tmp_path: Path, advice: Advice) -> Path:
    path = tmp_path / "advice.json"
    path.write_text(advice.model_dump_json(), "utf-8")
    return path


def test_the_whole_derivation_is_shown(saved: Path, advice: Advice) -> None:
    done = run("trace", saved)
    assert done == Done(0, render_trace(advice, 80), "")
    assert done.out.startswith("Recommended: ")
    assert all(len(line) <= 80 for line in done.out.splitlines())


def test_saved_advice_may_come_from_standard_input(saved: Path, advice: Advice) -> None:
    assert run("trace", "-", given=saved.read_bytes()) == run("trace", saved)
    piped = run("advise", "-", "--format", "json", given=json.dumps(ANSWERS)).out
    assert run("trace", "-", "runway", given=piped) == run("trace", saved, "runway")


def test_every_kind_of_item_can_be_asked_for(saved: Path, advice: Advice) -> None:
    items = [
        advice.trace.firings[0].rule, "runway", "branch", advice.recommendation.option, advice.recommendation.runner_up,
        *(flag.id for flag in advice.red_flags[:1]),
    ]  # fmt: skip
    for item in items:
        done = run("trace", saved, item)
        assert (done.code, done.err) == (0, ""), item
        assert item in done.out
        assert done.out == run("trace", saved, item.upper()).out


def test_an_item_that_has_no_part_in_the_advice_is_told_with_the_nearest(saved: Path) -> None:
    done = run("trace", saved, "runwy")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("Error: nothing in this advice is called `runwy`. The nearest are `runway`")
    done = run("trace", saved, "\x1b[31m")
    assert (done.code, "\x1b" in done.err) == (1, False)


def test_output_goes_to_a_file(saved: Path, tmp_path: Path) -> None:
    assert run("trace", saved, "--output", tmp_path / "trace.txt") == Done(0, "", "")
    assert (tmp_path / "trace.txt").read_text("utf-8") == run("trace", saved).out


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "this is not saved advice (it is not JSON)"),
        (b"situation: planning\n", "this is not saved advice (it is not JSON)"),
        (b"{}", "`plan`: this is not saved advice (this key is missing)"),
        (b"[" * 100_000, "this is not saved advice (it is not JSON)"),
        (b"\xff", "the file is not UTF-8 text"),
        (b'{"\\u001b[31m": 1}', "this is not saved advice"),
    ],
)
def test_a_file_that_is_not_saved_advice_is_told(tmp_path: Path, raw: bytes, told: str) -> None:
    path = tmp_path / "advice.json"
    path.write_bytes(raw)
    done = run("trace", path)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"Error: {path}:")
    assert told in done.err
    assert "\x1b" not in done.err


def test_a_missing_file_and_wrong_usage_are_told(tmp_path: Path) -> None:
    assert "there is no such file" in run("trace", tmp_path / "no.json").err
    assert run("trace").code == 2
    assert run("trace", "a", "b", "c").code == 2


def spoiled(advice: Advice, *path: str) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(advice.model_dump_json())
    part = whole
    for key in path[:-1]:
        part = part[key]
    del part[path[-1]]
    return whole


def test_saved_advice_that_was_cut_is_told_and_no_fault_of_the_program(advice: Advice) -> None:
    for path in (("trace", "contest"), ("options",), ("headings", "render.trace.red_flags"), ("trace", "facts")):
        done = run("trace", "-", given=json.dumps(spoiled(advice, *path)))
        assert (done.code, done.out) == (1, "")
        assert "this is not saved advice" in done.err
        assert "expected the output of `advisor advise --format json`" in done.err
