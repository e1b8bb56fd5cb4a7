"""`advisor rules`: list, show and check rules, and start a new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.cli.rules.approve_command import approve
from advisor.cli.rules.impact_command import impact, keep
from advisor.cli.rules.report_command import report
from advisor.cli.rules.review_command import review
from advisor.cli.shared_options import Commands, rules_options

if TYPE_CHECKING:
    from advisor.model.rulebase import RuleBase


def _load(rules: Path | None, questionnaires: Path | None) -> RuleBase:
    from advisor.loading.rulebase import load_both

    return load_both(rules, questionnaires)[1]


@click.group(cls=Commands)
def rules() -> None:
    """Read, check and extend the rule base.

    \b
    Examples:
      advisor rules list --stratum weigh
      advisor rules show WGH-001
      advisor rules check
    """


@rules.command("list")
@click.option("--stratum", type=click.Choice(("derive", "constrain", "weigh", "decide", "plan")), help="Only this one.")
@click.option("--claim", help="Only rules that encode this claim, such as K056.")
@rules_options
def list_rules(stratum: str | None, claim: str | None, rules: Path | None, questionnaires: Path | None) -> None:
    """List the rules: id, stratum, status and title.

    \b
    Examples:
      advisor rules list
      advisor rules list --stratum weigh
      advisor rules list --claim K140
    """
    from advisor.model.answers import nearest
    from advisor.model.safe_text import shown

    base = _load(rules, questionnaires)
    if claim is not None and claim not in base.claims:
        raise click.BadParameter(f"there is no claim `{shown(claim)}`. {nearest(claim, list(base.claims))}".strip())
    for rule in base.rules:
        if stratum in (None, rule.stratum) and (claim is None or claim in rule.claims):
            click.echo(f"{rule.id:<8}  {rule.stratum:<9}  {rule.status:<10}  {rule.title}")


@rules.command()
@click.argument("what", metavar="RULE_ID|weights|order|gates|claims|page")
@click.argument("name", required=False)
@click.option("--format", "format_", type=click.Choice(("text", "yaml", "json")), default="text", show_default=True)
@rules_options
def show(what: str, name: str | None, format_: str, rules: Path | None, questionnaires: Path | None) -> None:
    """Show one rule by its id, with the claims and sources it rests on, or many at a glance.

    \b
    weights    the points that each answer gives to each option
    order      the order in which options are proposed, by branch
    gates      the checks of an exit, and the rules that settle them
    claims     each claim, with the rules that encode it
    page NAME  one page, with its rules in reading order

    \b
    Examples:
      advisor rules show WGH-001
      advisor rules show RED-004 --format yaml
      advisor rules show page cash_and_time
    """
    from advisor.cli.rules.overviews import OVERVIEWS, whole_page
    from advisor.cli.rules.page import as_json, page
    from advisor.cli.rules.pages import page_named
    from advisor.model.answers import nearest
    from advisor.model.rule_ids import rule_id
    from advisor.model.safe_text import shown

    base = _load(rules, questionnaires)
    if (name is not None) is not (what == "page"):
        raise click.UsageError("`page` needs the name of a page, and nothing else takes a name")
    if what in (*OVERVIEWS, "page") and format_ != "text":
        raise click.UsageError("only a rule can be shown as yaml or json")
    if name is not None:
        click.echo("\n".join(whole_page(page_named(base, name), base)))
        return
    if what in OVERVIEWS:
        click.echo("\n".join(OVERVIEWS[what](base)).lstrip("\n"))
        return
    named = rule_id(what)
    rule = base.by_id.get(named)
    if rule is None:
        if named in base.retired:
            raise click.BadParameter(f"{what} was retired: {base.retired[named]}", param_hint="RULE_ID")
        hint = nearest(what, [*base.by_id, *OVERVIEWS, "page"])
        raise click.BadParameter(f"there is no rule `{shown(what)}`. {hint}".strip(), param_hint="RULE_ID")
    if format_ == "yaml":
        click.echo(rule.text, nl=False)
    elif format_ == "json":
        click.echo(as_json(rule, base))
    else:
        click.echo(page(rule, base))


@rules.command()
@rules_options
def check(rules: Path | None, questionnaires: Path | None) -> None:
    """Check the whole rule base: that it loads, that every example comes out, that every fact is both made and read,
    that claims and rules name each other, that nothing is said that must not be, that no approval was forged, and that
    no answers make rules contradict each other.

    Exits with 1 when something is wrong.

    \b
    Examples:
      advisor rules check
      advisor rules check --rules ./rules --questionnaires ./questionnaires
    """
    from advisor.audit.approving.approvals import standings
    from advisor.loading.resources import shipped
    from advisor.loading.rulebase import load_both
    from advisor.rule_desk import check_rulebase

    questionnaire, base = load_both(rules, questionnaires)
    standings(base, rules or shipped("rules"))
    findings = check_rulebase(base, questionnaire)
    for finding in findings:
        click.echo(str(finding))
    examples = sum(len(rule.examples) for rule in base.rules)
    counts = f"{len(base.rules)} rules, {examples} examples, {len(base.claims)} claims, {len(base.sources)} sources"
    if findings:
        found = "1 thing is" if len(findings) == 1 else f"{len(findings)} things are"
        raise click.ClickException(f"{found} wrong ({counts})")
    click.echo(f"All is well: {counts}.")


@rules.command()
@click.argument("page")
@click.argument("kind")
@rules_options
def new(page: str, kind: str, rules: Path | None, questionnaires: Path | None) -> None:
    """Start a new rule on the page PAGE, as a draft to fill in, behind the page's other rules of its KIND.

    KIND is what the ids of such rules begin with, such as WGH. The rule gets the next free id of its kind, loads at
    once, and does not run until its status is `stable`.

    \b
    Example:
      advisor rules new cash_and_time WGH --rules ./rules
    """
    from advisor.cli.rules.new_rule import scaffold
    from advisor.loading.resources import shipped

    base = _load(rules, questionnaires)
    rule_id, path = scaffold(base, rules or shipped("rules"), page, kind.upper())
    click.echo(f"Wrote {rule_id} in {path}. Fill it in, then run `advisor rules check`.")


for command in (review, approve, report, impact, keep):
    rules.add_command(command)
