"""Laws that every piece of advice keeps, whatever the answers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import advisor
from advisor.advice import Advisor, advise, default_advisor
from advisor.errors import EngineError
from advisor.interview.session import Interview
from advisor.loading.answers import check_answers
from advisor.loading.resources import shipped
from advisor.model.advice import Advice
from advisor.rendering import RENDERER_BY_NAME
from tests.helpers.effort import share
from tests.helpers.reference_engine import ReferenceBase
from tests.helpers.reference_terms import Knowledge
from tests.helpers.strategies import PlainAnswers, answers_for, any_answers, without_contradictions
from tests.properties.generated_files import Folders, rule_body
from tests.properties.generated_rules import rule_bases
from tests.properties.recompute import recompute, stated
from tests.properties.views import is_conflict, shipped_reference

ANSWERS = st.deferred(lambda: answers_for(default_advisor().questionnaire))
LAW = settings(max_examples=share(24), derandomize=True, suppress_health_check=list(HealthCheck))
SECRET = "Qzxw Vwkjq"
GOVERNMENT = ("medicare", "medicare_advantage", "medicaid", "tricare")


@LAW
@given(ANSWERS)
def test_exactly_one_main_option_is_recommended_and_it_is_not_ruled_out(answers: PlainAnswers) -> None:
    advice = advise(answers)

    mains = {option.id for option in default_advisor().rulebase.main_options}
    standings = Counter(case.standing for case in advice.options if case.kind == "main")
    ruled_out = {case.option for case in advice.options if case.ruled_out_by}
    assert standings["recommended"] == 1
    assert {advice.recommendation.option, advice.recommendation.runner_up} <= mains - ruled_out
    assert advice.recommendation.runner_up != advice.recommendation.option
    assert {case.option for case in advice.options if case.kind == "main"} == mains


@LAW
@given(ANSWERS, st.data())
def test_the_order_of_answers_changes_no_byte(answers: PlainAnswers, data: st.DataObject) -> None:
    shuffled = {
        name: tuple(data.draw(st.permutations(answer))) if isinstance(answer, list) else answer
        for name, answer in data.draw(st.permutations(list(answers.items())))
    }

    assert advise(shuffled).model_dump_json() == advise(answers).model_dump_json()


@LAW
@given(ANSWERS, ANSWERS)
def test_the_same_answers_give_the_same_bytes_again(answers: PlainAnswers, between: PlainAnswers) -> None:
    first = advise(answers).model_dump_json()
    advise(between)

    assert advise(answers).model_dump_json() == first


@LAW
@given(ANSWERS)
def test_advice_survives_json(answers: PlainAnswers) -> None:
    advice = advise(answers)

    assert Advice.model_validate_json(advice.model_dump_json()) == advice


@LAW
@given(ANSWERS)
def test_everything_printed_names_a_rule_that_fired(answers: PlainAnswers) -> None:
    advice = advise(answers)

    assert set(_rules_named(advice)) <= {firing.rule for firing in advice.trace.firings}


@LAW
@given(ANSWERS)
def test_points_add_up(answers: PlainAnswers) -> None:
    _check_points(advise(answers))


@LAW
@given(ANSWERS)
def test_there_are_at_most_four_reasons_and_five_next_steps(answers: PlainAnswers) -> None:
    advice = advise(answers)

    assert len(advice.reasons) <= 4
    assert len(advice.next_steps) <= 5
    assert len(advice.next_steps) == 5 or not advice.later_steps


@settings(parent=LAW, max_examples=share(16))
@given(ANSWERS)
def test_private_texts_stand_nowhere_in_the_advice_or_its_trace(answers: PlainAnswers) -> None:
    questions = default_advisor().questionnaire.questions
    texts = {question.id: SECRET for question in questions if question.private}

    advice = advise({**answers, **texts})

    assert texts
    assert not any(SECRET in render(advice, 80) for render in RENDERER_BY_NAME.values())


@LAW
@given(ANSWERS, st.lists(st.sampled_from(GOVERNMENT), min_size=1, max_size=2, unique=True))
def test_whoever_wants_a_government_payer_is_told_to_enroll(answers: PlainAnswers, wanted: list[str]) -> None:
    questionnaire = default_advisor().questionnaire
    answers = without_contradictions({**answers, "payers": ["commercial", *wanted]}, questionnaire)

    advice = advise(answers)

    assert "payers" not in answers or "government_enrollment" in advice.recommendation.add_ons


@LAW
@given(ANSWERS)
def test_the_trace_alone_gives_the_same_advice_again(answers: PlainAnswers) -> None:
    trace = json.loads(default_advisor().trace(answers).model_dump_json())

    assert recompute(trace, shipped_reference()) == stated(trace)


@LAW
@given(ANSWERS)
def test_an_interview_and_a_file_keep_the_same_answers(answers: PlainAnswers) -> None:
    checked = check_answers(answers, default_advisor().questionnaire)

    kept = Interview(default_advisor().questionnaire, checked).answers
    assert {answer.question for answer in kept} == set(default_advisor().trace(checked).answers)


@LAW
@given(ANSWERS)
def test_the_answers_in_a_trace_lead_to_that_trace_again(answers: PlainAnswers) -> None:
    trace = default_advisor().trace(answers)
    again = default_advisor().trace(trace.answers)

    assert again == trace.model_copy(update={"set_aside": ()})


@LAW
@given(ANSWERS)
def test_every_firing_matched_facts_that_make_its_rule_true(answers: PlainAnswers) -> None:
    rules = shipped_reference().rules
    trace = default_advisor().trace(answers)

    values = {fact.fact: fact.value for fact in trace.facts}
    said = {fact.fact: fact.said for fact in trace.facts if fact.said is not None}
    for firing in trace.firings:
        known = Knowledge({fact: value for fact, value in firing.matched.items() if value is not None}, said)
        assert known.condition(rules[firing.rule]["when"]) is True
        assert firing.matched.items() <= values.items()


@pytest.fixture(scope="module")
def alarmed(tmp_path_factory: pytest.TempPathFactory) -> Advisor:
    """The shipped rules and one more, which raises every red flag there is against every main option."""
    return _with_every_flag_raised(tmp_path_factory.mktemp("alarmed"))


@LAW
@given(answers=ANSWERS)
def test_a_red_flag_never_helps_an_option_it_speaks_against(alarmed: Advisor, answers: PlainAnswers) -> None:
    before, after = advise(answers), alarmed.advise(answers)

    assert {flag.severity for flag in after.red_flags} == {3}
    assert all(after.trace.totals[option] <= points for option, points in before.trace.totals.items())
    assert after.recommendation.option == before.recommendation.option


@settings(parent=LAW, max_examples=share(16))
@given(rule_bases(), st.data())
def test_advice_can_be_made_of_made_up_rules(texts: Folders, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as root:
        made = Advisor.load(*texts.write(Path(root)))
    reference = ReferenceBase(texts.rules, texts.questionnaires)
    answers = data.draw(any_answers(made.questionnaire))
    try:
        advice = made.advise(answers)
    except EngineError as bad:
        if not is_conflict(bad):
            raise
        return

    trace = json.loads(advice.trace.model_dump_json())
    _check_points(advice)
    assert set(_rules_named(advice)) <= {firing.rule for firing in advice.trace.firings}
    assert recompute(trace, reference) == stated(trace)


@pytest.mark.long
def test_the_hash_seed_of_the_process_changes_no_byte() -> None:
    digests = {seed: _digests_under(seed) for seed in ("0", "1", "4242")}

    assert digests["0"] == digests["1"] == digests["4242"]
    assert len(set(digests["0"])) == len(PEOPLE)


def _digests_under(seed: str) -> list[str]:
    program = (
        "import hashlib, json, sys\n"
        "from advisor.advice import advise\n"
        "for answers in json.load(sys.stdin):\n"
        "    print(hashlib.sha256(advise(answers).model_dump_json().encode()).hexdigest())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(PEOPLE), capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": seed}, cwd=Path(advisor.__file__).parent.parent,
    )  # fmt: skip
    return done.stdout.split()


def _check_points(advice: Advice) -> None:
    tallied: Counter[str] = Counter()
    for line in advice.trace.tallies:
        tallied[line.option] += line.points
    for case in advice.options:
        assert case.points == sum(line.points for line in case.arithmetic) == tallied[case.option]
        assert case.kind == "add_on" or case.points == advice.trace.totals[case.option]


def _rules_named(advice: Advice) -> Iterator[str]:
    """The rule behind each thing that is said, wherever one is named."""
    yield from (reason.rule for reason in advice.reasons)
    yield from (flag.rule for flag in advice.red_flags)
    yield from (step.rule for step in (*advice.next_steps, *advice.later_steps))
    yield from (ask.rule for ask in advice.questions_to_ask)
    yield from (call.rule for call in advice.calls)
    yield from (note.rule for note in advice.notes)
    for case in advice.options:
        yield from case.ruled_out_by
        yield from (line.rule for line in case.arithmetic)
        yield from (line.rule for line in (*case.pros, *case.cons) if line.rule is not None)
    yield from (tie.rule for tie in advice.trace.contest.tie_breaks)
    yield from (proposal.rule for proposal in advice.trace.proposals)


def _with_every_flag_raised(folder: Path) -> Advisor:
    shutil.copytree(shipped("rules"), folder, dirs_exist_ok=True)
    base = default_advisor().rulebase
    mains = [option.id for option in base.main_options]
    flags = sorted(fact.removeprefix("flag.") for fact in base.facts if fact.startswith("flag."))
    rule = rule_body(
        0,
        "stable",
        "constrain",
        {"any": [{"fact": "situation", "known": known} for known in (True, False)]},
        {"red_flag": [{"id": flag, "severity": 3, "action": "Stop.", "against": mains} for flag in flags]},
    )
    rule |= {"claims": [next(iter(base.claims))], "sources": [next(iter(base.sources))]}
    page = {"page": "every-flag", "title": "Every flag", "rules": [rule]}
    (folder / "who" / "every-flag.yaml").write_text(json.dumps(page), "utf-8")
    return Advisor.load(folder)


PEOPLE: list[PlainAnswers] = [
    {},
    {"situation": "planning", "license": "counselor", "states": ["pa", "nj"], "payers": ["medicaid", "commercial"]},
    {"situation": "platform_exit", "leave_reasons": ["pay", "control", "growth"], "runway": "three_to_four"},
    {"situation": "own_contracts", "license": "psychologist", "panels_open": "open", "control": "must"},
    {"situation": "runs_group", "group_size": 12, "group_adds": 10, "program": "yes_6_months"},
    {"situation": "supervised", "license": "associate", "months_to_license": 8, "states": ["ca", "ny", "tx"]},
]
