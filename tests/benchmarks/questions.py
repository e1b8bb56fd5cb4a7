"""How many questions it takes until the advice is settled: `python tests/benchmarks/questions.py [people] [bounded]`.

Not a test: nothing fails here. Made-up people answer in the order of the file and in the order that the advisor picks.
Beside both stands a lower bound for any order at all, even one that knows the answers beforehand: an answer is
necessary when all the others together do not settle the advice, so no order can do without asking for it. The bound is
exact for a person whose necessary answers alone settle it. It is worked out for the first `bounded` people only.
"""

from __future__ import annotations

import multiprocessing
import random
import statistics
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from advisor.advice import Advisor, default_advisor  # noqa: E402
from advisor.errors import AnswerProblem  # noqa: E402
from advisor.guidance import TellingOrder  # noqa: E402
from advisor.interview.guide import HowSettled  # noqa: E402
from advisor.interview.session import Interview  # noqa: E402
from advisor.model.answer_check import parse_answer  # noqa: E402
from advisor.model.answers import Answer, Answers, Raw, knowledge_of  # noqa: E402
from advisor.model.questionnaire import Question, Questionnaire  # noqa: E402
from advisor.model.scope import Scope  # noqa: E402
from advisor.proving.next_question import Order  # noqa: E402
from advisor.proving.outlook import settled  # noqa: E402
from advisor.proving.prover import Prover  # noqa: E402

SEED = 2027
PEOPLE, BOUNDED = 1000, 200  # made-up people, and those of them for whom the bound is worked out
PROCESSES = 2
TRIES = 50  # draws of one answer until one fits the others
UNSURE, RARE = 0.06, 0.2  # how often people are not sure, and how often they answer what is rare
USUAL: Mapping[str, Callable[[str], bool]] = {
    "license": lambda choice: choice != "associate",
    "independent": lambda choice: choice == "yes",
}
"""Questions of which most people give one of these answers; the others settle nearly everything by themselves."""

Given = dict[str, Answer]
Test = Callable[[Answers], bool]


@dataclass(frozen=True)
class Bound:
    """How many answers no order can do without, and whether these alone are enough."""

    necessary: int
    exact: bool


@dataclass(frozen=True)
class Person:
    """How many questions one person is asked until the main option, and until all of it, is settled."""

    answers: int
    by_file: tuple[int, int]
    by_us: tuple[int, int]
    bounds: tuple[Bound, Bound] | None


class Simulation:
    """Puts questions to made-up people."""

    def __init__(self, advisor: Advisor) -> None:
        self._advisor, self._asked = advisor, advisor.questionnaire
        self._prover = Prover(advisor.rulebase, advisor.questionnaire)
        self._order = Order(self._prover)
        self._scope = Scope(advisor.rulebase, advisor.questionnaire)
        self._tests: tuple[Test, Test] = (self._main_settled, lambda answers: settled(self._prover, answers))

    def person(self, number: int, bounded: bool) -> Person:
        """One made-up person, the same each time for the same number."""
        full = made_up(random.Random(f"{SEED}:{number}"), self._asked)
        main, everything = self._tests
        return Person(
            len(full),
            (self._by_file(full, main), self._by_file(full, everything)),
            self._by_us(full),
            (self._bound(full, main), self._bound(full, everything)) if bounded else None,
        )

    def _main_settled(self, answers: Answers) -> bool:
        now = self._advisor.trace(answers).recommended
        still_open = self._prover.assume(answers, still_open=True)
        return not self._prover.possible(still_open.with_(but=[f'recommended("{now}")']))

    def _by_file(self, full: Given, test: Test) -> int:
        """The shortest start of the answers that settles it; what is settled stays settled, so halving finds it."""
        low, high = 0, len(full)
        while low < high:
            middle = (low + high) // 2
            if test(Answers.of(dict(list(full.items())[:middle]), self._asked)):
                high = middle
            else:
                low = middle + 1
        return low

    def _by_us(self, full: Given) -> tuple[int, int]:
        session = Interview(self._asked, (), TellingOrder(self._order.ahead), path_of=self._scope.path)
        main: int | None = None
        while (question := session.current) is not None and not session.settled.may_stop:
            if main is None and session.settled is HowSettled.MAIN:
                main = len(session.answers)
            session.answer(full.get(question.id, Answer(question.id, None, "not_sure")).plain())
        return len(session.answers) if main is None else main, len(session.answers)

    def _bound(self, full: Given, test: Test) -> Bound:
        def without(name: str) -> Answers:
            return Answers.of({other: answer for other, answer in full.items() if other != name}, self._asked)

        necessary = [name for name in full if not test(without(name))]
        alone = Answers.of({name: full[name] for name in necessary}, self._asked)
        return Bound(len(necessary), test(alone))


def made_up(rng: random.Random, asked: Questionnaire) -> Given:
    """Answers to every question that applies, in the order of the file, that do not contradict one another."""
    given: Given = {}
    for question in asked.questions:
        if question.when.truth(knowledge_of(Answers.of(given, asked), asked)) is True:
            given[question.id] = _fitting(rng, question, given, asked)
    return given


def _fitting(rng: random.Random, question: Question, given: Given, asked: Questionnaire) -> Answer:
    for _ in range(TRIES):
        try:
            answer = parse_answer(question, _raw(rng, question))
        except AnswerProblem:
            continue
        known = knowledge_of(Answers.of({**given, question.id: answer}, asked), asked)
        if not any(contradiction.when.truth(known) is True for contradiction in asked.contradictions):
            return answer
    return Answer(question.id, None, "not_sure")


def _raw(rng: random.Random, question: Question) -> Raw:
    if rng.random() < UNSURE:
        return "not_sure"
    if question.kind == "one":
        usual = [choice.id for choice in question.choices if USUAL.get(question.id, bool)(choice.id)]
        return rng.choice(usual if rng.random() >= RARE else [choice.id for choice in question.choices])
    if question.kind == "several":
        alone = [choice.id for choice in question.choices if choice.exclusive]
        if alone and rng.random() < 0.1:
            return [rng.choice(alone)]
        together = [choice.id for choice in question.choices if not choice.exclusive]
        return rng.sample(together, min(len(together), rng.choice([1, 1, 2, 3])))
    if question.kind == "number":
        return rng.randint(question.minimum, min(question.maximum, rng.choice([12, 40, 120, question.maximum])))
    if question.kind == "date":
        return rng.choice(["2027-01-15", question.none_choice.id if question.none_choice else "not_sure"])
    return "x"


@cache
def _simulation() -> Simulation:
    return Simulation(default_advisor())


def _one(task: tuple[int, bool]) -> Person:
    return _simulation().person(*task)


def _row(name: str, pairs: list[tuple[int, int]]) -> str:
    main, everything = ([pair[i] for pair in pairs] for i in (0, 1))
    cells = [f"{statistics.mean(one):8.1f} {max(one):6d}" for one in (main, everything)]
    return f"{name:<34} {len(pairs):6d} {'  '.join(cells)}"


def report(found: list[Person]) -> str:
    """The table, as text."""
    bounded = [(p, p.bounds) for p in found if p.bounds is not None]
    lines = [
        f"{'':<34} {'':>6} {'main option':>15}  {'all of it':>15}",
        f"{'questions until settled':<34} {'people':>6} {'mean':>8} {'worst':>6}  {'mean':>8} {'worst':>6}",
        _row("every question that applies", [(p.answers, p.answers) for p in found]),
        _row("in the order of the file", [p.by_file for p in found]),
        _row("in the order the advisor picks", [p.by_us for p in found]),
    ]
    if bounded:
        lines += [
            _row("the advisor, people of the bound", [p.by_us for p, _ in bounded]),
            _row("no order can need fewer than", [(a.necessary, b.necessary) for _, (a, b) in bounded]),
        ]
        exact = [100 * sum(bounds[i].exact for _, bounds in bounded) / len(bounded) for i in (0, 1)]
        lines.append(f"the bound is exact for {exact[0]:.0f} % (main option) and {exact[1]:.0f} % (all of it)")
    lines.append("all of it: the main option, the add-ons, the red flags and the ranking")
    return "\n".join(lines)


def main() -> None:
    """Ask and print."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    bounded = int(sys.argv[2]) if len(sys.argv) > 2 else BOUNDED
    with multiprocessing.Pool(PROCESSES) as pool:
        found = pool.map(_one, [(number, number < bounded) for number in range(people)], chunksize=10)
    print(report(found))


if __name__ == "__main__":
    main()
