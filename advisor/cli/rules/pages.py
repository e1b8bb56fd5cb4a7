"""The page of a rule base that the user named."""

from __future__ import annotations

import click

from advisor.model.answers import nearest
from advisor.model.page import Page
from advisor.model.rulebase import RuleBase
from advisor.model.safe_text import shown


def page_named(base: RuleBase, name: str) -> Page:
    """The page of this name. Raises click.BadParameter with the nearest ones when there is none."""
    if name not in base.pages:
        hint = nearest(name, list(base.pages)) or f"The pages are {', '.join(base.pages)}"
        raise click.BadParameter(f"there is no page `{shown(name)}`. {hint}", param_hint="NAME")
    return base.pages[name]
