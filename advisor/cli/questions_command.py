"""`advisor questions`: every question with its id, choices and conditions, for people who write answer files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from advisor.cli.shared_options import rules_options
from advisor.model.condition import Condition
from advisor.model.questionnaire import Question, Questionnaire


@click.command()
@click.argument("question_id", required=False)
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@rules_options
def questions(question_id: str | None, format_: str, rules: Path | None, questionnaires: Path | None) -> None:
    """List the questions, or show one by its id with its help.

    \b
    Examples:
      advisor questions
      advisor questions runway
      advisor questions --format json
    """
    from advisor.loading.questionnaire import load_questionnaire
    from advisor.model.answers import nearest
    from advisor.model.safe_text import shown

    questionnaire = load_questionnaire(questionnaires)
    if question_id is not None and question_id not in questionnaire.by_id:
        hint = nearest(question_id, list(questionnaire.by_id))
        raise click.BadParameter(
            f"there is no question `{shown(question_id)}`. {hint}".strip(), param_hint="QUESTION_ID"
        )
    listed = [questionnaire.question(question_id)] if question_id else list(questionnaire.questions)
    if format_ == "json":
        click.echo(json.dumps([_as_json(q) for q in listed], indent=2, ensure_ascii=False))
        return
    for question in listed:
        for line in _lines(question, questionnaire, full=question_id is not None):
            click.echo(line)
        click.echo()


def _lines(question: Question, questionnaire: Questionnaire, *, full: bool) -> list[str]:
    from advisor.terminal.device import width, wrap

    room = width()
    lines = [f"{question.id}  ({question.ref}; {questionnaire.section_titles[question.section]})"]
    lines += wrap(question.text, room, "  ")
    if full:
        lines += wrap(f"Why we ask: {question.why}", room, "  ", "    ")
        lines += wrap(f"Help: {question.help}", room, "  ", "    ")
    if len(question.choices) > 15 and not full:
        lines += wrap("choices: " + ", ".join(choice.id for choice in question.choices), room, "    ", "      ")
    else:
        for choice in question.choices:
            lines += wrap(f"{choice.id}: {choice.label}", room, "    ", "      ")
    if question.kind == "number":
        lines.append(f"    a whole number from {question.minimum} to {question.maximum} ({question.unit})")
    elif question.kind == "date":
        lines.append("    a date, YYYY-MM-DD")
    elif question.kind == "text":
        lines.append(f"    a text of at most {question.max_length} characters")
    if question.none_choice is not None:
        lines += wrap(f"{question.none_choice.id}: {question.none_choice.label}", room, "    ", "      ")
    if question.kind == "several":
        lines.append(f"    (a list of one to {question.most})" if question.most else "    (a list of one or more)")
    lines += [line for text in _when(question.when) for line in wrap(text, room, "    ", "      ")]
    return lines


def _when(when: Condition) -> list[str]:
    lines = []
    for word, clauses in (("all of", when.all), ("any of", when.any), ("none of", when.none)):
        if clauses:
            lines.append(f"asked when {word}: " + "; ".join(str(clause) for clause in clauses))
    return lines


def _as_json(question: Question) -> dict[str, object]:
    return {
        "id": question.id,
        "ref": question.ref,
        "section": question.section,
        "text": question.text,
        "why": question.why,
        "help": question.help,
        "kind": question.kind,
        "choices": [{"id": c.id, "label": c.label} for c in question.choices],
        "none_choice": question.none_choice.id if question.none_choice else None,
        "unit": question.unit or None,
        "min": question.minimum if question.kind == "number" else None,
        "max": question.maximum if question.kind == "number" else None,
        "max_length": question.max_length or None,
        "private": question.private,
        "when": {
            "all": [str(c) for c in question.when.all],
            "any": [str(c) for c in question.when.any],
            "none": [str(c) for c in question.when.none],
        },
    }
