from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from advisor.model.progress import Progress, named_rows, numbered
from tests.unit.rendering.an_advice import PLAN, a_row

ON = datetime.date(2026, 12, 5)


def test_what_is_said_later_takes_the_place_of_what_was_said_before() -> None:
    progress = Progress().saying("caqh", "not yet", ON).saying("caqh", "done", ON + datetime.timedelta(days=3))
    assert progress.rows["caqh"].state == "done"
    assert progress.rows["caqh"].said_on == "2026-12-08"
    assert progress.settled == {"caqh"}


def test_a_row_that_is_not_needed_is_settled_and_one_that_is_not_yet_done_is_not() -> None:
    progress = Progress().saying("a", "not needed", ON).saying("b", "not yet", ON)
    assert progress.settled == {"a"}


@given(st.dictionaries(st.text(), st.tuples(st.sampled_from(["done", "not yet", "not needed"]), st.dates())))
def test_progress_comes_back_from_json_and_is_the_same_in_whatever_order_it_was_said(
    said: dict[str, tuple[str, datetime.date]],
) -> None:
    forward, backward = Progress(), Progress()
    for name, (state, on) in said.items():
        forward = forward.saying(name, state, on)  # type: ignore[arg-type]
    for name, (state, on) in reversed(said.items()):
        backward = backward.saying(name, state, on)  # type: ignore[arg-type]
    assert Progress.model_validate_json(forward.model_dump_json()) == forward
    assert forward.model_dump_json() == backward.model_dump_json()


def test_a_row_is_named_by_what_it_is_about_or_else_by_its_rule() -> None:
    rows = (a_row("One", key="caqh"), a_row("Two"), a_row("Zero"), a_row("Three", key="caqh"))
    named = named_rows(PLAN.model_copy(update={"rows": rows}))
    assert list(named) == ["caqh", "STP-001", "STP-001#2", "caqh#2"]
    assert tuple(named.values()) == rows


@given(st.lists(st.sampled_from(["a", "a#2", "a#2#2", "b"]), max_size=8))
def test_numbered_names_are_as_many_as_there_were_and_each_is_there_once(names: list[str]) -> None:
    found = numbered(names)
    assert len(found) == len(set(found)) == len(names)
    assert all(one == name or one.startswith(f"{name}#") for one, name in zip(found, names, strict=True))
