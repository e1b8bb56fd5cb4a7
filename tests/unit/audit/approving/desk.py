"""Pages of the tiny rules, approved; and approvals changed the way a forger would."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from advisor.advice import Advisor
from advisor.audit.approving.approvals import Signer, approved, place_of, signed, statement_of
from advisor.audit.recording.seal import canonical
from advisor.audit.recording.signing import sign_statement
from advisor.model.approval import Approval

ANN = Signer("Ann Lee", "clinical director", "2027-01-31")
PAGES = ("of_DER-1", "of_WGH-1", "of_DEC-1")


@dataclass(frozen=True)
class Desk:
    """Folders of rules and questionnaires, and where keys lie."""

    rules: Path
    questionnaires: Path
    keys: Path

    def key(self, name: str) -> Path:
        return self.keys / name

    def approve(self, page: str, key: str = "ann", signer: Signer = ANN) -> Path:
        """Approve a page as it is, and give the file."""
        base = Advisor.load(self.rules, self.questionnaires).rulebase
        path = place_of(self.rules, base.pages[page])
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(signed(statement_of(base, base.pages[page], signer, self.key(key)), self.key(key)))
        return path

    def approvals(self, *trust: str) -> dict[str, Approval]:
        """The approvals as they stand with the rules as they are now, by page."""
        base = Advisor.load(self.rules, self.questionnaires).rulebase
        return dict(approved(base, self.rules, [self.key(f"{name}.pub") for name in trust]).approvals)

    def advisor(self, *trust: str) -> Advisor:
        """The advisor with the approvals."""
        made = Advisor.load(self.rules, self.questionnaires)
        keys = [self.key(f"{name}.pub") for name in trust]
        return Advisor(approved(made.rulebase, self.rules, keys), made.questionnaire)

    def replace(self, file: str, old: str, new: str) -> None:
        """Change a file of the rules."""
        path = self.rules / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")


def payload_of(path: Path) -> dict[str, Any]:
    """The statement in an approval's file."""
    found: dict[str, Any] = json.loads(base64.b64decode(json.loads(path.read_bytes())["payload"]))
    return found


def edited(path: Path, change: Callable[[dict[str, Any]], object], key: Path | None = None) -> None:
    """Change the statement in an approval's file: under its old signature, or signed anew with a key."""
    statement = payload_of(path)
    change(statement)
    raw = canonical(statement)
    if key is not None:
        path.write_bytes(sign_statement(raw, key))
        return
    envelope = json.loads(path.read_bytes())
    path.write_bytes(canonical({**envelope, "payload": base64.b64encode(raw).decode("ascii")}))
