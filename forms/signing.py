"""Signatures of the webhook, as Standard Webhooks has them: HMAC-SHA256 over id, timestamp and the very bytes sent."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import datetime

TOLERANCE_SECONDS = 300
PREFIX = "whsec_"
DELIVERY = re.compile(r"[A-Za-z0-9_.:-]{1,200}", re.ASCII)
TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
SIGNATURE = re.compile(r"v1,([A-Za-z0-9+/]{43}=)", re.ASCII)
MOST_SIGNATURES = 10


def sign(secret: str, delivery: str, timestamp: str, body: bytes) -> str:
    """What the `webhook-signature` header holds for one secret: 'v1,' and base64."""
    signed = f"{delivery}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key_of(secret), signed, hashlib.sha256)).decode()


def verified(
    secrets: Sequence[str], delivery: str, timestamp: str, body: bytes, signatures: str, *, now: datetime
) -> bool:
    """Whether one of the signatures is by one of the secrets, over these bytes, and fresh. Never raises."""
    if not DELIVERY.fullmatch(delivery) or not TIMESTAMP.fullmatch(timestamp):
        return False
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    given = [each for each in signatures.split(" ")[:MOST_SIGNATURES] if SIGNATURE.fullmatch(each)]
    right = [sign(secret, delivery, timestamp, body) for secret in secrets]
    # Every pair is compared, so that how long it takes says nothing of which was nearly right.
    return any([hmac.compare_digest(one.encode(), other.encode()) for one in given for other in right])  # noqa: C419


def key_of(secret: str) -> bytes:
    """The key's bytes: a secret that begins with whsec_ holds them in base64, any other is its own text."""
    if not secret.startswith(PREFIX):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        msg = "A secret that begins with whsec_ must go on in base64."
        raise ValueError(msg) from None
