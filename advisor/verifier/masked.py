"""Masked receipts: what remains of them is checked, and what cannot be is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from advisor.verifier.account import check_account
from advisor.verifier.advice import advice_checks
from advisor.verifier.canonical import MASKED_FORMAT, Hole, Json, Missing
from advisor.verifier.derivation import Derivation
from advisor.verifier.given import Given
from advisor.verifier.seal import ONCE, check_files, check_once, check_rule, check_seal, check_wording
from advisor.verifier.shape import misshapen
from advisor.verifier.shapes import CONTENT, RECEIPT
from advisor.verifier.sums import sum_checks
from advisor.verifier.trace import trace_checks

MASKED = {
    **RECEIPT, "format": {MASKED_FORMAT}, "id": re.compile(r"msk-[0-9a-f]{16}"),
    "erased": [{"path": str, "how": {"drop", "hash"}}],
}  # fmt: skip
HASHED = {"erased": re.compile(r"hmac-sha256:[0-9a-f]{64}")}
BROKEN = (LookupError, ValueError, TypeError, ArithmeticError, AttributeError, RuntimeError, OSError)
ANSWERED = tuple(f"answers/*/{key}" for key in ("question", "said", "value", "counted", "wording_digest"))
RECALLED = tuple(f"advice/trace/facts/*/{key}" for key in ("fact", "origin", "value", "said"))
FOLLOWED = (
    *(f"questions/*/{key}" for key in ("id", "kind", "core", "asked", "private", "alone", "when", "wording_digest")),
    *(f"questions/*/wording/{key}" for key in ("choices/*/id", "none_choice", "minimum", "maximum", "max_length")),
    *(f"contradictions/*/{key}" for key in ("id", "between", "when")),
    *(f"facts/*/{key}" for key in ("fact", "origin", "finished", "otherwise")),
    *(f"rules/*/{key}" for key in ("id", "version", "stratum", "when", "then")),
    *(f"figures/*/{key}" for key in ("id", "when", "tables", "formula")),
    *(f"advice/trace/firings/*/{key}" for key in ("n", "rule", "stratum")),
    "options/*/id", "options/*/kind", "decision",
)  # fmt: skip
"""What the derivation reads, and what it starts from: the answers, or else what the trace says was answered."""
FOLLOWING = (
    "that the advice follows from the answers", "the trace", "the account of every rule and option",
    "the words of the advice",
)  # fmt: skip
"""The checks of a derivation; where the first cannot be made, none of the others can."""


def check_masked(receipt: Json, given: Given) -> tuple[list[str], list[str]]:
    """What does not hold of a masked receipt, and what could not be checked, each with the erased part it rests on."""
    found = list(misshapen(receipt, MASKED, "receipt"))
    if not found:
        found = list(check_seal(receipt, "msk"))
        found += _holes(receipt)  # the digests are over the receipt without the holes
    if not found:
        found = list(misshapen(receipt["content"], CONTENT, "content"))
    if found:
        return found, []
    unchecked: list[str] = []
    stopped = ""
    for name, check in _remaining(receipt, given):
        if stopped and name in FOLLOWING:
            unchecked.append(f"{name}: {stopped} was erased")
            continue
        try:
            for problem in check():
                found.append(problem)
        except Missing as gone:
            stopped = str(gone) if name == FOLLOWING[0] else stopped
            unchecked.append(f"{name}: {gone} was erased")
        except BROKEN as bad:
            found.append(f"the receipt contradicts itself: something is not there ({type(bad).__name__}: {bad})")
            break
    return found, list(dict.fromkeys(unchecked))


def _holes(receipt: Json) -> Iterator[str]:
    """Put a hole where a part is said to be erased. Yields which of them are not."""
    for one in receipt["erased"]:
        first, *names = [name.replace("~1", "/").replace("~0", "~") for name in one["path"].split("/")]
        holder = receipt if not first and names[:1] == ["content"] and len(names) > 1 else None
        for name in names[:-1]:
            holder = _inside(holder, name)
        value = _inside(holder, names[-1]) if names else None
        gone = value is None if one["how"] == "drop" else not [*misshapen(value, HASHED, "")]
        hole = Hole(one["path"])
        if gone and isinstance(holder, list) and _points_into(holder, names[-1]):
            holder[int(names[-1])] = hole
        elif gone and isinstance(holder, dict) and (names[-1] in holder) is (one["how"] == "hash"):
            holder[names[-1]] = hole
        else:
            yield f"{one['path']}: it is said to be erased, and is not"


def _points_into(data: list[Json], name: str) -> bool:
    return name.isdecimal() and len(name) < 10 and int(name) < len(data)


def _inside(data: Json, name: str) -> Json:
    if isinstance(data, list) and _points_into(data, name):
        return data[int(name)]
    return data.get(name) if isinstance(data, dict) else None


def _remaining(receipt: Json, given: Given) -> Iterator[tuple[str, Callable[[], Iterator[str]]]]:
    """The checks of what remains, each with its name."""
    content, erased = receipt["content"], [one["path"] for one in receipt["erased"]]
    yield from _quotes(content)
    answers, recalled, followed = (touched(erased, needs) for needs in (ANSWERED, RECALLED, FOLLOWED))
    if followed or (answers and recalled):
        yield FOLLOWING[0], lambda: Hole(followed or answers)["gone"]
        yield from ((name, lambda: iter(())) for name in FOLLOWING[1:])  # named as not checked
        yield from sum_checks(content)
    else:
        if answers:
            yield "the answers, of which the trace's account was taken instead", lambda: Hole(answers)["gone"]
        made = Derivation(content, not answers, given.book_of(content))
        follows, trace, account, words = FOLLOWING
        yield follows, made.follow
        for check in trace_checks(made):
            yield trace, check
        yield account, lambda: check_account(made)
        for check in advice_checks(made):
            yield words, check
    yield from ((name, partial(check, content)) for name, check in given.checks())


def touched(erased: list[str], needs: tuple[str, ...]) -> str:
    """The first erased part that holds, or is inside, one of those needed (`*`: any name); empty when there is none."""
    for path in erased:
        names = path.split("/")[2:]
        for need in needs:
            if all(want in ("*", name) for name, want in zip(names, need.split("/"))):  # noqa: B905
                return path
    return ""


def _quotes(content: Json) -> Iterator[tuple[str, Callable[[], Iterator[str]]]]:
    """The checks of single quotes, so that a hole in one leaves the others."""
    name = "the digests of quoted rules, questions and files"
    if not isinstance(content["questions"], Hole):
        for question in content["questions"]:
            yield name, lambda one=question: check_wording(one)  # type: ignore[misc]
    if not isinstance(content["rules"], Hole):
        for rule in content["rules"]:
            yield name, lambda one=rule: check_rule(one, content["rulebase"]["files"])  # type: ignore[misc]
    yield name, lambda: check_files(content["rulebase"])
    for part, key in ONCE:
        yield name, lambda part=part, key=key: check_once(part, [one[key] for one in content[part]])  # type: ignore[misc]
