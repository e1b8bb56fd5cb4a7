"""`advisor changes`, `advisor settled` and `advisor what-if`: what would change advice, and what no longer can."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.given_advice import case_options, read_case, show
from advisor.cli.shared_options import as_of_option

if TYPE_CHECKING:
    import datetime

    from advisor.model.answers import Answers
    from advisor.model.questionnaire import Questionnaire

_ADVICE = click.argument("advice", type=click.Path(path_type=Path, allow_dash=True))
_EXITS = "Exit codes: 0 all is well; 1 the input is wrong, and why is said; 2 wrong usage."


@click.command(epilog=_EXITS)
@_ADVICE
@click.argument("goal", default="")
@click.option(
    "--size", type=click.IntRange(1, 3), default=2, show_default=True, help="The most answers changed at once."
)
@click.option("--most", type=click.IntRange(1, 1000), default=3, show_default=True,
              help="How many to tell of each kind; all are found and counted.")  # fmt: skip
@as_of_option
@case_options
def changes(
    advice: Path, goal: str, size: int, most: int, format_: str, output: Path | None,
    as_of: datetime.date | None, rules: Path | None, questionnaires: Path | None,
) -> None:  # fmt: skip
    """Find the smallest changes of answers after which ADVICE would recommend another option.

    ADVICE is a file of answers, or advice saved with `advisor advise --format json`; `-` reads standard input. With
    GOAL (the id of an option, a red flag or a rule): after which that is part of the advice, or, if it is now, is not.
    Every change of up to SIZE answers is tried, so what is not found is not there. Each one told is run through the
    rules to confirm it.

    \b
    Examples:
      advisor changes answers.yaml
      advisor changes answers.yaml direct --size 3
      advisor changes advice.json RF4 --format json
    """
    from advisor.rendering.changes_text import render_changes
    from advisor.terminal.device import width

    case = read_case(advice, as_of, rules, questionnaires)
    found = case.advisor.challenger.changes(case.answers, case.trace, goal, up_to=size, most=most)
    show(found, format_, lambda: render_changes(found, case.advisor.rulebase.wording, width()), output)


@click.command(epilog=_EXITS)
@_ADVICE
@as_of_option
@case_options
def settled(
    advice: Path, format_: str, output: Path | None, as_of: datetime.date | None, rules: Path | None,
    questionnaires: Path | None,
) -> None:  # fmt: skip
    """Show what is settled by the answers in ADVICE whatever the missing ones are, and which of those can still matter.

    ADVICE is a file of answers, or advice saved with `advisor advise --format json`; `-` reads standard input. Every
    way to give the missing answers is covered. Answers "not sure" and "skip" count as missing.

    \b
    Examples:
      advisor settled answers.yaml
      advisor settled answers.yaml --format json
    """
    from advisor.rendering.changes_text import render_standing
    from advisor.terminal.device import width

    case = read_case(advice, as_of, rules, questionnaires)
    found = case.advisor.challenger.standing(case.answers)
    texts = {question.id: question.text for question in case.advisor.questionnaire.questions}
    show(found, format_, lambda: render_standing(found, texts, case.advisor.rulebase.wording, width()), output)


@click.command("what-if", epilog=_EXITS)
@_ADVICE
@click.argument("answers", nargs=-1, required=True, metavar="QUESTION=ANSWER...")
@as_of_option
@case_options
def what_if(
    advice: Path, answers: tuple[str, ...], format_: str, output: Path | None,
    as_of: datetime.date | None, rules: Path | None, questionnaires: Path | None,
) -> None:  # fmt: skip
    """Show which lines of ADVICE change when some answers are other ones.

    ADVICE is a file of answers, or advice saved with `advisor advise --format json`; `-` reads standard input. Choices
    of a question that takes several stand with commas between them; `QUESTION=` takes the answer away.

    \b
    Examples:
      advisor what-if answers.yaml runway=five_plus
      advisor what-if answers.yaml payers=commercial,medicaid hiring=none
      advisor what-if advice.json release_letter= --format json
    """
    from advisor.rendering.changes_text import render_what_if
    from advisor.terminal.device import width

    case = read_case(advice, as_of, rules, questionnaires)
    now = _changed(case.answers, answers, case.advisor.questionnaire)
    found = case.advisor.challenger.what_if(case.answers, now)
    show(found, format_, lambda: render_what_if(found, case.advisor.rulebase.wording, width()), output)


def _changed(answers: Answers, changes: tuple[str, ...], questionnaire: Questionnaire) -> Answers:
    """The answers with some taken anew. Raises AnswersError or ContradictionError, and UsageError without `=`."""
    from advisor.loading.answers import check_answers, refuse_contradictions
    from advisor.model.answers import Answers, Raw
    from advisor.model.entries import filled_in
    from advisor.model.safe_text import shown

    given = {answer.question: answer for answer in answers}
    fresh: dict[str, Raw] = {}
    for change in changes:
        question, equals, value = change.partition("=")
        if not equals:
            raise click.UsageError(f"`{shown(change)}` is no change; write QUESTION=ANSWER, such as runway=five_plus")
        if not value and question in questionnaire.by_id:
            given.pop(question, None)
            continue
        several = question in questionnaire.by_id and questionnaire.question(question).kind == "several"
        fresh[question] = value.split(",") if several and value not in ("not_sure", "skip") else value
    taken = check_answers(fresh, questionnaire, as_of=answers.as_of, check_contradictions=False)
    changed = {**given, **{answer.question: answer for answer in taken}}
    before = {answer.question: answer for answer in answers}
    now = Answers.of(filled_in(questionnaire, changed, before), questionnaire, answers.as_of)
    refuse_contradictions(now, questionnaire)
    return now
