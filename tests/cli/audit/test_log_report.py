"""`advisor log report`: what a decision log holds as a whole, and the sample that it draws."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from advisor.audit.keeping.log import DecisionLog
from tests.cli.running import run

PEOPLE = ("runway: short\n", "runway: not_sure\n", "runway: long\n")


@pytest.fixture
def log(tmp_path: Path, folders: list[str | Path]) -> Path:
    """A log of three pieces of advice, a refusal and an error."""
    folder = tmp_path / "decisions"
    for text in PEOPLE:
        assert run("advise", "-", "--quick", "--log", folder, *folders, given=text).code == 0
    assert run("advise", "-", "--log", folder, *folders, given="runway: Jane\n").code == 1
    missing = ("--rules", tmp_path / "no", "--questionnaires", folders[3])
    assert run("advise", "-", "--log", folder, *missing, given=PEOPLE[0]).code == 1
    return folder


def report(folder: Path, *more: str | Path) -> dict[str, Any]:
    done = run("log", "report", folder, "--format", "json", *more)
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def counts(found: list[dict[str, Any]]) -> dict[str, int]:
    return {one["what"]: one["count"] for one in found}


def test_it_counts_what_the_log_holds(log: Path) -> None:
    found = report(log)
    options = [_option(line.record) for line in DecisionLog(log).lines() if line.kind == "advice"]
    assert found["records"] == 5
    assert counts(found["of_kind"]) == {"advice": 3, "refused": 1, "error": 1}
    assert counts(found["options"]) == {option: options.count(option) for option in options}
    assert sum(counts(found["errors"]).values()) == 2
    assert [one["record"] for one in found["advice"]] == [1, 2, 3]
    assert sum(one["warnings"] for one in found["advice"]) == sum(counts(found["warnings"]).values())


def _option(record: dict[str, Any]) -> str:
    return str(record["receipt"]["content"]["advice"]["recommendation"]["option"])


def test_an_override_is_counted_with_the_rules_it_names(log: Path) -> None:
    receipt = log / "receipt.json"  # beside the rulebooks of the log
    assert run("log", "show", log, "1", "--receipt", "--output", receipt).code == 0
    fired = json.loads(receipt.read_text("utf-8"))["content"]["advice"]["trace"]["firings"][0]["rule"]
    reason = ("--by", "Ann", "--reason", "Not so.", "--rule", fired, "--log", log)
    done = run("receipt", "judge", receipt, "override", *reason)
    assert done.code == 0, done.err
    found = report(log)
    assert counts(found["verdicts"]) == {"override": 1}
    assert counts(found["overridden"]) == {fired: 1}
    assert [one["verdict"] for one in found["advice"]] == ["override", "", ""]


def test_who_knows_the_seed_and_the_digests_can_draw_the_same_sample(log: Path) -> None:
    digests = {line.seq: line.digest for line in DecisionLog(log).lines() if line.kind == "advice"}
    for seed in ("1", "2027-Q1", "a", "b"):
        drawn = [one["record"] for one in report(log, "--sample", "2", "--seed", seed)["advice"] if one["drawn"]]
        ranks = {seq: hashlib.sha256(f"{seed} {digest}".encode()).hexdigest() for seq, digest in digests.items()}
        assert set(drawn) == set(sorted(ranks, key=lambda seq: ranks[seq])[:2]), seed
    assert all(one["drawn"] for one in report(log, "--sample", "9")["advice"])
    assert not any(one["drawn"] for one in report(log, "--sample", "0")["advice"])


def test_advice_expires_after_its_day_and_not_on_it(log: Path) -> None:
    day = next(one["expires"] for one in report(log)["advice"])
    assert not any(one["expired"] for one in report(log, "--as-of", day)["advice"] if one["expires"] == day)
    later = (datetime.date.fromisoformat(day) + datetime.timedelta(days=1)).isoformat()
    assert all(one["expired"] for one in report(log, "--as-of", later)["advice"] if one["expires"] == day)


def test_the_table_has_a_row_for_each_piece_of_advice(log: Path) -> None:
    rows = list(csv.DictReader(run("log", "report", log, "--format", "csv", "--sample", "1").out.splitlines()))
    told = report(log, "--sample", "1")["advice"]
    assert [row["receipt"] for row in rows] == [one["receipt"] for one in told]
    assert [row["drawn"] == "yes" for row in rows] == [one["drawn"] for one in told]


def test_the_text_says_it_in_lines_that_fit(log: Path) -> None:
    out = run("log", "report", log, "--seed", "spring").out
    assert "advice given 3, from" in out
    assert "Records in the log: 5." in " ".join(out.split())
    assert '"spring"' in out
    assert max(map(len, out.splitlines())) <= 80


def test_a_log_that_was_changed_is_refused(log: Path) -> None:
    file = next(log.glob("log-*.jsonl"))
    file.write_bytes(file.read_bytes().replace(b'"seq":2', b'"seq":7'))
    done = run("log", "report", log)
    assert done.code == 1
    assert "Traceback" not in done.err
    assert "record 2" in done.err
    assert run("log", "report", log.parent / "none").code in (1, 2)
