"""Understands what was typed to pick from a numbered list: numbers, labels, or the start of a label."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Protocol

from advisor.model.safe_text import one_line, shown
from advisor.terminal import messages

_SHORTEST_START = 2  # characters of a label; one letter alone is a command at a question


class Named(Protocol):
    """Something with an id and a label: a choice, or a line of a menu."""

    @property
    def id(self) -> str:
        """What the program calls it."""

    @property
    def label(self) -> str:
        """What the user reads."""


class NoSuchChoice(ValueError):
    """What was typed fits nothing in the list; the text says so and names what is near."""


def read_one(word: str, choices: Sequence[Named], *, shortest: int = _SHORTEST_START) -> str:
    """The id meant by a number, a label, an id, or the start of just one label. Raises NoSuchChoice."""
    found = _exact(word, choices)
    if found is not None:
        return found
    if word.isascii() and word.isdigit():
        if len(word) < 9 and 1 <= int(word) <= len(choices):
            return choices[int(word) - 1].id
        raise NoSuchChoice(messages.PLAIN_NO_NUMBER.format(word=shown(word), last=len(choices)))
    starting = [choice for choice in choices if choice.label.casefold().startswith(word.casefold())]
    if len(word) >= shortest and len(starting) == 1:
        return starting[0].id
    if len(word) >= shortest and starting:
        raise NoSuchChoice(messages.PLAIN_AMBIGUOUS.format(word=shown(word), choices=_numbered(starting[:4], choices)))
    raise NoSuchChoice(_not_listed(word, choices))


def read_several(line: str, choices: Sequence[Named]) -> tuple[str, ...]:
    """The ids meant by a line such as `1, 3` or `1 3` or labels with commas, each once. Raises NoSuchChoice."""
    whole = _exact(line, choices)
    if whole is not None:
        return (whole,)
    words: list[str] = []
    for piece in (piece.strip() for piece in line.split(",")):
        numbers = piece.split()
        words += numbers if all(number.isdigit() for number in numbers) else [piece]
    if not words:
        raise NoSuchChoice(messages.PLAIN_EMPTY)
    return tuple(dict.fromkeys(read_one(word, choices) for word in words))


def fitting(typed: str, choices: Sequence[Named]) -> list[int]:
    """The places of the choices that fit what was typed: those of which a word begins so; if none does, those that have
    it anywhere, or else all its words in any order."""
    wanted = typed.casefold()
    labels = [choice.label.casefold() for choice in choices]
    begun = [i for i, label in enumerate(labels) if f" {wanted}" in f" {label}".replace("(", " ")]
    words = wanted.replace(",", " ").split()
    return (
        begun
        or [i for i, label in enumerate(labels) if wanted in label]
        or [i for i, label in enumerate(labels) if words and all(word in label for word in words)]
    )


def _exact(word: str, choices: Sequence[Named]) -> str | None:
    wanted = word.casefold()
    by_label = (choice.id for choice in choices if choice.label.casefold() == wanted)
    by_id = (choice.id for choice in choices if choice.id == wanted)
    return next(by_label, None) or next(by_id, None)


def _not_listed(word: str, choices: Sequence[Named]) -> str:
    labels = {choice.label.casefold(): choice for choice in choices}
    near = [labels[label] for label in get_close_matches(word.casefold(), list(labels), n=3, cutoff=0.5)]
    near = near or [choice for choice in choices if len(word) > 1 and word.casefold() in choice.label.casefold()][:3]
    message = messages.PLAIN_NO_CHOICE.format(word=one_line(shown(word)))
    return f"{message} {messages.PLAIN_NEAREST.format(choices=_numbered(near, choices))}" if near else message


def _numbered(some: Sequence[Named], choices: Sequence[Named]) -> str:
    ids = [choice.id for choice in choices]
    return "; ".join(f"{ids.index(choice.id) + 1}. {choice.label}" for choice in some)
