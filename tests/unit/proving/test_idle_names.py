"""A name that the page would tell is no question that changes nothing, even deep in the words of a choice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisor.advice import default_advisor
from advisor.loading.answers import check_answers
from advisor.model.answers import Raw
from advisor.model.questionnaire import Choice
from advisor.proving.next_question import Order
from advisor.rendering.plan_text import render_plan
from tests.helpers.cases import Case, all_cases
from tests.helpers.provers import ONE_PROCESS, prover_for
from tests.helpers.rulebases import asking, one, several

NAME = "Zephyr Mutual"


def test_a_choice_tells_what_its_words_name() -> None:
    plan = Choice("other", "Another plan", phrase="{plan_name|old_name|another plan}")
    aetna = Choice("aetna", "Aetna", phrase="Aetna")
    made = asking(replace(one("one", "x"), choices=(plan, aetna)), replace(several("all", "x"), choices=(plan, aetna)))
    assert made.told_by("one") == ("one", "plan_name", "old_name")
    assert made.told_by("all") == ("all.other", "all.aetna", "all.count", "plan_name", "old_name")
    assert made.told_by("all.aetna") == ("all.aetna",)


@ONE_PROCESS
@pytest.mark.long
@pytest.mark.parametrize("case", all_cases()[::28], ids=lambda case: case.file)
def test_no_name_that_is_said_to_change_nothing_stands_on_the_page(case: Case) -> None:
    advisor, given = default_advisor(), dict[str, Raw](case.answers)
    answers = check_answers(given, advisor.questionnaire)
    idle = Order(prover_for(answers)).ahead(answers).idle
    names = [name for name in idle if advisor.questionnaire.question(name).kind == "text" and name not in given]
    page = render_plan(advisor.advise({**given, **dict.fromkeys(names, NAME)}), 80, full=True)
    assert NAME not in page
