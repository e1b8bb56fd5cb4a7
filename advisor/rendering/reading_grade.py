"""How hard a text is to read: its Flesch-Kincaid grade."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"[.!?:]+(?:\s|$)")
_WORD = re.compile(r"[A-Za-z][A-Za-z']*|\d[\d,.]*")
_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels that are two syllables, as in "client", "serious", "area", "doing", "payer" and "create".
_SPOKEN_APART = re.compile(
    r"(?<![ctsxg])i(?:a|o|u)|(?:cl|qu|sc|d|pl)ie[nt]|(?<=[aeiou][^aeiou])ea$|[aeiou]ing|[aeo]yer|creat"
)
_SILENT_END = re.compile(r"(?<![aeiouy])(?:e|es|ed)$")
_HEARD_END = re.compile(r"(?:[^aeiouyl]le|[^aeiouyl]les|[td]ed|[sxz]es|[cs]hes|[cg]es)$")
_SILENT_INSIDE = re.compile(r"^(?:some|there|where|care|home)(?=[bcdfghjklmnpqrstvwxyz])")


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text: 0.39 words per sentence + 11.8 syllables per word - 15.59.

    The text has at least one word. The formula is from J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom,
    "Derivation of New Readability Formulas", Research Branch Report 8-75, Naval Technical Training Command, 1975.
    """
    words = _WORD.findall(text)
    sentences = max(1, sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """How many syllables a word has, near enough: its groups of vowels, less silent ones. A number counts as one, an
    abbreviation of up to four letters as its letters."""
    if word[0].isdigit():
        return 1
    if word.isupper() and 1 < len(word) < 5:
        return len(word)
    lower = word.lower().replace("'", "")
    count = len(_VOWELS.findall(lower)) + len(_SPOKEN_APART.findall(lower)) - len(_SILENT_INSIDE.findall(lower))
    if _SILENT_END.search(lower) and not _HEARD_END.search(lower):
        count -= 1
    return max(1, count)
