"""`advisor trace`: the derivation behind saved advice, from the recommendation down to the answers."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli.shared_options import read_stdin, write_out


@click.command()
@click.argument("advice", type=click.Path(path_type=Path, allow_dash=True))
@click.argument("item", required=False)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), help="Write to this file.")
def trace(advice: Path, item: str | None, output: Path | None) -> None:
    """Show how saved ADVICE (made with `advisor advise --format json`) came about; `-` reads standard input.

    With ITEM (a rule id, a fact, an option or a red flag) only what led to that is shown.

    \b
    Examples:
      advisor trace advice.json
      advisor trace advice.json RF1
      advisor trace advice.json WGH-024
      advisor advise answers.yaml --format json | advisor trace - staged
    """
    from advisor.loading.saved_advice import not_saved_advice, read_advice
    from advisor.rendering.trace_text import render_trace
    from advisor.terminal.device import width

    saved = read_advice(advice, stdin=read_stdin() if str(advice) == "-" else None)
    try:
        text = render_trace(saved, width(), item)
    except LookupError as missing:
        raise not_saved_advice(advice, "", f"a part is missing: {missing}") from None
    write_out(text, output)
