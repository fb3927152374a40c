"""Proof that a webhook comes from Zalo: mac = SHA-256(app_id + raw body + timestamp + OA secret key), not an HMAC.

Source: Zalo's Java SDK (MacUtils). Some integrators see the OA's id in front, and one compilation says that the app's
secret is the key: all four readings are accepted, each needs the secret.
"""

import hashlib
import hmac
from collections.abc import Iterable

HEADER = "x-zevent-signature"


def sign(prefix: str, body: bytes, timestamp: str, secret: str) -> str:
    """Hex digest."""
    return hashlib.sha256(prefix.encode() + body + timestamp.encode() + secret.encode()).hexdigest()


def verify(header: str, body: bytes, timestamp: str, prefixes: Iterable[str], secrets: Iterable[str]) -> bool:
    """Compares in constant time. `header` may begin with `mac=`."""
    given = header.removeprefix("mac=").strip().lower().encode("utf-8", "replace")
    wanted = [sign(prefix, body, timestamp, secret) for prefix in prefixes for secret in secrets]
    return any(hmac.compare_digest(given, mac.encode()) for mac in wanted)
