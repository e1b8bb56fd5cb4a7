"""Every item of the article and of the dossier is in claims.yaml, encoded by rules that cite it or with a reason why
none does; the facts of the pages are cited by their rules. The counts were taken from the dossier by hand."""

from __future__ import annotations

import re

from advisor.advice import Advisor

NUMBERS = {"DF": 15, "H": 14, "RF": 20, "G": 7, "N": 13, "S": 14, "R": 13, "STEP": 7}
PADDED = {"K": (193, 3), "D": (29, 2), "F": (65, 2), "C": (25, 2)}
ITEMS = {f"{kind}{n}" for kind, count in NUMBERS.items() for n in range(1, count + 1)} | {
    f"{kind}{n:0{digits}}" for kind, (count, digits) in PADDED.items() for n in range(1, count + 1)
}
BESIDE = {"T1", "T2", "T3", "T4", "U1"}  # the four tie-breakers and the rule on unknown answers (dossier 3.5)
OF_PAGES = r"F[1-9]\d{2,3}|PB\w+"  # facts from 100 on, and what a page as a whole says


def test_the_dossier_has_415_numbered_items() -> None:
    assert len(ITEMS) == 193 + 29 + 65 + 25 + 15 + 14 + 20 + 7 + 13 + 14 + 13 + 7 == 415


def test_every_item_has_an_entry_and_all_else_is_a_fact_or_the_gist_of_a_page(shipped_advisor: Advisor) -> None:
    claims = set(shipped_advisor.rulebase.claims)

    assert claims >= ITEMS | BESIDE
    assert [claim for claim in claims - ITEMS - BESIDE if not re.fullmatch(OF_PAGES, claim)] == []


def test_each_item_is_encoded_or_says_why_not(shipped_advisor: Advisor) -> None:
    for claim in shipped_advisor.rulebase.claims.values():
        if not re.fullmatch(r"PB\w+", claim.id):  # which stands for the entries of a page that name none
            assert bool(claim.rules) is not bool(claim.not_encoded), claim.id
        assert claim.says.endswith((".", "?", '"')), claim.id
        assert not claim.not_encoded or len(claim.not_encoded.split()) >= 6, claim.id


def test_the_rules_of_an_item_are_those_that_cite_it(shipped_advisor: Advisor) -> None:
    base = shipped_advisor.rulebase
    citing: dict[str, list[str]] = {}
    for rule in base.active:
        for claim in set(rule.claims):
            citing.setdefault(claim, []).append(rule.id)
    for entry in base.claims.values():
        assert [place for place in entry.rules if "#" not in place] == sorted(citing.get(entry.id, [])), entry.id


def test_the_hedges_of_the_article_are_kept_with_their_items(shipped_advisor: Advisor) -> None:
    # The dossier lists every hedge of the article after its count of K-items.
    hedged = {
        "K023", "K031", "K032", "K033", "K034", "K039", "K040", "K041", "K065", "K066", "K068", "K078", "K079", "K080",
        "K081", "K082", "K083", "K087", "K089", "K091", "K098", "K110", "K111", "K112", "K117", "K120", "K121", "K122",
        "K134", "K162", "K172", "K184", "K186", "K188", "K189", "K190", "K036",
    }  # fmt: skip
    claims = shipped_advisor.rulebase.claims
    bare = sorted(item for item in hedged if not claims[item].hedge)

    assert bare == []


def test_no_claim_is_named_that_has_no_shape_of_one(shipped_advisor: Advisor) -> None:
    odd = [
        c
        for rule in shipped_advisor.rulebase.rules
        for c in rule.claims
        if not re.fullmatch(rf"[A-Z]+\d+|{OF_PAGES}", c)
    ]

    assert odd == []
