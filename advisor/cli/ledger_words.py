"""Tells in plain words which questions were not asked, and why."""

from __future__ import annotations

from advisor.cli import messages
from advisor.interview.session import Interview
from advisor.model.ledger import Entry


def ledger_words(session: Interview) -> str:
    """The questions without an answer, under the reason why, with the answers that took them off the path."""
    entries = session.ledger().entries
    parts: list[str] = []
    for what, heading in messages.LEDGER.items():
        lines = [_line(session, entry) for entry in entries if entry.what == what]
        if lines:
            parts.append("\n".join([heading, *lines]))
    return "\n\n".join(parts) or messages.SKIPPED_NONE


def _line(session: Interview, entry: Entry) -> str:
    question = session.questionnaire.question(entry.question)
    if entry.what not in ("does_not_apply", "not_known_to_apply"):
        return messages.LEDGER_LINE.format(question=question.text)
    said = []
    for name in entry.because:
        answer = session.answers.get(name)
        if answer is not None:
            said.append(messages.answer_words(session.questionnaire.question(name), answer))
    if not said:
        return messages.LEDGER_LINE.format(question=question.text)
    return messages.LEDGER_BECAUSE.format(question=question.text, answers="; ".join(said))
