"""The standalone verifier: it checks receipts with the standard library alone, and shares no code with the program.

These modules, written from the description of the format, are joined by `advisor receipt script` into one file that an
auditor can carry away and read from top to bottom. They import nothing of the program. The program asks the functions
named here what holds of a receipt, and uses nothing else of them.
"""

from __future__ import annotations

from advisor.verifier.asked import beyond_checking, broken_seal, refusal, rulebook_named, unfolded, unsound
from advisor.verifier.verdict import erased_unchecked, problems

__all__ = [
    "beyond_checking",
    "broken_seal",
    "erased_unchecked",
    "problems",
    "refusal",
    "rulebook_named",
    "unfolded",
    "unsound",
]
