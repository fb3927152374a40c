"""Apps, official accounts and customers as the sandbox knows them."""

import secrets
from typing import Any

import msgspec

from sokhach.sandbox.store import Store

DAY_MS = 24 * 3_600_000


class App(msgspec.Struct, kw_only=True):
    """`events_off`: names of events switched off in the console; `syntax_filter`: only texts with `#` first come."""

    app_id: str
    app_secret: str
    oa_secret: str
    webhook_url: str | None = None
    webhook_off_since_ms: int | None = None
    active: bool = True
    api_registered: bool = True
    removed: bool = False
    events_off: list[str] = []
    syntax_filter: bool = False
    callback_url: str | None = None
    code_challenge: str | None = None
    rate_limit_per_minute: int = 4000


class OfficialAccount(msgspec.Struct, kw_only=True):
    """`oa_type` 2 business, 4 government. `package_name` empty = the free one. `package_days` from `package_from_ms`.

    `refused_apis` are the groups of calls that the account did not grant, named by the word after `/oa/` in their path.
    `granted` false = the permission was taken back in Zalo's tools: no tokens, no webhooks, until a new consent.
    `zca_balance` in đồng, None = never empty. `pay_per_message`: outside the free window, without quota, the ZCA pays.
    """

    oa_id: str
    app_id: str
    name: str
    description: str = ""
    enabled: bool = True
    rate_limit_per_minute: int | None = None
    sub_quota_total: int = 500
    sub_quota_remain: int = 500
    exists_at_zalo: bool = True
    granted: bool = True
    verified: bool = True
    oa_type: int = 2
    alias: str = ""
    category: str = "Nội thất & Đồ gia dụng"
    package_name: str = "Tăng trưởng"
    package_days: int = 365
    package_from_ms: int = 0
    zca_linked: bool = True
    zca_balance: int | None = None
    pay_per_message: bool = False
    refused_apis: list[str] = []
    banned_words: list[str] = []
    uploads_per_month: int = 5000
    articles_per_month: int | None = None
    media_life_seconds: int = 7 * 24 * 3600

    @property
    def package_until_ms(self) -> int:
        return self.package_from_ms + self.package_days * DAY_MS


class Customer(msgspec.Struct, kw_only=True):
    """`conversation_id` only for a visitor of the web widget, whom nobody knows: their `user_id` is the anonymous id.

    `shared_info` is what they gave away of themselves (name, address, city, district, user_dob, gender).
    """

    user_id: str
    oa_id: str
    user_id_by_app: str
    display_name: str
    created_ms: int
    follows: bool = False
    unfollowed_ms: int | None = None
    last_interaction_ms: int | None = None
    wrote: bool = False
    welcome_sent: int = 0
    phone_on: bool = True
    auto_seen_ms: int | None = None
    off_zalo: bool = False
    refuses_messages: bool = False
    shared_phone: str | None = None
    conversation_id: str | None = None
    receive_quota_out: bool = False
    blocks_invitations: bool = False
    alias: str = ""
    external_id: str = ""
    shared_info: dict[str, str] = {}
    custom_info: dict[str, Any] = {}

    @property
    def anonymous(self) -> bool:
        return self.conversation_id is not None


class NotFoundError(Exception):
    """A control call named something that does not exist."""


def new_numeric_id() -> str:
    """Decimal string above 2^53, as all of Zalo's ids, so that a client which makes it a float breaks at once."""
    return str(2**60 + secrets.randbelow(2**62))


def new_message_id() -> str:
    return secrets.token_hex(10)


class Accounts:
    def __init__(self, store: Store) -> None:
        self._store = store

    def save_app(self, app: App) -> None:
        """Insert or replace; an existing webhook that was switched off stays off."""
        self._store.upsert("app", app, "app_id", keep=("webhook_off_since_ms",))

    def save_oa(self, oa: OfficialAccount) -> None:
        self.app(oa.app_id)
        self._store.upsert("oa", oa, "oa_id")

    def add_customer(
        self,
        oa_id: str,
        name: str,
        *,
        now_ms: int,
        user_id: str | None = None,
        auto_seen_ms: int | None = None,
        conversation_id: str | None = None,
        user_id_by_app: str | None = None,
    ) -> Customer:
        """A Zalo user who has not met the official account yet. The same `user_id` again only renames."""
        self.oa(oa_id)
        customer = Customer(
            user_id=user_id or new_numeric_id(),
            oa_id=oa_id,
            user_id_by_app=user_id_by_app or new_numeric_id(),
            display_name=name,
            created_ms=now_ms,
            auto_seen_ms=auto_seen_ms,
            conversation_id=conversation_id,
        )
        self._store.write(
            """INSERT INTO customer (user_id, oa_id, user_id_by_app, display_name, created_ms, auto_seen_ms,
                                     conversation_id)
               VALUES (:user_id, :oa_id, :user_id_by_app, :display_name, :created_ms, :auto_seen_ms, :conversation_id)
               ON CONFLICT (user_id) DO UPDATE SET display_name = excluded.display_name
               WHERE customer.oa_id = excluded.oa_id""",
            msgspec.structs.asdict(customer),
        )
        return self.customer(oa_id, customer.user_id)

    def save_customer(self, customer: Customer) -> None:
        self._store.upsert("customer", customer, "user_id", keep=("oa_id", "user_id_by_app", "created_ms"))

    def app(self, app_id: str) -> App:
        app = self.find_app(app_id)
        if app is None:
            raise NotFoundError(f"no app {app_id}")
        return app

    def find_app(self, app_id: str) -> App | None:
        return self._store.one(App, "SELECT * FROM app WHERE app_id = ?", (app_id,))

    def apps(self) -> list[App]:
        return self._store.all(App, "SELECT * FROM app ORDER BY app_id")

    def oa(self, oa_id: str) -> OfficialAccount:
        oa = self._store.one(OfficialAccount, "SELECT * FROM oa WHERE oa_id = ?", (oa_id,))
        if oa is None:
            raise NotFoundError(f"no official account {oa_id}")
        return oa

    def oas(self, app_id: str | None = None) -> list[OfficialAccount]:
        sql = "SELECT * FROM oa WHERE :app_id IS NULL OR app_id = :app_id ORDER BY oa_id"
        return self._store.all(OfficialAccount, sql, {"app_id": app_id})

    def customer(self, oa_id: str, user_id: str) -> Customer:
        customer = self.find_customer(oa_id, user_id)
        if customer is None:
            raise NotFoundError(f"no user {user_id} at official account {oa_id}")
        return customer

    def find_customer(self, oa_id: str, user_id: str) -> Customer | None:
        """User ids are scoped to one official account, as on Zalo."""
        return self._store.one(Customer, "SELECT * FROM customer WHERE user_id = ? AND oa_id = ?", (user_id, oa_id))

    def find_anonymous(self, oa_id: str, anonymous_id: str, conversation_id: str) -> Customer | None:
        sql = "SELECT * FROM customer WHERE oa_id = ? AND user_id = ? AND conversation_id = ?"
        return self._store.one(Customer, sql, (oa_id, anonymous_id, conversation_id))

    def customers(self, oa_id: str, limit: int = 1000) -> list[Customer]:
        sql = "SELECT * FROM customer WHERE oa_id = ? ORDER BY created_ms, user_id LIMIT ?"
        return self._store.all(Customer, sql, (oa_id, limit))

    def count_followers(self, oa_id: str) -> int:
        return int(self._store.value("SELECT count(*) FROM customer WHERE oa_id = ? AND follows", (oa_id,)))
