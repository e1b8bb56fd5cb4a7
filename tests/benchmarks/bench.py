"""Speed as ratios, measured side by side in one run: `python tests/benchmarks/bench.py [rounds]` prints a table.

Not a test: nothing fails here. Each pair is timed in turns and the medians are compared, so a busy machine slows both.
"""

from __future__ import annotations

import os
import pty
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from advisor.advice import Advisor  # noqa: E402
from advisor.inference.program import compile_rules  # noqa: E402
from advisor.inference.run import run  # noqa: E402
from advisor.inference.to_durable import SID  # noqa: E402
from advisor.inference.to_trace import trace_of  # noqa: E402
from advisor.loading.answers import check_answers  # noqa: E402
from tests.benchmarks.clips_engine import ClipsEngine  # noqa: E402


def medians(rounds: int, *tasks: Callable[[], object]) -> list[float]:
    """The median seconds of each task, the tasks taken in turns."""
    times: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds):
        for spent, task in zip(times, tasks, strict=True):
            start = time.perf_counter()
            task()
            spent.append(time.perf_counter() - start)
    return [statistics.median(spent) for spent in times]


def answer_sets() -> list[dict[str, Any]]:
    """The answers of the vignettes."""
    files = sorted((ROOT / "tests" / "cases" / "vignettes").glob("*.yaml"))
    return [yaml.load(file.read_text(), Loader=yaml.BaseLoader)["answers"] for file in files]


class Bare:
    """durable-rules alone: the calls that one session made on the rulesets of the core and of the pages, made again."""

    def __init__(self, advisor: Advisor) -> None:
        engine: Any = advisor._engine
        pages = [page for made in engine._pages.by_fact.values() for page in made]
        self._engines: list[Any] = [engine._core, *(page.engine for page in pages)]
        self._c = engine._core._c
        self._calls: list[tuple[str, int, str]] = []

    def record(self, advise: Callable[[], object]) -> None:
        """Run `advise` once and keep every call it makes."""
        self._calls = []
        for engine in self._engines:
            engine._c = _Recorder(self._c, self._calls)
        try:
            advise()
        finally:
            for engine in self._engines:
                engine._c = self._c

    def fire(self) -> None:
        """Make the recorded calls again: assert, start, complete, delete."""
        c, offset = self._c, dict[int, int]()
        for name, handle, text in self._calls:
            if name == "assert_fact":
                offset[handle] = c.assert_fact(handle, text)[1]
            elif name == "start_action_for_state":
                c.start_action_for_state(handle, offset[handle])
            elif name == "complete_and_start_action":
                c.complete_and_start_action(handle, offset[handle])
            elif handle in offset:  # before the first fact the engine only makes sure that no state is left
                c.delete_state(handle, SID)


class _Recorder:
    def __init__(self, real: Any, calls: list[tuple[str, int, str]]) -> None:
        self._real, self._calls = real, calls
        self.error = real.error

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            self._calls.append((name, args[0], str(args[1])))
            return getattr(self._real, name)(*args)

        return call


def first_prompt(*options: str) -> float:
    """Seconds from starting the process to the first byte of the interview in a real pseudo-terminal."""
    parent, child = pty.openpty()
    start = time.perf_counter()
    env = {**os.environ, "TERM": "xterm", "ADVISOR_STATE_DIR": "/nonexistent"}
    process = subprocess.Popen(
        [sys.executable, "-m", "advisor", "interview", *options],
        stdin=child, stdout=child, stderr=child, env=env, cwd=ROOT,
    )  # fmt: skip
    os.close(child)
    os.read(parent, 1)
    spent = time.perf_counter() - start
    process.kill()
    process.wait()
    os.close(parent)
    return spent


def import_click() -> float:
    """Seconds that a process needs to import click and end."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import click"], check=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    advisor = Advisor.load()
    program = compile_rules(advisor.rulebase)
    clips_engine: Any = ClipsEngine(program)
    bare = Bare(advisor)
    rows: list[tuple[str, float, str]] = []
    to_bare, to_clips = [], []
    for raw in answer_sets():
        answers = check_answers(raw, advisor.questionnaire)

        def ours() -> object:
            return advisor.advise(answers)  # noqa: B023

        def theirs() -> object:
            done = run(advisor.rulebase, program, clips_engine, advisor.questionnaire, answers)  # noqa: B023
            return advisor._explainer.explain(trace_of(done, clips_engine, "bench"))

        if {f.rule for f in advisor.advise(answers).trace.firings} != {f.rule for f in theirs().trace.firings}:  # type: ignore[attr-defined]
            sys.exit("clipspy and durable-rules fire different rules")
        bare.record(ours)
        mine, alone, clips_time = medians(rounds, ours, bare.fire, theirs)
        to_bare.append(mine / alone)
        to_clips.append(mine / clips_time)
    rows.append(("one advise, to the bare firing of its session (goal: at most 2)", statistics.median(to_bare), "x"))
    rows.append(("one advise, to the same on clipspy (goal: below 1)", statistics.median(to_clips), "x"))
    starts: list[list[float]] = [[], [], []]
    for _ in range(rounds):
        starts[0].append(import_click())
        starts[1].append(first_prompt("--plain"))
        starts[2].append(first_prompt())
    base, plain, rich = (statistics.median(spent) for spent in starts)
    rows.append(("process start to first prompt, plain, to importing click (goal: at most 4)", plain / base, "x"))
    rows.append(("process start to first prompt, rich, to importing click (goal: at most 4)", rich / base, "x"))
    width = max(len(name) for name, _, _ in rows)
    for name, value, unit in rows:
        print(f"{name:<{width}}  {value:5.2f} {unit}")


if __name__ == "__main__":
    main()
