"""`advisor why`: what the advice, or one item of it, rests on, down to the user's own answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from advisor.cli.shared_options import advisor_for, read_stdin, rules_options, write_out

if TYPE_CHECKING:
    from advisor.advice import Advisor
    from advisor.explaining.view import View
    from advisor.model.advice import Advice
    from advisor.rendering.why_said import Audience
    from advisor.rendering.why_text import Length

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

AUDIENCES = ("provider", "auditor")
LENGTHS = ("sentence", "paragraph", "tree")
_SAVED_KEYS = ('"recommendation"', '"trace"')


def reader_options(command: F) -> F:
    """Adds --for, --format, --output, --rules and --questionnaires."""
    for option in (
        click.option("--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
                     help="Write to this file."),
        click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True,
                     help="How to show it; json holds everything, for any reader."),
        click.option("--for", "audience", type=click.Choice(AUDIENCES), default="provider", show_default=True,
                     help="Who reads it; an auditor also sees ids, clauses, claims and sources."),
    ):  # fmt: skip
        command = option(command)
    return rules_options(command)


@click.command(epilog="Exit codes: 0 it is explained; 1 the input is wrong, and why is said; 2 wrong usage.")
@click.argument("advice", type=click.Path(path_type=Path, allow_dash=True))
@click.argument("item", required=False)
@click.option(
    "--length", type=click.Choice(LENGTHS), default="paragraph", show_default=True, help="How much to tell, as text."
)
@reader_options
def why(
    advice: Path, item: str | None, length: Length, audience: Audience, format_: str, output: Path | None,
    rules: Path | None, questionnaires: Path | None,
) -> None:  # fmt: skip
    """Explain what ADVICE rests on, or ITEM of it, in the rules' own sentences, down to your answers.

    ADVICE is a file of answers, or advice saved with `advisor advise --format json`; `-` reads standard input. ITEM is
    the id of a rule, a red flag, an option, a fact, a figure or a question.

    \b
    Examples:
      advisor why answers.yaml
      advisor why advice.json RF4 --length sentence
      advisor why answers.yaml tally.direct --length tree
      advisor why advice.json WGH-024 --for auditor
      advisor why - staged --format json < advice.json
    """
    from advisor.cli.terminal import width
    from advisor.explaining.why import explain_why
    from advisor.rendering.why_json import render_why_json
    from advisor.rendering.why_text import render_why

    made, found = explained(advice, rules, questionnaires, partial(explain_why, item=item))
    text = (
        render_why_json(found)
        if format_ == "json"
        else render_why(found, made.rulebase.wording, width(), length, audience)
    )
    write_out(text, output)


def explained(
    path: Path, rules: Path | None, questionnaires: Path | None, explain: Callable[[View], T]
) -> tuple[Advisor, T]:
    """The advisor for two folders, and what `explain` makes of a file of answers or of saved advice; `-` is stdin.

    Raises AnswersError for wrong answers, and DataError for what is neither, or for advice that was given under other
    rules or has lost a part.
    """
    from advisor.cli.saved_advice import not_saved_advice
    from advisor.errors import DataError
    from advisor.explaining.view import View
    from advisor.loading.answers import answers_from_bytes
    from advisor.loading.resources import named, read_bytes

    stdin = str(path) == "-"
    name = "standard input" if stdin else named(path)
    raw = read_stdin() if stdin else read_bytes(path, DataError)
    made = advisor_for(rules, questionnaires)
    saved = _saved(raw, path, name)
    if saved is None:
        trace = made.trace(answers_from_bytes(raw, name, made.questionnaire))
        return made, explain(View(made.rulebase, made.questionnaire, trace))
    _refuse_other_rules(saved, made, name)
    try:
        return made, explain(View(made.rulebase, made.questionnaire, saved.trace))
    except LookupError as missing:
        raise not_saved_advice(path, "", f"a part is missing: {missing}") from None


def _saved(raw: bytes, path: Path, name: str) -> Advice | None:
    """The advice that was saved as these bytes; None when they do not look like advice. Raises DataError if spoiled."""
    from pydantic import ValidationError

    from advisor.cli.saved_advice import not_saved_advice
    from advisor.errors import DataError
    from advisor.loading.yaml_reader import decode
    from advisor.model.advice import Advice

    text = decode(raw, name, DataError)
    if not text.lstrip().startswith("{") or not all(key in text for key in _SAVED_KEYS):
        return None
    try:
        return Advice.model_validate_json(text)
    except ValidationError as bad:
        first = bad.errors()[0]
        raise not_saved_advice(path, ".".join(str(part) for part in first["loc"]), first["msg"].lower()) from None


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
