"""What was erased is never passed over in silence: not beside a rulebook, not in a recall, not by a crash."""

from __future__ import annotations

import base64
import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from advisor.advice import default_advisor
from advisor.audit.keeping.kept import kept_in
from advisor.audit.model.log import Mask
from advisor.audit.model.recall import Reason, Recall
from advisor.audit.model.receipt import Receipt
from advisor.audit.model.signature import PAYLOAD_TYPE
from advisor.audit.recall import recall
from advisor.audit.receipts import Receipts
from advisor.audit.recording.masks import check_masked, masked, masked_bytes
from advisor.audit.recording.seal import canonical, digest, plain, receipt_bytes
from advisor.audit.recording.signing import check_signature
from advisor.loading.answers import read_answers
from advisor.verifier import problems
from tests.unit.audit.tampering import TIME, requoted

ANSWERS = Path(__file__).parents[2] / "cases" / "answers" / "counselor-starting-out.yaml"
Plain = dict[str, Any]


@cache
def whole() -> Receipt:
    advisor = default_advisor()
    return Receipts(advisor).make(read_answers(ANSWERS, advisor.questionnaire), TIME)


def sealed(data: Plain) -> bytes:
    """The bytes of a changed receipt, whole or masked, with its digests made anew."""
    content = digest(data["content"])
    data["content_digest"] = content
    data["id"] = ("msk-" if "masked" in data["format"] else "rcp-") + content[7:23]
    data["envelope_digest"] = digest({k: v for k, v in data.items() if k not in ("envelope_digest", "content")})
    return canonical(data) + b"\n"


def masked_data(drop: tuple[str, ...] = (), hashed: tuple[str, ...] = ()) -> Plain:
    made: Plain = json.loads(masked_bytes(masked(whole(), Mask(drop=drop, hash=hashed, key="k" * 20))))
    return made


def slowly(*parts: str) -> list[Any]:
    """Parameters of the slow lane: a receipt of the shipped rules takes seconds to mask and to search."""
    return [pytest.param(part, marks=pytest.mark.slow) for part in parts]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("book") / "rulebook.json"
    file.write_bytes(canonical(plain(Receipts(default_advisor()).rulebook())) + b"\n")
    return file


def recalled(folder: Path, reason: Reason, subject: str, data: Plain) -> Recall:
    """A recall over a whole receipt and a masked one."""
    for name, raw in (("whole.json", receipt_bytes(whole())), ("masked.json", sealed(data))):
        (folder / name).write_bytes(raw)
    return recall(kept_in([folder]), reason, subject, default_advisor().rulebase.wording)


@pytest.mark.long
def test_a_forged_rule_is_seen_beside_a_rulebook_though_another_rule_was_erased(book: Path) -> None:
    data = masked_data(("/content/rules/3",))
    data["content"]["rules"][0]["why"] = "Forged"
    requoted(data["content"]["rules"][0])
    assert any("Forged" in problem for problem in check_masked(sealed(data), book).problems)


@pytest.mark.long
def test_a_forged_source_is_seen_beside_a_rulebook_though_another_source_was_erased(book: Path) -> None:
    data = masked_data(("/content/sources/0",))
    data["content"]["sources"][2]["title"] = "Forged"
    assert any("Forged" in problem for problem in check_masked(sealed(data), book).problems)


@pytest.mark.long
def test_what_could_not_be_laid_beside_a_rulebook_is_said(book: Path) -> None:
    found = check_masked(sealed(masked_data(("/content/rules/3", "/content/advice/headings"))), book)
    assert found.problems == ()
    assert "beside the rulebook: rules: /content/rules/3 was erased" in found.unchecked
    assert any(one.startswith("beside the rulebook: sources and standing words") for one in found.unchecked)


@pytest.mark.long
def test_a_twin_of_a_contradiction_is_seen(book: Path) -> None:
    data = plain(whole())
    twin = copy.deepcopy(data["content"]["contradictions"][0])
    twin["text"] = "Forged"
    data["content"]["contradictions"].insert(0, twin)
    assert "content.contradictions: something is there twice" in list(problems(sealed(data)))
    assert any("Forged" in problem for problem in problems(sealed(data), rulebook=book))


@pytest.mark.long
def test_words_that_no_rulebook_has_are_seen_among_the_disclosures(book: Path) -> None:
    data = plain(whole())
    data["content"]["advice"]["disclosures"].append({"id": "x", "text": "Certified by the State Board."})
    found = list(problems(sealed(data), rulebook=book))
    assert any("Certified by the State Board." in problem for problem in found)


@pytest.mark.long
@pytest.mark.parametrize("part", ["questions/*/alone", "questions/*/wording/max_length", "contradictions/*/text"])
def test_an_honest_mask_is_not_called_a_forgery(part: str) -> None:
    assert check_masked(sealed(masked_data((f"/content/{part}",)))).problems == ()


@pytest.mark.long
def test_a_huge_index_in_the_list_of_what_was_erased_is_refused() -> None:
    data = masked_data()
    data["erased"] = [{"path": "/content/answers/" + "9" * 5000, "how": "drop"}]
    assert "it is said to be erased, and is not" in next(problems(sealed(data)))


@pytest.mark.long
@pytest.mark.parametrize("part", ["rules/3", *slowly("advice/trace/firings/*/rule", "rules/*/id", "rules/*/sources")])
def test_advice_whose_grounds_were_erased_is_listed_as_not_searched(tmp_path: Path, part: str) -> None:
    source = whole().content.sources[0].id
    found = recalled(tmp_path, "source", source, masked_data(hashed=(f"/content/{part}",)))
    assert [one.receipt for one in found.found] == [whole().id]
    assert [one.place.rsplit("/", 1)[-1] for one in found.not_searched] == ["masked.json"]


@pytest.mark.long
def test_advice_whose_dates_were_erased_is_listed_as_not_searched(tmp_path: Path) -> None:
    found = recalled(tmp_path, "expired", "2099-01-01", masked_data(("/content/rules/*/review_by",)))
    assert (len(found.found), len(found.not_searched)) == (1, 1)


@pytest.mark.long
@pytest.mark.parametrize(
    "part",
    [
        "advice/options/*/for/0",
        *slowly("figures/*/text", "advice/options", "advice/reasons/*/text", "advice/gates"),
    ],
)
def test_a_recall_reads_what_is_left_of_the_lines(tmp_path: Path, part: str) -> None:
    found = recalled(tmp_path, "rule", "WGH-001", masked_data((f"/content/{part}",)))
    assert (len(found.found), len(found.not_searched)) == (2, 0)


@pytest.mark.long
def test_nothing_is_said_to_be_unknown_when_not_all_could_be_read(tmp_path: Path) -> None:
    found = recalled(tmp_path, "source", "no.such.source", masked_data(("/content/rules",)))
    assert (len(found.found), len(found.not_searched)) == (0, 1)


@pytest.mark.long
def test_other_things_named_json_in_a_folder_do_not_stop_a_recall(tmp_path: Path) -> None:
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "nowhere.json").symlink_to(tmp_path / "gone")
    found = recalled(tmp_path, "rule", "WGH-001", masked_data())
    assert len(found.found) == 2
    assert [one.reason for one in found.not_searched] == ["it is a link that leads nowhere"]


def test_a_signature_whose_statement_names_no_text_is_broken() -> None:
    payload = base64.b64encode(b'{"subject":[{"name":"\\ud800"}]}').decode()
    envelope = {"payloadType": PAYLOAD_TYPE, "payload": payload, "signatures": [{"keyid": "0" * 64, "sig": "AAAA"}]}
    assert check_signature(b"x", json.dumps(envelope).encode(), ()).state == "broken"
