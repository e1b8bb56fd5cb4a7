"""That a receipt has the digests that it gives, over the whole and over each thing that it quotes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from advisor.verifier.canonical import Json, digest
from advisor.verifier.shape import differing


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
        yield from check_wording(question)
    for rule in content["rules"]:
        yield from check_rule(rule, content["rulebase"]["files"])
    yield from check_files(content["rulebase"])
    for name, key in ONCE:
        yield from check_once(name, [one[key] for one in content[name]])


ONCE = (
    ("questions", "id"), ("contradictions", "id"), ("facts", "fact"), ("options", "id"), ("figures", "id"),
    ("rules", "id"),
)  # fmt: skip


def check_wording(question: Json) -> Iterator[str]:
    """The digest of the wording of a question."""
    if digest(question["wording"]) != question["wording_digest"]:
        yield f"question {question['id']}: the wording does not have the digest that is given for it"


def check_rule(rule: Json, files: Json) -> Iterator[str]:
    """The digests of a rule and of its file."""
    quoted = {key: value for key, value in rule.items() if key != "digest"}
    if digest(quoted) != rule["digest"]:
        yield f"rule {rule['id']}: the rule as quoted does not have the digest that is given for it"
    if files.get(rule["file"]) != rule["file_digest"]:
        yield f"rule {rule['id']}: its file is not among the files of the rule base, or has another digest there"


def check_files(rulebase: Json) -> Iterator[str]:
    """The digest over the files of a rule base."""
    yield from differing("content.rulebase.digest", rulebase["digest"], overall(rulebase["files"]))


def check_once(name: str, seen: list[str]) -> Iterator[str]:
    """That none of some names is there twice."""
    if len(set(seen)) < len(seen):
        yield f"content.{name}: something is there twice"


def overall(files: dict[str, str]) -> str:
    """The digest over some files, each given with its own."""
    return hashlib.sha256("".join(f"{files[name]}  {name}\n" for name in sorted(files)).encode()).hexdigest()
