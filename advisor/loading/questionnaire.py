"""Reads the questionnaire and its glossary."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from advisor.errors import QuestionnaireError
from advisor.loading.answer_facts import facts_of
from advisor.loading.clause_checks import clause_problems
from advisor.loading.conditions import read_condition
from advisor.loading.entries import check_filled, read_entries, read_filled
from advisor.loading.fields import Fields
from advisor.loading.resources import digest_of, read_bytes, sha256, shipped
from advisor.loading.yaml_reader import Node, decode, read_yaml
from advisor.model.answers import day_of, nearest
from advisor.model.condition import NOT_SURE, SKIP, Condition
from advisor.model.facts import FactSpec
from advisor.model.questionnaire import CHANGES, KINDS, MEANINGS, Choice, Contradiction, Question, Questionnaire, Term
from advisor.model.safe_text import shown

FILE, GLOSSARY, PAGES = "credentialing.yaml", "glossary.yaml", "pages"


def load_questionnaire(folder: Path | None = None) -> Questionnaire:
    """The questionnaire in a folder (default: the shipped one). Raises QuestionnaireError.

    The sections of its main file come first, then those of the files under `pages/`, one section each, by name of file.
    """
    root = folder or shipped("questionnaires")
    files: dict[str, str] = {}
    fields = _top(root, FILE, files)
    glossary_fields = _top(root, GLOSSARY, files)
    glossary: dict[str, Term] = {}
    glossary_fields.each("terms", lambda node: _term(glossary_fields, node, glossary))
    glossary_fields.done()

    sections: list[tuple[str, str]] = []
    questions: list[Question] = []
    seen: dict[str, FactSpec] = {}

    def read_section(section: Fields, section_id: str, title: str, record: bool) -> None:
        sections.append((section_id, title))

        def read_one(item: Node) -> None:
            for made in _questions(section, item, section_id, seen, {question.id: question for question in questions}):
                question = replace(made, record=record)
                for term in question.terms:
                    if term not in glossary:
                        hint = nearest(term, list(glossary))
                        raise section.problem(item, f"{question.id}.terms", f"`{term}` is not in {GLOSSARY}", "", hint)
                questions.append(question)
                for spec in facts_of(question):
                    if spec.id in seen:
                        raise section.problem(item, question.id, f"the fact `{spec.id}` is there already", "another id")
                    seen[spec.id] = spec

        section.each("questions", read_one)
        section.done()

    about = {key: fields.text(key) for key in ("id", "version", "title", "intro")}

    def read_inside(node: Node) -> None:
        section = fields.of(node, "sections")
        read_section(section, section.text("id"), section.text("title"), section.flag("record", False))

    fields.each("sections", read_inside)
    for path in sorted((root / PAGES).glob("*.yaml")):
        page = _top(root, f"{PAGES}/{path.name}", files)
        head = page.inside("section")
        read_section(page, head.text("id"), head.text("title"), head.flag("record", False))
        head.done()
    check_filled(questions)
    asked = {fact: question.id for question in questions for fact in question.facts()}
    contradictions = fields.each("contradictions", lambda node: _contradiction(fields, node, seen, asked))
    fields.done()
    return Questionnaire(
        **about,
        sections=tuple(sections),
        questions=tuple(questions),
        contradictions=contradictions,
        glossary=glossary,
        digest=digest_of(files),
    )


def _top(root: Path, name: str, files: dict[str, str]) -> Fields:
    raw = read_bytes(root / name, QuestionnaireError, name)
    files[name] = sha256(raw)
    node = read_yaml(decode(raw, name, QuestionnaireError), name, QuestionnaireError)
    return Fields(node or Node("scalar", 1), name, QuestionnaireError)


def _term(parent: Fields, node: Node, glossary: dict[str, Term]) -> None:
    fields = parent.of(node, "terms")
    term = Term(fields.text("id"), fields.text("term"), _line(fields, "means"), _line(fields, "example", ""))
    fields.done()
    if term.id in glossary:
        raise fields.problem(node, term.id, "this id is used twice", "an id of its own")
    glossary[term.id] = term


def _line(fields: Fields, key: str, default: str | None = None) -> str:
    return " ".join(fields.text(key, default).split())


def _questions(
    parent: Fields, node: Node, section: str, seen: Mapping[str, FactSpec], earlier: Mapping[str, Question]
) -> Iterator[Question]:
    """A question, and after one whose choices are entries those for the numbers of each entry."""
    fields = parent.of(node, "questions")
    entries = read_entries(fields) if fields.has("entries") else None
    question = _question(fields, node, section, seen, earlier)
    if entries is None:
        yield question
        return
    if question.kind != "several":
        raise fields.problem(node, "entries", "only a question with several choices has entries", "`kind: several`")
    known = {**seen, **{spec.id: spec for spec in facts_of(question)}}

    def read(item: Node) -> Question:
        found = _question(parent.of(item, "questions"), item, section, known, earlier)
        known.update((spec.id, spec) for spec in facts_of(found))
        return found

    yield from entries.unfolded(question, read)


def _question(
    fields: Fields, node: Node, section: str, seen: Mapping[str, FactSpec], earlier: Mapping[str, Question]
) -> Question:
    question_id = fields.text("id")
    fields.path = question_id
    if question_id in seen or f"{question_id}.count" in seen:
        raise fields.problem(node, "id", "this id is used twice", "an id of its own")
    ref, text, why, help_text = (
        _line(fields, key, "" if key == "help" else None) for key in ("ref", "text", "why", "help")
    )
    terms = fields.texts("terms", optional=True)
    kind = fields.word("kind", KINDS)
    change = fields.word("change", CHANGES) if fields.has("change") else "given"
    choices: tuple[Choice, ...] = ()
    none_choice: Choice | None = None
    unit, minimum, maximum, max_length = "", 0, 0, 0
    days: dict[str, Any] = {}
    if kind in ("one", "several"):
        choices = _choices(fields, earlier)
        ids = [choice.id for choice in choices]
        if len(choices) < 2 or len(set(ids)) < len(ids):
            raise fields.problem(
                node, "choices", "there are fewer than two choices, or two share an id", "different ids"
            )
    elif kind == "number":
        number = fields.inside("number")
        unit, minimum, maximum = number.text("unit"), number.whole("min"), number.whole("max")
        number.done()
        if minimum > maximum:
            raise fields.problem(node, "number", "min is above max", "min at most max")
    elif kind == "date":
        days = _days(fields, [name for name, question in earlier.items() if question.kind == "date"])
    elif kind == "text":
        max_length = fields.whole("max_length")
    if kind in ("number", "date") and fields.has("none_choice"):
        none_choice = _choice(fields, fields.take("none_choice"))
    when = read_condition(fields, optional=True)
    _check_when(fields, when, seen)
    filled = read_filled(fields) if fields.has("filled") else None
    private, core, asked = fields.flag("private", False), fields.flag("core", False), fields.flag("asked", True)
    if core and not asked:
        raise fields.problem(node, "asked", "a question put to everyone is asked", "`core` or `asked: false`")
    fields.done("when", "private", "terms", "none_choice", "change", "core", "asked", "entries", "filled")
    return Question(
        question_id, ref, section, text, why, help_text, kind, choices, none_choice,  # type: ignore[arg-type]
        unit, minimum, maximum, max_length, terms, when, private, node.line, change, core,  # type: ignore[arg-type]
        **days, file=fields.file, asked=asked, filled=filled,
    )  # fmt: skip


def _days(parent: Fields, dates: Collection[str]) -> dict[str, Any]:
    """The range and the meaning of the answers to a date question, by the names of the question's fields; `dates` are
    the date questions before it."""
    fields = parent.inside("date")
    earliest, latest = (_day(fields, key) for key in ("earliest", "latest"))
    if earliest > latest:
        raise fields.problem(fields.line, "earliest", "earliest is after latest", "earliest at most latest")
    meaning = fields.word("meaning", MEANINGS)
    not_before = fields.text("not_before", "")
    if not_before and not_before not in dates:
        found = f"`{shown(not_before)}` is not an earlier date question"
        raise fields.problem(fields.line_of("not_before"), "not_before", found, "the id of an earlier date question")
    fields.done()
    return {"earliest": earliest, "latest": latest, "meaning": meaning, "not_before": not_before}


def _day(fields: Fields, key: str) -> datetime.date:
    line, word = fields.line_of(key), fields.text(key)
    day = day_of(word)
    if day is None:
        raise fields.problem(line, key, f"`{shown(word)}` is not a date", "a date like 2027-01-31")
    return day


def _choices(fields: Fields, earlier: Mapping[str, Question]) -> tuple[Choice, ...]:
    """The choices that are listed, or those `of` an earlier question."""
    listed = fields.peek("choices")
    if listed is None or listed.kind != "map":
        return fields.each("choices", lambda item: _choice(fields, item))
    inner = fields.inside("choices")
    name = inner.text("of")
    inner.done()
    if name not in earlier or not earlier[name].choices:
        hint = nearest(name, [question.id for question in earlier.values() if question.choices])
        raise inner.problem(inner.line, "of", f"`{shown(name)}` is no earlier question with choices", "", hint)
    return tuple(replace(choice, phrase=choice.name or choice.phrase, name="") for choice in earlier[name].choices)


def _choice(parent: Fields, node: Node) -> Choice:
    fields = parent.of(node, "choices")
    choice_id = fields.text("id")
    if choice_id in (NOT_SURE, SKIP):
        raise fields.problem(node, "id", f"`{choice_id}` stands for every question already", "another id")
    label = _line(fields, "label")
    choice = Choice(
        choice_id, label, _line(fields, "phrase", label), _line(fields, "help", ""),
        fields.flag("exclusive", False), fields.flag("record", False),
    )  # fmt: skip
    fields.done()
    return choice


def _check_when(fields: Fields, when: Condition, seen: Mapping[str, FactSpec]) -> None:
    for clause in when.clauses():
        if clause.fact not in seen:
            hint = nearest(clause.fact, list(seen))
            raise fields.problem(
                clause.line, "when", f"`{clause.fact}` is not the fact of an earlier question", "an earlier fact", hint
            )
    for problem in clause_problems(when, seen, fields.file, fields.path):
        raise fields.error(problem)


def _contradiction(
    parent: Fields, node: Node, facts: Mapping[str, FactSpec], asked: Mapping[str, str]
) -> Contradiction:
    fields = parent.of(node, "contradictions")
    contradiction_id = fields.text("id")
    fields.path = contradiction_id
    between = fields.texts("between")
    when = read_condition(fields)
    _check_when(fields, when, facts)
    read = {asked[clause.fact] for clause in when.clauses()}
    if set(between) != read or len(between) < 2:
        raise fields.problem(node, "between", "`between` and `when` name different questions", "the same questions")
    contradiction = Contradiction(contradiction_id, between, when, _line(fields, "text"))
    fields.done()
    return contradiction
