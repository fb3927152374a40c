"""What an admin entered for an OA, and what Zalo rotates; both are sealed before they reach the store."""

from datetime import datetime

import msgspec

from sokhach.core.crypto import Vault


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """`oa_secret` is the key by which Zalo signs webhooks (shown with the webhook settings of the app)."""

    app_id: str
    app_secret: str
    oa_secret: str


class Tokens(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A pair of OAuth tokens.

    `renewing_since`: a renewal with this refresh token was begun and its outcome is unknown, so it may be spent.
    `refused_at`: Zalo refused this refresh token.
    """

    access_token: str
    refresh_token: str
    expires_at: datetime
    renewing_since: datetime | None = None
    refused_at: datetime | None = None


def seal(vault: Vault, value: Credentials | Tokens) -> bytes:
    return vault.seal(msgspec.json.encode(value))


def open_credentials(vault: Vault, sealed: bytes) -> Credentials:
    """Raises `UndecipherableError`."""
    return msgspec.json.decode(vault.open(sealed), type=Credentials)


def open_tokens(vault: Vault, sealed: bytes) -> Tokens:
    """Raises `UndecipherableError`."""
    return msgspec.json.decode(vault.open(sealed), type=Tokens)
