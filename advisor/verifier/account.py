"""The account beside the advice: how each rule and option came out, and which questions were skipped."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.verifier.canonical import Json
from advisor.verifier.derivation import Derivation
from advisor.verifier.shape import differing


def check_account(made: Derivation) -> Iterator[str]:
    """The clauses of every rule, the rejected options, the skipped questions, the sources and the expiry."""
    content, known = made.content, made.known
    yield from _check_pages(made)
    fired = {rule["id"] for rule in made.fired}
    truths = [
        {
            "rule": rule["id"],
            "fired": rule["id"] in fired,
            "truth": known.when(rule["when"]),
            **{part: [known.clause(one) for one in rule["when"][part]] for part in ("all", "any", "none")},
        }
        for rule in content["rules"]
    ]
    yield from differing("evaluations", content["evaluations"], truths)
    added = [f"add_on.{name}" for name in made.options]
    left = [
        name for name, fact in zip(made.options, added)  # noqa: B905
        if name != made.choice[0] and known.values.get(fact) is not True
    ]  # fmt: skip
    yield from differing("rejected", content["rejected"], [_rejection(made, name) for name in left])
    given = {one["question"] for one in content["answers"]}
    yield from differing(
        "skipped",
        [one["question"] for one in content["skipped"]],
        [name for name in made.questions if name not in given],
    )
    for one in content["skipped"]:
        question = made.questions.get(one["question"])
        if question is not None:
            barred = {False: "does_not_apply", None: "not_known_to_apply"}.get(known.when(question["when"]))
            wrong = one["reason"] != barred if barred else one["reason"] in ("does_not_apply", "not_known_to_apply")
            if wrong or (one["reason"] == "another_page" and _is_put(made, question)):
                yield f"skipped {one['question']}: the reason given, {one['reason']}, is not so"
    cited = {source for rule in made.fired for source in rule["sources"]}
    yield from differing("sources", sorted(one["id"] for one in content["sources"]), sorted(cited))
    shown = {one["id"]: one for one in content["advice"]["sources"]}
    for one in content["sources"]:
        yield from differing(f"sources, {one['id']}", one, shown.get(one["id"], one))
    yield from differing("expires", content["expires"], min((rule["review_by"] for rule in made.fired), default=""))


def _is_put(made: Derivation, question: Json) -> bool:
    """Whether a question is put to everyone, or by a page that speaks; all are where no page names any. A page that is
    not of the main question puts the first few.
    """
    decision = made.content["decision"]
    pages, main = decision["pages"], made.known.values.get(decision.get("main_question", ""))
    speaking = [page for page in pages if page["opens"] is None or made.known.clause(page["opens"]) is True]
    named = any(page["questions"] for page in pages)
    also = decision.get("asked_also", 0) or None
    asked = (page["questions"][: None if main in (None, page["id"]) else also] for page in speaking)
    put = question["core"] or not named or any(question["id"] in questions for questions in asked)
    return question["asked"] and put


def _check_pages(made: Derivation) -> Iterator[str]:
    """That rules are quoted of the pages that speak, and with a rulebook that all of them are."""
    clauses = {one["id"]: one["opens"] for one in made.content["decision"]["pages"]}
    opens = {name: clause is None or made.known.clause(clause) is True for name, clause in clauses.items()}
    for rule in made.content["rules"]:
        if not opens.get(rule["page"], True):
            yield f"rule {rule['id']}: it is quoted, though its page {rule['page']} does not speak"
    for rule in [] if made.book is None else made.book["rules"]:
        if opens.get(rule["page"], True) and rule["id"] not in made.rules:
            yield f"rule {rule['id']}: it is not quoted, though its page {rule['page']} speaks"


def _rejection(made: Derivation, name: str) -> Json:
    option = made.options[name]
    out = sorted({rule["id"] for rule, one in made.doing("rule_out") if name in one["options"]})
    proposals = [one for one in made.proposals if one["option"] == name]
    place = made.order.index(name) + 1 if name in made.order else None
    points = made.totals.get(name, 0)
    why = ["ruled_out"] if out else []
    why += ["not_in_contest"] if place is None else ["contest_lost"] if place > 1 else []
    why += ["not_proposed"] if not proposals else [] if out else ["proposal_passed_over"]
    return {
        "option": name,
        "kind": option["kind"],
        "why": why if option["kind"] == "main" else ["not_added"],
        "ruled_out_by": out,
        "points": points,
        "place": place,
        "behind": None if place is None else made.totals[made.order[0]] - points,
        "proposals": [{key: one[key] for key in ("rule", "priority", "standing")} for one in proposals],
    }
