"""Web sessions: what a cookie stands for. One begins with a confirmed QR code and lives in `zpw_sek`."""

import base64
import secrets

import msgspec

from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.store import Store

HOUR_MS = 3_600_000
LIFE_MS = 365 * 24 * HOUR_MS
ROTATION_MS = 12 * HOUR_MS
"""A `zpw_sek` older than this is replaced at the next sign-in or keep-alive."""

GRACE_MS = HOUR_MS
"""How long the replaced one still opens the session."""


class WebSession(msgspec.Struct, kw_only=True):
    """A row for each issued `zpw_sek`; `session_id` and `began_ms` are the same for all that follow one sign-in by QR.

    `imei` is that of the first `getLoginInfo`; `ended` says why the session is over.
    """

    sek: str
    session_id: str
    uid: str
    user_agent: str
    imei: str | None
    enk: str
    began_ms: int
    issued_ms: int
    expires_ms: int
    ended: str | None = None

    @property
    def key(self) -> bytes:
        return base64.b64decode(self.enk)


class Sessions:
    def __init__(self, store: Store, clock: SimulatedClock) -> None:
        self._store = store
        self._clock = clock

    def begin(self, uid: str, user_agent: str) -> WebSession:
        now = self._clock.now_ms()
        session = WebSession(
            sek=_new_sek(),
            session_id=secrets.token_hex(12),
            uid=uid,
            user_agent=user_agent,
            imei=None,
            enk=base64.b64encode(secrets.token_bytes(16)).decode(),
            began_ms=now,
            issued_ms=now,
            expires_ms=now + LIFE_MS,
        )
        self._store.upsert("web_session", session, "sek")
        return session

    def of_cookie(self, sek: str | None, user_agent: str) -> WebSession | None:
        """A living session. With another user agent than at its beginning it ends: whoever comes is signed out."""
        if not sek:
            return None
        session = self._store.one(WebSession, "SELECT * FROM web_session WHERE sek = ?", (sek,))
        if session is None or session.ended is not None or session.expires_ms <= self._clock.now_ms():
            return None
        if session.user_agent != user_agent:
            self._end("session_id = ?", session.session_id, "another user agent")
            return None
        return session

    def bind(self, session: WebSession, imei: str) -> bool:
        """Tie the session to a device; False when it belongs to another one."""
        if session.imei is None:
            session.imei = imei
            sql = "UPDATE web_session SET imei = ? WHERE session_id = ?"
            self._store.write(sql, (imei, session.session_id))
        return session.imei == imei

    def rotated(self, session: WebSession) -> WebSession | None:
        """A successor of a cookie that has grown old; the old one opens the session for another hour."""
        now = self._clock.now_ms()
        if now - session.issued_ms < ROTATION_MS or session.expires_ms - now <= GRACE_MS:
            return None
        fresh = msgspec.structs.replace(session, sek=_new_sek(), issued_ms=now, expires_ms=now + LIFE_MS)
        with self._store.transaction():
            self._store.upsert("web_session", fresh, "sek")
            self._store.write("UPDATE web_session SET expires_ms = ? WHERE sek = ?", (now + GRACE_MS, session.sek))
        return fresh

    def age(self, uid: str) -> None:
        """Make the cookies old enough to be rotated at the next chance."""
        sql = "UPDATE web_session SET issued_ms = issued_ms - ? WHERE uid = ? AND ended IS NULL"
        self._store.write(sql, (ROTATION_MS, uid))

    def end(self, uid: str, why: str) -> int:
        return self._end("uid = ?", uid, why)

    def _end(self, where: str, value: str, why: str) -> int:
        return self._store.write(f"UPDATE web_session SET ended = ? WHERE {where} AND ended IS NULL", (why, value))

    def of_user(self, uid: str) -> list[WebSession]:
        return self._store.all(WebSession, "SELECT * FROM web_session WHERE uid = ? ORDER BY issued_ms", (uid,))


def _new_sek() -> str:
    return f"{secrets.token_hex(4)}.{secrets.token_urlsafe(60)}"
