"""Every module is small, says what it is for, and keeps to its part."""

from __future__ import annotations

import ast
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, Module, modules

LONGEST = 300
AT_THE_TERMINAL = ("cli/", "terminal/")  # the only parts that speak to people, and know what time it is
PROGRAMS = ("verifier/program.py",)  # an auditor runs it by itself
ids = [module.name for module in modules()]


@pytest.mark.parametrize("module", modules(), ids=ids)
def test_a_module_opens_with_one_sentence_and_has_at_most_300_lines(module: Module) -> None:
    doc = ast.get_docstring(module.tree)
    assert doc
    first = doc.split("\n\n")[0]
    assert first.endswith((".", ":"))
    assert first[0].isupper() or first.startswith("`")
    assert module.text.count("\n") <= LONGEST


@pytest.mark.parametrize("module", modules(), ids=ids)
def test_only_the_command_line_prints_or_reads_a_stream(module: Module) -> None:
    if module.name.startswith(AT_THE_TERMINAL) or module.name in PROGRAMS:
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("print", "input", "exit", "quit"), node.lineno
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sys":
            assert node.attr not in ("stdin", "stdout", "stderr", "exit", "argv"), node.lineno


@pytest.mark.parametrize("module", modules(), ids=ids)
def test_only_one_module_knows_the_engine(module: Module) -> None:
    engines = [name for name in module.imports() if name.split(".")[0] in ("durable", "durable_rules_engine")]
    assert engines == (["durable_rules_engine"] if module.name == "inference/durable_engine.py" else [])


@pytest.mark.parametrize("module", modules(), ids=ids)
def test_nothing_is_left_unfinished_or_shared_by_hand(module: Module) -> None:
    assert not [word for word in ("TODO", "FIXME", "XXX", "NotImplemented") if word in module.text]
    assert not [node.lineno for node in ast.walk(module.tree) if isinstance(node, ast.Global)]


@pytest.mark.parametrize("module", modules(), ids=ids)
def test_the_clock_and_chance_have_no_part_in_advice(module: Module) -> None:
    if not module.name.startswith(AT_THE_TERMINAL):
        assert not {"time", "random", "secrets", "uuid"} & set(module.imports())
        assert not [call for call in (".today()", ".now(", ".utcnow(") if call in module.text]


def test_nothing_in_the_package_names_a_path_of_the_machine_it_was_made_on() -> None:
    for module in modules():
        assert not [
            text for _, text in module.strings() if text.startswith(("/home", "/work", "/root", "/Users", "C:\\"))
        ]


def test_the_import_contracts_hold() -> None:
    if importlib.util.find_spec("importlinter") is None:
        pytest.skip("import-linter comes with the dev extra")
    tool = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert tool is not None
    done = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert " 0 broken" in done.stdout


@pytest.mark.slow
def test_the_example_program_passes_a_strict_type_checker() -> None:
    if importlib.util.find_spec("mypy") is None:
        pytest.skip("mypy comes with the dev extra")
    line = [sys.executable, "-m", "mypy", "--strict", "tests/typing/api.py"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_package_says_that_it_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()
    assert (PACKAGE / "py.typed").read_bytes() == b""
