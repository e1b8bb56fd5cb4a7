"""Items that nothing encodes and that do not say why, and items of sources that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.checking.finding import CheckDesk, Finding
from advisor.model.rulebase import Claim


def claims_out_of_step(desk: CheckDesk) -> Iterator[Finding]:
    """Each item of `claims.yaml` and fact of a page is encoded or says why not, and never both. Sources must exist.

    What a page says as a whole stands for the entries that name no claim, and there may be none.
    """
    for entry in desk.base.claims.values():
        if not entry.rules and not entry.not_encoded and entry.kind != "page":
            yield _finding(entry, f"`{entry.id}` is encoded by no rule and does not say why (`not_encoded`)")
        if entry.rules and entry.not_encoded:
            yield _finding(entry, f"`{entry.id}` is encoded, but says why it is not (`not_encoded`)")
        for source in entry.sources:
            if source not in desk.base.sources:
                yield _finding(entry, f"`{entry.id}` names the source `{source}`, which is not in sources.yaml")


def _finding(claim: Claim, message: str) -> Finding:
    return Finding("claims", claim.file, claim.line, message)
