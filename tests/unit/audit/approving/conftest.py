"""The desk of the tests: the tiny rules, and two pairs of keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.audit.recording.signing import make_keys
from tests.unit.audit.approving.desk import Desk


@pytest.fixture
def desk(tiny_folders: tuple[Path, Path], tmp_path: Path) -> Desk:
    keys = tmp_path / "keys"
    keys.mkdir()
    for name in ("ann", "bob"):
        make_keys(keys / name)
    return Desk(*tiny_folders, keys)
