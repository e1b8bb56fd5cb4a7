"""Rules and their pages are kept in order: ids, titles, dates, and nothing said twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from advisor.advice import Advisor
from advisor.model.facts import STRATA
from advisor.model.rule import STRATA_OF_ACTION, Action, CaseAnswer, Conclude, PlanRow, RedFlag, Rule, Say
from advisor.model.rulebase import RuleBase
from advisor.model.template import Template

STRATA_OF_KIND = {
    "DER": {"derive"},
    "GAT": {"derive", "constrain"},
    "CON": {"constrain"},
    "RED": {"constrain"},
    "WGH": {"weigh"},
    "TIE": {"weigh"},
    "DEC": {"decide"},
    "ADD": {"decide", "plan"},
    "STP": {"plan"},
    "ASK": {"plan"},
    "CAL": {"plan"},
    "NOT": {"plan"},
}
LONGEST_REVIEW = 366  # days: a year after the rule base is dated, or half a year for what changes fast


@pytest.fixture(scope="session")
def base(shipped_advisor: Advisor) -> RuleBase:
    return shipped_advisor.rulebase


def test_ids_say_the_stratum_or_the_page(base: RuleBase) -> None:
    homes: dict[str, set[str]] = {}
    for rule in base.rules:
        assert re.fullmatch(r"[A-Z]{3}-\d{2,3}(\.[a-z][a-z0-9_]*)*", rule.id), rule.id  # .tx: of one state
        homes.setdefault(rule.id[:3], set()).add(rule.file)
    assert [rule.id for rule in base.rules if rule.stratum not in STRATA_OF_KIND.get(rule.id[:3], {rule.stratum})] == []
    assert {kind: files for kind, files in homes.items() if kind not in STRATA_OF_KIND and len(files) > 1} == {}


def test_pages_have_names_and_titles_that_differ(base: RuleBase) -> None:
    for page in base.pages.values():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", page.id), page.file
        assert re.fullmatch(r"[a-z]+/[a-z-]+\.yaml", page.file), page.file
    assert _repeated(page.title for page in base.pages.values()) == []


def test_no_rule_states_what_its_page_says_or_what_it_does_shows(base: RuleBase) -> None:
    for page in base.pages.values():
        for rule in (base.by_id[rule_id] for rule_id in page.rules):
            again = {
                "version": rule.version == 1,
                "status": rule.status == "stable",
                "since": rule.since == page.since,
                "review_by": rule.review_by == page.review_by,
                "stratum": len(_possible(base, rule)) == 1,
            }
            assert [key for key, known in again.items() if known and key in rule.lines] == [], rule.id


def _possible(base: RuleBase, rule: Rule) -> set[str | None]:
    """The strata in which all that a rule does may stand."""
    found: set[str | None] = set(STRATA)
    for action in rule.actions:
        if isinstance(action, Conclude):
            found &= {base.facts[action.fact].finished}
        else:
            found &= set(STRATA_OF_ACTION[type(action)])
    return found


def test_rules_are_of_a_version_that_exists_and_due_for_review_within_a_year(base: RuleBase) -> None:
    dated = date.fromisoformat(base.about.dated)
    for rule in base.rules:
        assert _version(rule.since) <= _version(base.about.version), rule.id
        assert rule.version >= 1, rule.id
        assert 0 < (date.fromisoformat(rule.review_by) - dated).days <= LONGEST_REVIEW, rule.id


def test_titles_read_as_headings(base: RuleBase) -> None:
    for rule in base.rules:
        assert rule.title[0].isupper() or rule.title[0].isdigit(), rule.id
        assert not rule.title.endswith((".", ":", ";")), rule.id
        assert 1 <= len(rule.title.split()) <= 25, rule.id


def test_sentences_end_as_sentences(base: RuleBase) -> None:
    texts = [(rule.id, text.source) for rule in base.rules for text in _sentences(rule)]
    texts += [(rule.id, caveat) for rule in base.rules for caveat in rule.caveats]

    assert [(rule, text) for rule, text in texts if not text.rstrip().endswith((".", "?", '"'))] == []


def _sentences(rule: Rule) -> Iterator[Template]:
    """What a rule says in whole sentences: all of it but the parts that complete a sentence of the page."""
    parts = [part for action in rule.actions for part in _completing(action)]
    return (template for template in rule.templates() if template not in parts)


def _completing(action: Action) -> tuple[Template | None, ...]:
    if isinstance(action, PlanRow):
        return (action.done, action.time.event)
    if isinstance(action, CaseAnswer):
        return (action.because,)
    if isinstance(action, RedFlag):
        return (action.clause,)
    return (action.to,) if isinstance(action, Say) else ()


def test_titles_differ_on_a_page_and_ids_everywhere(base: RuleBase) -> None:
    for page in base.pages.values():
        assert _repeated(base.by_id[rule].title for rule in page.rules) == [], page.file
    assert _repeated(rule.id for rule in base.rules) == []


def test_ids_of_withdrawn_rules_are_not_used_again(base: RuleBase) -> None:
    assert set(base.retired).isdisjoint(base.by_id)


def test_severities_are_those_of_the_dossier(base: RuleBase) -> None:
    # Dossier 3.6; 3 is stop, 2 is act before signing or leaving, 1 is watch. A flag may be raised below its worst.
    worst = {
        "RF1": 3, "RF2": 3, "RF3": 3, "RF4": 3, "RF5": 3, "RF6": 2, "RF7": 2, "RF8": 2, "RF9": 2, "RF10": 3, "RF11": 2,
        "RF12": 2, "RF13": 3, "RF14": 3, "RF15": 1, "RF16": 2, "RF17": 2, "RF18": 2, "RF19": 3, "RF20": 3,
    }  # fmt: skip
    found: dict[str, int] = {}
    for rule in base.active:
        for action in rule.actions:
            if isinstance(action, RedFlag):
                found[action.id] = max(found.get(action.id, 0), action.severity)

    assert {flag: severity for flag, severity in found.items() if flag in worst} == worst
    assert {severity for flag, severity in found.items() if flag not in worst} <= {2, 3}  # a page's stops


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
