"""The offer to stop: when it comes, what it says, and what follows."""

from __future__ import annotations

from pathlib import Path

from advisor.interview.asker import Move, QuestionPlace
from advisor.interview.session import Interview
from advisor.model.answers import Answer
from advisor.terminal import messages
from advisor.terminal.drafts import Keeper
from advisor.terminal.settling import MAIN_SETTLED, settled_words
from advisor.terminal.stop_signals import StopSignals
from advisor.terminal.talk import Talk
from tests.unit.interview.guides import ListedOrder
from tests.unit.interview.scripted import ScriptedAsker, Step
from tests.unit.interview.small import given, small

ORDER = ("situation", "license", "independent", "states", "sessions", "remark")
PLANS = {"situation": "planning"}


def talk(
    tmp_path: Path, guide: ListedOrder, *script: Step, start: tuple[Answer, ...] = ()
) -> tuple[Talk, ScriptedAsker]:
    asker = ScriptedAsker(script)
    draft = tmp_path / "draft.yaml"
    return Talk(Interview(small(), start, guide), asker, Keeper(draft), draft, StopSignals()), asker


def test_once_all_is_settled_the_user_may_see_the_advice_at_once(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, ListedOrder(*ORDER, settles=PLANS), "planning", "advice")
    assert one.until_agreed()
    assert asker.asked == ["situation"]
    [menu] = asker.menus
    assert menu.text.startswith(
        "Your advice is settled. At most 6 questions are left. None of them can change your advice."
    )
    assert [option.id for option in menu.options] == ["advice", "on"]


def test_going_on_is_not_asked_about_again(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, ListedOrder(*ORDER, settles=PLANS), "planning", "on", "counselor", "yes", ["ky"])
    one.until_agreed()
    assert asker.asked == list(ORDER[:5])
    assert len(asker.menus) == 1


def test_it_is_offered_again_when_an_edit_unsettled_it(tmp_path: Path) -> None:
    # go on; look at the answers and change the first one away; then change it back
    script: list[Step] = [
        "planning", "on", Move.REVIEW, "situation", "group", "", Move.REVIEW, "situation", "planning", "", "advice",
    ]  # fmt: skip
    one, asker = talk(tmp_path, ListedOrder(*ORDER, settles=PLANS), *script)
    assert one.until_agreed()
    offers = [menu for menu in asker.menus if menu.text.startswith("Your advice is settled")]
    assert len(offers) == 2


def test_nothing_is_offered_before_the_first_answer_or_when_nothing_is_left(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, ListedOrder("situation", settles={}), "planning", "")
    assert one.until_agreed()
    assert [menu.text[:8] for menu in asker.menus] == ["You have"]


def test_answers_from_a_file_may_settle_it_at_once(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, ListedOrder(*ORDER, settles=PLANS), "advice", start=tuple(given(situation="planning")))
    assert one.until_agreed()
    assert asker.asked == []


def test_leaving_at_the_offer_keeps_the_answers(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, ListedOrder(*ORDER, settles=PLANS), "planning", Move.STOP)
    assert not one.until_agreed()
    assert str(tmp_path / "draft.yaml") in asker.told[-1]


def test_that_the_main_advice_is_settled_is_said_once(tmp_path: Path) -> None:
    guide = ListedOrder(*ORDER, settles_main=PLANS, settles={"sessions": 3})
    one, asker = talk(tmp_path, guide, "planning", "counselor", "yes", ["ky"], 3, "advice")
    assert one.until_agreed()
    assert asker.told == [MAIN_SETTLED]


def test_the_advice_can_be_had_from_the_review_once_all_is_settled(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, ListedOrder(*ORDER, settles=PLANS), "planning", "on", Move.REVIEW, ".")
    assert one.until_agreed()
    assert [option.label for option in asker.menus[1].options[:2]] == [
        "Go on with the questions (at most 6 left)", "Show my advice now"
    ]  # fmt: skip


def test_the_review_says_when_questions_were_passed_over(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, ListedOrder("situation", idle=ORDER[1:]), "planning", "")
    assert one.until_agreed()
    assert "We left out 5 that cannot change it." in asker.menus[0].text


def test_one_question_left_is_said_in_the_singular() -> None:
    words = settled_words(1)
    assert "At most one question is left. It cannot change your advice." in words
    assert "They" not in words


def progress(left: int, mattering: int | None) -> str:
    return messages.progress_words(QuestionPlace("You", 2, left, True, True, mattering=mattering))


def test_progress_says_how_many_can_still_matter() -> None:
    place = "You. Question 2, and at most 9 left on this path, counting this one."
    assert progress(9, None) == place
    assert progress(9, 4) == f"{place} Up to 4 of them can still change your advice."
    assert progress(9, 1) == f"{place} One of them can still change your advice."
    assert progress(9, 0) == f"{place} What is left adds detail."
    assert progress(1, 1) == "You. Question 2, the last one on this path. It can still change your advice."
