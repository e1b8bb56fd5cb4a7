"""The interview on a full terminal, key by key."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
import yaml

from tests.interview.user import (
    BACKSPACE,
    COLOR,
    CTRL_B,
    CTRL_C,
    CTRL_R,
    DOWN,
    ENTER,
    ESCAPE,
    LEFT,
    SHIFT_TAB,
    SPACE,
    TAB,
    UP,
    User,
)
from tests.interview.words import (
    CONSENT,
    INDEPENDENT,
    KEEP,
    LICENSE,
    MONTHS,
    PLATFORM,
    REMARK,
    REVIEW,
    SESSIONS,
    SITUATION,
    START,
    STATES,
    StartsUser,
)

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")


def answer_up_to_states(user: User) -> None:
    user.answers(CONSENT, ENTER)
    user.answers(SITUATION, ENTER)
    user.answers(LICENSE, ENTER)
    user.answers(INDEPENDENT, ENTER)
    user.sees(STATES, "Ctrl-C stops")


def finish(user: User) -> None:
    """From the states to the advice, and out without a file."""
    user.answers(STATES, "kentucky", SPACE, ENTER)
    user.answers(SESSIONS, "20", ENTER)
    user.answers(REMARK, "fine", ENTER)
    user.answers(REVIEW, ENTER)
    user.answers(KEEP, UP, ENTER)


def saved(user: User) -> dict[str, object]:
    found = yaml.safe_load(user.draft.read_text())
    assert isinstance(found, dict)
    return found


def test_the_whole_path_with_arrow_keys_leads_to_the_advice(start: StartsUser) -> None:
    user = start()
    answer_up_to_states(user)
    finish(user)
    assert user.ends() == 0
    assert "ADVICE situation license independent states sessions remark" in user.text
    assert "You said: Planning my own practice" in user.text


def test_progress_says_how_many_are_left_on_this_path(start: StartsUser) -> None:
    user = start()
    user.answers(CONSENT, ENTER)
    user.sees("You. Question 1, and at most 10 left on this path, counting this one.")
    user.answers(SITUATION, DOWN, ENTER)
    user.sees("You. Question 2, and at most 9 left on this path, counting this one.")


@pytest.mark.parametrize("key", [LEFT, SHIFT_TAB, CTRL_B], ids=["Left", "Shift-Tab", "Ctrl-B"])
def test_going_back_shows_the_earlier_answer_preselected(start: StartsUser, key: str) -> None:
    user = start()
    user.answers(CONSENT, ENTER)
    user.answers(SITUATION, DOWN, DOWN, ENTER)
    user.answers(LICENSE, key)
    user.sees(SITUATION, "> (x) In a group, and fine (your earlier answer)")
    user.press(ENTER)
    user.sees(LICENSE)
    user.press(CTRL_C)
    assert user.ends() == 130
    assert saved(user) == {"situation": "group"}


@pytest.mark.long
def test_typing_finds_a_choice(start: StartsUser) -> None:
    user = start()
    answer_up_to_states(user)
    user.press("new")
    user.sees("[ ] New Jersey", "[ ] New York", "Showing lines with: new")
    user.sees_no("Alabama")
    user.press(" j", SPACE, "vir")
    user.sees("> [ ] West Virginia", "Ticked: New Jersey")
    user.press(BACKSPACE, BACKSPACE, BACKSPACE)
    user.sees("Kentucky")
    user.press("zz")
    user.sees("no choice matches “zz”")
    user.press(ESCAPE)
    user.sees("> [ ] Arizona", "Alabama")


@pytest.mark.long
def test_several_choices_are_ticked_with_the_space_bar(start: StartsUser) -> None:
    user = start()
    answer_up_to_states(user)
    user.sees("Choose every one that fits.", "Ticked: none yet", "(more below:")
    user.press(ENTER)
    user.sees("Note: nothing is ticked yet.")
    user.press(SPACE, DOWN, DOWN, SPACE)
    user.sees("[x] Alabama", "> [x] Arizona", "Ticked: Alabama; Arizona")
    user.press(ENTER)
    user.answers(SESSIONS, LEFT)
    user.sees("> [x] Alabama", "[x] Arizona")
    user.press("none of th", SPACE)
    user.sees("Ticked: None of these", "goes alone")
    user.press(ENTER)
    user.answers(SESSIONS, CTRL_C)
    user.ends()
    assert saved(user)["states"] == ["unsettled"]


@pytest.mark.long
def test_not_sure_and_skip_stand_below_every_question(start: StartsUser) -> None:
    user = start()
    user.answers(CONSENT, ENTER)
    user.answers(SITUATION, UP, ENTER)
    user.answers(LICENSE, UP, UP, ENTER)
    user.answers(INDEPENDENT, "skip", ENTER)
    user.answers(STATES, UP, UP, ENTER)
    user.answers(SESSIONS, TAB, ENTER)
    user.answers(REMARK, DOWN, DOWN, ENTER)
    user.answers(REVIEW, CTRL_C)
    user.ends()
    assert saved(user) == {
        "situation": "skip", "license": "not_sure", "independent": "skip", "states": "not_sure",
        "sessions": "not_sure", "remark": "skip",
    }  # fmt: skip


def test_a_question_mark_opens_and_closes_the_help(start: StartsUser) -> None:
    user = start()
    user.answers(CONSENT, ENTER)
    user.answers(SITUATION, "?")
    user.sees("Why we ask: It decides what we ask next.", "Pick the closest.", "Platform: A company that signs you up")
    user.sees_no("Planning my own practice")
    user.press("?")
    user.sees("> (x) Planning my own practice")


@pytest.mark.long
def test_help_opens_while_something_is_typed(start: StartsUser) -> None:
    user = start("--save", "answers.yaml")
    user.answers(SITUATION, ENTER)
    user.answers(LICENSE, ENTER)
    user.answers(INDEPENDENT, ENTER)
    user.answers(STATES, SPACE, ENTER)
    user.answers(SESSIONS, "1", "?")
    user.sees("Why we ask: It turns rates into dollars.")
    user.press(ESCAPE)
    user.sees("> 1")
    user.press("2", ENTER)
    user.answers(REMARK, "why", "?")
    user.sees("> why?")
    user.press("\x1bOP")
    user.sees("Why we ask: So that we miss nothing.")
    user.press(ENTER, ENTER)
    user.answers(REVIEW, ENTER)
    assert user.ends() == 0
    kept = yaml.safe_load((user.folder / "answers.yaml").read_text())
    assert (kept["sessions"], kept["remark"]) == (12, "why?")


@pytest.mark.long
def test_a_wrong_number_is_explained_and_can_be_mended(start: StartsUser) -> None:
    user = start("--save", "answers.yaml")
    user.answers(SITUATION, ENTER)
    user.answers(LICENSE, ENTER)
    user.answers(INDEPENDENT, ENTER)
    user.answers(STATES, SPACE, ENTER)
    user.answers(SESSIONS, "200", ENTER)
    user.sees("Note: 200 is out of range.", "The nearest allowed is 80.")
    user.press(BACKSPACE, ENTER)
    user.answers(REMARK, SHIFT_TAB)
    user.sees("> 20")
    user.press("35", ENTER)
    user.answers(REMARK, CTRL_C)
    user.ends()
    assert yaml.safe_load((user.folder / "answers.yaml").read_text())["sessions"] == 35


@pytest.mark.long
def test_a_date_or_none_yet_can_be_given(start: StartsUser) -> None:
    user = start()
    user.answers(CONSENT, ENTER)
    user.answers(SITUATION, "platform", ENTER)
    user.answers(LICENSE, ENTER)
    user.answers(INDEPENDENT, ENTER)
    user.answers(STATES, SPACE, ENTER)
    user.answers(SESSIONS, "9", ENTER)
    user.answers(PLATFORM, ENTER)
    user.answers(MONTHS, "0", ENTER)
    user.answers(START, "soon", ENTER)
    user.sees("is not a date")
    user.press(DOWN)
    user.sees("> (x) No plan has given one yet")
    user.press(ENTER)
    user.answers(REMARK, SHIFT_TAB)
    user.sees("> (x) No plan has given one yet")
    user.press("no plan has given one yet", ENTER)
    user.answers(REMARK, SHIFT_TAB)
    user.sees("> (x) No plan has given one yet")
    user.press("2027-01-31", ENTER)
    user.answers(REMARK, CTRL_C)
    user.ends()
    assert user.draft.read_text().endswith("start_date: '2027-01-31'\n")


@pytest.mark.long
def test_a_contradiction_names_both_answers_and_asks_which_is_wrong(start: StartsUser) -> None:
    user = start()
    user.answers(CONSENT, ENTER)
    user.answers(SITUATION, ENTER)
    user.answers(LICENSE, "assoc", ENTER)
    user.answers(INDEPENDENT, "yes", ENTER)
    user.sees(
        "These answers cannot all be true.", LICENSE, "You said: Associate or trainee", INDEPENDENT, "You said: Yes",
        "Which one is wrong?",
    )  # fmt: skip
    user.press(UP, ENTER)
    user.sees("> (x) Associate or trainee (your earlier answer)")
    user.press(UP, ENTER)
    user.sees(STATES)


@pytest.mark.long
def test_the_review_lists_all_and_an_edit_drops_what_no_longer_applies(start: StartsUser) -> None:
    user = start()
    user.answers(CONSENT, ENTER)
    user.answers(SITUATION, "on a", ENTER)
    user.answers(LICENSE, ENTER)
    user.answers(INDEPENDENT, ENTER)
    user.answers(STATES, SPACE, ENTER)
    user.answers(SESSIONS, "9", ENTER)
    user.answers(PLATFORM, ENTER)
    user.answers(MONTHS, "12", ENTER)
    user.answers(START, "2027-01-31", ENTER)
    user.answers(REMARK, "none", ENTER)
    user.answers(REVIEW, "where are you", ENTER)
    user.sees("(your earlier answer)")
    user.press("group", ENTER)
    user.sees("This no longer applies, so your answer is set aside:", "- Which platform? Headway")
    user.answers(REVIEW, ENTER)
    user.answers(KEEP, UP, ENTER)
    assert user.ends() == 0
    assert "ADVICE situation license independent states sessions remark\r\n" in user.text


def test_the_answers_can_be_reviewed_at_any_question(start: StartsUser) -> None:
    user = start()
    user.answers(CONSENT, ENTER)
    user.answers(SITUATION, ENTER)
    user.answers(LICENSE, CTRL_R)
    user.sees(
        "Here is what you said so far.",
        "> (x) Go on with the questions (at most 6 left)",
        "You said: Planning my own practice",
    )
    user.press(ENTER)
    user.sees(LICENSE)


def test_keys_pressed_ahead_are_not_lost(start: StartsUser) -> None:
    user = start()
    user.press(ENTER, DOWN, DOWN, ENTER, ENTER, ENTER, "penn", SPACE, ENTER, "Bucks", ENTER, "7", ENTER)
    user.sees(REMARK)
    user.press(CTRL_C)
    assert user.ends() == 130
    assert saved(user) == {
        "situation": "group",
        "license": "counselor",
        "independent": "yes",
        "states": ["pa"],
        "county": "Bucks",
        "sessions": 7,
    }


def test_the_answers_are_private_to_the_user(start: StartsUser) -> None:
    user = start()
    user.answers(CONSENT, ENTER)
    user.answers(SITUATION, ENTER)
    user.sees(LICENSE)
    assert stat.S_IMODE(user.draft.stat().st_mode) == 0o600


def test_no_file_is_written_when_the_user_says_no(start: StartsUser) -> None:
    user = start()
    user.answers(CONSENT, DOWN, ENTER)
    user.answers(SITUATION, ENTER)
    user.answers(LICENSE, CTRL_C)
    user.sees("Your answers are not being kept.", "> (x) Go on with the questions")
    user.press(CTRL_C)
    assert user.ends() == 130
    assert list(user.folder.rglob("*")) == []


@pytest.mark.parametrize("columns", [40, 80])
def test_nothing_is_cut_or_longer_than_the_screen(start: StartsUser, columns: int) -> None:
    user = start(columns=columns)
    user.answers("lose", ENTER)
    user.answers("Skip this question", "?")
    user.sees("Press ? to go back to the question.")
    user.press("?")
    user.answers("(x) Planning my own practice", DOWN, ENTER)
    user.answers("Which license", ENTER)
    user.answers("Can you practice", ENTER)
    user.answers("Where are your", "ky", "k", ESCAPE)
    user.sees("(more below:")
    assert user.too_long == []
    words = " ".join(" ".join(user.lines).split())
    assert "Up and Down move. Type to filter. Space ticks. Enter answers. Left goes back. ? explains." in words


def test_a_low_window_still_shows_the_row_that_is_on(start: StartsUser) -> None:
    user = start("--save", "answers.yaml", rows=10, columns=40)
    user.sees("> (x) Planning my own practice")
    user.press(DOWN)
    user.sees("> (x) On a platform")


def test_no_color_is_sent_when_the_user_wants_none(start: StartsUser) -> None:
    colored, plain = start(), start(environ={"NO_COLOR": "1"})
    for user in (colored, plain):
        user.answers(CONSENT, ENTER)
        user.answers(SITUATION, DOWN)
        user.sees("> (x) On a platform")
    assert COLOR.search(colored.raw)
    assert not COLOR.search(plain.raw)
    assert "\x1b[0;1m" not in plain.raw  # nor bold


@pytest.mark.long
def test_escape_sequences_that_are_pasted_never_reach_the_screen(start: StartsUser) -> None:
    user = start("--save", "answers.yaml")
    user.answers(SITUATION, ENTER)
    user.answers(LICENSE, ENTER)
    user.answers(INDEPENDENT, ENTER)
    user.answers(STATES, SPACE, ENTER)
    user.answers(SESSIONS, "9", ENTER)
    user.answers(REMARK, "\x1b[200~bad\x1b]0;owned\x07 text\x1b[201~", ENTER)
    user.sees("the text holds control characters")
    assert "\x1b]0;owned" not in user.raw


def test_the_terminal_is_left_as_it_was(start: StartsUser, tmp_path: Path) -> None:
    user = User(tmp_path, "-c", "import termios,subprocess,sys; before = termios.tcgetattr(0);"
                "subprocess.run([sys.executable, '-m', 'tests.interview.driver']);"
                "print('SAME' if before == termios.tcgetattr(0) else 'CHANGED')", command=())  # fmt: skip
    user.answers(CONSENT, ENTER)
    user.answers(SITUATION, CTRL_C)
    user.sees("SAME")
    user.ends()
