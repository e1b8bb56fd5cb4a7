"""The sentences of rules, filled with the answers."""

from __future__ import annotations

import re
from datetime import date

from advisor.verifier.canonical import Hole, Json
from advisor.verifier.derivation import Derivation

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SLOT = re.compile(r"\{([a-z][A-Za-z0-9_.]*)(?:\|([^{}]*))?\}")


class Words:
    """Fills the sentences of rules with the user's answers."""

    def __init__(self, made: Derivation) -> None:
        self.made = made
        self.phrases = made.vocabulary.phrases

    def fill(self, text: str, capital: bool = True, **slots: str) -> str:
        """A sentence with its {placeholders} filled in; one that was erased stays so."""
        if isinstance(text, Hole) or not SLOT.search(text):
            return text
        filled = SLOT.sub(lambda m: self._placed(m, slots), text)
        return filled[:1].upper() + filled[1:] if capital else filled

    def _placed(self, slot: re.Match[str], slots: dict[str, str]) -> str:
        words = str(slots[slot[1]]) if slot[1] in slots else self._slot(slot[1], slot[2])
        begins = slot.string[: slot.start()].endswith((". ", "? ", "! "))
        return words[:1].upper() + words[1:] if begins else words

    def inside(self, text: str | None) -> str:
        """The same, of words that stand inside a sentence."""
        return "" if text is None else self.fill(text, capital=False)

    def heading(self, key: str, **slots: str) -> str:
        """A standing sentence with its {placeholders} filled in."""
        return self.fill(self.made.content["advice"]["headings"][key], True, **slots)

    def _slot(self, slot: str, fallback: str | None) -> str:
        if fallback is None:
            return self.phrase(slot)
        try:
            return self.phrase(slot)
        except KeyError:
            other, bar, words = fallback.partition("|")
            return self._slot(other, words) if bar else fallback

    def phrase(self, slot: str) -> str:
        """How a fact, an option, or what was picked of several choices, reads in a sentence. Raises KeyError."""
        if slot.startswith("option."):
            return str(self.made.options[slot[len("option.") :]]["name"])
        if slot not in self.made.known.values and slot in self.made.questions:
            return self._picked(slot)
        value = self.made.known.values[slot]
        if self.phrases[slot] is not None:
            words = next(words for one, words in self.phrases[slot] if one == value and type(one) is type(value))
            return self.fill(str(words), False)
        question = self.made.questions.get(slot)
        if question is not None and question["kind"] == "date":
            return day(date.fromisoformat(value))
        return str(value) if isinstance(value, str) else f"{value:,}"

    def _picked(self, name: str) -> str:
        facts = [f"{name}.{choice['id']}" for choice in self.made.questions[name]["wording"]["choices"]]
        told = [fact for fact in facts if self.made.known.values.get(fact) is True]
        picked = [one for fact in told for one in self._apart(fact)]
        if not picked:
            raise KeyError(name)
        *most, last = picked
        return f"{', '.join(most)} and {last}" if most else last

    def _apart(self, fact: str) -> list[str]:
        """A choice in words; names that were typed with commas are several."""
        words = self.phrase(fact)
        stated = [one for _, one in self.phrases[fact] or ()]
        return [words] if words in stated else words.split(", ")


def day(when: date, near: date | None = None) -> str:
    """A date as it reads in a sentence; without its year when it is less than 300 days after `near`."""
    short = f"{MONTHS[when.month - 1]} {when.day}"
    return short if near is not None and 0 <= (when - near).days < 300 else f"{short}, {when.year}"


def citing(rule: Json) -> Json:
    """The claims and sources of a rule or a figure."""
    return {"claims": rule["claims"], "sources": rule["sources"]}
