"""Which rules stay silent only because something is known."""

from __future__ import annotations

import pytest

from advisor.explaining.guards import guards, held_back
from advisor.model.condition import Condition
from advisor.model.rule import Recommend, RuleOut, Weigh
from tests.helpers.rulebases import asking, on, one, rule, rulebase, when
from tests.unit.explaining.views import view_of

ASKED = asking(one("runway", "short", "long"), one("mood", "calm", "torn"), one("pay", "low", "high"))
ANSWERS = {"runway": "short", "mood": "not_sure"}


@pytest.mark.parametrize(
    ("condition", "facts"),
    [
        (when(all=[on("runway", known=False)]), ("runway",)),
        (when(none=[on("runway", known=True)]), ("runway",)),
        (when(all=[on("unknown_share", at_least=90)]), ("unknown_share",)),
        (when(none=[on("mood", said="not_sure")]), ("mood",)),
        (when(any=[on("runway", is_="long"), on("runway", known=False)]), ("runway",)),
        (when(all=[on("pay", known=False), on("runway", known=False)]), ("runway",)),  # the first holds already
        (when(all=[on("runway", is_="long"), on("runway", known=False)]), ()),  # the first stays unmet
        (when(all=[on("mood", known=True)]), ()),  # to know less is no help
        (when(all=[on("pay", said="skip")]), ()),
        (when(all=[on("pay", is_="low")]), ()),
        (when(all=[on("runway", is_="short")]), ()),  # it holds
        (when(any=[on("runway", is_="long"), on("pay", is_="low")]), ()),
    ],
)
def test_only_what_less_knowledge_would_meet_is_a_guard(condition: Condition, facts: tuple[str, ...]) -> None:
    assert guards(view_of(rulebase(ASKED), ASKED, ANSWERS), condition) == facts


def test_a_rule_is_held_back_from_what_it_would_do_to_the_options_named() -> None:
    known = [on("runway", known=False)]
    base = rulebase(
        ASKED,
        rule("C1", RuleOut(("left",)), all=known, stratum="constrain"),
        rule("C2", RuleOut(("left",)), all=[on("runway", is_="long")], stratum="constrain"),
        rule("W1", Weigh("cash", {"right": 1}), all=known, stratum="weigh"),
        rule("D1", Recommend("left", 1, "clear"), all=known, stratum="decide"),
        rule("D2", Recommend("left", 1, "clear"), all=[on("runway", known=True)], stratum="decide"),
    )
    view = view_of(base, ASKED, ANSWERS)
    assert [r.id for r in held_back(view, (RuleOut, Weigh, Recommend), ["left"])] == ["C1", "D1"]
    assert [r.id for r in held_back(view, (RuleOut, Weigh), ["right", "left"])] == ["C1", "W1"]
