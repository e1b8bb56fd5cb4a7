"""The use case of a rule change: what it changes, a proof or a smallest case, and which logged advice would flip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from advisor.advice import Advisor
from advisor.audit.comparing.plan_lines import lines_said
from advisor.audit.comparing.two_bases import TwoBases, common
from advisor.audit.keeping.kept import ErasedPart, KeptRecord, Unread, kept_answers
from advisor.audit.model.impact import (
    ASPECTS,
    Aspect,
    Case,
    CaseOutcome,
    Compared,
    FieldChange,
    Flip,
    Impact,
    RuleChange,
)
from advisor.audit.model.quotes import QuotedRule
from advisor.audit.model.recall import NotSearched
from advisor.audit.recording.quoting import quoted_rule
from advisor.audit.recording.seal import plain
from advisor.errors import AdvisorError, ProofError
from advisor.model.answers import Answers
from advisor.model.json_diff import ABSENT, differences
from advisor.model.rulebase import RuleBase
from advisor.model.trace import Trace

_WORDS = ("title", "why", "caveats", "claims", "sources", "review_by", "version")
_SENTENCES = ("text", "about", "action", "timing", "who")
_NOT_COMPARED = ("id", "file", "file_digest", "digest")


def impact(old: Advisor, new: Advisor, kept: Iterable[KeptRecord | Unread] | None = None) -> Impact:
    """What the rules of `new` change against those of `old`, and which of the advice that was `kept` would flip.

    Raises ProofError when a case that the solver finds does not hold.
    """
    asked = common(old.questionnaire, new.questionnaire)
    logged, flips, not_run = (None, [], []) if kept is None else _flips(kept, old, new)
    return Impact(
        old_digest=old.rulebase.digest,
        new_digest=new.rulebase.digest,
        rules=rule_changes(quoted(old.rulebase), quoted(new.rulebase)),
        other_files=_other_files(old.rulebase, new.rulebase),
        left_out=asked.left_out,
        choices_left_out=asked.choices_left_out,
        compared=_all_compared(old, new),
        logged=logged,
        flips=tuple(flips),
        not_run=tuple(not_run),
    )


def quoted(base: RuleBase) -> tuple[QuotedRule, ...]:
    """The rules that run, as receipts quote them."""
    return tuple(quoted_rule(rule, base) for rule in base.active)


def rule_changes(old: Iterable[QuotedRule], new: Iterable[QuotedRule]) -> tuple[RuleChange, ...]:
    """The rules that were added, retired or changed, by id."""
    before, after = ({rule.id: rule for rule in rules} for rules in (old, new))
    found: list[RuleChange] = []
    for rule in sorted({*before, *after}):
        if rule not in before:
            found.append(RuleChange(rule=rule, how="added"))
        elif rule not in after:
            found.append(RuleChange(rule=rule, how="retired"))
        elif keys := tuple(_keys(plain(before[rule]), plain(after[rule]))):
            words = all(key in _WORDS for key in keys if key != "then") and (
                _bare(plain(before[rule])["then"]) == _bare(plain(after[rule])["then"])
            )
            told = tuple(_changes(plain(before[rule]), plain(after[rule])))
            found.append(RuleChange(rule=rule, how="changed", keys=keys, changes=told, wording_only=words))
    return tuple(found)


def outcome(trace: Trace) -> CaseOutcome:
    """What a trace says under each aspect but `lines`, whose sentences it does not hold."""
    return CaseOutcome(
        option=(trace.recommended,),
        confidence=(trace.confidence,),
        add_ons=tuple(sorted(trace.add_ons)),
        red_flags=tuple(f"{flag.id} ({flag.severity})" for flag in trace.red_flags),
        ranking=trace.contest.order,
    )


def _keys(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    yield from (key for key in old if key not in _NOT_COMPARED and old[key] != new[key])


def _changes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[FieldChange]:
    """What of a rule differs, place by place: the name of an action, or the part of the condition, and the field."""
    for one in differences(old, new):
        if one.path[0] not in _NOT_COMPARED:
            names = [part.strip("[]") for part in one.path if part not in ("when", "then")]
            field = " ".join([*names, "order"] if one.moved else names) or one.path[0]
            yield FieldChange(field=field, before=_written(one.before), after=_written(one.after))


def _written(value: Any) -> str:
    """A value of a quoted rule on one line; empty where there is none."""
    if value is ABSENT or value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(_written(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_written(one)}" for key, one in value.items())
    return f'"{value}"' if isinstance(value, str) and " " in value else str(value)


def _aspect_changes(then: CaseOutcome, now: CaseOutcome, aspects: Iterable[Aspect]) -> Iterator[FieldChange]:
    """What each aspect said and says; of those that are sets, what the other has not."""
    for aspect in aspects:
        old, new = getattr(then, aspect), getattr(now, aspect)
        if aspect != "ranking":
            old, new = [one for one in old if one not in new], [one for one in new if one not in old]
        yield FieldChange(field=aspect, before=", ".join(old), after=", ".join(new))


def _bare(actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Actions without their sentences."""
    return [{key: value for key, value in action.items() if key not in _SENTENCES} for action in actions]


def _other_files(old: RuleBase, new: RuleBase) -> tuple[str, ...]:
    rules = {rule.file for base in (old, new) for rule in base.rules}
    names = {*old.files, *new.files} - rules
    return tuple(sorted(name for name in names if old.files.get(name) != new.files.get(name)))


def _all_compared(old: Advisor, new: Advisor) -> tuple[Compared, ...]:
    """Every aspect; none is decided when the two cannot be put side by side, and why is said."""
    try:
        both = TwoBases((old.rulebase, old.questionnaire), (new.rulebase, new.questionnaire))
    except ProofError as wrong:
        return tuple(Compared(aspect=one, case=None, decided=False, reason=str(wrong)) for one in ASPECTS)
    return tuple(_compared(both, old, new, aspect) for aspect in ASPECTS)


def _compared(both: TwoBases, old: Advisor, new: Advisor, aspect: Aspect) -> Compared:
    """A proof for one aspect, or a case; neither when the solver gives up."""
    try:
        found = both.smallest(aspect)
    except ProofError:
        return Compared(aspect=aspect, case=None, decided=False)
    if found is None:
        return Compared(aspect=aspect, case=None)
    return Compared(aspect=aspect, case=_confirmed(found.answers, old, new, aspect), fewest=found.fewest)


def _confirmed(answers: Answers, old: Advisor, new: Advisor, aspect: Aspect) -> Case:
    """The case of some answers where an aspect differs, after both engines were run on it."""
    first, second = (_outcome_of(one, answers) for one in (old, new))
    if getattr(first, aspect) == getattr(second, aspect):
        raise ProofError(f"the solver finds a case that does not hold: {answers.plain()}")
    told = {q: tuple(value) if isinstance(value, list) else value for q, value in answers.plain().items()}
    return Case(answers=told, old=first, new=second)


def _outcome_of(advisor: Advisor, answers: Answers) -> CaseOutcome:
    trace = advisor.trace(Answers.of({a.question: a for a in answers}, advisor.questionnaire, answers.as_of))
    return outcome(trace).model_copy(update={"lines": lines_said(advisor.rulebase, trace)})


def _flips(
    kept: Iterable[KeptRecord | Unread], old: Advisor, new: Advisor
) -> tuple[int, list[Flip], list[NotSearched]]:
    """How much kept advice was run again, what of it changes under the new rules, and what could not be run."""
    count, flips, not_run = 0, [], []
    for one in kept:
        if isinstance(one, Unread):
            not_run.append(NotSearched(place=one.place, reason=one.reason))
            continue
        try:
            flip = _flip(one, old, new)
        except ErasedPart as gone:
            not_run.append(NotSearched(place=one.place, reason=f"{gone} was erased from {one.receipt}"))
            continue
        count += 1
        flips += [flip] if flip is not None else []
    return count, flips, not_run


def _flip(kept: KeptRecord, old: Advisor, new: Advisor) -> Flip | None:
    """What changes of kept advice under the new rules; None when nothing does. Raises Erased."""
    kept.need("advice/trace")
    trace = Trace.model_validate(kept.part("advice", "trace"))
    then = outcome(trace)
    base = {
        "place": kept.place, "receipt": kept.receipt, "time": kept.time, "option": then.option[0],
        "of_old": kept.part("rulebase", "digest") == old.rulebase.digest,
    }  # fmt: skip
    try:
        now = outcome(new.trace(kept_answers(kept), as_of=trace.as_of))
    except AdvisorError as bad:
        return Flip.model_validate({**base, "aspects": (), "new_option": "", "refused": str(bad)})
    aspects = tuple(aspect for aspect in ASPECTS if getattr(then, aspect) != getattr(now, aspect))
    if not aspects:
        return None
    changes = tuple(_aspect_changes(then, now, aspects))
    return Flip.model_validate({**base, "aspects": aspects, "new_option": now.option[0], "changes": changes})
