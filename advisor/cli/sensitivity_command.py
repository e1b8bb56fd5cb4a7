"""`advisor sensitivity`: how much the advice for some answers hangs on weights, single rules and weaker evidence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.shared_options import advisor_for, read_stdin, rules_options, write_out

if TYPE_CHECKING:
    from advisor.advice import Advisor
    from advisor.model.answers import Answers
    from advisor.model.trace import Trace

FORMATS = ("text", "json")


@click.command(
    epilog="Exit codes: 0 all is well; 1 the advice, answers or rules are wrong, and why is said; 2 wrong usage."
)
@click.argument("advice", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True, help="How to show it."
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="Write to this file.")
@rules_options
def sensitivity(
    advice: Path, format_: str, output: Path | None, rules: Path | None, questionnaires: Path | None
) -> None:
    """Show how much ADVICE hangs on judgments: an answers file, or saved advice (made with `advisor advise
    --format json`); `-` reads standard input.

    It tells how far each weight could move before another option would be recommended, which single rules the advice
    hangs on, and whether it holds without weaker evidence. JSON holds the exact numbers.

    \b
    Examples:
      advisor sensitivity answers.yaml
      advisor sensitivity advice.json --format json
      advisor advise answers.yaml --format json | advisor sensitivity -
    """
    from advisor.cli.terminal import width
    from advisor.explaining.sensitivity import sensitivity as found_in
    from advisor.rendering.sensitivity_text import render_sensitivity

    made = advisor_for(rules, questionnaires)
    answers = _answers(advice, made)
    found = found_in(made.rulebase, made.trace(answers), lambda struck: made.trace(answers, struck))
    if format_ == "json":
        text = json.dumps(found.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, indent=2) + "\n"
    else:
        text = render_sensitivity(found, made.rulebase.wording, width())
    write_out(text, output)


def _answers(path: Path, made: Advisor) -> Answers:
    """The answers in a file of answers, or those behind saved advice. Raises DataError for what is neither."""
    from advisor.errors import DataError
    from advisor.loading.answers import answers_from_bytes
    from advisor.loading.resources import read_bytes

    raw = read_stdin() if str(path) == "-" else read_bytes(path, DataError)
    if raw.lstrip()[:1] == b"{" and b'"rulebase"' in raw and b'"trace"' in raw:
        return _answers_of_advice(raw, path, made)
    return answers_from_bytes(raw, _name(path), made.questionnaire)


def _answers_of_advice(raw: bytes, path: Path, made: Advisor) -> Answers:
    """The answers that saved advice rests on. Raises DataError when it is spoiled or of other rules than these."""
    from pydantic import ValidationError

    from advisor.cli.saved_advice import not_saved_advice
    from advisor.loading.answers import check_answers
    from advisor.model.advice import Advice
    from advisor.model.answers import PRIVATE, Answer, Answers

    try:
        trace = Advice.model_validate_json(raw).trace
    except ValidationError as bad:
        first = bad.errors()[0]
        raise not_saved_advice(path, ".".join(str(part) for part in first["loc"]), first["msg"].lower()) from None
    _refuse_other_rules(trace, path, made)
    told = {question: raw for question, raw in trace.answers.items() if raw != PRIVATE}
    entries = {answer.question: answer for answer in check_answers(told, made.questionnaire)}
    hidden = {question: Answer(question, PRIVATE) for question, raw in trace.answers.items() if raw == PRIVATE}
    return Answers.of({**entries, **hidden}, made.questionnaire)


def _refuse_other_rules(trace: Trace, path: Path, made: Advisor) -> None:
    """Raises DataError when the advice came from another rule base or questionnaire than the ones here."""
    from advisor.errors import DataError, Place, Problem
    from advisor.model.answers import shown

    pairs = (
        ("rule base", trace.rulebase, made.rulebase.about.version, made.rulebase.digest),
        ("questionnaire", trace.questionnaire, made.questionnaire.version, made.questionnaire.digest),
    )
    for what, then, version, digest in pairs:
        if then.digest != digest:
            made_by = f"version {shown(then.version)}, digest {shown(then.digest[:12])}"
            message = f"this advice was made with another {what} ({made_by})"
            fix = "Run `advisor advise` on the answers again, or name the other folder"
            raise DataError(Problem(Place(_name(path)), message, f"version {version}, digest {digest[:12]}", fix))


def _name(path: Path) -> str:
    from advisor.loading.resources import named

    return "standard input" if str(path) == "-" else named(path)
