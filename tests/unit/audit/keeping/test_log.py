"""The decision log chains, rotates, takes many writers, and loses nothing that it acknowledged."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.audit.keeping.chain import START
from advisor.audit.keeping.durable import last_line
from advisor.audit.keeping.log import LOCK, DecisionLog
from advisor.errors import DataError
from tests.helpers.effort import share
from tests.house.source import ROOT

TIME = "2027-01-31T09:30:00Z"


def filled(folder: Path, records: int = 3, most_bytes: int = 10_000) -> DecisionLog:
    log = DecisionLog(folder, most_bytes)
    for number in range(records):
        log.append("error", {"number": number, "text": "é" * 10})
    return log


def only_file(log: DecisionLog) -> Path:
    return log.folder / "log-000001.jsonl"


def writer(folder: Path, number: int, records: int) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "tests.unit.audit.keeping.log_writer", str(folder), str(number), str(records)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment)


def test_each_line_is_canonical_and_names_the_digest_before(tmp_path: Path) -> None:
    log = filled(tmp_path / "log")
    prev = START
    for seq, raw in enumerate(only_file(log).read_bytes().splitlines(), 1):
        line = json.loads(raw)
        assert rfc8785.dumps(line) == raw
        own = line.pop("digest")
        assert own == "sha256:" + hashlib.sha256(rfc8785.dumps(line)).hexdigest()
        assert (line["seq"], line["prev"]) == (seq, prev)
        prev = own
    assert log.state().model_dump() == {"files": 1, "records": 3, "head": prev, "torn": None, "broken": ""}
    assert [line.record["number"] for line in log.lines()] == [0, 1, 2]


def test_only_the_user_can_read_it(tmp_path: Path) -> None:
    log = filled(tmp_path / "log")
    assert log.folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in log.folder.iterdir()} == {0o600}


def test_files_are_rotated_by_size_and_the_chain_goes_on(tmp_path: Path) -> None:
    log = filled(tmp_path / "log", 7, most_bytes=600)
    sizes = [path.stat().st_size for path in sorted(log.folder.glob("*.jsonl"))]
    assert len(sizes) > 2
    assert max(sizes) <= 600
    assert (log.state().valid, log.state().records) == (True, 7)
    log.append("error", {"text": "x" * 5000})  # larger than a file may be: it gets one of its own
    assert (log.state().valid, log.state().files) == (True, len(sizes) + 1)


def test_many_processes_that_add_at_once_make_one_chain(tmp_path: Path) -> None:
    writers = [writer(tmp_path / "log", number, 25) for number in range(4)]
    told = [process.communicate(timeout=60)[0].split() for process in writers]
    log = DecisionLog(tmp_path / "log")
    assert [process.returncode for process in writers] == [0] * 4
    assert (log.state().valid, log.state().records) == (True, 100)
    assert sorted(line.digest for line in log.lines()) == sorted(one for lines in told for one in lines)
    for number in range(4):
        assert [x.record["number"] for x in log.lines() if x.record["writer"] == number] == list(range(25))


@pytest.mark.parametrize("acknowledged", [1, 5, 12])
def test_a_killed_writer_loses_nothing_that_was_acknowledged(tmp_path: Path, acknowledged: int) -> None:
    process = writer(tmp_path / "log", 0, 100_000)
    assert process.stdout is not None
    told = [process.stdout.readline().strip() for _ in range(acknowledged)]
    process.send_signal(signal.SIGKILL)
    told += [one for one in process.stdout.read().split("\n")[:-1] if one]
    process.wait()
    process.stdout.close()
    log = DecisionLog(tmp_path / "log", most_bytes=2000)
    assert log.state().broken == ""
    log.repair(TIME)
    assert log.state().valid
    assert [line.digest for line in log.lines()][: len(told)] == told
    log.append("error", {})
    assert log.state().valid


def test_a_log_cut_anywhere_in_its_last_record_is_torn_there_and_repaired(tmp_path: Path) -> None:
    log = filled(tmp_path / "log")
    path = only_file(log)
    whole = path.read_bytes()
    begin, last = last_line(path)
    assert last.startswith(b'{"digest"')
    head = json.loads(whole.splitlines()[1])["digest"]
    for cut in range(begin, len(whole)):
        path.write_bytes(whole[:cut])
        state = log.state()
        assert (state.records, state.head, state.broken) == (2, head, "")
        if cut == begin:
            assert state.valid
            continue
        assert state.torn is not None
        assert (state.torn.seq, state.torn.offset, state.torn.length) == (3, begin, cut - begin)
        with pytest.raises(DataError, match="advisor log repair"):
            log.append("error", {})
        assert path.read_bytes() == whole[:cut]
        assert state.torn.whole is (cut == len(whole) - 1)
        assert log.repair(TIME) == state.torn
        if state.torn.whole:
            assert path.read_bytes().startswith(whole)
        else:
            assert path.read_bytes().startswith(whole[:begin])
            assert (log.folder / state.torn.kept_as).read_bytes() == whole[begin:cut]
        assert (log.state().valid, log.state().records) == (True, 3 + state.torn.whole)
        assert [line.record.get("error") for line in log.lines()][-1] == "TornTail"


@settings(max_examples=share(60))
@given(data=st.data())
def test_a_log_cut_anywhere_holds_or_is_torn_and_no_whole_record_before_is_lost(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    log = filled(tmp_path_factory.mktemp("cut") / "log", 4)
    path = only_file(log)
    whole = path.read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    path.write_bytes(whole[:cut])
    kept = whole[:cut].count(b"\n")
    state = log.state()
    assert (state.records, state.broken) == (kept, "")
    assert (state.torn is None) is (cut == 0 or whole[cut - 1 : cut] == b"\n")
    log.repair(TIME)
    assert log.state().valid
    assert [line.record.get("number") for line in log.lines()][:kept] == list(range(kept))


@settings(max_examples=share(80))
@given(data=st.data())
def test_no_changed_byte_goes_unseen_and_only_a_lost_line_feed_can_count_as_torn(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    log = filled(tmp_path_factory.mktemp("flip") / "log")
    path = only_file(log)
    raw = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(raw)
    state = log.state()
    assert not state.valid
    if place < len(raw) - 1:
        assert state.broken
        with pytest.raises(DataError, match="A repair would hide that"):
            log.repair(TIME)
        assert path.read_bytes() == bytes(raw)


def test_a_record_taken_out_moved_or_from_elsewhere_is_told(tmp_path: Path) -> None:
    log = filled(tmp_path / "log")
    path = only_file(log)
    one, two, three = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(one + three)
    assert log.state().broken.startswith("log-000001.jsonl: record 2: it is record 3; expected record 2")
    path.write_bytes(two + one + three)
    assert "record 1: it is record 2" in log.state().broken
    other = DecisionLog(tmp_path / "other")
    for number in range(3):
        other.append("error", {"other": number})
    path.write_bytes(one + only_file(other).read_bytes().splitlines(keepends=True)[1] + three)
    assert "record 2: it does not name the digest of the record before it" in log.state().broken
    with pytest.raises(DataError, match="record 2"):
        list(log.lines())


def test_a_missing_file_between_others_and_a_missing_folder_are_told(tmp_path: Path) -> None:
    log = filled(tmp_path / "log", 7, most_bytes=600)
    only_file(log).unlink()
    with pytest.raises(DataError, match="a file before it is missing"):
        log.state()
    with pytest.raises(DataError, match="there is no such folder"):
        DecisionLog(tmp_path / "no").state()


def test_a_new_file_left_empty_by_a_crash_is_gone_on_with(tmp_path: Path) -> None:
    log = filled(tmp_path / "log")
    (log.folder / "log-000002.jsonl").touch()
    assert log.state().valid
    log.append("error", {})
    assert (log.state().valid, log.state().records) == (True, 4)
    assert (log.folder / "log-000002.jsonl").stat().st_size


def test_a_log_without_a_lock_file_can_be_read_and_is_left_as_it_is(tmp_path: Path) -> None:
    log = filled(tmp_path / "log")
    (log.folder / LOCK).unlink()
    assert log.state().valid
    assert not (log.folder / LOCK).exists()


def test_a_disk_that_refuses_leaves_the_log_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = filled(tmp_path / "log")
    before = only_file(log).read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            log.append("error", {})
    assert only_file(log).read_bytes() == before
    with pytest.raises(ValueError, match=r".+"):
        log.append("error", {"number": 2**60})
    assert only_file(log).read_bytes() == before


def test_a_repair_after_a_repair_that_was_cut_short_keeps_all_that_was_torn(tmp_path: Path) -> None:
    log = filled(tmp_path / "log")
    path = only_file(log)
    _, last = last_line(path)
    path.write_bytes(path.read_bytes()[:-20])
    torn = log.state().torn
    assert torn is not None
    (log.folder / torn.kept_as).write_bytes(b"a part of it")
    assert log.repair(TIME) == torn
    assert (log.folder / torn.kept_as).read_bytes() == last[:-20]
    assert log.state().valid
