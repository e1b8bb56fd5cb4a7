"""A recall with the index of a log finds what one without it does, and the index is never believed over the log."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.audit.decisions import Decisions
from advisor.audit.keeping.kept import KeptRecord, PassedOver, Unread, kept_in, sought_in
from advisor.audit.keeping.log import DecisionLog
from advisor.audit.keeping.recall_index import FILE
from advisor.audit.keeping.rulebooks import FOLDER
from advisor.audit.model.log import Mask
from advisor.audit.model.recall import Reason, Recall
from advisor.audit.recall import recall
from advisor.errors import AnswersError, DataError

TIME = "2027-01-31T09:30:00Z"
SOUGHT: list[tuple[Reason, str]] = [
    ("rule", "WGH-1"), ("rule", "DER-1"), ("rule", "DEC-1"), ("claim", "K1"), ("source", "book"),
    ("expired", "2099-01-01"), ("expired", "2099-01-02"),
]  # fmt: skip


@pytest.fixture
def log(tiny_advisor: Advisor, tmp_path: Path) -> DecisionLog:
    """Advice of a short and of a long runway, refused answers, and masked advice."""
    log = DecisionLog(tmp_path / "log")
    decisions = Decisions(tiny_advisor, log)
    decisions.advise({"runway": "short"}, TIME)
    decisions.advise({"runway": "long"}, TIME)
    with pytest.raises(AnswersError):
        decisions.advise({"runway": "Jane"}, TIME)
    Decisions(tiny_advisor, log, Mask(drop=("/content/answers",))).advise({"runway": "short"}, TIME)
    return log


def with_index(log: DecisionLog, advisor: Advisor, reason: Reason, subject: str) -> Recall:
    return recall(sought_in([log.folder], reason, subject), reason, subject, advisor.rulebase.wording)


def without(log: DecisionLog, advisor: Advisor, reason: Reason, subject: str) -> Recall:
    return recall(kept_in([log.folder]), reason, subject, advisor.rulebase.wording)


def kinds(log: DecisionLog, reason: Reason, subject: str) -> list[type[KeptRecord | Unread | PassedOver]]:
    return [type(one) for one in sought_in([log.folder], reason, subject)]


@pytest.mark.parametrize(("reason", "subject"), SOUGHT)
def test_it_finds_what_is_found_without_it(
    log: DecisionLog, tiny_advisor: Advisor, reason: Reason, subject: str
) -> None:
    expected = without(log, tiny_advisor, reason, subject)
    for _ in ("made", "used"):
        assert with_index(log, tiny_advisor, reason, subject) == expected
    assert expected.looked_at == 3


def test_what_does_not_rest_on_it_is_not_read_and_only_the_user_can_read_the_index(log: DecisionLog) -> None:
    assert kinds(log, "rule", "WGH-1") == [KeptRecord, PassedOver, KeptRecord]  # the masked one is always read
    assert stat.S_IMODE((log.folder / FILE).stat().st_mode) == 0o600


def test_what_was_added_since_is_taken_in(log: DecisionLog, tiny_advisor: Advisor) -> None:
    assert len(with_index(log, tiny_advisor, "rule", "WGH-1").found) == 2
    Decisions(tiny_advisor, log).advise({"runway": "short"}, TIME)
    assert len(with_index(log, tiny_advisor, "rule", "WGH-1").found) == 3


def spoil(path: Path) -> None:
    path.write_bytes(b"no database")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:2000])


def of_another_form(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.executescript("DROP TABLE ground; CREATE TABLE ground (x); PRAGMA user_version = 99;")
    base.close()


@pytest.mark.parametrize("change", [Path.unlink, spoil, cut, of_another_form])
def test_one_that_is_missing_or_broken_is_made_anew(
    log: DecisionLog, tiny_advisor: Advisor, change: Callable[[Path], None]
) -> None:
    expected = with_index(log, tiny_advisor, "rule", "WGH-1")
    change(log.folder / FILE)
    assert with_index(log, tiny_advisor, "rule", "WGH-1") == expected
    assert kinds(log, "rule", "WGH-1") == [KeptRecord, PassedOver, KeptRecord]


def test_it_is_not_believed_when_it_names_a_record_that_does_not_rest_on_it(
    log: DecisionLog, tiny_advisor: Advisor
) -> None:
    expected = with_index(log, tiny_advisor, "rule", "WGH-1")
    with sqlite3.connect(log.folder / FILE) as base:
        base.execute("INSERT OR IGNORE INTO ground SELECT 'WGH-1', number FROM line")
    base.close()
    assert kinds(log, "rule", "WGH-1") == [KeptRecord, KeptRecord, KeptRecord]
    assert with_index(log, tiny_advisor, "rule", "WGH-1") == expected


def test_a_changed_line_is_told_though_the_index_has_the_one_that_was(log: DecisionLog, tiny_advisor: Advisor) -> None:
    with_index(log, tiny_advisor, "rule", "WGH-1")
    path = log.folder / "log-000001.jsonl"
    for changed in (
        path.read_bytes().replace(b'"seq":2', b'"seq":7'),
        path.read_bytes().replace(b'"value":"long"', b'"value":"lone"', 1),
        b"".join(path.read_bytes().splitlines(keepends=True)[1:]),
    ):
        before = path.read_bytes()
        path.write_bytes(changed)
        assert any(issubclass(kind, Unread) for kind in kinds(log, "rule", "WGH-1"))
        path.write_bytes(before)


def test_without_its_rulebook_advice_is_not_searched_until_it_is_back(log: DecisionLog, tiny_advisor: Advisor) -> None:
    expected = without(log, tiny_advisor, "rule", "WGH-1")
    moved = (log.folder / FOLDER).rename(log.folder.parent / "moved")
    for _ in range(2):
        found = with_index(log, tiny_advisor, "rule", "WGH-1")
        assert [one.place for one in found.not_searched] == ["log, record 1", "log, record 2"]
        assert all("the rulebook that it names" in one.reason for one in found.not_searched)
    moved.rename(log.folder / FOLDER)
    assert with_index(log, tiny_advisor, "rule", "WGH-1") == expected


def test_a_subject_that_no_rulebook_has_is_told_with_the_nearest(log: DecisionLog, tiny_advisor: Advisor) -> None:
    with pytest.raises(DataError, match=r"no advice here quotes a rule `WGH-2`.*WGH-1"):
        with_index(log, tiny_advisor, "rule", "WGH-2")


def test_where_nothing_can_be_written_it_is_kept_in_memory(log: DecisionLog, tiny_advisor: Advisor) -> None:
    (log.folder / FILE).mkdir()
    assert with_index(log, tiny_advisor, "rule", "WGH-1") == without(log, tiny_advisor, "rule", "WGH-1")


def test_two_recalls_at_once_both_find_it(log: DecisionLog, tiny_advisor: Advisor) -> None:
    expected = without(log, tiny_advisor, "rule", "WGH-1")
    first = sought_in([log.folder], "rule", "WGH-1")
    begun = [next(first)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("advisor.audit.keeping.recall_index.WAIT", 0.1)
        assert with_index(log, tiny_advisor, "rule", "WGH-1") == expected
    assert recall([*begun, *first], "rule", "WGH-1", tiny_advisor.rulebase.wording) == expected
    assert with_index(log, tiny_advisor, "rule", "WGH-1") == expected
