"""Says single parts of an explanation in words: an answer, a fact, a clause, a rule, for a provider or an auditor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from advisor.model.condition import Truth
from advisor.model.trace import Plain
from advisor.model.why import AnswerNote, ClauseNote, ContestNote, FactNote, RuleNote, WhyLink, WhyNode
from advisor.model.words import Words, joined
from advisor.rendering.blocks import signed

Audience: TypeAlias = Literal["provider", "auditor"]

_QUOTED = ("is", "is_not", "includes", "leaves_out")
_MET: Mapping[Truth, str] = {True: "met", False: "not_met", None: "not_known"}


@dataclass(frozen=True, slots=True)
class WhyWords:
    """Words for the parts of an explanation. `wording` is that of the rule base; an auditor also sees ids."""

    words: Words
    wording: Mapping[str, str]
    audience: Audience

    @property
    def auditor(self) -> bool:
        """Whether ids, clauses and sources are shown."""
        return self.audience == "auditor"

    def __call__(self, key: str, **slots: object) -> str:
        """The wording under `render.why.<key>`, its placeholders filled."""
        return self.words(f"render.why.{key}", **slots)

    def answer(self, note: AnswerNote) -> str:
        """A question with what the user said to it."""
        text = self(f"said.{note.said}", question=note.text, answer=note.answer)
        return joined(text, self("question_mark", question=note.question) if self.auditor else "")

    def fact(self, node: WhyNode) -> str:
        """A fact with its value, as a sentence."""
        note = node.fact
        if note is None:
            return node.title
        if note.unit == "severity":
            text = self._flag(note)
        elif note.value is None:
            text = self("not_known", title=self.title(note))
        elif isinstance(note.value, bool) and note.reads:
            text = self("told", reads=note.reads)
        else:
            end = note.fact.rpartition(".")[2] if node.kind == "figure" else ""
            text = self(end if end in ("low", "high") else "value", title=self.title(note), reads=self._reads(note))
        return joined(text[:1].upper() + text[1:], self._fact_mark(node.kind, note) if self.auditor else "")

    def rule(self, note: RuleNote) -> str:
        """A rule that fired, by its own sentence."""
        if not self.auditor:
            return note.text
        return self("rule", rule=note.id, version=note.version, stratum=note.stratum, text=note.text)

    def missing(self, node: WhyNode) -> str:
        """A rule that did not fire, with the clauses that were missing as they are written."""
        note = node.rule
        if note is None or not self.auditor:
            return node.title
        told_below = any(clause.because for clause in node.clauses)
        clauses = "" if told_below else "; ".join(f"{c.part}: {c.clause}" for c in kept_back_by(node))
        key = "silent" if clauses else "silent_open"
        return self(
            key, rule=note.id, version=note.version, stratum=note.stratum, title=note.title, clauses=clauses
        )  # fmt: skip

    def held(self, clause: ClauseNote, text: str) -> str:
        """A clause that a fired rule matched; `text` tells of its fact."""
        if clause.part == "none":
            wants = self._wants(clause)
            text = joined(text, self("known_not", wants=wants) if clause.needs == "is_not" else "")
        return joined(text, self._clause_mark(clause) if self.auditor else "")

    def tested(self, clause: ClauseNote, text: str) -> str:
        """A clause of a rule that did not fire: whether it was met, and what it takes if it was not."""
        if clause.helps is not True:
            of_fact = clause.needs in ("known", "unknown") and clause.because.startswith("fact ")
            needs = self(f"needs.{'fact_' if of_fact else ''}{clause.needs}", wants=self._wants(clause))
            text = self("clause.takes", text=text, needs=needs.rstrip("."))
        text = self(f"clause.{_MET[clause.helps]}", text=text)
        return joined(text, self._clause_mark(clause) if self.auditor else "")

    def order(self, contest: ContestNote) -> str:
        """The options of a contest with their points, in order."""
        return "; ".join(self.places(contest))

    def places(self, contest: ContestNote) -> list[str]:
        """Each option of a contest with its points."""
        return [
            self("points", option=title, points=self.words.counted("render.points", points))
            for _, title, points in contest.order
        ]

    def contest(self, contest: ContestNote, *, short: bool = False) -> str:
        """A contest in one sentence; `short` when the points of each option follow."""
        if not contest.order:
            return self("no_contest")
        key = "contest_one" if len(contest.order) == 1 else "contest_short" if short else "contest"
        margin = self.words.counted("render.points", contest.margin)
        return self(key, order=self.order(contest), margin=margin)

    def link(self, link: WhyLink) -> str:
        """What a rule did for the thing above it, to stand in front of its sentence; empty when that is plain."""
        if link.word == "weighed":
            return self("weighed", points=signed(link.points or 0), criterion=link.criterion)
        if link.word == "added":
            return self("added", points=signed(link.points or 0))
        if link.word == "broke_tie":
            return self("tie", before="; ".join(link.before), after="; ".join(link.after))
        if link.word == "proposed" and self.auditor:
            return self(
                "proposal.auditor",
                option=link.option, priority=link.priority, confidence=link.confidence, standing=link.standing,
            )  # fmt: skip
        return self(f"proposal.{link.standing}", option=link.option) if link.word == "proposed" else ""

    def _flag(self, note: FactNote) -> str:
        if not note.value:
            return self("flag.not_raised", title=note.title)
        return self("flag.raised", severity=self.wording[f"severity.{note.value}"], title=note.title)

    def title(self, note: FactNote) -> str:
        """What a fact is about, as a title."""
        if note.fact.startswith("score."):
            return self("score")
        key = f"render.why.fact.{note.fact}"
        title = self.wording.get(key, note.title)
        return title[:1].upper() + title[1:]

    def _reads(self, note: FactNote) -> str:
        if isinstance(note.value, bool):
            return self("so" if note.value else "not_so")
        if isinstance(note.value, int):
            known = f"render.unit.{note.unit}.one" in self.wording
            unit = f"render.unit.{note.unit}" if known else "render.points" if note.unit == "points" else ""
            return self.words.counted(unit, note.value) if unit else f"{note.value:,} {note.unit}"
        return note.reads

    def _wants(self, clause: ClauseNote) -> str:
        if clause.needs in ("said", "not_said"):
            return ", ".join(self.words(f"render.why_unknown.{want}").strip("().") for want in clause.wants)
        asked = clause.because.startswith("question ")
        wants = [self("quoted", text=want) if asked and clause.needs in _QUOTED else want for want in clause.wants]
        return f" {self('or')} ".join(wants)

    def _fact_mark(self, kind: str, note: FactNote) -> str:
        origin = "sum" if kind in ("sum", "flag") else "rule" if kind == "concluded" else kind
        by = ", ".join(note.by)
        value = self._plain(note.value)
        return self("fact_mark", fact=note.fact, value=value, origin=self(f"from.{origin}", by=by))

    def _clause_mark(self, clause: ClauseNote) -> str:
        truth = self(f"truth.{_MET[clause.truth]}")
        return self(
            "clause_mark" if clause.because.startswith("fact ") else "clause_mark_value",
            part=clause.part, clause=clause.clause, fact=clause.fact, value=self._plain(clause.value), truth=truth,
        )  # fmt: skip

    def _plain(self, value: Plain | None) -> str:
        if value is None:
            return self("unknown_value")
        return str(value).lower() if isinstance(value, bool) else str(value)


def kept_back_by(node: WhyNode) -> tuple[ClauseNote, ...]:
    """The clauses that kept a rule from firing; those under `any` only when none of them held."""
    held = any(clause.helps is True for clause in node.clauses if clause.part == "any")
    return tuple(c for c in node.clauses if c.helps is not True and not (c.part == "any" and held))
