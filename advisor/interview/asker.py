"""What an interview needs from whoever puts the questions to the user."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeAlias

from advisor.model.answers import Answer, Raw
from advisor.model.questionnaire import Question


class Move(Enum):
    """What the user did instead of answering."""

    BACK = "back"
    REVIEW = "review"
    STOP = "stop"
    END = "end"
    """The input ended: there is nobody left to ask."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What the user answered; it fits the question."""

    raw: Raw


@dataclass(frozen=True, slots=True)
class QuestionPlace:
    """Where the question stands: its section's title, its place, and how many are left, this one included.

    `left` is None while an answer can still add questions. `mattering` are those of them that can still change the
    outcome; None when that is not known. `heading` is said instead of all this, if there is one.
    """

    section: str
    position: int
    left: int | None
    can_go_back: bool
    can_review: bool
    mattering: int | None = None
    heading: str = ""


@dataclass(frozen=True, slots=True)
class MenuLine:
    """One line of a menu; `note` is a second line below the label."""

    id: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A choice that is no question of the questionnaire; `default` is the option to start on."""

    text: str
    options: tuple[MenuLine, ...]
    default: str = ""
    can_go_back: bool = False


Outcome: TypeAlias = GivenAnswer | Move


class Asker(Protocol):
    """Puts questions and menus to the user and tells them things. Help is the asker's own affair."""

    def ask(self, question: Question, preselected: Answer | None, progress: QuestionPlace) -> Outcome:
        """Put a question, with the earlier answer ready to be taken again; returns only answers that fit it."""

    def choose(self, menu: Menu) -> str | Move:
        """The id of the option picked, Move.STOP or Move.END; Move.BACK only where the menu allows it."""

    def line(self, text: str, default: str) -> str | Move:
        """One line of text, `default` ready to be taken; never empty."""

    def tell(self, text: str) -> None:
        """Show a paragraph, or several with empty lines between them."""
