"""The answer to "why not?" as text, for a provider or an auditor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from advisor.model.why import ClauseNote, ContestPlace, Lost, WhyNot
from advisor.model.words import Words, joined
from advisor.rendering.why_basis import basis_lines
from advisor.rendering.why_in_words import Audience, WhyWords, kept_back_by
from advisor.rendering.why_layout import LaidLine, lay_out
from advisor.rendering.why_tree import WhyTree, answers_behind

NEAREST = 3
"""How many ways to a choice a provider is shown, the nearest first; an auditor is shown all."""


def render_why_not(why_not: WhyNot, wording: Mapping[str, str], width: int, audience: Audience = "provider") -> str:
    """The explanation as lines of at most `width` columns (20 at the least); `wording` is that of the rule base.

    Raises KeyError or RuleBaseError for wording that is not there.
    """
    words = Words(wording)
    return lay_out(_page(why_not, WhyWords(words, wording, audience)), words, width)


def _page(told: WhyNot, said: WhyWords) -> Iterator[LaidLine]:
    yield _title(told, said)
    tree = WhyTree(told.nodes, said, shallow=True)
    if told.happened:
        yield LaidLine(tree.text(told.about) if told.about else said(f"happened.{told.state}", title=told.title))
        yield LaidLine(said("ask_why", item=told.item))
    else:
        yield from _state(told, said, tree)
    if not told.happened or told.makers:
        yield from _makers(told, said, tree)
    if told.repairs:
        yield LaidLine(said("repairs"))
        yield from (LaidLine(repair, 1) for repair in told.repairs)
        if told.repairs_proof:
            yield LaidLine(told.repairs_proof)
    if said.auditor:
        roots = [*told.ruled_out_by, *(maker.rule for maker in told.makers)]
        yield from basis_lines(told.basis, said, [rule for root in roots if (rule := told.nodes[root].rule)])


def _title(told: WhyNot, said: WhyWords) -> LaidLine:
    title = said("flag.title", title=told.title) if told.state == "not_raised" else told.title
    if told.about:
        about = told.nodes[told.about]
        title = said.title(about.fact) if about.fact else about.title
    return LaidLine(said("why_not", title=title), -1)


def _state(told: WhyNot, said: WhyWords, tree: WhyTree) -> Iterator[LaidLine]:
    """How the thing stands: an option in the advice and on points, a fact by its value."""
    if told.kind in ("option", "add_on"):
        yield LaidLine(said(f"standing.{told.state}", title=told.title))
    elif told.state == "not_raised":
        yield LaidLine(said("flag.not_raised", title=told.title))
    elif told.state == "not_running":
        yield LaidLine(said("not_running"))
    elif told.about:
        yield from _about(told, said, tree)
    else:
        yield LaidLine(said("silent_item", title=told.title))
    if told.kind == "option":
        yield LaidLine(said("instead", title=told.recommended))
        if told.fallback:
            yield LaidLine(said("fallback"))
    if told.ruled_out_by:
        yield LaidLine(said("ruled_out"))
        for key in told.ruled_out_by:
            yield from tree.lines(key, 1)
    if told.place is not None:
        yield LaidLine(_place(told, told.place, said))
        if told.place.points or not told.place.not_in:
            yield LaidLine(said("points_more", option=told.item))


def _about(told: WhyNot, said: WhyWords, tree: WhyTree) -> Iterator[LaidLine]:
    node = told.nodes[told.about]
    yield LaidLine(tree.text(told.about))
    if node.kind == "default":
        yield LaidLine(said("by_default"))
    yield from _clauses(told, node.clauses, 1, said, tree)
    if not node.behind:
        return
    yield LaidLine(said("worked_from"))
    answers = () if said.auditor else answers_behind(told.nodes, told.about)
    yield from (LaidLine(tree.text(key), 1) for key in answers)
    for link in () if answers else node.behind:
        yield from tree.lines(link.to, 1)


def _place(told: WhyNot, place: ContestPlace, said: WhyWords) -> str:
    if place.not_in:
        points = said.words.counted("render.points", place.points)
        return said(f"place.{place.not_in}", points=points, branch=place.branch)
    points, leader = (said.words.counted("render.points", n) for n in (place.points, place.leader_points))
    order = said("place.order", points=points, leader=place.leader_title, leader_points=leader)
    if place.leader == told.item:
        return said("place.first")
    apart = said.words.counted("render.points", abs(place.behind))
    key = "behind" if place.behind > 0 else "ahead" if place.behind < 0 else "level"
    ties = [said("place.tie_lost", text=WhyTree(told.nodes, said).text(tie)) for tie in place.ties_lost]
    if not ties and not place.behind:
        ties = [said("place.listed")]
    return joined(order, said(f"place.{key}", behind=apart, ahead=apart), *ties)


def _makers(told: WhyNot, said: WhyWords, tree: WhyTree) -> Iterator[LaidLine]:
    group = "option" if told.kind == "option" else "known" if told.state == "known" else "other"
    if not told.makers:
        if not told.about or (told.about.startswith("fact ") and not told.nodes[told.about].behind):
            yield LaidLine(said("makers.none_option" if group == "option" else "makers.none_other"))
        return
    fired = [maker for maker in told.makers if maker.fired]
    if fired:
        yield LaidLine(said("makers.fired"))
    for maker in fired:
        yield from tree.lines(maker.rule, 1)
        yield LaidLine(_lost(told, maker, said, tree), 2)
    silent = [maker.rule for maker in told.makers if not maker.fired]
    if silent:
        yield LaidLine(said("makers.option_only" if group == "option" and not fired else f"makers.{group}"))
        yield from _silent(told, silent, said, tree)


def _silent(told: WhyNot, rules: Sequence[str], said: WhyWords, tree: WhyTree) -> Iterator[LaidLine]:
    """The rules that stayed silent, each with its clauses and how they came out; a provider sees the nearest only."""
    every = said.auditor or told.kind == "rule"
    shown = rules if every else sorted(rules, key=lambda rule: len(kept_back_by(told.nodes[rule])))[:NEAREST]
    for rule in shown:
        node = told.nodes[rule]
        yield LaidLine(tree.text(rule), 1)
        yield from _clauses(told, node.clauses if every else kept_back_by(node), 2, said, tree)
    if len(shown) < len(rules):
        yield LaidLine(said("makers.more", count=len(rules) - len(shown)))


def _clauses(
    told: WhyNot, clauses: Iterable[ClauseNote], depth: int, said: WhyWords, tree: WhyTree
) -> Iterator[LaidLine]:
    """Clauses with how each came out; those of which one is enough stand under a line of their own."""
    choice = []
    for clause in clauses:
        if clause.part == "any":
            choice.append(clause)
        else:
            yield from _clause(told, clause, depth, said, tree)
    if len(choice) > 1:
        yield LaidLine(said("clause.any"), depth)
    for clause in choice:
        yield from _clause(told, clause, depth + (len(choice) > 1), said, tree)


def _clause(told: WhyNot, clause: ClauseNote, depth: int, said: WhyWords, tree: WhyTree) -> Iterator[LaidLine]:
    if said.auditor:
        yield from tree.lines(clause.because, depth, lambda text: said.tested(clause, text))
        return
    behind: tuple[str, ...] = ()
    if not clause.because.startswith("question ") and clause.helps is not True:
        behind = answers_behind(told.nodes, clause.because)
    key = f"answers {' '.join(behind)}" if behind else ""
    again = bool(behind) and not tree.first(key)
    yield LaidLine(said.tested(clause, tree.text(clause.because)), depth, key, again)
    if not again:
        yield from (LaidLine(tree.text(key), depth + 1) for key in behind)


def _lost(told: WhyNot, maker: Lost, said: WhyWords, tree: WhyTree) -> str:
    if not maker.beaten_by:
        return said("makers.lost_ruled_out")
    text = said("makers.lost", text=tree.text(maker.beaten_by))
    winner = told.nodes[maker.beaten_by].rule
    if not said.auditor or winner is None:
        return text
    mark = said("makers.priority", priority=maker.priority, rule=winner.id, beaten=maker.beaten_priority)
    return joined(text, mark)
