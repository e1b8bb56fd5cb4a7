"""Signatures say unsigned, signed by whom, or broken, as DSSE and ed25519 have it."""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from advisor.audit.recording.signing import check_signature, make_keys, pre_authentication, sign
from advisor.errors import AdvisorError, DataError

RAW = b'{"id":"rcp-1"}\n'


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    make_keys(tmp_path / "desk")
    return tmp_path / "desk"


def test_the_bytes_that_are_signed_are_those_of_the_standard() -> None:
    assert pre_authentication(b"hello") == b"DSSEv1 28 application/vnd.in-toto+json 5 hello"


def test_a_signature_can_be_checked_without_this_package(desk: Path) -> None:
    envelope = json.loads(sign(RAW, "rcp-1", desk))
    payload = base64.b64decode(envelope["payload"])
    statement = json.loads(payload)
    assert statement["subject"] == [{"name": "rcp-1", "digest": {"sha256": hashlib.sha256(RAW).hexdigest()}}]
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    key = load_pem_public_key(desk.with_name("desk.pub").read_bytes())
    assert isinstance(key, Ed25519PublicKey)
    signed = b"DSSEv1 28 application/vnd.in-toto+json %d %s" % (len(payload), payload)
    key.verify(base64.b64decode(envelope["signatures"][0]["sig"]), signed)


def test_unsigned_signed_unknown_and_broken_are_told_apart(desk: Path, tmp_path: Path) -> None:
    make_keys(tmp_path / "other")
    own, other = tmp_path / "desk.pub", tmp_path / "other.pub"
    envelope = sign(RAW, "rcp-1", desk)
    assert check_signature(RAW, None, [own]).state == "unsigned"
    assert check_signature(RAW, envelope, [other, own]).signers == ("desk",)
    assert check_signature(RAW, envelope, [other]).state == "unknown"
    assert check_signature(RAW, envelope, []).state == "unknown"
    assert check_signature(RAW + b" ", envelope, [own]).state == "broken"
    assert check_signature(RAW, b"{}", [own]).state == "broken"
    forged = json.loads(envelope)
    forged["signatures"][0]["sig"] = base64.b64encode(bytes(64)).decode()
    assert check_signature(RAW, json.dumps(forged).encode(), [own]).reason == "the signature said to be by desk is not"
    both = sign(RAW, "rcp-1", tmp_path / "other", envelope)
    assert check_signature(RAW, both, [own, other]).signers == ("desk", "other")
    with pytest.raises(DataError, match="signed the file already"):
        sign(RAW, "rcp-1", desk, both)
    with pytest.raises(DataError, match="not of this file"):
        sign(RAW + b" ", "rcp-1", desk, both)


def test_keys_are_never_written_over_and_the_private_one_is_private(desk: Path) -> None:
    before = desk.read_bytes()
    assert desk.stat().st_mode & 0o777 == 0o600
    with pytest.raises(DataError, match="no key is ever written over"):
        make_keys(desk)
    desk.unlink()
    with pytest.raises(DataError, match="no key is ever written over"):
        make_keys(desk)
    assert not desk.exists()
    assert before.startswith(b"-----BEGIN PRIVATE KEY-----")


def test_a_key_that_is_none_is_told_without_what_it_holds(desk: Path, tmp_path: Path) -> None:
    secret = tmp_path / "wrong"
    secret.write_bytes(b"my secret")
    for path, told in ((secret, "this is no key"), (tmp_path / "no", "there is no such file")):
        with pytest.raises(DataError, match=told) as caught:
            sign(RAW, "rcp-1", path)
        assert "my secret" not in str(caught.value)
    with pytest.raises(DataError, match="this is no key"):
        check_signature(RAW, None, [desk])


def test_without_the_library_signing_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(AdvisorError, match=r"pip install 'credentialing-advisor\[signing\]'"):
        make_keys(tmp_path / "key")
    assert check_signature(RAW, None, []).state == "unsigned"
