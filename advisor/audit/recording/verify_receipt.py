"""Verifies a receipt of the credentialing advisor with nothing but Python 3.10 or later and this one file.

    python verify_receipt.py RECEIPT [--rulebook FILE] [--rules DIR] [--questionnaires DIR] [--all]

It is written from the description of the rule format, not from the program that gave the advice, and shares no code
with it. It exits with 0 when everything holds, and with 1 and the first reason when something does not.

From the receipt alone it checks that

1. the file has the published shape and is canonical JSON (RFC 8785), and every digest in it is right;
2. the advice follows from the answers under the rules that the receipt quotes: the conditions of every rule that
   fired hold, every quoted rule fired that should have fired, every fact, figure, point, tie-break and choice comes out
   the same, and each sentence of the advice that a rule or a figure speaks is that of the rule or the figure;
3. every clause of every rule, the rejected options, the skipped questions, the sources of the rules that fired and the
   date of expiry are as the rest says.

Of a masked receipt, from which parts were erased, it checks all that does not rest on them, and names what it could not
check.

What it cannot check with what it is given it names in what it prints, each on a line that begins with "not checked".
For that only the digests vouch, so who changes it and makes the digests anew is not seen.

With --rulebook it also checks that every rule, question, option, fact, figure and source, and all standing words, are
quoted as the rulebook has them, and every word of the advice that is not quoted: the file that `advisor receipt
rulebook` prints for one version of the rules. Get it from whom you trust, not from whom you got the receipt.

With --rules it checks that the files of that folder are, byte for byte, those whose digests the receipt names, and with
--questionnaires the same of the questions. It cannot read YAML, so this does not show that the rules are quoted rightly
from these files; a rulebook does, and `advisor receipt verify --rules`, which makes the whole receipt anew. Who wrote a
receipt and when is beyond what digests can tell: that takes a signature.
"""

from __future__ import annotations

import argparse
import errno
import hashlib
import json
import re
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache, partial
from math import ceil, floor
from pathlib import Path
from typing import Any

Json = Any
Truth = Any  # true, false, or None for unknown

FORMAT = "advisor.receipt/1"
MASKED_FORMAT = "advisor.receipt.masked/1"
STRATA = ("derive", "constrain", "weigh", "decide", "plan")
LARGEST = 2**53 - 1  # whole numbers beyond are not the same everywhere
MOST_BYTES = 64_000_000
MOST = 10**60  # figures beyond are no figures of anybody's, and would take forever
THIS_WEEK = 6  # days by which "this week" ends
WAITING, LATER = 100_000, 200_000  # order rows of the plan that have no day behind those that have one
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEIGHTS = ("must", "should", "could")
LEADING, MOST_EARLY = 1, 2  # lines before those that must be said, and how many of these come early
SURENESS = {"clear": "clear", "lean": "fairly", "toss_up": "close"}
BLANK = "____"  # what a text to use leaves to fill in
FIRST_STEPS = 5  # shown first; the others are later steps
MOST_REASONS = 4
SLOT = re.compile(r"\{([a-z][A-Za-z0-9_.]*)(?:\|([^{}]*))?\}")
ASIDE = ("credentialing.yaml", "glossary.yaml")  # the files of a questionnaire
BOOK_FORMAT = "advisor.rulebook/2"
FORMATS = (FORMAT, MASKED_FORMAT, BOOK_FORMAT)
QUOTED = (
    "questionnaire", "rulebase", "questions", "contradictions", "facts", "options", "decision", "figures", "rules",
)  # fmt: skip


# --- canonical JSON and digests ------------------------------------------------------------------


class Refused(Exception):
    """What was read is no receipt at all; the text says why."""


class Missing(Exception):
    """A check came upon an erased part; the text is its JSON pointer."""


class Hole:
    """What stands for an erased part: whoever reads it, or compares with it, is told that it is missing."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name) if name.startswith("__") else Missing(self.path)

    def _missing(self, *_: object) -> Any:
        raise Missing(self.path)

    __getitem__ = __iter__ = __len__ = __contains__ = __bool__ = __str__ = __format__ = __hash__ = __eq__ = _missing
    __lt__ = __gt__ = __le__ = __ge__ = __add__ = __radd__ = _missing


def canonical(data: Json) -> bytes:
    """The canonical bytes (RFC 8785) of JSON data without fractions. Raises ValueError for what has none."""
    return json.dumps(_ordered(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def _ordered(data: Json) -> Json:
    if isinstance(data, str):
        return data
    if isinstance(data, dict):
        if not all(isinstance(key, str) for key in data):
            raise ValueError("a key is no text")
        plain = "".join(data).isascii()  # such keys are in order as they are, and most are such
        return {key: _ordered(data[key]) for key in sorted(data, key=None if plain else _utf_16)}
    if isinstance(data, (list, tuple)):
        return [_ordered(item) for item in data]
    if isinstance(data, Hole):
        raise Missing(data.path)
    if isinstance(data, float) or (isinstance(data, int) and abs(data) > LARGEST):
        raise ValueError("a number is no whole number, or too large")
    return data


def _utf_16(key: str) -> bytes:
    return key.encode("utf-16-be")


def digest(data: Json) -> str:
    """`sha256:` and the SHA-256 in hex over the canonical bytes."""
    return "sha256:" + hashlib.sha256(canonical(data)).hexdigest()


def read(raw: bytes) -> Json:
    """The JSON data in some bytes. Raises Refused."""
    try:
        data = json.loads(raw.decode("utf-8"), parse_float=_no_fraction, parse_constant=_no_fraction)
        if isinstance(data, dict) and canonical(data) + b"\n" != raw and data.get("format") in FORMATS:
            raise Refused("the file is not canonical JSON (RFC 8785) with one line feed at its end: it was changed")
    except UnicodeDecodeError as bad:
        raise Refused(f"the file is not UTF-8 text, at byte {bad.start}; a receipt is JSON in UTF-8") from None
    except RecursionError:
        raise Refused("the file is nested too deep to be a receipt") from None
    except ValueError as bad:
        raise Refused(f"the file is not JSON as receipts have it: {bad}") from None
    return data


def _no_fraction(word: str) -> Json:
    raise ValueError(f"the number {word} is no whole number")


# --- the shape of a receipt ----------------------------------------------------------------------


class Maybe:
    """A key that may be left out."""

    def __init__(self, shape: Json) -> None:
        self.shape = shape


def or_null(*shapes: Json) -> tuple[Json, ...]:
    """One of the shapes, or null."""
    return (*shapes, None)


class Pair:
    """A list of two, each of its own shape."""

    def __init__(self, first: Json, second: Json) -> None:
        self.shapes = (first, second)


HEX = re.compile(r"[0-9a-f]{64}")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER = re.compile(r"-?[0-9]+(/[1-9][0-9]*)?")
PLAIN = (bool, int, str)
TRUTH = or_null(bool)
TEXTS = [str]
STANDING = {"recommended", "runner_up", "passed_over", "ruled_out"}
CLAUSE = {"fact": str, "test": {"is", "one_of", "at_least", "at_most", "known", "said"}, "values": [PLAIN]}
WHEN = {"all": [CLAUSE], "any": [CLAUSE], "none": [CLAUSE]}
NAMED = {"id": str, "version": str, "digest": str}
VERSIONS = {"advisor": str, "engine": str, "engine_version": str}
SOURCE = {
    **dict.fromkeys(("id", "title", "publisher", "grade", "grade_means", "dated", "accessed"), str), "address": TEXTS,
}  # fmt: skip
CHOICE = {"id": str, "label": str, "help": str}
WORDING = {
    "text": str, "why": str, "help": str, "choices": [CHOICE], "none_choice": or_null(CHOICE), "unit": or_null(str),
    "minimum": or_null(int), "maximum": or_null(int), "max_length": or_null(int),
    "earliest": or_null(DAY), "latest": or_null(DAY), "meaning": or_null({"past", "future", "either"}),
    "not_before": or_null(str),
}  # fmt: skip
ACTIONS: dict[str, dict[str, Json]] = {
    "conclude": {"fact": str, "value": PLAIN},
    "add": {"to": str, "points": int},
    "rule_out": {"options": TEXTS},
    "red_flag": {
        "id": str,
        "severity": int,
        "action": str,
        "against": TEXTS,
        "stop": Maybe(str),
        "clause": Maybe(str),
    },
    "add_on": {"option": str},
    "weigh": {"criterion": str, "points": {"*": int}},
    "break_tie": {"order": int, "tiers": [TEXTS]},
    "recommend": {"option": str, "priority": int, "confidence": str},
    "answer": {
        **dict.fromkeys(("page", "leads", "text", "brief", "because", "turns", "second"), str),
        "place": int,
        "sure": {"clear", "fairly", "close", "open"},
        "right_when": Maybe(str),
    },
    "plan_row": {
        "time": {
            "kind": {"today", "this_week", "by_day", "every_days", "before", "within", "after", "not_before", "later"},
            "days": int,
            "of": str,
            "event": Maybe(str),
        },
        "text": str,
        "done": str,
        "key": str,
        "weight": {*WEIGHTS},
    },
    "line": {
        "part": {"reason", "against", "watch", "number", "find_out", "reply"},
        "text": str,
        "figure": str,
        "fact": str,
        "weight": {*WEIGHTS},
    },
    "say": {"to": str, "by": {"email", "call", "letter"}, "text": str},
    "next_step": {"order": int, "timing": str, "text": str},
    "ask": {"to": str, "order": int, "text": str},
    "call": {"who": str, "about": str},
    "note": {"topic": str, "text": str},
}
ACTION: tuple[Json, ...] = tuple({**keys, "do": {do}} for do, keys in ACTIONS.items())
RULE = {
    **dict.fromkeys(("id", "title", "why", "review_by", "file", "page"), str), "version": int, "line": int,
    "stratum": set(STRATA), "when": WHEN, "then": [ACTION], "caveats": TEXTS, "claims": TEXTS, "sources": TEXTS,
    "file_digest": HEX,
    "digest": DIGEST,
}  # fmt: skip
TERM: dict[str, Json] = {
    "op": {"value", "input", "fact", "table", "figure", "add", "subtract", "multiply", "divide", "longest", "shortest"},
    "name": Maybe(str), "low": Maybe(NUMBER), "high": Maybe(NUMBER),
}  # fmt: skip
TERM["likely"] = Maybe(NUMBER)
TERM["parts"] = Maybe([TERM])
FIGURE = {
    **dict.fromkeys(("id", "title", "unit", "text", "text_same"), str), "when": WHEN, "formula": TERM, "claims": TEXTS,
    "tables": {"*": {"*": Pair(NUMBER, NUMBER)}}, "likely_rows": {"*": {"*": NUMBER}}, "sources": TEXTS, "show": bool,
}  # fmt: skip
DISCLOSURE = {"id": str, "text": str}
CITED = {"claims": TEXTS, "sources": TEXTS}
CASE_LINE = {"text": str, "rule": or_null(str), "points": or_null(int), **CITED}
POINT_LINE = {"rule": str, "criterion": str, "criterion_name": str, "points": int}
OPTION_CASE = {
    **dict.fromkeys(("option", "title", "kind", "standing", "summary", "living_with_it"), str), "points": int,
    "arithmetic": [POINT_LINE], "ruled_out_by": TEXTS, "ruled_out_why": TEXTS, "for": [CASE_LINE],
    "against": [CASE_LINE],
}  # fmt: skip
STEP = {"order": int, "timing": str, "text": str, "why": str, "rule": str, **CITED}
FACT_RECORD = {
    "fact": str, "value": or_null(*PLAIN), "said": or_null(str), "by": TEXTS, "stratum": str,
    "origin": {"answer", "default", "rule", "figure", "machine"},
}  # fmt: skip
FIRING = {
    "n": int, "rule": str, "version": int, "stratum": str, "matched": {"*": or_null(*PLAIN)},
    "concluded": {"*": PLAIN}, "did": TEXTS,
}  # fmt: skip
CONTEST_RECORD = {
    "branch": str, "order": TEXTS, "points": {"*": int}, "margin": int,
    "tie_breaks": [{"rule": str, "before": TEXTS, "after": TEXTS}],
}  # fmt: skip
TRACE = {
    "format": {"1"}, "rulebase": NAMED, "questionnaire": NAMED, "versions": VERSIONS, "as_of": or_null(DAY),
    "answers": {"*": (str, int, TEXTS)}, "set_aside": TEXTS, "facts": [FACT_RECORD], "firings": [FIRING],
    "red_flags": [{"id": str, "severity": int, "rules": TEXTS}],
    "tallies": [{"option": str, "rule": str, "criterion": str, "points": int}], "totals": {"*": int},
    "contest": CONTEST_RECORD,
    "proposals": [{"option": str, "rule": str, "priority": int, "confidence": str, "standing": STANDING}],
    "recommended": str, "runner_up": str, "confidence": str, "add_ons": TEXTS,
}  # fmt: skip
RECOMMENDATION = {
    **dict.fromkeys(("option", "title", "confidence", "headline", "how_sure", "runner_up", "runner_up_title"), str),
    **dict.fromkeys(("lean", "tie_broken", "priority_effect"), or_null(str)), "add_ons": TEXTS, "margin": or_null(int),
}  # fmt: skip
REASON = {
    "rule": str, "text": str, "facts": {"*": or_null(*PLAIN)}, **CITED, "points": {"*": int}, "caveats": TEXTS,
    "leans_with_publisher": bool,
}  # fmt: skip
RED_FLAG = {
    "id": str, "severity": int, "severity_name": str, "text": str, "rule": str, "action": str, "against": TEXTS,
    **CITED,
}  # fmt: skip
UNKNOWN = {"question": str, "text": str, "why_unknown": str, "matters": bool, "could_move": int, "effect": str}
FIGURE_LINE = {"id": str, "title": str, "low": int, "high": int, "unit": str, "text": str, **CITED}
SAID = {"text": str, "rule": str, **CITED}
PLAN = {
    "as_of": or_null(DAY),
    "answer": {**dict.fromkeys(("page", "asked", "text", "sure", "how_sure"), str), "rules": TEXTS, **CITED},
    "replies": [SAID],
    "stops": [{**SAID, "severity": int, "against": TEXTS}],
    "rows": [
        {
            **dict.fromkeys(("title", "when", "kind", "do", "done", "key", "rule"), str), "due": or_null(int),
            "date": or_null(DAY), "weight": {*WEIGHTS}, "shown": bool, **CITED,
        }
    ],
    "reasons": [{**SAID, "against": bool}], "watch": [SAID],
    "numbers": [
        {**SAID, "figure": str, "title": str, "unit": str, **dict.fromkeys(("low", "likely", "high"), or_null(int))}
    ],
    "other": or_null({**SAID, "option": str, "title": str}), "find_out": [SAID],
    "scripts": [{**SAID, "to": str, "by": {"email", "call", "letter"}, "blanks": int}], "rests_on": TEXTS,
    "leans_with_publisher": bool,
}  # fmt: skip
ADVICE = {
    "plan": PLAN,
    "recommendation": RECOMMENDATION, "reasons": [REASON], "red_flags": [RED_FLAG],
    "gates": [{"id": str, "title": str, "state": str, "text": str}], "next_steps": [STEP], "later_steps": [STEP],
    "questions_to_ask": [{"to": str, "text": str, "why": str, "rule": str, "claims": TEXTS}],
    "calls": [{"who": str, "about": str, "rule": str}], "figures": [FIGURE_LINE], "unknowns": [UNKNOWN],
    "options": [OPTION_CASE],
    "notes": [{"topic": str, "text": str, "rule": str, **CITED}], "set_aside": TEXTS, "sources": [SOURCE],
    "disclosures": [DISCLOSURE], "review_by": str, "headings": {"*": str}, "rulebase": NAMED,
    "questionnaire": NAMED, "trace": TRACE, "proofs": None,
}  # fmt: skip
QUESTION = {
    "id": str, "kind": {"one", "several", "number", "text", "date"}, "core": bool, "asked": bool, "private": bool,
    "alone": TEXTS, "when": WHEN, "wording": WORDING, "wording_digest": DIGEST,
}  # fmt: skip
CONTRADICTION = {"id": str, "between": TEXTS, "when": WHEN, "text": str}
ANSWER = {
    "question": str, "said": {"value", "not_sure", "skip"}, "value": or_null(str, int, TEXTS),
    "origin": {"asked", "file", "default"}, "wording_digest": DIGEST, "counted": bool,
}  # fmt: skip
FACT = {
    "fact": str, "title": str, "kind": {"one", "yes_no", "number", "mark"},
    "origin": {"answer", "rule", "figure", "machine"}, "finished": or_null(set(STRATA)), "otherwise": or_null(*PLAIN),
    "phrases": or_null([Pair(PLAIN, str)]),
}  # fmt: skip
DECISION = {
    "close_within": int, "bands": [Pair(str, or_null(int))], "fallback": str,
    "contests": [{"branch": str, "options": TEXTS, "decisive": TEXTS}],
    "most_rows": int, "pages": [{"id": str, "opens": or_null(CLAUSE), "questions": TEXTS}],
    "asked_also": Maybe(int), "main_question": Maybe(str),
}  # fmt: skip
WHY_REJECTED = {
    "ruled_out", "contest_lost", "not_in_contest", "proposal_passed_over", "not_proposed", "not_added",
}  # fmt: skip
REJECTED = {
    "option": str, "kind": {"main", "add_on"}, "why": [WHY_REJECTED], "ruled_out_by": TEXTS, "points": int,
    "place": or_null(int), "behind": or_null(int),
    "proposals": [{"rule": str, "priority": int, "standing": STANDING}],
}  # fmt: skip
SKIPPED = {"does_not_apply", "not_known_to_apply", "another_page", "cannot_matter", "settled", "not_asked"}
CONTENT = {
    "versions": VERSIONS, "questionnaire": NAMED,
    "rulebase": {"id": str, "version": str, "dated": str, "digest": HEX, "files": {"*": HEX}},
    "questions": [QUESTION], "contradictions": [CONTRADICTION], "answers": [ANSWER],
    "skipped": [{"question": str, "reason": SKIPPED, "proof": str}],
    "facts": [FACT],
    "options": [{"id": str, "kind": {"main", "add_on"}, "name": str, "title": str, "headline": str}],
    "decision": DECISION, "figures": [FIGURE], "rules": [RULE],
    "evaluations": [{"rule": str, "fired": bool, "truth": TRUTH, "all": [TRUTH], "any": [TRUTH], "none": [TRUTH]}],
    "rejected": [REJECTED], "sources": [SOURCE], "expires": str, "advice": ADVICE,
}  # fmt: skip
RECEIPT = {
    "format": {FORMAT}, "id": re.compile(r"rcp-[0-9a-f]{16}"),
    "time": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"), "content_digest": DIGEST,
    "envelope_digest": DIGEST, "content": {"*": object},
}  # fmt: skip


POINT = {"text": str, **CITED}
SHOWING = {
    "gates_shown_for": TEXTS, "gates_in": TEXTS, "priority_question": str, "priority_effect": str,
    "leanings": {"*": str}, "publisher_sells": TEXTS, "publisher_claims": TEXTS,
}  # fmt: skip
BOOK = {
    **{key: CONTENT[key] for key in QUOTED}, "format": {BOOK_FORMAT}, "digest": DIGEST, "sources": [SOURCE],
    "headings": {"*": str}, "disclosures": [DISCLOSURE], "criteria": {"*": str}, "showing": SHOWING,
    "cases": [{"option": str, "summary": str, "living_with_it": str, "for": [POINT], "against": [POINT]}],
}  # fmt: skip


def misshapen(data: Json, shape: Json, path: str) -> Iterator[str]:
    """Where some data has not the shape: a type (`object`: any), a set of words, a pattern, keys, a pair, a list,
    or a choice of shapes. An erased part has every shape."""
    if isinstance(data, Hole):
        return
    if isinstance(shape, tuple):
        if not any(next(misshapen(data, one, path), None) is None for one in shape):
            yield f"{path}: {_brief(data)} is none of the kinds allowed here"
    elif isinstance(shape, dict):
        yield from _misshapen_keys(data, shape, path)
    elif isinstance(shape, list):
        if not isinstance(data, list):
            yield f"{path}: {_brief(data)} is no list"
        else:
            for number, item in enumerate(data):
                yield from misshapen(item, shape[0], f"{path}[{number}]")
    elif isinstance(shape, Pair):
        if not isinstance(data, list) or len(data) != 2:
            yield f"{path}: {_brief(data)} is no list of two"
        else:
            for number, one in enumerate(shape.shapes):
                yield from misshapen(data[number], one, f"{path}[{number}]")
    elif isinstance(shape, (set, re.Pattern)):
        fits = isinstance(data, str) and (data in shape if isinstance(shape, set) else shape.fullmatch(data))
        if not fits:
            yield f"{path}: {_brief(data)} is not a word that may stand here"
    elif shape is not object and (data is not None if shape is None else type(data) is not shape):
        yield f"{path}: {_brief(data)} is of the wrong kind"


def _misshapen_keys(data: Json, shape: dict[str, Json], path: str) -> Iterator[str]:
    if not isinstance(data, dict):
        yield f"{path}: {_brief(data)} is no mapping"
        return
    for key in data:
        if "*" in shape:
            yield from misshapen(data[key], shape["*"], f"{path}.{key}")
        elif key not in shape:
            yield f"{path}.{key}: there is no such key in this format"
    for key, inner in shape.items():
        if key in data and "*" not in shape:
            yield from misshapen(data[key], inner.shape if isinstance(inner, Maybe) else inner, f"{path}.{key}")
        elif key != "*" and key not in data and not isinstance(inner, Maybe):
            yield f"{path}.{key}: it is missing"


def _brief(data: Json) -> str:
    text = json.dumps(data, ensure_ascii=True, default=lambda one: "(erased)")
    return text if len(text) <= 60 else text[:57] + "..."


def differing(path: str, found: Json, expected: Json) -> Iterator[str]:
    """Where some data is not, kind and all, what it should be, as far as it was not erased."""
    if isinstance(found, Hole) or isinstance(expected, Hole):
        return
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in (*expected, *(key for key in found if key not in expected)):
            if key not in found or key not in expected:
                yield f"{path}.{key}: it {'is missing' if key not in found else 'should not be there'}"
            else:
                yield from differing(f"{path}.{key}", found[key], expected[key])
    elif isinstance(found, list) and isinstance(expected, (list, tuple)):
        if len(found) != len(expected):
            yield f"{path}: there are {len(found)} entries, and should be {len(expected)}"
        for number, (one, other) in enumerate(zip(found, expected)):  # noqa: B905
            yield from differing(f"{path}[{number}]", one, other)
    elif type(found) is not type(expected) or found != expected:
        yield f"{path}: it is {_brief(found)}, and should be {_brief(expected)}"


# --- conditions, answers and figures -------------------------------------------------------------


class Known:
    """What is known: values of facts, and what the user said instead of a value."""

    def __init__(self) -> None:
        self.values: dict[str, Json] = {}
        self.said: dict[str, str] = {}

    def clause(self, clause: Json) -> Truth:
        """One clause: true, false or unknown."""
        fact, test, values = clause["fact"], clause["test"], clause["values"]
        if test == "known":
            return (fact in self.values) is values[0]
        if test == "said":
            return bool(self.said.get(fact) == values[0])
        if fact not in self.values:
            return None
        value = self.values[fact]
        if test == "at_least":
            return bool(value >= values[0])
        if test == "at_most":
            return bool(value <= values[0])
        return any(type(value) is type(one) and value == one for one in values)

    def when(self, when: Json) -> Truth:
        """A whole condition: false as soon as a part is false, else unknown as soon as one is unknown."""
        parts: list[Truth] = [self.clause(one) for one in when["all"]]
        for one in when["none"]:
            truth = self.clause(one)
            parts.append(None if truth is None else not truth)
        if when["any"]:
            any_of = [self.clause(one) for one in when["any"]]
            parts.append(True if True in any_of else None if None in any_of else False)
        return False if False in parts else None if None in parts else True


def facts_of(question: Json) -> list[str]:
    """The facts that a question's answer gives."""
    name = question["id"]
    if question["kind"] == "several":
        return [f"{name}.{choice['id']}" for choice in question["wording"]["choices"]] + [f"{name}.count"]
    also = [f"{name}.given"] if question["wording"]["none_choice"] else []
    return [name, *also, *([f"{name}.days"] if question["kind"] == "date" else [])]


def values_of(question: Json, value: Json, as_of: Json) -> dict[str, Json]:
    """The facts of one answer, given on the day `as_of` (or null), with their values."""
    name, wording = question["id"], question["wording"]
    if question["kind"] == "several":
        values: dict[str, Json] = {f"{name}.{one['id']}": one["id"] in value for one in wording["choices"]}
        return {**values, f"{name}.count": len(value)}
    if wording["none_choice"] and value == wording["none_choice"]["id"]:
        return {f"{name}.given": False}
    values = {name: value, f"{name}.given": True} if wording["none_choice"] else {name: value}
    if question["kind"] == "date" and not question["private"] and as_of:
        values[f"{name}.days"] = (date.fromisoformat(value) - date.fromisoformat(as_of)).days
    return values


def fits(question: Json, value: Json) -> bool:
    """Whether a value is one that the question allows."""
    kind, wording = question["kind"], question["wording"]
    choices = [choice["id"] for choice in wording["choices"]]
    if wording["none_choice"] and value == wording["none_choice"]["id"]:
        return True
    if kind == "one":
        return value in choices
    if kind == "several":
        alone = isinstance(value, list) and len(value) > 1 and any(one in value for one in question["alone"])
        return isinstance(value, list) and bool(value) and not alone and value == [c for c in choices if c in value]
    if kind == "number":
        return type(value) is int and wording["minimum"] <= value <= wording["maximum"]
    if question["private"]:
        return bool(value == "(private)")
    if kind == "text":
        return isinstance(value, str) and 0 < len(value) <= wording["max_length"]
    try:
        return bool(wording["earliest"] <= date.fromisoformat(value).isoformat() == value <= wording["latest"])
    except (TypeError, ValueError):
        return False


def ends_of(
    term: Json, figure: Json, known: Known, exact: dict[str, Any], likely: bool = False
) -> tuple[Fraction, Fraction] | None:
    """The low and the high end of a figure's formula, or None when there are none; with `likely` those that it comes to
    when each value takes what is likely, where that is stated."""
    op = term["op"]
    if op == "input" and type(given := known.values.get(term["name"])) is int:
        return Fraction(given), Fraction(given)
    if op in ("value", "input"):
        middle = term.get("likely") if likely else None
        return (Fraction(middle or term["low"]), Fraction(middle or term["high"]))
    if op == "figure":
        found: tuple[Fraction, Fraction] | None = exact.get(term["name"])
        return found
    if op == "fact":
        number = known.values.get(term["name"])
        return (Fraction(number), Fraction(number)) if type(number) is int else None
    if op == "table":
        value = known.values.get(term["name"], "unknown")
        choice = str(value).lower() if isinstance(value, bool) else str(value)
        row = figure["tables"][term["name"]].get(choice)
        middle = figure["likely_rows"].get(term["name"], {}).get(choice) if likely else None
        return (Fraction(middle or row[0]), Fraction(middle or row[1])) if row else None
    result, *others = [ends_of(part, figure, known, exact, likely) for part in term["parts"]]
    for other in others:
        if result is None or other is None:
            return None
        result = _combined(op, result, other)
        if result is not None and max(abs(end.numerator) + end.denominator for end in result) > MOST:
            raise ValueError("a figure grows beyond all bounds")
    return result


def _combined(op: str, a: tuple[Fraction, Fraction], b: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction] | None:
    if op == "add":
        return a[0] + b[0], a[1] + b[1]
    if op == "subtract":
        return a[0] - b[1], a[1] - b[0]
    if op == "longest":
        return max(a[0], b[0]), max(a[1], b[1])
    if op == "shortest":
        return min(a[0], b[0]), min(a[1], b[1])
    if op == "divide" and b[0] <= 0 <= b[1]:
        return None
    products = [x * y if op == "multiply" else x / y for x in a for y in b]
    return min(products), max(products)


# --- the derivation, worked out again ------------------------------------------------------------


class Derivation:
    """Follows the trace firing by firing, and works out beside it what should stand there."""

    def __init__(self, content: Json, heard: bool = True, book: Json = None) -> None:
        """`heard`: whether to start from the answers; else from what the trace says was answered. `book`: the rulebook
        that the content was found to quote, or None."""
        self.content, self.trace, self.heard, self.book = content, content["advice"]["trace"], heard, book
        self.questions = {one["id"]: one for one in content["questions"]}
        self.rules = {one["id"]: one for one in content["rules"]}
        self.options = {one["id"]: one for one in content["options"]}
        self.mains = [one["id"] for one in content["options"] if one["kind"] == "main"]
        self.contests = {one["branch"]: one for one in content["decision"]["contests"]}
        self.known = Known()
        self.records: dict[str, Json] = {}
        self.fired: list[Json] = []
        self.firings: list[Json] = []
        self.exact: dict[str, tuple[Fraction, Fraction]] = {}
        self.likely: dict[str, tuple[Fraction, Fraction]] = {}
        self.tie_breaks: list[Json] = []
        self.order: list[str] = []
        self.margin = 0
        self.totals: dict[str, int] = {}
        self.proposals: list[Json] = []
        self.choice = ("", "", "")

    def doing(self, do: str) -> list[tuple[Json, Json]]:
        """Each fired rule with each of its actions of one kind, in order of firing."""
        return [(rule, action) for rule in self.fired for action in rule["then"] if action["do"] == do]

    def follow(self) -> Iterator[str]:
        """Work through answers and strata. Yields what does not hold."""
        if self.heard:
            yield from self._hear()
        else:
            self._recall()
        left = list(self.trace["firings"])
        for stratum in STRATA:
            while left and left[0]["stratum"] == stratum:
                yield from self._fire(left.pop(0), stratum)
            done = {rule["id"] for rule in self.fired}
            for rule in self.content["rules"]:
                if rule["stratum"] == stratum and rule["id"] not in done and self.known.when(rule["when"]) is True:
                    yield f"rule {rule['id']} did not fire, though its conditions hold"
            self._defaults(stratum)
            if stratum != "plan":
                getattr(self, f"_end_{stratum}")()
            self._unknowns(stratum)
        for firing in left:
            yield f"rule {firing['rule']} fired out of its turn"

    def _hear(self) -> Iterator[str]:
        place = {name: number for number, name in enumerate(self.questions)}
        asked = [one["question"] for one in self.content["answers"]]
        if sorted(set(asked), key=lambda name: place.get(name, -1)) != asked or not place.keys() >= set(asked):
            yield "content.answers: the answers are not in the order of the questions, each once"
            return
        for answer in self.content["answers"]:
            question, value = self.questions[answer["question"]], answer["value"]
            name = question["id"]
            if (answer["said"] == "value") is (value is None) or (value is not None and not fits(question, value)):
                yield f"answer to {name}: {_brief(value)} is no answer to this question"
                return
            if answer["wording_digest"] != question["wording_digest"]:
                yield f"answer to {name}: it was given to another wording of the question"
            counted = self.known.when(question["when"]) is not False
            if answer["counted"] is not counted:
                yield f"answer to {name}: it is said to be {'set aside' if counted else 'counted'}, and should not be"
            if counted and value is None:
                self.known.said.update(dict.fromkeys(facts_of(question), answer["said"]))
            elif counted:
                self.known.values.update(values_of(question, value, self.trace["as_of"]))
        for one in self.content["contradictions"]:
            if self.known.when(one["when"]) is True:
                yield f"answers to {' and '.join(one['between'])}: they cannot all be true ({one['id']})"
        self._record_answers()

    def _recall(self) -> None:
        for one in self.trace["facts"]:
            if one["origin"] == "answer" and one["value"] is not None:
                self.known.values[one["fact"]] = one["value"]
            elif one["origin"] == "answer" and one["said"] is not None:
                self.known.said[one["fact"]] = one["said"]
        self._record_answers()

    def _record_answers(self) -> None:
        for spec in self.content["facts"]:
            if spec["origin"] == "answer":
                said, value = self.known.said.get(spec["fact"]), self.known.values.get(spec["fact"])
                self._record(spec["fact"], value, "answer", [self._asking(spec["fact"])], "answers", said)

    def _asking(self, fact: str) -> str:
        return next((name for name, question in self.questions.items() if fact in facts_of(question)), "")

    def _record(self, fact: str, value: Json, origin: str, by: Any, stratum: str, said: str | None = None) -> None:
        self.records[fact] = {
            "fact": fact, "value": value, "said": said, "origin": origin, "by": sorted(by), "stratum": stratum,
        }  # fmt: skip
        if value is not None:
            self.known.values[fact] = value

    def _fire(self, firing: Json, stratum: str) -> Iterator[str]:
        rule, where = self.rules.get(firing["rule"]), f"firing {firing['n']}, rule {firing['rule']}"
        if rule is None:
            yield f"{where}: no such rule is quoted"
            return
        if rule["stratum"] != stratum or any(rule is one for one in self.fired):
            yield f"{where}: it fired twice, or in a stratum that is not its own"
            return
        for part, wanted in (("all", True), ("none", False)):
            for clause in rule["when"][part]:
                if self.known.clause(clause) is not wanted:
                    yield f"{where}: it fired, though a condition under `{part}` on {clause['fact']} does not hold"
        true = [one for one in rule["when"]["any"] if self.known.clause(one) is True]
        if rule["when"]["any"] and not true:
            yield f"{where}: it fired, though no condition under `any` holds"
        matched = [one["fact"] for one in (*rule["when"]["all"], *rule["when"]["none"], *true)]
        self.fired.append(rule)
        concluded: dict[str, Json] = {}
        for action in rule["then"]:
            concluded.update(_concluded(action))
        for fact, value in concluded.items():
            there = self.records.get(fact)
            if there is not None and canonical(there["value"]) != canonical(value):
                yield f"{where}: it concludes another value of {fact} than rules before it"
            since, by = (there["stratum"], there["by"]) if there else (stratum, [])
            self._record(fact, value, "rule", {rule["id"], *by}, since)
        expected = {
            "n": len(self.fired), "rule": rule["id"], "version": rule["version"], "stratum": stratum,
            "matched": {fact: self.known.values.get(fact) for fact in matched}, "concluded": concluded,
            "did": [_line(action) for action in rule["then"]],
        }  # fmt: skip
        yield from differing(where, firing, expected)
        self.firings.append(expected)

    def _defaults(self, stratum: str) -> None:
        for spec in self.content["facts"]:
            if spec["finished"] == stratum and spec["fact"] not in self.records and spec["otherwise"] is not None:
                self._record(spec["fact"], spec["otherwise"], "default", (), stratum)

    def _unknowns(self, stratum: str) -> None:
        for spec in self.content["facts"]:
            if spec["finished"] == stratum and spec["fact"] not in self.records:
                self._record(spec["fact"], None, spec["origin"], (), stratum)

    def _made(self, prefix: str) -> list[str]:
        return [spec["fact"] for spec in self.content["facts"] if spec["fact"].startswith(prefix)]

    def _end_derive(self) -> None:
        for fact in self._made("score."):
            adds = [(rule["id"], one["points"]) for rule, one in self.doing("add") if f"score.{one['to']}" == fact]
            self._record(fact, sum(points for _, points in adds), "machine", [rule for rule, _ in adds], "derive")
        for figure in self.content["figures"]:
            if self.known.when(figure["when"]) is True:
                ends = ends_of(figure["formula"], figure, self.known, self.exact)
                middle = ends_of(figure["formula"], figure, self.known, self.likely, likely=True)
                if ends is not None and middle is not None:
                    name = figure["id"]
                    self.exact[name], self.likely[name] = ends, middle
                    likely = floor(sum(middle) / 2 + Fraction(1, 2))
                    self._record(f"{name}.likely", likely, "figure", [name], "derive")
                    self._record(f"{name}.low", floor(ends[0]), "figure", [name], "derive")
                    self._record(f"{name}.high", ceil(ends[1]), "figure", [name], "derive")
        contest = self.contests.get(self.known.values.get("branch"))
        decisive = contest["decisive"] if contest else []
        missing = [q for q in decisive if not self.known.values.keys() & set(facts_of(self.questions[q]))]
        self._record(
            "unknown_share", 100 * len(missing) // len(decisive) if decisive else 0, "machine", missing, "derive"
        )

    def _end_constrain(self) -> None:
        for fact in self._made("flag."):
            raised = [
                (rule["id"], one["severity"]) for rule, one in self.doing("red_flag") if f"flag.{one['id']}" == fact
            ]
            highest = max((severity for _, severity in raised), default=0)
            self._record(fact, highest, "machine", [rule for rule, _ in raised], "constrain")

    def _end_weigh(self) -> None:
        points: dict[str, list[tuple[str, int]]] = {option: [] for option in self.mains}
        for rule, one in self.doing("weigh"):
            for option, given in one["points"].items():
                points[option].append((rule["id"], given))
        self.totals = {option: sum(given for _, given in lines) for option, lines in points.items()}
        for option, lines in points.items():
            self._record(f"tally.{option}", self.totals[option], "machine", [rule for rule, _ in lines], "weigh")
        self._compete()
        ties = [one["rule"] for one in self.tie_breaks]
        for number, name in enumerate(("lead.option", "lead.second")):
            if len(self.order) > number:
                self._record(name, self.order[number], "machine", ties, "weigh")
        if len(self.order) > 1:
            self._record("lead.margin", self.margin, "machine", (), "weigh")

    def _compete(self) -> None:
        contest = self.contests.get(self.known.values.get("branch"))
        ranked = [one for one in (contest["options"] if contest else ()) if not self.known.values[f"out.{one}"]]
        if not ranked:
            return
        ranked.sort(key=lambda option: -self.totals[option])
        near = self.totals[ranked[0]] - self.content["decision"]["close_within"]
        close = [option for option in ranked if self.totals[option] >= near]
        breakers = sorted(((one["order"], rule["id"]), one["tiers"]) for rule, one in self.doing("break_tie"))
        for (_, rule), tiers in breakers:
            kept = next((k for tier in tiers if (k := [one for one in close if one in tier])), close)
            if kept != close:
                self.tie_breaks.append({"rule": rule, "before": close, "after": kept})
                close = kept
        self.order = [close[0], *(option for option in ranked if option != close[0])]
        if len(self.order) > 1:
            self.margin = abs(self.totals[self.order[0]] - self.totals[self.order[1]])

    def _end_decide(self) -> None:
        fallback = self.content["decision"]["fallback"]
        out = {option for option in self.mains if self.known.values[f"out.{option}"] is True}
        made = sorted(self.doing("recommend"), key=lambda pair: (pair[1]["priority"], pair[0]["id"]))
        standing = [(rule, one) for rule, one in made if one["option"] not in out]
        first, confidence, by = fallback, "provisional", []
        if standing:
            first, confidence, by = standing[0][1]["option"], standing[0][1]["confidence"], [standing[0][0]["id"]]
        if confidence == "by_margin":
            bands = self.content["decision"]["bands"]
            confidence = next(word for word, limit in bands if limit is None or self.margin <= limit)
        by_points = sorted(self.mains, key=lambda option: -self.totals[option])
        after = [*(one["option"] for _, one in standing), *self.order, *by_points]
        second = next((option for option in after if option != first and option not in out), fallback)
        self.choice = (first, second, confidence)
        for rule, one in made:
            place = "runner_up" if one["option"] == second else "passed_over"
            place = "ruled_out" if one["option"] in out else "recommended" if one["option"] == first else place
            proposal = {key: one[key] for key in ("option", "priority", "confidence")}
            self.proposals.append({**proposal, "rule": rule["id"], "standing": place})
        self._record("advice.option", first, "machine", by, "decide")
        self._record("advice.second", second, "machine", (), "decide")
        self._record("advice.confidence", confidence, "machine", by, "decide")
        if confidence == "provisional" and self.order:
            self._record("advice.lean", self.order[0], "machine", (), "decide")


def _concluded(action: Json) -> dict[str, Json]:
    if action["do"] == "conclude":
        return {action["fact"]: action["value"]}
    if action["do"] == "rule_out":
        return {f"out.{option}": True for option in action["options"]}
    return {f"add_on.{action['option']}": True} if action["do"] == "add_on" else {}


def _line(action: Json) -> str:
    do = action["do"]
    if do == "conclude":
        value = action["value"]
        return f"conclude {action['fact']} = {str(value).lower() if isinstance(value, bool) else value}"
    if do == "weigh":
        points = ", ".join(f"{option} {given:+d}" for option, given in sorted(action["points"].items()))
        return f"weigh {action['criterion']}: {points}"
    if do == "break_tie":
        return f"break ties at order {action['order']}: " + " before ".join(" or ".join(t) for t in action["tiers"])
    sentences: dict[str, Callable[[], str]] = {
        "add": lambda: f"add {action['points']:+d} to {action['to']}",
        "rule_out": lambda: "rule out " + ", ".join(action["options"]),
        "red_flag": lambda: f"raise {action['id']} at severity {action['severity']}",
        "add_on": lambda: f"add on {action['option']}",
        "recommend": lambda: f"propose {action['option']} at priority {action['priority']} ({action['confidence']})",
        "answer": lambda: f"answer the question of page {action['page']}",
        "plan_row": lambda: "give a row of the plan",
        "line": lambda: f"give a line: {action['part'].replace('_', ' ')}",
        "say": lambda: f"give words for {action['to']}",
        "next_step": lambda: f"give a next step at order {action['order']}",
        "ask": lambda: f"give a question for the {action['to']}",
        "call": lambda: "name whom to call",
        "note": lambda: "give a note",
    }
    return sentences[do]()


# --- what follows from the derivation ------------------------------------------------------------


def check_seal(receipt: Json, kind: str = "rcp") -> Iterator[str]:
    """The digests of the content and the envelope, the id made from them, and that the time is one there is."""
    content_digest = digest(receipt["content"])
    yield from differing("content_digest", receipt["content_digest"], content_digest)
    yield from differing("id", receipt["id"], f"{kind}-{content_digest[len('sha256:') :][:16]}")
    envelope = {key: value for key, value in receipt.items() if key not in ("envelope_digest", "content")}
    yield from differing("envelope_digest", receipt["envelope_digest"], digest(envelope))
    try:
        datetime.strptime(receipt["time"], "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        yield f"time: there is no such time as {receipt['time']}"


def check_quotes(content: Json) -> Iterator[str]:
    """The digests of wordings, rules and files, and that each thing is quoted once."""
    for question in content["questions"]:
        yield from _check_wording(question)
    for rule in content["rules"]:
        yield from _check_rule(rule, content["rulebase"]["files"])
    yield from _check_files(content["rulebase"])
    for name, key in ONCE:
        yield from _check_once(name, [one[key] for one in content[name]])


ONCE = (
    ("questions", "id"), ("contradictions", "id"), ("facts", "fact"), ("options", "id"), ("figures", "id"),
    ("rules", "id"),
)  # fmt: skip


def _check_wording(question: Json) -> Iterator[str]:
    if digest(question["wording"]) != question["wording_digest"]:
        yield f"question {question['id']}: the wording does not have the digest that is given for it"


def _check_rule(rule: Json, files: Json) -> Iterator[str]:
    quoted = {key: value for key, value in rule.items() if key != "digest"}
    if digest(quoted) != rule["digest"]:
        yield f"rule {rule['id']}: the rule as quoted does not have the digest that is given for it"
    if files.get(rule["file"]) != rule["file_digest"]:
        yield f"rule {rule['id']}: its file is not among the files of the rule base, or has another digest there"


def _check_files(rulebase: Json) -> Iterator[str]:
    yield from differing("content.rulebase.digest", rulebase["digest"], _overall(rulebase["files"]))


def _check_once(name: str, seen: list[str]) -> Iterator[str]:
    if len(set(seen)) < len(seen):
        yield f"content.{name}: something is there twice"


def _overall(files: dict[str, str]) -> str:
    return hashlib.sha256("".join(f"{files[name]}  {name}\n" for name in sorted(files)).encode()).hexdigest()


def check_trace(made: Derivation) -> Iterator[str]:
    """That the trace's facts, points, contest and choice are those worked out again."""
    for check in trace_checks(made):
        yield from check()


def trace_checks(made: Derivation) -> list[Callable[[], Iterator[str]]]:
    """The checks of the trace, each of a part."""
    return [lambda: _check_facts(made), lambda: _check_said(made), lambda: _check_outcome(made)]


def _check_facts(made: Derivation) -> Iterator[str]:
    trace = made.trace
    found = {one["fact"]: {**one, "by": sorted(one["by"])} for one in trace["facts"]}
    if len(found) != len(trace["facts"]):
        yield "trace.facts: a fact is there twice"
    yield from differing("trace.facts", found, made.records)


def _check_said(made: Derivation) -> Iterator[str]:
    answers = made.content["answers"]
    counted = {one["question"]: one for one in answers if one["counted"]}
    plain = {name: one["said"] if one["value"] is None else one["value"] for name, one in counted.items()}
    aside = [one["question"] for one in answers if not one["counted"]]
    for key, value in (("answers", plain), ("set_aside", aside)):
        yield from differing(f"trace.{key}", made.trace[key], value)


def _check_outcome(made: Derivation) -> Iterator[str]:
    trace, content = made.trace, made.content
    flags = [record for name, record in made.records.items() if name.startswith("flag.") and record["value"]]
    first, second, confidence = made.choice
    expected: dict[str, Json] = {
        "red_flags": [{"id": f["fact"][len("flag.") :], "severity": f["value"], "rules": f["by"]} for f in flags],
        "tallies": [
            {"option": option, "rule": rule["id"], "criterion": one["criterion"], "points": points}
            for rule, one in made.doing("weigh")
            for option, points in one["points"].items()
        ],
        "totals": made.totals,
        "contest": {
            "branch": made.known.values.get("branch", ""),
            "order": made.order,
            "points": {option: made.totals[option] for option in made.order},
            "margin": made.margin,
            "tie_breaks": made.tie_breaks,
        },
        "proposals": made.proposals,
        "recommended": first,
        "runner_up": second,
        "confidence": confidence,
        "add_ons": [name for name in made.options if made.known.values.get(f"add_on.{name}") is True],
        "versions": content["versions"],
        "questionnaire": content["questionnaire"],
        "rulebase": {key: content["rulebase"][key] for key in ("id", "version", "digest")},
    }
    for key, value in expected.items():
        shown = trace[key]
        if key in ("tallies", "red_flags"):  # the order of points within one rule is not part of the format
            shown, value = unordered(shown), unordered(value)
        yield from differing(f"trace.{key}", shown, value)


def unordered(items: Json) -> Json:
    """A list in an order that does not depend on the one given; a hole when a part of it was erased."""
    try:
        return sorted(items, key=canonical)
    except Missing as gone:
        return Hole(str(gone))


def check_account(made: Derivation) -> Iterator[str]:
    """The clauses of every rule, the rejected options, the skipped questions, the sources and the expiry."""
    content, known = made.content, made.known
    yield from _check_pages(made)
    fired = {rule["id"] for rule in made.fired}
    truths = [
        {
            "rule": rule["id"],
            "fired": rule["id"] in fired,
            "truth": known.when(rule["when"]),
            **{part: [known.clause(one) for one in rule["when"][part]] for part in ("all", "any", "none")},
        }
        for rule in content["rules"]
    ]
    yield from differing("evaluations", content["evaluations"], truths)
    added = [f"add_on.{name}" for name in made.options]
    left = [
        name for name, fact in zip(made.options, added)  # noqa: B905
        if name != made.choice[0] and known.values.get(fact) is not True
    ]  # fmt: skip
    yield from differing("rejected", content["rejected"], [_rejection(made, name) for name in left])
    given = {one["question"] for one in content["answers"]}
    yield from differing(
        "skipped",
        [one["question"] for one in content["skipped"]],
        [name for name in made.questions if name not in given],
    )
    for one in content["skipped"]:
        question = made.questions.get(one["question"])
        if question is not None:
            barred = {False: "does_not_apply", None: "not_known_to_apply"}.get(known.when(question["when"]))
            wrong = one["reason"] != barred if barred else one["reason"] in ("does_not_apply", "not_known_to_apply")
            if wrong or (one["reason"] == "another_page" and _is_put(made, question)):
                yield f"skipped {one['question']}: the reason given, {one['reason']}, is not so"
    cited = {source for rule in made.fired for source in rule["sources"]}
    yield from differing("sources", sorted(one["id"] for one in content["sources"]), sorted(cited))
    shown = {one["id"]: one for one in content["advice"]["sources"]}
    for one in content["sources"]:
        yield from differing(f"sources, {one['id']}", one, shown.get(one["id"], one))
    yield from differing("expires", content["expires"], min((rule["review_by"] for rule in made.fired), default=""))


def _is_put(made: Derivation, question: Json) -> bool:
    """Whether a question is put to everyone, or by a page that speaks; all are where no page names any. A page that is
    not of the main question puts the first few.
    """
    decision = made.content["decision"]
    pages, main = decision["pages"], made.known.values.get(decision.get("main_question", ""))
    speaking = [page for page in pages if page["opens"] is None or made.known.clause(page["opens"]) is True]
    named = any(page["questions"] for page in pages)
    also = decision.get("asked_also", 0) or None
    asked = (page["questions"][: None if main in (None, page["id"]) else also] for page in speaking)
    put = question["core"] or not named or any(question["id"] in questions for questions in asked)
    return question["asked"] and put


def _check_pages(made: Derivation) -> Iterator[str]:
    """That rules are quoted of the pages that speak, and with a rulebook that all of them are."""
    clauses = {one["id"]: one["opens"] for one in made.content["decision"]["pages"]}
    opens = {name: clause is None or made.known.clause(clause) is True for name, clause in clauses.items()}
    for rule in made.content["rules"]:
        if not opens.get(rule["page"], True):
            yield f"rule {rule['id']}: it is quoted, though its page {rule['page']} does not speak"
    for rule in [] if made.book is None else made.book["rules"]:
        if opens.get(rule["page"], True) and rule["id"] not in made.rules:
            yield f"rule {rule['id']}: it is not quoted, though its page {rule['page']} speaks"


def _rejection(made: Derivation, name: str) -> Json:
    option = made.options[name]
    out = sorted({rule["id"] for rule, one in made.doing("rule_out") if name in one["options"]})
    proposals = [one for one in made.proposals if one["option"] == name]
    place = made.order.index(name) + 1 if name in made.order else None
    points = made.totals.get(name, 0)
    why = ["ruled_out"] if out else []
    why += ["not_in_contest"] if place is None else ["contest_lost"] if place > 1 else []
    why += ["not_proposed"] if not proposals else [] if out else ["proposal_passed_over"]
    return {
        "option": name,
        "kind": option["kind"],
        "why": why if option["kind"] == "main" else ["not_added"],
        "ruled_out_by": out,
        "points": points,
        "place": place,
        "behind": None if place is None else made.totals[made.order[0]] - points,
        "proposals": [{key: one[key] for key in ("rule", "priority", "standing")} for one in proposals],
    }


# --- the advice as shown -------------------------------------------------------------------------


class Words:
    """Fills the sentences of rules with the user's answers."""

    def __init__(self, made: Derivation) -> None:
        self.made = made
        self.phrases = {spec["fact"]: spec["phrases"] for spec in made.content["facts"]}

    def fill(self, text: str, capital: bool = True, **slots: str) -> str:
        """A sentence with its {placeholders} filled in; one that was erased stays so."""
        if isinstance(text, Hole) or not SLOT.search(text):
            return text
        filled = SLOT.sub(lambda m: self._placed(m, slots), text)
        return filled[:1].upper() + filled[1:] if capital else filled

    def _placed(self, slot: re.Match[str], slots: dict[str, str]) -> str:
        words = str(slots[slot[1]]) if slot[1] in slots else self._slot(slot[1], slot[2])
        begins = slot.string[: slot.start()].endswith((". ", "? ", "! "))
        return words[:1].upper() + words[1:] if begins else words

    def inside(self, text: str | None) -> str:
        """The same, of words that stand inside a sentence."""
        return "" if text is None else self.fill(text, capital=False)

    def heading(self, key: str, **slots: str) -> str:
        """A standing sentence with its {placeholders} filled in."""
        return self.fill(self.made.content["advice"]["headings"][key], True, **slots)

    def _slot(self, slot: str, fallback: str | None) -> str:
        if fallback is None:
            return self.phrase(slot)
        try:
            return self.phrase(slot)
        except KeyError:
            return fallback

    def phrase(self, slot: str) -> str:
        """How a fact, an option, or what was picked of several choices, reads in a sentence. Raises KeyError."""
        if slot.startswith("option."):
            return str(self.made.options[slot[len("option.") :]]["name"])
        if slot not in self.made.known.values and slot in self.made.questions:
            return self._picked(slot)
        value = self.made.known.values[slot]
        if self.phrases[slot] is not None:
            words = next(words for one, words in self.phrases[slot] if one == value and type(one) is type(value))
            return self.fill(str(words), False)
        question = self.made.questions.get(slot)
        if question is not None and question["kind"] == "date":
            return day(date.fromisoformat(value))
        return str(value) if isinstance(value, str) else f"{value:,}"

    def _picked(self, name: str) -> str:
        facts = [f"{name}.{choice['id']}" for choice in self.made.questions[name]["wording"]["choices"]]
        picked = [self.phrase(fact) for fact in facts if self.made.known.values.get(fact) is True]
        if not picked:
            raise KeyError(name)
        *most, last = picked
        return f"{', '.join(most)} and {last}" if most else last


def day(when: date, near: date | None = None) -> str:
    """A date as it reads in a sentence; without its year when it is less than a year after `near`."""
    short = f"{MONTHS[when.month - 1]} {when.day}"
    return short if near is not None and 0 <= (when - near).days < 365 else f"{short}, {when.year}"


def check_advice(made: Derivation) -> Iterator[str]:
    """That what is shown is what the derivation came to, in the words of its rules and figures."""
    for check in advice_checks(made):
        yield from check()


def advice_checks(made: Derivation) -> list[Callable[[], Iterator[str]]]:
    """The checks of what is shown, each of a part."""
    words = Words(made)
    return [partial(check, made, words) for check in dict.fromkeys(ADVICE_CHECKS.values()) if check is not None]


Check = Callable[["Derivation", "Words"], Iterator[str]]


def _same(part: str, made: Callable[[Derivation, Words], Json]) -> Check:
    """The check that a part of the advice is as it is made anew."""
    return lambda one, words: differing(f"advice.{part}", one.content["advice"][part], made(one, words))


def _both_steps(made: Derivation, words: Words) -> Iterator[str]:
    steps = _steps(made, words)
    for part, expected in (("next_steps", steps[:FIRST_STEPS]), ("later_steps", steps[FIRST_STEPS:])):
        yield from differing(f"advice.{part}", made.content["advice"][part], expected)


def _unknowns(made: Derivation, words: Words) -> list[Json]:
    contest = made.contests.get(made.known.values.get("branch"))
    decisive = contest["decisive"] if contest else []
    found = []
    for place, (name, question) in enumerate(made.questions.items()):
        facts = facts_of(question)
        if (
            made.known.values.keys() & set(facts)
            or not question["asked"]
            or made.known.when(question["when"]) is not True
        ):
            continue
        move, text = _could_move(made, question), question["wording"]["text"]
        matters = name in decisive or move > 0
        line = {
            "question": name, "text": text, "matters": matters, "could_move": move,
            "why_unknown": next((made.known.said[fact] for fact in facts if fact in made.known.said), "not_asked"),
            "effect": words.heading("unknown_matters", question=text) if matters else "",
        }  # fmt: skip
        found.append(((not matters, -move, place), line))
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


def _could_move(made: Derivation, question: Json) -> int:
    """The most points by which one answer could shift the first two of the contest, by rules that read it alone."""
    if len(made.order) < 2 or question["kind"] != "one":
        return 0
    first, second = made.order[:2]
    name, moves = question["id"], [0]
    alone = [
        rule for rule in made.content["rules"]
        if {clause["fact"] for part in ("all", "any", "none") for clause in rule["when"][part]} == {name}
    ]  # fmt: skip
    for choice in question["wording"]["choices"]:
        told = Known()
        told.values[name] = choice["id"]
        given = [
            one["points"]
            for rule in alone if told.when(rule["when"]) is True
            for one in rule["then"] if one["do"] == "weigh"
        ]  # fmt: skip
        moves.append(abs(sum(points.get(first, 0) - points.get(second, 0) for points in given)))
    return max(moves)


def _gates(made: Derivation, words: Words) -> Iterator[str]:
    whys = {
        one["fact"]: words.fill(rule["why"])
        for rule, one in made.doing("conclude") if one["fact"].startswith("gate.")
    }  # fmt: skip
    expected = [
        {
            "id": spec["fact"], "title": spec["title"], "text": whys.get(spec["fact"], ""),
            "state": str(made.known.values.get(spec["fact"], "unknown")),
        }
        for spec in made.content["facts"] if spec["fact"].startswith("gate.")
    ]  # fmt: skip
    shown = made.content["advice"]["gates"]
    if made.book is not None:
        showing = made.book["showing"]
        due = made.choice[0] in showing["gates_shown_for"] and made.known.values.get("branch") in showing["gates_in"]
        expected = expected if due else []
    elif not shown:
        return
    yield from differing("advice.gates", shown, expected)


def _set_aside(made: Derivation, words: Words) -> list[Json]:
    return [
        words.heading("set_aside", question=made.questions[name]["wording"]["text"])
        for name in made.trace["set_aside"]
    ]  # fmt: skip


def _sources(made: Derivation, words: Words) -> Iterator[str]:
    advice = made.content["advice"]
    groups = [advice[part] for part in ("reasons", "red_flags", "next_steps", "later_steps", "notes", "figures")]
    groups += [case[side] for case in advice["options"] for side in ("for", "against")]
    plan = advice["plan"]
    groups += [plan["rows"], plan["scripts"], [plan["other"]] if plan["other"] else []]
    cited = {source for group in groups for line in group for source in line["sources"]} | {*plan["rests_on"]}
    shown = [one["id"] for one in advice["sources"]]
    if made.book is None:
        shown, expected = sorted(shown), sorted(cited)
    else:
        expected = [one["id"] for one in made.book["sources"] if one["id"] in cited]
        due = [one["id"] for one in made.book["sources"]]
        ordered = sorted((one["id"] for one in made.content["sources"]), key=due.index)
        yield from differing("content.sources", [one["id"] for one in made.content["sources"]], ordered)
    yield from differing("advice.sources", shown, expected)


def _disclosures(made: Derivation, words: Words) -> Iterator[str]:
    advice = made.content["advice"]
    grades = {one["id"]: one["grade"] for one in advice["sources"]}
    due = {
        "bias_note": any(one["leans_with_publisher"] for one in advice["reasons"]),
        "composite_note": any(grades[s] == "composite" for one in advice["reasons"] for s in one["sources"]),
    }
    expected = [{"id": name, "text": advice["headings"][name]} for name, shown in due.items() if shown]
    if made.book is not None:
        yield from differing("advice.disclosures", advice["disclosures"], [*made.book["disclosures"], *expected])
        return
    shown = [one for one in advice["disclosures"] if one["id"] in due]
    yield from differing("advice.disclosures, of these reasons", shown, expected)


def _named(made: Derivation, words: Words) -> Iterator[str]:
    for key, value in (
        ("review_by", made.content["expires"]),
        ("rulebase", made.trace["rulebase"]),
        ("questionnaire", made.trace["questionnaire"]),
    ):
        yield from differing(f"advice.{key}", made.content["advice"][key], value)


def _cited(rule: Json) -> Json:
    return {"claims": rule["claims"], "sources": rule["sources"]}


def _steps(made: Derivation, words: Words) -> list[Json]:
    found: dict[str, Json] = {}
    for rule, one in sorted(made.doing("next_step"), key=lambda pair: (pair[1]["order"], pair[0]["id"])):
        text = words.fill(one["text"])
        step = {"order": one["order"], "timing": one["timing"], "text": text, "why": words.fill(rule["why"])}
        found.setdefault(text, {**step, "rule": rule["id"], **_cited(rule)})
    return list(found.values())


def _asks(made: Derivation, words: Words) -> list[Json]:
    ordered = sorted(made.doing("ask"), key=lambda pair: (pair[1]["to"], pair[1]["order"], pair[0]["id"]))
    return [
        {"to": one["to"], "text": words.fill(one["text"]), "why": words.fill(rule["why"]), "rule": rule["id"],
         "claims": rule["claims"]}
        for rule, one in ordered
    ]  # fmt: skip


def _calls(made: Derivation, words: Words) -> list[Json]:
    ordered = sorted(made.doing("call"), key=lambda pair: str(pair[0]["id"]))
    return [{"who": one["who"], "about": words.fill(one["about"]), "rule": rule["id"]} for rule, one in ordered]


def _notes(made: Derivation, words: Words) -> list[Json]:
    ordered = sorted(made.doing("note"), key=lambda pair: (pair[1]["topic"], pair[0]["id"]))
    return [
        {"topic": one["topic"], "text": words.fill(one["text"]), "rule": rule["id"], **_cited(rule)}
        for rule, one in ordered
    ]


def _red_flags(made: Derivation, words: Words) -> list[Json]:
    gravest: dict[str, Json] = {}
    for rule, one in made.doing("red_flag"):
        if one["id"] not in gravest or one["severity"] > gravest[one["id"]]["severity"]:
            gravest[one["id"]] = {
                "id": one["id"], "severity": one["severity"], "text": words.fill(rule["why"]), "rule": rule["id"],
                "severity_name": made.content["advice"]["headings"][f"severity.{one['severity']}"],
                "action": words.fill(one["action"]), "against": one["against"], **_cited(rule),
            }  # fmt: skip
    number = {flag: int(re.sub(r"\D", "", flag) or 0) for flag in gravest}
    return sorted(gravest.values(), key=lambda flag: (-flag["severity"], number[flag["id"]], flag["id"]))


def _figures(made: Derivation, words: Words) -> list[Json]:
    found = []
    for one in made.content["figures"]:
        low, high = (made.known.values.get(f"{one['id']}.{end}") for end in ("low", "high"))
        if one["show"] and low is not None and high is not None:
            text = words.fill(one["text_same" if low == high else "text"], low=f"{low:,}", high=f"{high:,}")
            shown = {"id": one["id"], "title": one["title"], "low": low, "high": high, "unit": one["unit"]}
            found.append({**shown, "text": text, **_cited(one)})
    return found


def _reasons(made: Derivation, words: Words) -> list[Json]:
    matched = {firing["rule"]: firing["matched"] for firing in made.firings}
    shown = {one["rule"]: one["leans_with_publisher"] for one in made.content["advice"]["reasons"]}
    found = []
    for name in _principal(made):
        rule = made.rules[name]
        points: dict[str, int] = {}
        for action in rule["then"]:
            if action["do"] == "weigh":
                points.update(action["points"])
        reason = {"rule": name, "text": words.fill(rule["why"]), "facts": matched[name], "points": points}
        leans = shown.get(name, False)
        if made.book is not None:
            leaning, sold = made.book["showing"]["leanings"], made.book["showing"]["publisher_sells"]
            leans = any(one.startswith("K") and leaning.get(one) in sold for one in rule["claims"])
        found.append({**reason, "caveats": rule["caveats"], "leans_with_publisher": leans, **_cited(rule)})
    return found


def _may_be_none(part: Json) -> bool:
    """Whether there is nothing there, or what was there was erased."""
    return part is None or isinstance(part, Hole)


def _there(text: str) -> str:
    """A text of the receipt, for what cannot be told that it was erased. Raises Missing."""
    if isinstance(text, Hole):
        raise Missing(text.path)
    return text


def _principal(made: Derivation) -> list[str]:
    """The rules that settled it, closed a rival option, or set the option apart most; at most four, that speak of an
    answer if any does."""
    every = [*_settling(made, False), *_closing(made), *_weighing(made)]
    telling = [rule["id"] for rule in every if any(slot[2] is None for slot in SLOT.finditer(_there(rule["why"])))]
    return list(dict.fromkeys(telling or [rule["id"] for rule in _settling(made, True)]))[:MOST_REASONS]


def _settling(made: Derivation, points_too: bool) -> list[Json]:
    winners = {one["rule"] for one in made.proposals if one["standing"] == "recommended"}
    won = [(rule, one) for rule, one in made.doing("recommend") if rule["id"] in winners]
    won.sort(key=lambda pair: (pair[1]["priority"], pair[0]["id"]))
    return [rule for rule, one in won if points_too or one["confidence"] != "by_margin"]


def _closing(made: Derivation) -> list[Json]:
    contest = made.contests.get(made.known.values.get("branch"))
    rivals = {*(contest["options"] if contest else ())} - {made.choice[0]}
    return [rule for rule, one in made.doing("rule_out") if rivals & {*one["options"]}]


def _weighing(made: Derivation) -> list[Json]:
    first, second, confidence = made.choice
    if confidence == "provisional" and made.order:
        first, second = made.order[0], made.order[1] if len(made.order) > 1 else second
    rivals = [option for option in dict.fromkeys((*made.order, second)) if option != first]
    in_favor = [(rule, one["points"]) for rule, one in made.doing("weigh") if one["points"].get(first, 0) > 0]

    def lead(points: Json, others: list[str]) -> int:
        return sum(points[first] - points.get(other, 0) for other in others)

    by_all = sorted(in_favor, key=lambda pair: (-lead(pair[1], rivals), pair[0]["id"]))
    by_second = sorted(in_favor, key=lambda pair: (-lead(pair[1], [second]), -pair[1][first], pair[0]["id"]))
    return [rule for pair in zip(by_all, by_second) for rule, _ in pair]  # noqa: B905


def _cases(made: Derivation, words: Words) -> Iterator[str]:
    rejected = {one["option"]: one for one in made.content["rejected"]}
    shown = made.content["advice"]["options"]
    rank = {made.choice[0]: 0, made.choice[1]: 1}
    order = sorted(made.options, key=lambda name: rank.get(name, 2))
    wrong = list(differing("advice.options", [case["option"] for case in shown], order))
    yield from wrong
    for case in () if wrong else shown:
        name = case["option"]
        option = made.options[name]
        lines = [
            (rule, one["criterion"], one["points"][name]) for rule, one in made.doing("weigh") if name in one["points"]
        ]
        standing = "runner_up" if name == made.choice[1] else "possible"
        if option["kind"] == "add_on":
            standing = "not_added" if name in rejected else "added"
        elif name == made.choice[0]:
            standing = "recommended"
        elif rejected[name]["ruled_out_by"]:
            standing = "ruled_out"
        out = [rule for rule, one in made.doing("rule_out") if name in one["options"]]
        expected = {
            "title": option["title"], "kind": option["kind"], "standing": standing,
            "points": sum(points for _, _, points in lines), "ruled_out_by": [rule["id"] for rule in out],
            "ruled_out_why": list(dict.fromkeys(words.fill(rule["why"]) for rule in out)),
        }  # fmt: skip
        sums = [{"rule": rule["id"], "criterion": criterion, "points": points} for rule, criterion, points in lines]
        if made.book is not None:
            general = next(one for one in made.book["cases"] if one["option"] == name)
            expected |= {key: general[key] for key in ("summary", "living_with_it")}
            sums = [{**one, "criterion_name": made.book["criteria"][str(one["criterion"])]} for one in sums]
        yield from differing(f"advice.options, {name}", {key: case[key] for key in expected}, expected)
        told = [{key: one[key] for key in (sums[0] if sums else one)} for one in case["arithmetic"]]
        yield from differing(f"advice.options, {name}, arithmetic", told, sums)
        yield from _sides(made, words, name, case, lines)


def _sides(made: Derivation, words: Words, name: str, case: Json, lines: list[tuple[Json, str, int]]) -> Iterator[str]:
    sides: dict[str, list[tuple[Json, int | None]]] = {
        "for": [(rule, points) for rule, _, points in lines if points > 0],
        "against": [(rule, points) for rule, _, points in lines if points < 0],
    }
    sides["for"] += [(rule, None) for rule, one in made.doing("add_on") if one["option"] == name]
    sides["against"] += [(rule, None) for rule, one in made.doing("red_flag") if name in one["against"]]
    for side, own in sides.items():
        expected = [
            {"text": words.fill(rule["why"]), "rule": rule["id"], "points": points, **_cited(rule)}
            for rule, points in sorted(own, key=lambda pair: (-abs(pair[1] or 0), pair[0]["id"]))
        ]
        shown = case[side]
        if made.book is not None:
            general = next(one for one in made.book["cases"] if one["option"] == name)
            expected += [{**one, "rule": None, "points": None} for one in general[side]]
        elif len(shown) > len(expected) and all(_may_be_none(line["rule"]) for line in shown[len(expected) :]):
            shown = shown[: len(expected)]  # general points, which no rule speaks
        yield from differing(f"advice.options, {name}, {side}", shown, expected)


def _recommendation(made: Derivation, words: Words) -> Iterator[str]:
    first, second, confidence = made.choice
    lean, by_points = made.known.values.get("advice.lean"), _by_points(made)
    headline = words.heading(
        f"headline.{confidence}", headline=made.options[first]["headline"], second=made.options[lean or second]["name"]
    )
    how_sure = _how_sure(made, words)
    names = [made.options[add_on]["name"] for add_on in made.trace["add_ons"]]
    if names:
        how_sure += " " + words.heading("with_add_ons", add_ons=" and ".join(names))
    whys = " ".join(words.fill(made.rules[one["rule"]]["why"]) for one in made.tie_breaks)
    told = bool(whys) and (by_points or lean is not None)
    expected = {
        "option": first, "title": made.options[first]["title"], "add_ons": made.trace["add_ons"],
        "confidence": confidence, "headline": headline, "how_sure": how_sure, "runner_up": second,
        "runner_up_title": made.options[second]["title"], "lean": lean,
        "margin": made.margin if by_points and len(made.order) > 1 else None,
        "tie_broken": words.heading("tie_broken", why=whys) if told else None,
    }  # fmt: skip
    if made.book is not None:
        showing = made.book["showing"]
        asked = showing["priority_question"] in made.known.values
        expected["priority_effect"] = showing["priority_effect"] if asked else None
    shown = made.content["advice"]["recommendation"]
    yield from differing("advice.recommendation", {key: shown[key] for key in expected}, expected)


def _by_points(made: Derivation) -> bool:
    """Whether the points settled it."""
    proposed = any(one["standing"] == "recommended" and one["confidence"] == "by_margin" for one in made.proposals)
    return proposed and made.order[:1] == [made.choice[0]]


def _how_sure(made: Derivation, words: Words) -> str:
    lean = made.known.values.get("advice.lean")
    if lean is not None:
        leaning = words.heading("provisional_lean", lean=made.options[lean]["name"])
        return f"{words.heading('how_sure.provisional')} {leaning}"
    if not _by_points(made) or len(made.order) < 2:
        return words.heading("how_sure.by_rule")
    first, second = (made.options[name]["name"] for name in made.order[:2])
    return words.heading(f"how_sure.{made.choice[2]}", first=first, second=second, margin=str(made.margin))


class Plan:
    """The plan page, put together again from the rules that fired."""

    def __init__(self, made: Derivation, words: Words) -> None:
        self.made, self.words = made, words
        self.shown = made.content["advice"]["plan"]
        self.as_of = date.fromisoformat(made.trace["as_of"]) if made.trace["as_of"] else None
        self.asked = str(made.known.values.get("question", ""))
        chosen = next((one["rule"] for one in made.proposals if one["standing"] == "recommended"), None)
        self.rule = made.rules[chosen] if chosen is not None else None
        self.lead = next((one for one in self.rule["then"] if one["do"] == "answer"), None) if self.rule else None
        leading = self.lead["page"] if self.lead else ""
        own = [
            pair for pair in made.doing("answer")
            if pair[1]["page"] == self.asked and pair[1] is not self.lead and leading != self.asked
        ]  # fmt: skip
        self.own = min(own, key=lambda pair: int(pair[1]["place"])) if own else None
        self.first = [page for page in dict.fromkeys((leading, self.asked)) if page]
        pages = [page["id"] for page in made.content["decision"]["pages"]]
        self.places = {page: place for place, page in enumerate(dict.fromkeys((*self.first, *pages)))}

    def problems(self) -> Iterator[str]:
        """Where the page shown is not this one."""
        stops, rows = self.stops(), self.rows()
        reasons, numbers = self.lines("reason", "against"), self.lines("number")
        watch, find_out, replies = self.lines("watch"), self.lines("find_out"), self.lines("reply")
        other = self.other()
        parts = {
            "as_of": self.made.trace["as_of"], "stops": stops, "rows": rows, "reasons": reasons, "watch": watch,
            "numbers": numbers, "find_out": find_out, "replies": replies,
            "scripts": self.scripts(), "other": other,
        }  # fmt: skip
        for part, expected in parts.items():
            yield from differing(f"advice.plan.{part}", self.shown[part], expected)
        answer = self.answer(stops)
        yield from differing("advice.plan.answer", self.shown["answer"], answer)
        lines = [*replies, *stops, *rows, *reasons, *watch, *numbers, *find_out, *([other] if other else [])]
        yield from differing("advice.plan.rests_on", self.shown["rests_on"], rests_on(answer, lines))
        if self.made.book is not None:
            leaning = {*self.made.book["showing"]["publisher_claims"]}
            leans = any(leaning & {*one["claims"]} for one in (*reasons, answer))
            yield from differing("advice.plan.leans_with_publisher", self.shown["leans_with_publisher"], leans)

    def ranked(self, *kinds: str) -> list[tuple[Json, Json]]:
        """What fired rules say of some kinds: the page that leads first, then that of the question, then the others."""
        found = [pair for kind in kinds for pair in self.made.doing(kind)]
        last = len(self.places)
        return sorted(found, key=lambda pair: (self.places.get(pair[0]["page"], last), pair[0]["line"], pair[0]["id"]))

    def said(self, text: str, rule: Json) -> dict[str, Json]:
        """A line of the page."""
        return {"text": self.words.fill(text), "rule": rule["id"], **_cited(rule)}

    def answer(self, stops: list[Json]) -> Json:
        """The answer and how sure it is."""
        words, first, confidence = self.words, self.made.choice[0], self.made.choice[2]
        rules = [self.rule] if self.rule else []
        if self.lead is not None:
            sure, parts = self.lead["sure"], [words.fill(self.lead["text"])]
            how = [words.heading(f"plan.sure.{sure}", because=words.inside(self.lead["because"]))]
            if self.lead["turns"]:
                how.append(words.heading("plan.turns", turns=words.fill(self.lead["turns"])))
        else:
            sure = SURENESS.get(confidence, "open")
            parts = [words.heading("plan.fallback", headline=self.made.options[first]["headline"])]
            how = [words.heading(f"plan.sure_plain.{sure}")]
        if self.own is not None:
            parts.append(words.fill(self.own[1]["brief"]))
            rules.append(self.own[0])
        for stop in stops:
            rule = self.made.rules[stop["rule"]]
            clauses = [one["clause"] for one in rule["then"] if one["do"] == "red_flag" and "clause" in one]
            if clauses and first in stop["against"] and all(rule is not one for one in rules):
                parts.append(words.heading("plan.clause", clause=words.inside(clauses[0])))
                rules.append(rule)
        return {
            "page": self.lead["page"] if self.lead else "", "asked": self.asked, "text": _joined(parts), "sure": sure,
            "how_sure": _joined(how), "rules": [rule["id"] for rule in rules],
            "claims": list(dict.fromkeys(claim for rule in rules for claim in rule["claims"])),
            "sources": list(dict.fromkeys(source for rule in rules for source in rule["sources"])),
        }  # fmt: skip

    def other(self) -> Json:
        """The other choice, where the leading case names one."""
        if self.lead is None or self.rule is None or "right_when" not in self.lead:
            return None
        second = self.lead["second"]
        title = self.made.options[second]["title"]
        return {**self.said(self.lead["right_when"], self.rule), "option": second, "title": title}

    def stops(self) -> list[Json]:
        """What must wait or come first: what speaks against the option first, then the gravest."""
        made: dict[str, Json] = {}
        for rule, one in self.ranked("red_flag"):
            if "stop" in one:
                line = {**self.said(one["stop"], rule), "severity": one["severity"], "against": one["against"]}
                made.setdefault(line["text"], line)
        return sorted(made.values(), key=lambda one: (self.made.choice[0] not in one["against"], -one["severity"]))

    def rows(self) -> list[Json]:
        """The rows in time order, one for each key; the weightiest are shown."""
        found: dict[str, tuple[Json, Json]] = {}
        for rule, one in self.ranked("plan_row"):
            found.setdefault(one["key"] or self.words.fill(one["text"]), (rule, one))
        rows = list(found.values())

        def lightness(place: int) -> tuple[int, int]:
            rule, one = rows[place]
            return WEIGHTS.index(one["weight"]) + (rule["page"] not in self.first), place

        kept = sorted(range(len(rows)), key=lightness)[: self.made.content["decision"]["most_rows"]]
        moments = [self.moment(one["time"]) for _, one in rows]
        made = []
        for place in sorted(range(len(rows)), key=lambda place: (moments[place][0], place)):
            (rule, one), (_, due, when, words) = rows[place], moments[place]
            row = {
                "title": rule["title"], "when": words, "kind": one["time"]["kind"], "due": due,
                "date": when.isoformat() if when else None,
                "do": self.words.fill(one["text"]), "done": self.words.inside(one["done"]), "key": one["key"],
                "weight": one["weight"], "shown": place in kept, "rule": rule["id"], **_cited(rule),
            }  # fmt: skip
            made.append(row)
        return made

    def moment(self, time: Json) -> tuple[tuple[int, int], int | None, date | None, str]:
        """The place in time order, the days from the day of the advice, that day, and the words for it."""
        kind, days = time["kind"], time["days"]
        event = self.words.inside(time.get("event"))
        if kind in ("before", "within", "after"):
            return self._around(kind, days, time["of"], event)
        if kind in ("not_before", "later"):
            order = WAITING if kind == "not_before" else LATER
            return (order, 0), None, None, self._when(kind, event=event)
        due = {"today": 0, "this_week": THIS_WEEK}.get(kind, days)
        when = self.as_of + timedelta(days=due) if self.as_of else None
        place, words = (due, int(kind == "every_days")), self._when(kind, days=str(days))
        if kind == "by_day" and when and self.as_of:
            when = self._working(when)
            due, words = (when - self.as_of).days, self._when("by_date", date=day(when, self.as_of))
        return place, due, when, words

    def _working(self, when: date) -> date:
        """The Friday before a day of a weekend, where that is not past on the day of the advice."""
        friday = when - timedelta(days=max(0, when.weekday() - 4))
        return friday if self.as_of is None or friday > self.as_of else when

    def _around(
        self, kind: str, days: int, of: str, event: str
    ) -> tuple[tuple[int, int], int | None, date | None, str]:
        away, given = -days if kind == "before" else days, self.made.known.values.get(of)
        last = kind in ("before", "within")
        if not isinstance(given, str):
            return (WAITING - last, away), None, None, self._when(f"{kind}_event", event=event)
        when = date.fromisoformat(given) + timedelta(days=away)
        due = (when - self.as_of).days if self.as_of else None
        if due is not None and due <= 0:
            return (0, 0), 0, self.as_of, self._when("today")
        order = WAITING // 2 if due is None else due
        if last:
            when = self._working(when)
            due = (when - self.as_of).days if self.as_of else None
        words = self._when("by_date" if last else "from_date", date=day(when, self.as_of))
        return (order, 0), due, when, words

    def _when(self, key: str, **slots: str) -> str:
        text = self.made.content["advice"]["headings"][f"plan.when.{key}"]
        return self.words.fill(text, False, **slots)

    def lines(self, *parts: str) -> list[Json]:
        """The reasons, the dangers, the numbers, or what to find out; what must be said stands early."""
        made: dict[str, tuple[str, Json]] = {}
        for rule, one in self.ranked("line"):
            if one["part"] in parts:
                line = self.said(one["text"], rule)
                if "number" in parts:
                    line |= self._number(one["figure"])
                elif "reason" in parts:
                    line["against"] = one["part"] == "against"
                wish = one["fact"] if one["part"] == "reply" else ""
                made.setdefault(one["figure"] or wish or line["text"], (one["weight"], line))
        first, later = list(made.values())[:LEADING], list(made.values())[LEADING:]
        early = [pair for pair in later if pair[0] == "must"][:MOST_EARLY]
        return [line for _, line in (*first, *early, *(pair for pair in later if pair not in early))]

    def _number(self, name: str) -> dict[str, Json]:
        figure = next((one for one in self.made.content["figures"] if one["id"] == name), None)
        ends = {end: self.made.known.values.get(f"{name}.{end}") for end in ("low", "likely", "high")}
        ends = {end: value if isinstance(value, int) else None for end, value in ends.items()}
        title, unit = (figure["title"], figure["unit"]) if figure else ("", "")
        return {"figure": name, "title": title, "unit": unit, **ends}

    def scripts(self) -> list[Json]:
        """The words to use."""
        made = []
        for rule, one in self.ranked("say"):
            line = self.said(one["text"], rule)
            blanks = line["text"].count(BLANK)
            made.append({**line, "to": self.words.inside(one["to"]), "by": one["by"], "blanks": blanks})
        return made


def rests_on(answer: Json, lines: list[Json]) -> list[str]:
    """The sources of what is said: those of the answer, then those that carry most lines."""
    count: dict[str, int] = {}
    for line in lines:
        for source in line["sources"]:
            count[source] = count.get(source, 0) + 1
    first = {source: place for place, source in enumerate(answer["sources"])}
    return sorted({*count, *first}, key=lambda s: (s not in first, -count.get(s, 0), first.get(s, 0), s))


def _joined(parts: list[str]) -> str:
    """Sentences one after the other. Raises Missing when one was erased."""
    for part in parts:
        if isinstance(part, Hole):
            raise Missing(part.path)
    return " ".join(part for part in parts if part)


def _plan(made: Derivation, words: Words) -> Iterator[str]:
    return Plan(made, words).problems()


ADVICE_CHECKS: dict[str, Check | None] = {
    "plan": _plan,
    "red_flags": _same("red_flags", _red_flags),
    "questions_to_ask": _same("questions_to_ask", _asks),
    "calls": _same("calls", _calls),
    "notes": _same("notes", _notes),
    "figures": _same("figures", _figures),
    "next_steps": _both_steps,
    "later_steps": _both_steps,
    "reasons": _same("reasons", _reasons),
    "options": _cases,
    "recommendation": _recommendation,
    "unknowns": _same("unknowns", _unknowns),
    "gates": _gates,
    "set_aside": _same("set_aside", _set_aside),
    "sources": _sources,
    "disclosures": _disclosures,
    "review_by": _named,
    "rulebase": _named,
    "questionnaire": _named,
    "headings": None,  # laid beside the rulebook
    "trace": None,  # followed and worked out again
    "proofs": None,  # there are none in receipts
}
"""The check of each part of the advice; one part that had none would be named as not checked."""


# --- what cannot be checked ----------------------------------------------------------------------

UNPROVED = (
    "why questions that apply were not asked, and the proofs of it: `advisor receipt verify --rules` proves them anew"
)
UNCHECKED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("who made it, when, and with which version of the program: that takes a signature",
     ("versions", "advice/trace/versions")),
    ("where each answer came from (asked, a file or a default)", ("answers/*/origin",)),
    (UNPROVED, ("skipped/*/reason", "skipped/*/proof")),
)  # fmt: skip
"""What this file can never check, with the parts of the content (`*`: any name) that are meant."""

UNCHECKED_ALONE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("that every rule that could have fired is quoted: give --rulebook", ("rules",)),
    ("that rules, questions, options, facts, figures and sources are quoted as the rule base has them: give --rulebook",
     (*QUOTED, "sources", "advice/sources", "advice/trace/rulebase", "advice/trace/questionnaire")),
    ("the headings and the standing disclosures: give --rulebook", ("advice/headings", "advice/disclosures")),
    ("what no rule says: the summary of each option and its general points, the names of criteria, which gates are "
     "shown, what an answer about priorities did, and whether a reason or the plan leans with the publisher: "
     "give --rulebook",
     ("advice/options/*/summary", "advice/options/*/living_with_it", "advice/options/*/for", "advice/options/*/against",
      "advice/options/*/arithmetic/*/criterion_name", "advice/gates", "advice/recommendation/priority_effect",
      "advice/reasons/*/leans_with_publisher",
      "advice/plan/leans_with_publisher")),
)  # fmt: skip
"""What takes a rulebook to be checked."""


def beyond(content: Json, rulebook: Json = None, anew: bool = False) -> list[str]:
    """What cannot be checked of a receipt's content with what is given, in words; `anew`: it was also made anew."""
    named = [said for said, _ in UNCHECKED]
    if anew:
        return [said for said in named if said != UNPROVED]
    if rulebook is None:
        named += [said for said, _ in UNCHECKED_ALONE]
    else:
        named.append(f"that the rulebook is the true one ({rulebook['digest']}): get it from whom you trust")
    advice = content["advice"]
    parts = () if isinstance(advice, Hole) else advice
    return [*named, *(f"the part `{part}` of the advice" for part in parts if part not in ADVICE_CHECKS)]


# --- the rulebook and the folders given ----------------------------------------------------------


def read_rulebook(file: Path) -> Json:
    """The rulebook in a file. Raises Refused."""
    try:
        return _rulebook(file.read_bytes())
    except OSError as bad:
        raise Refused(f"{file}: the rulebook cannot be read ({bad.strerror})") from None
    except Refused as bad:
        raise Refused(f"{file}: {bad}") from None


@lru_cache(maxsize=1)
def _rulebook(raw: bytes) -> Json:
    """The rulebook in some bytes; it is large, and one is laid beside many receipts."""
    book = read(raw)
    if not isinstance(book, dict) or book.get("format") != BOOK_FORMAT:
        raise Refused(f"this is not a rulebook: it does not say that its format is {BOOK_FORMAT}")
    wrong = next(misshapen(book, BOOK, "rulebook"), None)
    if wrong is not None:
        raise Refused(wrong)
    if book.get("digest") != digest({key: value for key, value in book.items() if key != "digest"}):
        raise Refused("the rulebook does not have the digest that it gives: it was changed")
    return book


def check_quoted(content: Json, key: str, book: Json) -> Iterator[str]:
    """That a part of the content is as the rulebook has it; of the rules, each one that is quoted."""
    gone: list[str] = []
    expected = book[key]
    if key == "rules" and not isinstance(content[key], Hole):
        names = [_part(one, "id") for one in content[key]]
        there = {name for name in names if not isinstance(name, Hole)}
        expected = [one for one in expected if one["id"] in there]
        for place in (place for place, name in enumerate(names) if isinstance(name, Hole)):
            expected.insert(place, content[key][place])  # an erased one is laid beside itself
    yield from _laid_beside(f"content.{key}", content[key], expected, gone)
    _tell_missing(gone)


def check_standing(content: Json, book: Json) -> Iterator[str]:
    """That sources are told, and standing words said, as the rulebook has them."""
    gone: list[str] = []
    sources = {one["id"]: one for one in book["sources"]}
    advice, standing = content["advice"], book["disclosures"]
    for part, found in (("content", content["sources"]), ("advice", _part(advice, "sources"))):
        for one in [] if isinstance(found, Hole) else found:
            name = _part(one, "id")
            expected = None if isinstance(name, Hole) else sources.get(name)
            if expected is None and isinstance(name, str):
                yield f"{part}.sources: the rulebook has no source {_brief(name)}"
            elif expected is not None:
                yield from _laid_beside(f"{part}.sources.{name}", one, expected, gone)
        gone += [hole.path for hole in (found, *_holes_in(found)) if isinstance(hole, Hole)]
    yield from _laid_beside("advice.headings", _part(advice, "headings"), book["headings"], gone)
    told = _part(advice, "disclosures")
    first = told if isinstance(told, Hole) else told[: len(standing)]
    yield from _laid_beside("advice.disclosures", first, standing, gone)
    for one in [] if isinstance(told, Hole) else told[len(standing) :]:
        text = _part(one, "text")
        if isinstance(text, str) and text not in book["headings"].values():
            yield f"advice.disclosures: {_brief(text)} is none of the rulebook's words"
    _tell_missing(gone)


def _part(data: Json, key: str) -> Json:
    """A part of some data, or the hole that stands for the whole of it."""
    return data if isinstance(data, Hole) else data[key]


def _holes_in(data: Json) -> list[Json]:
    """The holes among entries and their ids."""
    if isinstance(data, Hole):
        return []
    return [hole for one in data for hole in (one, _part(one, "id")) if isinstance(hole, Hole)]


def _laid_beside(path: str, found: Json, expected: Json, gone: list[str]) -> Iterator[str]:
    """Where some data is not what it should be, part by part; erased parts are put into `gone` and passed over."""
    if isinstance(found, Hole):
        gone.append(found.path)
    elif isinstance(found, dict) and isinstance(expected, dict):
        for key in (*expected, *(key for key in found if key not in expected)):
            if key not in found or key not in expected:
                yield f"{path}.{key}: it {'is missing' if key not in found else 'should not be there'}"
            else:
                yield from _laid_beside(f"{path}.{key}", found[key], expected[key], gone)
    elif isinstance(found, list) and isinstance(expected, list):
        if len(found) != len(expected):
            yield f"{path}: there are {len(found)} entries, and should be {len(expected)}"
        for number, (one, other) in enumerate(zip(found, expected)):  # noqa: B905
            name = other.get("id", other.get("fact", number)) if isinstance(other, dict) else number
            yield from _laid_beside(f"{path}.{name}", one, other, gone)
    else:
        yield from differing(path, found, expected)


def _tell_missing(gone: list[str]) -> None:
    """Raises Missing when parts were passed over."""
    if gone:
        raise Missing(gone[0])


Beside = tuple[str, Callable[[Json], Iterator[str]]]


class Given:
    """What a receipt is to be laid beside: a rulebook, and folders of rules and questionnaires, as far as given."""

    def __init__(self, rules: Path | None = None, questionnaires: Path | None = None, rulebook: Path | None = None):
        self.rules, self.questionnaires = rules, questionnaires
        self.book, self.refused = None, ""
        if rulebook is not None:
            try:
                self.book = read_rulebook(rulebook)
            except Refused as bad:
                self.refused = str(bad)

    def checks(self) -> list[Beside]:
        """The checks of a receipt's content beside what is given, each with its name."""
        found: list[Beside] = []
        if self.refused:
            found.append(("beside the rulebook", lambda _: iter((self.refused,))))
        elif self.book is not None:
            found += [(f"beside the rulebook: {key}", partial(check_quoted, key=key, book=self.book)) for key in QUOTED]
            found.append(("beside the rulebook: sources and standing words", partial(check_standing, book=self.book)))
        if self.rules is not None:
            found.append(("the files of the rules", partial(check_rules, folder=self.rules)))
        if self.questionnaires is not None:
            found.append(("the files of the questionnaire", partial(check_questionnaire, folder=self.questionnaires)))
        return found

    def book_of(self, content: Json) -> Json:
        """The rulebook, when the content quotes it; else None: nothing can be looked up in another."""
        if self.book is None:
            return None
        for key in QUOTED:
            try:
                if next(check_quoted(content, key, self.book), None) is not None:
                    return None
            except Missing:
                continue
        return self.book


def bytes_of(file: Path) -> bytes:
    """What a file of a folder holds. Raises OSError, also for a pipe or a device, where reading may wait for ever."""
    if not stat.S_ISREG(file.stat().st_mode):
        raise OSError(errno.EINVAL, "it is not an ordinary file")
    return file.read_bytes()


def check_rules(content: Json, folder: Path) -> Iterator[str]:
    """That a folder holds exactly the files of the rule base that the receipt names."""

    def other(path: Path, expected: str) -> str:
        try:
            same = hashlib.sha256(bytes_of(path)).hexdigest() == expected
        except OSError as bad:
            return f"the file in the folder cannot be read ({bad.strerror})"
        return "" if same else "the file in the folder is not the one that the receipt names: it has another digest"

    named = dict(content["rulebase"]["files"])
    if not folder.is_dir():
        yield f"{folder}: there is no such folder"
        return
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in name.split("/")):
            continue
        expected = named.pop(name, None)
        if expected is None:
            yield f"{name}: this file of the folder is not one of the receipt's rule base"
        elif not isinstance(expected, Hole) and (how := other(path, expected)):
            yield f"{name}: {how}"
    for name in named:
        yield f"{name}: the receipt names this file of the rule base, and it is not in the folder"


def check_questionnaire(content: Json, folder: Path) -> Iterator[str]:
    """That a folder holds the questionnaire that the receipt names."""
    try:
        names = [*ASIDE, *(path.relative_to(folder).as_posix() for path in sorted((folder / "pages").glob("*.yaml")))]
        files = {name: hashlib.sha256(bytes_of(folder / name)).hexdigest() for name in names}
    except OSError as bad:
        yield f"{folder}: the questionnaire cannot be read ({bad.strerror})"
        return
    yield from differing("content.questionnaire.digest", content["questionnaire"]["digest"], _overall(files))


# --- masked receipts -----------------------------------------------------------------------------

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
        yield from _sums(content)
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
            yield name, lambda one=question: _check_wording(one)  # type: ignore[misc]
    if not isinstance(content["rules"], Hole):
        for rule in content["rules"]:
            yield name, lambda one=rule: _check_rule(one, content["rulebase"]["files"])  # type: ignore[misc]
    yield name, lambda: _check_files(content["rulebase"])
    for part, key in ONCE:
        yield name, lambda part=part, key=key: _check_once(part, [one[key] for one in content[part]])  # type: ignore[misc]


def _sums(content: Json) -> Iterator[tuple[str, Callable[[], Iterator[str]]]]:
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


# --- all of it -----------------------------------------------------------------------------------


def problems(
    raw: bytes, rules: Path | None = None, questionnaires: Path | None = None, rulebook: Path | None = None
) -> Iterator[str]:
    """Everything that does not hold of a receipt's bytes, whole or masked, the gravest first; nothing when all does."""
    try:
        receipt = read(raw)
    except Refused as bad:
        yield str(bad)
        return
    if not isinstance(receipt, dict) or "format" not in receipt:
        yield f"this is not a receipt: it does not say `format`; expected {FORMAT}"
        return
    if receipt["format"] == MASKED_FORMAT:
        yield from check_masked(receipt, Given(rules, questionnaires, rulebook))[0]
        return
    if receipt["format"] != FORMAT:
        found = _brief(receipt["format"])
        yield f"this is a receipt of format {found}; expected {FORMAT}. Use the script that belongs to that format"
        return
    crooked = list(misshapen(receipt, RECEIPT, "receipt"))
    if not crooked:
        yield from check_seal(receipt)
        crooked = list(misshapen(receipt["content"], CONTENT, "content"))
    yield from crooked
    if crooked:
        return
    given = Given(rules, questionnaires, rulebook)
    made = Derivation(receipt["content"], book=given.book_of(receipt["content"]))
    checks: list[Callable[[], Iterator[str]]] = [
        lambda: check_quotes(receipt["content"]),
        made.follow,
        lambda: check_trace(made),
        lambda: check_account(made),
        lambda: check_advice(made),
    ]
    checks += [partial(check, receipt["content"]) for _, check in given.checks()]
    for check in checks:
        try:
            yield from check()
        except BROKEN as bad:
            yield f"the receipt contradicts itself: something it speaks of is not there ({type(bad).__name__}: {bad})"
            return


def erased_unchecked(
    raw: bytes, rules: Path | None = None, questionnaires: Path | None = None, rulebook: Path | None = None
) -> list[str]:
    """What could not be checked of a receipt's bytes that hold, for want of erased parts; nothing of a whole one."""
    receipt = read(raw)
    masked = receipt["format"] == MASKED_FORMAT
    return check_masked(receipt, Given(rules, questionnaires, rulebook))[1] if masked else []


def unchecked(
    raw: bytes, rules: Path | None = None, questionnaires: Path | None = None, rulebook: Path | None = None
) -> list[str]:
    """What could not be checked of a receipt's bytes that hold: for want of erased parts, and at all."""
    gone = erased_unchecked(raw, rules, questionnaires, rulebook)
    return [*gone, *beyond(read(raw)["content"], Given(rulebook=rulebook).book)]


def _praise(receipt: Json) -> str:
    if receipt["format"] != MASKED_FORMAT:
        return f"all of it holds ({receipt['id']})."
    count = len(receipt["erased"])
    erased = f"{count} {'part was' if count == 1 else 'parts were'} erased"
    return f"what remains of it holds, as far as it can be checked ({receipt['id']}); {erased}."


def printable(text: str) -> str:
    """The text without characters that could steer a terminal."""
    return "".join(c if c.isprintable() else "?" for c in text)


def main(arguments: list[str] | None = None) -> int:
    """Verify one receipt; the exit code."""
    about, _, _ = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(description=about, epilog="Exit codes: 0 all holds; 1 it does not; 2 wrong usage.")
    parser.add_argument("receipt", type=Path, help="the file of the receipt")
    parser.add_argument("--rules", type=Path, help="the folder of the rule base, to compare digests of its files")
    parser.add_argument("--questionnaires", type=Path, help="the folder of the questionnaire, to compare its digest")
    parser.add_argument("--rulebook", type=Path, help="a rulebook, to compare all that the receipt quotes with it")
    parser.add_argument("--all", action="store_true", help="list everything that does not hold, not the first alone")
    given = parser.parse_args(arguments)
    try:
        with open(given.receipt, "rb") as file:
            raw = file.read(MOST_BYTES)
    except OSError as bad:
        print(printable(f"{given.receipt}: the file cannot be read ({bad.strerror})"), file=sys.stderr)
        return 1
    held = True
    for problem in problems(raw, given.rules, given.questionnaires, given.rulebook):
        held = False
        print(printable(f"{given.receipt}: {problem}"), file=sys.stderr)
        if not given.all:
            break
    if held:
        print(printable(f"{given.receipt}: {_praise(json.loads(raw))}"))
        for one in unchecked(raw, given.rules, given.questionnaires, given.rulebook):
            print(printable(f"{given.receipt}: not checked: {one}"))
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
