"""The script is the verifier's modules in one file: the same bytes each time, each name once, none used too early."""

from __future__ import annotations

import ast

import pytest

from advisor.audit.recording.script import OWN, READING_ORDER, VERIFIER, joined, verifying_script

FOR_THE_PROGRAM = {"__init__", "asked"}  # what the program asks; an auditor's script does without
TEXTS = {name: (VERIFIER / f"{name}.py").read_text("utf-8") for name in READING_ORDER}


def test_every_module_of_the_verifier_is_in_the_script() -> None:
    assert {path.stem for path in VERIFIER.glob("*.py")} - FOR_THE_PROGRAM == set(READING_ORDER)
    script = verifying_script()
    for text in TEXTS.values():
        heads = [node for node in ast.parse(text).body if isinstance(node, ast.Import | ast.ImportFrom)]
        assert "\n".join(text.splitlines()[heads[-1].end_lineno :]).strip() in script


def test_each_module_stands_after_those_that_it_uses() -> None:
    for place, name in enumerate(READING_ORDER):
        used = {
            node.module.removeprefix(OWN)
            for node in ast.walk(ast.parse(TEXTS[name]))
            if isinstance(node, ast.ImportFrom) and node.module is not None and node.module.startswith(OWN)
        }
        assert used <= set(READING_ORDER[:place]), name


def test_the_same_modules_give_the_same_bytes_which_python_3_9_can_read() -> None:
    assert joined(TEXTS) == verifying_script() == joined(dict(TEXTS))
    tree = ast.parse(verifying_script(), feature_version=(3, 9))
    assert (ast.get_docstring(tree) or "").startswith(
        "Verifies a receipt of the credentialing advisor with nothing but"
    )
    assert max(map(len, verifying_script().splitlines())) <= 130


def test_two_modules_cannot_state_the_same_name() -> None:
    with pytest.raises(ValueError, match="LIMIT is stated in a and in b"):
        joined({"a": '"""A."""\n\nimport re\n\nLIMIT = 1\n', "b": '"""B."""\n\nimport re\n\nLIMIT: int = 2\n'})


@pytest.mark.parametrize(
    "line", ["import advisor", "from advisor.model import trace", "from advisor.verifier import a"]
)
def test_nothing_of_the_program_can_be_imported(line: str) -> None:
    with pytest.raises(ValueError, match="cannot stand in one file"):
        joined({"a": f'"""A."""\n\n{line}\n'})


def test_nothing_is_imported_but_at_the_top() -> None:
    with pytest.raises(ValueError, match="cannot stand in one file: it is not at the top"):
        joined({"a": f'"""A."""\n\nimport re\n\ndef b():\n    from {OWN}c import d\n'})


def test_a_name_of_the_verifier_cannot_be_given_another() -> None:
    with pytest.raises(ValueError, match="cannot stand in one file"):
        joined({"a": f'"""A."""\n\nfrom {OWN}b import c as d\n'})
