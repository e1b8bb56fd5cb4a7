"""Reads answers from YAML or JSON, or from a mapping, and checks them all, naming every fault at once."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import yaml

from advisor.errors import AnswerProblem, AnswersError, ContradictionError, Place, Problem
from advisor.loading.resources import named, read_bytes
from advisor.loading.yaml_reader import MAX_DEPTH, Node, decode, read_yaml
from advisor.model.answer_check import out_of_order, parse_answer
from advisor.model.answers import (
    Answer,
    Answers,
    Raw,
    applying,
    knowledge_of,
    nearest,
)
from advisor.model.entries import filled_in, own
from advisor.model.questionnaire import Questionnaire
from advisor.model.safe_text import shown, unpasted

_MOST_PROBLEMS = 100
_HEADING = "# Answers to the questionnaire `{id}`, version {version}.\n"


def read_answers(
    path: Path,
    questionnaire: Questionnaire,
    *,
    as_of: datetime.date | None = None,
    check_contradictions: bool = True,
    kept: bool = False,
) -> Answers:
    """The answers in a YAML or JSON file. Raises AnswersError or ContradictionError, with lines.

    Where they were `kept` before, a pipe or device is refused, since nobody may be there to write to it.
    """
    raw = read_bytes(path, AnswersError, named(path) if kept else "")
    return answers_from_bytes(
        raw, named(path), questionnaire, as_of=as_of, check_contradictions=check_contradictions
    )  # fmt: skip


def answers_from_bytes(
    raw: bytes,
    name: str,
    questionnaire: Questionnaire,
    *,
    as_of: datetime.date | None = None,
    check_contradictions: bool = True,
) -> Answers:
    """The answers in some bytes, YAML or JSON; `name` is used in errors. Raises as `read_answers`."""
    text = unpasted(decode(raw, name, AnswersError))
    line_of: Callable[[str], int]
    if text.lstrip().startswith("{"):
        given, line_of = _from_json(text, name)
    else:
        given, line_of = _from_yaml(text, name)
    return check_answers(
        given, questionnaire, lambda key: Place(name, line_of(key), shown(key)),
        as_of=as_of, check_contradictions=check_contradictions,
    )  # fmt: skip


def answers_text(answers: Answers, questionnaire: Questionnaire) -> str:
    """A file of answers, as `read_answers` reads it, headed by the questionnaire that they are for.

    What follows from entries is left out: it follows again when the file is read, and from what it then says.
    """
    heading = _HEADING.format(id=questionnaire.id, version=questionnaire.version)
    given = own(questionnaire, {answer.question: answer for answer in answers})
    told = Answers.of(given, questionnaire).plain()
    body = yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=10**6) if told else ""
    return heading + body


def check_answers(
    given: Mapping[str, Raw],
    questionnaire: Questionnaire,
    place: Callable[[str], Place] = lambda key: Place(key=shown(key)),
    *,
    as_of: datetime.date | None = None,
    check_contradictions: bool = True,
) -> Answers:
    """Raw answers by question id, checked, as given on the day `as_of` (None: on no day known).

    Raises AnswersError naming every fault (the first hundred when there are more), or ContradictionError.
    """
    if not isinstance(given, Mapping):
        found = f"the answers are of type {type(given).__name__}"  # type: ignore[unreachable]  # callers may be untyped
        raise AnswersError(Problem(Place(), found, "a mapping of question ids to answers, or Answers"))
    entries: dict[str, Answer] = {}
    problems: list[Problem] = []
    for key, raw in given.items():
        if len(problems) == _MOST_PROBLEMS:
            break
        question = questionnaire.by_id.get(key)
        if question is None:
            hint = nearest(str(key), list(questionnaire.by_id)) or "`advisor questions` lists them all"
            problems.append(Problem(place(str(key)), "there is no question with this id", "a question id", hint))
            continue
        try:
            entries[key] = parse_answer(question, raw, as_of)
        except AnswerProblem as bad:
            problems.append(bad.at(place(key)))
    for _, later in questionnaire.dates_in_order:
        wrong = out_of_order(entries[later.id], entries, questionnaire) if later.id in entries else None
        problems += [wrong.at(place(later.id))] if wrong is not None else []
    if problems:
        raise AnswersError(problems)
    answers = Answers.of(filled_in(questionnaire, entries), questionnaire, as_of)
    if check_contradictions:
        refuse_contradictions(answers, questionnaire, place)
    return answers


def refuse_contradictions(
    answers: Answers, questionnaire: Questionnaire, place: Callable[[str], Place] = lambda key: Place(key=key)
) -> None:
    """Raises ContradictionError when answers cannot all be true, naming them together."""
    known = knowledge_of(applying(answers, questionnaire)[0], questionnaire)
    held = [c for c in questionnaire.contradictions if c.when.truth(known) is True]
    if not held:
        return
    problems = []
    for one in held:
        first, *rest = one.between
        said = "; ".join(f"`{q}` is {_said(answers, q)}" for q in one.between)
        others = ", ".join(str(place(q)) for q in rest)
        problems.append(
            Problem(place(first), f"{one.text} ({said})", "answers that can all be true", f"Change this or {others}")
        )
    raise ContradictionError(problems, [one.between for one in held])


def _said(answers: Answers, question: str) -> str:
    answer = answers.get(question)
    plain = answer.plain() if answer else "not answered"
    return ", ".join(plain) if isinstance(plain, list) else str(plain)


def _from_yaml(text: str, name: str) -> tuple[dict[str, Raw], Callable[[str], int]]:
    node = read_yaml(text, name, AnswersError)
    if node is None or (node.kind == "scalar" and not node.text):
        return {}, lambda key: 0
    if node.kind != "map":
        raise AnswersError(
            Problem(Place(name, node.line), "this is not a list of answers", "lines like `question id: choice id`")
        )
    lines = {key.text: key.line for key, _ in node.pairs}
    return {key.text: raw_of(value) for key, value in node.pairs}, lambda key: lines.get(key, 0)


def raw_of(node: Node) -> Raw:
    """What an answer file says at a node."""
    if node.kind == "list":
        return [raw_of(item) for item in node.items]
    if node.kind == "map":
        return {key.text: raw_of(value) for key, value in node.pairs}
    return None if not node.quoted and node.text in ("", "~", "null") else node.text


def _from_json(text: str, name: str) -> tuple[dict[str, Raw], Callable[[str], int]]:
    def pairs(found: list[tuple[str, Raw]]) -> dict[str, Raw]:
        made: dict[str, Raw] = {}
        for written, value in found:
            key = unpasted(written)  # once more: what was escaped shows only now
            if key in made:
                place = Place(name, _line_of(text, key), shown(key))
                raise AnswersError(Problem(place, "this key is written twice", "each key once"))
            made[key] = value
        return made

    if _depth(text) > MAX_DEPTH:
        raise AnswersError(Problem(Place(name), f"the text is nested more than {MAX_DEPTH} deep", "a flat mapping"))
    try:
        given = json.loads(text, object_pairs_hook=pairs, parse_constant=str, parse_int=_parse_int)
    except json.JSONDecodeError as bad:
        raise AnswersError(Problem(Place(name, bad.lineno), f"this is not valid JSON: {bad.msg.lower()}")) from None
    if not isinstance(given, dict):
        raise AnswersError(Problem(Place(name), "this is not a mapping of answers", '{"question id": "choice id"}'))
    return given, lambda key: _line_of(text, key)


def _parse_int(word: str) -> Raw:
    return int(word) if len(word) <= 18 else word


def _depth(text: str) -> int:
    depth = deepest = 0
    for mark in re.finditer(r'"(?:[^"\\]|\\.)*+(?:"|$)|[\[\]{}]', text, re.DOTALL):
        if mark[0] in ("[", "{"):
            depth += 1
            deepest = max(deepest, depth)
        elif mark[0] in ("]", "}"):
            depth -= 1
    return deepest


def _line_of(text: str, key: str) -> int:
    ways = (json.dumps(key), json.dumps(key, ensure_ascii=False))
    found = re.search(rf"(?:{'|'.join(map(re.escape, ways))})\s*:", text)
    return text.count("\n", 0, found.start()) + 1 if found else 0
