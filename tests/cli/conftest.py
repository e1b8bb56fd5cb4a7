"""What commands are run on in many tests: the tiny rules, and a file of answers to their questions."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def folders(tiny_folders: tuple[Path, Path]) -> list[str | Path]:
    return ["--rules", tiny_folders[0], "--questionnaires", tiny_folders[1]]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text("runway: short\n", "utf-8")
    return path
