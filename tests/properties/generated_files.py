"""The files of a made-up rule base: what the strategies drew, and the fixed rest that the loader wants beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from advisor.loading.resources import shipped

Made: TypeAlias = dict[str, Any]
STRATA = ("derive", "constrain", "weigh", "decide", "plan")
OPEN = ("constrain", "decide", "plan")  # a rule that only adds an add-on may stand in each of them


class Folders:
    """The texts of a rules folder and of a questionnaires folder, by path."""

    def __init__(self, rules: Mapping[str, str], questionnaires: Mapping[str, str]) -> None:
        """Keep both."""
        self.rules, self.questionnaires = rules, questionnaires

    def __repr__(self) -> str:
        """The files that differ from case to case, each on one line."""
        drawn = [path for path in self.rules if path.split(".")[0] in ("facts", "decision", "figures") or "/" in path]
        texts = [(path, self.rules[path]) for path in drawn] + list(self.questionnaires.items())
        return "\n".join(f"{path}: {' '.join(text.split())}" for path, text in texts)

    def write(self, root: Path) -> tuple[Path, Path]:
        """Write both below `root`; the two folders."""
        for name, texts in (("rules", self.rules), ("questionnaires", self.questionnaires)):
            for path, text in texts.items():
                file = root / name / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
        return root / "rules", root / "questionnaires"


def folders(
    questions: Sequence[Made], facts: Sequence[Made], figures: Sequence[Made], decision: Made, options: Sequence[Made],
    rules: Sequence[Made],
) -> Folders:  # fmt: skip
    """All the files. JSON is YAML in which each word that stands for itself is quoted."""
    beside: Made = {
        "rulebase": _ABOUT,
        "facts": {"facts": facts},
        "options": {"options": options},
        "criteria": {"criteria": [{"id": "c0", "name": "First"}, {"id": "c1", "name": "Second"}]},
        "decision": {**decision, "claims": ["K1"], "sources": ["s1"]},
        "figures": {"figures": figures},
        "never_say": {"never_say": []},
        "sources": {"sources": [_SOURCE]},
        "claims": {"claims": [{"id": "K1", "says": "Something.", "kind": "fact", "sources": ["s1"]}]},
        "retired": {"retired": []},
    }
    texts = {f"{name}.yaml": json.dumps(body, indent=1) for name, body in beside.items()}
    texts["wording.yaml"] = (shipped("rules") / "wording.yaml").read_text("utf-8")
    texts |= dict(_page(stratum, [rule for rule in rules if rule["stratum"] == stratum]) for stratum in STRATA)
    asked = {
        "id": "made",
        "version": "1",
        "title": "Made up",
        "intro": "Made up.",
        "sections": [{"id": "only", "title": "Only", "questions": questions}],
        "contradictions": [],
    }
    return Folders(
        texts, {"credentialing.yaml": json.dumps(asked, indent=1), "glossary.yaml": json.dumps({"terms": []})}
    )


def _page(stratum: str, rules: Sequence[Made]) -> tuple[str, str]:
    """The page of the rules of one stratum, which leave out what the page says or what they do shows."""
    head = {
        "page": stratum,
        "title": f"What to {stratum}",
        "since": "1.0",
        "review_by": "2099-01-01",
        "sources": ["s1"],
    }
    known = {**head, "version": 1, "status": "stable", **({} if stratum in OPEN else {"stratum": stratum})}
    bare = [{key: value for key, value in rule.items() if known.get(key) != value or key == "title"} for rule in rules]
    return f"made/{stratum}.yaml", json.dumps({**head, "rules": bare}, indent=1)


def rule_body(number: int, status: str, stratum: str, when: Made, then: Made) -> Made:
    """One rule with every key that a rule must have."""
    return {
        "id": f"R-{number:02}",
        "title": f"Rule {number}",
        "version": 1,
        "status": status,
        "since": "1.0",
        "stratum": stratum,
        "when": when,
        "then": then,
        "why": f"This is rule {number}.",
        "claims": ["K1"],
        "sources": ["s1"],
        "review_by": "2027-11-23",
        "examples": [
            {"name": "one", "given": {}, "expect": "fires"},
            {"name": "other", "given": {}, "expect": "silent"},
        ],
    }


def option_body(option: str, kind: str) -> Made:
    """One option without general points."""
    words = ("ref", "name", "title", "headline", "summary", "living_with_it")
    return {"id": option, "kind": kind, **{word: f"The {word} of {option}" for word in words}, "for": [], "against": []}


_ABOUT = {
    **{
        key: f"The {key}."
        for key in ("id", "name", "version", "dated", "scope", "update_policy", "funding", "authors", "evidence_policy")
    },
    "disclosures": [],
}

_SOURCE = {
    "id": "s1",
    "title": "A page",
    "publisher": "Someone",
    "address": "https://example.org",
    "grade": "judgment",
    "dated": "2026",
    "accessed": "2026-11-23",
}
