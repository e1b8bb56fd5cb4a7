"""An engine that keeps silent about some rules, to see what the others say without them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from advisor.inference.engine import Engine, Session
from advisor.model.condition import Value
from advisor.model.facts import Stratum


class StrikingEngine:
    """Runs another engine's sessions and drops the firings of the struck rules, as if they had never been written.

    Nothing is compiled anew: a rule acts only through what the runner concludes from its firing. `name` and `version`
    are those of the engine that runs.
    """

    def __init__(self, engine: Engine, struck: frozenset[str]) -> None:
        """`struck` holds rule ids; ids that the engine does not know are never met."""
        self.name, self.version = engine.name, engine.version
        self._engine, self._struck = engine, struck

    def session(self) -> AbstractContextManager[Session]:
        """A fresh session of the engine inside, without the struck rules."""
        return self._session()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with self._engine.session() as session:
            yield _StrikingSession(session, self._struck)


class _StrikingSession:
    """One session that passes everything on but the firings of the struck rules."""

    def __init__(self, session: Session, struck: frozenset[str]) -> None:
        self._session, self._struck = session, struck
        self.tested_unknown = session.tested_unknown

    def put(self, fact: str, value: Value) -> None:
        """Assert a value."""
        self._session.put(fact, value)

    def put_unknown(self, fact: str, said: str | None) -> None:
        """Assert that there is no value, and what was said instead."""
        self._session.put_unknown(fact, said)

    def fire(self, stratum: Stratum) -> Iterator[str]:
        """The ids of the rules that fire and are not struck."""
        return (rule for rule in self._session.fire(stratum) if rule not in self._struck)
