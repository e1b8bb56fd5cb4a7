"""What a receipt quotes of the rule base and the questionnaire, as plain data."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from advisor.model.condition import Test
from advisor.model.facts import Stratum
from advisor.model.rule import Medium, Part, Weight
from advisor.model.sensitivity import ExactNumber
from advisor.model.trace import Frozen, Plain, QuestionnaireId

Sha256: TypeAlias = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""The SHA-256 of a file's bytes, in hex."""

Digest: TypeAlias = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
"""The SHA-256 over the canonical JSON (RFC 8785) of a part of the receipt."""


class _Sparse(Frozen):
    """What is written without the keys that are None."""

    @model_serializer(mode="wrap")
    def _without_none(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        return {key: value for key, value in write(self).items() if value is not None}


class QuotedClause(Frozen):
    """One test of one fact, as the rule's file states it."""

    fact: str
    test: Test
    values: tuple[Plain, ...]


class QuotedCondition(Frozen):
    """All of `all`, at least one of `any` if there are any, and each of `none` known to be false."""

    all: tuple[QuotedClause, ...]
    any: tuple[QuotedClause, ...]
    none: tuple[QuotedClause, ...]


class QuotedTime(_Sparse):
    """When a row of the plan is due: `days` back or on from the fact `of`, or what `event` says."""

    kind: str
    days: int
    of: str
    event: str | None = None


class QuotedAction(_Sparse):
    """One action under its name in the format (`weigh`, `rule_out`, ...), with the keys of that action alone."""

    do: Literal[
        "conclude", "add", "rule_out", "red_flag", "add_on", "weigh", "break_tie", "recommend", "answer", "plan_row",
        "line", "say", "next_step", "ask", "call", "note",
    ]  # fmt: skip
    fact: str | None = None
    value: Plain | None = None
    to: str | None = None
    options: tuple[str, ...] | None = None
    id: str | None = None
    severity: int | None = None
    action: str | None = None
    against: tuple[str, ...] | None = None
    option: str | None = None
    criterion: str | None = None
    points: int | dict[str, int] | None = None
    order: int | None = None
    tiers: tuple[tuple[str, ...], ...] | None = None
    priority: int | None = None
    confidence: str | None = None
    timing: str | None = None
    text: str | None = None
    who: str | None = None
    about: str | None = None
    topic: str | None = None
    stop: str | None = None
    clause: str | None = None
    page: str | None = None
    leads: str | None = None
    place: int | None = None
    brief: str | None = None
    sure: str | None = None
    because: str | None = None
    turns: str | None = None
    second: str | None = None
    right_when: str | None = None
    time: QuotedTime | None = None
    done: str | None = None
    key: str | None = None
    weight: Weight | None = None
    part: Part | None = None
    figure: str | None = None
    by: Medium | None = None


class QuotedRule(Frozen):
    """A rule that ran, whether it fired or not, with the page that it stands on and its line there. `file_digest` is
    that of its file, `digest` that of all else here.
    """

    id: str
    title: str
    version: int
    stratum: Stratum
    page: str
    line: int
    when: QuotedCondition
    then: tuple[QuotedAction, ...]
    why: str
    caveats: tuple[str, ...]
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    review_by: str
    file: str
    file_digest: Sha256
    digest: Digest


class QuotedFact(Frozen):
    """A fact of the vocabulary: where it comes from, when it is settled, its default, and how its values read."""

    fact: str
    title: str
    kind: Literal["one", "yes_no", "number", "mark"]
    origin: Literal["answer", "rule", "figure", "machine"]
    finished: Stratum | None
    otherwise: Plain | None
    phrases: tuple[tuple[Plain, str], ...] | None


class QuotedTerm(_Sparse):
    """A node of a figure's formula: an operator with `parts`, a leaf with a `name`, or a value from `low` to `high`,
    with what is `likely` where that is stated; an `input` is such a value until the fact of its `name` is known.
    """

    op: Literal[
        "value", "input", "fact", "table", "figure", "add", "subtract", "multiply", "divide", "longest", "shortest"
    ]  # fmt: skip
    name: str | None = None
    low: ExactNumber | None = None
    high: ExactNumber | None = None
    likely: ExactNumber | None = None
    parts: tuple[QuotedTerm, ...] | None = None


class QuotedFigure(Frozen):
    """A figure's formula and sentences; `tables` give a low and a high end for each row of a fact, and
    `likely_rows` the likely number of the rows that state one.
    """

    id: str
    title: str
    unit: str
    when: QuotedCondition
    tables: dict[str, dict[str, tuple[ExactNumber, ExactNumber]]]
    likely_rows: dict[str, dict[str, ExactNumber]]
    formula: QuotedTerm
    text: str
    text_same: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    show: bool


class QuotedOption(Frozen):
    """An option: its kind, and the names under which it is shown."""

    id: str
    kind: Literal["main", "add_on"]
    name: str
    title: str
    headline: str


class QuotedContest(Frozen):
    """The options that compete in a branch, and the questions that decide it."""

    branch: str
    options: tuple[str, ...]
    decisive: tuple[str, ...]


class QuotedPage(Frozen):
    """A page of rules: `opens` is the clause without which none of them can fire, or None when there is none.

    `questions` are put to those to whom it speaks.
    """

    id: str
    opens: QuotedClause | None
    questions: tuple[str, ...]


class QuotedDecision(Frozen):
    """How tallies become a recommendation; how many rows of the plan are shown, and the pages in their order.

    `asked_also` is how many questions are put of a page that is not of the main question, which `main_question` names
    (0: all); receipts of before have neither.
    """

    close_within: int
    bands: tuple[tuple[str, int | None], ...]
    contests: tuple[QuotedContest, ...]
    fallback: str
    most_rows: int
    pages: tuple[QuotedPage, ...]
    asked_also: int = 0
    main_question: str = ""


class QuotedRuleBase(Frozen):
    """Which rule base: `files` has the SHA-256 of each of its files, `digest` the one over all of them."""

    id: str
    version: str
    dated: str
    digest: Sha256
    files: dict[str, Sha256]


class ShownChoice(Frozen):
    """A choice as the user reads it."""

    id: str
    label: str
    help: str


class Wording(Frozen):
    """A question as the user reads it, with the numbers that limit its answer (None where it has none)."""

    text: str
    why: str
    help: str
    choices: tuple[ShownChoice, ...]
    none_choice: ShownChoice | None
    unit: str | None
    minimum: int | None
    maximum: int | None
    max_length: int | None
    earliest: str | None
    latest: str | None
    meaning: Literal["past", "future", "either"] | None
    not_before: str | None


class QuotedQuestion(Frozen):
    """A question: its kind, when it applies, its exact wording, and the digest of that wording.

    `core` says that it is put to everyone, and one that is not `asked` to nobody. `alone` are the choices that go with
    no other.
    """

    id: str
    kind: Literal["one", "several", "number", "text", "date"]
    core: bool
    asked: bool
    private: bool
    alone: tuple[str, ...]
    when: QuotedCondition
    wording: Wording
    wording_digest: Digest


class QuotedContradiction(Frozen):
    """Answers to the questions `between` that cannot all be true; with such answers no advice is given."""

    id: str
    between: tuple[str, ...]
    when: QuotedCondition
    text: str


class Quotes(Frozen):
    """All that one version of the rules and questions says, as receipts and rulebooks quote it."""

    questionnaire: QuestionnaireId
    rulebase: QuotedRuleBase
    questions: tuple[QuotedQuestion, ...]
    contradictions: tuple[QuotedContradiction, ...]
    facts: tuple[QuotedFact, ...]
    options: tuple[QuotedOption, ...]
    decision: QuotedDecision
    figures: tuple[QuotedFigure, ...]
    rules: tuple[QuotedRule, ...]
