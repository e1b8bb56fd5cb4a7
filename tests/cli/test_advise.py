"""`advisor advise`: a file of answers in, advice out."""

from __future__ import annotations

import datetime
import json
import stat
import subprocess
from pathlib import Path

import pytest

from advisor.advice import Advisor, advise
from advisor.model.advice import Advice
from advisor.rendering import RENDERER_BY_NAME
from tests.cli.running import Done, command, environment, process, run

ANSWERS = (
    "brings: platform_fine\nalso: [nothing]\n"
    "situation: planning\nlicense: counselor\nindependent: 'yes'\nrunway: one_to_two\nstates: [pa]\n"
)
MAPPING = {
    "brings": "platform_fine", "also": ["nothing"], "situation": "planning", "license": "counselor",
    "independent": "yes", "runway": "one_to_two", "states": ["pa"],
}  # fmt: skip
DAY = datetime.date(2027, 1, 31)
ON_THE_DAY = ("--as-of", "2027-01-31")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text(ANSWERS, "utf-8")
    return path


def test_yaml_json_and_standard_input_give_the_same_advice(tmp_path: Path, file: Path) -> None:
    (tmp_path / "answers.json").write_text(json.dumps(MAPPING), "utf-8")
    done = run("advise", file)
    assert (done.code, done.err) == (0, "")
    for again in (
        run("advise", tmp_path / "answers.json"),
        run("advise", "-", given=ANSWERS),
        run("advise", "-", given=json.dumps(MAPPING)),
    ):
        assert again == done


@pytest.mark.parametrize("name", ["text", "markdown", "json"])
def test_every_format_is_what_the_renderer_makes(file: Path, name: str, shipped_advisor: Advisor) -> None:
    done = run("advise", file, *ON_THE_DAY, "--format", name)
    expected = RENDERER_BY_NAME[name](shipped_advisor.advise(MAPPING, as_of=DAY), 80)
    assert done.out == (expected if expected.endswith("\n") else expected + "\n")
    assert (done.code, done.err) == (0, "")


@pytest.mark.slow  # the same in JSON is read below
def test_the_full_view_is_all_of_the_advice_with_its_proofs(file: Path, shipped_advisor: Advisor) -> None:
    done = run("advise", file, *ON_THE_DAY, "--full")
    expected = RENDERER_BY_NAME["text"](shipped_advisor.advise(MAPPING, as_of=DAY, proofs=True), 80, full=True)
    assert (done.code, done.out.strip(), done.err) == (0, expected.strip(), "")


def test_json_is_the_advice_of_the_library(file: Path) -> None:
    done = run("advise", file, *ON_THE_DAY, "--format", "json")
    assert Advice.model_validate_json(done.out) == advise(MAPPING, as_of=DAY)


@pytest.mark.long
def test_quick_leaves_out_the_proofs_and_nothing_else(file: Path) -> None:
    quick = Advice.model_validate_json(run("advise", file, *ON_THE_DAY, "--full", "--quick", "--format", "json").out)
    assert quick == advise(MAPPING, as_of=DAY)
    whole = Advice.model_validate_json(run("advise", file, *ON_THE_DAY, "--full", "--format", "json").out)
    assert whole.proofs is not None
    assert whole.model_copy(update={"proofs": None}) == quick


def test_the_day_is_today_unless_it_is_named_and_the_advice_says_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor.cli.advise_command.today", lambda: datetime.date(2028, 2, 29))
    assert run("advise", file).out.splitlines()[0].endswith("as of Feb 29, 2028")
    assert run("advise", file, *ON_THE_DAY).out.splitlines()[0].endswith("as of Jan 31, 2027")
    full = " ".join(run("advise", file, "--full", "--quick", *ON_THE_DAY).out.split())
    assert "As of 2027-01-31: what is past," in full
    saved = Advice.model_validate_json(run("advise", file, "--quick", "--format", "json").out)
    assert saved.trace.as_of == datetime.date(2028, 2, 29)


@pytest.mark.parametrize("day", ["soon", "2027-02-30", "20270131", "2027-1-31", ""])
def test_what_is_no_day_is_wrong_usage(file: Path, day: str) -> None:
    done = run("advise", file, "--as-of", day)
    assert done.code == 2
    assert f"`{day}` is not a day such as 2027-01-31" in done.err


def test_text_is_the_default_and_fits_the_terminal(file: Path) -> None:
    done = run("advise", file)
    assert done == run("advise", file, "--format", "text")
    assert all(len(line) <= 80 for line in done.out.splitlines() if "://" not in line)
    narrow = run("advise", file, environ={"COLUMNS": "44"})
    assert all(len(line) <= 44 for line in narrow.out.splitlines() if "://" not in line)


def test_a_partial_file_or_none_at_all_still_gives_advice() -> None:
    for given in ("", "runway: not_sure\n", "{}"):
        done = run("advise", "-", given=given)
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("YOUR PLAN")


def test_output_goes_to_a_file_that_only_the_user_can_read(tmp_path: Path, file: Path) -> None:
    target = tmp_path / "advice.json"
    done = run("advise", file, *ON_THE_DAY, "--format", "json", "--output", target)
    assert done == Done(0, "", "")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert Advice.model_validate_json(target.read_text("utf-8")) == advise(MAPPING, as_of=DAY)


def test_output_replaces_a_file_whole_and_leaves_nothing_beside_it(tmp_path: Path, file: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "advice.txt"
    target.write_text("old " * 100_000)
    target.chmod(0o644)
    assert run("advise", file, "--output", target) == Done(0, "", f"{target} was there already; it is replaced.\n")
    assert target.read_text("utf-8") == run("advise", file).out
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    assert [path.name for path in folder.iterdir()] == ["advice.txt"]


@pytest.mark.long
def test_output_to_a_stream_by_its_name_is_written_through(tmp_path: Path, file: Path) -> None:
    expected = process("advise", file, "--quick", *ON_THE_DAY)
    assert process("advise", file, "--quick", *ON_THE_DAY, "--output", "/dev/stdout") == expected
    target = tmp_path / "advice.txt"
    with target.open("w") as out:  # a regular file behind the stream is the stream's, and is not replaced
        before = target.stat().st_ino
        line = command("advise", file, "--quick", *ON_THE_DAY, "--output", "/dev/stdout")
        assert subprocess.run(line, stdout=out, env=environment(None), check=True).returncode == 0
    assert target.read_text("utf-8") == expected.out
    assert target.stat().st_ino == before


def test_a_missing_folder_is_told_and_not_made(tmp_path: Path, file: Path) -> None:
    done = run("advise", file, "--quick", "--output", tmp_path / "none" / "advice.txt")
    assert (done.code, done.out) == (1, "")
    assert "No such file or directory" in done.err
    assert not (tmp_path / "none").exists()


def test_a_file_stays_as_it_was_when_the_answers_are_wrong(tmp_path: Path) -> None:
    target = tmp_path / "advice.txt"
    target.write_text("old")
    assert run("advise", "-", "--output", target, given="runway: ten\n").code == 1
    assert target.read_text() == "old"


def test_output_to_a_dash_is_standard_output(file: Path) -> None:
    assert run("advise", file, "--output", "-") == run("advise", file)


def test_output_that_cannot_be_written_is_an_error(tmp_path: Path, file: Path) -> None:
    (tmp_path / "taken").write_text("")
    done = run("advise", file, "--output", tmp_path / "taken" / "advice.txt")
    assert done.code == 1
    assert done.out == ""
    assert done.err.startswith("Error: Could not open file")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("runway: ten\n", "Error: standard input:1: `runway`: `ten` is not a choice; expected one of `under_1`"),
        ("runwy: skip\n", "Error: standard input:1: `runwy`: there is no question with this id"),
        ("a: b: c\n", "Error: standard input:1: this is not valid YAML"),
        ('{"a": }', "Error: standard input:1: this is not valid JSON"),
        (b"\xff\xfe", "Error: standard input:1: the file is not UTF-8 text"),
        (b"#" * 3_000_000, "Error: standard input: the text has more than 2000000 bytes"),
        ("license: associate\nindependent: 'yes'\n", "Error: standard input:1: `license`: You said"),
    ],
)
def test_wrong_answers_end_with_1_and_say_what_is_wrong(given: str | bytes, told: str) -> None:
    done = run("advise", "-", given=given)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(told)


def test_all_wrong_answers_are_named_at_once() -> None:
    done = run("advise", "-", given="runway: ten\nstates: [zz]\nsessions_wanted: 900\n")
    assert [line.split(": `")[1].split("`")[0] for line in done.err.splitlines()] == [
        "runway", "states", "sessions_wanted",
    ]  # fmt: skip


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run("advise", tmp_path / "no.yaml")
    assert (done.code, done.out) == (1, "")
    assert done.err == f"Error: {tmp_path / 'no.yaml'}: there is no such file. Check the name and the folder\n"
    assert "this is a folder" in run("advise", tmp_path).err


@pytest.mark.parametrize(
    "args", [(), ("a", "b"), ("-", "--format", "pdf"), ("-", "--formt", "json"), ("-", "--output")]
)
def test_wrong_usage_ends_with_2(args: tuple[str, ...]) -> None:
    done = run("advise", *args)
    assert (done.code, done.out) == (2, "")
    assert "Error: " in done.err


def test_other_rules_and_questions_can_be_used(tiny_folders: tuple[Path, Path]) -> None:
    rules, questionnaires = tiny_folders
    done = run(
        "advise", "-", "--format", "json", "--rules", rules, "--questionnaires", questionnaires, given="runway: short\n"
    )
    assert done.code == 0, done.err
    advice = Advice.model_validate_json(done.out)
    assert (advice.rulebase.id, advice.recommendation.option) == ("tiny", "left")


def test_wrong_rules_are_named_with_file_and_line(tiny_folders: tuple[Path, Path]) -> None:
    rules, questionnaires = tiny_folders
    path = rules / "deriving" / "tight.yaml"
    path.write_text(path.read_text("utf-8").replace("version: 1", "version: x"), "utf-8")
    done = run("advise", "-", "--rules", rules, "--questionnaires", questionnaires)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("Error: deriving/tight.yaml:6: `DER-1.version`: `x` is not a whole number")
