from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.loading import ready
from advisor.model.questionnaire import Questionnaire
from advisor.model.rulebase import RuleBase

Both = tuple[Questionnaire, RuleBase]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the file is kept, in a folder that is not there yet."""
    file = tmp_path / "new" / "shipped.ready"
    monkeypatch.setattr(ready, "_file", lambda: file)
    monkeypatch.setattr(ready, "_read", lambda: iter([tmp_path / "rules.yaml"]))
    (tmp_path / "rules.yaml").write_text("one")
    return file


@pytest.fixture
def times() -> list[int]:
    """One entry for each time that the rules were read."""
    return []


@pytest.fixture
def read(shipped_advisor: Advisor, times: list[int]) -> Callable[[], Both]:
    """A reader that counts how often it was asked."""

    def both() -> Both:
        times.append(1)
        return shipped_advisor.questionnaire, shipped_advisor.rulebase

    return both


def test_what_was_kept_is_what_was_read(read: Callable[[], Both], times: list[int], place: Path) -> None:
    first = ready.kept_or_read(read)
    again = ready.kept_or_read(read)
    assert len(times) == 1
    assert again == first
    assert again is not first


def test_changed_rules_are_read_again(read: Callable[[], Both], times: list[int], place: Path, tmp_path: Path) -> None:
    ready.kept_or_read(read)
    (tmp_path / "rules.yaml").write_text("two")
    ready.kept_or_read(read)
    assert len(times) == 2


@pytest.mark.parametrize("damage", [lambda raw: b"", lambda raw: raw[:-1], lambda raw: raw[:70] + b"?" + raw[71:]])
def test_a_damaged_file_is_read_over_and_mended(
    read: Callable[[], Both], times: list[int], place: Path, damage: Callable[[bytes], bytes]
) -> None:
    ready.kept_or_read(read)
    whole = place.read_bytes()
    place.write_bytes(damage(whole))
    ready.kept_or_read(read)
    assert len(times) == 2
    assert place.read_bytes() == whole


def test_where_nothing_can_be_kept_everything_is_read(read: Callable[[], Both], times: list[int], place: Path) -> None:
    place.parent.write_text("a file where the folder would be")
    for _ in range(2):
        ready.kept_or_read(read)
    assert len(times) == 2
    assert place.parent.read_text() == "a file where the folder would be"


def test_the_key_covers_every_file_of_rules_and_questions_and_the_code_that_reads_them() -> None:
    names = {path.name for path in ready._read()}
    assert {"credentialing.yaml", "wording.yaml", "start-solo.yaml", "page_sections.py", "rule.py"} <= names
