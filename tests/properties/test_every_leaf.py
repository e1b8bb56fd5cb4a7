"""Whatever is changed in a receipt that is sealed anew, the script sees it, or names the part among those unchecked."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from advisor.advice import Advisor
from advisor.audit.receipts import Receipts
from advisor.audit.recording.seal import canonical, plain, receipt_bytes
from advisor.audit.recording.signing import make_keys
from advisor.loading.answers import read_answers
from advisor.model.advice import Advice
from advisor.verifier import problems
from advisor.verifier.account import check_account
from advisor.verifier.advice import ADVICE_CHECKS, advice_checks
from advisor.verifier.beyond import UNCHECKED, UNCHECKED_ALONE, beyond
from advisor.verifier.derivation import Derivation
from advisor.verifier.rulebook import check_standing
from advisor.verifier.shape import misshapen
from advisor.verifier.shapes import ADVICE
from tests.helpers.cases import ANSWERS_ONLY
from tests.helpers.effort import every
from tests.unit.audit.approving.desk import PAGES, Desk
from tests.unit.audit.tampering import TIME, requoted, resealed

Plain = dict[str, Any]
Path_ = tuple[str | int, ...]
UNORDERED = ("advice/trace/tallies", "advice/trace/facts", "advice/trace/red_flags", "sources")
"""Lists whose order says nothing, and is not compared."""

FREE = ("advice/headings", "rulebase/files")
"""Mappings of many names that are all of one kind."""


def leaves(data: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The paths of all values that have no parts, and of all lists."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    else:
        yield path
    if isinstance(data, list):
        for number, value in enumerate(data):
            yield from leaves(value, (*path, number))


def general(path: Path_) -> str:
    """A path with `*` for every place in a list, and for every name in a free mapping."""
    name = "/".join("*" if isinstance(part, int) else part for part in path)
    return next((f"{free}/*" for free in FREE if name.startswith(f"{free}/")), name)


def kinds(content: Plain) -> list[Path_]:
    """The first leaf, or list that is not empty, of each kind: those whose paths differ in more than places."""
    found: dict[str, Path_] = {}
    for path in leaves(content):
        if at(content, path) != []:
            name = general(path)
            if name not in found:
                found[name] = path
    return list(found.values())


def at(data: Any, path: Path_) -> Any:
    for part in path:
        data = data[part]
    return data


def others(value: Any, name: str) -> Iterator[Any]:
    """A value changed, in each way that fits its kind."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str):
        yield f"{value} You will earn a million."
        yield from [""] if value else []
    elif value is None:
        yield "A million."
    elif isinstance(value, list):
        yield value[1:]
        yield [*value, value[-1]]
        if len(value) > 1 and name not in UNORDERED and not name.endswith("/by") and value[::-1] != value:
            yield value[::-1]


def forgeries(receipt: Plain) -> Iterator[tuple[str, bytes]]:
    """The receipt with one thing changed and all digests made anew, for each kind of thing."""
    for path in kinds(receipt["content"])[:: every()]:
        value = at(receipt["content"], path)
        for other in others(value, general(path)):
            changed = copy.deepcopy(receipt)
            at(changed["content"], path[:-1])[path[-1]] = other
            if path[0] == "rules" and len(path) > 2 and path[2] != "digest":
                requoted(changed["content"]["rules"][path[1]])
            yield general(path), resealed(changed)


def named(name: str, unchecked: tuple[tuple[str, tuple[str, ...]], ...]) -> bool:
    """Whether a path is in one of the parts that are named as not checked, or holds one of these alone."""
    return any(f"{name}/".startswith(f"{part}/") for _, parts in unchecked for part in parts)


def unseen(receipt: Plain, book: Path | None) -> Iterator[str]:
    """What was changed and neither seen nor named."""
    for name, raw in forgeries(receipt):
        if not named(name, unchecked(book)) and next(problems(raw, rulebook=book), None) is None:
            yield name


def unchecked(book: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return UNCHECKED if book is not None else (*UNCHECKED, *UNCHECKED_ALONE)


def unseen_in_the_advice(content: Plain, book: Plain | None) -> Iterator[str]:
    """The same of the parts of the advice alone, on one derivation that was followed before: much faster."""
    made = Derivation(content, book=book)
    assert list(made.follow()) == []
    checks: list[Callable[[], Iterator[str]]] = [
        *advice_checks(made),
        lambda: check_account(made),
        lambda: misshapen(content["advice"], ADVICE, "advice"),
    ]
    if book is not None:
        checks.append(lambda: check_standing(content, book))
    assert [problem for check in checks for problem in check()] == []
    for path in kinds(content)[:: every()]:
        name, value = general(path), at(content, path)
        if path[0] != "advice" or path[1] == "trace" or named(name, unchecked(book)):
            continue
        for other in others(value, name):
            at(content, path[:-1])[path[-1]] = other
            if not any(next(check(), None) is not None for check in checks):
                yield name
            at(content, path[:-1])[path[-1]] = value


def book_of(advisor: Advisor, folder: Path) -> Path:
    path = folder / "rulebook.json"
    path.write_bytes(canonical(plain(Receipts(advisor).rulebook())) + b"\n")
    return path


@pytest.mark.parametrize("with_book", [False, True], ids=["alone", "beside the rulebook"])
def test_all_of_a_receipt_of_the_tiny_rules(tiny_advisor: Advisor, tmp_path: Path, with_book: bool) -> None:
    receipt = json.loads(receipt_bytes(Receipts(tiny_advisor).make({"runway": "short"}, TIME)))
    assert list(unseen(receipt, book_of(tiny_advisor, tmp_path) if with_book else None)) == []


@pytest.mark.parametrize("with_book", [False, True], ids=["alone", "beside the rulebook"])
def test_all_of_what_a_receipt_tells_of_approvals(
    tiny_advisor: Advisor, tiny_folders: tuple[Path, Path], tmp_path: Path, with_book: bool
) -> None:
    (tmp_path / "keys").mkdir()
    desk = Desk(*tiny_folders, tmp_path / "keys")
    make_keys(desk.key("ann"))
    for page in PAGES[:2]:
        desk.approve(page)
    receipt = json.loads(receipt_bytes(Receipts(desk.advisor("ann")).make({"runway": "short"}, TIME)))
    book = book_of(tiny_advisor, tmp_path) if with_book else None
    told = receipt["content"]["advice"]["approvals"]
    assert (told["spoke"], told["approved"], len(told["pages"])) == (3, 2, 2)
    who = ("name", "role", "date", "key")
    for path in leaves(told):
        for other in others(at(told, path), "approvals"):
            changed = copy.deepcopy(receipt)  # who it was is named among what is not checked; what is counted is seen
            at(changed["content"]["advice"]["approvals"], path[:-1])[path[-1]] = other
            seen = next(problems(resealed(changed), rulebook=book), None)
            assert seen is not None or path[-1] in who, (path, other)


@pytest.mark.parametrize("with_book", [False, True], ids=["alone", "beside the rulebook"])
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("counselor-starting-out", marks=pytest.mark.long),
        pytest.param("mostly-not-sure", marks=pytest.mark.slow),
        pytest.param("big-plan-holds-the-caseload", marks=pytest.mark.slow),
    ],
)
def test_the_advice_in_a_receipt_of_the_shipped_rules(
    shipped_advisor: Advisor, tmp_path: Path, name: str, with_book: bool
) -> None:
    receipts = Receipts(shipped_advisor)
    answers = read_answers(ANSWERS_ONLY / f"{name}.yaml", shipped_advisor.questionnaire)
    content = json.loads(receipt_bytes(receipts.make(answers, TIME)))["content"]
    book = json.loads(canonical(plain(receipts.rulebook()))) if with_book else None
    assert list(unseen_in_the_advice(content, book)) == []


def test_a_part_of_advice_without_a_check_is_named(tiny_advisor: Advisor) -> None:
    content = json.loads(receipt_bytes(Receipts(tiny_advisor).make({"runway": "short"}, TIME)))["content"]
    assert not [said for said in beyond(content) if said.startswith("the part ")]
    content["advice"]["weather"] = "fair"
    assert beyond(content)[-1] == "the part `weather` of the advice"


def test_every_part_of_advice_has_a_check() -> None:
    assert set(ADVICE_CHECKS) == set(Advice.model_fields) == set(ADVICE)
