from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.advice import Advisor
from advisor.errors import RuleBaseError
from advisor.loading import ready
from advisor.loading.kept_form import Both
from tests.helpers.folders import TINY_QUESTIONNAIRES, TINY_RULES, write_folder


class Reader:
    """Reads the tiny folders and counts how often."""

    def __init__(self, folders: tuple[Path, Path], both: Both) -> None:
        self.folders, self.both, self.times = folders, both, 0
        self.meanwhile: Callable[[], object] = bool

    def __call__(self) -> Both:
        self.times += 1
        self.meanwhile()
        return self.both

    def ask(self) -> Both:
        return ready.kept_or_read(*self.folders, self)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache, a folder that is not there yet; everything is worth keeping."""
    folder = tmp_path / "new" / "cache"
    monkeypatch.setenv("ADVISOR_CACHE_DIR", str(folder))
    monkeypatch.setattr(ready, "WORTH_KEEPING", 1)
    return folder


@pytest.fixture
def reader(tiny_folders: tuple[Path, Path], tiny_advisor: Advisor, cache: Path) -> Reader:
    return Reader(tiny_folders, (tiny_advisor.questionnaire, tiny_advisor.rulebase))


def add_a_line(file: Path) -> None:
    with file.open("a") as opened:
        opened.write("# another line\n")


def kept(cache: Path) -> Path:
    (file,) = cache.iterdir()
    return file


def test_what_was_kept_is_what_was_read(reader: Reader) -> None:
    first = reader.ask()
    again = reader.ask()
    assert reader.times == 1
    assert again == first
    assert again is not first


def test_the_file_is_for_its_user_alone(reader: Reader, cache: Path) -> None:
    reader.ask()
    assert cache.stat().st_mode & 0o077 == 0
    assert kept(cache).stat().st_mode & 0o077 == 0


def test_changed_rules_are_read_again(reader: Reader) -> None:
    reader.ask()
    add_a_line(reader.folders[0] / "rulebase.yaml")
    reader.ask()
    assert reader.times == 2


def test_changed_questions_are_read_again(reader: Reader) -> None:
    reader.ask()
    add_a_line(next(reader.folders[1].rglob("*.yaml")))
    reader.ask()
    assert reader.times == 2


def test_other_code_reads_again(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    reader.ask()
    monkeypatch.setattr(ready, "_code", lambda: "other code")
    reader.ask()
    assert reader.times == 2


def test_what_changed_while_it_was_read_is_not_kept(reader: Reader, cache: Path) -> None:
    reader.meanwhile = lambda: add_a_line(reader.folders[0] / "rulebase.yaml")
    reader.ask()
    assert not cache.exists()


@pytest.mark.parametrize("damage", [lambda raw: b"", lambda raw: raw[:-1], lambda raw: raw[:70] + b"?" + raw[71:]])
def test_a_damaged_file_is_read_over_and_mended(reader: Reader, cache: Path, damage: Callable[[bytes], bytes]) -> None:
    reader.ask()
    whole = kept(cache).read_bytes()
    kept(cache).write_bytes(damage(whole))
    reader.ask()
    assert reader.times == 2
    assert kept(cache).read_bytes() == whole


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_a_file_that_others_may_write_is_not_taken(reader: Reader, cache: Path) -> None:
    reader.ask()
    kept(cache).chmod(0o666)
    reader.ask()
    assert reader.times == 2


def test_where_nothing_can_be_kept_everything_is_read(reader: Reader, cache: Path) -> None:
    cache.parent.write_text("a file where the folder would be")
    for _ in range(2):
        reader.ask()
    assert reader.times == 2
    assert cache.parent.read_text() == "a file where the folder would be"


def test_a_small_folder_is_not_kept(reader: Reader, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "WORTH_KEEPING", 200_000)
    reader.ask()
    assert not cache.exists()


def test_only_the_last_few_are_kept(tiny_advisor: Advisor, cache: Path, tmp_path: Path) -> None:
    both = (tiny_advisor.questionnaire, tiny_advisor.rulebase)
    questions = write_folder(tmp_path / "q", TINY_QUESTIONNAIRES)
    readers = []
    for number in range(ready.MOST_KEPT + 2):
        rules = write_folder(
            tmp_path / f"r{number}", TINY_RULES, {"rulebase.yaml": TINY_RULES["rulebase.yaml"] + f"# {number}\n"}
        )
        readers.append(Reader((rules, questions), both))
        readers[-1].ask()
    assert len(list(cache.iterdir())) == ready.MOST_KEPT
    readers[-1].ask()
    assert readers[-1].times == 1


def test_what_cannot_be_read_is_an_error_each_time(reader: Reader, cache: Path) -> None:
    def refuse() -> Both:
        raise RuleBaseError([])

    (reader.folders[0] / "rulebase.yaml").unlink()
    for _ in range(2):
        with pytest.raises(RuleBaseError):
            ready.kept_or_read(*reader.folders, refuse)
    assert not cache.exists()


def test_the_shipped_rules_have_a_place_beside_the_code_and_one_in_the_cache(cache: Path) -> None:
    beside, with_others = ready._places(b"key", True)
    assert beside.parent.name == "__pycache__"
    assert with_others.parent == cache
    assert ready._places(b"key", False) == [with_others]
