"""Puts scores of faithfulness together and says them in lines, for the end of the tests' report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.helpers.faithfulness import KINDS, Kind, KindScore, Score, Unfaithful

PROPERTY = "faithfulness"
"""Under this name a test hands its score to the report."""


def together(scores: Iterable[Score]) -> Score:
    """The sum of some scores."""
    each = [*scores]
    failed = Counter({one.finding: 0 for score in each for one in score.unfaithful})
    for score in each:
        failed.update({one.finding: one.times for one in score.unfaithful})
    ordered = sorted(failed, key=lambda f: (KINDS.index(f.kind), f.rule, f.verdict, f.sufficient))
    return Score(
        advice=sum(score.advice for score in each),
        kinds=tuple(_kind(kind, [one for score in each for one in score.kinds if one.kind == kind]) for kind in KINDS),
        unfaithful=tuple(Unfaithful(finding=finding, times=failed[finding]) for finding in ordered),
    )


def said(score: Score) -> list[str]:
    """A score in lines: a table by kind of line, and every rule that failed."""
    lines = [f"{score.advice} pieces of advice", f"{'printed line':<14}{'lines':>8}{'necessary':>12}{'sufficient':>12}"]
    for one in score.kinds:
        shares = f"{_percent(one.necessary, one.lines):>12}{_percent(one.sufficient, one.lines):>12}"
        lines.append(f"{one.kind:<14}{one.lines:>8}{shares}")
    for failed in score.unfaithful:
        finding = failed.finding
        enough = "sufficient" if finding.sufficient else "not sufficient"
        lines.append(f"below 100%: {finding.rule} as {finding.kind}, {finding.verdict}, {enough}: {failed.times}")
    return lines


def _kind(kind: Kind, scores: list[KindScore]) -> KindScore:
    return KindScore(
        kind=kind,
        lines=sum(one.lines for one in scores),
        necessary=sum(one.necessary for one in scores),
        sufficient=sum(one.sufficient for one in scores),
    )


def _percent(passed: int, lines: int) -> str:
    """A share, rounded down so that only all of them are 100."""
    return f"{passed * 1000 // lines / 10:.1f}%" if lines else "-"
