"""Speed of the proofs as ratios to one plain advise: `python tests/benchmarks/proofs.py [rounds] [people]`.

Not a test: nothing fails here. For each made-up person, with some and with all of the answers, every task is timed in
turns with plain advice for the same answers, so a busy machine slows all of them.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from advisor.advice import Advisor, default_advisor  # noqa: E402
from advisor.model.answers import Answers  # noqa: E402
from advisor.proving.agreement import differences  # noqa: E402
from advisor.proving.changes import another_option  # noqa: E402
from advisor.proving.next_question import Order  # noqa: E402
from advisor.proving.outlook import outlook, settled  # noqa: E402
from advisor.proving.prover import Prover  # noqa: E402
from advisor.proving.search import search  # noqa: E402
from tests.benchmarks.questions import made_up  # noqa: E402

ROUNDS, PEOPLE = 5, 10
SEED = 2028
SHARES: Mapping[str, tuple[float, ...]] = {"some answers": (0.0, 0.3, 0.6), "all answers": (1.0,)}
"""How much of the answers are given, from the first on."""

PLAIN = "one plain advise"
GOALS: Mapping[str, str] = {
    "is it settled": "1",
    "all that is certain, possible and excluded": "",
    "the next question": "5",
    "do the engine and the solver agree": "",
    "smallest changes, up to 2": "30",
    "smallest changes, up to 3": "200",
}
"""What is timed, with the most times one plain advise that it is meant to take (empty: none set)."""


@dataclass(frozen=True)
class Timed:
    """The median seconds of plain advice, and of each task as a multiple of it, for one set of answers."""

    group: str
    plain: float
    ratios: Mapping[str, float]


class Bench:
    """Times the tasks on one advisor."""

    def __init__(self, advisor: Advisor) -> None:
        self._advisor = advisor
        self._prover = Prover(advisor.rulebase, advisor.questionnaire)
        self._order = Order(self._prover)

    def timed(self, answers: Answers, group: str, rounds: int) -> Timed:
        """Every task for some answers, by turns; each is run once before, unmeasured."""
        tasks = self._tasks(answers)
        spent: dict[str, list[float]] = {name: [] for name in tasks}
        for number in range(rounds + 1):
            for name, task in tasks.items():
                start = time.perf_counter()
                task()
                if number:
                    spent[name].append(time.perf_counter() - start)
        medians = {name: statistics.median(times) for name, times in spent.items()}
        plain = medians.pop(PLAIN)
        return Timed(group, plain, {name: median / plain for name, median in medians.items()})

    def _tasks(self, answers: Answers) -> Mapping[str, Callable[[], object]]:
        prover, advisor = self._prover, self._advisor
        trace = advisor.trace(answers)
        goal = another_option(trace.recommended)
        timed: tuple[Callable[[], object], ...] = (
            lambda: settled(prover, answers),
            lambda: outlook(prover, answers),
            lambda: self._order.ahead(answers),
            lambda: differences(prover, answers, trace),
            lambda: search(prover, answers, goal, up_to=2),
            lambda: search(prover, answers, goal, up_to=3),
        )
        return {PLAIN: lambda: advisor.advise(answers), **dict(zip(GOALS, timed, strict=True))}


def answer_sets(advisor: Advisor, people: int) -> list[tuple[str, Answers]]:
    """The answers of made-up people, cut off at the shares above."""
    found = []
    for number in range(people):
        full = list(made_up(random.Random(f"{SEED}:{number}"), advisor.questionnaire).items())
        for group, shares in SHARES.items():
            for share in shares:
                start = dict(full[: round(share * len(full))])
                found.append((group, Answers.of(start, advisor.questionnaire)))
    return found


def report(found: list[Timed]) -> str:
    """The table, as text."""
    width = max(map(len, GOALS))
    plain = 1000 * statistics.median(one.plain for one in found)
    lines = [f"{'times one plain advise':<{width}}" + "".join(f"{group:>15}" for group in SHARES) + "   worst    goal"]
    for name, goal in GOALS.items():
        columns = [statistics.median(one.ratios[name] for one in found if one.group == group) for group in SHARES]
        worst = max(one.ratios[name] for one in found)
        cells = "".join(f"{value:15.1f}" for value in columns)
        lines.append(f"{name:<{width}}{cells}{worst:8.1f}{goal:>8}")
    lines.append(f"medians over {len(found)} sets of answers; one plain advise took {plain:.1f} ms here")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    people = int(sys.argv[2]) if len(sys.argv) > 2 else PEOPLE
    advisor = default_advisor()
    bench = Bench(advisor)
    print(report([bench.timed(answers, group, rounds) for group, answers in answer_sets(advisor, people)]))


if __name__ == "__main__":
    main()
