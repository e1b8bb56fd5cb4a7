"""The questions and facts that rules speak of, sorted out once for all receipts that name the same rulebook."""

from __future__ import annotations

from advisor.verifier.canonical import Json
from advisor.verifier.conditions import facts_of


class Vocabulary:
    """The questions and facts that a receipt or a rulebook quotes, by what they are looked up by."""

    def __init__(self, quotes: Json) -> None:
        self.questions = {one["id"]: one for one in quotes["questions"]}
        asking = {fact: name for name, one in reversed(self.questions.items()) for fact in facts_of(one)}
        self.answered: list[tuple[str, str]] = []  # each fact that an answer gives, with its question
        self.finishing: dict[Json, list[Json]] = {}
        for spec in quotes["facts"]:
            self.finishing.setdefault(spec["finished"], []).append(spec)
            if spec["origin"] == "answer":
                self.answered.append((spec["fact"], asking.get(spec["fact"], "")))
        self.scores, self.flags = (
            [spec["fact"] for spec in quotes["facts"] if spec["fact"].startswith(prefix)]
            for prefix in ("score.", "flag.")
        )
        self.phrases = {spec["fact"]: spec["phrases"] for spec in quotes["facts"]}
