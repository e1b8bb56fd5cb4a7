"""Reads the files that stand beside the rules: options, decision, figures, sources, claims, wording and the rest."""

from __future__ import annotations

import re
from fractions import Fraction

from advisor.errors import Place, Problem, RuleBaseError
from advisor.loading.fields import Fields
from advisor.loading.yaml_reader import Node
from advisor.model.rulebase import About, Ban, Claim, Contest, DecisionRules, KeptNumbers, Option, Point, Source
from advisor.model.safe_text import shown


def line(fields: Fields, key: str, default: str | None = None) -> str:
    """A text folded onto one line."""
    return " ".join(fields.text(key, default).split())


def read_about(fields: Fields) -> About:
    """`rulebase.yaml`."""
    texts = {key: line(fields, key) for key in ("id", "name", "version", "dated", "scope", "update_policy", "funding",
                                                "authors", "evidence_policy")}  # fmt: skip

    def disclosure(node: Node) -> tuple[str, str]:
        one = fields.of(node, "disclosures")
        pair = (one.text("id"), line(one, "text"))
        one.done()
        return pair

    sold = fields.texts("publisher_sells", optional=True)
    about = About(**texts, disclosures=fields.each("disclosures", disclosure), publisher_sells=sold)
    fields.done()
    return about


def read_option(parent: Fields, node: Node) -> Option:
    """One entry of `options.yaml`."""
    fields = parent.of(node, "options")
    option_id = fields.text("id")
    fields.path = option_id

    def point(item: Node) -> Point:
        one = fields.of(item, "point")
        made = Point(line(one, "text"), one.texts("claims"), one.texts("sources"))
        one.done()
        return made

    option = Option(
        option_id, fields.text("ref"), fields.word("kind", ("main", "add_on")), line(fields, "name"),  # type: ignore[arg-type]
        line(fields, "title"), line(fields, "headline"), line(fields, "summary"), line(fields, "living_with_it"),
        fields.each("for", point), fields.each("against", point),
    )  # fmt: skip
    fields.done()
    if len(option.pros) != len(option.cons):
        raise fields.problem(node, "", "the points for and against differ in number", "as many for as against")
    return option


def read_decision(fields: Fields) -> DecisionRules:
    """`decision.yaml`."""

    def band(node: Node) -> tuple[str, int | None]:
        one = fields.of(node, "bands")
        made = (one.text("confidence"), one.whole("at_most") if one.has("at_most") else None)
        one.done("at_most")
        return made

    close_within = fields.whole("close_within")
    bands = fields.each("bands", band)
    if not bands or bands[-1][1] is not None or any(limit is None for _, limit in bands[:-1]):
        raise fields.problem(fields.line_of("bands"), "bands", "the last band alone has no `at_most`", "rising bands")
    contests: dict[str, Contest] = {}
    for branch, node in fields.mapping("contests"):
        one = fields.of(node, f"contests.{branch}")
        contests[branch] = Contest(branch, one.texts("options"), one.texts("decisive"))
        one.done()
    decision = DecisionRules(
        close_within, bands, contests, fields.text("fallback"), fields.text("priority_question"),
        line(fields, "priority_effect"), fields.texts("gates_shown_for"), fields.texts("gates_in"),
        fields.texts("classes", optional=True), fields.texts("pages", optional=True), fields.whole("most_rows", 8),
        fields.texts("came_with", optional=True), fields.whole("asked_also", 0),
        _kept(fields.inside("kept")) if fields.has("kept") else KeptNumbers(),
    )  # fmt: skip
    for key in ("claims", "sources"):
        fields.texts(key)
    fields.done()
    return decision


def _kept(fields: Fields) -> KeptNumbers:
    """What is judged for all that people keep."""
    kept = KeptNumbers(
        fields.whole("open_percent"), fields.wholes("reminders"), fields.wholes("closing"),
        fields.whole("repeat_days"), fields.whole("fewest_times"),
    )  # fmt: skip
    fields.done()
    return kept


def numbers_of(fields: Fields, node: Node, key: str) -> tuple[Fraction, Fraction, Fraction | None]:
    """A number, [low, high] or [low, likely, high], as low, high and the likely number where there is one."""
    if node.kind == "list" and len(node.items) == 3:
        low, likely, high = (number_of(fields, item, key)[0] for item in node.items)
        if not low <= likely <= high:
            raise fields.problem(node, key, "the numbers do not rise", "[low, likely, high]")
        return low, high, likely
    return *number_of(fields, node, key), None


def number_of(fields: Fields, node: Node, key: str) -> tuple[Fraction, Fraction]:
    """A number as an interval of no width, or a list of two as [low, high]."""
    if node.kind == "list" and len(node.items) == 2:
        low, high = (number_of(fields, item, key)[0] for item in node.items)
        if low > high:
            raise fields.problem(node, key, "the low end is above the high end", "[low, high]")
        return low, high
    word = fields.scalar(node, key, "a number, or [low, high]")
    if len(word) > 12 or not re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", word):
        raise fields.problem(node, key, f"`{shown(word)}` is no number", "a number such as 4 or 0.5, or [low, high]")
    return Fraction(word), Fraction(word)


def read_source(parent: Fields, node: Node) -> Source:
    """One entry of `sources.yaml`."""
    fields = parent.of(node, "sources")
    source_id = fields.text("id")
    fields.path = source_id
    title, publisher = line(fields, "title"), line(fields, "publisher")
    at = fields.take("address")
    address = tuple(fields.folded(item, "address") for item in (at.items if at.kind == "list" else [at]))
    source = Source(
        source_id, title, publisher, address, fields.text("grade"), line(fields, "dated"), fields.text("accessed"),
        line(fields, "note", ""), fields.file, node.line,
    )  # fmt: skip
    fields.done()
    return source


def read_claim(parent: Fields, node: Node) -> Claim:
    """One entry of `claims.yaml`."""
    fields = parent.of(node, "claims")
    claim_id = fields.text("id")
    fields.path = claim_id
    claim = Claim(
        claim_id, line(fields, "says"), fields.text("kind"), line(fields, "hedge", ""), fields.text("leans", "none"),
        fields.whole("strength", 0), fields.texts("sources"), (),
        line(fields, "not_encoded", ""), node.line,
    )  # fmt: skip
    fields.done()
    return claim


def read_ban(parent: Fields, node: Node) -> Ban:
    """One entry of `never_say.yaml`."""
    fields = parent.of(node, "never_say")
    ban = Ban(fields.text("id"), line(fields, "says"), fields.texts("forbid"), fields.texts("allow", optional=True))
    if any(len(phrase) > MOST_PHRASE for phrase in (*ban.forbid, *ban.allow)):
        raise fields.problem(node, ban.id, f"a phrase has more than {MOST_PHRASE} characters", "a shorter phrase")
    fields.done()
    return ban


MOST_PHRASE = 200


class WordingFile(dict[str, str]):
    """`wording.yaml` by key. Raises RuleBaseError for a key that is not there."""

    def __missing__(self, key: str) -> str:
        raise RuleBaseError(Problem(Place("wording.yaml", 0, key), "this key is missing", f"`{key}:` with its text"))


def read_wording(fields: Fields) -> WordingFile:
    """`wording.yaml`, flattened: `headline: {clear: ...}` becomes `headline.clear`."""
    flat = WordingFile()

    def walk(inner: Fields, prefix: str) -> None:
        for key in inner.names():
            node = inner.take(key)
            if node.kind == "map":
                walk(inner.of(node, key), f"{prefix}{key}.")
            else:
                flat[f"{prefix}{key}"] = inner.as_template(node, key).source

    walk(fields, "")
    return flat
