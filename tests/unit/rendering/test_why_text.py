"""Why and why not as text: three lengths, two readers, no column too many, and no id for a provider."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.advice import Advisor, default_advisor
from advisor.explaining.view import View
from advisor.explaining.why import explain_why
from advisor.explaining.why_not import explain_why_not
from advisor.model.answers import Raw
from advisor.model.trace import Proposal
from advisor.model.why import AnswerNote, ClauseNote, Why, WhyNot
from advisor.rendering.json_format import canonical_json
from advisor.rendering.why_in_words import Audience
from advisor.rendering.why_not_text import render_why_not
from advisor.rendering.why_text import Length, render_why
from tests.helpers.cases import all_cases
from tests.helpers.effort import share
from tests.helpers.strategies import PlainAnswers, answers_for
from tests.unit.rendering.test_wording import below

RULE_ID = re.compile(r"\b[A-Z]{3}-\d{3}\b")
ANSWERS = st.deferred(lambda: answers_for(default_advisor().questionnaire))
LAW = settings(max_examples=share(40), derandomize=True, suppress_health_check=list(HealthCheck))
STARTING: dict[str, Raw] = {
    "situation": "planning", "license": "counselor", "independent": "yes", "runway": "one_to_two",
    "hiring": "one_to_two", "control": "not_sure",
}  # fmt: skip
LEAVING: dict[str, Raw] = {
    "situation": "platform_exit", "license": "social_worker", "independent": "yes", "release_letter": "did_not_ask",
}  # fmt: skip


def seen(answers: dict[str, Raw]) -> View:
    made = default_advisor()
    return View(made.rulebase, made.questionnaire, made.trace(answers))


def told(
    answers: dict[str, Raw], item: str | None, length: Length = "paragraph", audience: Audience = "provider",
    width: int = 80,
) -> str:  # fmt: skip
    return render_why(explain_why(seen(answers), item), default_advisor().rulebase.wording, width, length, audience)


def told_not(answers: dict[str, Raw], item: str, audience: Audience = "provider") -> str:
    return render_why_not(explain_why_not(seen(answers), item), default_advisor().rulebase.wording, 80, audience)


def test_a_sentence_is_the_why_of_the_rule_with_the_answer_in_it() -> None:
    # WGH-017, with the phrase of the choice one_to_two put in
    assert " ".join(told(STARTING, "WGH-017", "sentence").split()) == (
        "You plan to add 1 or 2 providers in a year. People are added to a contract that you or your business holds, "
        "so starting your own contracts helps. It does mean more forms and cost before the first hire."
    )


def test_a_paragraph_adds_the_answers_in_words() -> None:
    assert told(STARTING, "WGH-017").endswith(
        "This rests on what you told us:\n"
        "- Do you plan to add other providers to your practice? You said: 1 or 2 in a\n"
        "  year.\n"
    )


def test_an_auditor_also_reads_the_rule_its_claims_and_its_sources_with_grade_and_date() -> None:
    text = " ".join(told(STARTING, "WGH-017", audience="auditor").split())
    assert "WGH-017, version 1, weigh: You plan to add" in text
    assert "[question hiring]" in text
    assert "- C11: " in text
    assert "- article.erin: " in text
    assert "Grade a made-up example. Dated: undated" in text
    assert f"digest {default_advisor().rulebase.digest[:12]}." in text


def test_the_tree_for_an_auditor_has_each_clause_as_written() -> None:
    text = " ".join(told(STARTING, "WGH-017", "tree", "auditor").split())
    assert "[all: hiring is one of one_to_two, three_to_nine; hiring = one_to_two; true]" in text
    assert "It does: weigh growth: delegated -1, direct +2, staged +2." in text


def test_the_tree_goes_from_a_flag_through_a_derived_fact_to_the_answers() -> None:
    # RED-003 reads release_letter and leaving: that follows from where one stands, and this from the situation
    lines = told(LEAVING, "RF1", "tree").splitlines()
    starts = [line for line in lines if line.lstrip().startswith("- ")]
    assert [len(line) - len(line.lstrip()) for line in starts] == [0, 2, 2, 4, 6, 8, 10]
    assert starts[1].startswith("  - Would they give you a release letter if you asked? You said: I did not")
    assert starts[2].startswith("  - From your answers, leaving the platform is on your mind or pressing.")
    assert starts[6].startswith("          - Which of these is closest to where you are today? You said: On a")


def test_points_are_told_line_by_line_under_their_sum() -> None:
    text = told({"hiring": "one_to_two", "situation": "planning"}, "tally.direct")
    assert "Its points add up to" in text
    assert "- +2 for Growth. You plan to add 1 or 2 providers in a year." in text


def test_what_is_told_again_points_back_to_the_first_time() -> None:
    text = told(STARTING, None, "tree")
    numbers = set(re.findall(r"\[(\d+)\]", text))
    again = set(re.findall(r"\[see\s+(\d+)\]", text))
    assert again
    assert again == numbers


def test_why_not_names_what_a_clause_takes_and_what_was_said() -> None:
    text = " ".join(told_not(STARTING, "WGH-022").split())
    rule = default_advisor().rulebase.by_id["WGH-022"]
    assert text.startswith(f"Why not: {rule.title}")
    assert "You said:" in text or "You have not answered this." in text or "You were not sure." in text
    assert "It takes:" in text


def test_why_not_of_an_option_shows_who_ruled_it_out_and_who_won() -> None:
    text = " ".join(told_not(STARTING, "exit").split())
    assert "This is set aside for now: Leave the platform one plan at a time." in text
    assert "You are starting out, and from your answers you do not work through a platform today." in text
    assert "It is not one of the choices that are compared by points for someone starting out." in text


def test_an_option_that_lost_a_near_tie_reads_what_broke_it() -> None:
    case = next(case for case in all_cases() if case.file == "starting/near-tie-cash-safety.yaml")
    text = " ".join(told_not(dict(case.answers), "direct").split())
    # direct has 9 points and staged 8; the tie-breaker on the wait keeps staged
    assert "It has 9 points. First place went to Start on a platform and file your own contracts alongside" in text
    assert (
        "So it is 1 point ahead. A tie-breaker went against it: A wait for contracts of your own could outlast" in text
    )
    assert "But another rule goes first:" in text


def test_each_way_of_asking_points_to_the_other_when_it_was_the_wrong_one() -> None:
    recommended = seen(STARTING).trace.recommended
    assert f"run advisor why with the same file and the word {recommended}." in " ".join(
        told_not(STARTING, recommended).split()
    )
    assert "run advisor why-not with the same file and the word RF1." in " ".join(told(STARTING, "RF1").split())


def test_repairs_and_their_proof_are_shown_when_there_are_any() -> None:
    why_not = explain_why_not(seen(STARTING), "exit", ("Say that you are on a platform.",), "Nothing smaller does it.")
    text = render_why_not(why_not, default_advisor().rulebase.wording, 80)
    assert "What would have to change:\n- Say that you are on a platform.\n\nNothing smaller does it.\n" in text


def test_private_answers_are_not_shown() -> None:
    made = default_advisor()
    private = [question.id for question in made.questionnaire.questions if question.private]
    view = seen({"situation": "planning", **dict.fromkeys(private, "Qzxw")})
    for question in private:
        why = explain_why(view, question)
        assert "Qzxw" not in canonical_json(why) + render_why(why, made.rulebase.wording, 80, "tree", "auditor")


def test_json_holds_everything_and_comes_back() -> None:
    why, why_not = explain_why(seen(STARTING)), explain_why_not(seen(STARTING), "exit")
    assert Why.model_validate_json(canonical_json(why)) == why
    assert WhyNot.model_validate_json(canonical_json(why_not)) == why_not
    assert canonical_json(why) == canonical_json(explain_why(seen(STARTING)))


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("render.why.said.", get_args(AnswerNote.model_fields["said"].annotation)),
        ("render.why.needs.", (*get_args(ClauseNote.model_fields["needs"].annotation), "fact_known", "fact_unknown")),
        ("render.why.proposal.", (*get_args(Proposal.model_fields["standing"].annotation), "auditor")),
    ],
)
def test_every_word_of_the_model_has_its_wording(prefix: str, words: tuple[str, ...]) -> None:
    assert below(prefix) == set(words)


@pytest.mark.long
@LAW
@given(ANSWERS, st.data())
def test_everything_reads_at_any_width_for_any_reader(answers: PlainAnswers, data: st.DataObject) -> None:
    made = default_advisor()
    view = View(made.rulebase, made.questionnaire, made.trace(answers))
    names = [*made.rulebase.options, *made.rulebase.facts, *made.rulebase.by_id]
    item = data.draw(st.sampled_from(names))
    width = data.draw(st.sampled_from([20, 47, 80]))
    for audience in get_args(Audience):
        whys = [render_why(explain_why(view, name), made.rulebase.wording, width, length, audience)
                for name in (None, item) for length in get_args(Length)]  # fmt: skip
        nots = [render_why_not(explain_why_not(view, item), made.rulebase.wording, width, audience)]
        for text in (*whys, *nots):
            assert all(len(line) <= width or "://" in line for line in text.splitlines())
            assert "{" not in text
            if audience == "provider" and width == 80:
                assert set(RULE_ID.findall(text)) <= {item.removeprefix("flag.")}


@pytest.mark.long
def test_the_shipped_rules_have_options_that_read_well(shipped_advisor: Advisor) -> None:
    for option in shipped_advisor.rulebase.options:
        text = told_not(STARTING, option)
        assert text.startswith("Why not: ")
        assert "  \n" not in text
        assert "\n\n\n" not in text
