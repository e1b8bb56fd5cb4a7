"""Signatures: ed25519 in DSSE envelopes, detached over a file's SHA-256, or over an in-toto statement as it stands."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pydantic import ValidationError

from advisor.audit.model.signature import PAYLOAD_TYPE, DsseEnvelope, DsseSignature, SignatureReport
from advisor.audit.recording.seal import canonical
from advisor.errors import AdvisorError, DataError, Place, Problem
from advisor.model.safe_text import shown

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SUFFIX = ".sig"
_STATEMENT = "https://in-toto.io/Statement/v1"
_PREDICATE = "urn:advisor:receipt:signed:1"
_MOST_KEY_BYTES = 10_000


def make_keys(private: Path) -> Path:
    """Make a new pair of keys: `private` (PEM, PKCS 8, only the user can read it) and beside it `.pub`; its path.

    Raises DataError when one of the files is there already, AdvisorError without the library, and OSError.
    """
    _library()
    from cryptography.hazmat.primitives import serialization as as_bytes
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    public = private.with_name(private.name + ".pub")
    for path in (private, public):
        if path.exists():
            raise _wrong(path, "there is such a file already, and no key is ever written over", "a new name")
    made = Ed25519PrivateKey.generate()
    pem = as_bytes.Encoding.PEM
    secret = made.private_bytes(pem, as_bytes.PrivateFormat.PKCS8, as_bytes.NoEncryption())
    _write_new(private, secret, 0o600)
    _write_new(public, made.public_key().public_bytes(pem, as_bytes.PublicFormat.SubjectPublicKeyInfo), 0o644)
    return public


def sign(raw: bytes, name: str, key: Path, before: bytes | None = None) -> bytes:
    """The envelope over a file's bytes, to be kept beside it; `name` is the receipt's id, and `before` an envelope of
    the same file to which the signature is added.

    Raises DataError for a key or an envelope that is none, or a key that signed already; AdvisorError without the
    library.
    """
    secret = _private_key(key)
    statement = _statement(raw, name)
    keyid = _keyid(secret.public_key())
    old: tuple[DsseSignature, ...] = ()
    if before is not None:
        envelope = _envelope(before)
        if envelope is None or _payload(envelope) != statement:
            raise DataError(Problem(Place(), "the signature that is there is not of this file", "", "Move it away"))
        old = envelope.signatures
    if any(one.keyid == keyid for one in old):
        raise DataError(Problem(Place(shown(str(key))), "this key has signed the file already"))
    return _enveloped(statement, secret, old)


def check_signature(raw: bytes, envelope: bytes | None, public_keys: Iterable[Path]) -> SignatureReport:
    """Whether a file's bytes are signed, and by whom of those whose public keys are given.

    A key's owner is named by the name of its file. Raises DataError for a public key that is none, and AdvisorError
    without the library when there are keys to check with.
    """
    named = {_keyid(key): (path.name.removesuffix(".pub"), key) for path in public_keys for key in (_public_key(path),)}
    if envelope is None:
        return SignatureReport(state="unsigned")
    read = _envelope(envelope)
    payload = _payload(read) if read is not None else None
    if read is None or payload is None:
        return SignatureReport(
            state="broken", reason="the signature's file is no DSSE envelope of an in-toto statement"
        )
    keys = tuple(one.keyid for one in read.signatures)
    if not _names(payload, raw):
        return SignatureReport(state="broken", keys=keys, reason="it signs another file, or the file was changed since")
    signers = []
    for one in read.signatures:
        if one.keyid not in named:
            continue
        who, key = named[one.keyid]
        if not _holds(key, one.sig, payload):
            return SignatureReport(state="broken", keys=keys, reason=f"the signature said to be by {who} is not")
        signers += [who] if who not in signers else []
    return SignatureReport(state="signed" if signers else "unknown", signers=tuple(signers), keys=keys)


def public_half(key: Path) -> str:
    """The public key that belongs to the private key in a file: its DER form in base64. Raises as `sign`."""
    return base64.b64encode(_der(_private_key(key).public_key())).decode("ascii")


def sign_statement(statement: bytes, key: Path) -> bytes:
    """The envelope over a statement as it stands, with one signature. Raises as `sign`."""
    return _enveloped(statement, _private_key(key), ())


def key_ids(public_keys: Iterable[Path]) -> frozenset[str]:
    """The ids of the public keys in some files. Raises as `check_signature`."""
    return frozenset(_keyid(_public_key(path)) for path in public_keys)


def signed_statement(envelope: bytes) -> tuple[bytes, DsseSignature] | None:
    """The payload of an envelope with exactly one signature, and that signature, as they stand; None for any other."""
    read = _envelope(envelope)
    payload = _payload(read) if read is not None and len(read.signatures) == 1 else None
    return None if read is None or payload is None else (payload, read.signatures[0])


def signed_by_half(payload: bytes, signature: DsseSignature, half: str) -> bool:
    """Whether a signature of a payload was made with the private key that belongs to this public one (`public_half`),
    and names it by its id. Raises AdvisorError without the library.
    """
    _library()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        key = load_der_public_key(base64.b64decode(half, validate=True))
    except (ValueError, UnsupportedAlgorithm):
        return False
    if not isinstance(key, Ed25519PublicKey) or _keyid(key) != signature.keyid:
        return False
    return _holds(key, signature.sig, payload)


def pre_authentication(payload: bytes) -> bytes:
    """What is signed of a payload: the pre-authentication encoding (PAE) of DSSE version 1."""
    kind = PAYLOAD_TYPE.encode("ascii")
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def _enveloped(statement: bytes, secret: Ed25519PrivateKey, old: Iterable[DsseSignature]) -> bytes:
    signature = base64.b64encode(secret.sign(pre_authentication(statement))).decode("ascii")
    made = {
        "payloadType": PAYLOAD_TYPE,
        "payload": base64.b64encode(statement).decode("ascii"),
        "signatures": [
            *(one.model_dump() for one in old), {"keyid": _keyid(secret.public_key()), "sig": signature},
        ],
    }  # fmt: skip
    return canonical(made) + b"\n"


def _statement(raw: bytes, name: str) -> bytes:
    subject = {"name": name, "digest": {"sha256": hashlib.sha256(raw).hexdigest()}}
    return canonical({"_type": _STATEMENT, "subject": [subject], "predicateType": _PREDICATE, "predicate": {}})


def _names(payload: bytes, raw: bytes) -> bool:
    """Whether a statement is one of ours, and of exactly this file."""
    import json

    try:
        subject = json.loads(payload)["subject"][0]["name"]
        return isinstance(subject, str) and _statement(raw, subject) == payload
    except (ValueError, LookupError, TypeError, RecursionError):
        return False


def _envelope(raw: bytes) -> DsseEnvelope | None:
    try:
        return DsseEnvelope.model_validate_json(raw)
    except ValidationError:
        return None


def _payload(envelope: DsseEnvelope) -> bytes | None:
    try:
        return base64.b64decode(envelope.payload, validate=True)
    except (binascii.Error, ValueError):
        return None


def _holds(key: Ed25519PublicKey, signature: str, payload: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        key.verify(base64.b64decode(signature, validate=True), pre_authentication(payload))
    except (InvalidSignature, ValueError):
        return False
    return True


def _private_key(path: Path) -> Ed25519PrivateKey:
    _library()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    made = _key(path, lambda raw: load_pem_private_key(raw, None), "a private key of `advisor receipt keygen`")
    if not isinstance(made, Ed25519PrivateKey):
        raise _wrong(path, "this is a key of another kind", "an ed25519 key of `advisor receipt keygen`")
    return made


def _public_key(path: Path) -> Ed25519PublicKey:
    _library()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    made = _key(path, load_pem_public_key, "a public key, such as the `.pub` file of `advisor receipt keygen`")
    if not isinstance(made, Ed25519PublicKey):
        raise _wrong(path, "this is a key of another kind", "an ed25519 key of `advisor receipt keygen`")
    return made


def _key(path: Path, load: Any, expected: str) -> object:
    """What a PEM file holds; the file's contents are never in a message."""
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        with path.open("rb") as file:
            return cast("object", load(file.read(_MOST_KEY_BYTES)))
    except FileNotFoundError:
        raise _wrong(path, "there is no such file", expected) from None
    except OSError as bad:
        raise _wrong(path, f"the file cannot be read ({bad.strerror})", expected) from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _wrong(path, "this is no key, or one with a password", expected) from None


def _keyid(key: Ed25519PublicKey) -> str:
    return hashlib.sha256(_der(key)).hexdigest()


def _der(key: Ed25519PublicKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _library() -> None:
    """Raises AdvisorError when the library is not there."""
    try:
        import cryptography  # noqa: F401
    except ImportError:
        raise AdvisorError(
            "signatures need the package `cryptography`, which is not installed. "
            "Install it with: pip install 'credentialing-advisor[signing]'"
        ) from None


def _write_new(path: Path, raw: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with open(descriptor, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _wrong(path: Path, message: str, expected: str) -> DataError:
    return DataError(Problem(Place(shown(str(path))), message, expected))
