"""What the runner needs of an engine; durable-rules is one, and another could be put in its place."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from advisor.model.condition import Value
from advisor.model.facts import Stratum


class Session(Protocol):
    """One run. Facts are put in, then strata are fired in order; facts may be put in while one fires.

    A fact of which nothing is known, and nothing was said, need be put in only when it is one of `tested_unknown`.
    """

    @property
    def tested_unknown(self) -> Container[str]:
        """The facts of which some rule asks that nothing is known, or what was not said."""

    def put(self, fact: str, value: Value) -> None:
        """Assert that a fact has a value."""

    def put_unknown(self, fact: str, said: str | None) -> None:
        """Assert that a settled fact has no value, and what the user said instead."""

    def fire(self, stratum: Stratum) -> Iterator[str]:
        """The ids of the rules that fire, each once; the next is looked for only when asked for."""


class Engine(Protocol):
    """A compiled rule base, ready to run sessions from any thread."""

    name: str
    version: str

    def session(self) -> AbstractContextManager[Session]:
        """A fresh session; leaving the context frees it."""
