"""The solver: what can be asked, and that a search without end is given up with an error."""

from __future__ import annotations

from typing import Any

import clingo
import pytest

from advisor.errors import ProofError
from advisor.proving import solver as solver_module
from advisor.proving.solver import Solver

TWO = "{ a; b }. :- a, b. c :- a. #show c/0. #show b/0."
PIGEONS = "{ in(P,H) : H = 1..8 } = 1 :- P = 1..9. :- in(P,H), in(Q,H), P < Q."  # nine pigeons in eight holes


def test_consequences_are_what_holds_always_and_what_may_hold() -> None:
    solver = Solver(TWO)
    assert solver.consequences([], [], certain=True) == frozenset()
    assert solver.consequences([], [], certain=False) == frozenset("bc")
    assert solver.consequences(["a"], [], certain=True) == frozenset("c")
    assert solver.consequences(["a", "b"], [], certain=True) is None


def test_an_atom_that_cannot_be_true_makes_nothing_possible() -> None:
    solver = Solver(TWO)
    assert not solver.possible(["never"])
    assert solver.find(["never"]) is None
    assert solver.possible([], ["never"])
    assert (solver.knows("a"), solver.knows("never")) == (True, False)


def test_what_was_added_for_one_search_is_gone_after_it() -> None:
    solver = Solver(TWO)
    for _ in range(3):
        with solver.scratch() as scratch:
            extra = scratch.choice()
            assert len(list(scratch.each([], [], []))) == 6  # no a nor b, a, or b: each with the extra choice or not
            assert len(list(scratch.each([], [], [extra]))) == 3
    assert solver.consequences([], [], certain=False) == frozenset("bc")


def test_the_program_is_read_anew_once_searches_have_left_enough_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    solver, plain, made = Solver(TWO), clingo.Control, []

    def counted(*args: Any, **more: Any) -> clingo.Control:
        made.append(plain(*args, **more))
        return made[-1]

    monkeypatch.setattr(solver_module, "LEFTOVERS", 30)
    monkeypatch.setattr(clingo, "Control", counted)
    for _ in range(10):
        with solver.scratch() as scratch:
            for _ in range(7):
                scratch.choice()
            assert len(list(scratch.each(["a"], [], []))) == 2**7
    assert 1 <= len(made) <= 5
    assert solver.consequences([], [], certain=False) == frozenset("bc")


def test_a_search_that_takes_too_long_is_given_up_with_an_error() -> None:
    solver = Solver(PIGEONS, most_conflicts=50)
    for ask in (solver.possible, solver.find):
        with pytest.raises(ProofError, match="too tangled"):
            ask([])
    with pytest.raises(ProofError, match="too tangled"):
        solver.consequences([], [], certain=True)
    assert not Solver(PIGEONS).possible([])


def test_a_program_that_cannot_be_read_is_told() -> None:
    with pytest.raises(ProofError, match="could not read the rules"):
        Solver("this is no program")
