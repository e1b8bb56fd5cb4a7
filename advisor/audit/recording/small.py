"""Makes small receipts: what this advice turned on, the rest by the digests of the rulebook and of the advice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from advisor.audit.model.receipt import GivenAnswer, SkippedQuestion, SkipReason
from advisor.audit.model.small import SMALL_FORMAT, SmallContent, SmallReceipt
from advisor.audit.recording.seal import digest, must_be_time, plain
from advisor.model.advice import Advice


def small_receipt(
    advice: Advice, answers: Iterable[GivenAnswer], skipped: Iterable[SkippedQuestion], rulebook: str, time: str
) -> SmallReceipt:
    """The receipt at a time (UTC) of some advice on some answers; `skipped` are the questions whose reason or proof the
    answers do not tell, and `rulebook` the digest of the rulebook.

    Raises CallError for another form of time.
    """
    must_be_time(time)
    trace = advice.trace
    shown = advice.model_dump(mode="json", by_alias=True, exclude={"trace", "proofs", "approvals"})
    content: dict[str, Any] = {
        "rulebook": rulebook,
        "rulebase": plain(trace.rulebase),
        "questionnaire": plain(trace.questionnaire),
        "versions": plain(trace.versions),
        "answers": [one.model_dump(mode="json", exclude={"wording_digest"}) for one in answers],
        "skipped": _together(skipped),
        "expires": advice.review_by,
        "advice_digest": digest({**shown, "proofs": None}),
        "advice": {
            "plan": shown["plan"],
            "recommendation": shown["recommendation"],
            "figures": shown["figures"],
            "approvals": advice.approvals.model_dump(mode="json") if advice.approvals is not None else None,
            "trace": {
                "as_of": trace.as_of.isoformat() if trace.as_of is not None else None,
                "firings": [{"rule": firing.rule, "matched": firing.matched} for firing in trace.firings],
            },
        },
    }
    content_digest = digest(content)
    envelope: dict[str, Any] = {
        "format": SMALL_FORMAT,
        "id": "rcp-" + content_digest.removeprefix("sha256:")[:16],
        "time": time,
        "content_digest": content_digest,
    }
    read = SmallContent.model_validate(content, strict=False)
    return SmallReceipt.model_construct(**envelope, envelope_digest=digest(envelope), content=read)


def _together(skipped: Iterable[SkippedQuestion]) -> list[dict[str, Any]]:
    """Those of the same reason and proof as one, in the order of the first."""
    found: dict[tuple[SkipReason, str], list[str]] = {}
    for one in skipped:
        found.setdefault((one.reason, one.proof), []).append(one.question)
    return [
        {"reason": reason, "proof": proof, "questions": questions} for (reason, proof), questions in found.items()
    ]  # fmt: skip
