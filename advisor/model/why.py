"""Answers to "why?" and "why not?": a graph from a thing down to the user's answers, and what stood in its way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from advisor.model.advice import SourceNote
from advisor.model.condition import Truth
from advisor.model.trace import Frozen, Plain, QuestionnaireId, RuleBaseId

ItemKind: TypeAlias = Literal["recommendation", "rule", "option", "add_on", "red_flag", "fact", "question"]
NodeKind: TypeAlias = Literal[
    "rule", "silent", "answer", "default", "concluded", "figure", "sum", "flag", "choice", "unknown", "contest",
    "recommendation", "option",
]  # fmt: skip
Saying: TypeAlias = Literal["answered", "followed", "not_sure", "skip", "set_aside", "not_applying", "not_asked"]
Need: TypeAlias = Literal[
    "is", "is_not", "at_least", "below", "at_most", "above", "known", "unknown", "said", "not_said", "includes",
    "leaves_out", "so", "not_so",
]  # fmt: skip
LinkWord: TypeAlias = Literal[
    "concluded", "added", "weighed", "raised", "proposed", "broke_tie", "worked_from", "counted", "settled"
]
WhereNot: TypeAlias = Literal["", "ruled_out", "other_branch", "no_branch"]


class AnswerNote(Frozen):
    """A question with the user's answer as it read on the screen, or with the one that `followed` from other answers;
    `answer` is empty unless there is one."""

    question: str
    text: str
    said: Saying
    answer: str


class FactNote(Frozen):
    """A fact with its value in plain words (`reads`) and its unit; `by` names the rules or questions behind it."""

    fact: str
    title: str
    value: Plain | None
    reads: str
    unit: str
    by: tuple[str, ...]


class RuleNote(Frozen):
    """A rule: its title, its sentence with the user's answers in it (empty when it did not fire), and what it does."""

    id: str
    version: int
    stratum: str
    title: str
    text: str
    does: tuple[str, ...]
    caveats: tuple[str, ...]
    claims: tuple[str, ...]
    sources: tuple[str, ...]


class ClauseNote(Frozen):
    """One clause of a condition, as written and with how it came out.

    `truth` is that of the clause as written; `helps` says whether it lets the rule fire, which under `none` is the
    opposite; None is unknown in both. `needs` and `wants` say in words what it takes. `because` is the key of the node
    that tells why the fact is as it is; empty when the graph does not go on from here.
    """

    part: Literal["all", "any", "none"]
    clause: str
    fact: str
    value: Plain | None
    truth: Truth
    helps: Truth
    needs: Need
    wants: tuple[str, ...]
    because: str


class ContestNote(Frozen):
    """A contest: its branch (empty when not known) and each option with its title and points, in final order."""

    branch: str
    order: tuple[tuple[str, str, int], ...]
    margin: int


class WhyLink(Frozen):
    """What a node follows from: the key of another node, and what that one did for it.

    `points` and `criterion` go with sums, `option` (a title), `priority`, `confidence` and `standing` with proposals,
    `before` and `after` (titles) with tie-breakers.
    """

    to: str
    word: LinkWord
    points: int | None = None
    criterion: str = ""
    option: str = ""
    priority: int | None = None
    confidence: str = ""
    standing: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class WhyNode(Frozen):
    """One thing of a derivation, and the keys of those it follows from; what each kind carries is given below.

    `rule` fired, `silent` did not: `rule` and `clauses` (for a fired rule those it matched). `answer`: `answer`; so has
    `unknown` when it is about a question. Every other fact has `fact`: `default` took its `otherwise`, `concluded`
    comes from rules, `figure` from a formula, `sum` and `flag` from what rules gave, `choice` from the contest or the
    recommendation, and `unknown` has no value. `silent` lists the rules that could have given a value and did not; for
    a contest or a recommendation those that would have had a say if less were known.
    """

    key: str
    kind: NodeKind
    title: str
    rule: RuleNote | None = None
    fact: FactNote | None = None
    answer: AnswerNote | None = None
    contest: ContestNote | None = None
    clauses: tuple[ClauseNote, ...] = ()
    behind: tuple[WhyLink, ...] = ()
    silent: tuple[str, ...] = ()

    def refs(self) -> Iterator[str]:
        """The keys of the nodes it follows from, in reading order."""
        yield from (clause.because for clause in self.clauses if clause.because)
        yield from (link.to for link in self.behind)
        yield from self.silent


class ClaimNote(Frozen):
    """An item of the article or the dossier that a rule encodes, with the hedge it was made under."""

    id: str
    says: str
    hedge: str


class Basis(Frozen):
    """What the rules of an explanation rest on, and which rule base and questionnaire they belong to."""

    claims: tuple[ClaimNote, ...]
    sources: tuple[SourceNote, ...]
    rulebase: RuleBaseId
    questionnaire: QuestionnaireId


class Why(Frozen):
    """Why something is so: in a few sentences, with the answers it rests on, and as a graph down to all of them.

    `holds` is False for what did not come about (then `explain_why_not` says more). `standing` is that of an option.
    `sentences` are the rules' own words; `answers` are those reached without going through the contest or the
    recommendation, whose keys are then in `through`. `root` is a key of `nodes`.
    """

    item: str
    kind: ItemKind
    title: str
    holds: bool
    standing: str
    sentences: tuple[str, ...]
    answers: tuple[AnswerNote, ...]
    through: tuple[str, ...]
    root: str
    nodes: dict[str, WhyNode]
    basis: Basis


class Lost(Frozen):
    """A rule that could bring a thing about: silent, or fired (as a proposal with this standing and priority).

    `beaten_by` is the key of the rule whose proposal won over it, with `beaten_priority`; empty when none did.
    """

    rule: str
    fired: bool
    standing: str = ""
    priority: int | None = None
    beaten_by: str = ""
    beaten_priority: int | None = None


class ContestPlace(Frozen):
    """Where an option stood in the contest of the branch; `behind` the leader by so many points.

    `not_in` says why it did not compete, and is empty when it did. `ties_lost` are keys of the tie-breakers that went
    against it.
    """

    not_in: WhereNot
    branch: str
    points: int
    leader: str
    leader_title: str
    leader_points: int
    behind: int
    ties_lost: tuple[str, ...]


class WhyNot(Frozen):
    """Why something is not so. `happened` is True when it is, and then `explain_why` says more.

    `state` is how it stands now: an option's standing, or `silent`, `fired` or `not_running` for a rule, `raised` or
    `not_raised` for a red flag, `known` or `not_known` for a fact. `ruled_out_by` and `makers` refer to `nodes`;
    `makers` are the rules that could bring it about. `repairs` are sentences on what would have to change,
    `repairs_proof` says how far they were searched for.
    """

    item: str
    kind: ItemKind
    title: str
    happened: bool
    state: str
    recommended: str
    fallback: bool
    ruled_out_by: tuple[str, ...]
    makers: tuple[Lost, ...]
    place: ContestPlace | None
    about: str
    nodes: dict[str, WhyNode]
    basis: Basis
    repairs: tuple[str, ...] = ()
    repairs_proof: str = ""
