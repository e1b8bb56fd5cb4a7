"""The loop of questions, contradictions, review and leaving, with a scripted user."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from advisor.interview.asker import Move
from advisor.interview.session import Interview
from advisor.model.answers import Raw
from advisor.terminal.drafts import Keeper, recover
from advisor.terminal.stop_signals import StopSignals
from advisor.terminal.talk import Talk
from tests.helpers.rulebases import asking, date
from tests.unit.interview.guides import ListedOrder
from tests.unit.interview.scripted import ScriptedAsker, Step
from tests.unit.interview.small import PLANNING, given, small

AGREE = ""


def talk(
    tmp_path: Path, *script: Step, keep: bool = True, start: Mapping[str, Raw] = MappingProxyType({})
) -> tuple[Talk, ScriptedAsker]:
    asker = ScriptedAsker(script)
    draft = tmp_path / "draft.yaml"
    session = Interview(small(), given(**start))
    return Talk(session, asker, Keeper(draft if keep else None), draft, StopSignals()), asker


def test_every_question_then_the_review_then_agreement(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, *PLANNING.values(), AGREE)
    assert one.until_agreed()
    assert asker.asked == list(PLANNING)
    assert [option.id for option in asker.menus[0].options] == [AGREE, *PLANNING]
    assert asker.unused == []


def test_each_answer_is_kept_before_the_next_question(tmp_path: Path) -> None:
    one, _ = talk(tmp_path, "planning", "counselor")
    assert not one.until_agreed()
    kept = recover(tmp_path / "draft.yaml", small())
    assert kept.answers.plain() == {"situation": "planning", "license": "counselor"}


def test_going_back_shows_the_earlier_answer(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, "planning", "counselor", Move.BACK, "associate")
    one.until_agreed()
    assert asker.asked == ["situation", "license", "independent", "license", "independent"]
    assert asker.preselected[3] == given(license="counselor")[0]


def test_progress_counts_down_and_knows_the_section(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, *PLANNING.values(), AGREE)
    one.until_agreed()
    # someone on a platform would see ten; then the county may follow the states, but does not
    assert [progress.left for progress in asker.progress] == [10, 6, 5, 4, 2, 1]
    assert [progress.position for progress in asker.progress] == [1, 2, 3, 4, 5, 6]
    assert [progress.section for progress in asker.progress] == ["You"] * 4 + ["Your work"] * 2
    assert [progress.can_go_back for progress in asker.progress] == [False] + [True] * 5


def test_no_more_are_said_to_matter_than_are_left(tmp_path: Path) -> None:
    every = frozenset(question.id for question in small().questions)
    asker = ScriptedAsker(["planning", "counselor"])
    session = Interview(small(), (), ListedOrder("situation", "license", idle=["states", "sessions"], deciding=every))
    Talk(session, asker, Keeper(None), tmp_path / "draft.yaml", StopSignals()).until_agreed()
    told = [(progress.left, progress.mattering) for progress in asker.progress]
    assert all(left is not None and matter is not None and matter <= left for left, matter in told), told


def test_an_edit_in_the_review_says_what_it_drops_and_returns(tmp_path: Path) -> None:
    start: dict[str, Raw] = {
        **PLANNING,
        "situation": "on_platform",
        "platform": "headway",
        "months": 5,
        "start_date": "skip",
    }
    one, asker = talk(tmp_path, "situation", "group", AGREE, start=start)
    assert one.until_agreed()
    assert asker.asked == ["situation"]
    [told] = asker.told
    assert told.splitlines()[1:] == [
        "- Which platform? Headway",
        "- How many months have you been there? 5 months",
        "- Which start date did a plan give you? Skipped",
    ]
    assert len(asker.menus) == 2


def test_an_edit_asks_only_what_now_applies(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, "situation", "on_platform", "headway", 5, "not_given", AGREE, start=PLANNING)
    assert one.until_agreed()
    assert asker.asked == ["situation", "platform", "months", "start_date"]


def test_a_contradiction_shows_both_answers_and_asks_which_is_wrong(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, "planning", "associate", "yes", "license", "counselor")
    one.until_agreed()
    [menu] = asker.menus
    assert "You said you are an associate, and also that you can practice on your own." in menu.text
    assert [(option.id, option.note) for option in menu.options] == [
        ("license", "You said: Associate or trainee"),
        ("independent", "You said: Yes"),
    ]
    assert asker.asked == ["situation", "license", "independent", "license", "states"]


def test_a_contradiction_stays_until_an_answer_changes(tmp_path: Path) -> None:
    one, asker = talk(
        tmp_path, "planning", "associate", "yes", "license", "associate", "independent", Move.BACK, "independent", "no"
    )
    one.until_agreed()
    assert len(asker.menus) == 3
    assert asker.asked[-1] == "states"


def test_contradicting_answers_are_kept_while_they_are_settled(tmp_path: Path) -> None:
    one, _ = talk(tmp_path, "planning", "associate", "yes", Move.STOP)
    assert not one.until_agreed()
    again, asker = talk(
        tmp_path, "independent", "no", start={"situation": "planning", "license": "associate", "independent": "yes"}
    )
    again.until_agreed()
    assert recover(tmp_path / "draft.yaml", small()).answers.plain()["independent"] == "no"
    assert asker.menus[0].text.startswith("These answers cannot all be true.")


def test_the_review_can_be_seen_at_any_question(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, "planning", Move.REVIEW, "situation", "group", AGREE, "counselor")
    one.until_agreed()
    assert asker.asked == ["situation", "license", "situation", "license", "independent"]
    assert [option.id for option in asker.menus[0].options] == [AGREE, "situation"]


def test_the_review_can_be_seen_after_going_back(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, "planning", Move.BACK, Move.REVIEW, AGREE, "group")
    one.until_agreed()
    assert asker.asked == ["situation", "license", "situation", "situation", "license"]


def test_there_is_nothing_to_review_before_the_first_answer(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, Move.REVIEW, "planning")
    one.until_agreed()
    assert asker.told[0] == "You have not answered a question yet."
    assert asker.asked == ["situation", "situation", "license"]


def test_back_from_the_last_review_leads_to_the_last_question(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, Move.BACK, "yes", AGREE, start=PLANNING)
    assert one.until_agreed()
    assert asker.asked == ["remark"]


def test_stopping_says_where_the_answers_are(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, "planning", Move.STOP)
    assert not one.until_agreed()
    assert str(tmp_path / "draft.yaml") in asker.told[-1]


def test_stopping_without_an_answer_keeps_no_file(tmp_path: Path) -> None:
    one, _ = talk(tmp_path, Move.STOP)
    assert not one.until_agreed()
    assert list(tmp_path.iterdir()) == []


def test_without_consent_no_file_is_written_and_stopping_asks_first(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, "planning", Move.STOP, "stay", "counselor", Move.STOP, Move.STOP, keep=False)
    assert not one.until_agreed()
    assert list(tmp_path.iterdir()) == []
    assert [option.id for option in asker.menus[0].options] == ["stay", "keep", "lose"]
    assert asker.unused == []


def test_without_consent_the_answers_can_still_be_kept_when_stopping(tmp_path: Path) -> None:
    one, _ = talk(tmp_path, "planning", Move.STOP, "keep", keep=False)
    assert not one.until_agreed()
    assert recover(tmp_path / "draft.yaml", small()).answers.plain() == {"situation": "planning"}


def test_when_the_input_ends_nobody_is_asked(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, "planning", keep=False)
    assert not one.until_agreed()
    assert asker.menus == []
    assert asker.told == ["Your answers were not kept."]


def test_a_file_that_cannot_be_written_is_said_once(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    asker = ScriptedAsker(["planning", "counselor"])
    keeper = Keeper(blocked / "draft.yaml")
    one = Talk(Interview(small()), asker, keeper, tmp_path / "draft.yaml", StopSignals())
    assert not one.until_agreed()
    assert [told.startswith("Your answers cannot be kept") for told in asker.told] == [True, False]


def test_answers_that_do_not_apply_are_said_at_the_start(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, start={"situation": "planning", "platform": "headway"})
    one.until_agreed()
    assert asker.told[0].endswith("- Which platform? Headway")


def test_a_private_text_is_not_shown_in_the_review(tmp_path: Path) -> None:
    one, asker = talk(tmp_path, Move.REVIEW, AGREE, start={"states": ["pa"], "county": "Bucks"})
    one.until_agreed()
    notes = [option.note for option in asker.menus[0].options]
    assert "You said: (typed, and not shown here)" in notes
    assert not any("Bucks" in note for note in notes)


class InterruptedAsker(ScriptedAsker):
    def tell(self, text: str) -> None:
        super().tell(text)
        if len(self.told) == 1:
            raise KeyboardInterrupt


@pytest.mark.parametrize("keep", [True, False])
def test_an_interrupt_between_questions_stops_like_one_at_a_question(tmp_path: Path, keep: bool) -> None:
    asker = InterruptedAsker([Move.BACK, "lose"] if not keep else [Move.BACK])
    draft = tmp_path / "draft.yaml"
    keeper = Keeper(draft if keep else None)
    one = Talk(Interview(small(), given(situation="planning")), asker, keeper, draft, StopSignals())
    assert not one.until_agreed()
    assert draft.exists() is keep


def test_a_date_that_cannot_be_meant_is_told_and_the_question_stays(tmp_path: Path) -> None:
    asked = asking(date("moved", meaning="past"))
    asker = ScriptedAsker(("2027-02-01", "2027-01-31", AGREE))
    session = Interview(asked, as_of=datetime.date(2027, 1, 31))
    assert Talk(session, asker, Keeper(None), tmp_path / "draft.yaml", StopSignals()).until_agreed()
    assert asker.asked == ["moved", "moved"]
    assert session.answers.plain() == {"moved": "2027-01-31"}
    assert "2027-02-01 is not in the past, seen from 2027-01-31" in asker.told[0]
