"""The derivation, worked out again: from the answers, firing by firing, to the choice."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import Any

from advisor.verifier.actions import conclusions_of, line_of
from advisor.verifier.canonical import Json, canonical
from advisor.verifier.conditions import Known, facts_of, fits, values_of
from advisor.verifier.figures import ends_of
from advisor.verifier.shape import brief, differing
from advisor.verifier.vocabulary import Vocabulary

STRATA = ("derive", "constrain", "weigh", "decide", "plan")


class Derivation:
    """Follows the trace firing by firing, and works out beside it what should stand there."""

    def __init__(
        self, content: Json, heard: bool = True, book: Json = None, vocabulary: Vocabulary | None = None
    ) -> None:
        """`heard`: whether to start from the answers; else from what the trace says was answered. `book`: the rulebook
        that the content was found to quote, or None. `vocabulary`: that of the content, where it is at hand."""
        self.content, self.trace, self.heard, self.book = content, content["advice"]["trace"], heard, book
        self.vocabulary = vocabulary or Vocabulary(content)
        self.questions = self.vocabulary.questions
        self.rules = {one["id"]: one for one in content["rules"]}
        self.options = {one["id"]: one for one in content["options"]}
        self.mains = [one["id"] for one in content["options"] if one["kind"] == "main"]
        self.contests = {one["branch"]: one for one in content["decision"]["contests"]}
        self.known = Known()
        self.records: dict[str, Json] = {}
        self.fired: list[Json] = []
        self.firings: list[Json] = []
        self.exact: dict[str, tuple[Fraction, Fraction]] = {}
        self.likely: dict[str, tuple[Fraction, Fraction]] = {}
        self.tie_breaks: list[Json] = []
        self.order: list[str] = []
        self.margin = 0
        self.totals: dict[str, int] = {}
        self.proposals: list[Json] = []
        self.choice = ("", "", "")

    def doing(self, do: str) -> list[tuple[Json, Json]]:
        """Each fired rule with each of its actions of one kind, in order of firing."""
        return [(rule, action) for rule in self.fired for action in rule["then"] if action["do"] == do]

    def follow(self) -> Iterator[str]:
        """Work through answers and strata. Yields what does not hold."""
        if self.heard:
            yield from self._hear()
        else:
            self._recall()
        left = list(self.trace["firings"])
        for stratum in STRATA:
            while left and left[0]["stratum"] == stratum:
                yield from self._fire(left.pop(0), stratum)
            done = {rule["id"] for rule in self.fired}
            for rule in self.content["rules"]:
                if rule["stratum"] == stratum and rule["id"] not in done and self.known.when(rule["when"]) is True:
                    yield f"rule {rule['id']} did not fire, though its conditions hold"
            self._defaults(stratum)
            if stratum != "plan":
                getattr(self, f"_end_{stratum}")()
            self._unknowns(stratum)
        for firing in left:
            yield f"rule {firing['rule']} fired out of its turn"

    def _hear(self) -> Iterator[str]:
        place = {name: number for number, name in enumerate(self.questions)}
        asked = [one["question"] for one in self.content["answers"]]
        if sorted(set(asked), key=lambda name: place.get(name, -1)) != asked or not place.keys() >= set(asked):
            yield "content.answers: the answers are not in the order of the questions, each once"
            return
        for answer in self.content["answers"]:
            question, value = self.questions[answer["question"]], answer["value"]
            name = question["id"]
            if (answer["said"] == "value") is (value is None) or (value is not None and not fits(question, value)):
                yield f"answer to {name}: {brief(value)} is no answer to this question"
                return
            if answer["wording_digest"] != question["wording_digest"]:
                yield f"answer to {name}: it was given to another wording of the question"
            counted = self.known.when(question["when"]) is not False
            if answer["counted"] is not counted:
                yield f"answer to {name}: it is said to be {'set aside' if counted else 'counted'}, and should not be"
            if counted and value is None:
                self.known.said.update(dict.fromkeys(facts_of(question), answer["said"]))
            elif counted:
                self.known.values.update(values_of(question, value, self.trace["as_of"]))
        for one in self.content["contradictions"]:
            if self.known.when(one["when"]) is True:
                yield f"answers to {' and '.join(one['between'])}: they cannot all be true ({one['id']})"
        self._record_answers()

    def _recall(self) -> None:
        for one in self.trace["facts"]:
            if one["origin"] == "answer" and one["value"] is not None:
                self.known.values[one["fact"]] = one["value"]
            elif one["origin"] == "answer" and one["said"] is not None:
                self.known.said[one["fact"]] = one["said"]
        self._record_answers()

    def _record_answers(self) -> None:
        for fact, question in self.vocabulary.answered:
            said, value = self.known.said.get(fact), self.known.values.get(fact)
            self._record(fact, value, "answer", [question], "answers", said)

    def _record(self, fact: str, value: Json, origin: str, by: Any, stratum: str, said: str | None = None) -> None:
        self.records[fact] = {
            "fact": fact, "value": value, "said": said, "origin": origin, "by": sorted(by), "stratum": stratum,
        }  # fmt: skip
        if value is not None:
            self.known.values[fact] = value

    def _fire(self, firing: Json, stratum: str) -> Iterator[str]:
        rule, where = self.rules.get(firing["rule"]), f"firing {firing['n']}, rule {firing['rule']}"
        if rule is None:
            yield f"{where}: no such rule is quoted"
            return
        if rule["stratum"] != stratum or any(rule is one for one in self.fired):
            yield f"{where}: it fired twice, or in a stratum that is not its own"
            return
        for part, wanted in (("all", True), ("none", False)):
            for clause in rule["when"][part]:
                if self.known.clause(clause) is not wanted:
                    yield f"{where}: it fired, though a condition under `{part}` on {clause['fact']} does not hold"
        true = [one for one in rule["when"]["any"] if self.known.clause(one) is True]
        if rule["when"]["any"] and not true:
            yield f"{where}: it fired, though no condition under `any` holds"
        matched = [one["fact"] for one in (*rule["when"]["all"], *rule["when"]["none"], *true)]
        self.fired.append(rule)
        concluded: dict[str, Json] = {}
        for action in rule["then"]:
            concluded.update(conclusions_of(action))
        for fact, value in concluded.items():
            there = self.records.get(fact)
            if there is not None and canonical(there["value"]) != canonical(value):
                yield f"{where}: it concludes another value of {fact} than rules before it"
            since, by = (there["stratum"], there["by"]) if there else (stratum, [])
            self._record(fact, value, "rule", {rule["id"], *by}, since)
        expected = {
            "n": len(self.fired), "rule": rule["id"], "version": rule["version"], "stratum": stratum,
            "matched": {fact: self.known.values.get(fact) for fact in matched}, "concluded": concluded,
            "did": [line_of(action) for action in rule["then"]],
        }  # fmt: skip
        yield from differing(where, firing, expected)
        self.firings.append(expected)

    def _defaults(self, stratum: str) -> None:
        for spec in self.vocabulary.finishing.get(stratum, ()):
            if spec["fact"] not in self.records and spec["otherwise"] is not None:
                self._record(spec["fact"], spec["otherwise"], "default", (), stratum)

    def _unknowns(self, stratum: str) -> None:
        for spec in self.vocabulary.finishing.get(stratum, ()):
            if spec["fact"] not in self.records:
                self._record(spec["fact"], None, spec["origin"], (), stratum)

    def _end_derive(self) -> None:
        for fact in self.vocabulary.scores:
            adds = [(rule["id"], one["points"]) for rule, one in self.doing("add") if f"score.{one['to']}" == fact]
            self._record(fact, sum(points for _, points in adds), "machine", [rule for rule, _ in adds], "derive")
        for figure in self.content["figures"]:
            if self.known.when(figure["when"]) is True:
                ends = ends_of(figure["formula"], figure, self.known, self.exact)
                middle = ends_of(figure["formula"], figure, self.known, self.likely, likely=True)
                if ends is not None and middle is not None:
                    name = figure["id"]
                    self.exact[name], self.likely[name] = ends, middle
                    likely = floor(sum(middle) / 2 + Fraction(1, 2))
                    self._record(f"{name}.likely", likely, "figure", [name], "derive")
                    self._record(f"{name}.low", floor(ends[0]), "figure", [name], "derive")
                    self._record(f"{name}.high", ceil(ends[1]), "figure", [name], "derive")
        contest = self.contests.get(self.known.values.get("branch"))
        decisive = contest["decisive"] if contest else []
        missing = [q for q in decisive if not self.known.values.keys() & set(facts_of(self.questions[q]))]
        self._record(
            "unknown_share", 100 * len(missing) // len(decisive) if decisive else 0, "machine", missing, "derive"
        )

    def _end_constrain(self) -> None:
        for fact in self.vocabulary.flags:
            raised = [
                (rule["id"], one["severity"]) for rule, one in self.doing("red_flag") if f"flag.{one['id']}" == fact
            ]
            highest = max((severity for _, severity in raised), default=0)
            self._record(fact, highest, "machine", [rule for rule, _ in raised], "constrain")

    def _end_weigh(self) -> None:
        points: dict[str, list[tuple[str, int]]] = {option: [] for option in self.mains}
        for rule, one in self.doing("weigh"):
            for option, given in one["points"].items():
                points[option].append((rule["id"], given))
        self.totals = {option: sum(given for _, given in lines) for option, lines in points.items()}
        for option, lines in points.items():
            self._record(f"tally.{option}", self.totals[option], "machine", [rule for rule, _ in lines], "weigh")
        self._compete()
        ties = [one["rule"] for one in self.tie_breaks]
        for number, name in enumerate(("lead.option", "lead.second")):
            if len(self.order) > number:
                self._record(name, self.order[number], "machine", ties, "weigh")
        if len(self.order) > 1:
            self._record("lead.margin", self.margin, "machine", (), "weigh")

    def _compete(self) -> None:
        contest = self.contests.get(self.known.values.get("branch"))
        ranked = [one for one in (contest["options"] if contest else ()) if not self.known.values[f"out.{one}"]]
        if not ranked:
            return
        ranked.sort(key=lambda option: -self.totals[option])
        near = self.totals[ranked[0]] - self.content["decision"]["close_within"]
        close = [option for option in ranked if self.totals[option] >= near]
        breakers = sorted(((one["order"], rule["id"]), one["tiers"]) for rule, one in self.doing("break_tie"))
        for (_, rule), tiers in breakers:
            kept = next((k for tier in tiers if (k := [one for one in close if one in tier])), close)
            if kept != close:
                self.tie_breaks.append({"rule": rule, "before": close, "after": kept})
                close = kept
        self.order = [close[0], *(option for option in ranked if option != close[0])]
        if len(self.order) > 1:
            self.margin = abs(self.totals[self.order[0]] - self.totals[self.order[1]])

    def _end_decide(self) -> None:
        fallback = self.content["decision"]["fallback"]
        out = {option for option in self.mains if self.known.values[f"out.{option}"] is True}
        made = sorted(self.doing("recommend"), key=lambda pair: (pair[1]["priority"], pair[0]["id"]))
        standing = [(rule, one) for rule, one in made if one["option"] not in out]
        first, confidence, by = fallback, "provisional", []
        if standing:
            first, confidence, by = standing[0][1]["option"], standing[0][1]["confidence"], [standing[0][0]["id"]]
        if confidence == "by_margin":
            bands = self.content["decision"]["bands"]
            confidence = next(word for word, limit in bands if limit is None or self.margin <= limit)
        by_points = sorted(self.mains, key=lambda option: -self.totals[option])
        after = [*(one["option"] for _, one in standing), *self.order, *by_points]
        second = next((option for option in after if option != first and option not in out), fallback)
        self.choice = (first, second, confidence)
        for rule, one in made:
            place = "runner_up" if one["option"] == second else "passed_over"
            place = "ruled_out" if one["option"] in out else "recommended" if one["option"] == first else place
            proposal = {key: one[key] for key in ("option", "priority", "confidence")}
            self.proposals.append({**proposal, "rule": rule["id"], "standing": place})
        self._record("advice.option", first, "machine", by, "decide")
        self._record("advice.second", second, "machine", (), "decide")
        self._record("advice.confidence", confidence, "machine", by, "decide")
        if confidence == "provisional" and self.order:
            self._record("advice.lean", self.order[0], "machine", (), "decide")
