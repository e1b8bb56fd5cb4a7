"""Reads a whole rule base, checks it as one, and freezes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from advisor.errors import Place, Problem, RuleBaseError
from advisor.loading import rulebase_files
from advisor.loading.ablations import ablation_problems, read_ablation
from advisor.loading.answer_facts import answer_facts
from advisor.loading.by_cell import Tables
from advisor.loading.cell_table import TABLES, entry_cells, read_cells
from advisor.loading.charts import chart_problems, read_chart
from advisor.loading.encoding import encoded
from advisor.loading.fields import Fields
from advisor.loading.figure_limits import figure_problems
from advisor.loading.figures import read_figures
from advisor.loading.page import Opened, read_page
from advisor.loading.questionnaire import load_questionnaire
from advisor.loading.ready import kept_or_read
from advisor.loading.resources import digest_of, sha256, shipped, yaml_files
from advisor.loading.rule_checks import problems_of
from advisor.loading.rulebase_file_checks import citation_problems, rulebase_file_problems
from advisor.loading.sections import SECTIONS
from advisor.loading.vocabulary import derived_fact, machine_facts
from advisor.loading.yaml_reader import Node, decode, read_yaml
from advisor.model.answers import nearest
from advisor.model.facts import STRATA, FactSpec
from advisor.model.figures import Figure, SureFacts
from advisor.model.page import Page
from advisor.model.questionnaire import Questionnaire
from advisor.model.rule import CaseAnswer, Recommend, Rule, RuleOut
from advisor.model.rulebase import Claim, DecisionRules, RuleBase, Source

T = TypeVar("T")
BESIDE = ("rulebase", "facts", "options", "criteria", "decision", "figures", "wording", "never_say", "sources",
          "claims", "retired")  # fmt: skip
OPTIONAL = ("ablations", "charts", *TABLES.values())
_CASES_FIRST = -100_000_000  # cases of pages come before every proposal with a priority of its own


def load_both(rules: Path | None = None, questionnaires: Path | None = None) -> tuple[Questionnaire, RuleBase]:
    """The questionnaire and the rule base of two folders; the shipped ones, both frozen, are read only once.

    Raises QuestionnaireError, or RuleBaseError.
    """
    return _shipped() if rules is None and questionnaires is None else _load(rules, questionnaires)


@cache
def _shipped() -> tuple[Questionnaire, RuleBase]:
    return _load(None, None)


def _load(rules: Path | None, questionnaires: Path | None) -> tuple[Questionnaire, RuleBase]:
    def read() -> tuple[Questionnaire, RuleBase]:
        questionnaire = load_questionnaire(questionnaires)
        return questionnaire, load_rulebase(questionnaire, rules)

    return kept_or_read(rules, questionnaires, read)


def load_rulebase(questionnaire: Questionnaire, folder: Path | None = None) -> RuleBase:
    """The rule base in a folder (default: the shipped one), checked against the questionnaire.

    Raises RuleBaseError with every problem that could be found, each with file, line and key.
    """
    raws = dict(yaml_files(folder or shipped("rules"), RuleBaseError))
    top = {name: _top(name, raws) for name in BESIDE}

    tables = {
        called: read_cells(called, _top(file, raws), questionnaire)
        for called, file in TABLES.items()
        if f"{file}.yaml" in raws
    }
    entries = entry_cells(questionnaire)
    tables |= {entries.called: entries} if entries is not None else {}
    derived = _table(top["facts"], "facts", lambda facts, node: derived_fact(facts, node, tables))
    pages = _pages(raws, derived, tables)
    options = _table(top["options"], "options", rulebase_files.read_option)
    criteria = dict(_pairs(top["criteria"], "criteria", ("id", "name")))
    decision = rulebase_files.read_decision(top["decision"])
    claims = _with(_table(top["claims"], "claims", rulebase_files.read_claim), pages, lambda page: page.claims)
    rules = _completed((rule for page in pages for rule in page.rules), claims, decision)
    inputs, figures = read_figures(top["figures"])
    figures = _with(figures, pages, lambda page: page.figures)
    figures = {name: replace(figure, sources=_sources(figure, claims)) for name, figure in figures.items()}
    for problem in figure_problems(figures.values()):
        raise RuleBaseError(problem)
    declared = _with(derived, pages, lambda page: page.facts)
    facts: dict[str, FactSpec] = {}
    for spec in (
        *answer_facts(questionnaire), *declared.values(),
        *machine_facts(options, decision.contests, rules, figures.values()),
    ):  # fmt: skip
        if spec.id in facts:
            file = next((page.page.file for page in pages if spec in page.facts), "facts.yaml")
            raise RuleBaseError(Problem(Place(file, spec.line, spec.id), "this fact is there already", "a new name"))
        facts[spec.id] = spec
    ablations = _table(_top("ablations", raws), "ablations", read_ablation) if "ablations.yaml" in raws else {}
    charts = _table(_top("charts", raws), "charts", read_chart) if "charts.yaml" in raws else {}
    files = {name: sha256(raw) for name, raw in raws.items()}
    base = RuleBase(
        about=rulebase_files.read_about(top["rulebase"]),
        rules=rules,
        facts=facts,
        options=options,
        criteria=criteria,
        decision=decision,
        figures=tuple(figures.values()),
        wording=rulebase_files.read_wording(top["wording"]),
        sources={
            **_with(_table(top["sources"], "sources", rulebase_files.read_source), pages, lambda page: page.sources),
            **_cited(tables, rules),
        },
        claims=claims,
        bans=top["never_say"].each("never_say", lambda node: rulebase_files.read_ban(top["never_say"], node)),
        retired=dict(_retired(top["retired"])),
        files=files,
        digest=digest_of(files),
        ablations=tuple(ablations.values()),
        pages=_by_id(pages),
        charts=tuple(charts.values()),
        inputs=inputs,
    )
    base = encoded(base)
    problems = [
        *_page_problems(base, questionnaire),
        *_problems(base),
        *rulebase_file_problems(base, questionnaire, top),
        *ablation_problems(base),
        *chart_problems(base),
    ]
    if problems:
        raise RuleBaseError(problems)
    return base


def _top(name: str, raws: Mapping[str, bytes]) -> Fields:
    file = f"{name}.yaml"
    if file not in raws:
        raise RuleBaseError(Problem(Place(file), "this file of the rule base is missing", "the file"))
    node = read_yaml(decode(raws[file], file, RuleBaseError), file, RuleBaseError)
    return Fields(node or Node("scalar", 1), file, RuleBaseError)


def _pages(raws: Mapping[str, bytes], declared: Mapping[str, FactSpec], tables: Tables) -> tuple[Opened, ...]:
    pages: list[Opened] = []
    problems: list[Problem] = []
    for file, raw in raws.items():
        if "/" not in file:
            if file.removesuffix(".yaml") not in (*BESIDE, *OPTIONAL):
                hint = nearest(file.removesuffix(".yaml"), [*BESIDE, *OPTIONAL]) or "A page goes in a folder"
                problems.append(Problem(Place(file), "no file of this name stands beside the rules", "", hint))
            continue
        try:
            pages.append(read_page(raw, file, SECTIONS, declared, tables))
        except RuleBaseError as bad:
            problems += bad.problems
    if problems:
        raise RuleBaseError(problems)
    return tuple(pages)


def _completed(rules: Iterable[Rule], claims: Mapping[str, Claim], decision: DecisionRules) -> tuple[Rule, ...]:
    """The rules in order of stratum and id, with what only the whole rule base tells: the sources of a rule that names
    none are those of its claims, and a case comes in the order of its class, its page and its line.

    Raises RuleBaseError for a case whose class or page has no place in `decision.yaml`.
    """
    found = []
    for rule in rules:
        made = replace(rule, sources=_sources(rule, claims))
        for case in (action for action in rule.actions if isinstance(action, CaseAnswer)):
            for name, known, key in ((case.leads, decision.classes, "leads"), (case.page, decision.pages, "page")):
                if name not in known:
                    place = Place(rule.file, rule.line, f"{rule.id}.{key}")
                    raise RuleBaseError(Problem(place, f"`{name}` has no place in decision.yaml", "one of its list"))
            place_among = (decision.classes.index(case.leads) * 1_000 + decision.pages.index(case.page)) * 10_000
            actions = (
                replace(a, priority=_CASES_FIRST + place_among + case.place) if isinstance(a, Recommend) else a
                for a in rule.actions
            )
            made = replace(made, actions=tuple(actions))
        found.append(made)
    return tuple(sorted(found, key=lambda rule: (STRATA.index(rule.stratum), rule.id)))


def _sources(citing: Rule | Figure, claims: Mapping[str, Claim]) -> tuple[str, ...]:
    """The sources that a rule or figure names, or else those of its claims."""
    known = (claims[name].sources for name in citing.claims if name in claims)
    return citing.sources or tuple(dict.fromkeys(source for sources in known for source in sources))


def _table(fields: Fields, key: str, read: Callable[[Fields, Node], T]) -> dict[str, T]:
    table: dict[str, T] = {}

    def one(node: Node) -> None:
        item = read(fields, node)
        item_id: str = item.id  # type: ignore[attr-defined]
        if item_id in table:
            raise fields.problem(node, item_id, "this id is used twice", "an id of its own")
        table[item_id] = item

    fields.each(key, one)
    fields.done()
    return table


def _with(table: dict[str, T], pages: Sequence[Opened], given: Callable[[Opened], Sequence[T]]) -> dict[str, T]:
    """A table with what pages add to it. Raises RuleBaseError for an id that is there already."""
    for page in pages:
        for item in given(page):
            item_id: str = item.id  # type: ignore[attr-defined]
            if item_id in table:
                place = Place(page.page.file, getattr(item, "line", 0), item_id)
                raise RuleBaseError(Problem(place, "this id is used twice", "an id of its own"))
            table[item_id] = item
    return table


def _cited(tables: Tables, rules: Iterable[Rule]) -> Mapping[str, Source]:
    """The sources of the cells from which some rule speaks."""
    cited = {source for rule in rules for source in rule.sources}
    sources = (source for table in tables.values() for cell in table.cells for source in cell.sources)
    return {source.id: source for source in sources if source.id in cited}


def _by_id(pages: Sequence[Opened]) -> dict[str, Page]:
    found: dict[str, Page] = {}
    for page in (opened.page for opened in pages):
        if page.id in found:
            message = f"the page of {found[page.id].file} has this id too"
            raise RuleBaseError(Problem(Place(page.file, page.line, page.id), message, "an id of its own"))
        found[page.id] = page
    return found


def _page_problems(base: RuleBase, questionnaire: Questionnaire) -> Iterator[Problem]:
    for page in base.pages.values():
        place = Place(page.file, page.line, page.id)
        for name in page.questions:
            if name not in questionnaire.by_id:
                yield Problem(place, f"there is no question `{name}`", "", nearest(name, list(questionnaire.by_id)))
        asked = page.questions or {name for other in base.pages.values() for name in other.questions}
        if page.wishes and page.wishes not in asked:
            yield Problem(place, f"`{page.wishes}` is not one of the page's questions", "one of `questions`", "")
        elif page.wishes and questionnaire.by_id[page.wishes].kind != "several":
            yield Problem(place, f"`{page.wishes}` takes one answer", "`wishes` of kind `several`", "")
        yield from citation_problems(base, place, (), page.sources)


def _pairs(fields: Fields, key: str, names: tuple[str, str]) -> Iterator[tuple[str, str]]:
    def one(node: Node) -> tuple[str, str]:
        inner = fields.of(node, key)
        pair = (inner.text(names[0]), rulebase_files.line(inner, names[1]))
        inner.done()
        if pair[0] in seen:
            raise inner.problem(node, pair[0], "this id is used twice", "an id of its own")
        seen.add(pair[0])
        return pair

    seen: set[str] = set()
    yield from fields.each(key, one)
    fields.done()


def _retired(fields: Fields) -> Iterator[tuple[str, str]]:
    def one(node: Node) -> tuple[str, str]:
        inner = fields.of(node, "retired")
        pair = (inner.text("id"), rulebase_files.line(inner, "why"))
        for key in ("title", "retired_in", "replaced_by"):
            inner.text(key, "")
        inner.done()
        return pair

    yield from fields.each("retired", one)
    fields.done()


def _problems(base: RuleBase) -> Iterator[Problem]:
    seen: dict[str, Rule] = {}
    figured = SureFacts(base.figures)
    for rule in base.rules:
        place = Place(rule.file, rule.line, rule.id)
        if rule.id in seen:
            yield Problem(place, f"this id is used by {seen[rule.id].file} too", "an id of its own")
        if rule.id in base.retired:
            yield Problem(place, "this id belonged to a rule that was retired", "a new id")
        seen[rule.id] = rule
        if any(isinstance(a, RuleOut) and base.decision.fallback in a.options for a in rule.actions):
            message = f"`{base.decision.fallback}` is what is left when nothing else fits, so no rule may rule it out"
            yield Problem(place, message, "other options")
        yield from problems_of(rule, base.facts, base.options, base.criteria, figured)
        for key, claims, sources in (("claims", rule.claims, ()), ("sources", (), rule.sources)):
            yield from citation_problems(base, Place(rule.file, rule.line_of(key), f"{rule.id}.{key}"), claims, sources)
