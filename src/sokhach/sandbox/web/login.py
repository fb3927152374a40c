"""Sign-in by QR: a browser shows a code, the phone scans and confirms it, the browser fetches its cookies."""

import asyncio
import base64
import secrets
from typing import Any, Literal

import msgspec

from sokhach.sandbox.accounts import NotFoundError
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.web import codes
from sokhach.sandbox.web.codes import WebRefusal
from sokhach.sandbox.web.qr import qr_png
from sokhach.sandbox.web.sessions import Sessions, WebSession
from sokhach.sandbox.web.users import WebUsers

QR_LIFE_MS = 100_000
POLL_SECONDS = 20.0
VERSION = "5.5.7"

QrState = Literal["shown", "scanned", "confirmed", "declined", "used"]


class QrLogin(msgspec.Struct, kw_only=True):
    """`browser` is the cookie of the browser that shows the code; nobody else may ask for it."""

    code: str
    browser: str
    user_agent: str
    token: str
    created_ms: int
    state: QrState = "shown"
    uid: str | None = None


class Logins:
    """Codes live in memory: a restart of Zalo ends them, as their 100 seconds would."""

    def __init__(self, clock: SimulatedClock, users: WebUsers, sessions: Sessions) -> None:
        self._clock = clock
        self._users = users
        self._sessions = sessions
        self._browsers: dict[str, str] = {}
        self._codes: dict[str, QrLogin] = {}
        self._changed = asyncio.Event()
        self._stopping = False
        self.poll_seconds = POLL_SECONDS

    # The browser

    def open_browser(self, user_agent: str) -> str:
        cookie = secrets.token_urlsafe(24)
        self._browsers[cookie] = user_agent
        return cookie

    def knows(self, browser: str | None, user_agent: str) -> bool:
        return browser is not None and self._browsers.get(browser) == user_agent

    def generate(self, browser: str, user_agent: str) -> dict[str, Any]:
        now = self._clock.now_ms()
        self._codes = {code: login for code, login in self._codes.items() if now - login.created_ms < 10 * QR_LIFE_MS}
        code = secrets.token_hex(16)
        token = f"https://zaloapp.com/qr/l/{code}"
        self._codes[code] = QrLogin(code=code, browser=browser, user_agent=user_agent, token=token, created_ms=now)
        return {
            "code": code,
            "image": "data:image/png;base64," + base64.b64encode(qr_png(token)).decode(),
            "token": token,
            "options": {"enabledCheckOCR": True, "enabledMultiLayer": True},
        }

    def stop(self) -> None:
        """Long polls end at once."""
        self._stopping = True
        self._changed.set()

    async def wait(self, code: str, browser: str, beyond: QrState) -> QrLogin | None:
        """Until the code has left the state; None when the long poll is over first."""
        deadline = asyncio.get_running_loop().time() + self.poll_seconds
        while True:
            login = self._alive(code, browser)
            if login.state != beyond:
                return login
            if self._stopping:
                return None
            left = min(deadline - asyncio.get_running_loop().time(), self._left_seconds(login))
            if left <= 0:
                self._alive(code, browser)
                return None
            try:
                async with asyncio.timeout(min(left, 1.0)):
                    await self._changed.wait()
            except TimeoutError:
                continue

    def _left_seconds(self, login: QrLogin) -> float:
        return self._clock.real_seconds_until(login.created_ms + QR_LIFE_MS)

    def _alive(self, code: str, browser: str) -> QrLogin:
        login = self._codes.get(code)
        if login is None or login.browser != browser:
            raise codes.invalid("code")
        if login.state in ("shown", "scanned") and self._clock.now_ms() - login.created_ms >= QR_LIFE_MS:
            raise WebRefusal(codes.QR_EXPIRED, "Mã QR đã hết hạn")
        return login

    def collect(self, browser: str, user_agent: str) -> WebSession | None:
        """The session of a browser whose code was confirmed, once."""
        for login in self._codes.values():
            if (login.browser, login.user_agent, login.state) == (browser, user_agent, "confirmed") and login.uid:
                login.state = "used"
                return self._sessions.begin(login.uid, user_agent)
        return None

    # The phone

    def scan(self, code: str, uid: str) -> QrLogin:
        """`code` itself or the text of the picture."""
        login = self._to_scan(code)
        self._users.user(uid)
        if login.state != "shown":
            raise NotFoundError("the code is scanned already")
        login.uid = uid
        return self._become(login, "scanned")

    def confirm(self, code: str) -> QrLogin:
        return self._answered(code, "confirmed")

    def decline(self, code: str) -> QrLogin:
        return self._answered(code, "declined")

    def open_codes(self) -> list[QrLogin]:
        """Newest first."""
        now = self._clock.now_ms()
        alive = [login for login in self._codes.values() if now - login.created_ms < QR_LIFE_MS]
        return sorted(alive, key=lambda login: -login.created_ms)

    def _answered(self, code: str, state: QrState) -> QrLogin:
        login = self._to_scan(code)
        if login.state != "scanned":
            raise NotFoundError("the code is not waiting for an answer")
        return self._become(login, state)

    def _to_scan(self, code: str) -> QrLogin:
        login = self._codes.get(code.rpartition("/")[2])
        if login is None or self._clock.now_ms() - login.created_ms >= QR_LIFE_MS:
            raise NotFoundError("the code is unknown or expired")
        return login

    def _become(self, login: QrLogin, state: QrState) -> QrLogin:
        login.state = state
        self._changed.set()
        self._changed = asyncio.Event()
        return login
