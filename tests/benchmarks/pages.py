"""How plan pages read, over the cases: `python tests/benchmarks/pages.py [every]`, of so many cases one (1: all).

Not a test: nothing fails here. An answer is visible when the page names it: a number by its figures, a date by its day,
a typed text as it is, a choice by a telling word of its label or phrase. Answers that say that there is nothing to tell
("none of these") and those that are not known are not counted, nor what was filled in from other answers.
"""

from __future__ import annotations

import datetime
import re
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from advisor.advice import default_advisor  # noqa: E402
from advisor.model.advice import Advice  # noqa: E402
from advisor.model.answers import Answer, Answers  # noqa: E402
from advisor.model.dates import day  # noqa: E402
from advisor.model.entries import own  # noqa: E402
from advisor.model.questionnaire import Question  # noqa: E402
from advisor.rendering.plan_text import render_plan  # noqa: E402
from advisor.rendering.reading_grade import grade  # noqa: E402
from tests.helpers.cases import advice_for, all_cases  # noqa: E402
from tests.helpers.people import TODAY  # noqa: E402

RUN = 8  # words that make a run
RECURS = 1 / 4  # a run is common when it stands in more of the pages than this
UNSEEN = 15  # questions whose answers are most often not visible, as named
TELLING = 4  # letters of a word that tells a choice from others
LITTLE = frozenset({
    "about", "after", "another", "before", "cannot", "client", "clients", "does", "from", "have", "into", "know",
    "known", "more", "most", "need", "none", "once", "only", "other", "plan", "plans", "same", "since", "some", "than",
    "that", "their", "them", "there", "they", "this", "what", "when", "which", "with", "without", "work", "would",
    "your", "yours",
})  # fmt: skip


@dataclass(frozen=True)
class Read:
    """What was counted on one page."""

    words: int
    lines: int
    grade: float
    common: float
    named: dict[str, bool]
    rows: int
    in_order: bool


def main() -> None:
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    cases = all_cases()[::every]
    given = [(default_advisor().checked(case.answers, TODAY), advice_for(case)) for case in cases]
    pages = [render_plan(advice, 80) for _, advice in given]
    count = Counter(run for page in pages for run in _runs(page))
    common = {run for run, number in count.items() if number > RECURS * len(pages)}
    read = [_read(answers, advice, page, common) for (answers, advice), page in zip(given, pages, strict=True)]
    print(f"{len(pages)} pages at 80 columns of the plan of cases\n")
    print("| on a page | median | lowest | highest |\n|---|---|---|---|")
    _row("words", [one.words for one in read], "{:.0f}")
    _row("lines", [one.lines for one in read], "{:.0f}")
    _row("reading grade", [one.grade for one in read], "{:.1f}")
    _row(f"{RUN}-word runs that stand in a quarter of all", [one.common for one in read], "{:.0%}")
    _row("given answers that are visible", [sum(one.named.values()) / max(1, len(one.named)) for one in read], "{:.0%}")
    _row("steps", [one.rows for one in read], "{:.0f}")
    print(f"| pages with steps in time order | {sum(one.in_order for one in read)} of {len(read)} | | |")
    unseen = Counter(name for one in read for name, seen in one.named.items() if not seen)
    asked = Counter(name for one in read for name in one.named)
    print("\nanswers that are most often not visible: ", end="")
    print(", ".join(f"{name} ({number} of {asked[name]})" for name, number in unseen.most_common(UNSEEN)))


def _row(what: str, found: list[float] | list[int], form: str) -> None:
    print(
        f"| {what} | " + " | ".join(form.format(n) for n in (statistics.median(found), min(found), max(found))) + " |"
    )


def _read(answers: Answers, advice: Advice, page: str, common: set[tuple[str, ...]]) -> Read:
    runs = _runs(page)
    told = " ".join(line.strip() for line in page.split("RESTS ON")[0].splitlines() if not line.isupper())
    due = [row.due for row in advice.plan.rows if row.due is not None]
    return Read(
        words=len(page.split()),
        lines=len(page.splitlines()),
        grade=grade(told),
        common=len(runs & common) / len(runs),
        named=_named(answers, page),
        rows=sum(line.startswith("[ ]") for line in page.splitlines()),
        in_order=due == sorted(due),
    )


def _runs(page: str) -> set[tuple[str, ...]]:
    words = page.lower().split()
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def _named(answers: Answers, page: str) -> dict[str, bool]:
    """The questions that were answered, each with whether the page names the answer."""
    questionnaire, said = default_advisor().questionnaire, " ".join(page.split()).lower()
    return {
        answer.question: any(_stands(word, said) for word in words)
        for answer in own(questionnaire, {answer.question: answer for answer in answers}).values()
        if (words := [*_words(questionnaire.question(answer.question), answer)])
    }


def _words(question: Question, answer: Answer) -> Iterator[str]:
    """What would show an answer on the page; nothing for one that tells nothing."""
    value = answer.value
    if isinstance(value, int):
        yield f"{value:,}"
    elif question.kind == "date" and isinstance(value, str) and value[:1].isdigit():
        yield day(datetime.date.fromisoformat(value)).lower()
        yield day(datetime.date.fromisoformat(value)).rsplit(",", 1)[0].lower()
    elif isinstance(value, str | tuple):
        picked = {value} if isinstance(value, str) else {*value}
        if question.kind == "text":
            yield str(value).lower()
        for choice in question.choices:
            if choice.id in picked and not choice.exclusive:
                told = f"{choice.label} {choice.phrase}".lower()
                yield from (w for w in re.findall(r"[a-z]+", told) if len(w) >= TELLING and w not in LITTLE)


def _stands(word: str, said: str) -> bool:
    return re.search(rf"(?<![\w,]){re.escape(word)}(?!\w)", said) is not None


if __name__ == "__main__":
    main()
