"""Folders of files are read whole, in one order, and their digests tell every change."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from advisor.errors import RuleBaseError
from advisor.loading.resources import digest_of, named, read_bytes, sha256, shipped, yaml_files
from tests.helpers.folders import write_folder


def test_the_shipped_folders_are_found() -> None:
    assert (shipped("rules") / "rulebase.yaml").is_file()
    assert (shipped("questionnaires") / "credentialing.yaml").is_file()


def test_yaml_files_come_sorted_and_hidden_ones_not_at_all(tmp_path: Path) -> None:
    write_folder(tmp_path, {"b.yaml": "2", "a/z.yaml": "1", "a/readme.md": "", ".git/x.yaml": "", "a/.y.yaml": ""})
    assert list(yaml_files(tmp_path, RuleBaseError)) == [("a/z.yaml", b"1"), ("b.yaml", b"2")]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleBaseError, match="there is no such folder"):
        list(yaml_files(tmp_path / "nowhere", RuleBaseError))
    (tmp_path / "file").write_text("")
    with pytest.raises(RuleBaseError, match="there is no such folder"):
        list(yaml_files(tmp_path / "file", RuleBaseError))


def test_a_digest_is_the_sha_256_over_lines_of_digest_and_path() -> None:
    files = {"b.yaml": sha256(b"2"), "a.yaml": sha256(b"1")}
    lines = "".join(
        f"{hashlib.sha256(raw).hexdigest()}  {name}\n" for name, raw in (("a.yaml", b"1"), ("b.yaml", b"2"))
    )
    assert digest_of(files) == hashlib.sha256(lines.encode()).hexdigest()


def test_a_name_in_an_error_cannot_steer_a_terminal(tmp_path: Path) -> None:
    assert named(Path("a\x1b[31m\u202eb\x07.yaml")) == "a?[31m?b?.yaml"
    with pytest.raises(RuleBaseError) as caught:
        read_bytes(tmp_path / "x\x1b]0;y\x07", RuleBaseError)
    assert "\x1b" not in str(caught.value)
    assert "there is no such file" in str(caught.value)
