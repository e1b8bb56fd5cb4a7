"""Loads the tiny folders with some files changed, and gives the faults that the loader names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from advisor.errors import DataError, Problem, QuestionnaireError, RuleBaseError
from advisor.loading.questionnaire import load_questionnaire
from advisor.loading.rulebase import load_rulebase
from tests.helpers.folders import TINY_QUESTIONNAIRES, TINY_RULES, write_folder

Changes = Mapping[str, str | None]
RULE = "deriving/tight.yaml"


def rule_faults(folder: Path, changes: Changes) -> tuple[Problem, ...]:
    """The faults of the tiny rule base with some files changed, added or left out (None)."""
    questionnaire = load_questionnaire(write_folder(folder / "questionnaires", TINY_QUESTIONNAIRES))
    rules = write_folder(folder / "rules", TINY_RULES, changes)
    return _faults(RuleBaseError, lambda: load_rulebase(questionnaire, rules))


def questionnaire_faults(folder: Path, changes: Changes) -> tuple[Problem, ...]:
    """The faults of the tiny questionnaire with some files changed, added or left out (None)."""
    questionnaires = write_folder(folder / "questionnaires", TINY_QUESTIONNAIRES, changes)
    return _faults(QuestionnaireError, lambda: load_questionnaire(questionnaires))


def changed(file: str, old: str, new: str, files: Mapping[str, str] = TINY_RULES) -> dict[str, str | None]:
    """One file with one passage replaced. The passage must stand there once."""
    assert files[file].count(old) == 1, f"{old!r} does not stand once in {file}"
    return {file: files[file].replace(old, new)}


def line_of(file: str, passage: str, files: Mapping[str, str] = TINY_RULES) -> int:
    """The line of a file, counted from 1, in which a passage first stands."""
    return files[file][: files[file].index(passage)].count("\n") + 1


def _faults(error: type[DataError], load: Callable[[], object]) -> tuple[Problem, ...]:
    with pytest.raises(error) as caught:
        load()
    return caught.value.problems
