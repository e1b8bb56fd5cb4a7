"""A letter reads as plain text within its columns, and as a mail draft that is addressed to nobody."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from hypothesis import given
from hypothesis import strategies as st

from advisor.model.handouts import Letter
from advisor.rendering.letter_text import WIDTH, letter_email, letter_text
from advisor.rendering.wrap import columns
from tests.unit.rendering.an_advice import headings

HEADINGS = headings()
LETTER = Letter(
    name="1-email-to-the-plan",
    form="email",
    to="the plan",
    subject="My start date",
    paragraphs=("Hello,", "Please write me:", "- Who decides?", "- By when, and " + "so " * 40 + "on?", "Thank you,"),
    blanks=0,
    rules=("R1",),
    claims=(),
    sources=(),
)
ANYTHING = st.text(max_size=60)


def changed(**changes: object) -> Letter:
    return LETTER.model_copy(update=changes)


def parsed(letter: Letter) -> EmailMessage:
    message = email.message_from_bytes(letter_email(letter, HEADINGS), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_text_says_whom_how_and_about_what_and_that_it_is_a_draft() -> None:
    lines = letter_text(LETTER, HEADINGS).splitlines()
    assert lines[:5] == ["To: the plan", "By: email", "Subject: My start date", "", HEADINGS["letters.draft"]]


def test_paragraphs_stand_apart_and_the_entries_of_a_list_together() -> None:
    text = letter_text(LETTER, HEADINGS)
    assert "\n\nHello,\n\nPlease write me:\n\n- Who decides?\n- By when, and so" in text
    assert text.endswith("on?\n\nThank you,\n")


def test_long_entries_go_on_under_their_first_word() -> None:
    lines = letter_text(LETTER, HEADINGS).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("- By when"))
    assert lines[start + 1].startswith("  so ")


@given(to=ANYTHING, subject=ANYTHING, text=ANYTHING)
def test_no_line_is_longer_than_the_page_or_could_steer_a_terminal(to: str, subject: str, text: str) -> None:
    shown = letter_text(changed(to=to, subject=subject, paragraphs=(text, f"- {text}")), HEADINGS)
    for line in shown.splitlines():
        assert columns(line) <= WIDTH or "://" in line
    assert shown.replace("\n", "").isprintable()


def test_the_mail_opens_as_a_draft_to_nobody_without_a_day() -> None:
    message = parsed(LETTER)
    assert set(message.keys()) == {
        "Subject", "X-Unsent", "Comments", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"
    }  # fmt: skip
    assert (message["Subject"], message["X-Unsent"]) == ("My start date", "1")
    assert HEADINGS["letters.draft"] == message["Comments"]
    assert HEADINGS["letters.draft"] not in message.get_content()
    assert (message.get_content_type(), message.get_content_charset()) == ("text/plain", "utf-8")


def test_the_mail_holds_every_paragraph_whole() -> None:
    content = parsed(LETTER).get_content()
    assert all(" ".join(paragraph.split()) in content for paragraph in LETTER.paragraphs)


def test_lines_of_the_mail_end_as_mail_programs_want_them() -> None:
    raw = letter_email(changed(paragraphs=("Caf\u00e9 \u4e2d\u6587 " * 40,)), HEADINGS)
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert raw.isascii()
    assert max(map(len, raw.splitlines())) <= 78


def test_a_name_with_line_breaks_adds_no_header() -> None:
    hostile = "A plan\r\nBcc: thief@example.com\n\nNew body\x00\u2028X: y"
    message = parsed(changed(subject=hostile, to=hostile, paragraphs=(hostile,)))
    assert message["Bcc"] is None
    assert message["X"] is None
    assert message["Subject"] == "A plan Bcc: thief@example.com New body? X: y"


@given(subject=ANYTHING, text=ANYTHING)
def test_any_text_comes_back_from_the_mail_and_adds_nothing_to_its_head(subject: str, text: str) -> None:
    message = parsed(changed(subject=subject, paragraphs=(text,)))
    assert len(message.keys()) == 6
    assert message["To"] is None
    words = "".join(c if c.isprintable() else " " if c.isspace() else "?" for c in text).split()
    assert message.get_content().split()[-len(words) :] == words or not words


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert letter_email(LETTER, HEADINGS) == letter_email(LETTER.model_copy(), HEADINGS)
