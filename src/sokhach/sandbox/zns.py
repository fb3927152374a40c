"""The template-message host at work: messages on their way to phones, and what the app is told of them."""

import asyncio
from typing import Any

import msgspec

from sokhach.sandbox.accounts import Accounts
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.faults import FaultKind, Faults, Scope
from sokhach.sandbox.payloads import Payload
from sokhach.sandbox.quotas import Quotas
from sokhach.sandbox.store import Store
from sokhach.sandbox.webhooks import Webhooks
from sokhach.sandbox.zns_records import ZnsAccount, ZnsAnswer, ZnsMessage, ZnsPhone, ZnsTemplate
from sokhach.sandbox.zns_store import ZnsStore

BATCH = 200
SERVER_HEADER = {"X-ZEvent-Server": "ZNS"}
MARKS = "CREATE TABLE IF NOT EXISTS zns_webhook (id INTEGER PRIMARY KEY) WITHOUT ROWID"


class Zns:
    def __init__(
        self,
        store: Store,
        clock: SimulatedClock,
        faults: Faults,
        accounts: Accounts,
        webhooks: Webhooks,
        quotas: Quotas,
        base_url: str,
    ) -> None:
        self._store = store
        self._clock = clock
        self._faults = faults
        self._accounts = accounts
        self._webhooks = webhooks
        self._quotas = quotas
        self._base_url = base_url
        self._wake = asyncio.Event()
        self.records = ZnsStore(store)
        store.write(MARKS)
        webhooks.on_headers(self._headers)
        clock.on_change(self._wake.set)

    def preview_url(self, template_id: str) -> str:
        return f"{self._base_url}/znspreview/{template_id}"

    # On their way

    def dispatch(self, message: ZnsMessage) -> None:
        """Accepted: kept, and on its way if the phone is on."""
        with self._store.transaction():
            self.records.save_message(message)
            if message.development:
                account = self.records.account(message.oa_id)
                account.development_balance -= 1
                self.records.save_account(message.oa_id, account)
        self._wake.set()

    def change_phone(self, oa_id: str, hashed: str, phone: ZnsPhone) -> None:
        before = self.records.phone(oa_id, hashed)
        with self._store.transaction():
            self.records.save_phone(oa_id, hashed, phone)
            if before.on != phone.on:
                due = self._clock.now_ms() + self.records.account(oa_id).delivery_ms if phone.on else None
                self.records.hold(oa_id, hashed, due_ms=due)
        self._wake.set()

    async def run(self) -> None:
        """Deliver what is due, for ever."""
        while True:
            self._wake.clear()
            due = self.records.due(self._clock.now_ms(), BATCH)
            with self._store.transaction():
                for message in due:
                    self._deliver(message)
            if not due:
                await self._sleep()

    async def _sleep(self) -> None:
        due = self.records.next_due_ms()
        try:
            async with asyncio.timeout(None if due is None else self._clock.real_seconds_until(due)):
                await self._wake.wait()
        except TimeoutError:
            return

    def _deliver(self, message: ZnsMessage) -> None:
        """On the phone, and paid only now."""
        now = self._clock.now_ms()
        self.records.set_delivery(message.msg_id, due_ms=None, delivered_ms=now)
        self._quotas.charge(self._accounts.oa(message.oa_id), message.price_dong)
        call = Scope(app_id=message.app_id, oa_id=message.oa_id, event_name="user_received_message")
        if self._faults.strike(FaultKind.NO_RECEIPTS, call):
            return
        body = {"delivery_time": str(now), "msg_id": message.msg_id, "tracking_id": message.tracking_id}
        if self._faults.strike(FaultKind.RECEIPT_WITHOUT_ID, call):
            body = {}
        self._emit(
            message.app_id,
            message.oa_id,
            {
                "sender": {"id": message.oa_id},
                "recipient": {"id": message.recipient},
                "event_name": "user_received_message",
                "message": body,
            },
        )

    # What people do with them

    def rate(self, message: ZnsMessage, *, rate: int, note: str, feedbacks: list[str], option: str) -> None:
        at = self._clock.now_ms()
        body = {"rating_type": "csat", "option": option, "note": note, "rate": rate, "feedbacks": feedbacks}
        self._answer(message, "feedback", at, body)
        told = {
            "rating_type": "csat", "option": option, "note": note, "rate": rate, "submit_time": str(at),
            "msg_id": message.msg_id, "feedbacks": feedbacks, "tracking_id": message.tracking_id,
        }  # fmt: skip
        self._emit(message.app_id, message.oa_id, {"event_name": "user_feedback", "message": told}, names_oa=True)

    def respond(self, message: ZnsMessage, *, data: str, button_type: str) -> None:
        """A tap on a quick reply."""
        at = self._clock.now_ms()
        self._answer(message, "response", at, {"data": data})
        told = {
            "submit_time": str(at), "button_type": button_type, "data": data, "tracking_id": message.tracking_id,
        }  # fmt: skip
        event = {"event_name": "user_click_response_button", "message": told, "msg_id": message.msg_id}
        self._emit(message.app_id, message.oa_id, event, names_oa=True)

    def _answer(self, message: ZnsMessage, kind: str, at_ms: int, body: dict[str, Any]) -> None:
        self.records.save_answer(
            ZnsAnswer(
                msg_id=message.msg_id,
                template_id=message.template_id,
                kind=kind,
                at_ms=at_ms,
                tracking_id=message.tracking_id,
                body=msgspec.json.encode(body).decode(),
            )
        )

    # What Zalo decides

    def change_template(self, before: ZnsTemplate, after: ZnsTemplate) -> None:
        """Store a template, and tell its app of a new status, quality or limit. The last one's body is ours."""
        with self._store.transaction():
            self.records.save_template(after)
            about = {"template_id": after.template_id}
            if before.status != after.status:
                status = {"prev_status": before.status, "new_status": after.status}
                event = {"event_name": "change_template_status", **about, "status": status, "reason": after.reason}
                self._emit(after.app_id, after.oa_id, event, names_oa=True)
            if before.quality != after.quality:
                event = {"event_name": "change_template_quality", **about, "quality": after.quality}
                self._emit(after.app_id, after.oa_id, event, names_oa=True)
            if before.daily_limit != after.daily_limit:
                quota = {"prev_value": before.daily_limit, "new_value": after.daily_limit}
                event = {"event_name": "change_template_quota", **about, "quota": quota}
                self._emit(after.app_id, after.oa_id, event, names_oa=True)

    def change_account(self, oa_id: str, after: ZnsAccount) -> None:
        """Store an account, and tell of a new daily quota or new allowed tags. The last one's body is ours."""
        app_id = self._accounts.oa(oa_id).app_id
        before = self.records.account(oa_id)
        with self._store.transaction():
            self.records.save_account(oa_id, after)
            if before.daily_quota != after.daily_quota:
                quota = {"prev_value": before.daily_quota, "new_value": after.daily_quota}
                self._emit(app_id, oa_id, {"event_name": "change_oa_daily_quota", "oaId": oa_id, "quota": quota})
            if before.allowed_tags != after.allowed_tags:
                tags = {"prev_value": before.allowed_tags, "new_value": after.allowed_tags}
                event = {"event_name": "change_oa_template_tags", "tags": tags}
                self._emit(app_id, oa_id, event, names_oa=True)

    def tell_of_journey(self, message: ZnsMessage, *, acknowledged: bool) -> None:
        """Only the events' names have a source; their bodies are ours."""
        name = "event_journey_acknowledged" if acknowledged else "event_journey_time_out"
        event = {"event_name": name, "journey_id": message.journey_id, "message": {"msg_id": message.msg_id}}
        self._emit(message.app_id, message.oa_id, event, names_oa=True)

    def _emit(self, app_id: str, oa_id: str, event: Payload, *, names_oa: bool = False) -> None:
        owner = {"app_id": app_id} | ({"oa_id": oa_id} if names_oa else {})
        payload = event | owner | {"timestamp": str(self._clock.now_ms())}
        with self._store.transaction():
            for number in self._webhooks.emit(app_id, payload, oa_id=oa_id):
                self._store.write("INSERT INTO zns_webhook VALUES (?)", (number,))

    def _headers(self, webhook_id: int) -> dict[str, str]:
        marked = self._store.value("SELECT 1 FROM zns_webhook WHERE id = ?", (webhook_id,))
        return SERVER_HEADER if marked else {}
