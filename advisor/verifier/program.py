"""Verifies a receipt of the credentialing advisor with nothing but Python 3.9 or later and this one file.

    python verify_receipt.py RECEIPT [--rulebook FILE] [--rules DIR] [--questionnaires DIR] [--all]

It is written from the description of the rule format, not from the program that gave the advice, and shares no code
with it. It exits with 0 when everything holds, and with 1 and the first reason when something does not.

A receipt is whole, and then it quotes all rules and questions itself, or small: then it names its rulebook by digest,
and is read together with it. The rulebook is the file in the folder `rulebooks` beside the receipt that has this digest
as its name, or the one that --rulebook names. A small receipt whose rulebook is not there does not hold: it is said
that nothing but its form and its digests could be checked.

From a whole receipt alone, or a small one with its rulebook, it checks that

1. the file has the published shape and is canonical JSON (RFC 8785), and every digest in it is right;
2. the advice follows from the answers under the rules that the receipt quotes: the conditions of every rule that
   fired hold, every quoted rule fired that should have fired, every fact, figure, point, tie-break and choice comes out
   the same, and each sentence of the advice that a rule or a figure speaks is that of the rule or the figure;
3. every clause of every rule, the rejected options, the skipped questions, the sources of the rules that fired and the
   date of expiry are as the rest says.

Of a masked receipt, from which parts were erased, it checks all that does not rest on them, and names what it could not
check.

What it cannot check with what it is given it names in what it prints, each on a line that begins with "not checked".
For that only the digests vouch, so who changes it and makes the digests anew is not seen.

Of a whole receipt it also checks with --rulebook that every rule, question, option, fact, figure and source, and all
standing words, are quoted as the rulebook has them, and every word of the advice that is not quoted. The rulebook is
the file that `advisor receipt rulebook` prints for one version of the rules. Get it from whom you trust, not from whom
you got the receipt.

With --rules it checks that the files of that folder are, byte for byte, those whose digests the receipt names, and with
--questionnaires the same of the questions. It cannot read YAML, so this does not show that the rules are quoted rightly
from these files; a rulebook does, and `advisor receipt verify --rules`, which makes the whole receipt anew. Who wrote a
receipt and when is beyond what digests can tell: that takes a signature.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from advisor.verifier.canonical import MASKED_FORMAT, MOST_BYTES, Json
from advisor.verifier.small import book_beside
from advisor.verifier.verdict import problems, unchecked


def _praise(receipt: Json) -> str:
    if receipt["format"] != MASKED_FORMAT:
        return f"all of it holds ({receipt['id']})."
    count = len(receipt["erased"])
    erased = f"{count} {'part was' if count == 1 else 'parts were'} erased"
    return f"what remains of it holds, as far as it can be checked ({receipt['id']}); {erased}."


def printable(text: str) -> str:
    """The text without characters that could steer a terminal."""
    return "".join(c if c.isprintable() else "?" for c in text)


def main(arguments: list[str] | None = None) -> int:
    """Verify one receipt; the exit code."""
    about, _, _ = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(description=about, epilog="Exit codes: 0 all holds; 1 it does not; 2 wrong usage.")
    parser.add_argument("receipt", type=Path, help="the file of the receipt")
    parser.add_argument("--rules", type=Path, help="the folder of the rule base, to compare digests of its files")
    parser.add_argument("--questionnaires", type=Path, help="the folder of the questionnaire, to compare its digest")
    parser.add_argument("--rulebook", type=Path, help="a rulebook, to compare all that the receipt quotes with it")
    parser.add_argument("--all", action="store_true", help="list everything that does not hold, not the first alone")
    given = parser.parse_args(arguments)
    try:
        with open(given.receipt, "rb") as file:
            raw = file.read(MOST_BYTES)
    except OSError as bad:
        print(printable(f"{given.receipt}: the file cannot be read ({bad.strerror})"), file=sys.stderr)
        return 1
    held, book = True, given.rulebook or book_beside(given.receipt, raw)
    for problem in problems(raw, given.rules, given.questionnaires, book):
        held = False
        print(printable(f"{given.receipt}: {problem}"), file=sys.stderr)
        if not given.all:
            break
    if held:
        print(printable(f"{given.receipt}: {_praise(json.loads(raw))}"))
        for one in unchecked(raw, given.rules, given.questionnaires, book):
            print(printable(f"{given.receipt}: not checked: {one}"))
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
