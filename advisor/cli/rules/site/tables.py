"""The tables of a rule base as HTML: weights, the order of cases, what feeds what, and coverage by source and grade."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from advisor.cli.rules.overviews import conditions, proposed, weighed
from advisor.cli.rules.site.feeds import Feeds
from advisor.cli.rules.site.graph import picture
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import Rule
from advisor.model.rulebase import RuleBase, Source
from advisor.rendering.html_tree import Child, Html, anchor, el, link, table, together


def rule_link(rule: Rule) -> Html:
    """The id of a rule, leading to it on its page."""
    return el("a", rule.id, href=f"{page_file(rule.page)}#{anchor('rule', rule.id)}")


def page_file(page: str) -> str:
    """The file of a page of rules inside the site, of each page another."""
    return "pages/" + re.sub("[^A-Za-z0-9_-]", lambda found: f"~{ord(found[0]):x}", page) + ".html"


def weights(base: RuleBase) -> Iterator[Html]:
    """For each branch and criterion the points that each rule gives to the options that compete there."""
    yield el("p", "Points for and against, by rule. A rule that may fire in several branches stands in each of them.")
    last = ""
    for branch, options, criterion, given in weighed(base):
        if branch != last:
            yield el("h2", f"Branch: {branch}")
            last = branch
        columns = ("Rule", "What it says", "When", *(base.options[option].name for option in options))
        rows = (
            (
                rule_link(rule), rule.title, "; ".join(conditions(rule.when)),
                *(f"{points[option]:+d}" if option in points else "" for option in options),
            )
            for rule, points in given
        )  # fmt: skip
        yield table(f"{criterion}, in the branch {branch}", columns, rows)


def order(base: RuleBase) -> Iterator[Html]:
    """For each branch the proposals in the order in which they are tried."""
    yield el("p", "The first proposal that fits, and whose option is not ruled out, is recommended.")
    columns = ("Place", "Rule", "Option", "How sure", "What it says", "When")
    for branch in base.decision.contests:
        yield el("h2", f"Branch: {branch}")
        rows = (
            (
                str(place), rule_link(rule), base.options[action.option].name, action.confidence, rule.title,
                "; ".join(conditions(rule.when)),
            )
            for place, (action, rule) in enumerate(proposed(base, branch), 1)
        )  # fmt: skip
        yield table(f"Order of cases in the branch {branch}", columns, rows)


def feeds(base: RuleBase, questionnaire: Questionnaire) -> Iterator[Html]:
    """Which question feeds which rule feeds which option: a picture and a table for each option, then by question."""
    found = Feeds(base, questionnaire)
    yield el(
        "p",
        "A rule reads a question itself, or facts behind which questions stand: what other rules conclude, figures, "
        "points. The pictures show the questions that rules read themselves, by page with the number of its rules; the "
        "tables show both.",
    )
    for option, lines in found.by_option.items():
        name = base.options[option].name
        yield el("h2", f"{name} [{option}]", id=anchor("option", option))
        if not lines:
            yield el("p", "No rule acts on this option by itself.")
            continue
        told = f"Questions that feed the {len(lines)} rules that act on {name}"
        yield el("div", picture(option, lines, told), class_="graph wide", tabindex=0, role="group", aria_label=told)
        rows = (
            (rule_link(feed.rule), feed.rule.title, feed.does, ", ".join(feed.asks), ", ".join(feed.behind))
            for feed in lines
        )
        columns = ("Rule", "What it says", "What it does", "Questions it reads", "Questions behind what it reads")
        yield el("details", el("summary", f"The {len(lines)} rules"), table(told, columns, rows))
    yield el("h2", "By question")
    rows_of = (
        (
            name, questionnaire.question(name).text, str(len(rules)),
            together(*_listed(base, rules)), ", ".join(options),
        )
        for name, (rules, options) in found.by_question.items()
    )  # fmt: skip
    columns = ("Question", "As it is asked", "Rules that read it", "Which", "Options behind which it stands")
    yield table("Each question, the rules that read it, and the options it can bear on", columns, rows_of)


def coverage(base: RuleBase) -> Iterator[Html]:
    """How many rules rest on sources of each grade, and on each source; the claims that no rule encodes."""
    by_source: dict[str, list[str]] = defaultdict(list)
    with_one: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for rule in base.active:
        graded = {base.sources[source].grade for source in rule.sources}
        with_one.update(graded)
        alone.update(graded if len(graded) == 1 else ())
        for source in rule.sources:
            by_source[source].append(rule.id)
    sources = Counter(source.grade for source in base.sources.values())
    grades = sorted(sources, key=lambda grade: (len(grade) > 1, grade))
    yield el("h2", "By grade")
    yield table(
        f"How many of the {len(base.active)} rules that run rest on sources of a grade",
        ("Grade", "What it means", "Sources", "Rules with one such source or more", "Rules with no other"),
        (
            (one, base.wording[f"grades.{one}"], str(sources[one]), str(with_one[one]), str(alone[one]))
            for one in grades
        ),
    )
    yield el("h2", "By source")
    columns = ("Source", "Title", "Grade", "Dated", "Read", "Where", "Rules", "Which")
    rows = (_source(source, by_source[source.id], base) for source in base.sources.values())
    yield table("Each source, with the rules that rest on it", columns, rows)
    yield el("h2", "Claims that no rule encodes")
    left = ((claim.id, claim.says, claim.not_encoded) for claim in base.claims.values() if not claim.rules)
    yield table("Each such claim, and why", ("Claim", "What it says", "Why no rule encodes it"), left)


def _source(source: Source, rules: list[str], base: RuleBase) -> tuple[Child, ...]:
    return (
        el("span", source.id, id=anchor("source", source.id)), f"{source.title}. {source.publisher}", source.grade,
        source.dated, source.accessed, together(*(el("div", link(one)) for one in source.address)), str(len(rules)),
        together(*_listed(base, rules)),
    )  # fmt: skip


_MOST = 12  # rules that a cell of a table lists


def _listed(base: RuleBase, rules: list[str] | tuple[str, ...]) -> Iterator[str | Html]:
    for place, name in enumerate(rules[:_MOST]):
        yield ", " if place else ""
        yield rule_link(base.by_id[name])
    if len(rules) > _MOST:
        yield f" and {len(rules) - _MOST} more"
