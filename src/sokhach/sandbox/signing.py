"""The webhook signature: a plain SHA-256 over joined strings, not an HMAC (reference §2.1)."""

import hashlib
import hmac

from sokhach.sandbox.faults import SignatureVariant

HEADER = "X-ZEvent-Signature"


def mac(first: str, body: bytes, timestamp: str, secret: str) -> str:
    """Hex digest of `first + body + timestamp + secret`; Zalo puts the app id first."""
    return hashlib.sha256(first.encode() + body + timestamp.encode() + secret.encode()).hexdigest()


def signature_headers(
    variant: SignatureVariant,
    *,
    app_id: str,
    oa_id: str,
    body: bytes,
    timestamp: str,
    oa_secret: str,
    app_secret: str,
) -> dict[str, str]:
    match variant:
        case SignatureVariant.GOOD:
            digest = mac(app_id, body, timestamp, oa_secret)
        case SignatureVariant.MISSING:
            return {}
        case SignatureVariant.GARBAGE:
            digest = mac(app_id, body, timestamp, oa_secret + "?")
        case SignatureVariant.HMAC:
            joined = app_id.encode() + body + timestamp.encode()
            digest = hmac.new(oa_secret.encode(), joined, hashlib.sha256).hexdigest()
        case SignatureVariant.APP_SECRET:
            digest = mac(app_id, body, timestamp, app_secret)
        case SignatureVariant.OA_ID_FIRST:
            digest = mac(oa_id, body, timestamp, oa_secret)
    return {HEADER: f"mac={digest}"}
