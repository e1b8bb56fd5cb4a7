"""`advisor rules approve`: what will be signed is shown and asked, and the advice then says who approved it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from advisor.advice import Advisor
from advisor.audit.approving.approvals import standings
from advisor.cli.clock import today
from advisor.loading.resources import shipped
from tests.cli.running import Done, environment, run
from tests.helpers.folders import write_folder


@pytest.fixture
def key(tmp_path: Path) -> Path:
    assert run("receipt", "keygen", "--key", tmp_path / "ann.key").code == 0
    return tmp_path / "ann.key"


def approve(key: Path, folders: list[str | Path], *more: str, page: str = "of_DER-1", given: str = "") -> Done:
    who = ("--name", "Ann Lee", "--role", "clinical director")
    return run("rules", "approve", page, "--key", key, *who, *more, *folders, given=given)


def full(answers: Path, folders: list[str | Path], *more: str | Path) -> str:
    done = run("advise", answers, "--quick", "--full", *more, *folders)
    assert (done.code, done.err) == (0, "")
    return unwrapped(done.out)


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def test_what_will_be_signed_is_shown_and_signed_after_a_yes(
    tiny_folders: tuple[Path, Path], folders: list[str | Path], key: Path
) -> None:
    done = approve(key, folders, given="y\n")
    path = tiny_folders[0] / "approvals/of_DER-1.json"
    assert (done.code, done.err) == (0, "")
    for said in (
        "of_DER-1  The page of DER-1", "  Why Because it is so.", "  K1: It is so.", "What will be signed",
        "  - the page of_DER-1 of the rule base tiny 1", "  - by Ann Lee, clinical director, on ",
        "Do you approve the page of_DER-1 as it stands above?", f"Wrote {path}.",
    ):  # fmt: skip
        assert said in done.out
    assert path.stat().st_mode & 0o777 == 0o644
    assert json.loads(path.read_bytes()).keys() == {"payload", "payloadType", "signatures"}


def test_a_no_or_the_end_of_the_input_signs_nothing(
    tiny_folders: tuple[Path, Path], folders: list[str | Path], key: Path
) -> None:
    assert approve(key, folders, given="n\n").out.endswith("Nothing was signed.\n")
    assert approve(key, folders, given="").code != 0
    assert not (tiny_folders[0] / "approvals").exists()


def test_a_page_that_is_changed_while_it_is_read_is_not_signed(
    tiny_folders: tuple[Path, Path], folders: list[str | Path], key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tiny_folders[0] / "deriving/tight.yaml"

    def read_and_changed(asked: str) -> bool:
        path.write_text(path.read_text("utf-8").replace("Because it is so.", "Because I say so."), "utf-8")
        return "of_DER-1" in asked

    monkeypatch.setattr(click, "confirm", read_and_changed)
    done = approve(key, folders)
    assert (done.code, "the page was changed while you read it; nothing was signed" in done.err) == (1, True)
    assert not (tiny_folders[0] / "approvals").exists()


def test_the_full_view_the_json_and_the_receipt_say_who_approved(
    folders: list[str | Path], key: Path, answers: Path, tmp_path: Path
) -> None:
    none = "Approved: none of the 3 rules that spoke here."
    assert f" {none} Nothing is approved by default. - Rule base" in full(answers, folders)
    assert approve(key, folders, "--yes").code == 0
    some = f"Approved: 1 of the 3 rules that spoke here, by Ann Lee (clinical director, {today()})."
    trust = ("--trust", f"{key}.pub")
    assert f" {some} - Rule base" in full(answers, folders, *trust)
    unknown = "Signed by a key that you have not named as trusted: 1 of these rules, by Ann Lee"
    assert f" {none} {unknown}" in full(answers, folders)
    told = json.loads(run("advise", answers, "--format", "json", *trust, *folders).out)["approvals"]
    assert (told["spoke"], told["approved"], told["pages"][0]["name"]) == (3, 1, "Ann Lee")
    assert "Approved" not in run("advise", answers, *trust, *folders).out  # the page itself stays as short as it was
    receipt = tmp_path / "receipt.json"
    assert run("receipt", "make", answers, "--output", receipt, *trust, *folders).code == 0
    assert run("receipt", "verify", receipt, *folders).code == 0
    assert some in unwrapped(run("receipt", "show", receipt).out)
    assert some in run("receipt", "show", receipt, "--format", "html").out
    assert run("keep", answers, "--to", tmp_path / "kept", *trust, *folders).code == 0
    assert some in (tmp_path / "kept" / "plan.html").read_text("utf-8")
    environ = {"ADVISOR_TRUST": f"{key}.pub"}
    assert some in unwrapped(run("advise", answers, "--quick", "--full", *folders, environ=environ).out)


def test_a_change_makes_it_stale_and_approving_again_mends_that(
    tiny_folders: tuple[Path, Path], folders: list[str | Path], key: Path, answers: Path
) -> None:
    assert approve(key, folders, "--yes").code == 0
    path = tiny_folders[0] / "deriving/tight.yaml"
    path.write_text(path.read_text("utf-8").replace("Because it is so.", "Because."), "utf-8")
    trust = ("--trust", f"{key}.pub")
    stale = "On a page that was changed since it was approved: 1 of these rules, by Ann Lee"
    assert stale in full(answers, folders, *trust)
    again = approve(key, folders, "--yes")
    assert "it replaces the approval that is there" in again.out
    assert "Approved: 1 of the 3 rules" in full(answers, folders, *trust)


def test_a_forged_approval_stops_the_advice_with_a_message(
    tiny_folders: tuple[Path, Path], folders: list[str | Path], key: Path, answers: Path
) -> None:
    assert approve(key, folders, "--yes").code == 0
    path = tiny_folders[0] / "approvals/of_DER-1.json"
    write_folder(path.parent, {"of_WGH-1.json": path.read_text("utf-8")})
    done = run("advise", answers, *folders)
    assert (done.code, done.out) == (1, "")
    assert "approvals/of_WGH-1.json: this is the approval of the page `of_DER-1`. Remove the file" in done.err
    checked = run("rules", "check", *folders)
    assert (checked.code, "approvals/of_WGH-1.json: " in checked.err) == (1, True)


def test_wrong_use_is_told(folders: list[str | Path], key: Path, answers: Path, tmp_path: Path) -> None:
    wrong = approve(key, folders, page="of_DER-2")
    assert (wrong.code, "there is no page `of_DER-2`. Did you mean" in wrong.err) == (2, True)
    assert "there is no such file" in approve(tmp_path / "none", folders, "--yes").err
    assert "this is no key" in approve(Path(f"{key}.pub"), folders, "--yes").err
    blank = run("rules", "approve", "of_DER-1", "--key", key, "--name", " ", "--role", "x", "--yes", *folders)
    assert (blank.code, "`name`: the text is too short" in blank.err) == (1, True)
    assert run("advise", answers, "--trust", tmp_path / "none.pub", *folders).code == 2


def test_nothing_of_signing_is_loaded_for_advice_without_approvals(folders: list[str | Path], answers: Path) -> None:
    told = "[name for name in sys.modules if name.startswith(('cryptography', 'advisor.audit'))]"
    script = (
        f"import sys\nfrom advisor.cli.main import main\ntry:\n    main()\nfinally:\n    print({told}, file=sys.stderr)"
    )
    call = [sys.executable, "-c", script, "advise", answers, *folders]
    done = subprocess.run([*map(str, call)], capture_output=True, env=environment(), check=False)
    assert (done.returncode, done.stderr) == (0, b"[]\n")


@pytest.mark.long
def test_a_change_of_what_is_said_by_state_makes_the_page_stale_that_speaks_from_it(
    tmp_path: Path, key: Path, shipped_advisor: Advisor
) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(shipped("rules"), rules)
    for page in ("state_medicaid", "cash_and_time"):
        assert approve(key, ["--rules", rules], "--yes", page=page).code == 0
    path = rules / "states.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('medicaid: {text: "the state', 'medicaid: {text: "now the state', 1), "utf-8")
    changed = Advisor.load(rules).rulebase
    found = {one.approval.page: one for one in standings(changed, rules, [Path(f"{key}.pub")])}
    assert (found["state_medicaid"].approval.standing, found["state_medicaid"].changed) == ("stale", ("rules",))
    assert found["cash_and_time"].approval.standing == "approved"
