"""Answers what can be asked about one piece of advice, as text for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from advisor.advice import Advisor
from advisor.interview.asker import MenuLine
from advisor.model.advice import Advice
from advisor.model.answers import Answers
from advisor.rendering import RENDERER_BY_NAME
from advisor.rendering.changes_text import render_changes, render_what_if
from advisor.rendering.why_not_text import render_why_not
from advisor.rendering.why_text import render_why
from advisor.terminal import messages

_LONGEST = 150  # characters of a line in a list to pick from


class AdviceWanted(Protocol):
    """What the menu after the advice asks for; all texts end with a line break."""

    def short(self, answers: Answers) -> str:
        """The plan page."""

    def full(self, answers: Answers) -> str:
        """All of the advice."""

    def keep(self, answers: Answers, folder: Path, replace: bool) -> str:
        """Keep the plan and all that goes with it, as `keep_at` does, and say what was written."""

    def parts(self, answers: Answers) -> tuple[MenuLine, ...]:
        """The parts of the advice that can be asked about, by their ids."""

    def others(self, answers: Answers) -> tuple[MenuLine, ...]:
        """The options that are not part of the advice."""

    def why(self, answers: Answers, item: str) -> str:
        """What a part rests on."""

    def why_not(self, answers: Answers, item: str) -> str:
        """What speaks against an option, and the least that would bring it about."""

    def changes(self, answers: Answers) -> str:
        """The smallest changes that lead to another option."""

    def what_if(self, answers: Answers, now: Answers) -> str:
        """The lines of advice that differ when the answers are `now`."""


class AdviceDesk:
    """What an advisor gives, which is waited for when it is wanted.

    `advise` gives the advice, and is asked again only for other answers. With `plain`, charts are sentences.
    """

    def __init__(
        self,
        advisor: Callable[[], Advisor],
        width: Callable[[], int],
        advise: Callable[[Answers], Advice],
        *,
        plain: bool = False,
    ) -> None:
        self._get, self._width, self._advise, self._plain = advisor, width, advise, plain
        self._latest: tuple[Answers, Advice] | None = None

    def short(self, answers: Answers) -> str:
        """The plan page. Raises ProofError when the two engines disagree; so do the others."""
        return RENDERER_BY_NAME["text"](self._advice(answers), self._width(), False)

    def full(self, answers: Answers) -> str:
        """All of the advice."""
        from advisor.handouts.charts import charts

        advice = self._advice(answers)
        drawn = charts(advice, self._advisor.rulebase)
        return RENDERER_BY_NAME["text"](advice, self._width(), True, drawn, plain=self._plain)

    def keep(self, answers: Answers, folder: Path, replace: bool) -> str:
        """Keep the plan and all that goes with it. Raises DataError and click.ClickException, as `keep_at` does."""
        from advisor.terminal.kept_folder import keep_at

        return keep_at(self._advisor, self._advice(answers), answers, folder, replace)

    def parts(self, answers: Answers) -> tuple[MenuLine, ...]:
        """The recommended option and its add-ons, then the parts of the plan page in its order, by their ids."""
        found: dict[str, MenuLine] = {}
        for item, words, text in _parts(self._advice(answers)):
            found.setdefault(item, MenuLine(item, words.format(text=_shortened(text))))
        return tuple(found.values())

    def others(self, answers: Answers) -> tuple[MenuLine, ...]:
        """The options and add-ons that are not part of the advice, the nearest first."""
        advice = self._advice(answers)
        inside = (advice.recommendation.option, *advice.recommendation.add_ons)
        return tuple(MenuLine(case.option, case.title) for case in advice.options if case.option not in inside)

    def why(self, answers: Answers, item: str) -> str:
        """What a part rests on, in the rules' own sentences."""
        found = self._advisor.challenger.why(self._advice(answers).trace, item)
        return render_why(found, self._advisor.rulebase.wording, self._width())

    def why_not(self, answers: Answers, item: str) -> str:
        """What speaks against an option, with the cheapest repair."""
        found = self._advisor.challenger.why_not(answers, self._advice(answers).trace, item)
        return render_why_not(found, self._advisor.rulebase.wording, self._width())

    def changes(self, answers: Answers) -> str:
        """The smallest changes that lead to another main option."""
        found = self._advisor.challenger.changes(answers, self._advice(answers).trace)
        return render_changes(found, self._advisor.rulebase.wording, self._width())

    def what_if(self, answers: Answers, now: Answers) -> str:
        """The lines of advice that differ."""
        found = self._advisor.challenger.what_if(answers, now)
        return render_what_if(found, self._advisor.rulebase.wording, self._width())

    @property
    def _advisor(self) -> Advisor:
        return self._get()

    def _advice(self, answers: Answers) -> Advice:
        if self._latest is None or self._latest[0] != answers:
            self._latest = (answers, self._advise(answers))
        return self._latest[1]


def _parts(advice: Advice) -> Iterator[tuple[str, str, str]]:
    said = advice.recommendation
    titles = {case.option: case.title for case in advice.options}
    yield said.option, messages.ITEM_OPTION, titles[said.option]
    yield from ((add_on, messages.ITEM_ADD_ON, titles[add_on]) for add_on in said.add_ons)
    page = advice.plan
    yield from ((rule, messages.ITEM_ANSWER, page.answer.text) for rule in page.answer.rules[:1])
    lines = (
        (messages.ITEM_STOP, page.stops), (messages.ITEM_REPLY, page.replies), (messages.ITEM_REASON, page.reasons),
        (messages.ITEM_WATCH, page.watch), (messages.ITEM_NUMBER, page.numbers),
        (messages.ITEM_FIND_OUT, page.find_out), (messages.ITEM_SAY, page.scripts),
    )  # fmt: skip
    yield from ((row.rule, messages.ITEM_STEP, row.do) for row in page.rows if row.shown)
    yield from ((line.rule, words, line.text) for words, said in lines for line in said)


def _shortened(text: str) -> str:
    """The first sentence of a text, or as much as fits a list."""
    first = text.split(". ")[0].rstrip(".")
    if len(first) <= _LONGEST:
        return first
    return first[:_LONGEST].rsplit(" ", 1)[0] + " ..."
