"""Which cases exercise which rules: files of answers, or of cases with their answers, run through the rules."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from advisor.advice import Advisor
from advisor.errors import AdvisorError, DataError
from advisor.loading.resources import yaml_files
from advisor.loading.yaml_reader import decode

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every value is a text, as it is written


@dataclass(frozen=True, slots=True)
class Exercised:
    """The names of the cases in which each rule fired, how many cases there are, and the files that are none."""

    by_rule: Mapping[str, tuple[str, ...]]
    cases: int
    refused: tuple[str, ...]


def exercised(advisor: Advisor, folder: Path, day: datetime.date) -> Exercised:
    """Run every case of a folder as of a day. Raises DataError when there is no such folder."""
    found: dict[str, list[str]] = defaultdict(list)
    refused: list[str] = []
    count = 0
    for name, answers in _cases(folder, refused):
        try:
            trace = advisor.trace(answers, as_of=day)
        except AdvisorError:
            refused.append(name)
            continue
        count += 1
        for firing in trace.firings:
            found[firing.rule].append(name)
    return Exercised({rule: tuple(names) for rule, names in found.items()}, count, tuple(refused))


def _cases(folder: Path, refused: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each case by its name, or that of its file; what holds no answers is added to `refused`."""
    for name, raw in yaml_files(folder, DataError):
        try:
            data = yaml.load(decode(raw, name, DataError), _LOADER)  # of the base loader: texts, lists and mappings
        except (yaml.YAMLError, DataError, RecursionError):
            data = None
        answers = data.get("answers", data) if isinstance(data, dict) else None
        if isinstance(answers, dict) and isinstance(data, dict):
            yield str(data["name"]) if "answers" in data and "name" in data else name, answers
        else:
            refused.append(name)
