"""The answer to "why?" as text: a sentence, a paragraph or the whole tree, for a provider or an auditor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from advisor.model.why import ContestNote, RuleNote, Why
from advisor.model.words import Words, joined
from advisor.rendering.why_basis import basis_lines
from advisor.rendering.why_in_words import Audience, WhyWords
from advisor.rendering.why_layout import LaidLine, lay_out
from advisor.rendering.why_tree import WhyTree

Length: TypeAlias = Literal["sentence", "paragraph", "tree"]


def render_why(
    why: Why, wording: Mapping[str, str], width: int, length: Length = "paragraph", audience: Audience = "provider"
) -> str:
    """The explanation as lines of at most `width` columns (20 at the least); `wording` is that of the rule base.

    A provider reads the rules' own sentences with the answers; an auditor also ids, clauses, claims and sources. Raises
    KeyError or RuleBaseError for wording that is not there.
    """
    words = Words(wording)
    page = {"sentence": _sentence, "paragraph": _paragraph, "tree": _tree}[length]
    return lay_out(page(why, WhyWords(words, wording, audience)), words, width)


def _sentence(why: Why, said: WhyWords) -> Iterator[LaidLine]:
    texts = why.sentences[:1] if why.root == "recommendation" else why.sentences
    opening = [] if why.kind == "rule" and why.holds else [*_opening(why, said)]
    yield LaidLine(joined(*opening, *texts))


def _paragraph(why: Why, said: WhyWords) -> Iterator[LaidLine]:
    yield _title(why, said)
    yield from (LaidLine(text) for text in _opening(why, said))
    if why.root == "recommendation":
        yield from _chosen(why, said)
    rules = _rules(why)
    if why.root.startswith(("option ", "fact tally.", "fact score.")):
        yield from _points(why, said)
    for text in () if why.root.startswith(("fact tally.", "fact score.")) else why.sentences:
        yield LaidLine(_with_caveats(rules[text], said) if text in rules else text)
    yield from _answers(why, said)
    yield from _through(why, said)
    if _more_to_say(why):
        yield LaidLine(said("ask_why_not", item=why.item))
    if said.auditor:
        yield from basis_lines(why.basis, said, list(rules.values()))


def _tree(why: Why, said: WhyWords) -> Iterator[LaidLine]:
    yield _title(why, said)
    tree = WhyTree(why.nodes, said)
    if why.root == "recommendation" or why.kind in ("option", "add_on"):
        yield from (LaidLine(text) for text in _opening(why, said))
        if why.root == "recommendation":
            yield from _chosen(why, said)
        yield from [*tree.lines(why.root, 0)][1:]
    else:
        yield from tree.lines(why.root, 0)
        yield from (LaidLine(text) for text in why.sentences if why.nodes[why.root].kind == "figure")
    if said.auditor:
        yield from basis_lines(why.basis, said, [node.rule for node in why.nodes.values() if node.rule])


def _title(why: Why, said: WhyWords) -> LaidLine:
    fact = why.nodes[why.root].fact
    flag = why.kind == "red_flag" and not why.holds
    title = said("flag.title", title=why.title) if flag else why.title
    return LaidLine(said("title", title=said.title(fact) if fact and why.kind == "fact" else title), -1)


def _opening(why: Why, said: WhyWords) -> Iterator[str]:
    """What it is that the rest explains."""
    root = why.nodes[why.root]
    if why.root == "recommendation":
        yield said("recommended", title=root.title)
    elif why.kind in ("option", "add_on"):
        yield said(f"standing.{why.standing}", title=why.title)
    elif root.kind == "silent":
        yield said("silent_item", title=why.title)
    elif root.kind != "rule":
        yield WhyTree(why.nodes, said).text(why.root)
        if root.kind == "default" and why.kind == "fact":
            yield said("by_default")


def _chosen(why: Why, said: WhyWords) -> Iterator[LaidLine]:
    """How the recommendation was made: by points, by a rule, or because nothing was left; and what else was open."""
    root, contest = why.nodes[why.root], _contest(why)
    winner = next((link for link in root.behind if link.standing == "recommended"), None)
    if winner is None:
        yield LaidLine(said("chosen.fallback"))
    elif winner.confidence == "by_margin" and contest.order and contest.order[0][1] == root.title:
        yield LaidLine(said("chosen.points"))
        yield from (LaidLine(place, 1) for place in said.places(contest))
        for link in why.nodes["contest"].behind:
            if link.word == "broke_tie":
                yield LaidLine(joined(said.link(link), WhyTree(why.nodes, said).text(link.to)))
    else:
        yield LaidLine(said("chosen.rule"))
    told: dict[str, None] = {}
    for link in root.behind:
        if link.word == "proposed" and (said.auditor or link.standing != "recommended"):
            rule = why.nodes[link.to].rule
            told[joined(said.link(link), f"[{rule.id}]" if said.auditor and rule else "")] = None
    yield from (LaidLine(text) for text in told)


def _points(why: Why, said: WhyWords) -> Iterator[LaidLine]:
    """The points of an option or a score, line by line, each with the sentence of its rule."""
    root = why.nodes[why.root]
    if root.kind == "option":
        root = next(why.nodes[link.to] for link in root.behind if link.word == "counted")
    lines = [link for link in root.behind if link.word in ("weighed", "added")]
    total = sum(link.points or 0 for link in lines)
    points = said.words.counted("render.points", total)
    yield LaidLine(said("points_are", points=points) if lines else said("points_none"))
    tree = WhyTree(why.nodes, said)
    yield from (LaidLine(joined(said.link(link), tree.text(link.to)), 1) for link in lines)


def _with_caveats(rule: RuleNote, said: WhyWords) -> str:
    return joined(said.rule(rule), *(said("caveat", text=caveat) for caveat in rule.caveats))


def _more_to_say(why: Why) -> bool:
    """Whether why-not has more to tell: of what did not come about, unless it is only an answer that was not given."""
    root = why.nodes[why.root]
    if root.answer is not None:
        return root.answer.said in ("set_aside", "not_applying")
    return not why.holds or root.kind == "default"


def _answers(why: Why, said: WhyWords) -> Iterator[LaidLine]:
    if why.kind == "question" or why.nodes[why.root].kind == "silent":
        return
    if why.answers:
        yield LaidLine(said("answers"))
        yield from (LaidLine(said.answer(note), 1) for note in why.answers)
    elif why.holds and not why.through and why.root != "recommendation":
        yield LaidLine(said("no_answers"))


def _through(why: Why, said: WhyWords) -> Iterator[LaidLine]:
    if why.root == "recommendation":
        return
    for key in why.through:
        node = why.nodes[key]
        if node.contest is None:
            yield LaidLine(said("through_advice", title=node.title))
        elif node.contest.order:
            yield LaidLine(said("through"))
            yield from (LaidLine(place, 1) for place in said.places(node.contest))
        else:
            yield LaidLine(said("no_contest"))


def _rules(why: Why) -> Mapping[str, RuleNote]:
    """The rules whose sentences these are, by sentence."""
    rules = [node.rule for node in why.nodes.values() if node.rule is not None and node.kind == "rule"]
    return {rule.text: rule for rule in reversed(rules) if rule.text in why.sentences}


def _contest(why: Why) -> ContestNote:
    return why.nodes["contest"].contest or ContestNote(branch="", order=(), margin=0)
