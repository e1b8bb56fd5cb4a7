"""The interview line by line, over streams that are no terminal."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from advisor.interview.asker import GivenAnswer, Menu, MenuLine, Move, Outcome, QuestionPlace
from advisor.model.answers import Raw
from advisor.model.questionnaire import Choice
from advisor.terminal.plain_asker import PlainAsker
from tests.unit.interview.small import given, small

MIDDLE = QuestionPlace("You", 2, 5, can_go_back=True, can_review=True)
FIRST = QuestionPlace("You", 1, 6, can_go_back=False, can_review=False)


def ask(question: str, lines: str, earlier: Raw = None, progress: QuestionPlace = MIDDLE) -> tuple[Outcome, str]:
    """The outcome of one question for some lines of input, and what was written."""
    output = io.StringIO()
    asker = PlainAsker(io.StringIO(lines), output, small().glossary)
    preselected = given(**{question: earlier})[0] if earlier is not None else None
    outcome = asker.ask(small().question(question), preselected, progress)
    return outcome, output.getvalue()


def test_the_question_stands_there_with_numbers_and_how_to_answer() -> None:
    _, written = ask("situation", "1\n", progress=FIRST)
    lines = written.splitlines()
    start = lines.index("Where are you today?")
    assert lines[start - 2] == "You. Question 1, and at most 6 left on this path, counting this one."
    assert lines[start:-2] == [
        "Where are you today?",
        "1. Planning my own practice",
        "2. On a platform",
        "    One that bills for you.",
        "3. In a group, and fine",
        "n. Not sure",
        "s. Skip this question",
        "Answer: ",
    ]
    assert lines[-2] == "You said: Planning my own practice"
    assert lines[0].startswith("Type the number of your choice")


@pytest.mark.parametrize(
    ("question", "line", "raw"),
    [
        ("situation", "2", "on_platform"),
        ("situation", "In a group, and fine", "group"),
        ("situation", "n", "not_sure"),
        ("situation", "Not sure", "not_sure"),
        ("situation", "s", "skip"),
        ("states", "1, 15", ("al", "pa")),
        ("states", "penn, new y", ("pa", "ny")),
        ("states", "17", ("unsettled",)),
        ("sessions", "20", "20"),
        ("start_date", "2027-01-31", "2027-01-31"),
        ("start_date", "none", "not_given"),
        ("start_date", "no plan has given one yet", "not_given"),
        ("remark", "back", "back"),
        ("remark", "why?", "why?"),
    ],
)
def test_a_line_is_understood(question: str, line: str, raw: Raw) -> None:
    assert ask(question, f"{line}\n")[0] == GivenAnswer(raw)


@pytest.mark.parametrize(
    ("line", "move"), [("b", Move.BACK), ("BACK", Move.BACK), ("r", Move.REVIEW), ("q", Move.STOP), ("", Move.END)]
)
def test_a_command_leads_elsewhere(line: str, move: Move) -> None:
    assert ask("situation", f"{line}\n" if line else "")[0] is move


@pytest.mark.parametrize(
    ("question", "line", "says"),
    [
        ("situation", "4", "there is no 4. The numbers go from 1 to 3."),
        ("situation", "", "please type an answer, n for not sure, or s to skip."),
        ("states", "1, 17", "“None of these” goes alone. Choose it by itself, or leave it out."),
        ("sessions", "81", "81 is out of range. Expected: a whole number from 1 to 80 (sessions a week). The nearest"),
        ("sessions", "many", "`many` is not a whole number. Expected: a whole number from 1 to 80 (sessions a week)."),
        (
            "start_date",
            "soon",
            "`soon` is not a date. Expected: a date like 2027-01-31, from 2000-01-01 to 2049-12-31.",
        ),
        ("remark", "x" * 41, "the text has 41 characters. Expected: a text of at most 40 characters."),
        ("remark", "a\x1b[31mb", "the text holds control characters."),
    ],
)
def test_a_wrong_line_is_explained_and_asked_again(question: str, line: str, says: str) -> None:
    outcome, written = ask(question, f"{line}\ns\n")
    assert outcome == GivenAnswer("skip")
    assert f"Note: {says}" in " ".join(written.split())
    assert "\x1b" not in written


def test_there_is_no_going_back_from_the_first_question() -> None:
    outcome, written = ask("situation", "b\n1\n", progress=FIRST)
    assert outcome == GivenAnswer("planning")
    assert "Note: this is the first question, so there is nothing to go back to." in written


@pytest.mark.parametrize(
    ("question", "earlier", "words", "raw"),
    [
        ("situation", "group", "In a group, and fine", "group"),
        ("states", ["pa", "al"], "Alabama; Pennsylvania", ("al", "pa")),
        ("sessions", 20, "20 sessions a week", 20),
        ("sessions", "not_sure", "Not sure", "not_sure"),
        ("county", "Bucks", "(typed, and not shown here)", "Bucks"),
    ],
)
def test_enter_keeps_the_earlier_answer(question: str, earlier: Raw, words: str, raw: Raw) -> None:
    outcome, written = ask(question, "\n", earlier)
    assert outcome == GivenAnswer(raw)
    assert f"Your earlier answer: {words}. Press Enter to keep it." in written


def test_help_tells_why_and_explains_the_terms_and_asks_again() -> None:
    outcome, written = ask("situation", "?\n1\n")
    assert outcome == GivenAnswer("planning")
    assert "Why we ask: It decides what we ask next." in written
    assert "Platform: A company that signs you up with plans and bills for you. Example:" in written
    assert written.count("Where are you today?") == 2


def test_a_private_text_is_not_written_back() -> None:
    _, written = ask("county", "Bucks\n")
    assert "Bucks" not in written


def test_the_end_of_the_input_is_said() -> None:
    assert "The input ended" in ask("situation", "")[1]


def test_an_endless_stream_of_nonsense_ends() -> None:
    outcome, written = ask("situation", "y\n" * 1000)
    assert outcome is Move.END
    assert "Too many lines" in written


@pytest.mark.parametrize("columns", [40, 80])
def test_no_line_is_longer_than_the_width(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for question in small().questions:
        _, written = ask(question.id, "?\nwrong answer that is long enough to need a second line\ns\n")
        assert max(len(line) for line in written.splitlines()) <= columns


MENU = Menu("Keep them?", (MenuLine("yes", "Yes, keep them"), MenuLine("no", "No, keep nothing", "None at all")), "yes")


@pytest.mark.parametrize(
    ("lines", "picked"),
    [
        ("\n", "yes"), ("1\n", "yes"), ("2\n", "no"), ("n\n", "no"), ("y\n", "yes"), ("no\n", "no"), ("q\n", Move.STOP),
        ("", Move.END), ("b\n2\n", "no"), ("s\n1\n", "yes"), ("7\n2\n", "no"),
    ],
)  # fmt: skip
def test_a_menu_takes_a_number_or_the_start_of_a_label(lines: str, picked: str | Move) -> None:
    output = io.StringIO()
    assert PlainAsker(io.StringIO(lines), output, {}).choose(MENU) == picked
    assert output.getvalue().startswith(
        "Keep them?\n1. Yes, keep them\n2. No, keep nothing\n    None at all\nPress Enter for 1.\nYour choice: "
    )


@pytest.mark.parametrize(
    ("lines", "typed"), [("\n", "a.yaml"), (" b c.yaml \n", "b c.yaml"), ("q\n", Move.STOP), ("b\n", Move.BACK)]
)
def test_a_line_has_a_default(lines: str, typed: str | Move) -> None:
    assert PlainAsker(io.StringIO(lines), io.StringIO(), {}).line("Which file?", "a.yaml") == typed


def test_bytes_that_are_no_text_do_not_stop_it() -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n1\n"), encoding="utf-8")
    asker = PlainAsker(stdin, io.StringIO(), {})
    assert asker.ask(small().question("situation"), None, MIDDLE) == GivenAnswer("planning")


def long_list(lines: str) -> tuple[Outcome, list[str]]:
    """The outcome of a question with a hundred choices, and the lines that were written after it was put."""
    choices = tuple(Choice(f"c{n}", f"A {('red', 'blue')[n % 2]} thing number {n}", "") for n in range(1, 101))
    question = replace(small().question("states"), id="long", choices=choices)
    output = io.StringIO()
    outcome = PlainAsker(io.StringIO(lines), output, {}).ask(question, None, MIDDLE)
    written = output.getvalue().splitlines()
    return outcome, written[written.index(question.text) :]


def test_a_long_list_is_read_out_only_where_it_has_the_words_typed() -> None:
    outcome, written = long_list("BLUE number 9\n9, 99\n")
    assert outcome == GivenAnswer(("c9", "c99"))
    listed = [line for line in written if line[:1].isdigit()]
    nines = [n for n in range(1, 101, 2) if "9" in str(n)]
    assert listed == [f"{n}. A blue thing number {n}" for n in nines]
    assert any("100 lines" in line for line in written)


def test_a_long_list_is_read_out_whole_when_asked_for_and_a_word_in_none_is_explained() -> None:
    _, written = long_list("all\n1\n")
    assert sum(". A " in line for line in written) == 100
    outcome, written = long_list("green\nc7\n")
    assert outcome == GivenAnswer(("c7",))
    assert any("“green” is not on the list." in line for line in written)
