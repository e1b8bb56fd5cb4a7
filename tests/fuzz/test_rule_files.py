"""No page, file beside the rules or questionnaire, however wrong, does more than be refused."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.advice import Advisor, default_advisor
from advisor.errors import QuestionnaireError
from advisor.loading.page import read_page
from advisor.loading.questionnaire import load_questionnaire
from advisor.loading.resources import shipped
from advisor.loading.sections import SECTIONS
from tests.fuzz.harm import spoiled, taken_or_refused
from tests.fuzz.nasty import files
from tests.helpers.effort import share
from tests.helpers.folders import TINY_RULES, write_folder
from tests.unit.loading.test_questionnaire import TERMS, TEXT
from tests.unit.loading.test_rulebase_files import FIGURE

RUN = settings(max_examples=share(200), derandomize=True, suppress_health_check=list(HealthCheck))
SHIPPED = [path.read_bytes() for path in sorted(shipped("rules").glob("*/*.yaml"))[::8]]
FACTS = default_advisor().rulebase.facts
RULES = {**TINY_RULES, "figures.yaml": FIGURE}
QUESTIONNAIRES = {"credentialing.yaml": TEXT, "glossary.yaml": TERMS}
PLACES = [("rules", name) for name in RULES] + [("questionnaires", name) for name in QUESTIONNAIRES]


def _load(root: Path) -> None:
    """Load what is in two folders, and give advice by it if it loads."""
    advisor = taken_or_refused(lambda: Advisor.load(root / "rules", root / "questionnaires"))
    if advisor is not None:
        for answers in ({"runway": "short"}, {"runway": "long", "sessions": 3}, {}):
            taken_or_refused(lambda answers=answers: advisor.advise(answers))  # type: ignore[misc]


def _load_with(folder: str, name: str, raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        write_folder(root / "rules", RULES)
        write_folder(root / "questionnaires", QUESTIONNAIRES)
        (root / folder / name).write_bytes(raw)
        _load(root)


@pytest.mark.parametrize(("name", "raw"), [pytest.param(name, raw, id=name) for name, raw in files()])
def test_a_nasty_file_is_no_page_and_no_questionnaire(name: str, raw: bytes, tmp_path: Path) -> None:
    assert taken_or_refused(lambda: read_page(raw, "topic/page.yaml", SECTIONS, FACTS)) is None
    write_folder(tmp_path, QUESTIONNAIRES)
    (tmp_path / "credentialing.yaml").write_bytes(raw)
    with pytest.raises(QuestionnaireError):
        load_questionnaire(tmp_path)


@pytest.mark.parametrize("where", PLACES, ids=lambda where: where[1])
@pytest.mark.parametrize(
    "name", ["nothing", "a list", "every byte", "a billion laughs", "a word", "five megabytes of comment"]
)
def test_a_nasty_file_in_any_place_is_refused(where: tuple[str, str], name: str) -> None:
    _load_with(*where, dict(files())[name])


@RUN
@given(spoiled(SHIPPED))
def test_a_spoiled_page_is_read_or_refused(raw: bytes) -> None:
    taken_or_refused(lambda: read_page(raw, "topic/page.yaml", SECTIONS, FACTS))


@RUN
@given(st.data())
def test_two_folders_with_one_spoiled_file_load_or_are_refused(data: st.DataObject) -> None:
    folder, name = data.draw(st.sampled_from(PLACES))
    text = (RULES if folder == "rules" else QUESTIONNAIRES)[name]
    _load_with(folder, name, data.draw(spoiled([text.encode()])))


@pytest.mark.slow
@settings(RUN, max_examples=20_000)
@given(spoiled(SHIPPED))
def test_thousands_of_spoiled_pages_are_read_or_refused(raw: bytes) -> None:
    taken_or_refused(lambda: read_page(raw, "topic/page.yaml", SECTIONS, FACTS))


@pytest.mark.slow
@settings(RUN, max_examples=6_000)
@given(st.data())
def test_two_folders_with_one_spoiled_file_load_or_are_refused_thousands_of_times(data: st.DataObject) -> None:
    folder, name = data.draw(st.sampled_from(PLACES))
    text = (RULES if folder == "rules" else QUESTIONNAIRES)[name]
    _load_with(folder, name, data.draw(spoiled([text.encode()])))


@pytest.mark.slow
@settings(RUN, max_examples=60)
@given(st.data())
def test_the_shipped_folders_with_one_spoiled_file_load_or_are_refused(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as made:
        for folder in ("rules", "questionnaires"):
            shutil.copytree(shipped(folder), Path(made) / folder)
        path = data.draw(st.sampled_from(sorted(Path(made).rglob("*.yaml"))))
        path.write_bytes(data.draw(spoiled([path.read_bytes()])))
        _load(Path(made))


def test_folders_that_are_something_else_are_refused(tmp_path: Path) -> None:
    write_folder(tmp_path / "questionnaires", QUESTIONNAIRES)
    _load(tmp_path)
    write_folder(tmp_path / "rules", RULES)
    (tmp_path / "rules" / "deriving" / "folder.yaml").mkdir()
    assert taken_or_refused(lambda: Advisor.load(tmp_path / "rules", tmp_path / "questionnaires")) is None
    (tmp_path / "rules" / "deriving" / "folder.yaml").rmdir()
    (tmp_path / "rules" / "deriving" / "gone.yaml").symlink_to(tmp_path / "nowhere")
    assert taken_or_refused(lambda: Advisor.load(tmp_path / "rules", tmp_path / "questionnaires")) is None
    assert taken_or_refused(lambda: Advisor.load(tmp_path / "rules" / "claims.yaml")) is None
    assert taken_or_refused(lambda: Advisor.load(None, tmp_path / "a\0b")) is None


def test_a_file_whose_name_could_steer_a_terminal_is_named_safely(tmp_path: Path) -> None:
    write_folder(tmp_path / "questionnaires", QUESTIONNAIRES)
    write_folder(tmp_path / "rules", {**RULES, "deriving/\x1b[31m.yaml": "id: [\n"})
    assert taken_or_refused(lambda: Advisor.load(tmp_path / "rules", tmp_path / "questionnaires")) is None
