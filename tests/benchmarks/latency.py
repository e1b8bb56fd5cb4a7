"""How long the screen takes from an answer to the next question, at a real terminal: prints a table.

`python tests/benchmarks/latency.py [rounds]`. Not a test: nothing fails here. Each round holds whole interviews with
the shipped rules, by somebody who answers as soon as a question stands there and by somebody who reads for a second.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import pexpect

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.interview.user import CTRL_C, DOWN, ENTER, SPACE, User  # noqa: E402

COMMAND = ("-m", "advisor", "interview")
READERS = (("as soon as it stands there", 0.0), ("after a second", 1.0))
SITUATIONS = ("planning my own", "platform and I want out", "run a group")
CONFLICT = "These answers cannot all be true"
SIGNS = ("Question ", "Show my advice now", CONFLICT, "What would you like to do next?", "Pick a line to change it")
MOST = 80  # questions of one interview
QUIET = 0.03  # seconds without output after which a screen stands


def keys_for(screen: str) -> tuple[str, ...]:
    """What to press on a screen."""
    if "Choose every one that fits" in screen:
        return (SPACE, ENTER)
    if "A whole number from" in screen:
        return ("5", ENTER)
    if "A date like" in screen or "characters." in screen:
        return (DOWN, ENTER)
    if "Show my advice now" in screen:
        return (DOWN, ENTER)
    return (ENTER,)


def read(user: User, seconds: float) -> bool:
    """Feed what the program writes, for at most so long; whether anything came."""
    try:
        piece = user.process.read_nonblocking(size=65536, timeout=seconds)
    except pexpect.TIMEOUT:
        return False
    user.raw += piece
    user._stream.feed(piece)
    return True


def stands(user: User, before: str) -> float | None:
    """The moment when another screen with keys stood; None when there is no further question."""
    while True:
        try:
            came = read(user, 10)
        except pexpect.EOF:
            return None
        moment = time.perf_counter()
        if not came:
            return None
        text = "\n".join(user.lines)
        if "Ctrl-C stops" in text and text != before and any(sign in text for sign in SIGNS):
            if "Pick a line to change it" in text or "What would you like to do next?" in text:
                return None
            while read(user, QUIET):
                moment = time.perf_counter()
            return moment


def gaps(situation: str, reading: float) -> list[float]:
    """Seconds from each answer to the next screen, in one interview."""
    found: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        user = User(Path(folder), command=COMMAND, rows=40)
        try:
            user.sees("Ctrl-C stops")
            user.press(ENTER)
            if stands(user, "\n".join(user.lines)) is None:
                return found
            keys: tuple[str, ...] = (situation, ENTER)
            for _ in range(MOST):
                while read(user, reading or QUIET):
                    pass
                before = "\n".join(user.lines)
                start = time.perf_counter()
                user.press(*keys)
                moment = stands(user, before)
                if moment is None:
                    return found
                found.append(moment - start)
                keys = ("not sure", ENTER) if CONFLICT in before else keys_for("\n".join(user.lines))
            return found
        finally:
            user.press(CTRL_C)
            user.process.close(force=True)


def percentile(times: list[float], share: float) -> float:
    """The time that so large a share of the times does not pass."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def main() -> None:
    """Hold the interviews and print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    print("| who answers | gaps | first | second | third | median | 95 % | worst |\n|---|---|---|---|---|---|---|---|")
    for who, reading in READERS:
        runs = [gaps(situation, reading) for _ in range(rounds) for situation in SITUATIONS]
        every = [gap for run in runs for gap in run]
        firsts = [max(run[place] for run in runs if len(run) > place) for place in range(3)]
        values = (*firsts, percentile(every, 0.5), percentile(every, 0.95), max(every))
        print(
            f"| {who} | {len(every)} | " + " | ".join(f"{1000 * value:.0f} ms" for value in values) + " |", flush=True
        )


if __name__ == "__main__":
    main()
