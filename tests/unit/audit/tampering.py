"""Changes receipts the way a forger without the rules would: then the digests are made anew."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from advisor.audit.recording.seal import canonical, digest
from advisor.verifier import problems

Plain: TypeAlias = dict[str, Any]
TIME = "2027-01-31T09:30:00Z"


def resealed(receipt: Plain) -> bytes:
    """The bytes of a changed receipt, with digests, id and form as if it had been made so."""
    content_digest = digest(receipt["content"])
    envelope = {
        "format": receipt["format"],
        "id": "rcp-" + content_digest.removeprefix("sha256:")[:16],
        "time": receipt["time"],
        "content_digest": content_digest,
    }
    return canonical({**envelope, "envelope_digest": digest(envelope), "content": receipt["content"]}) + b"\n"


def forged(raw: bytes, change: Callable[[Plain], bool | None]) -> bytes | None:
    """A receipt with its content changed and everything sealed anew; None when the change finds nothing to change."""
    receipt: Plain = copy.deepcopy(json.loads(raw))
    if change(receipt["content"]) is False:
        return None
    return resealed(receipt)


def requoted(rule: Plain) -> None:
    """Give a quoted rule that was changed the digest that goes with it."""
    rule["digest"] = digest({key: value for key, value in rule.items() if key != "digest"})


def first_problem(raw: bytes) -> str | None:
    """The first thing that does not hold, or None."""
    return next(problems(raw), None)


def _trace(content: Plain) -> Plain:
    trace: Plain = content["advice"]["trace"]
    return trace


def drop_a_firing(content: Plain) -> bool | None:
    firings = _trace(content)["firings"]
    if not firings:
        return False
    firings.pop(len(firings) // 2)
    for number, firing in enumerate(firings, 1):
        firing["n"] = number
    return None


def add_a_firing(content: Plain) -> bool | None:
    firings = _trace(content)["firings"]
    fired = {firing["rule"] for firing in firings}
    silent = [rule for rule in content["rules"] if rule["id"] not in fired and rule["stratum"] == "plan"]
    if not silent:
        return False
    rule = silent[0]
    found = {key: rule[key] for key in ("version", "stratum")}
    firings.append(
        {"n": len(firings) + 1, "rule": rule["id"], **found, "matched": {}, "concluded": {}, "did": ["give a note"]}
    )
    return None


def swap_strata(content: Plain) -> bool | None:
    firings = _trace(content)["firings"]
    if len({firing["stratum"] for firing in firings}) < 2:
        return False
    firings.insert(0, firings.pop())
    return None


def change_a_fact(content: Plain) -> bool | None:
    record = next((one for one in _trace(content)["facts"] if isinstance(one["value"], int)), None)
    if record is None:
        return False
    record["value"] = not record["value"] if isinstance(record["value"], bool) else record["value"] + 1
    return None


def make_true_a_one(content: Plain) -> bool | None:
    record = next((one for one in _trace(content)["facts"] if isinstance(one["value"], bool)), None)
    if record is None:
        return False
    record["value"] = int(record["value"])
    return None


def change_points(content: Plain) -> bool | None:
    tallies = _trace(content)["tallies"]
    if not tallies:
        return False
    tallies[0]["points"] += 1
    return None


def change_a_total(content: Plain) -> None:
    totals = _trace(content)["totals"]
    totals[min(totals)] += 1


def change_the_recommendation(content: Plain) -> bool | None:
    trace = _trace(content)
    trace["recommended"], trace["runner_up"] = trace["runner_up"], trace["recommended"]
    return None if trace["recommended"] != trace["runner_up"] else False


def change_what_is_shown(content: Plain) -> None:
    content["advice"]["recommendation"]["headline"] += " at once"


def change_an_answer(content: Plain) -> bool | None:
    for answer in content["answers"]:
        question = next(one for one in content["questions"] if one["id"] == answer["question"])
        others = [one["id"] for one in question["wording"]["choices"] if one["id"] != answer["value"]]
        if question["kind"] == "one" and answer["counted"] and others:
            answer["value"], answer["said"] = others[0], "value"
            return None
    return False


def drop_an_answer(content: Plain) -> bool | None:
    if not content["answers"]:
        return False
    content["answers"].pop()
    return None


def change_a_clause(content: Plain) -> None:
    truths = content["evaluations"][0]
    part = next(part for part in ("all", "any", "none") if truths[part])
    truths[part][0] = None if truths[part][0] is not None else True


def drop_an_evaluation(content: Plain) -> None:
    content["evaluations"].pop()


def drop_a_rejection(content: Plain) -> bool | None:
    if not content["rejected"]:
        return False
    content["rejected"].pop()
    return None


def change_the_expiry(content: Plain) -> None:
    content["expires"] = content["advice"]["review_by"] = "2099-12-31"


def change_the_wording(content: Plain) -> None:
    content["questions"][0]["wording"]["text"] += " Really?"


def change_a_file_digest(content: Plain) -> None:
    files = content["rulebase"]["files"]
    files[min(files)] = "0" * 64


def change_a_skip(content: Plain) -> bool | None:
    if not content["skipped"]:
        return False
    one = content["skipped"][0]
    barred = one["reason"] in ("does_not_apply", "not_known_to_apply")
    one["reason"] = "not_asked" if barred else "not_known_to_apply"
    return None


def change_the_contest(content: Plain) -> None:
    _trace(content)["contest"]["margin"] += 1


def hide_a_quoted_rule(content: Plain) -> bool | None:
    fired = [firing["rule"] for firing in _trace(content)["firings"]]
    if not fired:
        return False
    content["rules"] = [rule for rule in content["rules"] if rule["id"] != fired[0]]
    content["evaluations"] = [one for one in content["evaluations"] if one["rule"] != fired[0]]
    return None


def requote_a_fired_rule_otherwise(content: Plain) -> bool | None:
    fired = {firing["rule"] for firing in _trace(content)["firings"]}
    rule = next((rule for rule in content["rules"] if rule["id"] in fired), None)
    if rule is None:
        return False
    rule["version"] += 1
    requoted(rule)
    return None


EDITS: Mapping[str, Callable[[Plain], bool | None]] = {
    edit.__name__: edit
    for edit in (
        drop_a_firing, add_a_firing, swap_strata, change_a_fact, make_true_a_one, change_points, change_a_total,
        change_the_recommendation, change_what_is_shown, change_an_answer, drop_an_answer, change_a_clause,
        drop_an_evaluation, drop_a_rejection, change_the_expiry, change_the_wording, change_a_file_digest,
        change_a_skip, change_the_contest, hide_a_quoted_rule, requote_a_fired_rule_otherwise,
    )
}  # fmt: skip
"""Changes of the content that contradict the rules which the receipt itself quotes."""
