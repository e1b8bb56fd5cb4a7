"""Says during an interview what is settled, and offers to stop once nothing that remains can change the outcome."""

from __future__ import annotations

from advisor.cli import messages
from advisor.interview.asker import Asker, Menu, Move, Option
from advisor.interview.guide import Settled
from advisor.interview.session import Interview

ADVICE, GO_ON = "advice", "on"


class Settling:
    """Remembers what was said, so that it is said once; the offer comes again when an edit unsettled the outcome."""

    def __init__(self) -> None:
        self._noted = self._offered = False

    def offer(self, session: Interview, asker: Asker) -> str | Move:
        """ADVICE to stop asking, GO_ON to go on (also when there is nothing to offer), or how the user left."""
        if not len(session.answers) or session.current is None:
            return GO_ON
        if not session.settled.may_stop:
            self._offered = False
            self._note(session, asker)
            return GO_ON
        if self._offered:
            return GO_ON
        self._noted = self._offered = True
        options = (
            Option(ADVICE, messages.SETTLED_ADVICE),
            Option(GO_ON, messages.SETTLED_GO_ON.format(left=session.remaining)),
        )
        words = messages.settled_words(session.remaining, session.unsettling)
        return asker.choose(Menu(words, options, ADVICE))

    def _note(self, session: Interview, asker: Asker) -> None:
        if session.settled is Settled.MAIN and not self._noted:
            self._noted = True
            asker.tell(messages.MAIN_SETTLED)
