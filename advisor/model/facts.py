"""What a fact is: its kind, its values and how they read, and the stratum that settles it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from advisor.model.condition import Value

Stratum: TypeAlias = Literal["derive", "constrain", "weigh", "decide", "plan"]
STRATA: tuple[Stratum, ...] = ("derive", "constrain", "weigh", "decide", "plan")

DATE = "date"
"""The unit of a mark that holds a date, which can be printed."""

FactKind: TypeAlias = Literal["one", "yes_no", "number", "mark"]


@dataclass(frozen=True, slots=True)
class FactSpec:
    """What a fact is: its kind, where it is finished, its values and how they read in a sentence.

    `origin` is `answer`, `rule`, `figure` or `machine`. `finished` is the stratum at whose end it is settled;
    None for answers, which are settled from the start. `otherwise` is the value taken when no rule concluded it
    (None: it stays unknown). A `mark` has no comparable value (texts, dates).
    """

    id: str
    title: str
    kind: FactKind
    origin: Literal["answer", "rule", "figure", "machine"]
    finished: Stratum | None
    values: tuple[Value, ...] = ()
    phrases: Mapping[Value, str] | None = None
    unit: str = ""
    otherwise: Value | None = None
    same_stratum: bool = True
    line: int = 0


def earlier(finished: Stratum | None, stratum: Stratum) -> bool:
    """Whether a fact finished in one stratum is settled when another begins."""
    return finished is None or STRATA.index(finished) < STRATA.index(stratum)
