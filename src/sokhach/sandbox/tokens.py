"""Authorisation codes and token pairs of OAuth v4 (reference §1.1)."""

import base64
import hashlib
import secrets

import msgspec

from sokhach.sandbox.accounts import Accounts, App
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.store import Store

CODE_LIFE_MS = 10 * 60 * 1000
ACCESS_LIFE_SECONDS = 90_000
REFRESH_LIFE_MS = 90 * 24 * 3600 * 1000


class TokenPair(msgspec.Struct):
    """`expires_in` is a string of seconds, as on the wire."""

    access_token: str
    refresh_token: str
    expires_in: str = str(ACCESS_LIFE_SECONDS)


class Grant(msgspec.Struct):
    """Whom a live access token speaks for."""

    app_id: str
    oa_id: str


class StoredToken(msgspec.Struct):
    token: str
    kind: str
    app_id: str
    oa_id: str
    expires_ms: int
    dead_ms: int | None


class StoredCode(msgspec.Struct):
    code: str
    app_id: str
    oa_id: str
    code_challenge: str | None
    expires_ms: int
    spent_ms: int | None


class TokenRefusedError(Exception):
    """`reason` is one of the keys of `oauth.FAILURES`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def challenge_of(verifier: str) -> str:
    """base64url without padding of the raw SHA-256; there is no `plain` method at Zalo."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


class Tokens:
    def __init__(self, store: Store, clock: SimulatedClock, accounts: Accounts) -> None:
        self._store = store
        self._clock = clock
        self._accounts = accounts

    def consent(self, app: App, oa_id: str, code_challenge: str | None) -> str:
        """The administrator of the official account agreed: a code for ten minutes and one use."""
        code = secrets.token_urlsafe(48)
        expires = self._clock.now_ms() + CODE_LIFE_MS
        challenge = code_challenge or app.code_challenge
        sql = "INSERT INTO auth_code (code, app_id, oa_id, code_challenge, expires_ms) VALUES (?, ?, ?, ?, ?)"
        self._store.write(sql, (code, app.app_id, oa_id, challenge, expires))
        return code

    def exchange(self, app_id: str, code: str, verifier: str | None) -> TokenPair:
        stored = self._store.one(StoredCode, "SELECT * FROM auth_code WHERE code = ? AND app_id = ?", (code, app_id))
        now = self._clock.now_ms()
        if stored is None or stored.spent_ms is not None or stored.expires_ms <= now:
            raise TokenRefusedError("code")
        if stored.code_challenge and (not verifier or challenge_of(verifier) != stored.code_challenge):
            raise TokenRefusedError("verifier")
        with self._store.transaction():
            self._store.write("UPDATE auth_code SET spent_ms = ? WHERE code = ?", (now, code))
            return self.mint(app_id, stored.oa_id)

    def refresh(self, app_id: str, refresh_token: str) -> TokenPair:
        """Single use: the old refresh token is dead once the new pair exists, whether or not anyone received it."""
        stored = self._live(refresh_token, "refresh")
        if stored is None or stored.app_id != app_id:
            raise TokenRefusedError("refresh_token")
        with self._store.transaction():
            self._store.write("UPDATE token SET dead_ms = ? WHERE token = ?", (self._clock.now_ms(), refresh_token))
            return self.mint(app_id, stored.oa_id)

    def mint(self, app_id: str, oa_id: str) -> TokenPair:
        now = self._clock.now_ms()
        pair = TokenPair(secrets.token_urlsafe(120), secrets.token_urlsafe(120))
        sql = "INSERT INTO token (token, kind, app_id, oa_id, expires_ms) VALUES (?, ?, ?, ?, ?)"
        with self._store.transaction():
            access_expires = now + ACCESS_LIFE_SECONDS * 1000
            self._store.write(sql, (pair.access_token, "access", app_id, oa_id, access_expires))
            self._store.write(sql, (pair.refresh_token, "refresh", app_id, oa_id, now + REFRESH_LIFE_MS))
            self._store.write("UPDATE oa SET granted = 1 WHERE oa_id = ? AND NOT granted", (oa_id,))
        return pair

    def grant(self, access_token: str) -> Grant | None:
        stored = self._live(access_token, "access")
        return None if stored is None else Grant(stored.app_id, stored.oa_id)

    def owner(self, token: str) -> Grant | None:
        """Whom any token, dead or alive, was issued for."""
        return self._store.one(Grant, "SELECT app_id, oa_id FROM token WHERE token = ?", (token,))

    def known(self, access_token: str) -> bool:
        sql = "SELECT 1 FROM token WHERE token = ? AND kind = 'access'"
        return self._store.value(sql, (access_token,)) is not None

    def revoke(self, oa_id: str, *, refresh_too: bool) -> int:
        """Kill the live tokens of an official account; gives how many."""
        kinds = "'access', 'refresh'" if refresh_too else "'access'"
        sql = f"UPDATE token SET dead_ms = ? WHERE oa_id = ? AND dead_ms IS NULL AND kind IN ({kinds})"
        return self._store.write(sql, (self._clock.now_ms(), oa_id))

    def _live(self, token: str, kind: str) -> StoredToken | None:
        return self._store.one(
            StoredToken,
            "SELECT * FROM token WHERE token = ? AND kind = ? AND dead_ms IS NULL AND expires_ms > ?",
            (token, kind, self._clock.now_ms()),
        )
