"""Permission to call a phone number: asked for by an app, given or refused by the person (reference §1.7, §2.3)."""

import msgspec

from sokhach.sandbox import payloads
from sokhach.sandbox.accounts import Accounts, NotFoundError
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.refusals import HOUR_MS, Refusal
from sokhach.sandbox.store import Store
from sokhach.sandbox.webhooks import Webhooks

REQUEST_LIFE_MS = 24 * HOUR_MS


class Consent(msgspec.Struct, kw_only=True):
    """`allowed_until_ms` 0 = for ever."""

    oa_id: str
    phone: str
    call_type: str
    asked_ms: int
    expires_ms: int
    answer: str | None = None
    answered_ms: int | None = None
    allowed_until_ms: int | None = None
    expiry_webhooks: list[int] = []


class Consents:
    def __init__(self, store: Store, clock: SimulatedClock, accounts: Accounts, webhooks: Webhooks) -> None:
        self._store = store
        self._clock = clock
        self._accounts = accounts
        self._webhooks = webhooks

    def find(self, oa_id: str, phone: str) -> Consent | None:
        return self._store.one(Consent, "SELECT * FROM call_consent WHERE oa_id = ? AND phone = ?", (oa_id, phone))

    def allowed(self, oa_id: str, phone: str) -> bool:
        consent = self.find(oa_id, phone)
        if consent is None or consent.answer != "ALLOW" or consent.allowed_until_ms is None:
            return False
        return consent.allowed_until_ms == 0 or consent.allowed_until_ms > self._clock.now_ms()

    def ask(self, oa_id: str, phone: str, call_type: str) -> Consent:
        """Tell of the request now, and of its end when nobody answers it within a day."""
        before = self.find(oa_id, phone)
        now = self._clock.now_ms()
        if before is not None and before.answer == "USER_BLOCKED":
            raise Refusal(-244, "User has restricted this type of message")
        if before is not None and before.answer is None and before.expires_ms > now:
            raise Refusal(-211, "A request to this phone is still waiting for an answer")
        consent = Consent(oa_id=oa_id, phone=phone, call_type=call_type, asked_ms=now, expires_ms=now + REQUEST_LIFE_MS)
        with self._store.transaction():
            self._tell_of_request(consent, "SENT", now)
            consent.expiry_webhooks = self._tell_of_request(consent, "EXPIRED", consent.expires_ms)
            self._store.upsert("call_consent", consent, "oa_id, phone")
        return consent

    def answer(self, oa_id: str, phone: str, answer: str, hours: int) -> None:
        consent = self.find(oa_id, phone)
        now = self._clock.now_ms()
        if consent is None or consent.answer is not None or consent.expires_ms <= now:
            raise NotFoundError(f"no request to {phone} waits for an answer")
        consent.answer, consent.answered_ms = answer, now
        consent.allowed_until_ms = 0 if hours == 0 else now + hours * HOUR_MS
        with self._store.transaction():
            self._webhooks.withdraw(consent.expiry_webhooks)
            self._store.upsert("call_consent", consent, "oa_id, phone")
            payload = payloads.of_account(
                self._accounts.oa(oa_id).app_id,
                oa_id,
                "user_reply_consent",
                now,
                phone=phone,
                user_consent=answer,
                confirmed_time=str(now),
                expired_time=str(consent.allowed_until_ms),
            )
            self._webhooks.emit(self._accounts.oa(oa_id).app_id, payload, oa_id=oa_id)

    def _tell_of_request(self, consent: Consent, state: str, at_ms: int) -> list[int]:
        app_id = self._accounts.oa(consent.oa_id).app_id
        payload = payloads.of_account(
            app_id,
            consent.oa_id,
            "oa_send_consent",
            at_ms,
            phone=consent.phone,
            request_type=state,
            create_time=str(consent.asked_ms),
            expired_time=str(consent.expires_ms),
        )
        delay = max(0, at_ms - self._clock.now_ms())
        return self._webhooks.emit(app_id, payload, oa_id=consent.oa_id, delay_ms=delay)
