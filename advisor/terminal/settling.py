"""Says during an interview what is settled, and offers to stop once nothing that remains can change the outcome."""

from __future__ import annotations

from advisor.interview.asker import Asker, Menu, MenuLine, Move
from advisor.interview.guide import HowSettled
from advisor.interview.session import Interview
from advisor.terminal import messages

ADVICE, GO_ON = "advice", "on"

MAIN_SETTLED = "The main advice is settled. The questions left can still add warnings, steps or what goes with it."
SETTLED = (
    "Your advice is settled. {left}\nWe checked every possible answer. {these} cannot change which option we suggest, "
    "what goes with it, the warnings, or which steps you should take.\n{open}"
)
SETTLED_ASKED = (
    "{left}\nWe checked every possible answer. {these} cannot change which option we suggest, what goes with it, the "
    "warnings, or which steps you should take.\n{unsettling}\n{open}"
)
SETTLED_OPEN = (
    "Still open: amounts and names in the text that hang on what is left, how sure we are, which choice we name "
    "second, and the order of the options."
)
UNSETTLING = (
    "This holds for what you told us. Another answer to one of {count} questions that you were not sure of, skipped or "
    "were not asked could change it. The advice names them."
)
UNSETTLING_ONE = (
    "This holds for what you told us. Another answer to one question that you were not sure of, skipped or were not "
    "asked could change it. The advice names it."
)
SETTLED_LEFT = "At most {left} questions are left. None of them can change your advice."
SETTLED_LEFT_ONE = "At most one question is left. It cannot change your advice."


class Settling:
    """Remembers what was said, so that it is said once; the offer comes again when an edit unsettled the outcome."""

    def __init__(self) -> None:
        self._noted = self._offered = False

    def offer(self, session: Interview, asker: Asker) -> str | Move:
        """ADVICE to stop asking, GO_ON to go on (also when there is nothing to offer), or how the user left."""
        left = session.remaining
        if not len(session.answers) or session.current is None or left is None:
            return GO_ON
        if not session.settled.may_stop:
            self._offered = False
            self._note(session, asker)
            return GO_ON
        if self._offered:
            return GO_ON
        self._noted = self._offered = True
        options = (
            MenuLine(ADVICE, messages.SETTLED_ADVICE),
            MenuLine(GO_ON, messages.go_on(left)),
        )
        words = settled_words(left, session.unsettling)
        return asker.choose(Menu(words, options, ADVICE))

    def _note(self, session: Interview, asker: Asker) -> None:
        if session.settled is HowSettled.MAIN and not self._noted:
            self._noted = True
            asker.tell(MAIN_SETTLED)


def settled_words(left: int, unsettling: int = 0) -> str:
    """That nothing left to ask can change the advice, and how many other open questions still can."""
    one = left == 1
    about = (SETTLED_LEFT_ONE if one else SETTLED_LEFT).format(left=left)
    others = (UNSETTLING_ONE if unsettling == 1 else UNSETTLING).format(count=unsettling)
    text = SETTLED_ASKED if unsettling else SETTLED
    return text.format(left=about, these="It" if one else "They", open=SETTLED_OPEN, unsettling=others)
