"""The solver itself: the only module that knows clingo. Programs in text, questions as atoms assumed true or false."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from threading import RLock

import clingo

from advisor.errors import ProofError

VERSION = clingo.__version__
NAME = "clingo"
MOST_CONFLICTS = 1_000_000
"""Where the search for one answer is given up: a count, so that every machine gives up at the same place."""
LEFTOVERS = 20_000
"""After how many rules that searches brought along the program is grounded anew: these and what was learned on the way
stay behind, and a search among the leftovers of a hundred others was seen to take ten times as long."""


class Solver:
    """One program, grounded once and asked many times. Safe in threads: questions wait for one another."""

    def __init__(self, text: str, most_conflicts: int = MOST_CONFLICTS) -> None:
        """Raises ProofError when clingo cannot read the program; so does every question that takes too long."""
        self._lock = RLock()
        self._text, self._most_conflicts = text, most_conflicts
        self._ground()

    def _ground(self) -> None:
        """Read the program, with nothing left of any search."""
        self._left = 0
        try:
            self._control = clingo.Control([], logger=lambda code, message: None)
            self._control.add("base", [], self._text)
            self._control.ground([("base", [])])
            self._control.configuration.solve.solve_limit = f"{self._most_conflicts},umax"  # type: ignore[union-attr]
        except RuntimeError as wrong:
            raise ProofError(f"{NAME} could not read the rules: {wrong}") from None
        self._literals = {str(atom.symbol): atom.literal for atom in self._control.symbolic_atoms}

    def interrupt(self) -> None:
        """Break off the search that another thread waits for, which gets a ProofError; without one, the next search."""
        self._control.interrupt()

    def knows(self, atom: str) -> bool:
        """Whether an atom can be true at all."""
        return atom in self._literals

    def _assumptions(self, true: Iterable[str], false: Iterable[str]) -> list[int] | None:
        """The assumptions as literals; None when an atom that can never be true is assumed true."""
        wanted = list(true)
        if not all(atom in self._literals for atom in wanted):
            return None
        return [self._literals[a] for a in wanted] + [-self._literals[a] for a in false if a in self._literals]

    def find(self, true: Iterable[str], false: Iterable[str] = ()) -> frozenset[str] | None:
        """The true atoms of one answer set under the assumptions, or None when there is none."""
        assumed = self._assumptions(true, false)
        if assumed is None:
            return None
        with self._lock, self._mode("auto", 1), self._control.solve(assumptions=assumed, yield_=True) as handle:
            for model in handle:
                return frozenset(map(str, model.symbols(atoms=True)))
            _finished(handle.get())
        return None

    def possible(self, true: Iterable[str], false: Iterable[str] = ()) -> bool:
        """Whether there is an answer set under the assumptions."""
        assumed = self._assumptions(true, false)
        if assumed is None:
            return False
        with self._lock, self._mode("auto", 1):
            result = self._control.solve(assumptions=assumed)
            return result.satisfiable or not _finished(result)

    def consequences(self, true: Iterable[str], false: Iterable[str], *, certain: bool) -> frozenset[str] | None:
        """The shown atoms true in every answer set (`certain`), or in some; None when there is no answer set."""
        assumed = self._assumptions(true, false)
        if assumed is None:
            return None
        mode = "cautious" if certain else "brave"
        with self._lock, self._mode(mode, 0), self._control.solve(assumptions=assumed, yield_=True) as handle:
            for _ in handle:
                pass
            _finished(handle.get())
            last = handle.last()  # each model found before it is further from what holds in all, or in any
            return None if last is None else frozenset(map(str, last.symbols(shown=True)))

    @contextmanager
    def scratch(self) -> Iterator[Scratch]:
        """A place for rules that hold only while it is open. No other thread asks meanwhile."""
        with self._lock:
            if self._left > LEFTOVERS:
                self._ground()
            scratch = Scratch(self._control, self._literals)
            try:
                yield scratch
            finally:
                scratch.close()
                self._left += scratch.rules

    @contextmanager
    def _mode(self, mode: str, models: int) -> Iterator[None]:
        settings = self._control.configuration.solve
        settings.enum_mode, settings.models = mode, models  # type: ignore[union-attr]
        yield


def _finished(result: clingo.SolveResult) -> bool:
    """True when a search went to its end. Raises ProofError when it was given up."""
    if result.exhausted:
        return True
    raise ProofError("the rules are too tangled to find this out in reasonable time")


class Scratch:
    """Rules added for one search, `rules` so many, and taken back after it. Literals are whole numbers, negative when
    negated."""

    def __init__(self, control: clingo.Control, literals: Mapping[str, int]) -> None:
        self._control, self.literals = control, literals
        self.rules = 0
        self._open = ExitStack()
        self._adding: clingo.Backend | None = None
        self._guard = self._backend().add_atom()
        self._backend().add_external(self._guard, clingo.TruthValue.Free)

    def _backend(self) -> clingo.Backend:
        """Where a rule is added: open until the next search, as each opening goes through the whole program."""
        self.rules += 1
        if self._adding is None:
            self._adding = self._open.enter_context(self._control.backend())
        return self._adding

    def _end_adding(self) -> None:
        self._open.close()
        self._adding = None

    def literal(self, atom: str) -> int | None:
        """The literal of an atom of the program, or None when it can never be true."""
        return self.literals.get(atom)

    def forbid(self, *bodies: Iterable[int]) -> None:
        """Literals that may not all be true together, for each body."""
        for body in bodies:
            self._backend().add_rule([], [self._guard, *body])

    def define(self, *bodies: Sequence[int]) -> int:
        """A new literal that is true when all literals of some body are."""
        atom: int = self._backend().add_atom()
        for body in bodies:
            self._backend().add_rule([atom], [self._guard, *body])
        return atom

    def choice(self) -> int:
        """A new literal that is free to be true or false."""
        atom: int = self._backend().add_atom()
        self._backend().add_rule([atom], [self._guard], choice=True)
        return atom

    def at_least(self, number: int, literals: Sequence[int]) -> int:
        """A new literal that is true when at least so many of the literals are."""
        atom: int = self._backend().add_atom()
        self._backend().add_weight_rule([atom], number, [(literal, 1) for literal in literals])
        return atom

    def each(self, true: Iterable[str], false: Iterable[str], also: Iterable[int]) -> Iterator[clingo.Model]:
        """Every answer set under the assumptions; `also` are literals taken as true. Each is valid until the next."""
        wanted = list(true)
        if not all(atom in self.literals for atom in wanted):
            return
        assumed = [self.literals[a] for a in wanted] + [-self.literals[a] for a in false if a in self.literals]
        self._end_adding()
        settings = self._control.configuration.solve
        settings.enum_mode, settings.models = "auto", 0  # type: ignore[union-attr]
        with self._control.solve(assumptions=[*assumed, *also, self._guard], yield_=True) as handle:
            yield from handle
            _finished(handle.get())

    def close(self) -> None:
        """Take the rules back."""
        self._backend().add_external(self._guard, clingo.TruthValue.Release)
        self._end_adding()
