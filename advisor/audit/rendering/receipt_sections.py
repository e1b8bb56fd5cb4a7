"""The sections of the page about a receipt, after the advice: answers, rules that fired, near misses, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from advisor.audit.model.judgment import BesideLine
from advisor.audit.model.quotes import QuotedRule
from advisor.audit.rendering.receipt_view import COULD_BE_ASKED, NearMiss, ReceiptView, clause_line, rule_yaml, shown
from advisor.model.facts import STRATA
from advisor.model.trace import Firing
from advisor.model.words import clean
from advisor.rendering.html_tree import Html, anchor, el, link, table, together

_SPEAKING = tuple(stratum for stratum in STRATA if stratum != "derive")


def beside(say: Callable[..., str], lines: Sequence[BesideLine]) -> Html:
    """What stands beside a receipt: its signature, and what people made of its advice."""
    return el("ul", (el("li", say("beside.line", name=line.name, text=clean(line.text))) for line in lines))


def answers(view: ReceiptView) -> Iterator[Html]:
    """Every answer beside the wording it answers, then the questions that have none, and why."""
    say, words = view.say, view.words
    columns = tuple(say(f"column.{name}") for name in ("question", "wording", "answer", "origin"))
    rows = (
        (
            given.question,
            view.questions[given.question].wording.text,
            together(view.answer(given), None if given.counted else " " + say("set_aside")),
            say(f"origin.{given.origin}"),
        )
        for given in view.content.answers
    )
    yield table(say("caption.answers"), columns, rows)
    skipped = [
        (one.question, view.questions[one.question].wording.text, say(f"reason.{one.reason}"), one.proof or say("none"))
        for one in view.content.skipped
        if one.question in view.open_to_an_answer
    ]
    if skipped:
        columns = tuple(say(f"column.{name}") for name in ("question", "wording", "reason", "proof"))
        title = words.counted("render.receipt.skipped", len(skipped))
        yield more(title, table(say("caption.skipped"), columns, skipped))
    for reason, count in Counter(one.reason for one in view.content.skipped).items():
        if reason not in COULD_BE_ASKED:
            yield el("p", f"{say(f'reason.{reason}')}: {words.counted('render.receipt.skipped', count)}")


def fired(view: ReceiptView) -> Iterator[Html]:
    """The rules that fired, by stratum, each with what it matched and did, its YAML and its sources."""
    yield el("p", view.say("intro.fired"))
    for stratum in STRATA:
        found = [firing for firing in view.trace.firings if firing.stratum == stratum and firing.rule in view.rules]
        if found:
            yield el("h3", view.say(f"stratum.{stratum}"))
        yield from (_rule(view, firing, view.rules[firing.rule]) for firing in found)


def near_misses(view: ReceiptView) -> Iterator[Html]:
    """The rules that one answer alone kept silent, by stratum, but for those that only say what answers mean."""
    say = view.say
    yield el("p", say("intro.near"))
    columns = tuple(say(f"column.{name}") for name in ("rule", "title", "clause", "found", "stands"))
    found = list(view.near_misses())
    for stratum in _SPEAKING:
        own = [miss for miss in found if miss.rule.stratum == stratum]
        if own:
            title = view.words.counted("render.receipt.near", len(own))
            heading = say(f"stratum.{stratum}")
            rows = (_near(view, miss) for miss in own)
            yield more(f"{heading}: {title}", table(say("caption.near", stratum=heading), columns, rows))


def sources(view: ReceiptView) -> Html:
    """The sources that the fired rules cite, with grade, date and address."""
    say = view.say
    rows = [
        (
            el("span", one.id, id=anchor("source", one.id)),
            together(one.title, " ", say("by", publisher=one.publisher)),
            view.grade(one),
            say("dates", dated=one.dated, accessed=one.accessed),
            together(el("div", link(address)) for address in one.address),
        )
        for one in view.content.sources
    ]
    columns = tuple(say(f"column.{name}") for name in ("source", "title", "grade", "dates", "address"))
    return table(say("caption.sources"), columns, rows) if rows else el("p", say("none"))


def more(title: str, *inside: Html, level: str = "h3", id_: str | None = None) -> Html:
    """A part that opens on request; on paper it is always open."""
    return el("details", el("summary", el(level, title)), *inside, id=id_)


def _rule(view: ReceiptView, firing: Firing, rule: QuotedRule) -> Html:
    say = view.say
    matched = [f"{fact} = {say('not_known') if value is None else shown(value)}" for fact, value in
               sorted(firing.matched.items())]  # fmt: skip
    terms = (
        (say("label.matched"), "; ".join(matched) or say("none")),
        (say("label.did"), "; ".join(firing.did)),
        (say("label.file"), f"{rule.file}, sha256:{rule.file_digest}"),
        (say("label.digest"), rule.digest),
    )
    return more(
        f"{rule.id}: {rule.title}",
        facts(terms),
        el("pre", el("code", rule_yaml(rule)), tabindex=0, role="group", aria_label=say("yaml_of", rule=rule.id)),
        el("ul", _sources_of(view, rule.sources), class_="sources") if rule.sources else el("p", say("none")),
        level="h4",
        id_=anchor("rule", rule.id),
    )


def facts(pairs: Iterable[tuple[str, str]]) -> Html:
    """Names and values."""
    return el("dl", (el("div", el("dt", name), el("dd", value)) for name, value in pairs))


def _sources_of(view: ReceiptView, cited: Iterable[str]) -> Iterator[Html]:
    known = {one.id: one for one in view.content.sources}
    for name in cited:
        if name in known:
            one = known[name]
            grade = view.grade(one)
            yield el("li", el("a", name, href="#" + anchor("source", name)), f": {one.title} ({grade})")
        else:
            yield el("li", name)


def _near(view: ReceiptView, miss: NearMiss) -> tuple[str | Html, ...]:
    say = view.say
    clauses = f" {say('or')} ".join(clause_line(clause) for clause in miss.clauses)
    found = "; ".join(f"{fact} = {view.value(fact)}" for fact in dict.fromkeys(clause.fact for clause in miss.clauses))
    stands = "unknown" if miss.truth is None else "true" if miss.truth else "false"
    return miss.rule.id, miss.rule.title, el("code", f"{miss.part}: {clauses}"), found, say(f"truth.{stands}")
