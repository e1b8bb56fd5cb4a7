"""A small receipt told in full: all that it leaves out follows from its answers, its firings and its rulebook."""

from __future__ import annotations

from functools import lru_cache

from advisor.verifier.account import made_cited, made_evaluations, made_expiry, made_reason, made_rejected
from advisor.verifier.actions import conclusions_of, line_of
from advisor.verifier.advice import made_advice, made_sources
from advisor.verifier.canonical import Json
from advisor.verifier.derivation import Derivation
from advisor.verifier.rulebook import QUOTED
from advisor.verifier.shape import brief
from advisor.verifier.trace import made_outcome, made_said
from advisor.verifier.vocabulary import Vocabulary


class Unfolded:
    """A small receipt's content beside its rulebook: the derivation, what does not hold of it, and the whole of it."""

    def __init__(self, small: Json, book: Json) -> None:
        """Follows the rules that fired, and with them finds which pages speak, and so which rules might have fired."""
        self.small, self.book = small, book
        self.sorted = _sorted_out(book["digest"], _Book(book))
        by_id = self.sorted.rules
        names = [one["rule"] for one in small["advice"]["trace"]["firings"]]
        self.made = self._derivation([by_id[name] for name in names if name in by_id])
        unknown = [name for name in names if name not in by_id]
        self.wrong = [f"rule {brief(name)} fired, and the rulebook has no such rule" for name in unknown]
        self.wrong = self.wrong or list(self.made.follow())

    def follow(self) -> list[str]:
        """What does not hold of the derivation, with all rules of the pages that speak, not only those that fired."""
        if not self.wrong:
            known = self.made.known
            clauses = {one["id"]: one["opens"] for one in self.book["decision"]["pages"]}
            silent = {name for name, one in clauses.items() if one is not None and known.clause(one) is not True}
            rules = [rule for rule in self.book["rules"] if rule["page"] not in silent]
            self.made = self._derivation(rules)
            self.wrong = list(self.made.follow())
        return self.wrong

    def advice(self, fired_alone: bool = False) -> Json:
        """The advice without its trace, after what it rests on was put beside it; `fired_alone`: what rules say, and
        nothing of questions without an answer, nor of facts that are by no rule or figure."""
        made, content = self.made, self.made.content
        content["rejected"] = made_rejected(made)
        content["expires"] = made_expiry(made)
        content["sources"] = made_sources(made, made_cited(made))
        facts = [one for one in made.records.values() if not fired_alone or (one["by"] and one["origin"] != "answer")]
        made.trace.update({"firings": made.firings, **made_outcome(made), "facts": facts})
        return made_advice(made, not fired_alone)

    def skipped(self) -> list[Json]:
        """Every question without an answer: why, as the receipt says, or else as the answers tell."""
        said = {
            name: {"question": name, "reason": one["reason"], "proof": one["proof"]}
            for one in self.small["skipped"] for name in one["questions"]
        }  # fmt: skip
        given = {one["question"] for one in self.small["answers"]}
        return [
            said.get(name) or {"question": name, "reason": made_reason(self.made, question), "proof": ""}
            for name, question in self.made.questions.items() if name not in given
        ]  # fmt: skip

    def content(self, fired_alone: bool = False) -> Json:
        """The content of the whole receipt of the same advice, or what of it comes of the rules that fired alone."""
        if not fired_alone:
            self.follow()
        self.advice(fired_alone)
        content = self.made.content
        if fired_alone:
            return content
        content["evaluations"] = made_evaluations(self.made)
        content["skipped"] = self.skipped()
        return content

    def _derivation(self, rules: list[Json]) -> Derivation:
        return Derivation(self._framed(rules), book=self.book, vocabulary=self.sorted.vocabulary)

    def _framed(self, rules: list[Json]) -> Json:
        """What a derivation starts from: the rulebook's quotes with some of its rules, the answers and the firings."""
        small, book = self.small, self.book
        asked: dict[str, Json] = self.sorted.vocabulary.questions
        answers = [
            {**one, "wording_digest": asked[one["question"]]["wording_digest"] if one["question"] in asked else ""}
            for one in small["answers"]
        ]
        by_id = {rule["id"]: rule for rule in rules}
        firings = [
            _firing(number, one, by_id.get(one["rule"]))
            for number, one in enumerate(small["advice"]["trace"]["firings"], 1)
        ]
        trace = {
            "format": "1", "rulebase": small["rulebase"], "questionnaire": small["questionnaire"],
            "versions": small["versions"], "as_of": small["advice"]["trace"]["as_of"], "firings": firings,
            **made_said(answers),
        }  # fmt: skip
        advice = {"headings": book["headings"], "trace": trace, "plan": {}, "reasons": []}
        advice["approvals"] = small["advice"]["approvals"]
        return {
            **{key: book[key] for key in QUOTED}, "rules": rules, "versions": small["versions"], "answers": answers,
            "skipped": [], "expires": small["expires"], "advice": advice,
        }  # fmt: skip


def _firing(number: int, said: Json, rule: Json) -> Json:
    """A firing in full; of a rule that the rulebook has not, with nothing in it that a rule says."""
    if rule is None:
        return {"n": number, "version": 0, "stratum": "", "concluded": {}, "did": [], **said}
    concluded: dict[str, Json] = {}
    for action in rule["then"]:
        concluded.update(conclusions_of(action))
    return {
        "n": number, "version": rule["version"], "stratum": rule["stratum"], "concluded": concluded,
        "did": [line_of(action) for action in rule["then"]], **said,
    }  # fmt: skip


class _Book:
    """A rulebook that is the same as any other of its digest, to remember what was made of it."""

    def __init__(self, book: Json) -> None:
        self.book = book

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Book)


class _Sorted:
    """The rules of a rulebook by id, and its vocabulary; there are many, and a receipt turns on few."""

    def __init__(self, book: Json) -> None:
        self.rules = {rule["id"]: rule for rule in book["rules"]}
        self.vocabulary = Vocabulary(book)


@lru_cache(maxsize=2)
def _sorted_out(digest: str, of: _Book) -> _Sorted:
    return _Sorted(of.book)
