"""A whole interview over streams: opening, keeping, and closing."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from advisor.errors import AnswersError
from advisor.model.answers import Answers
from advisor.terminal.drafts import recover
from advisor.terminal.interview_flow import run_interview
from tests.unit.interview.small import PLANNING, small

PATH = "1\n1\n1\nky\n20\nno\n"
"""Lines that answer every question of someone planning a practice."""
AGREE = "\n"


class Run:
    """One run of the interview in a folder of its own; `draft` is where an unfinished one is kept."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(folder)
        self.folder = folder
        self.draft = folder / "state" / "draft.yaml"
        self.written = ""

    def __call__(self, lines: str, *, answers: Path | None = None, save: Path | None = None) -> Answers | None:
        stdout = io.StringIO()
        try:
            return run_interview(
                small(),
                show_advice=lambda given: f"ADVICE FOR {len(given)} ANSWERS",
                answers_file=answers,
                save_file=save,
                stdin=io.StringIO(lines),
                stdout=stdout,
                environ={"ADVISOR_STATE_DIR": str(self.draft.parent)},
            )
        finally:
            self.written = stdout.getvalue()

    def files(self) -> list[str]:
        return sorted(str(found.relative_to(self.folder)) for found in self.folder.rglob("*") if found.is_file())


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    return Run(tmp_path, monkeypatch)


def test_a_whole_interview_ends_with_the_advice_and_a_file(run: Run) -> None:
    answers = run("yes\n" + PATH + AGREE + "1\n")
    assert answers is not None
    assert answers.plain() == PLANNING
    assert "ADVICE FOR 6 ANSWERS" in run.written
    assert run.files() == ["credentialing-answers.yaml"]
    assert recover(run.folder / "credentialing-answers.yaml", small()).answers == answers


def test_without_consent_nothing_is_written(run: Run) -> None:
    assert run("no\n" + PATH + AGREE + "No, do not keep them\n") is not None
    assert run.files() == []
    assert "No copy is left." in run.written


def test_with_consent_the_draft_goes_when_the_answers_are_not_kept(run: Run) -> None:
    assert run("yes\n" + PATH + AGREE + "No, do not keep them\n") is not None
    assert run.files() == []


def test_an_interview_that_stops_is_taken_up_again(run: Run) -> None:
    assert run("yes\n1\n1\nq\n") is None
    assert run.files() == ["state/draft.yaml"]
    answers = run("1\n1\nky\n20\nno\n" + AGREE + "1\n")
    assert answers is not None
    assert answers.plain() == PLANNING
    assert "You have 2 answers saved" in run.written
    assert run.files() == ["credentialing-answers.yaml"]


def test_the_end_of_the_input_keeps_the_answers_too(run: Run) -> None:
    assert run("yes\n1\n1\n") is None
    assert recover(run.draft, small()).answers.plain() == {"situation": "planning", "license": "counselor"}


def test_starting_over_deletes_the_answers(run: Run) -> None:
    run("yes\n1\n1\nq\n")
    assert run("2\nq\n") is None
    assert run.files() == []


def test_leaving_at_the_offer_to_resume_changes_nothing(run: Run) -> None:
    run("yes\n1\n1\nq\n")
    assert run("q\n") is None
    assert run.files() == ["state/draft.yaml"]


def test_an_empty_file_is_no_consent(run: Run) -> None:
    run.draft.parent.mkdir()
    run.draft.write_text("")
    assert run("no\n1\n") is None
    assert "May we keep your answers" in run.written
    assert run.draft.read_text() == ""


def test_an_outdated_draft_keeps_what_fits_and_names_the_rest(run: Run) -> None:
    run.draft.parent.mkdir()
    run.draft.write_text("situation: planning\nlicense: dentist\ngone: 1\n")
    assert run("1\n1\nq\n") is None
    assert "license `dentist` is not a choice." in run.written
    assert "gone there is no question with this id." in run.written
    assert recover(run.draft, small()).answers.plain() == {"situation": "planning", "license": "counselor"}


@pytest.mark.parametrize("content", [b"- not\n- answers\n", b"\xff\xff", b"a: [\n"])
def test_an_unreadable_draft_is_left_alone_unless_the_user_replaces_it(run: Run, content: bytes) -> None:
    run.draft.parent.mkdir()
    run.draft.write_bytes(content)
    assert run("\n") is None
    assert run.draft.read_bytes() == content
    assert run("2\n1\nq\n") is None
    assert recover(run.draft, small()).answers.plain() == {"situation": "planning"}


def test_with_a_file_to_save_to_nobody_is_asked(run: Run) -> None:
    save = run.folder / "mine.yaml"
    answers = run(PATH + AGREE, save=save)
    assert answers is not None
    assert run.files() == ["mine.yaml"]
    assert recover(save, small()).answers == answers
    assert "May we keep" not in run.written


def test_a_file_to_save_to_is_taken_up_again(run: Run) -> None:
    save = run.folder / "mine.yaml"
    run("1\n1\nq\n", save=save)
    assert run("1\n1\nky\n20\nno\n" + AGREE, save=save) is not None
    assert recover(save, small()).answers.plain() == PLANNING


def test_a_folder_that_is_missing_is_said_at_once(run: Run) -> None:
    with pytest.raises(AnswersError, match="no such folder"):
        run(PATH, save=run.folder / "missing" / "mine.yaml")
    assert run.files() == []


def test_answers_in_a_file_are_not_asked_again(run: Run) -> None:
    known = run.folder / "known.yaml"
    known.write_text("situation: planning\nlicense: counselor\nindependent: 'yes'\nstates: [ky]\n")
    answers = run("no\n20\nno\n" + AGREE + "4\n", answers=known)
    assert answers is not None
    assert answers.plain() == PLANNING
    assert "Where are you today?" not in run.written.split("Here is what you said")[0]
    assert run.files() == ["known.yaml"]


def test_an_unfinished_interview_is_not_lost_to_a_file_of_answers(run: Run) -> None:
    run("yes\n3\n1\nq\n")
    known = run.folder / "known.yaml"
    known.write_text("situation: planning\n")
    assert run("1\nq\n", answers=known) is None
    assert "2. Delete those answers, and begin from" in run.written
    assert recover(run.draft, small()).answers.plain() == {"situation": "group", "license": "counselor"}
    assert run("2\n1\nq\n", answers=known) is None
    assert recover(run.draft, small()).answers.plain() == {"situation": "planning", "license": "counselor"}


def test_wrong_answers_in_a_file_are_refused_with_their_lines(run: Run) -> None:
    known = run.folder / "known.yaml"
    known.write_text("situation: planning\nlicense: dentist\n")
    with pytest.raises(AnswersError, match=r"known\.yaml:2"):
        run("no\n", answers=known)


def test_contradictions_in_a_file_are_settled_by_asking(run: Run) -> None:
    known = run.folder / "known.yaml"
    known.write_text("license: associate\nindependent: 'yes'\n")
    answers = run("no\n1\n1\n1\nky\n20\nno\n" + AGREE + "4\n", answers=known)
    assert answers is not None
    assert "These answers cannot all be true." in run.written
    assert answers.plain() == PLANNING


def test_an_answer_can_be_changed_after_the_advice(run: Run) -> None:
    # in the review, line 1 is the agreement and line 2 the first question
    answers = run("no\n" + PATH + AGREE + "3\n" + "2\n3\n" + AGREE + "4\n")
    assert answers is not None
    assert answers.plain()["situation"] == "group"
    assert run.written.count("ADVICE FOR") == 2


def test_another_file_is_never_overwritten_unasked(run: Run) -> None:
    taken = run.folder / "taken.yaml"
    taken.write_text("precious")
    (run.folder / "credentialing-answers.yaml").write_text("older")
    run("no\n" + PATH + AGREE + "2\ntaken.yaml\n" + "1\n" + "1\n")
    assert taken.read_text() == "precious"
    assert (run.folder / "credentialing-answers.yaml").read_text() == "older"
    assert "credentialing-answers-2.yaml" in run.files()


def test_a_file_is_replaced_when_the_user_says_so(run: Run) -> None:
    taken = run.folder / "taken.yaml"
    taken.write_text("old")
    run("yes\n" + PATH + AGREE + "2\ntaken.yaml\n" + "2\n")
    assert recover(taken, small()).answers.plain() == PLANNING
    assert run.files() == ["taken.yaml"]


def test_a_name_that_cannot_be_written_is_asked_again(run: Run) -> None:
    (run.folder / "file").write_text("")
    run("yes\n" + PATH + AGREE + "2\nfile/answers.yaml\n" + "1\n")
    assert "That did not work" in run.written
    assert run.files() == ["credentialing-answers.yaml", "file"]


def test_the_end_of_the_input_after_the_advice_leaves_the_draft(run: Run) -> None:
    assert run("yes\n" + PATH + AGREE) is not None
    assert run.files() == ["state/draft.yaml"]
