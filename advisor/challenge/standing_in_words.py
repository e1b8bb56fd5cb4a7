"""Puts in words what is settled, what is still possible, and which open questions can change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from advisor.challenge.wording import ChallengeWords
from advisor.model.answers import Answers, applying, knowledge_of
from advisor.model.proofs import OpenQuestion, Settled, Standing
from advisor.proving.next_question import Ahead
from advisor.proving.outlook import ADD_ONS, OPTION, RANKING, STEPS, WARNINGS, Outlook

Part: TypeAlias = Literal["option", "add_ons", "red_flags", "steps", "ranking"]

_ATOMS: Mapping[Part, tuple[str, ...]] = {
    "option": OPTION, "add_ons": ADD_ONS, "red_flags": WARNINGS, "steps": STEPS, "ranking": RANKING,
}  # fmt: skip


def standing_said(words: ChallengeWords, ahead: Ahead, answers: Answers) -> Standing:
    """What lies ahead after some answers, in words."""
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
        hanging=tuple(_hanging(words, ahead, answers)),
        text=_text(words, ahead),
    )


def _hanging(words: ChallengeWords, ahead: Ahead, answers: Answers) -> Iterator[OpenQuestion]:
    known = knowledge_of(applying(answers, words.questionnaire)[0], words.questionnaire)
    for name in (*ahead.deciding, *ahead.detail):
        question = words.questionnaire.question(name)
        if question.when.truth(known) is not True:
            yield OpenQuestion(question=name, text=question.text)


def _text(words: ChallengeWords, ahead: Ahead) -> str:
    if ahead.outlook.all_settled:
        return words("standing.all")
    count = len(ahead.deciding)
    return words("standing.open_one" if count == 1 else "standing.open", count=count)


def _part(words: ChallengeWords, found: Outlook, part: Part, atoms: tuple[str, ...]) -> Settled:
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
