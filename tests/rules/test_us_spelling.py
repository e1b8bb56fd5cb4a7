"""The texts of rules, questions and cases are in US spelling."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from advisor.loading.resources import shipped

BRITISH = re.compile(
    r"\b(?:"
    r"licen[c]e\w*|counsell\w*|enrol|enrols|enrolment\w*|behaviour\w*|programme[sd]?|practis\w+|favour\w*|colour\w*"
    r"|honour\w*|labour\w*|neighbour\w*|centre[sd]?|cheque\w*|judgement\w*|fulfil|fulfils|fulfilment|whilst|amongst"
    r"|defence|offence|travell\w+|cancell(?:ed|ing)|labell\w+|modell\w+|analys(?:e|ed|ing)|catalogue\w*|dialogue"
    r"|organis\w+|authoris\w+|recognis\w+|specialis(?!t)\w+|apologis\w+|prioritis\w+|minimis\w+|maximis\w+|summaris\w+"
    r"|utilis\w+|finalis\w+|grey|learnt|spelt|tyre\w*|kerb|paediatric\w*|haemo\w*|anaesthe\w+|orthopaedic\w*"
    r")\b",
    re.IGNORECASE,
)
ADDRESSES = re.compile(r"https?://\S+|\b[\w.-]+\.(?:com|org|gov|net|co|ca|us|io)/\S*")
FOLDERS = (shipped("rules"), shipped("questionnaires"), Path(__file__).resolve().parents[1] / "cases")


def _files() -> list[Path]:
    return sorted(
        path for folder in FOLDERS for path in Path(str(folder)).rglob("*") if path.suffix in (".yaml", ".md")
    )


@pytest.mark.parametrize(
    "word", ["licence", "Counsellor", "enrol", "behavioural", "programmes", "practising", "organised"]
)
def test_british_words_are_noticed(word: str) -> None:
    assert BRITISH.search(f"The {word} is here.")


@pytest.mark.parametrize(
    "word", ["license", "counselor", "enroll", "behavioral", "programs", "practice", "specialists"]
)
def test_us_words_pass(word: str) -> None:
    assert not BRITISH.search(f"The {word} is here.")


def test_no_file_of_rules_questions_or_cases_has_a_british_word() -> None:
    found = [
        f"{path.name}:{number}: {match.group()}"
        for path in _files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for match in BRITISH.finditer(ADDRESSES.sub("", line))
    ]

    assert found == []
