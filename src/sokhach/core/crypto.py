"""Encryption of credentials at rest, and keys derived from the company's secret."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class UndecipherableError(Exception):
    """The stored credentials were encrypted with a key that is no longer among the secret keys."""


class Vault:
    """Encrypts with the newest key, decrypts with any of them."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(base64.urlsafe_b64encode(_digest(key, "vault"))) for key in keys])

    def seal(self, plain: bytes) -> bytes:
        return self._fernet.encrypt(plain)

    def open(self, sealed: bytes) -> bytes:
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise UndecipherableError from error


def derive(key: str, purpose: str) -> str:
    """A password for `purpose` that whoever knows `key` can make again. 43 URL-safe characters."""
    return base64.urlsafe_b64encode(_digest(key, purpose)).rstrip(b"=").decode("ascii")


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> bytes:
    """What the database keeps of a bearer token: a stolen table opens no door."""
    return hashlib.sha256(token.encode()).digest()


def _digest(key: str, purpose: str) -> bytes:
    return hmac.digest(key.encode(), purpose.encode(), "sha256")
