"""A user at a pseudo-terminal, who leaves when the test is over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.interview.user import User
from tests.interview.words import StartsUser


@pytest.fixture
def start(tmp_path: Path) -> Iterator[StartsUser]:
    users: list[User] = []

    def begin(
        *arguments: str, columns: int = 80, rows: int = 24, environ: Mapping[str, str] = MappingProxyType({})
    ) -> User:
        users.append(User(tmp_path, *arguments, columns=columns, rows=rows, environ=environ))
        return users[-1]

    yield begin
    for user in users:
        user.process.close(force=True)
