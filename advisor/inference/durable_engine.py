"""The one home of durable-rules: its C module used inside a fence, where it was measured to be right.

The fence (each line keeps out a class of wrong answers, lost facts, crashes or hangs of durable-rules 2.0.28):

* only the C module: no Host, no Ruleset, no timer threads; our code never runs inside the engine, so an error of
  ours is the caller's error;
* every rule begins with a gate pattern, and the gate facts of a stratum are asserted last, when the facts are in;
* no negation, no joins, no regex, no arithmetic, no ordering of strings, no nested all/any, no state tests:
  the compiled rules hold positive tests of single facts only (`any` becomes several engine rules);
* a fact is four typed scalars: `q` its name, `k` whether it has a value, `v` the value or `u` what was said instead;
  values are booleans, whole numbers below 2**53, or declared choice ids, never null, and one type per fact;
* ids come from a fixed vocabulary, checked for collisions of the engine's 32-bit hash;
* facts are asserted one by one and each result code is checked; a sentinel rule must fire for every gate;
* one live session per handle, under a lock; the handle is warmed; the session is always deleted;
* limits are checked, or kept by asserting a fact under several names, when the engine is made (see to_durable).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from importlib.metadata import version as package_version
from types import ModuleType
from typing import Any

from advisor.errors import EngineError
from advisor.inference.engine import Session
from advisor.inference.program import Program
from advisor.inference.to_durable import SENTINEL, SID, Definition, define, literal
from advisor.model.condition import NOT_SURE, SKIP, Value
from advisor.model.facts import STRATA, FactSpec, Stratum

_STORED, _NO_MATCH = 0, 1
_NO_STATE = "309"
_MMAP_THRESHOLD, _TRIM_THRESHOLD = -3, -1  # of glibc's mallopt
_MOST_KEPT = 1 << 30  # bytes of one block, and unused at the end of the heap
_TYPES: Mapping[str, type] = {"number": int, "yes_no": bool, "one": str}


def _import_engine() -> ModuleType:
    """The C module. On Python 3.13 and later it names a function that CPython dropped (PyEval_CallObject), used only
    in callbacks that we never set; binding symbols lazily lets the module load without it."""
    lazily = sys.version_info >= (3, 13) and hasattr(sys, "setdlopenflags")
    flags = sys.getdlopenflags() if lazily else 0
    try:
        if lazily:
            sys.setdlopenflags(os.RTLD_LAZY)
        import durable_rules_engine
    finally:
        if lazily:
            sys.setdlopenflags(flags)
    _keep_memory()
    return durable_rules_engine  # type: ignore[no-any-return]


@cache
def _keep_memory() -> None:
    """Let the C library keep the memory of a session for the next one.

    A session of a page takes tens of megabytes, all of it written at its start. Blocks of that size glibc gives back to
    the system at once, and a session then spends more on page faults than on rules. Other C libraries are left alone.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):  # no such library, or no such function in it
        mallopt = ctypes.CDLL(None).mallopt
        for what in (_MMAP_THRESHOLD, _TRIM_THRESHOLD):
            mallopt(what, _MOST_KEPT)


class DurableEngine:
    """A compiled program in durable-rules. Safe to call from many threads: sessions take turns.

    Raises RuleBaseError, with file and line, for what the engine cannot express safely.
    """

    name = "durable-rules"

    def __init__(self, program: Program) -> None:
        self.version = package_version("durable-rules")
        self._facts = program.facts
        self._definition = define(program)
        self._c: Any = _import_engine()
        self._lock = threading.Lock()
        self._handle: int = self._c.create_ruleset("advisor", self._definition.text)
        weakref.finalize(self, self._c.delete_ruleset, self._handle)
        with self._lock:
            self._warm()

    def session(self) -> AbstractContextManager[Session]:
        """A fresh session, alone on the handle until the context is left, and always deleted."""
        return self.durable_session()

    @contextmanager
    def durable_session(self) -> Iterator[DurableSession]:
        """As `session`, with what this engine's sessions have besides."""
        with self._lock:
            self._clear()
            session = DurableSession(self._c, self._handle, self._facts, self._definition)
            try:
                yield session
            finally:
                session.over = True
                self._clear()

    def _clear(self) -> None:
        """Delete the session's state, if there is one; before a session too, for an interrupt may have left one."""
        try:
            self._c.delete_state(self._handle, SID)
        except self._c.error as bad:
            if _NO_STATE not in str(bad):
                raise

    def _warm(self) -> None:
        """Fire one rule per stratum once: deleting a state in which nothing ever fired frees a wild pointer."""
        session = DurableSession(self._c, self._handle, self._facts, self._definition)
        for stratum in STRATA:
            for _ in session.fire(stratum):
                raise EngineError("a rule fired without facts")
        self._clear()


class DurableSession:
    """One live session on a handle; the engine's lock is held while it lives.

    `tested` are the facts that some rule tests, `tested_unknown` those tested for having no value; the others need not
    be put in.
    """

    def __init__(self, c: Any, handle: int, facts: Mapping[str, FactSpec], definition: Definition) -> None:
        self._c, self._handle, self._facts, self._definition = c, handle, facts, definition
        self.tested, self.tested_unknown = definition.copies.keys(), definition.tested_unknown
        self._put: set[str] = set()
        self._fired: set[str] = set()
        self._offset = 0
        self.over = False

    def put(self, fact: str, value: Value) -> None:
        """Assert a value. Raises EngineError for a wrong type, or a fact that was put before."""
        spec = self._facts[fact]
        if spec.kind == "mark":
            self._assert(fact, '"k":true', value, None)
            return
        text = literal(value)
        if type(value) is not _TYPES[spec.kind] or text is None or (spec.kind == "one" and value not in spec.values):
            raise EngineError(f"the fact `{fact}` cannot have this value")
        self._assert(fact, f'"k":true,"v":{text}', value, None)

    def put_unknown(self, fact: str, said: str | None) -> None:
        """Assert that there is no value, and whether the user said not sure or skip."""
        if said not in (None, NOT_SURE, SKIP):
            raise EngineError(f"`{said}` is nothing a user can say")
        self._assert(fact, f'"k":false,"u":"{said or "nothing"}"', None, said)

    def _assert(self, fact: str, scalars: str, value: Value | None, said: str | None) -> None:
        self._refuse_when_over()
        if fact in self._put:
            raise EngineError(f"the fact `{fact}` was put twice")
        self._put.add(fact)
        for text in self._definition.assertions(fact, scalars, value, said):
            self._add(text, fact, (_STORED, _NO_MATCH))

    def _add(self, text: str, what: str, allowed: tuple[int, ...]) -> int:
        self._refuse_when_over()
        try:
            code, offset = self._c.assert_fact(self._handle, text)
        except self._c.error as bad:
            raise EngineError(f"the engine failed on `{what}`: {bad}") from bad
        if code not in allowed:
            raise EngineError(f"the engine refused `{what}` with code {code}")
        return int(offset)

    def _refuse_when_over(self) -> None:
        if self.over:
            raise EngineError("the session is over")

    def fire(self, stratum: Stratum) -> Iterator[str]:
        """Open the stratum's gates and yield each rule that fires, once."""
        gates = self._definition.gates[stratum]
        for gate in gates:
            text = f'{{"gate":{gate},"id":"$g{gate}","sid":"{SID}"}}'
            self._offset = self._add(text, f"gate of {stratum}", (_STORED,))
        sentinels = 0
        for key in self._actions():
            if key.startswith(SENTINEL):
                sentinels += 1
            elif self._is_new(key):
                yield self._definition.owner[key]
                self._refuse_when_over()
        if sentinels != len(gates):
            raise EngineError(f"the engine lost a gate of stratum {stratum}")

    def fire_again(self) -> Iterator[str]:
        """What facts put in since the last firing let fire, in strata whose gates are open."""
        for key in self._actions():
            if not key.startswith(SENTINEL) and self._is_new(key):
                yield self._definition.owner[key]
                self._refuse_when_over()

    def _is_new(self, key: str) -> bool:
        rule = self._definition.owner[key]
        new = rule not in self._fired
        self._fired.add(rule)
        return new

    def _actions(self) -> Iterator[str]:
        """The names of the engine's rules that are due, one by one, each done before the next is looked for."""
        started = self._c.start_action_for_state(self._handle, self._offset)
        message: str | None = started[1] if started else None
        while message:
            yield message[2 : message.index('"', 2)]
            message = self._c.complete_and_start_action(self._handle, self._offset)
