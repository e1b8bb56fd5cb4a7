"""A letter as plain text, to read, print or paste, and as an email draft that mail programs open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from email.policy import SMTP

from advisor.model.handouts import ENTRY, Letter
from advisor.model.words import Words, clean
from advisor.rendering.wrap import wrapped

WIDTH = 76
"""Columns of the text."""


def letter_text(letter: Letter, headings: Mapping[str, str]) -> str:
    """The letter as lines of at most 76 columns: whom it is for, how and about what, that it is a draft, its words."""
    words = Words(headings)
    head = (
        words("letters.to", to=letter.to),
        words("letters.by", by=words(f"letters.form.{letter.form}")),
        words("letters.subject", subject=letter.subject),
    )
    lines = [line for text in head for line in wrapped(clean(text), WIDTH, "", "  ")]
    for block in _blocks((words("letters.draft"), *letter.paragraphs)):
        lines.append("")
        for paragraph in block:
            lines += wrapped(paragraph, WIDTH, "", " " * len(ENTRY) if paragraph.startswith(ENTRY) else "")
    return "\n".join(lines) + "\n"


def letter_email(letter: Letter, headings: Mapping[str, str]) -> bytes:
    """The letter as a mail file (.eml) that opens as a draft to nobody: with its subject, and without a day. That it is
    a draft stands in a header, since what stands in its text might be sent along."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = clean(letter.subject)
    message["X-Unsent"] = "1"
    message["Comments"] = clean(Words(headings)("letters.draft"))
    blocks = _blocks(letter.paragraphs)
    text = "\n\n".join("\n".join(block) for block in blocks)
    message.set_content(text + "\n", charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def _blocks(paragraphs: tuple[str, ...]) -> Iterator[list[str]]:
    """The paragraphs, each cleaned; the entries of a list are together."""
    block: list[str] = []
    for paragraph in map(clean, paragraphs):
        if block and not (paragraph.startswith(ENTRY) and block[-1].startswith(ENTRY)):
            yield block
            block = []
        block.append(paragraph)
    if block:
        yield block
