"""One rule: when it fires, what it then does, why, on whose word, and examples of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal, TypeAlias

from advisor.model.condition import Condition, Value
from advisor.model.facts import Stratum
from advisor.model.template import Template

Confidence: TypeAlias = Literal["clear", "lean", "toss_up", "provisional"]
CONFIDENCES: tuple[Confidence, ...] = ("clear", "lean", "toss_up", "provisional")


@dataclass(frozen=True, slots=True)
class Conclude:
    """The fact takes the value."""

    fact: str
    value: Value


@dataclass(frozen=True, slots=True)
class Add:
    """Points are added to the score `score.<to>`."""

    to: str
    points: int


@dataclass(frozen=True, slots=True)
class RuleOut:
    """The options cannot be recommended."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A warning: severity 3 stop, 2 act before signing or leaving, 1 watch.

    `stop` is what the plan page says of it (a flag without it stays off that page); `clause` goes into the headline's
    own sentence when the flag speaks `against` what is recommended there.
    """

    id: str
    severity: int
    action: Template
    against: tuple[str, ...] = ()
    stop: Template | None = None
    clause: Template | None = None


@dataclass(frozen=True, slots=True)
class AddOn:
    """The add-on option rides with whatever is recommended."""

    option: str


@dataclass(frozen=True, slots=True)
class Weigh:
    """Points for and against options, counted under a criterion."""

    criterion: str
    points: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BreakTie:
    """Among options too close to call, those of the earliest tier stay; lower `order` decides first."""

    order: int
    tiers: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Recommend:
    """Proposes an option; of the proposals not ruled out, the lowest priority number wins."""

    option: str
    priority: int
    confidence: str


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """The answer of one case of a page to the question that it is about, as the plan page says it.
    `leads` is the class of the case (the classes of `decision.yaml`, the first of which lead all others); `place` its
    place within the page. `brief` stands behind the answer of another page that leads this one. `second` is the other
    choice, and `right_when` says when it would be the right one ("" and None where there is none).
    """

    page: str
    leads: str
    place: int
    text: Template
    brief: Template
    sure: str
    because: Template
    turns: Template
    second: str = ""
    right_when: Template | None = None


Weight: TypeAlias = Literal["must", "should", "could"]
WEIGHTS: tuple[Weight, ...] = ("must", "should", "could")


@dataclass(frozen=True, slots=True)
class Time:
    """When a row of the plan is due.

    `kind` is today, this_week, by_day, every_days, before, within, after, not_before or later. `days` counts from the
    advice, or from the date of the fact `of`: back to a last day (before), on to one (within) or to a first (after).
    `event` says that date in words where it is not known, and with not_before what to wait for.
    """

    kind: str
    days: int = 0
    of: str = ""
    event: Template | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the plan: when, what to do, and what then is done. Rows of one `key` are one thing."""

    time: Time
    do: Template
    done: Template
    key: str = ""
    weight: Weight = "should"


Part: TypeAlias = Literal["reason", "against", "watch", "number", "find_out", "reply"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the plan page: a reason, one against, a danger, a number (of a `figure`), something to find out until
    `fact` is known, or a reply to the wish `fact`. What `must` be said comes early; a reply that `could` names others.
    """

    part: Part
    text: Template
    figure: str = ""
    fact: str = ""
    weight: Weight = "should"


Medium: TypeAlias = Literal["email", "call", "letter"]
MEDIA: tuple[Medium, ...] = ("email", "call", "letter")


@dataclass(frozen=True, slots=True)
class Say:
    """Words ready to send or say: to whom, by email, call or letter."""

    to: Template
    by: Medium
    text: Template


@dataclass(frozen=True, slots=True)
class NextStep:
    """A thing to do; lower `order` comes first; `timing` is relative."""

    order: int
    timing: str
    text: Template


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to put to someone."""

    to: str
    order: int
    text: Template


@dataclass(frozen=True, slots=True)
class Call:
    """Someone to call, and what about."""

    who: str
    about: Template


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth knowing that is no step."""

    topic: str
    text: Template


Action: TypeAlias = (
    Conclude | Add | RuleOut | RedFlag | AddOn | Weigh | BreakTie | Recommend | CaseAnswer | PlanRow | Line | Say
    | NextStep | Ask | Call | Note
)  # fmt: skip

STRATA_OF_ACTION: Mapping[type[Action], tuple[Stratum, ...]] = {
    Conclude: ("derive", "constrain", "decide"),
    Add: ("derive",),
    RuleOut: ("constrain",),
    RedFlag: ("constrain",),
    AddOn: ("constrain", "decide", "plan"),
    Weigh: ("weigh",),
    BreakTie: ("weigh",),
    Recommend: ("decide",),
    CaseAnswer: ("decide",),
    PlanRow: ("plan",),
    Line: ("plan",),
    Say: ("plan",),
    NextStep: ("plan",),
    Ask: ("plan",),
    Call: ("plan",),
    Note: ("plan",),
}
"""The strata in which each action may stand."""


@dataclass(frozen=True, slots=True)
class Example:
    """Facts given to the rule alone, and whether it must then fire."""

    name: str
    given: Mapping[str, Value]
    said: Mapping[str, str]
    fires: bool
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as its page states it; `file` is the page's path inside the rule base, `page` the page's id, `text` the
    rule's own text there and `digest` the SHA-256 of that.

    `lines` are the lines of the keys that it states itself.
    """

    id: str
    title: str
    version: int
    status: str
    since: str
    stratum: Stratum
    when: Condition
    actions: tuple[Action, ...]
    why: Template
    caveats: tuple[str, ...]
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    review_by: str
    examples: tuple[Example, ...]
    file: str
    line: int
    digest: str
    lines: Mapping[str, int] = field(default_factory=dict)
    text: str = ""
    page: str = ""

    def line_of(self, key: str) -> int:
        """The line of one of its keys."""
        return self.lines.get(key, self.line)

    def concluded(self) -> tuple[tuple[str, Value], ...]:
        """The facts it gives at once when it fires, with their values."""
        found: list[tuple[str, Value]] = []
        for action in self.actions:
            found += [(action.fact, action.value)] if isinstance(action, Conclude) else []
            found += [(f"out.{option}", True) for option in action.options] if isinstance(action, RuleOut) else []
            found += [(f"add_on.{action.option}", True)] if isinstance(action, AddOn) else []
        return tuple(found)

    def red_flags(self) -> tuple[RedFlag, ...]:
        """The red flags it raises when it fires."""
        return tuple(action for action in self.actions if isinstance(action, RedFlag))

    def templates(self) -> tuple[Template, ...]:
        """Every sentence of the rule that may hold placeholders."""
        return (self.why, *(template for action in self.actions for template in templates_of(action)))


_SENTENCES: Mapping[type[Action], tuple[str, ...]] = {
    RedFlag: ("action", "stop", "clause"), CaseAnswer: ("text", "brief", "because", "turns", "right_when"),
    PlanRow: ("time.event", "do", "done"), Say: ("to", "text"), Call: ("about",),
    **dict.fromkeys((NextStep, Ask, Note, Line), ("text",)),
}  # fmt: skip


def templates_of(action: Action) -> tuple[Template, ...]:
    """Every sentence of an action that may hold placeholders, in the order of its fields."""
    found = (attrgetter(name)(action) for name in _SENTENCES.get(type(action), ()))
    return tuple(template for template in found if template is not None)
