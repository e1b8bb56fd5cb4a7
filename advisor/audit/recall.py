"""The use case of a recall: finds all advice that rests on a source, a claim or a rule, or that has expired."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from advisor.audit.keeping.grounds import Grounds
from advisor.audit.keeping.kept import ErasedPart, KeptRecord, PassedOver, Unread, text_of
from advisor.audit.model.recall import NotSearched, Reason, Recall, Recalled, RestingLine
from advisor.errors import DataError, Place, Problem
from advisor.model.answers import day_of, nearest
from advisor.model.safe_text import shown

_SLOT = re.compile(r"\{([a-z_]+)\}")
_Line = tuple[str, str, tuple[str, ...]]


def recall(
    kept: Iterable[KeptRecord | Unread | PassedOver], reason: Reason, subject: str, wording: Mapping[str, str]
) -> Recall:
    """The kept advice that rests on the source, claim or rule `subject`: a rule that fired cites it, or is it, or a
    figure that is shown cites it. For `expired`, the advice with a rule to be read again before the date `subject`
    (YYYY-MM-DD).

    `wording` is that of the rules at hand, for what to tell the person. Raises DataError when there is no advice at
    all, for a date that is none, or for a source, claim or rule that no advice quotes, with the nearest one that some
    does.
    """
    if reason == "expired":
        _check_date(subject)
    found: list[Recalled] = []
    unread: list[NotSearched] = []
    known: set[str] = set()
    looked_at, latest = 0, frozenset[str]()
    for one in kept:
        if isinstance(one, Unread):
            unread.append(NotSearched(place=one.place, reason=one.reason))
            continue
        looked_at += 1
        if isinstance(one, PassedOver):
            known = known if one.known is latest else known | one.known
            latest = one.known
            continue
        try:
            one.need(*_NEEDED[reason])
            grounds = Grounds(one)
        except ErasedPart as gone:
            unread.append(NotSearched(place=one.place, reason=_erased(gone, one.receipt)))
            continue
        known.update(_quoted(one, grounds, reason))
        if rests := _resting(grounds, reason, subject):
            found.append(_recalled(one, grounds, rests, reason, subject, wording))
    _refuse(looked_at, unread, known, (reason, subject))
    found.sort(key=lambda one: (one.time, one.receipt, one.place))
    return Recall(reason=reason, subject=subject, looked_at=looked_at, found=tuple(found), not_searched=tuple(unread))


def _resting(grounds: Grounds, reason: Reason, subject: str) -> tuple[str, ...]:
    """The rules that fired, and the figures shown, for which advice is recalled; none when it is not."""
    if reason == "rule":
        return tuple(name for name in grounds.rules if name == subject)
    if reason == "expired":
        return tuple(n for n, rule in grounds.rules.items() if "" < str(rule.get("review_by", "")) < subject)
    key = f"{reason}s"
    both = (*grounds.rules.items(), *grounds.figures.items())
    return tuple(name for name, quoted in both if subject in quoted.get(key, ()))


def _recalled(
    kept: KeptRecord, grounds: Grounds, rests: tuple[str, ...], reason: Reason, subject: str, wording: Mapping[str, str]
) -> Recalled:
    option, title = (kept.text("advice", "recommendation", key) for key in ("option", "title"))
    slots = {"receipt": kept.receipt, "date": kept.time[:10], "title": title, "subject": subject}
    told = f"render.recall.tell.{reason}" if title else "render.recall.tell.erased"
    lines = _Lines(kept, grounds)
    return Recalled(
        place=kept.place, receipt=kept.receipt, time=kept.time, option=option, title=title,
        expires=kept.text("expires"), rules=rests, lines=tuple(lines.resting_on(rests)),
        tell=_SLOT.sub(lambda slot: slots[slot.group(1)], wording[told]), erased=tuple(lines.erased),
    )  # fmt: skip


class _Lines:
    """The lines of one piece of advice with the rules and figures that they come from, in reading order."""

    def __init__(self, kept: KeptRecord, grounds: Grounds) -> None:
        self._kept, self._grounds = kept, grounds
        self.erased: list[str] = []

    def resting_on(self, recalled: tuple[str, ...]) -> Iterator[RestingLine]:
        """The lines that rest on any of the recalled rules and figures, without those that others begin with."""
        seen: set[str] = set()
        for section, text, by in self._all():
            behind = self._grounds.behind(by)
            rules = tuple(name for name in recalled if name in behind)
            if rules and not any(said.startswith(text) for said in seen):
                seen.add(text)
                yield RestingLine(section=section, text=text, rules=rules, direct=any(name in by for name in recalled))

    def _all(self) -> Iterator[_Line]:
        headline = self._kept.text("advice", "recommendation", "headline")
        if headline:
            yield "recommendation", headline, tuple(self._choosing())
        for section, key, text in _SECTIONS:
            for row in self._rows("advice", key):
                yield section, text.format_map(_Texts(row)), (text_of(row.get("rule")),)
        for row in self._rows("advice", "figures"):
            yield "figures", "{text}".format_map(_Texts(row)), (text_of(row.get("id")),)
        for row in self._rows("advice", "gates"):
            yield "gates", "{title}: {text}".format_map(_Texts(row)), self._grounds.makers(text_of(row.get("id")))
        for case in self._rows("advice", "options"):
            for side in (case.get("for"), case.get("against")):
                for line in side if isinstance(side, list) else ():
                    row = line if isinstance(line, dict) else {}
                    yield "options", "{text}".format_map(_Texts(row)), (text_of(row.get("rule")),)

    def _choosing(self) -> Iterator[str]:
        """The rules behind the recommendation: those that proposed it, gave points in its contest, ruled an option
        out, or broke a tie."""
        trace = "advice", "trace"
        made = self._rows(*trace, "proposals")
        yield from (text_of(one.get("rule")) for one in made if one.get("standing") == "recommended")
        yield from (text_of(line.get("rule")) for line in self._rows(*trace, "tallies"))
        yield from (text_of(one.get("rule")) for one in self._rows(*trace, "contest", "tie_breaks"))
        for fact in self._rows(*trace, "facts"):
            if text_of(fact.get("fact")).startswith("out."):
                yield from self._grounds.makers(fact["fact"])

    def _rows(self, *keys: str) -> list[dict[str, Any]]:
        try:
            self._kept.need("/".join(keys))
        except ErasedPart as gone:
            if str(gone) not in self.erased:
                self.erased.append(str(gone))
        return self._kept.rows(*keys)


_SECTIONS = (
    ("reasons", "reasons", "{text}"),
    ("red_flags", "red_flags", "{text} {action}"),
    ("steps", "next_steps", "{timing}: {text}"),
    ("questions", "questions_to_ask", "{text}"),
    ("calls", "calls", "{who}: {about}"),
    ("later_steps", "later_steps", "{timing}: {text}"),
    ("notes", "notes", "{text}"),
)


_NEEDED: Mapping[Reason, tuple[str, ...]] = {
    "rule": (),
    "expired": ("rules/*/id", "rules/*/review_by"),
    "source": ("rules/*/id", "rules/*/sources", "figures/*/id", "figures/*/sources", "advice/figures/*/id"),
    "claim": ("rules/*/id", "rules/*/claims", "figures/*/id", "figures/*/claims", "advice/figures/*/id"),
}
"""What must not have been erased, beside which rules fired, to know whether advice rests on a subject."""


class _Texts(dict[str, Any]):
    """The texts of a line, of which a mask may have taken some."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        super().__init__({key: value for key, value in row.items() if isinstance(value, str)})

    def __missing__(self, key: str) -> str:
        return "..."


def _erased(gone: ErasedPart, receipt: str) -> str:
    return f"{gone} was erased from {receipt}, so it cannot be told what it rests on"


def _quoted(kept: KeptRecord, grounds: Grounds, reason: Reason) -> Iterator[str]:
    """The rules, claims or sources that the advice quotes."""
    if reason == "rule":
        yield from (*grounds.rules, *(text_of(rule.get("id")) for rule in kept.rows("rules")))
    elif reason != "expired":
        for part in ("rules", "figures"):
            yield from (name for one in kept.rows(part) for name in one[f"{reason}s"])


def _check_date(subject: str) -> None:
    if day_of(subject) is None:
        raise DataError(Problem(Place(), f"`{shown(subject)}` is not a date", "a date like 2027-01-31"))


def _refuse(looked_at: int, unread: list[NotSearched], known: set[str], sought: tuple[Reason, str]) -> None:
    """Raises DataError when there was nothing to look through, or all was looked through and nothing quotes it."""
    reason, subject = sought
    if not looked_at and not unread:
        message, fix = "there is no advice in these places", "Name the folder given to --log, or receipts"
        raise DataError(Problem(Place(), message, "advice that was kept", fix))
    if reason != "expired" and subject not in known and not unread:
        message = f"no advice here quotes a {reason} `{shown(subject)}`"
        raise DataError(Problem(Place(), message, f"a {reason} by its id", nearest(subject, sorted(known))))
