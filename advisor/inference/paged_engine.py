"""Runs a rule base page by page: the pages that cannot speak to a person cost nothing in that person's session.

The engine holds only so many names and slows down as a ruleset grows. So the rules of each page that speaks only when a
fact has a certain value get a ruleset of their own, compiled when it is first needed; all the others form the core. A
session opens a page when its fact takes that value, and fires core and pages in turns until none has more to say.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass

from advisor.inference.durable_engine import DurableEngine, DurableSession
from advisor.inference.engine import Session
from advisor.inference.program import Compiled, Program
from advisor.model.condition import Clause, Value
from advisor.model.facts import Stratum
from advisor.model.page import Page, opening

CORE = ""
"""The part of a program that always runs, in place of the id of a page."""


def parts_of(program: Program, pages: Mapping[str, Page]) -> dict[str, Program]:
    """What makes a ruleset of its own: the core, and by its id each page that speaks at one value of a fact."""
    apart: dict[str, list[Compiled]] = {page.id: [] for page in pages.values() if opening(page) is not None}
    core = [compiled for compiled in program.rules if compiled.rule.page not in apart]
    for compiled in program.rules:
        if compiled.rule.page in apart:
            apart[compiled.rule.page].append(compiled)
    filled = {CORE: core, **{page: rules for page, rules in apart.items() if rules}}
    return {part: Program(tuple(rules), program.facts) for part, rules in filled.items()}


class PagedEngine:
    """A compiled program split by pages. Safe to call from many threads: sessions take turns.

    Raises RuleBaseError, with file and line, for what the engine cannot express safely.
    """

    def __init__(self, program: Program, pages: Mapping[str, Page]) -> None:
        parts = parts_of(program, pages)
        self._core = DurableEngine(parts.pop(CORE))
        self.name, self.version = self._core.name, self._core.version
        opened = {page: opening(pages[page]) for page in parts}
        self._pages = _Pages(_Page(clause, parts[page]) for page, clause in opened.items() if clause is not None)

    def session(self) -> AbstractContextManager[Session]:
        """A fresh session of the core and of the pages that come to speak; leaving the context frees them all."""
        return self._session()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with ExitStack() as stack:
            yield _PagedSession(stack.enter_context(self._core.durable_session()), self._pages, stack)


class _Page:
    """The rules of one page, compiled when the page first speaks, the clause that lets it, and the facts they test."""

    def __init__(self, clause: Clause, program: Program) -> None:
        self.clause, self._program = clause, program
        self.tested, self.tested_unknown = program.tested, program.tested_unknown
        self._engine: DurableEngine | None = None
        self._lock = threading.Lock()

    @property
    def engine(self) -> DurableEngine:
        """The page's ruleset."""
        with self._lock:
            if self._engine is None:
                self._engine = DurableEngine(self._program)
            return self._engine


class _Pages:
    """The pages by the fact that lets them speak, and every fact that the rules of one of them test."""

    def __init__(self, pages: Iterable[_Page]) -> None:
        self.by_fact: dict[str, list[_Page]] = {}
        for page in pages:
            self.by_fact.setdefault(page.clause.fact, []).append(page)
        made = [page for pages in self.by_fact.values() for page in pages]
        self.tested = frozenset(fact for page in made for fact in page.tested)
        self.tested_unknown = frozenset(fact for page in made for fact in page.tested_unknown)


@dataclass(slots=True)
class _Part:
    """The session of the core or of one page; `fresh` says that it was told something since it last fired."""

    session: DurableSession
    fresh: bool = True
    fired: Stratum | None = None

    def tell(self, fact: str, value: Value | None, said: str | None) -> None:
        """Put in a fact that a rule of this part tests, or that it has no value."""
        self.fresh = True
        if value is None:
            self.session.put_unknown(fact, said)
        else:
            self.session.put(fact, value)


class _PagedSession:
    """One session over the core and the pages that speak. All hold their engine's lock, taken after the core's."""

    def __init__(self, core: DurableSession, pages: _Pages, stack: ExitStack) -> None:
        self._parts = [_Part(core)]
        self._pages = pages
        self._stack = stack
        self._told: list[tuple[str, Value | None, str | None]] = []
        self.tested_unknown = core.tested_unknown | pages.tested_unknown

    def put(self, fact: str, value: Value) -> None:
        """Assert a value, and open the pages that speak because of it."""
        self._tell(fact, value, None)
        for page in self._pages.by_fact.get(fact, ()):
            if value not in page.clause.values:
                continue
            part = _Part(self._stack.enter_context(page.engine.durable_session()))
            for told in self._told:
                if told[0] in part.session.tested:
                    part.tell(*told)
            self._parts.append(part)

    def put_unknown(self, fact: str, said: str | None) -> None:
        """Assert that there is no value, and what was said instead."""
        self._tell(fact, None, said)

    def _tell(self, fact: str, value: Value | None, said: str | None) -> None:
        if fact in self._pages.tested:
            self._told.append((fact, value, said))
        for part in self._parts:
            if fact in part.session.tested:
                part.tell(fact, value, said)

    def fire(self, stratum: Stratum) -> Iterator[str]:
        """The ids of the rules that fire, of the core first, then page by page, until none has more to say."""
        while True:
            part = next((p for p in self._parts if p.fresh or p.fired != stratum), None)
            if part is None:
                return
            again, part.fresh, part.fired = part.fired == stratum, False, stratum
            yield from part.session.fire_again() if again else part.session.fire(stratum)
