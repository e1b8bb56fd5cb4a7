"""What became of a plan by a later day: what was due, what is done, what changed, and how the new plan differs."""

from __future__ import annotations

from advisor.model.dates import IsoDay
from advisor.model.plan_page import RowSaid
from advisor.model.progress import RowState
from advisor.model.proofs import AnswerChange
from advisor.model.trace import Frozen, RuleBaseId


class RowNow(Frozen):
    """A row of a plan by name, and what was said of it; None: nothing."""

    name: str
    row: RowSaid
    said: RowState | None


class PlanLine(Frozen):
    """One line of the plan page: the part it stands in (`answer`, `stops`, `rows` ...), its name in that part, which
    stays the same from plan to plan, when it is due if it is a row, and its text.
    """

    part: str
    name: str
    when: str
    text: str


class ChangedLine(Frozen):
    """A line that both plans have, and that says something else or is due at another time."""

    before: PlanLine
    after: PlanLine


class PlanDiff(Frozen):
    """Two plans line by line, each in reading order: every line of the one before is kept, changed or gone, and every
    line of the one after is kept, changed or new. Kept lines read as in the plan after.
    """

    kept: tuple[PlanLine, ...]
    changed: tuple[ChangedLine, ...]
    new: tuple[PlanLine, ...]
    gone: tuple[PlanLine, ...]

    @property
    def same(self) -> bool:
        """Whether both plans say the same."""
        return not (self.changed or self.new or self.gone)


class StaleSource(Frozen):
    """A source of the plan whose facts should have been checked again by a day (YYYY-MM-DD) that has passed."""

    title: str
    dated: str
    review_by: IsoDay
    rules: tuple[str, ...]


class FollowUp(Frozen):
    """All of it, on the day `on`. `due` and `settled` are rows of the plan before; `told_on` is the day of that plan
    (None: not known).
    """

    on: IsoDay
    told_on: IsoDay | None
    due: tuple[RowNow, ...]
    settled: tuple[RowNow, ...]
    answers: tuple[AnswerChange, ...]
    rules_before: RuleBaseId
    rules_after: RuleBaseId
    stale: tuple[StaleSource, ...]
    plan: PlanDiff
