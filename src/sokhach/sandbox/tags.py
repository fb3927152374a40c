"""Tags of an account, whoever sets them: an app through the API, or an administrator in Zalo's own tools."""

import msgspec

from sokhach.sandbox import payloads
from sokhach.sandbox.accounts import Accounts, Customer
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.store import Store
from sokhach.sandbox.webhooks import Webhooks


class Name(msgspec.Struct):
    name: str


class Tags:
    def __init__(self, store: Store, clock: SimulatedClock, accounts: Accounts, webhooks: Webhooks) -> None:
        self._store = store
        self._clock = clock
        self._accounts = accounts
        self._webhooks = webhooks

    def of_account(self, oa_id: str) -> list[str]:
        rows = self._store.all(Name, "SELECT name FROM tag WHERE oa_id = ? ORDER BY created_ms, name", (oa_id,))
        return [row.name for row in rows]

    def of_customer(self, customer: Customer) -> list[str]:
        sql = "SELECT name FROM customer_tag WHERE oa_id = ? AND user_id = ? ORDER BY added_ms, name"
        return [row.name for row in self._store.all(Name, sql, (customer.oa_id, customer.user_id))]

    def create(self, oa_id: str, name: str) -> bool:
        """False when it was there. Zalo tells of a new tag by `add_user_to_tag` without people."""
        with self._store.transaction():
            sql = "INSERT OR IGNORE INTO tag (oa_id, name, created_ms) VALUES (?, ?, ?)"
            created = self._store.write(sql, (oa_id, name, self._clock.now_ms())) == 1
            if created:
                self._tell(oa_id, "add_user_to_tag", {"name": name})
        return created

    def add(self, customer: Customer, name: str) -> bool:
        """A new name creates the tag. False when the person had it already."""
        with self._store.transaction():
            added = self.record(customer, name, self._clock.now_ms())
            if added:
                self._tell(customer.oa_id, "add_user_to_tag", {"user_ids": [customer.user_id], "name": name})
        return added

    def record(self, customer: Customer, name: str, at_ms: int) -> bool:
        """`add` without telling anybody."""
        sql = "INSERT OR IGNORE INTO tag (oa_id, name, created_ms) VALUES (?, ?, ?)"
        self._store.write(sql, (customer.oa_id, name, at_ms))
        sql = "INSERT OR IGNORE INTO customer_tag (oa_id, name, user_id, added_ms) VALUES (?, ?, ?, ?)"
        return self._store.write(sql, (customer.oa_id, name, customer.user_id, at_ms)) == 1

    def take(self, customer: Customer, name: str) -> bool:
        """False when the person did not have it."""
        with self._store.transaction():
            sql = "DELETE FROM customer_tag WHERE oa_id = ? AND name = ? AND user_id = ?"
            taken = self._store.write(sql, (customer.oa_id, name, customer.user_id)) == 1
            if taken:
                self._tell(customer.oa_id, "remove_user_from_tag", {"user_ids": [customer.user_id], "name": name})
        return taken

    def delete(self, oa_id: str, name: str) -> bool:
        """Everybody loses it; Zalo tells of the tag only. False when there was none."""
        with self._store.transaction():
            deleted = self._store.write("DELETE FROM tag WHERE oa_id = ? AND name = ?", (oa_id, name)) == 1
            if deleted:
                self._tell(oa_id, "remove_tag", {"name": name})
        return deleted

    def _tell(self, oa_id: str, event: str, tag: payloads.Payload) -> None:
        app_id = self._accounts.oa(oa_id).app_id
        payload = payloads.of_account(app_id, oa_id, event, self._clock.now_ms(), tag=tag)
        self._webhooks.emit(app_id, payload, oa_id=oa_id)
