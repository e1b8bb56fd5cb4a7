"""The use case of a recall: finds all advice that rests on a source or a rule, or that has expired."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping

from advisor.errors import DataError, Place, Problem
from advisor.model.advice import Advice
from advisor.model.answers import nearest, shown
from advisor.model.recall import Reason, Recall, Recalled, RestingLine
from advisor.model.receipt import Receipt

_SLOT = re.compile(r"\{([a-z_]+)\}")


def recall(receipts: Iterable[Receipt], reason: Reason, subject: str, wording: Mapping[str, str]) -> Recall:
    """The receipts whose advice rests on the source or rule `subject`: a rule that fired cites it, or is it. For
    `expired`, those that expire before the date `subject` (YYYY-MM-DD).

    `wording` is that of the rules at hand, for what to tell the person. Raises DataError for a date that is none, or
    for a source or rule that no receipt quotes, with the nearest one that some receipt does.
    """
    every = list(receipts)
    if reason == "expired":
        _check_date(subject)
    else:
        _check_known(every, reason, subject)
    found = (_recalled(one, reason, subject, wording) for one in every)
    kept = tuple(sorted((one for one in found if one is not None), key=lambda one: (one.time, one.receipt)))
    return Recall(reason=reason, subject=subject, looked_at=len(every), found=kept)


def _recalled(receipt: Receipt, reason: Reason, subject: str, wording: Mapping[str, str]) -> Recalled | None:
    rules = _rules(receipt, reason, subject)
    if not rules:
        return None
    content = receipt.content
    said = content.advice.recommendation
    slots = {"receipt": receipt.id, "date": receipt.time[:10], "title": said.title, "subject": subject}
    tell = _SLOT.sub(lambda slot: slots[slot.group(1)], wording[f"render.recall.tell.{reason}"])
    lines = tuple(_lines(content.advice, rules))
    return Recalled(
        receipt=receipt.id, time=receipt.time, option=said.option, title=said.title, expires=content.expires,
        rules=rules, lines=lines, tell=tell,
    )  # fmt: skip


def _rules(receipt: Receipt, reason: Reason, subject: str) -> tuple[str, ...]:
    """The rules that fired for which advice is recalled; none when it is not."""
    content = receipt.content
    quoted = {rule.id: rule for rule in content.rules}
    fired = [quoted[firing.rule] for firing in content.advice.trace.firings if firing.rule in quoted]
    if reason == "rule":
        return tuple(rule.id for rule in fired if rule.id == subject)
    if reason == "source":
        return tuple(rule.id for rule in fired if subject in rule.sources)
    return tuple(rule.id for rule in fired if rule.review_by < subject)


def _lines(advice: Advice, rules: tuple[str, ...]) -> Iterator[RestingLine]:
    """The lines of advice that come from these rules, in reading order."""
    sections: dict[str, list[tuple[str, tuple[str, ...]]]] = {
        "recommendation": [(advice.recommendation.headline, _proposing(advice))],
        "reasons": [(one.text, (one.rule,)) for one in advice.reasons],
        "red_flags": [(f"{one.text} {one.action}", (one.rule,)) for one in advice.red_flags],
        "steps": [(f"{one.timing}: {one.text}", (one.rule,)) for one in advice.next_steps],
        "questions": [(one.text, (one.rule,)) for one in advice.questions_to_ask],
        "calls": [(f"{one.who}: {one.about}", (one.rule,)) for one in advice.calls],
        "later_steps": [(f"{one.timing}: {one.text}", (one.rule,)) for one in advice.later_steps],
        "notes": [(one.text, (one.rule,)) for one in advice.notes],
    }
    for section, lines in sections.items():
        for text, by in lines:
            if behind := tuple(rule for rule in by if rule in rules):
                yield RestingLine(section=section, text=text, rules=behind)


def _proposing(advice: Advice) -> tuple[str, ...]:
    """The rules behind the recommendation: the one that proposed it, and those that gave it points."""
    trace = advice.trace
    by = [one.rule for one in trace.proposals if one.standing == "recommended"]
    by += [one.rule for one in trace.tallies if one.option == trace.recommended]
    return tuple(dict.fromkeys(by))


def _check_date(subject: str) -> None:
    try:
        if datetime.date.fromisoformat(subject).isoformat() == subject:
            return
    except ValueError:
        pass
    raise DataError(Problem(Place(), f"`{shown(subject)}` is not a date", "a date like 2027-01-31"))


def _check_known(receipts: list[Receipt], reason: Reason, subject: str) -> None:
    rules = [rule for one in receipts for rule in one.content.rules]
    known = {rule.id for rule in rules} if reason == "rule" else {name for rule in rules for name in rule.sources}
    if subject not in known and receipts:
        message = f"no receipt here quotes a {reason} `{shown(subject)}`"
        raise DataError(Problem(Place(), message, f"a {reason} by its id", nearest(subject, sorted(known))))
