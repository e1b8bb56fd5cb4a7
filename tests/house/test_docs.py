"""The documents tell the truth: output shown is what its command prints, a file shown is the file, links lead on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from advisor.audit.keeping.log import DecisionLog
from advisor.verifier import problems

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LONGEST_README = 160  # lines
_BLOCK = re.compile(r"<!-- (?P<marker>runs|shows): (?P<what>.*?) -->\n```(?P<kind>\w+)\n(?P<body>.*?)```", re.DOTALL)
_LINK = re.compile(r"\]\((?!https?://)([^)#]*)(?:#([^)]+))?\)")


class Block(NamedTuple):
    """What a document shows under a marker: the output of a command, or a file."""

    document: Path
    what: str
    kind: str
    body: str
    text: str


def _blocks(marker: str) -> list[Block]:
    return [
        Block(document, found["what"], found["kind"], found["body"], found[0])
        for document in DOCUMENTS
        for found in _BLOCK.finditer(document.read_text("utf-8"))
        if found["marker"] == marker
    ]


OUTPUT, FILES = _blocks("runs"), _blocks("shows")
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


def _environment(folder: Path) -> dict[str, str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path, "COLUMNS": "80", "ADVISOR_STATE_DIR": str(folder), "PYTHONHASHSEED": "0"}


def _output(command: str, folder: Path) -> str:
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=_environment(folder), capture_output=True, text=True, check=False
    )
    return done.stdout


def _recorded(block: Block, folder: Path) -> None:
    text = block.document.read_text("utf-8")
    body = _output(block.what, folder)
    assert body, f"nothing is recorded of a command that prints nothing: {block.what}"
    shown = f"<!-- runs: {block.what} -->\n```{block.kind}\n{body}```"
    block.document.write_text(text.replace(block.text, shown), encoding="utf-8")


def test_there_is_output_to_look_at() -> None:
    assert len(OUTPUT) >= 15
    assert len([block for block in OUTPUT if block.document == README]) >= 2


SLOW = "advisor rules impact"
"""Proves for all people what a change of the whole rule base does, which takes minutes."""


def _marks(block: Block) -> list[pytest.MarkDecorator]:
    """The README is looked at in every run."""
    if SLOW in block.what:
        return [pytest.mark.slow]
    return [] if block.document == README else [pytest.mark.long]


EACH = [
    pytest.param(block, marks=_marks(block), id=f"{block.document.name}-{number}")
    for number, block in enumerate(OUTPUT)
]


@pytest.mark.xdist_group("documents")  # in one process, so that none writes what another has read
@pytest.mark.parametrize("block", EACH)
def test_the_output_shown_is_what_the_command_prints(block: Block, tmp_path: Path, record: bool) -> None:
    if record:
        _recorded(block, tmp_path)
    else:
        assert _output(block.what, tmp_path) == block.body, block.what


@pytest.mark.parametrize("block", FILES, ids=lambda block: block.what)
def test_a_file_shown_is_the_file(block: Block) -> None:
    assert block.body == (ROOT / block.what).read_text("utf-8")


def _printed(example: str, folder: Path) -> str:
    environment = {**_environment(folder), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, ROOT / "examples" / example], cwd=folder, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.long
@pytest.mark.parametrize("example", [path.name for path in EXAMPLES])
def test_an_example_runs_and_prints(example: str, tmp_path: Path) -> None:
    assert _printed(example, tmp_path).strip()


@pytest.mark.long
def test_the_example_of_receipts_leaves_one_that_holds_and_a_log(tmp_path: Path) -> None:
    assert _printed("receipts.py", tmp_path).endswith(" 1 True\n")
    assert next(problems((tmp_path / "receipt.json").read_bytes()), None) is None
    assert DecisionLog(tmp_path / "decisions").state().valid


def _anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_something_here(document: Path) -> None:
    for path, anchor in _LINK.findall(document.read_text("utf-8")):
        target = document.parent / path if path else document
        assert target.exists(), path
        assert not anchor or anchor in _anchors(target), anchor


def test_every_document_is_reached_from_the_readme() -> None:
    linked = {(README.parent / path).resolve() for path, _ in _LINK.findall(README.read_text("utf-8"))}
    further = {
        (document.parent / path).resolve()
        for document in linked
        if document.suffix == ".md"
        for path, _ in _LINK.findall(document.read_text("utf-8"))
    }
    assert {document for document in DOCUMENTS if document != README} <= linked | further


def test_the_readme_can_be_read_in_one_sitting() -> None:
    assert len(README.read_text("utf-8").splitlines()) <= LONGEST_README


@pytest.mark.parametrize("name", ["interview", "tests"])
def test_each_set_up_command_is_one_command(name: str) -> None:
    found = re.search(rf"<!-- command: {name} -->\n```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)

    assert found is not None
    assert found[1].count("\n") == 1
