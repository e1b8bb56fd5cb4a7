"""Tells in plain words which questions were not asked, and why."""

from __future__ import annotations

from advisor.interview.session import Interview
from advisor.model.ledger import LedgerEntry
from advisor.terminal import messages

OTHERS = "another_page"
"""What became of the questions that are only counted."""


def ledger_words(session: Interview) -> str:
    """The questions without an answer under the reason why, with the answers that took them off the path."""
    groups: dict[str, list[str]] = {}
    entries = session.ledger().entries
    others = sum(entry.what == OTHERS for entry in entries)
    for what in (what for what in messages.LEDGER if what != OTHERS):
        for entry in entries:
            if entry.what == what:
                text = session.questionnaire.question(entry.question).text
                groups.setdefault(_heading(session, entry), []).append(f"- {text}")
    told = ["\n".join([heading, *lines]) for heading, lines in groups.items()]
    told += [messages.LEDGER[OTHERS].format(count=others)] if others else []
    return "\n\n".join(told) or messages.SKIPPED_NONE


def _heading(session: Interview, entry: LedgerEntry) -> str:
    pairs = ((session.questionnaire.question(name), session.answers.get(name)) for name in entry.because)
    said = [messages.answer_words(question, answer) for question, answer in pairs if answer is not None]
    if not said or entry.what not in messages.LEDGER_BECAUSE:
        return messages.LEDGER[entry.what]
    return messages.LEDGER_BECAUSE[entry.what].format(answers="”, “".join(said))
