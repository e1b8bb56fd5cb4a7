"""Approvals beside the pages of a rule base: made and signed, read, and laid beside the rules of today.

Each stands in `approvals/<page>.json`, a DSSE envelope with one signature over an in-toto statement that holds the
public key. So an approval that was edited never holds, whoever reads it; that the key is that of the person named is
for the reader to say, who names the keys to trust.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from advisor.audit.approving.reading import changed, reading
from advisor.audit.model.approval import APPROVED, STATEMENT, ApprovalStatement, ApprovedPage
from advisor.audit.recording.seal import canonical, plain
from advisor.audit.recording.signing import key_ids, public_half, sign_statement, signed_by_half, signed_statement
from advisor.errors import AdvisorError, Place, Problem, RuleBaseError
from advisor.loading.resources import APPROVALS, read_bytes
from advisor.model.approval import Approval, Standing
from advisor.model.calls import must_be, path_of
from advisor.model.misfit import first_misfit
from advisor.model.page import Page
from advisor.model.rulebase import RuleBase
from advisor.model.safe_text import shown

_ENDING = ".json"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_REFUSED = "Remove the file, and approve the page anew"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who approves, in which role, and on which day (YYYY-MM-DD)."""

    name: str
    role: str
    date: str


@dataclass(frozen=True, slots=True)
class Stands:
    """An approval that holds, and how it stands. `changed` names what is no longer as it was read; `page` is None where
    the rule base has no such page any more."""

    approval: Approval
    page: Page | None
    changed: tuple[str, ...]


def place_of(folder: Path, page: Page) -> Path:
    """Where the approval of a page stands in the folder of a rule base. Raises RuleBaseError for a page whose name is
    none for a file."""
    if not _NAME.fullmatch(page.id):
        place = Place(page.file, page.line, "page")
        raise RuleBaseError(Problem(place, "a page of this name cannot be approved", "letters, digits, _ and -"))
    return folder / APPROVALS / f"{page.id}{_ENDING}"


def statement_of(base: RuleBase, page: Page, signer: Signer, key: Path) -> ApprovalStatement:
    """What will be signed with the private key in a file. Raises RuleBaseError for a name or a role that will not do,
    and as `signing.sign` for the key."""
    try:
        predicate = ApprovedPage(
            page=page.id, title=page.title, rulebase=base.about.id, version=base.about.version, name=signer.name,
            role=signer.role, date=signer.date, public_key=public_half(key),
        )  # fmt: skip
    except ValidationError as bad:
        wrong = first_misfit(bad)
        raise RuleBaseError(Problem(Place(key=wrong.key), wrong.reason, "one line of 1 to 200 letters")) from None
    return ApprovalStatement(type_=STATEMENT, subject=reading(base, page), predicate_type=APPROVED, predicate=predicate)


def signed(statement: ApprovalStatement, key: Path) -> bytes:
    """The bytes of an approval's file. Raises as `signing.sign`."""
    return sign_statement(canonical(plain(statement)), key)


def approved(base: RuleBase, folder: Path, trust: Iterable[Path] = ()) -> RuleBase:
    """A rule base with the approvals in its folder; `trust` are files of the public keys that are trusted.

    Raises RuleBaseError with every approval that was edited or forged, and DataError for a key that is none. Without
    the library for signatures none is trusted, and AdvisorError is raised when keys are given; CallError for what is no
    rule base or no path.
    """
    must_be(RuleBase, base=base)
    there = standings(base, path_of(folder), tuple(path_of(key) for key in trust))
    return replace(base, approvals={one.approval.page: one.approval for one in there if one.page is not None})


def standings(base: RuleBase, folder: Path, trust: Iterable[Path] = ()) -> tuple[Stands, ...]:
    """Every approval in the folder of a rule base, by name of the page. Raises as `approved`."""
    trusted = key_ids(trust)
    found: list[Stands] = []
    problems: list[Problem] = []
    for path in approval_files(folder):
        try:
            found.append(_stands(base, path, trusted))
        except RuleBaseError as bad:
            problems += bad.problems
    if problems:
        raise RuleBaseError(problems)
    return tuple(found)


def approval_files(folder: Path) -> tuple[Path, ...]:
    """The files of the approvals in the folder of a rule base."""
    return tuple(sorted((folder / APPROVALS).glob(f"[!.]*{_ENDING}")))


def _stands(base: RuleBase, path: Path, trusted: Collection[str]) -> Stands:
    file = f"{APPROVALS}/{path.name}"
    statement, key, checked = _read(read_bytes(path, RuleBaseError, file), file)
    said = statement.predicate
    if path.name != f"{said.page}{_ENDING}":
        raise _refused(file, f"this is the approval of the page `{shown(said.page)}`")
    if said.rulebase != base.about.id:
        raise _refused(file, f"this is an approval of another rule base, `{shown(said.rulebase)}`")
    page = base.pages.get(said.page)
    differs = changed(statement.subject, reading(base, page)) if page is not None else ()
    standing: Standing = "approved" if key in trusted else "unknown_key"
    if page is None or differs:
        standing = "stale"
    elif not checked:
        standing = "unchecked"
    approval = Approval(said.page, said.name, said.role, said.date, key, standing)
    return Stands(approval, page, differs)


def _read(raw: bytes, file: str) -> tuple[ApprovalStatement, str, bool]:
    """The statement, the id of the key that signed it, and whether the signature could be checked.

    Raises RuleBaseError where it does not hold.
    """
    read = signed_statement(raw)
    if read is None:
        raise _refused(file, "this is no approval: no DSSE envelope of a statement with one signature")
    payload, signature = read
    try:
        statement = ApprovalStatement.model_validate_json(payload)
    except ValidationError as bad:
        raise _refused(file, f"this is no statement of an approval: {first_misfit(bad)}") from None
    if canonical(plain(statement)) != payload:
        raise _refused(file, "the statement is not written as this program writes it")
    try:
        holds = signed_by_half(payload, signature, statement.predicate.public_key)
    except AdvisorError:
        return statement, signature.keyid, False
    if not holds:
        raise _refused(file, "the signature does not hold: the approval was changed after it was signed, or forged")
    return statement, signature.keyid, True


def _refused(file: str, message: str) -> RuleBaseError:
    return RuleBaseError(Problem(Place(shown(file)), message, "", _REFUSED))
