"""Judgments that were not wholly written are told, mended by one command, and the mending is kept on record."""

from __future__ import annotations

import resource
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import Done, command, environment, run

JUDGE = ("comment", "--by", "Ann", "--reason")


@pytest.fixture(params=[[], ["--embed"]], ids=["small", "embedded"])
def saved(tmp_path: Path, tiny_folders: tuple[Path, Path], request: pytest.FixtureRequest) -> Path:
    """A receipt of the tiny rules with its rulebook beside it, and one that stands alone."""
    path = tmp_path / "receipt.json"
    folders = ("--rules", tiny_folders[0], "--questionnaires", tiny_folders[1])
    assert run("receipt", "make", "-", *request.param, "--output", path, *folders, given="runway: short\n").code == 0
    return path


def judgments_of(saved: Path) -> Path:
    return saved.with_name(saved.name + ".judgments.jsonl")


def judge(saved: Path, reason: str) -> Done:
    return run("receipt", "judge", saved, *JUDGE, reason)


def test_a_full_disk_at_the_first_judgment_leaves_no_file_and_no_harm(saved: Path) -> None:
    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    line = command("receipt", "judge", saved, *JUDGE, "Hm.")
    done = subprocess.run(line, preexec_fn=no_room, env=environment(), capture_output=True, check=False)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert not judgments_of(saved).exists()
    assert run("receipt", "verify", saved).code == 0
    assert judge(saved, "Hm.").code == 0
    assert "judgment 1, unsigned, on " in run("receipt", "verify", saved).out


def test_an_empty_file_is_told_mended_and_gone_on_with(saved: Path) -> None:
    judgments_of(saved).write_bytes(b"")
    for done in (run("receipt", "verify", saved), judge(saved, "One.")):
        assert done.code == 1
        assert "the file is empty" in done.err
        assert "`advisor receipt repair` mends that" in done.err
    mended = run("receipt", "repair", saved)
    assert (mended.code, "was empty" in mended.out) == (0, True)
    assert judge(saved, "One.").code == 0
    verified = run("receipt", "verify", saved)
    assert verified.code == 0
    assert "a first record was not written, or all records were cut off" in verified.out
    assert ': comment, by "Ann": "One."' in verified.out
    assert run("receipt", "repair", saved).out == "There is nothing to repair.\n"


def test_a_last_judgment_torn_at_any_byte_is_told_moved_aside_and_recorded(saved: Path) -> None:
    kept = judgments_of(saved)
    assert judge(saved, "One.").code == 0
    first = kept.read_bytes()
    assert judge(saved, "Two.").code == 0
    second = kept.read_bytes().removeprefix(first)
    for cut in (1, len(second) // 2, len(second) - 2):
        kept.write_bytes(first + second[:cut])
        for done in (run("receipt", "verify", saved), judge(saved, "Three.")):
            assert (done.code, "`advisor receipt repair` mends that" in done.err) == (1, True)
        mended = run("receipt", "repair", saved)
        assert (mended.code, f"Moved {cut} bytes of record 2 out of {kept.name} to " in mended.out) == (0, True)
        (aside,) = kept.parent.glob("torn-*.bin")
        assert aside.read_bytes() == second[:cut]
        aside.unlink()
        assert kept.read_bytes().startswith(first)
        assert judge(saved, "Three.").code == 0
        told = run("receipt", "verify", saved)
        assert (told.code, f"a torn tail was moved to {aside.name}" in told.out) == (0, True)
        assert '"One."' in told.out
        assert '"Two."' not in told.out
        assert '"Three."' in told.out


def test_a_last_judgment_without_its_line_feed_is_kept(saved: Path) -> None:
    kept = judgments_of(saved)
    assert judge(saved, "One.").code == 0
    kept.write_bytes(kept.read_bytes()[:-1])
    assert "lacked its line feed alone" in run("receipt", "repair", saved).out
    told = run("receipt", "verify", saved)
    assert (told.code, '"One."' in told.out) == (0, True)


def test_a_changed_judgment_is_never_repaired(saved: Path) -> None:
    kept = judgments_of(saved)
    for reason in ("One.", "Two."):
        assert judge(saved, reason).code == 0
    changed = kept.read_bytes().replace(b"One.", b"Own.")[:-4]
    kept.write_bytes(changed)
    done = run("receipt", "repair", saved)
    assert (done.code, "A repair would hide that" in done.err) == (1, True)
    assert kept.read_bytes() == changed


def test_no_other_record_passes_for_one_of_a_repair(saved: Path) -> None:
    from advisor.audit.keeping.chain import next_line
    from advisor.verifier.canonical import read

    start = read(saved.read_bytes())["envelope_digest"]
    other = {"time": "2027-01-31T09:30:00Z", "error": "AnswersError", "problems": []}
    judgments_of(saved).write_bytes(next_line(start, 1, "error", other))
    assert "it holds no judgment" in run("receipt", "verify", saved).err
