"""No answer file, however wrong, does more than be refused."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.advice import Advisor, default_advisor
from advisor.loading.answers import answers_from_bytes, read_answers
from advisor.loading.resources import shipped
from tests.fuzz.harm import MEMORY, spoiled, taken_or_refused
from tests.fuzz.nasty import files
from tests.helpers.cases import all_cases
from tests.helpers.effort import share

RUN = settings(max_examples=share(250), derandomize=True, suppress_health_check=list(HealthCheck))
VALID = [
    yaml.safe_dump(dict(case.answers) | {"states": ["pa", "ny"]}, sort_keys=False).encode() for case in all_cases()[:6]
] + [json.dumps(dict(case.answers), indent=1).encode() for case in all_cases()[6:12]]


@pytest.mark.parametrize(("name", "raw"), [pytest.param(name, raw, id=name) for name, raw in files()])
def test_a_nasty_file_is_read_or_refused_in_bounded_memory(name: str, raw: bytes, shipped_advisor: Advisor) -> None:
    tracemalloc.start()
    try:
        read = taken_or_refused(lambda: answers_from_bytes(raw, f"{name}.yaml", shipped_advisor.questionnaire))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MEMORY
    if read is not None:
        assert taken_or_refused(lambda: shipped_advisor.advise(read)) is not None


@pytest.mark.parametrize("name", ["a byte order mark before answers", "a comment", "nothing", "{}"])
def test_a_file_that_is_only_odd_is_read(name: str, shipped_advisor: Advisor) -> None:
    raw = {**dict(files()), "{}": b"{}"}[name]
    assert taken_or_refused(lambda: answers_from_bytes(raw, name, shipped_advisor.questionnaire)) is not None


@pytest.mark.parametrize(
    "name",
    [name for name, _ in files() if any(word in name for word in (
        "laughs", "python", "tag", "anchor", "alias", "merge", "document", "deep", "same key", "escape", "surrogate",
        "megabytes", "NaN", "infinity", "400", "digits", "null byte", "latin", "utf-", "open", "five",
    )) and "closed" not in name],
)  # fmt: skip
def test_a_file_that_is_meant_to_do_harm_is_refused(name: str, shipped_advisor: Advisor) -> None:
    raw = dict(files())[name]
    assert taken_or_refused(lambda: answers_from_bytes(raw, name, shipped_advisor.questionnaire)) is None


def test_what_is_no_file_is_refused(tmp_path: Path, shipped_advisor: Advisor) -> None:
    (tmp_path / "loop").symlink_to("loop")
    paths = [tmp_path, tmp_path / "none", tmp_path / "loop", tmp_path / "none" / "more", Path("\x1b[31m"), Path("a\0b"),
             Path("x" * 5000), Path("/dev/zero")]  # fmt: skip
    for path in paths:
        if path.name != "zero" or path.exists():
            assert taken_or_refused(lambda path=path: read_answers(path, shipped_advisor.questionnaire)) is None  # type: ignore[misc]


def _check(raw: bytes) -> None:
    advisor = default_advisor()
    read = taken_or_refused(lambda: answers_from_bytes(raw, "answers.yaml", advisor.questionnaire))
    if read is not None:
        advice = taken_or_refused(lambda: advisor.advise(read))
        assert advice is not None
        assert advice.disclosures


@RUN
@given(spoiled(VALID))
def test_a_spoiled_file_is_read_or_refused(raw: bytes) -> None:
    _check(raw)


@settings(RUN, max_examples=share(120))
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_noise_is_read_or_refused(raw: bytes) -> None:
    _check(raw)


@pytest.mark.slow
@settings(RUN, max_examples=20_000)
@given(spoiled(VALID))
def test_thousands_of_spoiled_files_are_read_or_refused(raw: bytes) -> None:
    _check(raw)


LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["planning", "not_sure", "pa", 10**400, -(10**400), "\x1b[31m", "\ud800", b"raw", object(), {1}])
)  # fmt: skip
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
KEYS = st.sampled_from([question.id for question in default_advisor().questionnaire.questions])
STRANGE = st.text(max_size=5) | st.integers() | st.none() | st.tuples(st.integers())


@RUN
@given(st.dictionaries(KEYS | STRANGE, ANYTHING, max_size=4))
def test_any_mapping_handed_to_the_library_is_taken_or_refused(answers: dict[Any, Any]) -> None:
    taken_or_refused(lambda: default_advisor().advise(answers))


@pytest.mark.long
def test_a_nasty_file_does_not_need_much_stack_or_memory(tmp_path: Path) -> None:
    for name in ("json: deep lists", "a billion laughs"):
        (tmp_path / "answers.yaml").write_bytes(dict(files())[name])
        done = subprocess.run(
            [sys.executable, "-m", "advisor", "advise", str(tmp_path / "answers.yaml")],
            capture_output=True, cwd=shipped("rules").parent, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000)),
        )  # fmt: skip
        assert done.returncode == 1, name
        assert done.stderr.startswith(b"Error: ")
        assert b"Traceback" not in done.stderr
        assert b"fault of its own" not in done.stderr
