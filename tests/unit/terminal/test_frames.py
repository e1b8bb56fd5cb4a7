"""The lines of a screen fit its width and height."""

from __future__ import annotations

import pytest

from advisor.terminal.choice_list import ChoiceList, Row
from advisor.terminal.frames import Frame, Size, help_frame, last_offset, list_frame, rows_frame

LONG = [Row(str(n), f"Choice number {n} with quite a few words in its label", f"Note {n}") for n in range(30)]
UNKNOWN = [Row("not_sure", "Not sure", apart=True), Row("skip", "Skip this question", apart=True)]
KEYS = ["Up and Down move", "Type to filter", "Enter answers", "Left goes back", "Ctrl-C stops"]
HEAD = [("question", "Which one?"), ("", "")]
SIZES = [Size(80, 23), Size(40, 23), Size(40, 15), Size(20, 60)]


def texts(frame: Frame) -> list[str]:
    return [text for _, text in frame.lines]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("several", [False, True])
def test_a_long_list_fits_and_the_cursor_is_on_its_row(size: Size, several: bool) -> None:
    choices = ChoiceList([*LONG, *UNKNOWN], several=several)
    for _ in choices.rows:
        frame = list_frame(HEAD, choices, KEYS, size)
        assert len(frame.lines) <= size.rows
        assert all(len(text) <= size.columns for text in texts(frame))
        assert texts(frame)[frame.cursor].startswith(">")
        choices.move(1)


def test_a_long_list_says_how_much_is_out_of_sight() -> None:
    choices = ChoiceList([Row(str(n), f"Row {n}") for n in range(30)])
    lines = texts(list_frame(HEAD, choices, KEYS, Size(80, 15)))
    assert "  (top of the list)" in lines
    # 15 rows less 2 of head, 2 of keys: 11 for the list, of which 2 for the marks: rows 0 to 8 show, 21 do not
    assert "  (more below: 21)" in lines


def test_a_short_list_shows_marks_in_characters() -> None:
    choices = ChoiceList([Row("a", "First", "A note"), Row("b", "Second"), *UNKNOWN], chosen=["b"])
    assert texts(list_frame(HEAD, choices, ["Enter answers"], Size(80, 24))) == [
        "Which one?",
        "",
        "  ( ) First",
        "      A note",
        "> (x) Second (your earlier answer)",
        "",
        "  ( ) Not sure",
        "  ( ) Skip this question",
        "",
        "Enter answers.",
    ]


def test_several_choices_show_boxes_and_say_what_is_ticked() -> None:
    choices = ChoiceList([Row("a", "First"), Row("b", "Second"), *UNKNOWN], several=True, chosen=["b"])
    assert texts(list_frame(HEAD, choices, ["Enter answers"], Size(80, 24)))[2:] == [
        "  [ ] First",
        "> [x] Second",
        "",
        "  ( ) Not sure",
        "  ( ) Skip this question",
        "",
        "Ticked: Second",
        "",
        "Enter answers.",
    ]


def test_many_ticks_are_counted() -> None:
    choices = ChoiceList(LONG, several=True, chosen=[str(n) for n in range(8)])
    assert any(text.endswith("and 3 more") for text in texts(list_frame(HEAD, choices, KEYS, Size(80, 40))))


def test_what_was_typed_and_what_is_wrong_are_said_in_words() -> None:
    choices = ChoiceList(LONG)
    choices.type("zz")
    lines = texts(list_frame(HEAD, choices, KEYS, Size(80, 24)))
    assert "Showing lines with: zz" in lines
    assert "Note: no choice matches “zz”. Press Backspace." in lines


def test_help_scrolls_to_its_end_and_no_further() -> None:
    text = "\n".join(f"line {n}" for n in range(30))
    size = Size(80, 14)
    # ten lines of help, then an empty one and two on how to go on
    assert texts(help_frame(text, 0, size))[:10] == [f"line {n}" for n in range(10)]
    assert last_offset(text, size) == 20
    last = texts(help_frame(text, 20, size))
    assert last[9] == "line 29"
    assert last[10:] == ["", "Press ? to go back to the question."]


def test_rows_below_a_line_of_input_mark_only_the_one_that_is_on() -> None:
    lines = texts(rows_frame(UNKNOWN, 1, "it is out of range.", ["Enter answers"], Size(80, 24)))
    assert lines == [
        "",
        "  ( ) Not sure",
        "> (x) Skip this question",
        "",
        "Note: it is out of range.",
        "",
        "Enter answers.",
    ]


@pytest.mark.parametrize("several", [False, True])
def test_a_low_and_narrow_window_keeps_the_question_and_the_row_that_is_on(several: bool) -> None:
    size = Size(40, 12)
    head = [("section", "You and your license. Question 3"), ("", ""), ("question", "Which one is it today?"), ("", "")]
    choices = ChoiceList([*LONG, *UNKNOWN], several=several)
    for _ in choices.rows:
        frame = list_frame(head, choices, KEYS, size)
        assert len(frame.lines) <= size.rows
        assert "Which one is it today?" in texts(frame)
        assert texts(frame)[frame.cursor].startswith(">")
        assert f" {choices.here.label[:20]}" in texts(frame)[frame.cursor]
        choices.move(1)
