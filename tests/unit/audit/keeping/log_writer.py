"""A process that adds records to a log and says on standard output which of them were acknowledged."""

from __future__ import annotations

import sys
from pathlib import Path

from advisor.audit.keeping.log import DecisionLog


def write(folder: str, writer: int, records: int) -> None:
    log = DecisionLog(Path(folder), most_bytes=2000)
    for number in range(records):
        line = log.append("error", {"writer": writer, "number": number, "padding": "x" * 100})
        print(line.digest, flush=True)


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
