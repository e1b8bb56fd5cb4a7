"""Erases parts of receipts by a mask, and tells what remains of a masked receipt."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal

from advisor.audit.model.log import MASKED_FORMAT, Erased, Mask, MaskedCheck, MaskedReceipt
from advisor.audit.model.receipt import Receipt
from advisor.audit.recording.pointers import touched
from advisor.audit.recording.seal import canonical, digest, plain
from advisor.verifier import beyond_checking, erased_unchecked, problems

_TELLING = (
    "answers", "advice/trace/answers", "advice/trace/facts", "advice/trace/firings", "advice/reasons", "evaluations",
)  # fmt: skip
_KEYED = "hmac-sha256:"
_INPUT = (
    "answers/*/question", "answers/*/said", "answers/*/value", "answers/*/origin", "skipped", "rulebase/digest",
    "rulebase/version", "questionnaire/digest", "questionnaire/version",
)  # fmt: skip


def masked(receipt: Receipt, mask: Mask) -> MaskedReceipt:
    """The receipt without what the mask erases, sealed anew.

    What is dropped from a list leaves null in its place, so that pointers to the others hold. Pointers that lead
    nowhere in this receipt erase nothing. The same receipt and mask give the same bytes.
    """
    whole = plain(receipt)
    gone = _chosen(whole, mask)
    for one in gone:
        path = [_read(part) for part in one.path.split("/")[1:]]
        _replace(whole, path, None if one.how == "drop" else _hashed(mask.key, one.path))
    content_digest = digest(whole["content"])
    envelope = {
        "format": MASKED_FORMAT,
        "id": "msk-" + content_digest.removeprefix("sha256:")[:16],
        "time": receipt.time,
        "erased": [plain(one) for one in gone],
        "content_digest": content_digest,
    }
    return MaskedReceipt.model_validate({**envelope, "envelope_digest": digest(envelope), "content": whole["content"]})


def still_telling(mask: Mask) -> tuple[str, ...]:
    """The parts that tell answers as plainly as those that a mask erases; none when it erases no answers."""
    pointers = (*mask.drop, *mask.hash)
    if not any(f"{pointer}/".startswith(f"/content/{_TELLING[0]}/") for pointer in pointers):
        return ()
    parts = (f"/content/{part}" for part in _TELLING)
    return tuple(p for p in parts if not any(f"{p}/".startswith(f"{q}/") or q.startswith(f"{p}/") for q in pointers))


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


def masked_receipt(raw: bytes) -> MaskedReceipt:
    """The masked receipt in some bytes. Raises ValueError when they hold none."""
    return MaskedReceipt.model_validate_json(raw)


def check_masked(raw: bytes, rulebook: Path | None = None) -> MaskedCheck:
    """What does not hold of a masked receipt's bytes, beside a rulebook if one is given, and what cannot be checked for
    want of what was erased."""
    found = tuple(problems(raw, rulebook=rulebook))
    if not found and not is_masked(raw):
        found = ("this is no masked receipt",)
    if found:
        return MaskedCheck(problems=found, unchecked=())
    gone = tuple(erased_unchecked(raw, rulebook=rulebook))
    return MaskedCheck(problems=(), unchecked=gone, beyond=tuple(beyond_checking(raw, rulebook)))


def masked_alike(content: dict[str, Any], erased: Iterable[Erased], like: dict[str, Any]) -> dict[str, Any]:
    """Some of a receipt's content without what was erased of another's; hashes are those that stand there.

    `content` is plain data, perhaps with some keys alone, and stays as it is. Erased parts that it does not have are
    passed over.
    """
    copy: dict[str, Any] = json.loads(json.dumps(content))
    for one in erased:
        path = [_read(part) for part in one.path.split("/")[2:]]
        holder = _at(copy, path[:-1])
        known = isinstance(holder, list) and path[-1].isdecimal() and int(path[-1]) < len(holder)
        if known or (isinstance(holder, dict) and path[-1] in holder):
            there = _at(like, path)
            _replace(copy, path, None if one.how == "drop" else lambda _, there=there: there)  # type: ignore[misc]
    return copy


def erased_input(receipt: MaskedReceipt) -> str:
    """The first erased part without which the advice cannot be worked out again; empty when there is none."""
    return touched((one.path for one in receipt.erased), _INPUT)


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


def _hashed(key: str, path: str) -> Callable[[Any], dict[str, str]]:
    """What stands for a value at a path: the hash covers the path too, so that equal values elsewhere do not show."""
    secret = key.encode("utf-8")
    return lambda value: {"erased": _KEYED + hmac.new(secret, canonical([path, value]), hashlib.sha256).hexdigest()}


def _read(segment: str) -> str:
    return segment.replace("~1", "/").replace("~0", "~")


def _written(path: list[str]) -> str:
    return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in path)
