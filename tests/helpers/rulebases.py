"""Builds small questionnaires and rule bases for tests, in memory.

The loader checks nothing of them, so that what it refuses can be built too:

    questionnaire = asking(one("runway", "short", "long"), number("sessions", 0, 80))
    base = rulebase(
        questionnaire,
        rule("R1", Conclude("tight", True), all=[on("runway", is_="short")]),
        rule("R2", Weigh("cash", {"left": 3}), all=[on("tight", is_=True)], stratum="weigh"),
        derived=[derived("tight", otherwise=False)],
    )
    trace = traced(base, questionnaire, {"runway": "short"})

The main options are `left`, `right` and `middle` (which is the fallback), the add-on is `extra`. Unless a test brings
its own fact `branch`, the branch is `main`, where `left` and `right` compete and no question is decisive.

`tests/helpers/folders.py` has a rule base as files.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from advisor.inference.durable_engine import DurableEngine
from advisor.inference.program import compile_rules
from advisor.inference.run import Run, run
from advisor.inference.to_trace import trace_of
from advisor.loading.answer_facts import answer_facts
from advisor.loading.answers import check_answers
from advisor.loading.vocabulary import machine_facts
from advisor.model.answers import Raw
from advisor.model.condition import ALWAYS, Clause, Condition, Value
from advisor.model.facts import FactSpec, Stratum
from advisor.model.figures import Figure
from advisor.model.questionnaire import Choice, Contradiction, Meaning, Question, Questionnaire
from advisor.model.rule import Action, Rule
from advisor.model.rulebase import About, Contest, DecisionRules, Option, RuleBase
from advisor.model.template import Template
from advisor.model.trace import Trace

BANDS: tuple[tuple[str, int | None], ...] = (("toss_up", 2), ("lean", 5), ("clear", None))
CONTEST = Contest("main", ("left", "right"), ())


def on(
    fact: str,
    *,
    is_: Value | None = None,
    one_of: Sequence[Value] | None = None,
    at_least: int | None = None,
    at_most: int | None = None,
    known: bool | None = None,
    said: str | None = None,
) -> Clause:
    """A clause on a fact, with the one test that is given."""
    if one_of is not None:
        return Clause(fact, "one_of", tuple(one_of))
    if at_least is not None:
        return Clause(fact, "at_least", (at_least,))
    if at_most is not None:
        return Clause(fact, "at_most", (at_most,))
    if known is not None:
        return Clause(fact, "known", (known,))
    if said is not None:
        return Clause(fact, "said", (said,))
    assert is_ is not None, "a clause needs a test"
    return Clause(fact, "is", (is_,))


def when(all: Iterable[Clause] = (), any: Iterable[Clause] = (), none: Iterable[Clause] = ()) -> Condition:
    """A condition of three lists of clauses."""
    return Condition(tuple(all), tuple(any), tuple(none))


def one(question: str, *choices: str, when: Condition = ALWAYS) -> Question:
    """A question with one choice to pick; its fact has the question's name."""
    return Question(question, "", "s", question, "", "", "one", _choices(choices), when=when)


def several(question: str, *choices: str, when: Condition = ALWAYS) -> Question:
    """A question with several choices; its facts are `question.choice` for each, and `question.count`."""
    return Question(question, "", "s", question, "", "", "several", _choices(choices), when=when)


def number(question: str, low: int, high: int, *, none: str = "", when: Condition = ALWAYS) -> Question:
    """A whole number from `low` to `high`; with `none`, also the choice of that id and the fact `question.given`."""
    none_choice = Choice(none, none, none) if none else None
    return Question(
        question, "", "s", question, "", "", "number", none_choice=none_choice, minimum=low, maximum=high, when=when
    )


def date(
    question: str,
    earliest: str = "2000-01-01",
    latest: str = "2049-12-31",
    meaning: Meaning = "either",
    *,
    not_before: str = "",
    none: str = "",
) -> Question:
    """A date from `earliest` to `latest`; with `none`, also the choice of that id and the fact `question.given`."""
    first, last = (datetime.date.fromisoformat(day) for day in (earliest, latest))
    return Question(
        question, "", "s", question, "", "", "date", none_choice=Choice(none, none, none) if none else None,
        earliest=first, latest=last, meaning=meaning, not_before=not_before,
    )  # fmt: skip


def text(question: str, longest: int = 100, *, when: Condition = ALWAYS) -> Question:
    """A question with a text for an answer, of at most `longest` characters."""
    return Question(question, "", "s", question, "", "", "text", max_length=longest, when=when)


def _choices(ids: Iterable[str]) -> tuple[Choice, ...]:
    return tuple(Choice(choice, choice, choice) for choice in ids)


def asking(*questions: Question, contradictions: Iterable[Contradiction] = ()) -> Questionnaire:
    """A questionnaire of one section with these questions."""
    return Questionnaire("tiny", "1", "Tiny", "Hello.", (("s", "All"),), questions, tuple(contradictions))


def derived(
    fact: str,
    *values: str,
    kind: Literal["yes_no", "number", "one"] | None = None,
    stratum: Stratum = "derive",
    otherwise: Value | None = None,
) -> FactSpec:
    """A fact that rules conclude: true or false, or one of `values` if there are any, or a number if `kind` says so."""
    found = kind or ("one" if values else "yes_no")
    domain: tuple[Value, ...] = values if values else (True, False) if found == "yes_no" else ()
    phrases = {value: str(value) for value in domain} or None
    return FactSpec(fact, fact, found, "rule", stratum, domain, phrases, otherwise=otherwise)


def rule(
    rule_id: str,
    *actions: Action,
    all: Iterable[Clause] = (),
    any: Iterable[Clause] = (),
    none: Iterable[Clause] = (),
    stratum: Stratum = "derive",
    status: str = "stable",
    why: str = "Because.",
    line: int = 1,
) -> Rule:
    """A rule with these actions and clauses, as if its file were `made/<id>.yaml`."""
    condition = when(all, any, none)
    return Rule(
        rule_id, rule_id, 1, status, "1", stratum, condition, actions, Template.of(why), (), (), (), "2099-01-01", (),
        f"made/{rule_id}.yaml", line, "0" * 64,
    )  # fmt: skip


def option(option_id: str, kind: Literal["main", "add_on"] = "main") -> Option:
    """An option with hardly a word to it."""
    return Option(option_id, "", kind, option_id, option_id.title(), option_id, "", "", (), ())


def decision(
    *contests: Contest,
    close_within: int = 2,
    bands: tuple[tuple[str, int | None], ...] = BANDS,
    fallback: str = "middle",
) -> DecisionRules:
    """How options compete: the contests by branch, how close is close, and who wins when nobody is proposed."""
    return DecisionRules(close_within, bands, {c.branch: c for c in contests}, fallback, "", "", (), ())


def rulebase(
    questionnaire: Questionnaire,
    *rules: Rule,
    derived: Iterable[FactSpec] = (),
    options: Iterable[Option] = (option("left"), option("right"), option("middle"), option("extra", "add_on")),
    decision: DecisionRules = decision(CONTEST),  # noqa: B008
    figures: Iterable[Figure] = (),
    wording: Mapping[str, str] | None = None,
) -> RuleBase:
    """A rule base over a questionnaire, with the vocabulary the loader would make and none of its checks."""
    by_id = {item.id: item for item in options}
    specs = [*derived]
    if not any(spec.id == "branch" for spec in specs):
        branches = tuple(decision.contests)
        specs.append(FactSpec("branch", "branch", "one", "rule", "derive", branches, otherwise=next(iter(branches))))
    made = machine_facts(by_id, decision.contests, rules, tuple(figures))
    facts = {spec.id: spec for spec in (*answer_facts(questionnaire), *specs, *made)}
    about = About("tiny", "Tiny rules", "1", "2027-01-01", "Tests.", "Never.", "Nobody.", "Nobody.", "None.", ())
    return RuleBase(
        about, tuple(sorted(rules, key=lambda r: (_ORDER.index(r.stratum), r.id))), facts, by_id, {"cash": "Cash"},
        decision, tuple(figures), wording or {}, {}, {}, (), {}, {rule.file: rule.digest for rule in rules}, "0" * 64,
    )  # fmt: skip


_ORDER = ("derive", "constrain", "weigh", "decide", "plan")


def finished(base: RuleBase, questionnaire: Questionnaire, answers: Mapping[str, Raw]) -> Run:
    """The run of some answers on a new engine."""
    program = compile_rules(base)
    return run(base, program, DurableEngine(program), questionnaire, check_answers(answers, questionnaire))


def traced(base: RuleBase, questionnaire: Questionnaire, answers: Mapping[str, Raw]) -> Trace:
    """The trace of some answers, from a new engine."""
    program = compile_rules(base)
    engine = DurableEngine(program)
    checked = check_answers(answers, questionnaire)
    return trace_of(run(base, program, engine, questionnaire, checked), engine, "0")


def fired(trace: Trace) -> list[str]:
    """The ids of the rules that fired, in order."""
    return [firing.rule for firing in trace.firings]


def values(trace: Trace) -> dict[str, Value | None]:
    """Every settled fact with its value."""
    return {record.fact: record.value for record in trace.facts}
