"""`advisor keep`, `open`, `follow-up` and `forget`: a folder of one's plan, over several days."""

from __future__ import annotations

import datetime
import json
import os
import stat
from pathlib import Path

import pytest
from icalendar import Calendar

from advisor.advice import Advisor
from advisor.cli.follow_up_command import ask_progress
from advisor.interview.asker import Move
from advisor.keeping import write_note
from advisor.loading.answers import read_answers
from advisor.model.advice import Advice
from advisor.model.kept import Kept
from advisor.model.kept_files import NOTE
from advisor.model.progress import Progress
from tests.cli.running import ROOT, Done, run
from tests.unit.interview.scripted import ScriptedAsker

CUT = ROOT / "tests/cases/answers/one-plan-cut.yaml"
UNDO = """\
brings: medicare
license: social_worker
medicare_opt_out: within_90_days
med_lean: undo
opt_out_start: 2026-10-01
"""
FIRST, LATER = "2026-11-28", "2026-12-20"


def keep(folder: Path, *more: str, answers: Path = CUT, day: str = FIRST) -> Done:
    return run("keep", answers, "--to", folder, "--as-of", day, *more)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kept folder that no test changes."""
    folder = tmp_path_factory.mktemp("keep") / "mine"
    assert keep(folder).code == 0
    return folder


@pytest.fixture
def mine(made: Path, tmp_path: Path) -> Path:
    """A kept folder to be changed at will."""
    import shutil

    return Path(shutil.copytree(made, tmp_path / "mine"))


def note(folder: Path) -> Kept:
    return Kept.model_validate_json((folder / NOTE).read_text())


def test_the_folder_has_everything_and_each_file_is_told(made: Path) -> None:
    files = {str(path.relative_to(made)) for path in made.rglob("*") if path.is_file()}
    assert {"plan.html", "plan.pdf", "plan.ics", "answers.yaml", "advice.json", NOTE} <= files
    assert {name.rpartition(".")[2] for name in files if name.startswith("letters/")} == {"txt", "eml"}
    assert files == {*note(made).files, NOTE}
    assert {stat.S_IMODE((made / name).stat().st_mode) for name in files} == {0o600}


def test_what_was_written_is_told_in_lines_that_fit(tmp_path: Path) -> None:
    told = keep(tmp_path / "mine").out
    assert all(name in told for name in ("plan.html", "plan.pdf", "plan.ics", "letters/", "answers.yaml"))
    assert str(tmp_path) in told.replace("\n", " ")
    assert max(len(line) for line in told.splitlines() if str(tmp_path) not in line) <= 80


def test_the_kept_answers_and_advice_read_back(made: Path, shipped_advisor: Advisor) -> None:
    advice = Advice.model_validate_json((made / "advice.json").read_text())
    again = read_answers(made / "answers.yaml", shipped_advisor.questionnaire, as_of=advice.trace.as_of)
    assert shipped_advisor.advise(again) == advice


def test_the_same_answers_on_the_same_day_give_the_same_files(made: Path, tmp_path: Path) -> None:
    keep(tmp_path / "again")
    assert {name: (made / name).read_bytes() for name in note(made).files} == {
        name: (tmp_path / "again" / name).read_bytes() for name in note(made).files
    }


def test_a_second_time_makes_a_dated_folder_for_the_same_person(mine: Path) -> None:
    before = (mine / "plan.html").read_bytes()
    done = keep(mine, day=LATER)
    dated = mine.with_name(f"mine-{LATER}")
    assert done.code == 0
    assert dated.name in done.out
    assert (mine / "plan.html").read_bytes() == before
    assert note(dated).person == note(mine).person
    assert keep(mine, day=LATER).code == 0
    assert mine.with_name(f"mine-{LATER}-2").is_dir()


def test_with_replace_what_was_kept_gives_way_and_nothing_else(mine: Path) -> None:
    (mine / "my notes.txt").write_text("call Ann")
    done = keep(mine, "--replace", day=LATER)
    assert done.code == 0
    assert note(mine).as_of == LATER
    assert (mine / "my notes.txt").read_text() == "call Ann"
    assert [path.name for path in mine.parent.iterdir()] == ["mine"]


def test_of_two_files_of_one_day_the_calendar_takes_the_later(mine: Path) -> None:
    def sequence() -> int:
        lines = (mine / "plan.ics").read_text().splitlines()
        return next(int(line.partition(":")[2]) for line in lines if line.startswith("SEQUENCE:"))

    first = sequence()
    keep(mine, "--replace")
    second = sequence()
    keep(mine, "--replace", day=LATER)
    assert first < second < sequence()


def test_a_folder_of_something_else_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_bytes(b"x")
    done = keep(tmp_path / "photos", "--replace")
    assert (done.code, done.out) == (1, "")
    assert "no kept.json" in done.err
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["one.jpg"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = keep(tmp_path / "file" / "mine")
    assert done.code == 1
    assert "Traceback" not in done.err
    assert "file" in done.err


def test_a_record_is_named_when_it_is_written(tmp_path: Path, made: Path) -> None:
    record = tmp_path / "record.yaml"
    record.write_text("brings: record\nlicense: psychologist\n")
    told = keep(tmp_path / "with", answers=record).out
    assert "on somebody's record" in told
    assert "on somebody's record" not in keep(tmp_path / "without").out


def test_open_shows_the_plan_as_it_was_given(made: Path) -> None:
    shown = run("open", made)
    assert shown.code == 0
    assert shown.out == run("advise", CUT, "--as-of", FIRST).out


def test_open_says_what_is_wrong_with_a_folder(mine: Path) -> None:
    (mine / "advice.json").write_text("{}")
    assert run("open", mine).code == 1
    assert run("open", mine.parent).code == 1
    assert "advisor keep" in run("open", mine.parent).err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("answers.yaml", ("follow-up",)), ("advice.json", ("follow-up",)), ("advice.json", ("open",)),
        (NOTE, ("open",)), (NOTE, ("follow-up",)), (NOTE, ("forget", "--yes")),
    ],
)  # fmt: skip
def test_a_pipe_in_place_of_a_kept_file_is_refused_and_not_waited_for(
    mine: Path, name: str, command: tuple[str, ...]
) -> None:
    (mine / name).unlink()
    os.mkfifo(mine / name)
    done = run(*command, mine)
    assert done.code == 1
    assert all(part in done.err for part in (name, "a pipe", "expected a file", "Put a plain file there"))
    assert (mine / "plan.html").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("name", ["answers.yaml", "advice.json", "plan.ics"])
def test_a_pipe_in_place_of_a_kept_file_does_not_hinder_keeping_anew(mine: Path, name: str) -> None:
    (mine / name).unlink()
    os.mkfifo(mine / name)
    assert keep(mine, "--replace").code == 0
    assert (mine / name).is_file()


def test_forget_removes_what_was_kept_and_asks_first(mine: Path) -> None:
    assert run("forget", mine, given="n\n").code == 0
    assert (mine / "plan.html").is_file()
    assert run("forget", mine, "--yes").code == 0
    assert not mine.exists()


def test_forget_names_what_it_leaves(mine: Path) -> None:
    (mine / "my notes.txt").write_text("call Ann")
    assert "my notes.txt" in run("forget", mine, "--yes").out
    assert [path.name for path in mine.iterdir()] == ["my notes.txt"]


def test_follow_up_tells_what_was_due_and_what_a_new_answer_changes(mine: Path) -> None:
    told = (mine / "answers.yaml").read_text()
    (mine / "answers.yaml").write_text(told.replace("rate_direct: 112", "rate_direct: 135"))
    done = run("follow-up", mine, "--as-of", LATER)
    assert (done.code, done.err) == (0, "")
    assert "Due Nov 28, 2026: Save the notice" in done.out
    assert "135 dollars a session" in " ".join(done.out.split())
    assert "as of Dec 20, 2026" in done.out
    assert note(mine).as_of == FIRST  # nothing is replaced unasked


def test_follow_up_with_nothing_new_says_so(mine: Path) -> None:
    done = run("follow-up", mine, "--as-of", FIRST)
    assert "Your answers are the same." in done.out
    assert "Nothing in the plan is different." in done.out


def test_an_update_puts_the_new_plan_in_place(mine: Path) -> None:
    assert run("follow-up", mine, "--as-of", LATER, "--update").code == 0
    assert note(mine).as_of == LATER
    fresh = run("advise", CUT, "--as-of", LATER).out
    assert run("open", mine).out.partition("DO THIS")[0] == fresh.partition("DO THIS")[0]


def dates(folder: Path) -> dict[str, tuple[str, str]]:
    """Title and day of each entry of the calendar file that stands, by its id."""
    entries = Calendar.from_ical((folder / "plan.ics").read_bytes()).walk("VEVENT")
    standing = (entry for entry in entries if entry["STATUS"] == "CONFIRMED")
    return {str(entry["UID"]): (str(entry["SUMMARY"]), entry.decoded("DTSTART").isoformat()) for entry in standing}


def test_a_step_that_is_still_to_do_keeps_its_day_in_plan_and_calendar(mine: Path) -> None:
    first = dates(mine)
    assert "[ ] by Dec 28" in run("open", mine).out
    for day, said in (("2026-12-08", "by Dec 28"), ("2026-12-30", "was due Dec 28")):
        told = run("follow-up", mine, "--as-of", day, "--update").out
        assert f"[ ] {said}" in told
        assert "[ ] was due Nov 28" in told
        assert "Nothing in the plan is different." in told
        assert f"[ ] {said}" in run("open", mine).out
        assert said in (mine / "plan.html").read_text()
        assert dates(mine) == first


def test_a_step_keeps_its_day_in_a_folder_beside_the_first(mine: Path) -> None:
    keep(mine, day=LATER)
    assert dates(mine.with_name(f"mine-{LATER}")) == dates(mine)


@pytest.mark.long
def test_a_step_that_counts_from_an_answer_moves_with_that_answer_and_with_nothing_else(tmp_path: Path) -> None:
    folder, answers = tmp_path / "mine", tmp_path / "answers.yaml"
    answers.write_text(UNDO)
    keep(folder, answers=answers)
    [(uid, day)] = [(uid, day) for uid, (title, day) in dates(folder).items() if "letter has arrived" in title]
    assert day == "2026-12-29"  # day 90, counted from October 1 on, is a workday
    run("follow-up", folder, "--as-of", LATER, "--update")
    assert dates(folder)[uid][1] == day
    (folder / "answers.yaml").write_text(UNDO.replace("2026-10-01", "2026-10-08"))
    run("follow-up", folder, "--as-of", LATER, "--update")
    assert dates(folder)[uid][1] == "2027-01-05"


def rounds(folder: Path) -> dict[str, tuple[datetime.date, int]]:
    """The first day of each entry that comes round, and after how many days it comes again, by its id."""
    entries = Calendar.from_ical((folder / "plan.ics").read_bytes()).walk("VEVENT")
    again = (entry for entry in entries if "RRULE" in entry)
    return {str(entry["UID"]): (entry.decoded("DTSTART"), entry.decoded("RRULE")["INTERVAL"][0]) for entry in again}


@pytest.mark.long
def test_the_same_answers_in_another_folder_and_order_are_the_same_entries_of_a_calendar(tmp_path: Path) -> None:
    turned = tmp_path / "turned.yaml"
    turned.write_text("".join(reversed(UNDO.splitlines(keepends=True))))
    told = tmp_path / "told.yaml"
    told.write_text(UNDO)
    assert keep(tmp_path / "one", answers=told).code == keep(tmp_path / "two", answers=turned, day=LATER).code == 0
    assert dates(tmp_path / "one").keys() == dates(tmp_path / "two").keys()


@pytest.mark.long
def test_what_comes_round_keeps_its_rhythm(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    keep(folder, answers=ROOT / "tests/cases/answers/people/P09.yaml")
    before = rounds(folder)
    assert before
    on = max(first for first, _ in before.values()) + datetime.timedelta(days=3)
    run("follow-up", folder, "--as-of", on.isoformat(), "--update")
    after = rounds(folder)
    assert after.keys() == before.keys()
    for uid, (first, every) in before.items():
        assert on <= after[uid][0] < on + datetime.timedelta(days=every)
        assert (after[uid][0] - first).days % every == 0


def test_what_is_done_is_kept_and_leaves_the_plan_and_the_calendar(mine: Path) -> None:
    said = json.loads((mine / NOTE).read_text())
    row = Advice.model_validate_json((mine / "advice.json").read_text()).plan.rows[0]
    said["progress"] = {"rows": {row.key or row.rule: {"state": "done", "said_on": FIRST}}}
    (mine / NOTE).write_text(json.dumps(said))
    done = run("follow-up", mine, "--as-of", LATER, "--update")
    assert f"Due Nov 28, 2026: {row.do[:20]}" not in done.out
    assert "Done or not needed" in done.out
    assert row.do.split(".")[0] not in (mine / "plan.html").read_text().partition("</main>")[0].replace("&#x27;", "'")
    assert (row.key or row.rule) in note(mine).progress.rows
    assert Advice.model_validate_json((mine / "advice.json").read_text()).plan.rows[0] == row.model_copy(
        update={"date": LATER}
    )


@pytest.mark.long
def test_a_step_that_comes_again_is_not_over_when_it_is_done_once(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    keep(folder, answers=ROOT / "tests/cases/answers/people/P09.yaml")
    advice = Advice.model_validate_json((folder / "advice.json").read_text())
    row = next(row for row in advice.plan.rows if row.kind == "every_days")
    progress = Progress().saying(row.key or row.rule, "done", datetime.date.fromisoformat(LATER))
    write_note(folder, note(folder).model_copy(update={"progress": progress}))
    run("follow-up", folder, "--as-of", LATER, "--update")
    assert row.do[:30] in run("open", folder).out.replace("\n" + " " * 18, " ")
    assert "CANCELLED" not in (folder / "plan.ics").read_text()


def test_a_letter_that_was_filled_in_is_kept_and_named(mine: Path) -> None:
    letter = next((mine / "letters").glob("*.txt"))
    letter.write_text("Dear Ann")
    done = run("follow-up", mine, "--as-of", LATER, "--update")
    assert f"{letter.stem}-yours.txt" in done.out
    assert letter.with_name(f"{letter.stem}-yours.txt").read_text() == "Dear Ann"


def test_steps_that_are_done_stay_away_when_the_plan_is_kept_anew(mine: Path) -> None:
    row = Advice.model_validate_json((mine / "advice.json").read_text()).plan.rows[0]
    progress = Progress().saying(row.key or row.rule, "done", datetime.date.fromisoformat(FIRST))
    write_note(mine, note(mine).model_copy(update={"progress": progress}))
    assert row.do[:20] not in run("open", mine).out
    keep(mine, "--replace", day=LATER)
    assert row.do[:20] not in (mine / "plan.html").read_text()


def test_a_day_before_that_of_the_plan_is_refused(mine: Path) -> None:
    done = run("follow-up", mine, "--as-of", "2026-11-01", "--update")
    assert (done.code, done.out) == (2, "")
    assert "later day" in done.err


def test_questions_that_were_skipped_are_no_facts_of_the_sheet(tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    told = CUT.read_text().replace("change_date: 2027-07-15", "change_date: skip")
    assert "skip" in told
    answers.write_text(told.replace("clients_on_plan: 9", "clients_on_plan: not_sure"))
    assert keep(tmp_path / "mine", answers=answers).code == 0
    [sheet] = (tmp_path / "mine" / "letters").glob("*sheet*.txt")
    assert "not_sure" not in sheet.read_text()
    assert "skip" not in sheet.read_text()


def test_a_printed_command_can_be_copied(tmp_path: Path) -> None:
    told = keep(tmp_path / "my plan").out.replace("\n", " ")
    assert f"`advisor forget '{tmp_path / 'my plan'}'`" in told


def test_follow_up_of_spoiled_answers_names_the_line(mine: Path) -> None:
    (mine / "answers.yaml").write_text("brings: nonsense\n")
    done = run("follow-up", mine)
    assert done.code == 1
    assert "answers.yaml:1" in done.err


def test_each_step_that_was_due_is_asked_about_until_the_user_stops(mine: Path) -> None:
    advice = Advice.model_validate_json((mine / "advice.json").read_text())
    asker = ScriptedAsker(["done", "not needed", "not yet", Move.STOP])
    said = ask_progress(asker, advice, Progress(), datetime.date.fromisoformat(LATER))
    assert [state.state for state in said.rows.values()].count("done") == 1
    assert len(said.rows) == 3
    assert len(said.settled) == 2
    assert all(row.do in menu.text for row, menu in zip(advice.plan.rows, asker.menus, strict=False))
    again = ScriptedAsker([Move.STOP])
    ask_progress(again, advice, said, datetime.date.fromisoformat(LATER))
    assert advice.plan.rows[2].do in again.menus[0].text
