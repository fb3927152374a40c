"""Apps, official accounts and customers as the sandbox knows them."""

import secrets

import msgspec

from sokhach.sandbox.store import Store


class App(msgspec.Struct, kw_only=True):
    app_id: str
    app_secret: str
    oa_secret: str
    webhook_url: str | None = None
    webhook_off_since_ms: int | None = None
    active: bool = True
    callback_url: str | None = None
    code_challenge: str | None = None
    rate_limit_per_minute: int = 4000


class OfficialAccount(msgspec.Struct, kw_only=True):
    oa_id: str
    app_id: str
    name: str
    description: str = ""
    enabled: bool = True
    rate_limit_per_minute: int | None = None
    sub_quota_total: int = 500
    sub_quota_remain: int = 500


class Customer(msgspec.Struct, kw_only=True):
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
        self._store.write(
            """INSERT INTO app (app_id, app_secret, oa_secret, webhook_url, active, callback_url, code_challenge,
                                rate_limit_per_minute)
               VALUES (:app_id, :app_secret, :oa_secret, :webhook_url, :active, :callback_url, :code_challenge,
                       :rate_limit_per_minute)
               ON CONFLICT (app_id) DO UPDATE SET app_secret = excluded.app_secret, oa_secret = excluded.oa_secret,
                   webhook_url = excluded.webhook_url, active = excluded.active, callback_url = excluded.callback_url,
                   code_challenge = excluded.code_challenge, rate_limit_per_minute = excluded.rate_limit_per_minute""",
            msgspec.structs.asdict(app),
        )

    def save_oa(self, oa: OfficialAccount) -> None:
        self.app(oa.app_id)
        self._store.write(
            """INSERT INTO oa VALUES (:oa_id, :app_id, :name, :description, :enabled, :rate_limit_per_minute,
                                      :sub_quota_total, :sub_quota_remain)
               ON CONFLICT (oa_id) DO UPDATE SET app_id = excluded.app_id, name = excluded.name,
                   description = excluded.description, enabled = excluded.enabled,
                   rate_limit_per_minute = excluded.rate_limit_per_minute,
                   sub_quota_total = excluded.sub_quota_total, sub_quota_remain = excluded.sub_quota_remain""",
            msgspec.structs.asdict(oa),
        )

    def add_customer(
        self, oa_id: str, name: str, *, now_ms: int, user_id: str | None = None, auto_seen_ms: int | None = None
    ) -> Customer:
        """A Zalo user who has not met the official account yet. The same `user_id` again only renames."""
        self.oa(oa_id)
        customer = Customer(
            user_id=user_id or new_numeric_id(),
            oa_id=oa_id,
            user_id_by_app=new_numeric_id(),
            display_name=name,
            created_ms=now_ms,
            auto_seen_ms=auto_seen_ms,
        )
        self._store.write(
            """INSERT INTO customer (user_id, oa_id, user_id_by_app, display_name, created_ms, auto_seen_ms)
               VALUES (:user_id, :oa_id, :user_id_by_app, :display_name, :created_ms, :auto_seen_ms)
               ON CONFLICT (user_id) DO UPDATE SET display_name = excluded.display_name
               WHERE customer.oa_id = excluded.oa_id""",
            msgspec.structs.asdict(customer),
        )
        return self.customer(oa_id, customer.user_id)

    def save_customer(self, customer: Customer) -> None:
        self._store.write(
            """UPDATE customer SET display_name = :display_name, follows = :follows, unfollowed_ms = :unfollowed_ms,
                   last_interaction_ms = :last_interaction_ms, wrote = :wrote, welcome_sent = :welcome_sent,
                   phone_on = :phone_on, auto_seen_ms = :auto_seen_ms, off_zalo = :off_zalo,
                   refuses_messages = :refuses_messages, shared_phone = :shared_phone
               WHERE user_id = :user_id""",
            msgspec.structs.asdict(customer),
        )

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

    def customers(self, oa_id: str, limit: int = 1000) -> list[Customer]:
        sql = "SELECT * FROM customer WHERE oa_id = ? ORDER BY created_ms, user_id LIMIT ?"
        return self._store.all(Customer, sql, (oa_id, limit))

    def count_followers(self, oa_id: str) -> int:
        return int(self._store.value("SELECT count(*) FROM customer WHERE oa_id = ? AND follows", (oa_id,)))
