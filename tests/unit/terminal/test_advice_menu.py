"""The menu after the advice, with a desk that answers in one line."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import click
import pytest

from advisor.errors import DataError, Place, Problem
from advisor.interview.asker import Menu, MenuLine, Move
from advisor.interview.session import Interview
from advisor.keeping.folder import make_folder
from advisor.loading.answers import answers_text
from advisor.model.answers import Answers, Raw
from advisor.model.kept import Kept
from advisor.model.questionnaire import Question, Questionnaire
from advisor.terminal.advice_menu import AdviceMenu
from advisor.terminal.drafts import Keeper, recover
from advisor.terminal.keeping import Ending
from advisor.terminal.stop_signals import StopSignals
from advisor.terminal.talk import Talk
from tests.unit.interview.guides import ListedOrder
from tests.unit.interview.scripted import ScriptedAsker, Step
from tests.unit.interview.small import PLANNING, given, small


class OneLineDesk:
    """Says what it was asked."""

    def short(self, answers: Answers) -> str:
        return f"SHORT {answers.plain()['situation']}"

    def full(self, answers: Answers) -> str:
        return "FULL"

    def keep(self, answers: Answers, folder: Path, replace: bool) -> str:
        if folder.name == "full":
            raise click.ClickException("No space left on device")
        return f"KEPT {folder} {replace}"

    def parts(self, answers: Answers) -> tuple[MenuLine, ...]:
        return (MenuLine("R1", "Reason: one"), MenuLine("F1", "Warning: two"))

    def others(self, answers: Answers) -> tuple[MenuLine, ...]:
        return (MenuLine("left", "Go left"), MenuLine("right", "Go right"))

    def why(self, answers: Answers, item: str) -> str:
        return f"WHY {item}"

    def why_not(self, answers: Answers, item: str) -> str:
        return f"WHY NOT {item}"

    def changes(self, answers: Answers) -> str:
        raise DataError(Problem(Place("rules"), "something is missing"))

    def what_if(self, answers: Answers, now: Answers) -> str:
        return f"IF {answers.plain()} THEN {now.plain()}"


class Sitting:
    """One user at the menu, with the answers of someone planning a practice unless others are given."""

    def __init__(
        self,
        folder: Path,
        *script: Step,
        keep: bool = True,
        saved: bool = False,
        desk: OneLineDesk | None = None,
        asked: Questionnaire | None = None,
        **raw: Raw,
    ) -> None:
        self.draft = folder / "draft.yaml"
        self.asker = ScriptedAsker(script)
        guide = ListedOrder(*PLANNING, "platform", "months", "start_date")
        session = Interview(asked or small(), given(**(raw or PLANNING)), guide)
        self.talk = Talk(session, self.asker, Keeper(self.draft if keep else None), self.draft, StopSignals())
        self.talk.keeper.keep(session.answers, small())
        self.written = io.StringIO()
        menu = AdviceMenu(self.asker, self.talk, desk or OneLineDesk(), self.written, ask_to_keep=not saved)
        self.ending = menu.run()

    @property
    def lines(self) -> list[str]:
        return self.written.getvalue().splitlines()


def label(menu: Menu, option: str) -> str:
    return next(one.label for one in menu.options if one.id == option)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_short_advice_stands_first_and_the_menu_has_ten_lines(folder: Path) -> None:
    sitting = Sitting(folder, "leave", "not")
    assert sitting.lines == ["SHORT planning"]
    assert [option.id for option in sitting.asker.menus[0].options] == [
        "keep", "why", "all", "why_not", "changes", "what_if", "back", "save", "skipped", "leave"
    ]  # fmt: skip
    assert sitting.ending is Ending.DONE
    assert list(folder.iterdir()) == []


def test_the_plan_is_kept_in_the_folder_that_the_user_names(folder: Path) -> None:
    sitting = Sitting(folder, "keep", "my plan", "leave", "not")
    assert "KEPT my plan False" in sitting.lines


class WritingDesk(OneLineDesk):
    """Writes the answers into the folder."""

    def keep(self, answers: Answers, folder: Path, replace: bool) -> str:
        folder.mkdir()
        (folder / "answers.yaml").write_text(answers_text(answers, small()))
        return "KEPT"


@pytest.mark.parametrize("how", ["leave", Move.STOP])
def test_answers_that_a_kept_folder_holds_are_not_asked_about_and_leave_no_draft(folder: Path, how: Step) -> None:
    sitting = Sitting(folder, "keep", "mine", how, desk=WritingDesk())
    assert sitting.ending is Ending.DONE
    assert f"Your answers are in {Path('mine/answers.yaml')}" in sitting.asker.told
    assert not sitting.draft.exists()


def test_answers_that_changed_since_they_were_kept_are_asked_about(folder: Path) -> None:
    sitting = Sitting(folder, "keep", "mine", "what_if", "sessions", 7, "yes", "leave", "not", desk=WritingDesk())
    assert sitting.talk.session.answers.plain()["sessions"] == 7
    assert "sessions: 7" not in (folder / "mine" / "answers.yaml").read_text()


@pytest.mark.parametrize(("picked", "told"), [("dated", "KEPT mine False"), ("not", "Nothing was written.")])
def test_a_folder_with_something_in_it_is_asked_about_and_never_replaced(folder: Path, picked: str, told: str) -> None:
    (folder / "mine").mkdir()
    (folder / "mine" / "notes").touch()
    sitting = Sitting(folder, "keep", "mine", picked, "leave", "not")
    assert told in (*sitting.asker.told, *sitting.lines)
    assert [option.id for option in sitting.asker.menus[1].options] == ["dated", "not"]


def test_what_was_kept_before_can_be_replaced(folder: Path) -> None:
    make_folder(folder / "mine", {}, Kept(format=1, person="0" * 16, as_of=None, files={}))
    assert "KEPT mine True" in Sitting(folder, "keep", "mine", "replace", "leave", "not").lines


@pytest.mark.parametrize("typed", ["/", "~nobody-of-this-name/x"])
def test_a_folder_without_a_name_is_told_and_the_menu_goes_on(folder: Path, typed: str) -> None:
    sitting = Sitting(folder, "keep", typed, "all", "leave", "not")
    assert any(typed in told for told in sitting.asker.told)
    assert sitting.lines == ["SHORT planning", "FULL"]


def test_a_folder_that_cannot_be_written_is_told_and_the_menu_goes_on(folder: Path) -> None:
    sitting = Sitting(folder, "keep", "full", "all", "leave", "not")
    assert any("No space left" in told for told in sitting.asker.told)
    assert sitting.lines == ["SHORT planning", "FULL"]


def test_a_part_can_be_asked_about_and_another_option_too(folder: Path) -> None:
    sitting = Sitting(folder, "why", "F1", "why_not", "right", "all", "leave", "not")
    assert sitting.lines[1:] == ["WHY F1", "WHY NOT right", "FULL"]
    assert sitting.asker.menus[2].default == "why"  # the menu starts on what was picked last


@pytest.mark.parametrize("entry", ["why", "why_not", "what_if", "save"])
def test_going_back_from_a_list_leads_to_the_menu(folder: Path, entry: str) -> None:
    sitting = Sitting(folder, entry, Move.BACK, "leave", "not")
    assert sitting.lines == ["SHORT planning"]
    assert sitting.asker.menus[2].text == sitting.asker.menus[0].text


def test_what_cannot_be_told_is_said_and_the_menu_goes_on(folder: Path) -> None:
    sitting = Sitting(folder, "changes", "all", "leave", "not")
    assert any("something is missing" in told for told in sitting.asker.told)
    assert sitting.lines == ["SHORT planning", "FULL"]


def test_a_change_that_is_only_tried_leaves_the_answer_as_it_was(folder: Path) -> None:
    sitting = Sitting(folder, "what_if", "sessions", 30, "no", "leave", "not")
    [line] = sitting.lines[1:]
    assert "'sessions': 20" in line.split("THEN")[0]
    assert "'sessions': 30" in line.split("THEN")[1]
    assert sitting.talk.session.answers.plain()["sessions"] == 20
    assert sitting.asker.progress[0].heading.startswith("What if?")


def test_a_change_that_is_kept_is_in_the_draft_and_the_advice_is_shown_anew(folder: Path) -> None:
    sitting = Sitting(folder, "what_if", "situation", "group", "yes", Move.STOP)
    assert sitting.lines[-1] == "SHORT group"
    assert recover(sitting.draft, small()).answers.plain()["situation"] == "group"


def test_a_kept_change_may_bring_new_questions_which_the_menu_then_offers(folder: Path) -> None:
    sitting = Sitting(folder, "what_if", "situation", "on_platform", "yes", "back")
    assert sitting.ending is Ending.CHANGE
    assert label(sitting.asker.menus[-1], "back") == "Answer the questions that are left (at most 3)"
    assert sitting.talk.session.current == small().question("platform")
    assert not sitting.talk.reviewing


def test_an_unanswered_question_can_be_tried(folder: Path) -> None:
    sitting = Sitting(folder, "what_if", "remark", "no", "no", "leave", "not", situation="planning")
    assert "THEN {'situation': 'planning', 'remark': 'no'}" in sitting.lines[1]


def test_the_same_answer_again_asks_nothing(folder: Path) -> None:
    sitting = Sitting(folder, "what_if", "sessions", 20, "leave", "not")
    assert len(sitting.asker.menus) == 4  # the menu, the questions, the menu, keeping


def test_a_change_that_contradicts_is_refused(folder: Path) -> None:
    sitting = Sitting(folder, "what_if", "license", "associate", "leave", "not")
    assert any("You said you are an associate" in told for told in sitting.asker.told)
    assert sitting.lines == ["SHORT planning"]
    assert sitting.talk.session.conflict is None


def test_with_nothing_left_going_back_leads_to_the_answers(folder: Path) -> None:
    sitting = Sitting(folder, "back")
    assert sitting.ending is Ending.CHANGE
    assert label(sitting.asker.menus[0], "back") == "Look at my answers, or change one"
    assert sitting.talk.reviewing


def test_saved_answers_replace_the_draft_and_leaving_asks_no_more(folder: Path) -> None:
    sitting = Sitting(folder, "save", "here", "leave")
    assert [found.name for found in folder.iterdir()] == ["credentialing-answers.yaml"]
    assert sitting.asker.told[-1] == "Your answers are in credentialing-answers.yaml"
    assert sitting.asker.unused == []


def test_a_change_after_saving_goes_to_the_saved_file(folder: Path) -> None:
    Sitting(folder, "save", "here", "what_if", "sessions", 30, "yes", "leave")
    assert recover(folder / "credentialing-answers.yaml", small()).answers.plain()["sessions"] == 30
    assert [found.name for found in folder.iterdir()] == ["credentialing-answers.yaml"]


@pytest.mark.parametrize("how", [Move.STOP, Move.END])
def test_breaking_off_keeps_the_draft(folder: Path, how: Move) -> None:
    sitting = Sitting(folder, how)
    assert sitting.ending is Ending.DONE
    assert recover(sitting.draft, small()).answers.plain() == PLANNING
    assert str(sitting.draft) in sitting.asker.told[-1]


def test_breaking_off_without_a_draft_asks_where_to_keep_the_answers(folder: Path) -> None:
    sitting = Sitting(folder, Move.STOP, "here", keep=False)
    assert recover(folder / "credentialing-answers.yaml", small()).answers.plain() == PLANNING
    assert sitting.ending is Ending.DONE


def test_with_a_file_the_user_named_leaving_asks_nothing(folder: Path) -> None:
    sitting = Sitting(folder, "leave", saved=True)
    assert sitting.asker.told[-1] == f"Your answers are in {sitting.draft}"
    assert len(sitting.asker.menus) == 1


def test_the_questions_not_asked_are_told_with_the_answer_that_took_them_away(folder: Path) -> None:
    sitting = Sitting(folder, "skipped", "leave", "not", situation="planning", states=["ky"])
    told = next(told for told in sitting.asker.told if "do not apply" in told)
    assert "because you said “Planning my own practice”:\n- Which platform?\n- How many months" in told
    assert "because you said “Kentucky”:\n- Which county in Pennsylvania?" in told
    assert "You stopped before these came up:\n- Which license do you hold?" in told


OWN = Question(
    "fee", "Q0", "work", "What is the fee?", "It is paid.", "", "number", unit="dollars", maximum=99, asked=False
)


def test_a_number_that_nobody_is_asked_can_be_given_after_the_advice(folder: Path) -> None:
    asked = replace(small(), questions=(*small().questions, OWN))
    sitting = Sitting(folder, "own_number", "fee", 7, "yes", "leave", "not", asked=asked)

    menus = sitting.asker.menus
    assert "own_number" in [option.id for option in menus[0].options]
    assert [option.id for option in menus[1].options] == ["fee"]
    assert sitting.talk.session.answers.plain()["fee"] == 7
    assert not sitting.talk.session.remaining
