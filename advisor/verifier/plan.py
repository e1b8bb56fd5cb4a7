"""The plan page, put together again from the rules that fired."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

from advisor.verifier.actions import WEIGHTS
from advisor.verifier.canonical import Hole, Json, Missing
from advisor.verifier.derivation import Derivation
from advisor.verifier.shape import differing
from advisor.verifier.words import Words, citing, day

THIS_WEEK = 6  # days by which "this week" ends
WAITING, LATER = 100_000, 200_000  # order rows of the plan that have no day behind those that have one
LEADING, LEADING_REPLIES, MOST_EARLY = 1, 2, 2  # lines before those that must be said, and how many of these are early
SURENESS = {"clear": "clear", "lean": "fairly", "toss_up": "close"}
WHOSE = "plan.whose."  # wordings of for whom the page is
BLANK = "____"  # what a text to use leaves to fill in


class Plan:
    """The plan page, put together again from the rules that fired."""

    def __init__(self, made: Derivation, words: Words) -> None:
        self.made, self.words = made, words
        self.shown = made.content["advice"]["plan"]
        self.as_of = date.fromisoformat(made.trace["as_of"]) if made.trace["as_of"] else None
        self.asked = str(made.known.values.get("question", ""))
        chosen = next((one["rule"] for one in made.proposals if one["standing"] == "recommended"), None)
        self.rule = made.rules[chosen] if chosen is not None else None
        self.lead = next((one for one in self.rule["then"] if one["do"] == "answer"), None) if self.rule else None
        leading = self.lead["page"] if self.lead else ""
        own = [
            pair for pair in made.doing("answer")
            if pair[1]["page"] == self.asked and pair[1] is not self.lead and leading != self.asked
        ]  # fmt: skip
        self.own = min(own, key=lambda pair: int(pair[1]["place"])) if own else None
        self.first = [page for page in dict.fromkeys((leading, self.asked)) if page]
        pages = [page["id"] for page in made.content["decision"]["pages"]]
        self.places = {page: place for place, page in enumerate(dict.fromkeys((*self.first, *pages)))}

    def problems(self) -> Iterator[str]:
        """Where the page shown is not this one."""
        for part, expected in self.parts():
            yield from differing(f"advice.plan.{part}", self.shown.get(part, ""), expected)

    def parts(self) -> Iterator[tuple[str, Json]]:
        """Each part of the page, the last only beside a rulebook."""
        stops, rows = self.stops(), self.rows()
        reasons, numbers = self.lines("reason", "against"), self.lines("number")
        watch, find_out, replies = self.lines("watch"), self.lines("find_out"), self.lines("reply")
        other = self.other()
        yield from {
            "as_of": self.made.trace["as_of"], "whose": self.whose(), "stops": stops, "rows": rows, "reasons": reasons,
            "watch": watch, "numbers": numbers, "find_out": find_out, "replies": replies,
            "scripts": self.scripts(), "other": other,
        }.items()  # fmt: skip
        answer = self.answer(stops)
        yield "answer", answer
        lines = [*replies, *stops, *rows, *reasons, *watch, *numbers, *find_out, *([other] if other else [])]
        yield "rests_on", rests_on(answer, lines)
        if self.made.book is not None:
            leaning = {*self.made.book["showing"]["publisher_claims"]}
            yield "leans_with_publisher", any(leaning & {*one["claims"]} for one in (*reasons, answer))

    def ranked(self, *kinds: str) -> list[tuple[Json, Json]]:
        """What fired rules say of some kinds: the page that leads first, then that of the question, then the others."""
        found = [pair for kind in kinds for pair in self.made.doing(kind)]
        last = len(self.places)
        return sorted(found, key=lambda pair: (self.places.get(pair[0]["page"], last), pair[0]["line"], pair[0]["id"]))

    def said(self, text: str, rule: Json) -> dict[str, Json]:
        """A line of the page."""
        return {"text": self.words.fill(text), "rule": rule["id"], **citing(rule)}

    def answer(self, stops: list[Json]) -> Json:
        """The answer and how sure it is."""
        words, first, confidence = self.words, self.made.choice[0], self.made.choice[2]
        rules = [self.rule] if self.rule else []
        if self.lead is not None:
            sure, parts = self.lead["sure"], [words.fill(self.lead["text"])]
            how = [words.heading(f"plan.sure.{sure}", because=words.inside(self.lead["because"]))]
            if self.lead["turns"]:
                how.append(words.heading("plan.turns", turns=words.fill(self.lead["turns"])))
        else:
            sure = SURENESS.get(confidence, "open")
            parts = [words.heading("plan.fallback", headline=self.made.options[first]["headline"])]
            how = [words.heading(f"plan.sure_plain.{sure}")]
        if self.own is not None:
            parts.append(words.fill(self.own[1]["brief"]))
            rules.append(self.own[0])
        for stop in stops:
            rule = self.made.rules[stop["rule"]]
            clauses = [one["clause"] for one in rule["then"] if one["do"] == "red_flag" and "clause" in one]
            if clauses and first in stop["against"] and all(rule is not one for one in rules):
                parts.append(words.heading("plan.clause", clause=words.inside(clauses[0])))
                rules.append(rule)
        return {
            "page": self.lead["page"] if self.lead else "", "asked": self.asked, "text": _joined(parts), "sure": sure,
            "how_sure": _joined(how), "rules": [rule["id"] for rule in rules],
            "claims": list(dict.fromkeys(claim for rule in rules for claim in rule["claims"])),
            "sources": list(dict.fromkeys(source for rule in rules for source in rule["sources"])),
        }  # fmt: skip

    def other(self) -> Json:
        """The other choice, where the leading case names one."""
        if self.lead is None or self.rule is None or "right_when" not in self.lead:
            return None
        second = self.lead["second"]
        title = self.made.options[second]["title"]
        return {**self.said(self.lead["right_when"], self.rule), "option": second, "title": title}

    def stops(self) -> list[Json]:
        """What must wait or come first: what speaks against the option first, then the gravest."""
        made: dict[str, Json] = {}
        for rule, one in self.ranked("red_flag"):
            if "stop" in one:
                line = {**self.said(one["stop"], rule), "severity": one["severity"], "against": one["against"]}
                made.setdefault(line["text"], line)
        return sorted(made.values(), key=lambda one: (self.made.choice[0] not in one["against"], -one["severity"]))

    def rows(self) -> list[Json]:
        """The rows in time order, one for each key; the weightiest are shown."""
        found: dict[str, tuple[Json, Json]] = {}
        for rule, one in self.ranked("plan_row"):
            found.setdefault(one["key"] or self.words.fill(one["text"]), (rule, one))
        rows = list(found.values())

        def lightness(place: int) -> tuple[int, int]:
            rule, one = rows[place]
            return WEIGHTS.index(one["weight"]) + (rule["page"] not in self.first), place

        kept = sorted(range(len(rows)), key=lightness)[: self.made.content["decision"]["most_rows"]]
        moments = [self.moment(one["time"]) for _, one in rows]
        made = []
        for place in sorted(range(len(rows)), key=lambda place: (moments[place][0], place)):
            (rule, one), (_, due, when, words) = rows[place], moments[place]
            row = {
                "title": rule["title"], "when": words, "kind": one["time"]["kind"], "due": due,
                "date": when.isoformat() if when else None,
                "do": self.words.fill(one["text"]), "done": self.words.inside(one["done"]), "key": one["key"],
                "weight": one["weight"], "shown": place in kept, "rule": rule["id"], **citing(rule),
            }  # fmt: skip
            made.append(row)
        return made

    def moment(self, time: Json) -> tuple[tuple[int, int], int | None, date | None, str]:
        """The place in time order, the days from the day of the advice, that day, and the words for it."""
        kind, days = time["kind"], time["days"]
        event = self.words.inside(time.get("event"))
        if kind in ("before", "within", "after"):
            return self._around(kind, days, time["of"], event)
        if kind in ("not_before", "later"):
            order = WAITING if kind == "not_before" else LATER
            return (order, 0), None, None, self._when(kind, event=event)
        due = {"today": 0, "this_week": THIS_WEEK}.get(kind, days)
        when = self.as_of + timedelta(days=due) if self.as_of else None
        place, words = (due, int(kind == "every_days")), self._when(kind, days=str(days))
        if kind == "by_day" and when and self.as_of:
            when = self._working(when)
            due, words = (when - self.as_of).days, self._when("by_date", date=day(when, self.as_of))
        return place, due, when, words

    def _working(self, when: date) -> date:
        """The Friday before a day of a weekend, where that is not past on the day of the advice."""
        friday = when - timedelta(days=max(0, when.weekday() - 4))
        return friday if self.as_of is None or friday > self.as_of else when

    def _around(
        self, kind: str, days: int, of: str, event: str
    ) -> tuple[tuple[int, int], int | None, date | None, str]:
        away, given = -days if kind == "before" else days, self.made.known.values.get(of)
        last = kind in ("before", "within")
        if not isinstance(given, str):
            return (WAITING - last, away), None, None, self._when(f"{kind}_event", event=event)
        when = date.fromisoformat(given) + timedelta(days=away)
        due = (when - self.as_of).days if self.as_of else None
        if due is not None and due <= 0:
            return (0, 0), 0, self.as_of, self._when("today")
        order = WAITING // 2 if due is None else due
        if last:
            when = self._working(when)
            due = (when - self.as_of).days if self.as_of else None
        words = self._when("by_date" if last else "from_date", date=day(when, self.as_of))
        return (order, 0), due, when, words

    def _when(self, key: str, **slots: str) -> str:
        text = self.made.content["advice"]["headings"][f"plan.when.{key}"]
        return self.words.fill(text, False, **slots)

    def whose(self) -> str:
        """For whom the page is: the first wording of it, by the alphabet, whose facts are all known; or nothing."""
        for key, text in sorted(self.made.content["advice"]["headings"].items()):
            if key.startswith(WHOSE):
                with suppress(KeyError):
                    return self.words.fill(text, False)
        return ""

    def lines(self, *parts: str) -> list[Json]:
        """The reasons, the dangers, the numbers, or what to find out; what must be said stands early."""
        made: dict[str, tuple[str, Json]] = {}
        for rule, one in self.ranked("line"):
            answered = one["part"] == "reply" and one["weight"] == "must" and rule["page"] in self.first[:1]
            elsewhere = one["part"] == "reply" and one["weight"] == "could"
            if ("find_out" if elsewhere else one["part"]) in parts and not answered:
                line = self.said(one["text"], rule)
                if "number" in parts:
                    line |= self._number(one["figure"])
                elif "reason" in parts:
                    line["against"] = one["part"] == "against"
                wish = one["fact"] if one["part"] == "reply" else ""
                made.setdefault(one["figure"] or wish or line["text"], (one["weight"], line))
        leading = LEADING_REPLIES if parts == ("reply",) else LEADING
        ordered = sorted(made.values(), key=lambda pair: pair[0] == "could")
        first, later = ordered[:leading], ordered[leading:]
        early = [pair for pair in later if pair[0] == "must"][:MOST_EARLY]
        return [line for _, line in (*first, *early, *(pair for pair in later if pair not in early))]

    def _number(self, name: str) -> dict[str, Json]:
        figure = next((one for one in self.made.content["figures"] if one["id"] == name), None)
        ends = {end: self.made.known.values.get(f"{name}.{end}") for end in ("low", "likely", "high")}
        ends = {end: value if isinstance(value, int) else None for end, value in ends.items()}
        title, unit = (figure["title"], figure["unit"]) if figure else ("", "")
        return {"figure": name, "title": title, "unit": unit, **ends}

    def scripts(self) -> list[Json]:
        """The words to use."""
        made = []
        for rule, one in self.ranked("say"):
            line = self.said(one["text"], rule)
            blanks = line["text"].count(BLANK)
            made.append({**line, "to": self.words.inside(one["to"]), "by": one["by"], "blanks": blanks})
        return made


def rests_on(answer: Json, lines: list[Json]) -> list[str]:
    """The sources of what is said: those of the answer, then those that carry most lines."""
    count: dict[str, int] = {}
    for line in lines:
        for source in line["sources"]:
            count[source] = count.get(source, 0) + 1
    first = {source: place for place, source in enumerate(answer["sources"])}
    return sorted({*count, *first}, key=lambda s: (s not in first, -count.get(s, 0), first.get(s, 0), s))


def _joined(parts: list[str]) -> str:
    """Sentences one after the other. Raises Missing when one was erased."""
    for part in parts:
        if isinstance(part, Hole):
            raise Missing(part.path)
    return " ".join(part for part in parts if part)
