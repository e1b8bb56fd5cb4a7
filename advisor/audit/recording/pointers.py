"""JSON pointers into a receipt, as masks write them."""

from __future__ import annotations

from collections.abc import Iterable


def touched(erased: Iterable[str], needs: Iterable[str]) -> str:
    """The first erased pointer that leads into, or to what holds, one of the parts of the content that are needed (`*`
    for any name in a part); empty when none does."""
    wanted = [need.split("/") for need in needs]
    for pointer in erased:
        names = pointer.split("/")[2:]
        if any(all(one in ("*", name) for name, one in zip(names, need, strict=False)) for need in wanted):
            return pointer
    return ""
