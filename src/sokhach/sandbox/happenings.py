"""What else is told to the app: details shared, withdrawal, grants, purchases, the web widget, calls (§2.3)."""

from typing import Any

from sokhach.sandbox import payloads
from sokhach.sandbox.accounts import Accounts, Customer, new_message_id
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.days import day_text
from sokhach.sandbox.people import People
from sokhach.sandbox.store import Store
from sokhach.sandbox.tokens import Tokens
from sokhach.sandbox.webhooks import Webhooks

MONTH_DAYS = 30


class Happenings:
    def __init__(
        self,
        store: Store,
        clock: SimulatedClock,
        accounts: Accounts,
        people: People,
        tokens: Tokens,
        webhooks: Webhooks,
    ) -> None:
        self._store = store
        self._clock = clock
        self._accounts = accounts
        self._people = people
        self._tokens = tokens
        self._webhooks = webhooks

    # A person

    def submit_info(self, customer: Customer, info: dict[str, Any]) -> None:
        """The form that `request_user_info` shows, filled in. Both shapes of `info` (§2.3) are taken."""
        oa = self._accounts.oa(customer.oa_id)
        place: dict[str, str] = info.get("full_address") or {}
        flat = {name: str(value) for name, value in info.items() if isinstance(value, str) and name != "phone"}
        if place:
            flat |= {"city": place.get("user_city", ""), "address": place.get("user_address", "")}
        with self._store.transaction():
            customer.shared_info = customer.shared_info | flat
            customer.shared_phone = info.get("phone") or customer.shared_phone
            self._accounts.save_customer(customer)
            payload = {
                "sender": {"id": customer.user_id},
                "recipient": {"id": oa.oa_id},
                "event_name": "user_submit_info",
                "app_id": oa.app_id,
                "timestamp": str(self._clock.now_ms()),
                "info": info,
            }
            self._webhooks.emit(oa.app_id, payload, oa_id=oa.oa_id, user_id=customer.user_id)

    def tell_of_person(self, customer: Customer, event: str, **more: Any) -> None:
        """user_withdraw, update_user_info, user_asking_product: the flat form."""
        oa = self._accounts.oa(customer.oa_id)
        payload = payloads.of_person(oa.app_id, oa.oa_id, customer, event, self._clock.now_ms(), **more)
        self._webhooks.emit(oa.app_id, payload, oa_id=oa.oa_id, user_id=customer.user_id)

    def order(self, customer: Customer, order_id: str) -> None:
        """`shop_has_order`, of which only `customer.id` is known; the rest is our guess."""
        self._tell_of_account(customer.oa_id, "shop_has_order", customer={"id": customer.user_id}, order_id=order_id)

    def consents_in_widget(self, customer: Customer, external_id: str, url: str) -> str:
        """The visitor of a web page agrees to be known: an interaction. Gives the event that was told.

        The page's own id for the person sticks, unless they have another or it is somebody else's.
        """
        data = {"user_id": customer.user_id, "user_external_id": external_id, "url": url}
        refusal = self._external_id_refused(customer, external_id)
        event = "widget_interaction_accepted" if refusal is None else "widget_failed_to_sync_user_external_id"
        with self._store.transaction():
            customer.last_interaction_ms = self._clock.now_ms()
            customer.unfollowed_ms = None
            if refusal is None:
                customer.external_id = external_id
            else:
                data |= {"message": refusal}
            self._accounts.save_customer(customer)
            self._tell_of_account(customer.oa_id, event, data=data)
        return event

    def _external_id_refused(self, customer: Customer, external_id: str) -> str | None:
        if customer.external_id and customer.external_id != external_id:
            return "user already has user_external_id"
        if self._people.with_external_id(customer.oa_id, external_id, customer):
            return "user_externa_id already belongs to another user"
        return None

    # The account

    def revoke_permission(self, oa_id: str) -> int:
        """The administrator takes the permission back: one last event, then neither tokens nor webhooks. Gives how many
        tokens died.
        """
        with self._store.transaction():
            self._tell_of_account(oa_id, "permission_revoked")
            self._store.write("UPDATE oa SET granted = 0 WHERE oa_id = ?", (oa_id,))
            return self._tokens.revoke(oa_id, refresh_too=True)

    def buy_extension(self, oa_id: str, extension_id: str, months: int) -> None:
        now = self._clock.now_ms()
        terms = {
            "valid_start_date": day_text(now),
            "valid_through_date": day_text(now + months * MONTH_DAYS * 24 * 3_600_000),
            "duration_month": months,
        }
        self._tell_of_account(oa_id, "extension_purchased", extension_id=extension_id, extension_sub_info=terms)

    # Calls

    def call(
        self, customer: Customer, *, inbound: bool, call_type: str, waiting_seconds: int, talk_ms: int, status_code: str
    ) -> str:
        """A call that is over; gives its id. Calling, and answering a call, are interactions."""
        now = self._clock.now_ms()
        duration = waiting_seconds * 1000 + talk_ms
        call_id = new_message_id()
        with self._store.transaction():
            if inbound or talk_ms > 0:
                customer.last_interaction_ms = now
                customer.unfollowed_ms = None
                self._accounts.save_customer(customer)
            self._tell_of_account(
                customer.oa_id,
                "user_call_oa" if inbound else "oa_call_user",
                user_id=customer.user_id,
                phone=customer.shared_phone or "",
                call_id=call_id,
                call_type=call_type,
                init_time=str(now - duration),
                call_duration=str(duration),
                waiting_time=str(waiting_seconds),
                talk_time=str(talk_ms),
                status_code=status_code,
            )
        return call_id

    def _tell_of_account(self, oa_id: str, event: str, **more: Any) -> None:
        oa = self._accounts.oa(oa_id)
        payload = payloads.of_account(oa.app_id, oa_id, event, self._clock.now_ms(), **more)
        self._webhooks.emit(oa.app_id, payload, oa_id=oa_id)
