"""Joins the modules of the verifier into the one file that an auditor carries away and reads from top to bottom.

Nothing is written anew: the modules stand one after the other as they are, without their heads, each under a line that
says what it is for; a table of contents comes first. The same modules give the same bytes.
"""

from __future__ import annotations

import ast
from pathlib import Path

import advisor

VERIFIER = Path(advisor.__file__).parent / "verifier"
OWN = "advisor.verifier."
READING_ORDER = (
    "canonical", "shape", "actions", "shapes", "seal", "conditions", "figures", "vocabulary", "derivation", "trace",
    "account", "words", "plan", "reasons", "options", "lines", "unknowns", "approvals", "advice", "rulebook", "beyond",
    "given", "sums", "masked", "unfold", "small", "verdict", "program",
)  # fmt: skip
"""Each after those that it uses; the last is the program itself, whose docstring opens the file."""

_RULER = 119


def verifying_script() -> str:
    """The text of the script that verifies a receipt without this package."""
    texts = {name: (VERIFIER / f"{name}.py").read_text("utf-8") for name in READING_ORDER}
    return joined(texts)


def joined(texts: dict[str, str]) -> str:
    """Some modules as one, by name and in order. Raises ValueError when two state the same name at their top, and for
    an import that would not be there in one file."""
    trees = {name: ast.parse(text) for name, text in texts.items()}
    _refuse_names_stated_twice(trees)
    imports = sorted({line for name, tree in trees.items() for line in _outside(name, tree)}, key=_isort)
    *_, last = texts
    head = f'"""{ast.get_docstring(trees[last], clean=False)}"""\n\nfrom __future__ import annotations\n\n'
    said = {name: (ast.get_docstring(tree) or "").split("\n")[0] for name, tree in trees.items()}
    said[last] = "The program: reads a receipt, and prints what was found."
    contents = "".join(f"#   {name:<10}  {words}\n" for name, words in said.items())
    bodies = "\n\n".join(_body(texts[name], trees[name], f"{name}: {said[name]}") for name in texts)
    return f"{head}{_merged(imports)}\n# What follows, in this order:\n#\n{contents}\n\n{bodies}"


def _body(text: str, tree: ast.Module, said: str) -> str:
    """A module without its docstring and its imports, under a ruler that says what it is for."""
    heads = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    lines = text.splitlines()[heads[-1].end_lineno :]
    return f"# --- {said} ".ljust(_RULER, "-") + "\n" + "\n".join(lines).rstrip("\n") + "\n"


def _outside(name: str, tree: ast.Module) -> list[str]:
    """What a module imports of the standard library, one name a line; its own package is all there in one file."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and node not in tree.body:
            raise ValueError(f"{name}: `{ast.unparse(node)}` cannot stand in one file: it is not at the top")
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            if node.module.startswith(OWN) and not node.level and all(one.asname is None for one in node.names):
                continue
            if node.module != "__future__":
                found += [f"from {node.module} import {one.name}" for one in node.names]
        elif isinstance(node, ast.Import):
            found += [f"import {one.name}" for one in node.names]
    if wrong := [line for line in found if "advisor" in line]:
        raise ValueError(f"{name}: `{wrong[0]}` cannot stand in one file")
    return found


def _isort(line: str) -> tuple[bool, str]:
    return line.startswith("from"), line


def _merged(imports: list[str]) -> str:
    """Lines of imports, those from one module together."""
    lines: dict[str, list[str]] = {}
    for line in imports:
        before, _, name = line.rpartition(" ")
        lines.setdefault(before if before.startswith("from") else line, []).append(name)
    return "".join(
        f"{before} {', '.join(sorted(names, key=_case))}\n" if before.startswith("from") else f"{before}\n"
        for before, names in lines.items()
    )


def _case(name: str) -> tuple[bool, str]:
    return not name[0].isupper(), name


def _refuse_names_stated_twice(trees: dict[str, ast.Module]) -> None:
    """Raises ValueError when two modules state a name at their top: in one file the second would stand for both."""
    homes: dict[str, str] = {}
    for module, tree in trees.items():
        for name in sorted({name for node in tree.body for name in _stated(node)}):
            if homes.setdefault(name, module) != module:
                raise ValueError(f"{name} is stated in {homes[name]} and in {module}")


def _stated(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [name.id for one in targets for name in ast.walk(one) if isinstance(name, ast.Name)]
