"""Erases parts of receipts by a mask, and checks what remains of a masked receipt."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from typing import Any, Literal

from advisor.auditing import verify_receipt as script
from advisor.auditing.seal import canonical, digest, plain
from advisor.model.log import MASKED_FORMAT, Erased, Mask, MaskedCheck, MaskedReceipt
from advisor.model.receipt import Receipt

_KEYED = "hmac-sha256:"
_DERIVED = (
    "advice/trace", "questions", "rules", "options", "decision", "facts", "figures", "answers", "versions",
    "questionnaire", "rulebase",
)  # fmt: skip
_ACCOUNT = (*_DERIVED, "evaluations", "rejected", "skipped", "sources", "expires")


def masked(receipt: Receipt, mask: Mask) -> MaskedReceipt:
    """The receipt without what the mask erases, sealed anew.

    What is dropped from a list leaves null in its place, so that pointers to the others hold. Pointers that lead
    nowhere in this receipt erase nothing. The same receipt and mask give the same bytes.
    """
    whole = plain(receipt)
    gone = _chosen(whole, mask)
    for one in gone:
        path = [_read(part) for part in one.path.split("/")[1:]]
        _replace(whole, path, None if one.how == "drop" else lambda value: {"erased": _KEYED + _keyed(mask.key, value)})
    content_digest = digest(whole["content"])
    envelope = {
        "format": MASKED_FORMAT,
        "id": "msk-" + content_digest.removeprefix("sha256:")[:16],
        "time": receipt.time,
        "erased": [plain(one) for one in gone],
        "content_digest": content_digest,
    }
    return MaskedReceipt.model_validate({**envelope, "envelope_digest": digest(envelope), "content": whole["content"]})


def _chosen(whole: Any, mask: Mask) -> tuple[Erased, ...]:
    """What a mask erases of a receipt, by path; what is inside an erased part is not named again."""
    how: dict[str, Literal["drop", "hash"]] = {}
    how.update((_written(path), "hash") for pointer in mask.hash for path in _found(whole, pointer))
    how.update((_written(path), "drop") for pointer in mask.drop for path in _found(whole, pointer))
    outer = [path for path in how if not any(path[:at] in how for at, c in enumerate(path) if c == "/")]
    return tuple(Erased(path=path, how=how[path]) for path in sorted(outer))


def masked_bytes(receipt: MaskedReceipt) -> bytes:
    """The bytes of a masked receipt's file: its canonical JSON and one line feed."""
    return canonical(plain(receipt)) + b"\n"


def is_masked(raw: bytes) -> bool:
    """Whether some bytes say that they are a masked receipt."""
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and data.get("format") == MASKED_FORMAT


def check_masked(raw: bytes) -> MaskedCheck:
    """What does not hold of a masked receipt's bytes, and what cannot be checked for want of what was erased."""
    try:
        receipt = MaskedReceipt.model_validate_json(raw)
        if masked_bytes(receipt) != raw:
            return MaskedCheck(problems=("the file is not canonical JSON (RFC 8785) with one line feed",), unchecked=())
    except (ValueError, RecursionError):
        return MaskedCheck(problems=("this is no masked receipt: it has another shape",), unchecked=())
    found = [*_seal_problems(receipt), *_shape_problems(receipt)]
    if found:
        return MaskedCheck(problems=tuple(found), unchecked=())
    return _remaining(receipt)


def _seal_problems(receipt: MaskedReceipt) -> Iterator[str]:
    whole = plain(receipt)
    content_digest = digest(whole["content"])
    envelope = {key: whole[key] for key in ("format", "id", "time", "erased", "content_digest")}
    if receipt.content_digest != content_digest or receipt.id != "msk-" + content_digest[len("sha256:") :][:16]:
        yield "content_digest: the digest or the id is not that of what remains: it was changed"
    if receipt.envelope_digest != digest(envelope):
        yield "envelope_digest: it is not that of the envelope: the list of what was erased, or another part, changed"
    for one in receipt.erased:
        value = _at(whole, [_read(part) for part in one.path.split("/")[1:]])
        hashed = isinstance(value, dict) and str(value.get("erased", "")).startswith(_KEYED)
        if (value is not None) if one.how == "drop" else not hashed:
            yield f"{one.path}: it is said to be erased, and is not"


def _shape_problems(receipt: MaskedReceipt) -> Iterator[str]:
    """Where what remains has not the shape of a receipt, leaving out what holds, or is inside, an erased part."""
    gone = [_dotted(receipt.content, one.path) for one in receipt.erased]
    for problem in script.misshapen(plain(receipt)["content"], script.CONTENT, "content"):
        path = problem.split(": ")[0]
        if not any(path.startswith(one) or one.startswith(path) for one in gone):
            yield problem


def _remaining(receipt: MaskedReceipt) -> MaskedCheck:
    content = plain(receipt)["content"]
    erased = [one.path for one in receipt.erased]
    made: script.Derivation | None = None
    problems: list[str] = []
    unchecked: list[str] = []
    if not _touched(erased, _DERIVED):
        made = script.Derivation(content)
    checks: tuple[tuple[str, tuple[str, ...], Callable[[], Iterator[str]]], ...] = (
        (
            "the digests of quoted rules, questions and files",
            ("questions", "rules", "rulebase", "facts", "options", "figures"),
            lambda: script.check_quotes(content),
        ),
        ("that the advice follows from the answers", _DERIVED, lambda: made.follow() if made else iter(())),
        ("the trace", _DERIVED, lambda: script.check_trace(made) if made else iter(())),
        ("the account of every rule and option", _ACCOUNT, lambda: script.check_account(made) if made else iter(())),
        ("the words of the advice", (*_DERIVED, "advice"), lambda: script.check_advice(made) if made else iter(())),
    )
    for name, reads, check in checks:
        hit = _touched(erased, reads)
        if hit:
            unchecked.append(f"{name}: {hit} was erased")
            continue
        try:
            problems += check()
        except (LookupError, ValueError, TypeError, ArithmeticError, AttributeError, RuntimeError) as bad:
            problems.append(f"the receipt contradicts itself ({type(bad).__name__}: {bad})")
            break
    return MaskedCheck(problems=tuple(problems), unchecked=tuple(unchecked))


def _touched(erased: list[str], reads: tuple[str, ...]) -> str:
    """The first erased path that holds, or is inside, one of the parts; empty when there is none."""
    parts = [f"/content/{part}/" for part in reads]
    hits = (path for path in erased for part in parts if f"{path}/".startswith(part) or part.startswith(f"{path}/"))
    return next(hits, "")


def _found(data: Any, pointer: str) -> list[list[str]]:
    """The paths in the data that a pointer names, `*` standing for every one."""
    paths: list[list[str]] = [[]]
    for segment in (_read(part) for part in pointer.split("/")[1:]):
        longer = []
        for path in paths:
            here = _at(data, path)
            names = list(here) if isinstance(here, dict) else [str(n) for n in range(len(here))] if isinstance(
                here, list
            ) else []  # fmt: skip
            longer += [[*path, name] for name in names if segment in ("*", name)]
        paths = longer
    return paths


def _replace(data: Any, path: list[str], made: Callable[[Any], Any] | None) -> None:
    """Put something in the place of a part, or take it away."""
    holder = _at(data, path[:-1])
    place: Any = int(path[-1]) if isinstance(holder, list) else path[-1]
    if made is not None:
        holder[place] = made(holder[place])
    elif isinstance(holder, list):
        holder[place] = None
    else:
        del holder[place]


def _at(data: Any, path: list[str]) -> Any:
    """What stands at a path; None when there is nothing."""
    for name in path:
        if isinstance(data, list) and name.isascii() and name.isdigit() and int(name) < len(data):
            data = data[int(name)]
        elif isinstance(data, dict) and name in data:
            data = data[name]
        else:
            return None
    return data


def _keyed(key: str, value: Any) -> str:
    return hmac.new(key.encode("utf-8"), canonical(value), hashlib.sha256).hexdigest()


def _read(segment: str) -> str:
    return segment.replace("~1", "/").replace("~0", "~")


def _written(path: list[str]) -> str:
    return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in path)


def _dotted(content: Any, pointer: str) -> str:
    """A pointer as problems of shape write it: content.answers[3].value."""
    text, here = "content", content
    for name in (_read(part) for part in pointer.split("/")[2:]):
        text += f"[{name}]" if isinstance(here, list) else f".{name}"
        here = _at(here, [name])
    return text
