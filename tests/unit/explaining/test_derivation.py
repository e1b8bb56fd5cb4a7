"""The graph behind a conclusion: what each kind of node follows from, each thing once, and no circles."""

from __future__ import annotations

from fractions import Fraction

from advisor.explaining.derivation import Derivation
from advisor.model.condition import ALWAYS
from advisor.model.figures import Figure, FormulaTerm
from advisor.model.rule import Add, Conclude, Recommend, RedFlag, RuleOut, Weigh
from advisor.model.rulebase import Contest
from advisor.model.template import Template
from advisor.model.why import WhyNode
from tests.helpers.rulebases import asking, decision, derived, number, on, one, rule, rulebase, several, text
from tests.unit.explaining.views import by_points, points, view_of

ASKED = asking(one("runway", "short", "long"), one("mood", "calm", "torn"), several("payers", "public", "cash"))


def grown(nodes: dict[str, WhyNode], key: str) -> list[str]:
    """The keys that a node follows from, each once."""
    return list(dict.fromkeys(nodes[key].refs()))


def test_a_conclusion_is_followed_through_its_rules_down_to_the_answers() -> None:
    base = rulebase(
        ASKED,
        rule("R1", Conclude("tight", True), all=[on("runway", is_="short")]),
        rule("R2", Conclude("hurry", True), all=[on("tight", is_=True)], none=[on("mood", is_="calm")]),
        derived=[derived("tight"), derived("hurry")],
    )
    nodes = Derivation(view_of(base, ASKED, {"runway": "short", "mood": "torn"})).grow(["fact hurry"])
    assert grown(nodes, "fact hurry") == ["rule R2"]
    assert grown(nodes, "rule R2") == ["fact tight", "question mood"]
    assert grown(nodes, "fact tight") == ["rule R1"]
    assert grown(nodes, "rule R1") == ["question runway"]
    assert [nodes[key].kind for key in nodes] == ["concluded", "rule", "concluded", "rule", "answer", "answer"]
    known_not = nodes["rule R2"].clauses[1]
    assert (known_not.part, known_not.clause, known_not.truth, known_not.helps) == ("none", "mood is calm", False, True)
    assert (known_not.needs, known_not.wants) == ("is_not", ("calm",))


def test_a_fact_that_several_share_is_one_node() -> None:
    base = rulebase(
        ASKED,
        rule("R1", Conclude("a", True), all=[on("runway", is_="short")]),
        rule("R2", Conclude("b", True), all=[on("a", is_=True)]),
        rule("R3", Conclude("c", True), all=[on("a", is_=True), on("b", is_=True)]),
        derived=[derived("a"), derived("b"), derived("c")],
    )
    nodes = Derivation(view_of(base, ASKED, {"runway": "short"})).grow(["fact c"])
    assert sorted(nodes) == ["fact a", "fact b", "fact c", "question runway", "rule R1", "rule R2", "rule R3"]


def test_rules_that_bear_each_other_out_make_no_circle() -> None:
    base = rulebase(
        ASKED,
        rule("R1", Conclude("a", True), all=[on("runway", is_="short")]),
        rule("R2", Conclude("b", True), all=[on("a", is_=True)]),
        rule("R3", Conclude("a", True), all=[on("b", is_=True)]),
        rule("R4", Conclude("a", True), all=[on("mood", is_="torn")]),
        derived=[derived("a"), derived("b")],
    )
    nodes = Derivation(view_of(base, ASKED, {"runway": "short", "mood": "torn"})).grow(["fact b"])
    assert grown(nodes, "fact a") == ["rule R1", "rule R4"]
    assert nodes["fact a"].fact is not None
    assert nodes["fact a"].fact.by == ("R1", "R3", "R4")


def test_a_default_names_the_rules_that_could_have_concluded_it() -> None:
    base = rulebase(
        ASKED,
        rule("R1", Conclude("tight", True), all=[on("runway", is_="short")]),
        rule("R2", Conclude("tight", True), any=[on("mood", is_="torn"), on("payers.cash", is_=True)]),
        derived=[derived("tight", otherwise=False)],
    )
    view = view_of(base, ASKED, {"runway": "long", "mood": "calm"})
    shallow, deep = Derivation(view).grow(["fact tight"]), Derivation(view, deep=True).grow(["fact tight"])
    assert (shallow["fact tight"].kind, shallow["fact tight"].silent) == ("default", ("rule R1", "rule R2"))
    assert sorted(shallow) == ["fact tight", "rule R1", "rule R2"]
    assert [(c.clause, c.truth) for c in shallow["rule R2"].clauses] == [
        ("mood is torn", False), ("payers.cash is true", None),
    ]  # fmt: skip
    assert sorted(deep) == [
        "fact tight", "question mood", "question payers", "question runway", "rule R1", "rule R2",
    ]  # fmt: skip


def test_of_an_any_list_only_what_held_is_told_of_a_rule_that_fired() -> None:
    base = rulebase(
        ASKED,
        rule("R1", Conclude("tight", True), any=[on("mood", is_="calm"), on("runway", is_="short")]),
        derived=[derived("tight")],
    )
    nodes = Derivation(view_of(base, ASKED, {"runway": "short", "mood": "torn"})).grow(["rule R1"])
    assert [clause.clause for clause in nodes["rule R1"].clauses] == ["runway is short"]


def test_what_was_matched_as_not_known_says_why_it_is_not() -> None:
    base = rulebase(
        ASKED,
        rule("R1", Conclude("a", True), all=[on("runway", said="not_sure"), on("mood", known=False)]),
        derived=[derived("a")],
    )
    nodes = Derivation(view_of(base, ASKED, {"runway": "not_sure"})).grow(["rule R1"])
    said = [nodes[key].answer for key in ("question runway", "question mood")]
    assert [note.said for note in said if note] == ["not_sure", "not_asked"]
    assert [nodes[key].kind for key in ("question runway", "question mood")] == ["unknown", "unknown"]


def test_a_question_that_does_not_apply_is_told_from_one_that_was_not_answered() -> None:
    asked = asking(one("runway", "short", "long"), one("mood", "calm", "torn", when=ONLY_SHORT))
    base = rulebase(asked)
    for answers, said in (
        ({"runway": "long"}, "not_applying"), ({"runway": "long", "mood": "calm"}, "set_aside"),
        ({"runway": "short"}, "not_asked"), ({"runway": "short", "mood": "skip"}, "skip"),
    ):  # fmt: skip
        note = Derivation(view_of(base, asked, answers)).grow(["question mood"])["question mood"].answer
        assert note is not None
        assert (note.said, note.answer) == (said, "")


ONLY_SHORT = rule("R", all=[on("runway", is_="short")]).when


def test_answers_read_as_they_stood_on_the_screen_and_private_ones_are_not_shown() -> None:
    asked = asking(several("payers", "public", "cash"), number("visits", 0, 9000), text("name"))
    base = rulebase(asked)
    view = view_of(base, asked, {"payers": ["cash", "public"], "visits": 1200, "name": "Jo"})
    nodes = Derivation(view).grow(["question payers", "question visits", "question name"])
    assert [node.answer.answer for node in nodes.values() if node.answer] == ["public; cash", "1,200", "Jo"]


def test_a_score_and_a_flag_name_the_rules_that_made_them() -> None:
    base = rulebase(
        ASKED,
        rule("R1", Add("ties", 3), all=[on("runway", is_="short")]),
        rule("R2", Add("ties", 2), all=[on("mood", is_="calm")]),
        rule("R3", RedFlag("RF1", 2, Template.of("Do it.")), all=[on("score.ties", at_least=3)], stratum="constrain"),
        rule("R4", RedFlag("RF2", 1, Template.of("Do it.")), all=[on("mood", is_="calm")], stratum="constrain"),
    )
    nodes = Derivation(view_of(base, ASKED, {"runway": "short"})).grow(["fact flag.RF1", "fact flag.RF2"])
    assert (nodes["fact flag.RF1"].kind, grown(nodes, "fact flag.RF1")) == ("flag", ["rule R3"])
    assert (nodes["fact flag.RF2"].kind, nodes["fact flag.RF2"].silent) == ("default", ("rule R4",))
    (link,) = nodes["fact score.ties"].behind
    assert (nodes["fact score.ties"].kind, link.to, link.word, link.points) == ("sum", "rule R1", "added", 3)


def test_a_figure_follows_from_what_its_formula_reads() -> None:
    asked = asking(number("visits", 0, 90), one("runway", "short", "long"))
    table = {"runway": {"short": (Fraction(1), Fraction(2)), "unknown": (Fraction(0), Fraction(9))}}
    formula = FormulaTerm("add", (FormulaTerm("fact", name="visits"), FormulaTerm("table", name="runway")))
    words = Template.of("From {low} to {high}.")
    gap = Figure("gap", "", "The gap", "months", ALWAYS, table, formula, words, words, (), (), True, 1)
    base = rulebase(asked, figures=[gap])
    nodes = Derivation(view_of(base, asked, {"visits": 4})).grow(["fact gap.low"])
    assert nodes["fact gap.low"].kind == "figure"
    assert nodes["fact gap.low"].fact is not None
    assert nodes["fact gap.low"].fact.value == 4
    assert grown(nodes, "fact gap.low") == ["question visits", "question runway"]
    unmade = Derivation(view_of(base, asked, {"runway": "short"})).grow(["fact gap.low"])
    assert (unmade["fact gap.low"].kind, grown(unmade, "fact gap.low")) == (
        "unknown", ["question visits", "question runway"],
    )  # fmt: skip


def test_the_share_of_what_is_not_known_names_all_it_counts_first_what_has_no_answer() -> None:
    contest = Contest("main", ("left", "right"), ("runway", "mood"))
    base = rulebase(ASKED, decision=decision(contest))
    nodes = Derivation(view_of(base, ASKED, {"runway": "short"})).grow(["fact unknown_share"])
    note = nodes["fact unknown_share"].fact
    assert note is not None
    assert (note.value, note.unit) == (50, "percent")
    assert grown(nodes, "fact unknown_share") == ["fact branch", "question mood", "question runway"]


def test_a_choice_names_the_rules_that_would_have_had_a_say_if_less_were_known() -> None:
    contest = Contest("main", ("left", "right"), ("runway", "mood"))
    base = rulebase(
        ASKED,
        points("W1", "runway", "short", left=3),
        rule("W2", Weigh("cash", {"right": 9}), all=[on("mood", known=False)], stratum="weigh"),
        rule("C1", RuleOut(("left",)), none=[on("mood", known=True)], stratum="constrain"),
        rule("D1", Recommend("middle", 1, "clear"), all=[on("unknown_share", at_least=90)], stratum="decide"),
        rule("D2", Recommend("middle", 1, "clear"), all=[on("mood", is_="calm")], stratum="decide"),
        *by_points(),
        decision=decision(contest),
    )
    nodes = Derivation(view_of(base, ASKED, {"runway": "short", "mood": "torn"})).grow(["recommendation"])
    assert nodes["recommendation"].silent == ("rule C1", "rule D1")
    assert nodes["contest"].silent == ("rule C1", "rule W2")
    assert grown(nodes, "rule W2") == grown(nodes, "rule C1") == ["question mood"]
    assert grown(nodes, "rule D1") == ["fact unknown_share"]
    assert "rule D2" not in nodes


def test_the_recommendation_follows_from_proposals_points_and_what_was_ruled_out() -> None:
    base = rulebase(
        ASKED,
        points("W1", "runway", "short", left=3, right=1),
        rule("C1", RuleOut(("middle",)), all=[on("mood", is_="torn")], stratum="constrain"),
        rule("D1", Recommend("middle", 5, "clear"), all=[on("mood", is_="torn")], stratum="decide"),
        *by_points(),
    )
    nodes = Derivation(view_of(base, ASKED, {"runway": "short", "mood": "torn"})).grow(["recommendation"])
    behind = {link.to: (link.standing, link.priority) for link in nodes["recommendation"].behind}
    assert behind == {
        "rule D1": ("ruled_out", 5), "rule D-left": ("recommended", 50), "fact out.middle": ("", None),
        "contest": ("", None),
    }  # fmt: skip
    contest = nodes["contest"].contest
    assert contest is not None
    assert (contest.order, contest.margin) == ((("left", "Left", 3), ("right", "Right", 1)), 2)
    tally = nodes["fact tally.left"].behind
    assert [(link.to, link.points, link.criterion) for link in tally] == [("rule W1", 3, "Cash")]
    assert grown(nodes, "fact lead.option") == ["contest"]
