"""`advisor advise --log`, `advisor log`, and signatures and judgments of receipts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.audit.keeping.log import DecisionLog
from tests.cli.running import Done, run

TEXT = "Jane's county"
PRIVATE = f"situation: planning\npayers: [medicaid]\nstates: [pa]\ncounty: {TEXT}\n"


def test_advice_refusals_and_errors_are_kept_and_verify(
    tmp_path: Path, answers: Path, folders: list[str | Path]
) -> None:
    folder = tmp_path / "log"
    plain = run("advise", answers, "--quick", *folders)
    assert run("advise", answers, "--quick", "--log", folder, *folders) == plain
    refused = run("advise", "-", "--log", folder, *folders, given="runway: Jane\n")
    assert (refused.code, "`Jane` is not a choice" in refused.err) == (1, True)
    broken = run("advise", answers, "--log", folder, "--rules", tmp_path / "no", "--questionnaires", folders[3])
    assert broken.code == 1
    listed = run("log", "show", folder).out.splitlines()
    assert [line.split()[2] for line in listed] == ["advice", "refused", "error"]
    assert "Jane" not in (folder / "log-000001.jsonl").read_text("utf-8")
    head = DecisionLog(folder).state().head
    told = f"{folder}: all 3 records hold. The last has the digest {head}.\n"
    assert run("log", "verify", folder, "--receipts", "--has", head) == Done(0, told, "")
    assert "there is no record with the digest" in run("log", "verify", folder, "--has", "sha256:0").err
    assert json.loads(run("log", "show", folder, "2").out)["record"]["problems"][0]["question"] == "runway"
    assert "holds no receipt" in run("log", "show", folder, "2", "--receipt").err
    assert "there is no record 9" in run("log", "show", folder, "9").err


@pytest.mark.long
def test_a_private_text_is_in_the_log_only_when_asked_for(tmp_path: Path) -> None:
    answers, folder = tmp_path / "answers.yaml", tmp_path / "log"
    answers.write_text(PRIVATE, "utf-8")
    done = run("advise", answers, "--quick", "--log", folder, "--format", "json")
    assert (done.code, "Jane" in done.out) == (0, False)
    assert "Jane" not in (folder / "log-000001.jsonl").read_text("utf-8")
    assert run("advise", answers, "--quick", "--log", folder, "--log-private").code == 0
    first, second = DecisionLog(folder).lines()
    assert "private" not in first.record
    assert second.record["private"] == {"county": TEXT}
    assert "Jane" not in json.dumps(second.record["receipt"])


SAID_BACK = {
    "new_state",
    "old_state",
    "exact_title",
    "hire_title",
    "top_plans",
    "assoc_plans",
    "blue_name",
    "other_name",
    "plan_name",
    "platform_name",
    "let_firm",
    "side_mco",
    "lea_grp_names",
    "limit_named",
    "start_blue",
    "away_new_state",
}
"""Text questions that ask for a state, the title of a license or names of plans, which the plan page says back."""


def test_every_text_question_that_could_name_a_person_is_marked_as_private() -> None:
    from advisor.advice import default_advisor

    texts = {q.id: q.private for q in default_advisor().questionnaire.questions if q.kind == "text"}
    assert {name for name, private in texts.items() if not private} <= SAID_BACK


def test_a_masked_receipt_comes_out_of_the_log_and_verifies(
    tmp_path: Path, answers: Path, folders: list[str | Path]
) -> None:
    mask, folder, out = tmp_path / "mask.json", tmp_path / "log", tmp_path / "masked.json"
    mask.write_text('{"drop": ["/content/answers/*/value"]}', "utf-8")
    assert run("advise", answers, "--quick", "--log", folder, "--mask", mask, *folders).code == 0
    assert run("log", "verify", folder, "--receipts").code == 0
    assert run("log", "show", folder, "1", "--receipt", "--output", out) == Done(0, "", "")
    done = run("receipt", "verify", out)
    assert (done.code, done.err) == (0, "")
    assert "1 part was erased" in done.out
    assert f"{out}: erased: /content/answers/0/value (dropped)\n" in done.out
    assert "not checked: the answers, of which the trace's account was taken instead: /content/answers/0" in done.out
    beside = run("receipt", "verify", out, *folders)
    assert (beside.code, ", also beside these rules" in beside.out) == (0, True)
    assert "not checked: that these rules give the same today: /content/answers/0/value was erased" in beside.out
    out.write_bytes(out.read_bytes().replace(b'"right"', b'"left"', 1))
    assert run("receipt", "verify", out).code == 1
    mask.write_text('{"drop": ["/content/answer"]}', "utf-8")
    assert "Did you mean `answers`" in run("advise", answers, "--log", folder, "--mask", mask).err
    assert run("advise", answers, "--mask", mask).code == 2


def test_a_torn_log_is_told_refuses_advice_and_is_repaired(
    tmp_path: Path, answers: Path, folders: list[str | Path]
) -> None:
    folder = tmp_path / "log"
    for _ in range(2):
        assert run("advise", answers, "--quick", "--log", folder, *folders).code == 0
    path = folder / "log-000001.jsonl"
    path.write_bytes(path.read_bytes()[:-10])
    torn = run("log", "verify", folder)
    assert (torn.code, "record 2 is torn" in torn.err) == (1, True)
    done = run("advise", answers, "--quick", "--log", folder, *folders)
    assert (done.code, done.out) == (1, "")
    assert "advisor log repair" in done.err
    assert "of record 2 out of log-000001.jsonl" in run("log", "repair", folder).out
    assert run("log", "repair", folder).out == "There is nothing to repair.\n"
    assert run("log", "verify", folder).code == 0
    path.write_bytes(path.read_bytes().replace(b"short", b"shirt", 1))
    changed = run("log", "verify", folder)
    assert (changed.code, "record 1: its digest is not that of what it says" in changed.err) == (1, True)


def test_a_receipt_is_signed_and_judged_and_verify_says_so(
    tmp_path: Path, answers: Path, folders: list[str | Path]
) -> None:
    saved, key, folder = tmp_path / "receipt.json", tmp_path / "desk", tmp_path / "log"
    assert run("receipt", "make", answers, "--output", saved, *folders).code == 0
    assert "there is no such file" in run("receipt", "sign", saved, "--key", key).err
    assert run("receipt", "keygen", "--key", key).code == 0
    unsigned = run("receipt", "verify", saved, "--public-key", f"{key}.pub")
    assert (unsigned.code, unsigned.err) == (1, f"{saved}: unsigned.\n")
    assert run("receipt", "sign", saved, "--key", key).code == 0
    judged = ("override", "--by", "A\x1b[31m Reader", "--reason", "No.", "--rule", "wgh-1", "--log", folder)
    assert run("receipt", "judge", saved, *judged).code == 0
    assert "no rule with this id fired" in run("receipt", "judge", saved, *judged[:-3], "WGH-9").err
    assert run("receipt", "judge", saved, "accept", "--by", " ", "--reason", "x").code == 2
    done = run("receipt", "verify", saved, "--public-key", f"{key}.pub")
    assert (done.code, done.err) == (0, "")
    assert f"{saved}: signed by desk.\n{saved}: judgment 1, unsigned, on " in done.out
    assert ': override about WGH-1, by "A?[31m Reader": "No."\n' in done.out
    assert "which was not checked" in run("receipt", "verify", saved).out
    review = run("rules", "review", saved, "--log", folder, *folders)
    assert (review.code, review.out.splitlines()[1].split()[:5]) == (0, ["1", "0", "0", "1", "WGH-1"])
    without = run("rules", "review", *folders)
    assert (without.code, "overridden" in without.out, "Pages without an approval" in without.out) == (0, False, True)
    saved.write_bytes(saved.read_bytes() + b" ")
    broken = run("receipt", "verify", saved)
    assert (broken.code, "the signature is broken: it signs another file" in broken.err) == (1, True)
