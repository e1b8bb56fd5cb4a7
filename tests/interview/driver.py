"""Runs the interview on the small questionnaire of the unit tests; the command that the terminal tests start."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from advisor.loading.questionnaire import load_questionnaire
from advisor.model.answers import Answers
from advisor.terminal.interview_flow import run_interview

FOLDER = Path(__file__).parent.parent / "unit" / "interview" / "questionnaire"


def advice(answers: Answers) -> str:
    """What stands for the advice: the answers as they came in."""
    return f"ADVICE {' '.join(answers.plain())}"


@click.command()
@click.option("--plain", is_flag=True)
@click.option("--save", type=click.Path(path_type=Path))
def main(plain: bool, save: Path | None) -> None:
    """Run it and exit as the real command does."""
    done = run_interview(load_questionnaire(FOLDER), show_advice=advice, save_file=save, plain=plain)
    sys.exit(0 if done else 130)


if __name__ == "__main__":
    main()
