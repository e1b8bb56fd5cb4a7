"""Signatures as data: a DSSE envelope, and what a check of one says."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from advisor.model.trace import Frozen

PAYLOAD_TYPE: Literal["application/vnd.in-toto+json"] = "application/vnd.in-toto+json"


class DsseSignature(Frozen):
    """One signature: the SHA-256 of the public key in hex, and the ed25519 signature in base64."""

    keyid: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    sig: str


class DsseEnvelope(Frozen):
    """A DSSE envelope. Its payload (base64) is an in-toto statement that names the signed file by its SHA-256."""

    payload_type: Annotated[Literal["application/vnd.in-toto+json"], Field(alias="payloadType")]
    payload: str
    signatures: Annotated[tuple[DsseSignature, ...], Field(min_length=1)]


class SignatureReport(Frozen):
    """What a check says: `unsigned`, `signed` by keys that were given, by `unknown` keys alone, or `broken`.

    `signers` are names for the keys that were given, `keys` the ids of all keys in the envelope.
    """

    state: Literal["unsigned", "signed", "unknown", "broken"]
    signers: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    reason: str = ""
