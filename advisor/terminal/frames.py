"""The lines of one screen of the rich interview, fitted to a width and a height; no terminal in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from advisor.terminal import messages
from advisor.terminal.choice_list import ChoiceList, Row
from advisor.terminal.device import wrap

Line: TypeAlias = tuple[str, str]
"""A style class and the text of one line."""

_NOTE = " " * 6
_LEAST_ROOM = 3
_NAMED = 5
_QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Size:
    """The columns and rows to fill."""

    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Lines to show, and which of them the cursor is on."""

    lines: tuple[Line, ...]
    cursor: int


def paragraphs(style: str, text: str, size: Size) -> list[Line]:
    """A text in lines of one style."""
    return [(style, line) for line in wrap(text, size.columns)]


def list_frame(head: Sequence[Line], choices: ChoiceList, keys: Sequence[str], size: Size) -> Frame:
    """A question or menu with its list: the head, the part of the list around the cursor, a message, and the keys.

    In a low window the empty lines go first, then the keys and all of the head but the question, and at last the rows
    that stand apart join the list; the question and the row that is on stay.
    """
    visible = choices.visible()
    apart = [i for i in visible if choices.rows[i].apart]
    rows = [line for i in apart for line in _row(choices, i, size)]
    state = _state(choices, size)
    full = ([*head], [*([("", "")] if rows else []), *rows, *state, *key_lines(keys, size)])
    question = [line for line in head if line[0] == _QUESTION] or _bare(head)
    for top, foot in (full, (_bare(full[0]), _bare(full[1])), (question, _bare([*rows, *state]))):
        if len(top) + len(foot) + _LEAST_ROOM <= size.rows:
            return _listed(top, foot, choices, [i for i in visible if i not in apart], apart, size)
    note = _bare(_note(choices.message, size))
    return _listed(question, note, choices, visible, [], size)


def _listed(
    head: Sequence[Line], foot: Sequence[Line], choices: ChoiceList, places: list[int], apart: list[int], size: Size
) -> Frame:
    """The rows at `places` as a list between head and foot; those `apart` stand in the foot already."""
    shown, at = _window(choices, places, size, max(_LEAST_ROOM, size.rows - len(head) - len(foot)))
    if choices.cursor in apart:
        blank = int(bool(foot) and foot[0] == ("", ""))
        at = len(shown) + blank + sum(len(_row(choices, i, size)) for i in apart if i < choices.cursor)
    return _cut([*head, *shown, *foot], len(head) + at, size)


def _bare(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line[1]]


def rows_frame(rows: Sequence[Row], at: int | None, message: str, keys: Sequence[str], size: Size) -> Frame:
    """What stands below a line of input: rows to pick instead, the one `at` marked, then a message and the keys."""
    lines: list[Line] = [("", "")] if rows else []
    for place, row in enumerate(rows):
        lines += _marked(row.label, "(x)" if place == at else "( )", here=place == at, size=size)
    return Frame((*lines, *_note(message, size), *key_lines(keys, size)), 0)


def help_frame(text: str, offset: int, size: Size) -> Frame:
    """Help from line `offset` on, as much as fits."""
    lines = paragraphs("", text, size)
    end = offset + _help_room(size)
    more = [("keys", messages.HELP_MORE)] if end < len(lines) else []
    return _cut([*lines[offset:end], ("", ""), *more, *paragraphs("keys", messages.HELP_CLOSE, size)], 0, size)


def last_offset(text: str, size: Size) -> int:
    """The line from which the rest of a help text fits."""
    return max(0, len(paragraphs("", text, size)) - _help_room(size))


def key_lines(keys: Sequence[str], size: Size) -> list[Line]:
    """What the keys do, in words."""
    return [("", ""), *paragraphs("keys", ". ".join(keys) + ".", size)]


def _row(choices: ChoiceList, place: int, size: Size) -> list[Line]:
    row, here = choices.rows[place], place == choices.cursor
    if choices.several and not row.apart:
        mark = "[x]" if row.id in choices.ticked else "[ ]"
    elif choices.several:
        mark = "(x)" if row.id in choices.ticked else "( )"
    else:
        mark = "(x)" if here else "( )"
    earlier = not choices.several and row.id in choices.earlier
    label = f"{row.label} {messages.EARLIER}" if earlier else row.label
    lines = _marked(label, mark, here=here, size=size)
    return lines + [("", line) for line in wrap(row.note, size.columns, _NOTE)] if row.note else lines


def _marked(label: str, mark: str, *, here: bool, size: Size) -> list[Line]:
    opening = f"{'>' if here else ' '} {mark} "
    return [("here" if here else "", line) for line in wrap(label, size.columns, opening, _NOTE)]


def _window(choices: ChoiceList, places: list[int], size: Size, room: int) -> tuple[list[Line], int]:
    """The lines of the rows at `places` that fit in `room`, and which of them the cursor is on."""
    blocks = [_row(choices, i, size) for i in places]
    lines = [line for block in blocks for line in block]
    owners = [n for n, block in enumerate(blocks) for _ in block]
    here = places.index(choices.cursor) if choices.cursor in places else len(places) - 1
    first = owners.index(here) if owners else 0
    if len(lines) <= room:
        return lines, first
    height = max(1, room - 2)
    start = max(0, min(first - height // 2, len(lines) - height))
    end = start + height
    above, below = owners[start], len(blocks) - 1 - owners[end - 1]
    top = messages.ABOVE.format(count=above) if above else messages.TOP
    bottom = messages.BELOW.format(count=below) if below else messages.BOTTOM
    return [("keys", f"  {top}"), *lines[start:end], ("keys", f"  {bottom}")], first - start + 1


def _state(choices: ChoiceList, size: Size) -> list[Line]:
    """What is ticked, what the list is filtered by, and the message."""
    lines: list[Line] = []
    if choices.several:
        lines += [("", ""), *paragraphs("", _ticked(choices.ticked_labels()), size)]
    if choices.typed:
        lines += [("", ""), *paragraphs("", messages.FILTER.format(typed=choices.typed), size)]
    return lines + _note(choices.message, size)


def _ticked(labels: Sequence[str]) -> str:
    if not labels:
        return messages.TICKED_NONE
    named = list(labels[:_NAMED])
    if len(labels) > _NAMED:
        named.append(messages.TICKED_MORE.format(count=len(labels) - _NAMED))
    return messages.TICKED.format(labels="; ".join(named))


def _note(message: str, size: Size) -> list[Line]:
    return [("", ""), *paragraphs("note", messages.NOTE.format(note=message), size)] if message else []


def _help_room(size: Size) -> int:
    return max(_LEAST_ROOM, size.rows - 4)


def _cut(lines: list[Line], cursor: int, size: Size) -> Frame:
    """Drop lines from the top when there are more than the screen has, so that the list stays in sight."""
    over = max(0, len(lines) - size.rows)
    return Frame(tuple(lines[over:]), max(0, cursor - over))
