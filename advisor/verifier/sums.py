"""The sums of the trace, which need no answers to be checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from advisor.verifier.canonical import Json
from advisor.verifier.shape import differing
from advisor.verifier.trace import unordered


def sum_checks(content: Json) -> Iterator[tuple[str, Callable[[], Iterator[str]]]]:
    """The checks of the trace that need no answers: that points are those of the rules that fired, and add up."""

    def trace() -> Json:
        return content["advice"]["trace"]

    def fired() -> list[Json]:
        quoted = {rule["id"]: rule for rule in content["rules"]}
        return [quoted[firing["rule"]] for firing in trace()["firings"]]

    def tallies() -> Iterator[str]:
        expected = [
            {"option": option, "rule": rule["id"], "criterion": one["criterion"], "points": points}
            for rule in fired() for one in rule["then"] if one["do"] == "weigh"
            for option, points in one["points"].items()
        ]  # fmt: skip
        return differing("trace.tallies", unordered(trace()["tallies"]), unordered(expected))

    def totals() -> Iterator[str]:
        expected = {one["id"]: 0 for one in content["options"] if one["kind"] == "main"}
        for one in trace()["tallies"]:
            expected[one["option"]] = expected[one["option"]] + one["points"]
        return differing("trace.totals", trace()["totals"], expected)

    def truths() -> Iterator[str]:
        names = {rule["id"] for rule in fired()}
        expected = [{"rule": rule["id"], "fired": rule["id"] in names} for rule in content["rules"]]
        shown = [{key: one[key] for key in ("rule", "fired")} for one in content["evaluations"]]
        return differing("evaluations", shown, expected)

    def choice() -> Iterator[str]:
        shown = content["advice"]["recommendation"]
        for key, name in (("option", "recommended"), ("runner_up", "runner_up"), ("confidence", "confidence")):
            yield from differing(f"advice.recommendation.{key}", shown[key], trace()[name])

    def dates() -> Iterator[str]:
        yield from differing("expires", content["expires"], min((one["review_by"] for one in fired()), default=""))

    for check in (tallies, totals, truths, choice, dates):
        yield "the sums of the trace", check
