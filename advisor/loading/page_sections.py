"""Reads the sections of a page in which an entry says only what is its own: cases, stops, rows, lines and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from advisor.loading.conditions import read_condition
from advisor.loading.fields import Fields
from advisor.loading.page import Opened, Person
from advisor.loading.resources import sha256
from advisor.loading.rule import spoken_to
from advisor.loading.rulebase_files import line
from advisor.loading.yaml_reader import Node
from advisor.model.condition import Clause, Condition
from advisor.model.facts import Stratum
from advisor.model.figures import ENDS
from advisor.model.page import QUESTION
from advisor.model.rule import (
    MEDIA,
    WEIGHTS,
    Action,
    AddOn,
    CaseAnswer,
    Conclude,
    Example,
    Line,
    Medium,
    Note,
    Part,
    PlanRow,
    Recommend,
    RedFlag,
    Rule,
    Say,
    Time,
    Weight,
)
from advisor.model.template import Template

SURE: Mapping[str, str] = {"clear": "clear", "fairly": "lean", "close": "toss_up", "open": "provisional"}
"""How sure an answer is, in the words of a page, and the confidence that it stands for."""

_SEVERITY = {"stop": 3, "act": 2}
_MOST_WORDS: Mapping[str, int] = {
    "answer": 52, "brief": 26, "because": 20, "turns": 30, "right_when": 45, "stop": 40, "clause": 15, "do": 36,
    "done": 9, "line": 46, "reply": 60, "say": 110,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """One entry being read: its keys, its own text, and the page it stands on."""

    opened: Opened
    fields: Fields
    text: str

    def words(self, key: str, kind: str, fields: Fields | None = None) -> Template:
        """A text of at most so many words as its kind may have."""
        fields = fields or self.fields
        at = fields.line_of(key)
        text = fields.template(key)
        most, count = _MOST_WORDS[kind], words_in(text)
        if count > most:
            raise fields.problem(at, key, f"the text has {count} words", f"at most {most}")
        return text

    def rule(self, stratum: Stratum, actions: tuple[Action, ...], why: Template, *also: Clause) -> Rule:
        """The rule of an entry: what its section read, and what every entry has besides."""
        page, fields = self.opened.page, self.fields
        when = read_condition(fields, optional=True)
        if fields.has("why"):
            why = fields.template("why")
        title = line(fields, "title", why.source)
        caveats = fields.texts("caveats", optional=True)
        claims = fields.texts("claims", optional=True) or self.opened.page_claim
        sources = fields.texts("sources", optional=True)
        made = Rule(
            fields.path, title, 1, "stable", page.since, stratum,
            spoken_to(page, Condition((*also, *when.all), when.any, when.none)),
            actions, why, caveats, claims, sources, page.review_by,
            (*self._examples("fires", True), *self._examples("silent", False)),
            page.file, fields.line, sha256(self.text.encode()), {}, self.text,
        )  # fmt: skip
        fields.done("when", "title", "why", "caveats", "claims", "sources")
        return made

    def _examples(self, key: str, fires: bool) -> tuple[Example, ...]:
        at, names = self.fields.line_of(key), self.fields.texts(key)
        if not names:
            raise self.fields.problem(at, key, "the list is empty", "the name of one of `people` at least")
        people: Mapping[str, Person] = self.opened.people
        found = []
        for name in names:
            if name not in people:
                raise self.fields.problem(at, key, f"`{name}` is not one of `people`", "one of " + ", ".join(people))
            found.append(Example(name, people[name].given, people[name].said, fires, at))
        return tuple(found)


def _means(entry: SectionEntry) -> Rule:
    fields = entry.fields
    stratum: Stratum = "derive"
    if fields.has("stratum"):
        stratum = cast(Stratum, fields.word("stratum", ("derive", "constrain")))

    def one(item: Node) -> Conclude:
        inner = fields.of(item, "conclude")
        made = Conclude(inner.text("fact"), inner.value("value"))
        inner.done()
        return made

    at = fields.take("conclude")
    concluded = tuple(one(item) for item in (at.items if at.kind == "list" else [at]))
    spec = entry.opened.fact(concluded[0].fact)
    return entry.rule(stratum, concluded, Template.of(f"{spec.title}." if spec else concluded[0].fact))


def _answer(entry: SectionEntry) -> Rule:
    """A case. Its place among all cases is known only when every page is read, so its priority is set then."""
    fields, page = entry.fields, entry.opened.page
    leads = fields.text("leads", QUESTION)
    option, add_ons = fields.text("option"), fields.texts("add_ons", optional=True)
    text, nothing = entry.words("answer", "answer"), Template.of("")
    brief = entry.words("brief", "brief") if leads == QUESTION or fields.has("brief") else nothing
    sure = fields.word("sure", list(SURE))
    because = entry.words("because", "because")
    turns = entry.words("turns", "turns") if fields.has("turns") else nothing
    second, right_when = "", None
    if fields.has("second"):
        inner = fields.inside("second")
        second, right_when = inner.text("option"), entry.words("right_when", "right_when", inner)
        inner.done()
    answer = CaseAnswer(page.id, leads, fields.line, text, brief, sure, because, turns, second, right_when)
    actions: tuple[Action, ...] = (Recommend(option, 0, SURE[sure]), answer, *(AddOn(one) for one in add_ons))
    asked = (Clause(QUESTION, "is", (page.id,), fields.line),) if leads == QUESTION else ()
    return entry.rule("decide", actions, text, *asked)


def _stop(entry: SectionEntry) -> Rule:
    fields = entry.fields
    severity = _SEVERITY[fields.word("severity", list(_SEVERITY))]
    text, against = entry.words("text", "stop"), fields.texts("against", optional=True)
    clause = entry.words("clause", "clause") if against or fields.has("clause") else None
    return entry.rule("constrain", (RedFlag(fields.path, severity, text, against, text, clause),), text)


def _row(entry: SectionEntry) -> Rule:
    fields = entry.fields
    time = _time(fields)
    do = entry.words("do", "do")
    done = entry.words("done", "done") if fields.has("done") else Template.of("")
    key = fields.text("row", "")
    return entry.rule("plan", (PlanRow(time, do, done, key, _weight(fields)),), do)


def _weight(fields: Fields) -> Weight:
    return cast(Weight, fields.word("weight", list(WEIGHTS))) if fields.has("weight") else "should"


def _time(fields: Fields) -> Time:
    node = fields.take("time")
    if node.kind == "scalar":
        word = fields.folded(node, "time")
        if word not in ("today", "this_week", "later"):
            raise fields.problem(node, "time", f"`{word}` is no time", "today, this_week, later, or a mapping")
        return Time(word)
    inner = fields.of(node, "time")
    kinds = [kind for kind in ("by_day", "every_days", "before", "within", "after", "not_before") if inner.has(kind)]
    if len(kinds) != 1:
        raise inner.problem(node, "", "this is no time", "one of by_day, every_days, before, within, after, not_before")
    kind = kinds[0]
    if kind == "not_before":
        made = Time(kind, event=inner.template(kind))
    elif kind in ("by_day", "every_days"):
        made = Time(kind, inner.whole(kind))
    else:
        event = inner.template("event") if inner.has("event") else Template.of("that date")
        made = Time(kind, inner.whole("days", 0), inner.text(kind), event)
    inner.done()
    return made


def _reason(entry: SectionEntry) -> Rule:
    part: Part = "against" if entry.fields.flag("against", False) else "reason"
    text = entry.words("text", "line")
    return entry.rule("plan", (Line(part, text, weight=_weight(entry.fields)),), text)


def _watch(entry: SectionEntry) -> Rule:
    text = entry.words("text", "line")
    return entry.rule("plan", (Line("watch", text, weight=_weight(entry.fields)),), text)


def _number(entry: SectionEntry) -> Rule:
    """A number is said once its figure is made; its examples need not work the figure out."""
    fields = entry.fields
    figure, text = fields.text("figure", ""), entry.words("text", "line")
    figures = dict.fromkeys([slot.rpartition(".")[0] for slot in text.slots if slot.endswith(ENDS)])
    ends = [f"{name}.low" for name in dict.fromkeys([*([figure] if figure else []), *figures])]
    ends += [slot for slot in text.slots if slot.endswith(ENDS)]
    ends = list(dict.fromkeys(ends))
    rule = entry.rule(
        "plan", (Line("number", text, figure),), text, *(Clause(end, "known", (True,), fields.line) for end in ends)
    )
    made = dict.fromkeys(ends, 1)
    return replace(rule, examples=tuple(replace(e, given={**made, **e.given}) if e.fires else e for e in rule.examples))


def _find_out(entry: SectionEntry) -> Rule:
    fact, text = entry.fields.text("fact", ""), entry.words("text", "line")
    unknown = (Clause(fact, "known", (False,), entry.fields.line),) if fact else ()
    line = Line("find_out", text, fact=fact, weight=_weight(entry.fields))
    return entry.rule("plan", (line,), text, *unknown)


def _reply(entry: SectionEntry) -> Rule:
    """What is said to a person who chose this wish; the first reply to it that holds is the one that is said.

    One that is said `beside` is for those who came with another question and have this page's too; one that says who
    answers it `elsewhere` stands last, with what is to be found out. On a page that asks no questions itself, the wish
    was picked for its own sake, whatever the person came with, and the reply must be said.
    """
    fields, page = entry.fields, entry.opened.page
    if fields.has("beside"):
        return _beside(entry)
    at = fields.line_of("to")
    wish = fields.text("to")
    if not page.wishes:
        expected = "`wishes:` in its head, the question that is replied to"
        raise fields.problem(at, "to", "the page has no `wishes`", expected)
    text, chosen = entry.words("text", "reply"), f"{page.wishes}.{wish}"
    weight: Weight = "could" if fields.flag("elsewhere", False) else "should" if page.questions else "must"
    reply = Line("reply", text, fact=chosen, weight=weight)
    return entry.rule("plan", (reply,), text, Clause(chosen, "is", (True,), at))


def _beside(entry: SectionEntry) -> Rule:
    fields, page = entry.fields, entry.opened.page
    at, text = fields.line_of("beside"), entry.words("text", "reply")
    if not fields.flag("beside", False) or not page.speaks_to.all:
        raise fields.problem(at, "beside", "the page speaks to everybody or it says no", "`true`, on a page of a topic")
    topic = page.speaks_to.all[0].fact
    rule = entry.rule("plan", (Line("reply", text, fact=topic, weight="must"),), text)
    elsewhere = Clause(QUESTION, "is", (page.id,), at)
    return replace(rule, when=replace(rule.when, none=(*rule.when.none, elsewhere)))


def _say(entry: SectionEntry) -> Rule:
    fields = entry.fields
    to, by = fields.template("to"), cast(Medium, fields.word("by", list(MEDIA)))
    text = entry.words("text", "say")
    return entry.rule("plan", (Say(to, by, text),), text)


def _note(entry: SectionEntry) -> Rule:
    note = Note(entry.fields.text("topic"), entry.fields.template("text"))
    return entry.rule("plan", (note,), note.text)


def words_in(text: Template) -> int:
    """How many words a text has; a placeholder counts as the words it falls back on, or as one."""
    count = 0
    for i, part in enumerate(text.parts):
        count += max(1, len(part.rpartition("|")[2].split())) if i % 2 else len(part.split())
    return count


def read_entries(key: str) -> Callable[[Opened, Node], None]:
    """The reader of a section of entries."""

    def read(opened: Opened, node: Node) -> None:
        def one(fields: Fields, text: str) -> Rule:
            fields.path = fields.text("id")
            return ENTRY_READERS[key](SectionEntry(opened, fields, text))

        opened.entries(key, node, one)

    return read


ENTRY_READERS: Mapping[str, Callable[[SectionEntry], Rule]] = {
    "means": _means, "answers": _answer, "replies": _reply, "stops": _stop, "plan": _row, "reasons": _reason,
    "watch": _watch, "numbers": _number, "find_out": _find_out, "say": _say, "notes": _note,
}  # fmt: skip
"""How the entries of each section are read, in the order in which the sections stand on a page."""
