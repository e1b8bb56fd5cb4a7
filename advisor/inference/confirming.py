"""Works out a second time, from the rules as they are written, which of them fire: only where both agree is it advice.

The engine is told facts by the compiled rules; this reads the conditions themselves, once all facts are settled. Rules
can only enable one another, and read only facts settled before them, so what holds in the end held when they fired.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from advisor.errors import EngineError
from advisor.model.condition import Knowledge
from advisor.model.page import opening
from advisor.model.rule import Rule
from advisor.model.rulebase import RuleBase

_NAMED = 5  # rules that a refusal names


class Confirmer:
    """Tells which rules should fire, and refuses a run in which others did."""

    def __init__(self, base: RuleBase) -> None:
        self._core: list[Rule] = []
        apart: dict[str, list[Rule]] = {}
        for rule in base.active:
            page = base.pages.get(rule.page)
            alone = page is not None and opening(page) is not None
            (apart.setdefault(rule.page, []) if alone else self._core).append(rule)
        clauses = {page: opening(base.pages[page]) for page in apart}
        self._pages = [(clause, apart[page]) for page, clause in clauses.items() if clause is not None]

    def refuse_others(self, fired: Collection[str], known: Knowledge, struck: Collection[str] = ()) -> None:
        """Raise EngineError, naming rules, unless just those fired that hold on what was known at the end; rules that
        were `struck` are left out."""
        due = {rule.id for rule in self._speaking(known) if rule.when.holds(known)}
        due.difference_update(struck)
        if due == set(fired):
            return
        lost, false = sorted(due.difference(fired)), sorted(set(fired) - due)
        told = [f"it lost {', '.join(lost[:_NAMED])}"] if lost else []
        told += [f"it fired {', '.join(false[:_NAMED])}"] if false else []
        raise EngineError(
            f"the engine did not keep to the rules as they are written: {' and '.join(told)}. So there is no advice. "
            "Please report this with your answers"
        )

    def _speaking(self, known: Knowledge) -> Iterator[Rule]:
        """The rules of all pages but those that cannot speak to this person."""
        yield from self._core
        for clause, rules in self._pages:
            if clause.truth(known) is True:
                yield from rules
