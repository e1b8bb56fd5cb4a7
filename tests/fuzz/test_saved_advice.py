"""No file of saved advice, however wrong, does more than be refused when its trace is asked for."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.advice import advise
from tests.cli.running import run
from tests.fuzz.harm import spoiled
from tests.fuzz.nasty import files
from tests.helpers.effort import share

RUN = settings(max_examples=share(60), derandomize=True, suppress_health_check=list(HealthCheck))
ANSWERS = {"situation": "planning", "license": "counselor", "runway": "one_to_two", "control": "must"}


@cache
def saved() -> bytes:
    return advise(ANSWERS).model_dump_json(indent=1).encode()


def trace(raw: bytes, *item: str) -> None:
    done = run("trace", "-", *item, given=raw)
    assert done.code in (0, 1)
    assert "Traceback" not in done.err
    assert "fault of its own" not in done.err, done.err
    assert "\x1b" not in done.out + done.err
    assert bool(done.out) is (done.code == 0)
    assert bool(done.err) is (done.code == 1)


@pytest.mark.parametrize(("name", "raw"), [pytest.param(name, raw, id=name) for name, raw in files()])
def test_a_nasty_file_is_no_saved_advice(name: str, raw: bytes, tmp_path: Path) -> None:
    done = run("trace", "-", given=raw)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("Error: standard input")
    assert "fault of its own" not in done.err
    assert "\x1b" not in done.err


@RUN
@given(st.data())
def test_spoiled_advice_is_shown_or_refused(data: st.DataObject) -> None:
    trace(data.draw(spoiled([saved()])))


def _places(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key in part if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ():
        yield (*path, key)
        yield from _places(part[key], (*path, key))


def _changed(seed: int) -> bytes:
    chance = random.Random(seed)
    whole: Any = json.loads(saved())
    *above, key = chance.choice(list(_places(whole)))
    part = whole
    for step in above:
        part = part[step]
    if chance.random() < 0.4:
        del part[key]
    else:
        part[key] = chance.choice(["nonsense", "", 7, -1, [], {}, None, True, "\u001b[31m", ["nonsense"]])
    return json.dumps(whole).encode()


@pytest.mark.parametrize("seed", range(60))
def test_advice_changed_by_hand_is_shown_or_refused(seed: int) -> None:
    trace(_changed(seed), *(["runway"] if seed % 3 == 0 else []))


@pytest.mark.slow
def test_advice_changed_by_hand_in_thousands_of_ways_is_shown_or_refused() -> None:
    for seed in range(100, 2000):
        trace(_changed(seed), *(["runway"] if seed % 3 == 0 else []))
