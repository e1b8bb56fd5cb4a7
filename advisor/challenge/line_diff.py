"""Finds all in which two pieces of advice differ: lines that only one has, and what changed of those that both have.

The advice is walked field by field, so that what is added to it later is compared without a change here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from advisor.model.advice import Advice
from advisor.model.json_diff import ABSENT, Difference, differences
from advisor.model.what_if import DiffLine, Sign

NOT_SAID = ("trace", "proofs", "headings", "rulebase", "questionnaire")
"""Parts that are not said themselves: what the advice follows from, and the words that join its parts."""

_SECTIONS: Mapping[str, str] = {
    "next_steps": "steps", "questions_to_ask": "questions", "set_aside": "unknowns", "contest": "options",
    "disclosures": "about", "review_by": "about",
}  # fmt: skip
_LINES: Mapping[str, str] = {
    "red_flags": "{text} {action}", "gates": "{title}: {text}", "next_steps": "{timing}: {text}",
    "later_steps": "{timing}: {text}", "plan.rows": "{when}: {do}", "figures": "{title}: {text}",
    "calls": "{who}: {about}",
}  # fmt: skip
_DETAIL = frozenset({
    "sources", "claims", "arithmetic", "for", "against", "disclosures", "facts", "could_move", "effect", "matters",
    "low", "high", "likely", "sure", "rules", "page", "asked", "due", "date", "key", "weight", "shown", "blanks",
    "plan.as_of", "plan.whose", "plan.rests_on", "plan.leans_with_publisher",
})  # fmt: skip
"""Parts and fields behind the lines: what they rest on, and how they add up."""

_PAGE = "plan."
"""What the parts of the plan page are named with."""

_FOLLOWS = ("options", "unknowns")
"""Parts whose order follows from what is told elsewhere."""

_WORD = re.compile(r"[a-z]+(_[a-z]+)*")
_SIGNS: tuple[Sign, ...] = ("removed", "added", "changed")


def line_diff(before: Advice, after: Advice) -> tuple[DiffLine, ...]:
    """All that differs, in reading order; in each section first what is gone, then what is new, then what changed."""
    walk = _Walk(before, after)
    found: dict[str, list[DiffLine]] = {}
    for part in walk.new:
        found.setdefault(walk.section(part), []).extend(walk.lines(part))
    return tuple(
        line.model_copy(update={"section": section})
        for section, lines in found.items()
        for sign in _SIGNS
        for line in lines
        if line.sign == sign
    )


class _Walk:
    """Two pieces of advice side by side, as plain data by part."""

    def __init__(self, before: Advice, after: Advice) -> None:
        self.old, self.new = _said(before), _said(after)
        self._headings = after.headings
        self._titles = {case.option: case.title for advice in (before, after) for case in advice.options}

    def section(self, part: str) -> str:
        """The key of the title under which a part stands."""
        if part.startswith(_PAGE):
            key = f"plan.headings.{part.removeprefix(_PAGE)}"
            return key if key in self._headings else "plan.headings.title"
        keys = (f"{group}.{_SECTIONS.get(part, part)}" for group in ("sections", "render.sections"))
        return next((key for key in keys if key in self._headings), "render.sections.other")

    def lines(self, part: str) -> list[DiffLine]:
        """The lines of a part that differ, each once; what was told in one way is not told in another."""
        found: dict[tuple[str, ...], DiffLine] = {}
        for one in differences(self.old[part], self.new[part]):
            for line in self._told(part, one):
                found.setdefault((line.sign, line.text, line.before, line.after), line)
        return list(found.values())

    def _told(self, part: str, one: Difference) -> Iterator[DiffLine]:
        entry, *inner = one.path if one.path and one.path[0].startswith("[") else ("", *one.path)
        named = [name for name in inner if not name.startswith("[")]
        hidden = bool(_DETAIL & {part, *named}) or (one.moved and part in _FOLLOWS)
        about, field = self._about(part, entry), " ".join(named) or ("order" if one.moved else part.removeprefix(_PAGE))
        sides = None if one.moved else self._sides(part, entry, inner, one)
        if sides is None:
            yield DiffLine(
                section="", sign="changed", text=about, field=field, before=self._value(one.before),
                after=self._value(one.after), detail=hidden,
            )  # fmt: skip
            return
        whole = len(inner) < 2 and (not inner or inner[0] == "text" or part in _LINES)
        lead = "" if whole or not about else f"{about}, {field.replace('_', ' ')}: "
        for sign, texts in zip(_SIGNS, sides, strict=False):
            for text in texts:
                yield DiffLine(section="", sign=sign, text=f"{lead}{text}", detail=hidden)

    def _sides(
        self, part: str, entry: str, inner: list[str], one: Difference
    ) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The lines that are there on one side alone; None when something of a line that both have has changed."""
        if _is_entry(one.before) and _is_entry(one.after):
            return self._line(part, one.before, inner), self._line(part, one.after, inner)
        if part in _LINES and entry and f"{{{'.'.join(inner)}}}" in _LINES[part]:
            whole = (self._line(part, _entry(side[part], entry), []) for side in (self.old, self.new))
            return next(whole), next(whole)
        if self._is_prose(one.before) and self._is_prose(one.after):
            before, after = (_sentences(side) for side in (one.before, one.after))
            gone, new = ([t for t in a if t not in b] for a, b in ((before, after), (after, before)))
            if gone or new:  # else they differ in order alone
                return tuple(gone), tuple(new)
        return None

    def _is_prose(self, value: Any) -> bool:
        """Whether it is sentences, or none; a title that stands for an option is none."""
        return all(" " in one and one not in self._titles.values() for one in _sentences(value))

    def _line(self, part: str, entry: Any, inner: list[str]) -> tuple[str, ...]:
        """An entry as one line; none where there is none."""
        if not isinstance(entry, dict):
            return ()
        if part in _LINES and not inner:
            return (_LINES[part].format_map(entry),)
        if isinstance(entry.get("text"), str):
            return (entry["text"],)
        return (", ".join(self._value(one) for key, one in entry.items() if key not in _DETAIL and one),)

    def _about(self, part: str, entry: str) -> str:
        """What an entry of a part is called: its title, or else its name."""
        found = _entry(self.new[part], entry) or _entry(self.old[part], entry)
        name = entry[1:-1]
        return str(found.get("title", name)) if isinstance(found, dict) else name

    def _value(self, value: Any) -> str:
        if value is ABSENT or value is None or value == [] or value == "":
            return "none"
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, list):
            return ", ".join(self._value(one) for one in value)
        if isinstance(value, dict):
            return ", ".join(f"{self._value(key)} {self._value(one)}" for key, one in value.items())
        if isinstance(value, int):
            return f"{value:,}"
        text = str(value)
        return self._titles.get(text, text.replace("_", " ") if _WORD.fullmatch(text) else text)


def _said(advice: Advice) -> dict[str, Any]:
    """What the advice says, as plain data by part, and how the options came out."""
    parts = advice.model_dump(mode="json", by_alias=True, exclude={*NOT_SAID, "plan"})
    page = advice.plan.model_dump(mode="json")
    page["other"] = [page["other"]] if page["other"] else []
    named = {_PAGE + part: said for part, said in page.items()}
    return {**named, **parts, "contest": {"ranking": list(advice.trace.contest.order)}}


def _entry(entries: Any, name: str) -> Any:
    """The entry of a list under its name in a path; None when there is none."""
    found = differences([], entries) if name and isinstance(entries, list) else ()
    return next((one.after for one in found if one.path == (name,)), None)


def _is_entry(value: Any) -> bool:
    """Whether it is an entry of a list, or the lack of one."""
    return value is ABSENT or isinstance(value, dict)


def _sentences(value: Any) -> list[str]:
    if value is ABSENT or value in (None, ""):
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
