"""The use case of a replay: recorded answers run again on the recorded rules, or on today's with the causes found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from advisor.advice import Advisor
from advisor.audit.keeping.kept import recorded_answers
from advisor.audit.model.receipt import Receipt
from advisor.audit.model.replay import CausedLine, Replay, Today
from advisor.audit.model.small import SmallReceipt
from advisor.audit.receipts import Receipts
from advisor.audit.recording.quoting import quoted_rule
from advisor.audit.recording.seal import canonical, plain
from advisor.challenge.line_diff import line_diff
from advisor.errors import AdvisorError, DataError, Place, Problem
from advisor.loading.resources import shipped, yaml_files
from advisor.model.advice import Advice
from advisor.model.json_diff import differences
from advisor.model.rulebase import RuleBase
from advisor.model.safe_text import one_line
from advisor.model.what_if import DiffLine

_BESIDE = ("options", "criteria", "decision", "figures", "wording", "sources", "claims", "about")


def replay(receipt: Receipt | SmallReceipt, advisor: Advisor) -> Replay:
    """The receipt made again by an advisor with the rules and questions that it names, and compared byte by byte.

    Raises DataError when the advisor has others, AnswersError when it refuses the answers.
    """
    if not fits(receipt, advisor):
        raise DataError(other_rules(receipt, advisor))
    content = receipt.content
    again = Receipts(advisor).again(receipt)
    return Replay(
        receipt=receipt.id,
        rulebase=content.rulebase.digest,
        questionnaire=content.questionnaire.digest,
        recorded_digest="sha256:" + hashlib.sha256(canonical(plain(content))).hexdigest(),
        replayed_digest=again.content_digest,
        differing=tuple(_differing(plain(content), plain(again.content))),
    )


def fits(receipt: Receipt | SmallReceipt, advisor: Advisor) -> bool:
    """Whether an advisor has the very rules and questions that a receipt names."""
    content = receipt.content
    mine = (advisor.rulebase.digest, advisor.questionnaire.digest)
    return mine == (content.rulebase.digest, content.questionnaire.digest)


def other_rules(receipt: Receipt | SmallReceipt, advisor: Advisor) -> Problem:
    """What to say when an advisor has other rules or questions than those that a receipt names."""
    content, base, asked = receipt.content, advisor.rulebase, advisor.questionnaire
    pairs = (
        ("rules", content.rulebase.version, content.rulebase.digest, base.about.version, base.digest),
        ("questionnaire", content.questionnaire.version, content.questionnaire.digest, asked.version, asked.digest),
    )
    what, version, digest, mine, my_digest = next(pair for pair in pairs if pair[2] != pair[4])
    return Problem(
        Place(receipt.id),
        f"it was made with version {version} of the {what} (digest {digest[:12]}), and the one at hand is version "
        f"{mine} (digest {my_digest[:12]})",
        "the rules and the questionnaire that it names",
        "Name them with --archive, --git, or --rules and --questionnaires; or use --today for those at hand",
    )


def keep(archive: Path, rules: Path | None, questionnaires: Path | None) -> tuple[Path, Path]:
    """Copy rules and questionnaires (the shipped ones where none are given) into an archive, under their digests.

    What is there already stays. Gives the two folders. Raises RuleBaseError or QuestionnaireError for what does not
    load, and OSError when it cannot be written.
    """
    advisor = Advisor.load(rules, questionnaires)
    digests = (advisor.rulebase.digest, advisor.questionnaire.digest)
    homes = archive / "rules" / digests[0], archive / "questionnaires" / digests[1]
    for home, source in zip(
        homes, (rules or shipped("rules"), questionnaires or shipped("questionnaires")), strict=True
    ):
        for name, raw in yaml_files(source, DataError):
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
    return homes


def kept(archive: Path, receipt: Receipt | SmallReceipt) -> Advisor:
    """The advisor that a receipt names, from an archive. Raises DataError when it is not kept there."""
    content = receipt.content
    homes = archive / "rules" / content.rulebase.digest, archive / "questionnaires" / content.questionnaire.digest
    for home in homes:
        if not home.is_dir():
            what = f"no {home.parent.name} are kept here under the digest {home.name[:12]}"
            fix = "Keep them with `advisor rules keep`, from a checkout of that version"
            raise DataError(Problem(Place(one_line(str(archive))), what, "", fix))
    found = Advisor.load(*homes)
    if not fits(receipt, found):
        fix = "The files there were changed. Keep them again, from a checkout of that version"
        raise DataError(Problem(Place(homes[0].name[:12]), "what is kept under this digest has another", "", fix))
    return found


def today(receipt: Receipt, new: Advisor, old: Advisor | None) -> Today:
    """The recorded answers on the rules of `new`: which lines of advice changed, and which change of the rules did it.

    Each change is tried by itself on the rules of `old`, those that the receipt names; without them no cause is told.
    Raises AnswersError when the questionnaire of `new` refuses the answers.
    """
    before = receipt.content.advice
    after = new.advise(recorded_answers(receipt), as_of=before.trace.as_of)
    lines = line_diff(before, after)
    trial = _Trial(receipt, old, new, _bearing(before, after)) if old is not None else None
    units = trial.units if trial is not None else tuple(_rules_changed(receipt, new.rulebase, _bearing(before, after)))
    return Today(
        receipt=receipt.id,
        recorded_rulebase=receipt.content.rulebase.digest,
        rulebase=new.rulebase.digest,
        option_before=before.recommendation.option,
        option_after=after.recommendation.option,
        title_before=before.recommendation.title,
        title_after=after.recommendation.title,
        changes=units,
        tried=trial is not None,
        lines=tuple(
            trial.cause(line) if trial is not None else CausedLine(line=line, how="unknown", causes=())
            for line in lines
        ),
    )


@dataclass(frozen=True)
class _Try:
    """The lines that differ from recorded advice after some of the changes."""

    alone: dict[str, frozenset[DiffLine]]
    all_but: dict[str, frozenset[DiffLine]]


class _Trial:
    """Tries the changes between two rule bases one by one, on the answers of one receipt."""

    def __init__(self, receipt: Receipt, old: Advisor, new: Advisor, bearing: frozenset[str]) -> None:
        self._receipt, self._old, self._new = receipt, old, new
        one, other = old.rulebase, new.rulebase
        beside = [name for name in _BESIDE if getattr(one, name) != getattr(other, name)]
        asked = ["questionnaire"] if old.questionnaire.digest != new.questionnaire.digest else []
        derived = ["facts"] if any(one.facts.get(k) != v for k, v in other.facts.items() if v.origin == "rule") else []
        self.units = (*_rules_changed(receipt, other, bearing), *beside, *derived, *asked)
        self._base = receipt.content.advice
        self._tried = _Try(
            {unit: self._lines((unit,)) for unit in self.units},
            {unit: self._lines(tuple(u for u in self.units if u != unit)) for unit in self.units},
        )

    def cause(self, line: DiffLine) -> CausedLine:
        """The changes that bring a line about: each alone, or else those without which the others do not."""
        alone = tuple(unit for unit, lines in self._tried.alone.items() if line in lines)
        if alone:
            return CausedLine(line=line, how="alone", causes=alone)
        needed = tuple(unit for unit, lines in self._tried.all_but.items() if line not in lines)
        return CausedLine(line=line, how="together" if needed else "unknown", causes=needed)

    def _lines(self, units: tuple[str, ...]) -> frozenset[DiffLine]:
        """The lines that differ after some of the changes; none when the rules do not work with just these."""
        try:
            asked = self._new.questionnaire if "questionnaire" in units else self._old.questionnaire
            mixed = Advisor(_mixed(self._old.rulebase, self._new.rulebase, units), asked)
            advice = mixed.advise(recorded_answers(self._receipt), as_of=self._base.trace.as_of)
            return frozenset(line_diff(self._base, advice))
        except (AdvisorError, KeyError):
            return frozenset()


def _mixed(old: RuleBase, new: RuleBase, units: tuple[str, ...]) -> RuleBase:
    """The old rule base with some of the changes. What the new rules speak of is known in it, so that they can run."""
    taken = {rule.id: rule for rule in old.rules if rule.id not in units}
    taken |= {rule.id: rule for rule in new.rules if rule.id in units}
    order = ("derive", "constrain", "weigh", "decide", "plan")
    rules = tuple(sorted(taken.values(), key=lambda rule: (order.index(rule.stratum), rule.id)))
    facts = {**old.facts, **new.facts} if {"facts", "questionnaire"} & {*units} else {**new.facts, **old.facts}
    parts: dict[str, Any] = {name: getattr(new, name) for name in _BESIDE if name in units}
    for name in ("sources", "claims", "wording", "criteria"):
        parts.setdefault(name, {**getattr(new, name), **getattr(old, name)})
    return replace(old, rules=rules, facts=facts, **parts)


def _bearing(before: Advice, after: Advice) -> frozenset[str]:
    """The rules that fired for one of the two; no other can have changed a line."""
    return frozenset(firing.rule for advice in (before, after) for firing in advice.trace.firings)


def _rules_changed(receipt: Receipt, new: RuleBase, bearing: frozenset[str]) -> Iterator[str]:
    now = {rule.id: quoted_rule(rule, new) for rule in new.active}
    old = {rule.id: rule for rule in receipt.content.rules}
    for rule in sorted({*old, *now} & bearing):
        if rule not in old or rule not in now or _said(plain(old[rule])) != _said(plain(now[rule])):
            yield rule


def _said(rule: dict[str, Any]) -> dict[str, Any]:
    """A quoted rule without where it stands in the folder."""
    return {key: value for key, value in rule.items() if key not in ("file", "file_digest", "digest")}


def _differing(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """The parts of a content that differ; of the advice, its parts."""
    parts = (one.path[:2] if one.path[0] == "advice" else one.path[:1] for one in differences(old, new))
    yield from sorted({".".join(part) for part in parts})
