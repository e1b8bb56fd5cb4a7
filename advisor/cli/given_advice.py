"""Reads what commands are asked about: a file of answers, or advice that was saved, with the advisor to run it on."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from advisor.cli.clock import today
from advisor.cli.shared_options import advisor_for, read_stdin, rules_options, write_out

if TYPE_CHECKING:
    from advisor.advice import Advisor
    from advisor.model.advice import Advice
    from advisor.model.answers import Answers
    from advisor.model.trace import Frozen, Trace

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("text", "json")
_SAVED_KEYS = ('"recommendation"', '"trace"')


@dataclass(frozen=True, slots=True)
class GivenCase:
    """One case to look into: the advisor, the answers, their trace, and whether it was read from saved advice."""

    advisor: Advisor
    answers: Answers
    trace: Trace
    saved: bool


def case_options(command: F) -> F:
    """Adds --format, --output, --rules and --questionnaires."""
    for option in (
        click.option("--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
                     help="Write to this file."),
        click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True,
                     help="How to show it; json holds everything."),
    ):  # fmt: skip
        command = option(command)
    return rules_options(command)


def show(found: Frozen, format_: str, text: Callable[[], str], output: Path | None) -> None:
    """Write a result as JSON, or as the text that is made of it."""
    from advisor.rendering.json_format import canonical_json

    write_out(canonical_json(found) if format_ == "json" else text(), output)


def read_case(path: Path, as_of: datetime.date | None, rules: Path | None, questionnaires: Path | None) -> GivenCase:
    """The case in a file of answers, given on the day `as_of` (today unless named), or of saved advice, given on its
    own day; `-` is standard input.

    Raises AnswersError for wrong answers, and DataError for what is neither, or for advice that was given under other
    rules or has lost a part; click.UsageError for a day other than that of saved advice.
    """
    from advisor.errors import DataError
    from advisor.loading.answers import answers_from_bytes
    from advisor.loading.resources import named, read_bytes

    stdin = str(path) == "-"
    name = "standard input" if stdin else named(path)
    raw = read_stdin() if stdin else read_bytes(path, DataError)
    made = advisor_for(rules, questionnaires)
    saved = _saved(raw, path, name)
    if saved is None:
        answers = answers_from_bytes(raw, name, made.questionnaire, as_of=as_of or today())
        return GivenCase(made, answers, made.trace(answers), False)
    _refuse_other_rules(saved, made, name)
    if as_of not in (None, saved.trace.as_of):
        given = f"as of {saved.trace.as_of}" if saved.trace.as_of else "as of no day"
        raise click.UsageError(
            f"--as-of: {name} holds advice that was given {given}; another day goes with its answers"
        )
    return GivenCase(made, _answers_of(saved.trace, made), saved.trace, True)


def _answers_of(trace: Trace, made: Advisor) -> Answers:
    """The answers that saved advice rests on; what was private then is still only known to have been given."""
    from advisor.loading.answers import check_answers
    from advisor.model.answers import PRIVATE, Answer, Answers

    told = {question: raw for question, raw in trace.answers.items() if raw != PRIVATE}
    entries = {answer.question: answer for answer in check_answers(told, made.questionnaire, as_of=trace.as_of)}
    hidden = {question: Answer(question, PRIVATE) for question, raw in trace.answers.items() if raw == PRIVATE}
    return Answers.of({**entries, **hidden}, made.questionnaire, trace.as_of)


def _saved(raw: bytes, path: Path, name: str) -> Advice | None:
    """The advice that was saved as these bytes; None when they do not look like advice. Raises DataError if spoiled."""
    from pydantic import ValidationError

    from advisor.errors import DataError
    from advisor.loading.saved_advice import not_saved_advice
    from advisor.loading.yaml_reader import decode
    from advisor.model.advice import Advice
    from advisor.model.misfit import first_misfit

    text = decode(raw, name, DataError)
    if not text.lstrip().startswith("{") or not all(key in text for key in _SAVED_KEYS):
        return None
    try:
        return Advice.model_validate_json(text)
    except ValidationError as bad:
        found = first_misfit(bad)
        raise not_saved_advice(path, found.key, found.reason) from None


def _refuse_other_rules(saved: Advice, made: Advisor, name: str) -> None:
    """Raises DataError when advice was given under other rules or another questionnaire than those at hand."""
    from advisor.errors import DataError, Place, Problem

    base, asked = made.rulebase, made.questionnaire
    pairs = (
        ("the rule base", saved.trace.rulebase, base.about.version, base.digest, "--rules"),
        ("the questionnaire", saved.trace.questionnaire, asked.version, asked.digest, "--questionnaires"),
    )
    for what, then, version, digest, option in pairs:
        if then.digest != digest:
            raise DataError(
                Problem(
                    Place(name),
                    f"this advice was given under version {then.version} of {what} (digest {then.digest[:12]}), and "
                    f"the one at hand is version {version} (digest {digest[:12]})",
                    "advice of the rules and the questionnaire at hand",
                    f"Run `advisor advise` on the answers again, or name the folder it was given under with {option}",
                )
            )
