"""A receipt as a page, on the terminal and as a table: whole, escaped, and the same each time."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from html.parser import HTMLParser

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from advisor.advice import Advisor
from advisor.audit.model.judgment import BesideLine
from advisor.audit.model.quotes import QuotedRule
from advisor.audit.model.receipt import Receipt
from advisor.audit.receipts import Receipts
from advisor.audit.rendering.receipt_csv import COLUMNS, guarded, render_receipt_csv
from advisor.audit.rendering.receipt_graph import Dot, Graph
from advisor.audit.rendering.receipt_html import render_receipt_html
from advisor.audit.rendering.receipt_layout import draw
from advisor.audit.rendering.receipt_text import render_receipt_text
from advisor.audit.rendering.receipt_view import ReceiptView, rule_yaml
from advisor.model.words import Words
from advisor.rendering.html_tree import el, link

TIME = "2027-01-31T09:30:00Z"
VOID = {"meta", "br", "rect", "path"}


class Reader(HTMLParser):
    """Follows a page's elements: those still open, the headings, the ids and what is linked to."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.targets: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.targets.add(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.fixture
def tiny(tiny_advisor: Advisor) -> Receipt:
    return Receipts(tiny_advisor).make({"runway": "short"}, TIME)


@pytest.fixture(scope="module")
def full(shipped_advisor: Advisor) -> Receipt:
    given_ = {"situation": "planning", "license": "counselor", "independent": "yes", "runway": "one_to_two"}
    return Receipts(shipped_advisor).make(given_, TIME)


def page(receipt: Receipt, advisor: Advisor, problem: str | None = None) -> str:
    return render_receipt_html(receipt, advisor.rulebase.wording, problem, ())


def view(receipt: Receipt, advisor: Advisor) -> ReceiptView:
    return ReceiptView(receipt, Words(advisor.rulebase.wording))


def test_the_page_is_whole_and_every_inner_link_leads_somewhere(full: Receipt, shipped_advisor: Advisor) -> None:
    html = page(full, shipped_advisor)
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    assert len(reader.ids) == len(set(reader.ids))
    assert {target[1:] for target in reader.targets if target.startswith("#")} <= set(reader.ids)
    assert reader.headings[0] == 1
    assert reader.headings.count(1) == 1
    assert all(below - above <= 1 for above, below in zip(reader.headings, reader.headings[1:], strict=False))
    assert html.startswith('<!DOCTYPE html>\n<html lang="en"><head>')


def test_the_page_loads_nothing_and_runs_nothing(full: Receipt, shipped_advisor: Advisor) -> None:
    html = page(full, shipped_advisor)
    reader = Reader()
    reader.feed(html)
    assert not reader.tags & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert not [name for name in reader.attributes if name.startswith("on") or name in ("src", "style")]
    assert 'content="default-src &#x27;none&#x27;; style-src &#x27;sha256-' in html
    assert "url(" not in html[html.index("<style>") : html.index("</style>")]


def test_each_rule_that_fired_is_there_with_its_yaml(full: Receipt, shipped_advisor: Advisor) -> None:
    html = page(full, shipped_advisor)
    for firing in full.content.advice.trace.firings:
        assert f'id="rule-{firing.rule}"' in html
    reopened = yaml.safe_load(rule_yaml(view(full, shipped_advisor).rules["WGH-001"]))
    own = shipped_advisor.rulebase.by_id["WGH-001"]
    assert reopened["why"] == own.why.source
    assert reopened["then"] == {"weigh": {"criterion": "cash", "points": {"delegated": 3, "direct": -3, "staged": 3}}}
    assert reopened["sources"] == list(own.sources)


def test_what_does_not_hold_is_said_in_the_words_of_the_program(tiny: Receipt, shipped_advisor: Advisor) -> None:
    headings = dict.fromkeys(tiny.content.advice.headings, "All of it holds.")
    advice = tiny.content.advice.model_copy(update={"headings": {**headings}})
    forged = tiny.model_copy(update={"content": tiny.content.model_copy(update={"advice": advice})})
    html = page(forged, shipped_advisor, "content_digest: it is <wrong>")
    verdict = html[html.index('id="verified"') : html.index('id="advice"')]
    assert "This receipt does not hold." in verdict
    assert "content_digest: it is &lt;wrong&gt;" in verdict
    assert "All of it holds." not in verdict
    assert "All of it holds." in page(tiny, shipped_advisor)


@pytest.mark.long
def test_the_same_receipt_gives_the_same_bytes(full: Receipt, shipped_advisor: Advisor) -> None:
    again = Receipt.model_validate_json(full.model_dump_json())
    assert page(full, shipped_advisor) == page(again, shipped_advisor)
    assert render_receipt_csv(full, ()) == render_receipt_csv(again, ())


def test_the_graph_leads_from_the_answer_over_the_rules_to_the_advice(tiny: Receipt, shipped_advisor: Advisor) -> None:
    graph = Graph(view(tiny, shipped_advisor))
    behind = {name: dot.behind for name, dot in graph.dots.items()}
    assert behind == {
        "fact runway": (),
        "rule DER-1": ("fact runway",),
        "rule WGH-1": ("rule DER-1",),
        "contest": ("rule WGH-1",),
        "rule DEC-1": ("contest",),
        "advice": ("rule DEC-1",),
    }
    placed = {box.dot.id: box.x for box in draw(graph.dots).boxes}
    assert sorted(placed, key=lambda name: placed[name]) == list(behind)


def test_a_rule_that_one_clause_kept_silent_came_close(tiny_advisor: Advisor, shipped_advisor: Advisor) -> None:
    silent = Receipts(tiny_advisor).make({"runway": "long"}, TIME)
    found = {miss.rule.id: miss for miss in view(silent, shipped_advisor).near_misses()}
    miss = found["DER-1"]
    assert (miss.part, [clause.fact for clause in miss.clauses], miss.truth) == ("all", ["runway"], False)
    unanswered = Receipts(tiny_advisor).make({}, TIME)
    open_one = {miss.rule.id: miss for miss in view(unanswered, shipped_advisor).near_misses()}["DER-1"]
    assert open_one.truth is None


def cover(html: str) -> str:
    """What a reader of the page's cover reads, without markup."""
    return unescape(re.sub(r"<[^>]*>", " ", html[html.index('class="cover"') : html.index('<section id="advice"')]))


def test_the_cover_says_each_answer_in_the_words_of_its_question(full: Receipt, shipped_advisor: Advisor) -> None:
    told = cover(page(full, shipped_advisor))
    questions = shipped_advisor.questionnaire.by_id
    for name, answer in (("runway", "1 to 2 months"), ("situation", "Planning my own practice")):
        assert re.search(re.escape(questions[name].text) + r"\s+" + answer, told)


def test_the_points_on_the_cover_add_up(full: Receipt, shipped_advisor: Advisor) -> None:
    told = cover(page(full, shipped_advisor))
    sums = re.findall(r"\): ([^.]*)\. Together ([+-]?\d+)\.", told)
    assert len(sums) >= 3
    for addends, total in sums:
        assert sum(int(one) for one in re.findall(r"[+-]?\d+(?=;|$)", addends)) == int(total)


def test_the_cover_says_what_was_advised_and_why_and_who_judged(full: Receipt, shipped_advisor: Advisor) -> None:
    beside = (BesideLine(name="judgment 1", text='override, by "Ann": "She has a partner."', against=True),)
    told = cover(render_receipt_html(full, shipped_advisor.rulebase.wording, None, beside))
    plan = full.content.advice.plan
    for said in (plan.answer.how_sure, plan.stops[0].text, plan.rows[0].do, plan.reasons[0].text, beside[0].text):
        assert said in told


def test_the_answer_that_a_rule_came_close_by_makes_it_fire(full: Receipt, shipped_advisor: Advisor) -> None:
    told = {given.question: given.value for given in full.content.answers}
    single = {
        miss.clauses[0].fact: miss
        for miss in view(full, shipped_advisor).near_misses()
        if miss.part == "all" and miss.clauses[0].fact in view(full, shipped_advisor).questions
    }
    assert len(single) >= 3
    for fact, miss in list(single.items())[:3]:
        fired = shipped_advisor.advise({**told, fact: miss.clauses[0].values[0]}).trace.firings
        assert miss.rule.id in [firing.rule for firing in fired]


def test_no_rule_came_close_that_wants_an_answer_not_given(full: Receipt, shipped_advisor: Advisor) -> None:
    wanting = {rule.id for rule in full.content.rules if ("situation", "known", (False,)) in asked_of(rule)}
    assert wanting
    assert not wanting & {miss.rule.id for miss in view(full, shipped_advisor).near_misses()}


def asked_of(rule: QuotedRule) -> list[tuple[str, str, tuple[object, ...]]]:
    """The clauses that must all hold for a rule, as fact, test and values."""
    return [(clause.fact, clause.test, tuple(clause.values)) for clause in rule.when.all]


def test_the_terminal_view_names_answers_rules_and_decision(tiny: Receipt, shipped_advisor: Advisor) -> None:
    text = render_receipt_text(tiny, shipped_advisor.rulebase.wording, None, 80, ())
    assert tiny.id in text
    assert tiny.content_digest in text
    assert "All of it holds." in text
    assert "- WGH-1 (weigh): weigh cash: left +3" in text
    assert "[left]" in text
    assert max(map(len, text.splitlines())) <= 80
    assert "content_digest: wrong" in render_receipt_text(
        tiny, shipped_advisor.rulebase.wording, "content_digest: wrong", 80, ()
    )


def test_the_table_has_a_line_for_each_firing(tiny: Receipt) -> None:
    header, *rows = csv.reader(io.StringIO(render_receipt_csv(tiny, ())))
    assert tuple(header) == COLUMNS
    assert rows[0] == [
        "1", "DER-1", "1", "derive", "runway = short", "tight = true", "conclude tight = true", "K1", "book",
    ]  # fmt: skip
    assert [row[1] for row in rows] == ["DER-1", "WGH-1", "DEC-1"]


@given(st.text())
def test_no_cell_starts_a_formula(cell: str) -> None:
    made = guarded(cell)
    assert not made.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert "\n" not in made


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1"])
def test_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert guarded(cell) == "'" + cell.strip()


@given(st.text(), st.text())
def test_no_text_becomes_markup(text: str, value: str) -> None:
    reader = Reader()
    reader.feed(el("p", text, title=value))
    assert reader.tags == {"p"}
    assert reader.attributes == {"title"}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", 'https://a.example/"onclick="x'])
def test_only_a_web_address_becomes_a_link(address: str) -> None:
    assert "<a " not in link(address)
    assert link("https://a.example/b").startswith('<a href="https://a.example/b"')


@st.composite
def graphs(draw_: st.DrawFn) -> dict[str, Dot]:
    """Small graphs in which every node follows from earlier ones."""
    dots: dict[str, Dot] = {}
    for number in range(draw_(st.integers(1, 12))):
        behind = tuple(sorted(draw_(st.sets(st.sampled_from(list(dots)), max_size=3)))) if dots else ()
        kind = draw_(st.sampled_from(("answer", "rule"))) if not behind else "rule"
        dots[f"n{number}"] = Dot(f"n{number}", "answer" if kind == "answer" else "rule", "name", ("a line",), behind)
    return dots


@given(graphs())
def test_every_node_stands_right_of_what_it_follows_from_and_apart_from_the_others(dots: dict[str, Dot]) -> None:
    drawing = draw(dots)
    boxes = {box.dot.id: box for box in drawing.boxes}
    assert set(boxes) == set(dots)
    for name, dot in dots.items():
        assert all(boxes[one].x < boxes[name].x for one in dot.behind)
    for one in boxes.values():
        assert one.y >= 0
        assert one.y + one.height <= drawing.height
        others = [other for other in boxes.values() if other.x == one.x and other is not one]
        assert all(other.y + other.height <= one.y or one.y + one.height <= other.y for other in others)
    assert draw(dots) == drawing
