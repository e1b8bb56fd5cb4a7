"""Phrases that must not be said are found in every text that a user may be shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.checking.forbidden_words import broken_bans, forbidden_words
from advisor.checking.phrases import phrase_of
from advisor.loading.questionnaire import load_questionnaire
from advisor.loading.rulebase import load_rulebase
from advisor.model.rulebase import Ban
from tests.helpers.folders import TINY_RULES, rule_file, write_folder
from tests.unit.checking.desks import findings
from tests.unit.loading.test_questionnaire import TERMS, TEXT
from tests.unit.loading.test_rulebase_files import FIGURE

PROMISE = Ban("N1", "Promises.", ("you will earn", "will pay * soon", "guarantee*"), ("no one can guarantee",))


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("You will earn more.", "you will earn"),
        ("YOU  WILL\nEARN it", "you will earn"),
        ("you will, earn", "you will earn"),
        ("you will earnestly try", ""),
        ("thank-you will earn", "you will earn"),
        ("They will pay soon.", "will pay * soon"),
        ("They will pay you quite soon.", "will pay * soon"),
        ("They will pay you back one day soon.", ""),
        ("It is guaranteed.", "guarantee*"),
        ("It is a guarantee.", "guarantee*"),
        ("No one can guarantee that.", ""),
        ("No one can guarantee that, yet we guarantee it.", "guarantee*"),
        ("The plan pays.", ""),
    ],
)
def test_a_phrase_is_found_whole_whatever_its_case_and_spaces(text: str, phrase: str) -> None:
    assert [found for _, found in broken_bans(text, (PROMISE,))] == ([phrase] if phrase else [])


def test_curly_marks_are_folded() -> None:
    ban = Ban("N2", "No.", ("you can't lose",), ())
    assert [found for _, found in broken_bans("You can\u2019t lose.", (ban,))] == ["you can't lose"]


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("a*a*a*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaab"),
        ("a * * * * * * * * b", "a, a a a a a a a b"),
        ("a* a* a* a* a* a* b", "aa a a a aa a b"),
        ("*a*a*a*a*a*a*b", "aaaaaaaaab"),
    ],
)
def test_a_phrase_made_to_take_long_is_looked_for_in_one_pass(phrase: str, said: str) -> None:
    ban = Ban("N3", "No.", (phrase,), ())
    assert list(broken_bans("b" + "a" * 5_000, (ban,))) == []
    assert list(broken_bans("b " + "a-" * 2_000, (ban,))) == []
    assert [found for _, found in broken_bans(said, (ban,))] == [phrase]


FULL = {
    **TINY_RULES,
    "figures.yaml": FIGURE,
    "retired.yaml": "retired: []\n",
    "plan/all.yaml": rule_file(
        "PLA-1", "plan", "{all: [{fact: runway, is: short}]}",
        "{next_step: {order: 1, timing: SOON, text: STEP.}, ask: {to: payer, order: 1, text: ASKED.},\n"
        "      call: {who: WHOM, about: ABOUT.}, note: {topic: t, text: NOTED.}}",
        ("{runway: short}", "{runway: long}"),
    )
    .replace("Because it is so.", "WHY.\n    caveats: [CAVEAT.]")
    .replace("Rule PLA-1", "TITLE")
    .replace("rules:", "asks: TOLD?\nrules:"),
    "constraints/flag.yaml": rule_file(
        "CON-1", "constrain", "{all: [{fact: runway, is: short}]}",
        "{red_flag: {id: R1, severity: 1, action: ACT.}}", ("{runway: short}", "{runway: long}"),
    ),
}  # fmt: skip
ASKED = {"credentialing.yaml": TEXT, "glossary.yaml": TERMS}


def _in_rules(file: str, old: str) -> tuple[str, str, str]:
    return "rules", file, old


@pytest.mark.parametrize(
    ("folder", "file", "old"),
    [
        *(_in_rules("plan/all.yaml", word) for word in (
            "The page of", "TOLD", "TITLE", "WHY", "CAVEAT", "SOON", "STEP", "ASKED", "WHOM", "ABOUT", "NOTED",
        )),
        _in_rules("constraints/flag.yaml", "ACT"),
        *(_in_rules("options.yaml", word) for word in ("Go left,", "It is left", "It goes on", "A point")),
        *(_in_rules("figures.yaml", word) for word in ("Months", "Between", "Just")),
        _in_rules("facts.yaml", "money is tight"),
        _in_rules("criteria.yaml", "Cash"),
        _in_rules("wording.yaml", "Red flags"),
        _in_rules("decision.yaml", "None."),
        _in_rules("rulebase.yaml", "This is a test"),
        *(("questionnaires", "credentialing.yaml", word) for word in (
            "Tiny\nintro", "Hello", "All\n", "How long", "Money.", "Count it", "Short}", "That is odd",
        )),
        ("questionnaires", "glossary.yaml", "A list"),
    ],
)  # fmt: skip
def test_every_text_that_may_be_shown_is_searched(tmp_path: Path, folder: str, file: str, old: str) -> None:
    files = {"rules": FULL, "questionnaires": ASKED}

    def write(name: str, spoiled: str) -> Path:
        texts = dict(files[name])
        if spoiled:
            assert old in texts[spoiled], old
            texts[spoiled] = texts[spoiled].replace(old, f"you will earn {old}", 1)
        return write_folder(tmp_path / name, texts)

    questionnaire = load_questionnaire(write("questionnaires", file if folder == "questionnaires" else ""))
    base = load_rulebase(questionnaire, write("rules", file if folder == "rules" else ""))
    told = findings(forbidden_words, base, questionnaire)
    assert {found for found, _, _ in told} == {file}
    assert all(message == "the text says `you will earn`, which N1 forbids: Promises." for _, _, message in told)


def test_the_full_base_says_nothing_that_is_forbidden(tmp_path: Path) -> None:
    questionnaire = load_questionnaire(write_folder(tmp_path / "q", ASKED))
    base = load_rulebase(questionnaire, write_folder(tmp_path / "r", FULL))
    assert findings(forbidden_words, base, questionnaire) == []


_WORDS = st.sampled_from(["pay", "paid", "don't", "pay-day", "a", "*", "pa*", "*id", "you_", "Pay", ",", "é"])


@given(st.lists(_WORDS, max_size=8), st.lists(st.lists(_WORDS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_no_phrase_is_missed_that_is_found_when_looked_for_by_itself(text: list[str], phrases: list[list[str]]) -> None:
    said = " ".join(text).replace("*", "")
    forbidden = tuple(" ".join(words) for words in phrases)
    folded = " ".join(said.lower().split())
    alone = [phrase for phrase in forbidden if any(phrase_of(phrase).spans(folded, widest=False))]
    assert [phrase for _, phrase in broken_bans(said, (Ban("N3", "No.", forbidden, ()),))] == alone
