"""`advisor advise`: a file of answers in, advice out."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.audit.log_options import kept_log, log_options
from advisor.cli.clock import now, today
from advisor.cli.shared_options import advisor_for, as_of_option, read_stdin, rules_options, trust_option, write_out
from advisor.terminal import messages

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    from advisor.advice import Advisor
    from advisor.audit.kept_log import KeptLog
    from advisor.model.advice import Advice
    from advisor.model.answers import Answers
    from advisor.model.questionnaire import Questionnaire

FORMATS = ("text", "markdown", "json")


@click.command(
    epilog="Exit codes: 0 advice was given; 1 the answers or rules are wrong, and why is said; 2 wrong usage."
)
@click.argument("answers", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True, help="How to show it."
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="Write to this file.")
@click.option("--full", is_flag=True, help="Show everything: the plan page whole, then all that stands behind it.")
@click.option(
    "--quick",
    is_flag=True,
    help="With --full, leave out the proofs, which take several seconds; the advice is the same.",
)
@as_of_option
@log_options
@trust_option
@rules_options
def advise(
    answers: Path,
    format_: str,
    output: Path | None,
    full: bool,
    quick: bool,
    as_of: datetime.date | None,
    folder: Path | None,
    mask: Path | None,
    log_private: bool,
    trust: tuple[Path, ...],
    rules: Path | None,
    questionnaires: Path | None,
) -> None:
    """Give advice for a file of ANSWERS, YAML or JSON; `-` reads them from standard input.

    What is shown is the plan page: the answer, what must come first, what to do in time order, and why. With --full
    everything behind it follows: all steps, the case for and against each choice, and every source.

    A file may be partial: what is missing counts as not known, never as no. With --full, a second engine also checks
    the advice, proves what is settled whatever the missing answers are, and finds the smallest changes that lead
    elsewhere, which takes half a minute; the plan page does not wait for that.

    With --log, a receipt of the advice, or why there is none, is kept in a folder before anything is shown.

    \b
    Examples:
      advisor advise answers.yaml
      advisor advise answers.yaml --format markdown --output advice.md
      advisor advise - --format json < answers.json
      advisor advise answers.yaml --full
      advisor advise answers.yaml --as-of 2027-01-31
      advisor advise answers.yaml --log decisions --mask mask.json
    """
    from advisor.handouts.charts import charts
    from advisor.rendering import RENDERER_BY_NAME
    from advisor.terminal.device import in_sentences, width

    day = as_of or today()
    kept = kept_log(folder, mask, log_private)
    proofs = full and not quick

    @cache
    def load() -> Advisor:
        return advisor_for(rules, questionnaires, trust)

    if kept is not None:
        advice = _logged(answers, day, proofs, kept, load)
    else:
        made = load()
        advice = made.advise(_given(answers, made.questionnaire, day), proofs=proofs)
    if proofs and advice.proofs is None:
        click.echo(messages.NO_PROOFS, err=True)
    drawn = charts(advice, load().rulebase) if full else ()
    write_out(RENDERER_BY_NAME[format_](advice, width(), full, drawn, plain=in_sentences(os.environ)), output)


def _given(answers: Path, questionnaire: Questionnaire, day: datetime.date) -> Answers:
    """The answers in a file or on standard input. Raises AnswersError or ContradictionError."""
    from advisor.loading.answers import answers_from_bytes, read_answers

    if str(answers) == "-":
        return answers_from_bytes(read_stdin(), "standard input", questionnaire, as_of=day)
    return read_answers(answers, questionnaire, as_of=day)


def _logged(answers: Path, day: datetime.date, proofs: bool, kept: KeptLog, load: Callable[[], Advisor]) -> Advice:
    """The advice, once the log has it. Raises as `KeptLog.decisions` and `Decisions.advise`."""
    time = now()
    decisions = kept.decisions(load, time)
    return decisions.advise(lambda: _given(answers, decisions.questionnaire, day), time, proofs=proofs).advice
