"""Puts in words what is settled, what is still possible, and which open questions can change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from advisor.challenge.wording import Wording
from advisor.model.proofs import Settled, Standing
from advisor.proving.next_question import Ahead
from advisor.proving.outlook import RANKING, Outlook

Part: TypeAlias = Literal["option", "add_ons", "red_flags", "ranking"]

_ATOMS: Mapping[Part, tuple[str, ...]] = {
    "option": ("recommended",), "add_ons": ("added",), "red_flags": ("flag",), "ranking": RANKING,
}  # fmt: skip


def standing_said(words: Wording, ahead: Ahead) -> Standing:
    """What lies ahead, in words."""
    found = ahead.outlook
    parts = tuple(_part(words, found, part, atoms) for part, atoms in _ATOMS.items())
    possible = set(parts[0].possible)
    return Standing(
        settled=found.all_settled,
        parts=parts,
        excluded=tuple(option.id for option in words.base.main_options if option.id not in possible),
        deciding=ahead.deciding,
        detail=ahead.detail,
        idle=ahead.idle,
        text=_text(words, ahead),
    )


def _text(words: Wording, ahead: Ahead) -> str:
    if ahead.outlook.all_settled:
        return words("standing.all")
    count = len(ahead.deciding)
    return words("standing.open_one" if count == 1 else "standing.open", count=count)


def _part(words: Wording, found: Outlook, part: Part, atoms: tuple[str, ...]) -> Settled:
    certain, possible = found.names(found.certain, atoms[0]), found.names(found.possible, atoms[0])
    if part == "option":
        order = [option.id for option in words.base.main_options]
        certain, possible = (tuple(sorted(names, key=order.index)) for names in (certain, possible))
    settled = found.settled(*atoms)
    text = words(
        f"standing.{part}.{'settled' if settled else 'open'}",
        certain=" ".join(words.option(o) for o in certain) if part == "option" else "",
        possible=words.joined([words.option(o) for o in possible], "changes.or") if part == "option" else "",
    )
    return Settled(part=part, settled=settled, certain=certain, possible=possible, text=text)
