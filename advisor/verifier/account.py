"""The account beside the advice: how each rule and option came out, and which questions were skipped."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.verifier.canonical import Json
from advisor.verifier.derivation import Derivation
from advisor.verifier.shape import differing


def check_account(made: Derivation) -> Iterator[str]:
    """The clauses of every rule, the rejected options, the skipped questions, the sources and the expiry."""
    content = made.content
    yield from check_pages(made)
    yield from differing("evaluations", content["evaluations"], made_evaluations(made))
    yield from differing("rejected", content["rejected"], made_rejected(made))
    given = {one["question"] for one in content["answers"]}
    yield from differing(
        "skipped",
        [one["question"] for one in content["skipped"]],
        [name for name in made.questions if name not in given],
    )
    yield from check_reasons(made, content["skipped"])
    yield from differing("sources", sorted(one["id"] for one in content["sources"]), sorted(made_cited(made)))
    shown = {one["id"]: one for one in content["advice"]["sources"]}
    for one in content["sources"]:
        yield from differing(f"sources, {one['id']}", one, shown.get(one["id"], one))
    yield from differing("expires", content["expires"], made_expiry(made))


def made_evaluations(made: Derivation) -> list[Json]:
    """How each quoted rule came out, clause by clause."""
    known, fired = made.known, {rule["id"] for rule in made.fired}
    return [
        {
            "rule": rule["id"],
            "fired": rule["id"] in fired,
            "truth": known.when(rule["when"]),
            **{part: [known.clause(one) for one in rule["when"][part]] for part in ("all", "any", "none")},
        }
        for rule in made.content["rules"]
    ]


def made_rejected(made: Derivation) -> list[Json]:
    """The options that are neither recommended nor added, each with why."""
    left = [name for name in made.options if name != made.choice[0]]
    return [_rejection(made, name) for name in left if made.known.values.get(f"add_on.{name}") is not True]


def made_cited(made: Derivation) -> set[str]:
    """The sources that the rules cite which fired."""
    return {source for rule in made.fired for source in rule["sources"]}


def made_expiry(made: Derivation) -> str:
    """The first date by which a rule that fired must be read again."""
    return str(min((rule["review_by"] for rule in made.fired), default=""))


def made_reason(made: Derivation, question: Json) -> str:
    """Why a question has no answer, as far as the answers to the others tell."""
    return _barred(made, question) or ("not_asked" if _is_put(made, question) else "another_page")


def _barred(made: Derivation, question: Json) -> str | None:
    return {False: "does_not_apply", None: "not_known_to_apply"}.get(made.known.when(question["when"]))


def check_reasons(made: Derivation, skipped: Json) -> Iterator[str]:
    """That the reasons why questions were skipped are not against what the answers tell."""
    for one in skipped:
        question = made.questions.get(one["question"])
        if question is not None:
            barred = _barred(made, question)
            wrong = one["reason"] != barred if barred else one["reason"] in ("does_not_apply", "not_known_to_apply")
            if wrong or (one["reason"] == "another_page" and _is_put(made, question)):
                yield f"skipped {one['question']}: the reason given, {one['reason']}, is not so"


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


def check_pages(made: Derivation) -> Iterator[str]:
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
