"""The shapes of a receipt, made from its published schema: `receipt.schema.json`."""

from __future__ import annotations

import re

from advisor.verifier.actions import ACTION
from advisor.verifier.canonical import Json
from advisor.verifier.shape import DAY, Maybe, Pair, or_null

HEX = re.compile(r"[0-9a-f]{64}")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
NUMBER = re.compile(r"-?[0-9]+(/[1-9][0-9]*)?")
PAGE_APPROVAL: dict[str, Json] = {
    "page": str, "name": str, "role": str, "date": str, "key": str,
    "standing": {"approved", "unknown_key", "unchecked", "stale"}, "rules": int,
}  # fmt: skip
APPROVALS: dict[str, Json] = {"spoke": int, "approved": int, "pages": [PAGE_APPROVAL]}
CALL_LINE: dict[str, Json] = {"who": str, "about": str, "rule": str}
DISCLOSURE: dict[str, Json] = {"id": str, "text": str}
FIGURE_LINE: dict[str, Json] = {
    "id": str, "title": str, "low": int, "high": int, "unit": str, "text": str, "claims": [str], "sources": [str],
}  # fmt: skip
GATE_LINE: dict[str, Json] = {"id": str, "title": str, "state": str, "text": str}
STEP: dict[str, Json] = {
    "order": int, "timing": str, "text": str, "why": str, "rule": str, "claims": [str], "sources": [str],
}  # fmt: skip
NOTE_LINE: dict[str, Json] = {"topic": str, "text": str, "rule": str, "claims": [str], "sources": [str]}
CASE_LINE: dict[str, Json] = {
    "text": str, "rule": or_null(str), "points": or_null(int), "claims": [str], "sources": [str],
}  # fmt: skip
POINT_LINE: dict[str, Json] = {"rule": str, "criterion": str, "criterion_name": str, "points": int}
OPTION_CASE: dict[str, Json] = {
    "option": str, "title": str, "kind": str, "standing": str, "points": int, "arithmetic": [POINT_LINE],
    "ruled_out_by": [str], "ruled_out_why": [str], "summary": str, "living_with_it": str, "for": [CASE_LINE],
    "against": [CASE_LINE],
}  # fmt: skip
ANSWER_SAID: dict[str, Json] = {
    "page": str, "asked": str, "text": str, "sure": str, "how_sure": str, "rules": [str], "claims": [str],
    "sources": [str],
}  # fmt: skip
SAID: dict[str, Json] = {"text": str, "rule": str, "claims": [str], "sources": [str]}
NUMBER_SAID: dict[str, Json] = {
    "text": str, "rule": str, "claims": [str], "sources": [str], "figure": str, "title": str, "low": or_null(int),
    "likely": or_null(int), "high": or_null(int), "unit": str,
}  # fmt: skip
OTHER_CHOICE: dict[str, Json] = {
    "text": str, "rule": str, "claims": [str], "sources": [str], "option": str, "title": str,
}  # fmt: skip
REASON_SAID: dict[str, Json] = {"text": str, "rule": str, "claims": [str], "sources": [str], "against": bool}
ROW_SAID: dict[str, Json] = {
    "title": str, "when": str, "kind": str, "due": or_null(int), "date": or_null(DAY), "do": str, "done": str,
    "key": str, "weight": {"must", "should", "could"}, "shown": bool, "rule": str, "claims": [str], "sources": [str],
}  # fmt: skip
SCRIPT_SAID: dict[str, Json] = {
    "text": str, "rule": str, "claims": [str], "sources": [str], "to": str, "by": {"email", "call", "letter"},
    "blanks": int,
}  # fmt: skip
STOP_SAID: dict[str, Json] = {
    "text": str, "rule": str, "claims": [str], "sources": [str], "severity": int, "against": [str],
}  # fmt: skip
PLAN_PAGE: dict[str, Json] = {
    "as_of": or_null(DAY), "answer": ANSWER_SAID, "stops": [STOP_SAID], "rows": [ROW_SAID], "replies": [SAID],
    "reasons": [REASON_SAID], "watch": [SAID], "numbers": [NUMBER_SAID], "other": or_null(OTHER_CHOICE),
    "find_out": [SAID], "scripts": [SCRIPT_SAID], "rests_on": [str], "leans_with_publisher": bool, "whose": Maybe(str),
}  # fmt: skip
QUESTIONNAIRE_ID: dict[str, Json] = {"id": str, "version": str, "digest": str}
ASK_LINE: dict[str, Json] = {"to": str, "text": str, "why": str, "rule": str, "claims": [str]}
REASON: dict[str, Json] = {
    "rule": str, "text": str, "facts": {"*": or_null(bool, int, str)}, "claims": [str], "sources": [str],
    "points": {"*": int}, "caveats": [str], "leans_with_publisher": bool,
}  # fmt: skip
RECOMMENDATION: dict[str, Json] = {
    "option": str, "title": str, "add_ons": [str], "confidence": str, "headline": str, "how_sure": str,
    "runner_up": str, "runner_up_title": str, "margin": or_null(int), "lean": or_null(str), "tie_broken": or_null(str),
    "priority_effect": or_null(str),
}  # fmt: skip
RED_FLAG_LINE: dict[str, Json] = {
    "id": str, "severity": int, "severity_name": str, "text": str, "rule": str, "action": str, "against": [str],
    "claims": [str], "sources": [str],
}  # fmt: skip
RULE_BASE_ID: dict[str, Json] = {"id": str, "version": str, "digest": str}
SOURCE: dict[str, Json] = {
    "id": str, "title": str, "publisher": str, "address": [str], "grade": str, "grade_means": str, "dated": str,
    "accessed": str,
}  # fmt: skip
TIE_BREAK: dict[str, Json] = {"rule": str, "before": [str], "after": [str]}
CONTEST_RECORD: dict[str, Json] = {
    "branch": str, "order": [str], "points": {"*": int}, "margin": int, "tie_breaks": [TIE_BREAK],
}  # fmt: skip
FACT_RECORD: dict[str, Json] = {
    "fact": str, "value": or_null(bool, int, str), "origin": {"answer", "default", "rule", "figure", "machine"},
    "by": [str], "stratum": str, "said": or_null(str),
}  # fmt: skip
FIRING: dict[str, Json] = {
    "n": int, "rule": str, "version": int, "stratum": str, "matched": {"*": or_null(bool, int, str)},
    "concluded": {"*": (bool, int, str)}, "did": [str],
}  # fmt: skip
PROPOSAL: dict[str, Json] = {
    "option": str, "rule": str, "priority": int, "confidence": str,
    "standing": {"recommended", "runner_up", "passed_over", "ruled_out"},
}  # fmt: skip
FLAG_RECORD: dict[str, Json] = {"id": str, "severity": int, "rules": [str]}
TALLY_LINE: dict[str, Json] = {"option": str, "rule": str, "criterion": str, "points": int}
VERSIONS: dict[str, Json] = {
    "advisor": str, "engine": str, "engine_version": str, "confirmed_by": Maybe(or_null({"rules_as_written"})),
}  # fmt: skip
TRACE: dict[str, Json] = {
    "rulebase": RULE_BASE_ID, "questionnaire": QUESTIONNAIRE_ID, "versions": VERSIONS,
    "answers": {"*": (str, int, [str])}, "set_aside": [str], "facts": [FACT_RECORD], "firings": [FIRING],
    "red_flags": [FLAG_RECORD], "tallies": [TALLY_LINE], "totals": {"*": int}, "contest": CONTEST_RECORD,
    "proposals": [PROPOSAL], "recommended": str, "runner_up": str, "confidence": str, "add_ons": [str],
    "as_of": or_null(DAY), "format": {"1"},
}  # fmt: skip
UNKNOWN_LINE: dict[str, Json] = {
    "question": str, "text": str, "why_unknown": str, "matters": bool, "could_move": int, "effect": str,
}  # fmt: skip
ADVICE: dict[str, Json] = {
    "plan": PLAN_PAGE, "recommendation": RECOMMENDATION, "reasons": [REASON], "red_flags": [RED_FLAG_LINE],
    "gates": [GATE_LINE], "next_steps": [STEP], "later_steps": [STEP], "questions_to_ask": [ASK_LINE],
    "calls": [CALL_LINE], "figures": [FIGURE_LINE], "unknowns": [UNKNOWN_LINE], "options": [OPTION_CASE],
    "notes": [NOTE_LINE], "set_aside": [str], "sources": [SOURCE], "disclosures": [DISCLOSURE], "review_by": str,
    "headings": {"*": str}, "rulebase": RULE_BASE_ID, "questionnaire": QUESTIONNAIRE_ID, "trace": TRACE,
    "approvals": Maybe(or_null(APPROVALS)), "proofs": None,
}  # fmt: skip
GIVEN_ANSWER: dict[str, Json] = {
    "question": str, "said": {"value", "not_sure", "skip"}, "value": or_null(str, int, [str]),
    "origin": {"asked", "file", "default", "followed"}, "wording_digest": DIGEST, "counted": bool,
}  # fmt: skip
QUOTED_CLAUSE: dict[str, Json] = {
    "fact": str, "test": {"is", "one_of", "at_least", "at_most", "known", "said"}, "values": [(bool, int, str)],
}  # fmt: skip
QUOTED_CONDITION: dict[str, Json] = {"all": [QUOTED_CLAUSE], "any": [QUOTED_CLAUSE], "none": [QUOTED_CLAUSE]}
QUOTED_CONTRADICTION: dict[str, Json] = {"id": str, "between": [str], "when": QUOTED_CONDITION, "text": str}
QUOTED_CONTEST: dict[str, Json] = {"branch": str, "options": [str], "decisive": [str]}
QUOTED_PAGE: dict[str, Json] = {"id": str, "opens": or_null(QUOTED_CLAUSE), "questions": [str]}
QUOTED_DECISION: dict[str, Json] = {
    "close_within": int, "bands": [Pair(str, or_null(int))], "contests": [QUOTED_CONTEST], "fallback": str,
    "most_rows": int, "pages": [QUOTED_PAGE], "asked_also": Maybe(int), "main_question": Maybe(str),
}  # fmt: skip
RULE_TRUTH: dict[str, Json] = {
    "rule": str, "fired": bool, "truth": or_null(bool), "all": [or_null(bool)], "any": [or_null(bool)],
    "none": [or_null(bool)],
}  # fmt: skip
QUOTED_FACT: dict[str, Json] = {
    "fact": str, "title": str, "kind": {"one", "yes_no", "number", "mark"},
    "origin": {"answer", "rule", "figure", "machine"},
    "finished": or_null({"derive", "constrain", "weigh", "decide", "plan"}), "otherwise": or_null(bool, int, str),
    "phrases": or_null([Pair((bool, int, str), str)]),
}  # fmt: skip
QUOTED_TERM: dict[str, Json] = {
    "op": {"value", "input", "fact", "table", "figure", "add", "subtract", "multiply", "divide", "longest", "shortest"},
    "high": Maybe(NUMBER), "likely": Maybe(NUMBER), "low": Maybe(NUMBER), "name": Maybe(str),
}  # fmt: skip
QUOTED_TERM["parts"] = Maybe([QUOTED_TERM])
QUOTED_FIGURE: dict[str, Json] = {
    "id": str, "title": str, "unit": str, "when": QUOTED_CONDITION, "tables": {"*": {"*": Pair(NUMBER, NUMBER)}},
    "likely_rows": {"*": {"*": NUMBER}}, "formula": QUOTED_TERM, "text": str, "text_same": str, "claims": [str],
    "sources": [str], "show": bool,
}  # fmt: skip
QUOTED_OPTION: dict[str, Json] = {"id": str, "kind": {"main", "add_on"}, "name": str, "title": str, "headline": str}
SHOWN_CHOICE: dict[str, Json] = {"id": str, "label": str, "help": str}
WORDING: dict[str, Json] = {
    "text": str, "why": str, "help": str, "choices": [SHOWN_CHOICE], "none_choice": or_null(SHOWN_CHOICE),
    "unit": or_null(str), "minimum": or_null(int), "maximum": or_null(int), "max_length": or_null(int),
    "earliest": or_null(DAY), "latest": or_null(DAY), "meaning": or_null({"past", "future", "either"}),
    "not_before": or_null(str),
}  # fmt: skip
QUOTED_QUESTION: dict[str, Json] = {
    "id": str, "kind": {"one", "several", "number", "text", "date"}, "core": bool, "asked": bool, "private": bool,
    "alone": [str], "when": QUOTED_CONDITION, "wording": WORDING, "wording_digest": DIGEST,
}  # fmt: skip
REJECTED_PROPOSAL: dict[str, Json] = {
    "rule": str, "priority": int, "standing": {"recommended", "runner_up", "passed_over", "ruled_out"},
}  # fmt: skip
REJECTED_OPTION: dict[str, Json] = {
    "option": str, "kind": {"main", "add_on"},
    "why": [{"ruled_out", "contest_lost", "not_in_contest", "proposal_passed_over", "not_proposed", "not_added"}],
    "ruled_out_by": [str], "points": int, "place": or_null(int), "behind": or_null(int),
    "proposals": [REJECTED_PROPOSAL],
}  # fmt: skip
QUOTED_RULE_BASE: dict[str, Json] = {"id": str, "version": str, "dated": str, "digest": HEX, "files": {"*": HEX}}
QUOTED_RULE: dict[str, Json] = {
    "id": str, "title": str, "version": int, "stratum": {"derive", "constrain", "weigh", "decide", "plan"}, "page": str,
    "line": int, "when": QUOTED_CONDITION, "then": [ACTION], "why": str, "caveats": [str], "claims": [str],
    "sources": [str], "review_by": str, "file": str, "file_digest": HEX, "digest": DIGEST,
}  # fmt: skip
SKIPPED_QUESTION: dict[str, Json] = {
    "question": str,
    "reason": {"does_not_apply", "not_known_to_apply", "another_page", "cannot_matter", "settled", "not_asked"},
    "proof": str,
}  # fmt: skip
CONTENT: dict[str, Json] = {
    "questionnaire": QUESTIONNAIRE_ID, "rulebase": QUOTED_RULE_BASE, "questions": [QUOTED_QUESTION],
    "contradictions": [QUOTED_CONTRADICTION], "facts": [QUOTED_FACT], "options": [QUOTED_OPTION],
    "decision": QUOTED_DECISION, "figures": [QUOTED_FIGURE], "rules": [QUOTED_RULE], "versions": VERSIONS,
    "answers": [GIVEN_ANSWER], "skipped": [SKIPPED_QUESTION], "evaluations": [RULE_TRUTH],
    "rejected": [REJECTED_OPTION], "sources": [SOURCE], "expires": str, "advice": ADVICE,
}  # fmt: skip
RECEIPT: dict[str, Json] = {
    "format": {"advisor.receipt/1"}, "id": re.compile(r"rcp-[0-9a-f]{16}"),
    "time": re.compile(r"[0-9]{4}-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z"), "content_digest": DIGEST,
    "envelope_digest": DIGEST, "content": {"*": object},
}  # fmt: skip
SMALL_FIRING: dict[str, Json] = {"rule": str, "matched": {"*": or_null(bool, int, str)}}
SMALL_TRACE: dict[str, Json] = {"as_of": or_null(DAY), "firings": [SMALL_FIRING]}
SMALL_ADVICE: dict[str, Json] = {
    "plan": PLAN_PAGE, "recommendation": RECOMMENDATION, "figures": [FIGURE_LINE], "approvals": or_null(APPROVALS),
    "trace": SMALL_TRACE,
}  # fmt: skip
SMALL_ANSWER: dict[str, Json] = {
    "question": str, "said": {"value", "not_sure", "skip"}, "value": or_null(str, int, [str]),
    "origin": {"asked", "file", "default", "followed"}, "counted": bool,
}  # fmt: skip
SKIPPED_TOGETHER: dict[str, Json] = {
    "reason": {"does_not_apply", "not_known_to_apply", "another_page", "cannot_matter", "settled", "not_asked"},
    "proof": str, "questions": [str],
}  # fmt: skip
SMALL_CONTENT: dict[str, Json] = {
    "rulebook": DIGEST, "rulebase": RULE_BASE_ID, "questionnaire": QUESTIONNAIRE_ID, "versions": VERSIONS,
    "answers": [SMALL_ANSWER], "skipped": [SKIPPED_TOGETHER], "expires": str, "advice_digest": DIGEST,
    "advice": SMALL_ADVICE,
}  # fmt: skip
SMALL_RECEIPT: dict[str, Json] = {
    "format": {"advisor.receipt.small/1"}, "id": re.compile(r"rcp-[0-9a-f]{16}"),
    "time": re.compile(r"[0-9]{4}-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z"), "content_digest": DIGEST,
    "envelope_digest": DIGEST, "content": {"*": object},
}  # fmt: skip
