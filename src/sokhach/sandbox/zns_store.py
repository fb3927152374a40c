"""Reading and writing the records of the template-message host."""

from typing import TypeVar

import msgspec

from sokhach.sandbox.accounts import NotFoundError
from sokhach.sandbox.store import Store
from sokhach.sandbox.zns_records import Journey, ZnsAccount, ZnsAnswer, ZnsMessage, ZnsPhone, ZnsTemplate

Record = TypeVar("Record", bound=msgspec.Struct)

DAY_MS = 24 * 3_600_000

SCHEMA = """
CREATE TABLE IF NOT EXISTS zns_account (oa_id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS zns_template (
    template_id TEXT PRIMARY KEY, oa_id TEXT NOT NULL, body TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS zns_phone (
    oa_id TEXT NOT NULL, phone_hash TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (oa_id, phone_hash)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS zns_message (
    msg_id TEXT PRIMARY KEY,
    oa_id TEXT NOT NULL,
    app_id TEXT NOT NULL,
    phone_hash TEXT NOT NULL,
    recipient TEXT NOT NULL,
    template_id TEXT NOT NULL,
    tag TEXT NOT NULL,
    tracking_id TEXT NOT NULL,
    data TEXT NOT NULL,
    development INTEGER NOT NULL,
    price_dong INTEGER NOT NULL,
    sent_ms INTEGER NOT NULL,
    due_ms INTEGER,
    delivered_ms INTEGER,
    journey_id TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS zns_message_due ON zns_message (due_ms) WHERE due_ms IS NOT NULL;
CREATE INDEX IF NOT EXISTS zns_message_sent ON zns_message (oa_id, sent_ms);
CREATE TABLE IF NOT EXISTS zns_answer (
    seq INTEGER PRIMARY KEY,
    msg_id TEXT NOT NULL,
    template_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    tracking_id TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS zns_journey (
    token TEXT PRIMARY KEY,
    journey_id TEXT NOT NULL,
    oa_id TEXT NOT NULL,
    app_id TEXT NOT NULL,
    phone_hash TEXT NOT NULL,
    type TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS zns_count (
    oa_id TEXT NOT NULL, kind TEXT NOT NULL, period TEXT NOT NULL, used INTEGER NOT NULL,
    PRIMARY KEY (oa_id, kind, period)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS zns_key (oa_id TEXT PRIMARY KEY, pem TEXT NOT NULL) WITHOUT ROWID;
"""

MESSAGE_COLUMNS = ", ".join(ZnsMessage.__struct_fields__)
MESSAGE_VALUES = ", ".join(f":{name}" for name in ZnsMessage.__struct_fields__)


class ZnsStore:
    def __init__(self, store: Store) -> None:
        self._store = store
        for statement in SCHEMA.split(";\n"):
            store.write(statement)

    # Accounts

    def account(self, oa_id: str) -> ZnsAccount:
        """Every official account has one; until the control API says otherwise, all is in order."""
        return self._body(ZnsAccount, "SELECT body FROM zns_account WHERE oa_id = ?", oa_id) or ZnsAccount()

    def save_account(self, oa_id: str, account: ZnsAccount) -> None:
        self._store.write("INSERT OR REPLACE INTO zns_account VALUES (?, ?)", (oa_id, _text(account)))

    def key(self, oa_id: str) -> str | None:
        """Private RSA key, PEM."""
        return self._store.value("SELECT pem FROM zns_key WHERE oa_id = ?", (oa_id,))

    def save_key(self, oa_id: str, pem: str) -> None:
        self._store.write("INSERT OR REPLACE INTO zns_key VALUES (?, ?)", (oa_id, pem))

    # Templates

    def find_template(self, template_id: str) -> ZnsTemplate | None:
        return self._body(ZnsTemplate, "SELECT body FROM zns_template WHERE template_id = ?", template_id)

    def template(self, oa_id: str, template_id: str) -> ZnsTemplate:
        template = self.find_template(template_id)
        if template is None or template.oa_id != oa_id:
            raise NotFoundError(f"no template {template_id} at official account {oa_id}")
        return template

    def templates(self, oa_id: str) -> list[ZnsTemplate]:
        """Newest first."""
        rows = self._bodies(ZnsTemplate, "SELECT body FROM zns_template WHERE oa_id = ?", oa_id)
        return sorted(rows, key=lambda row: (-row.created_ms, row.template_id))

    def save_template(self, template: ZnsTemplate) -> None:
        sql = "INSERT OR REPLACE INTO zns_template VALUES (?, ?, ?)"
        self._store.write(sql, (template.template_id, template.oa_id, _text(template)))

    def new_template_id(self) -> str:
        """A short decimal string, as real ones."""
        last = self._store.value("SELECT max(CAST(template_id AS INTEGER)) FROM zns_template")
        return str(max(int(last or 0), 300_000) + 1)

    # Phones

    def phone(self, oa_id: str, hashed: str) -> ZnsPhone:
        sql = "SELECT body FROM zns_phone WHERE oa_id = ? AND phone_hash = ?"
        return self._body(ZnsPhone, sql, oa_id, hashed) or ZnsPhone()

    def save_phone(self, oa_id: str, hashed: str, phone: ZnsPhone) -> None:
        self._store.write("INSERT OR REPLACE INTO zns_phone VALUES (?, ?, ?)", (oa_id, hashed, _text(phone)))

    # Messages

    def save_message(self, message: ZnsMessage) -> None:
        sql = f"INSERT INTO zns_message ({MESSAGE_COLUMNS}) VALUES ({MESSAGE_VALUES})"
        self._store.write(sql, msgspec.structs.asdict(message))

    def find_message(self, oa_id: str, msg_id: str) -> ZnsMessage | None:
        sql = "SELECT * FROM zns_message WHERE msg_id = ? AND oa_id = ?"
        return self._store.one(ZnsMessage, sql, (msg_id, oa_id))

    def message(self, oa_id: str, msg_id: str) -> ZnsMessage:
        message = self.find_message(oa_id, msg_id)
        if message is None:
            raise NotFoundError(f"no template message {msg_id} at official account {oa_id}")
        return message

    def messages(self, oa_id: str, hashed: str | None = None) -> list[ZnsMessage]:
        """Oldest first."""
        sql = """SELECT * FROM zns_message WHERE oa_id = :oa_id AND (:hashed IS NULL OR phone_hash = :hashed)
                 ORDER BY sent_ms, msg_id"""
        return self._store.all(ZnsMessage, sql, {"oa_id": oa_id, "hashed": hashed})

    def due(self, now_ms: int, limit: int) -> list[ZnsMessage]:
        sql = "SELECT * FROM zns_message WHERE due_ms <= ? ORDER BY due_ms, msg_id LIMIT ?"
        return self._store.all(ZnsMessage, sql, (now_ms, limit))

    def next_due_ms(self) -> int | None:
        return self._store.value("SELECT min(due_ms) FROM zns_message WHERE due_ms IS NOT NULL")

    def set_delivery(self, msg_id: str, *, due_ms: int | None, delivered_ms: int | None = None) -> None:
        sql = "UPDATE zns_message SET due_ms = ?, delivered_ms = ? WHERE msg_id = ?"
        self._store.write(sql, (due_ms, delivered_ms, msg_id))

    def hold(self, oa_id: str, hashed: str, *, due_ms: int | None) -> None:
        """When a phone goes off (None) or on, what has not arrived waits or sets out."""
        sql = "UPDATE zns_message SET due_ms = ? WHERE oa_id = ? AND phone_hash = ? AND delivered_ms IS NULL"
        self._store.write(sql, (due_ms, oa_id, hashed))

    def sent_since(
        self,
        oa_id: str,
        since_ms: int,
        *,
        tag: str | None = None,
        phone_hash: str | None = None,
        template_id: str | None = None,
    ) -> int:
        """Messages that count: those of development mode have a wallet of their own."""
        sql = """SELECT count(*) FROM zns_message WHERE oa_id = :oa_id AND sent_ms >= :since_ms AND NOT development
                 AND (:tag IS NULL OR tag = :tag) AND (:phone_hash IS NULL OR phone_hash = :phone_hash)
                 AND (:template_id IS NULL OR template_id = :template_id)"""
        parameters = {"oa_id": oa_id, "since_ms": since_ms, "tag": tag, "phone_hash": phone_hash}
        return int(self._store.value(sql, parameters | {"template_id": template_id}))

    def reserved_dong(self, oa_id: str) -> int:
        """What messages on their way will cost."""
        sql = "SELECT coalesce(sum(price_dong), 0) FROM zns_message WHERE oa_id = ? AND delivered_ms IS NULL"
        return int(self._store.value(sql, (oa_id,)))

    # Answers, journeys, counters

    def save_answer(self, answer: ZnsAnswer) -> None:
        sql = """INSERT INTO zns_answer (msg_id, template_id, kind, at_ms, tracking_id, body)
                 VALUES (:msg_id, :template_id, :kind, :at_ms, :tracking_id, :body)"""
        self._store.insert(sql, msgspec.structs.asdict(answer))

    def answers(self, template_id: str, kind: str, *, from_ms: int, to_ms: int) -> list[ZnsAnswer]:
        """Newest first."""
        sql = """SELECT msg_id, template_id, kind, at_ms, tracking_id, body FROM zns_answer
                 WHERE template_id = ? AND kind = ? AND at_ms BETWEEN ? AND ? ORDER BY at_ms DESC, seq DESC"""
        return self._store.all(ZnsAnswer, sql, (template_id, kind, from_ms, to_ms))

    def save_journey(self, journey: Journey) -> None:
        sql = """INSERT INTO zns_journey VALUES (:token, :journey_id, :oa_id, :app_id, :phone_hash, :type,
                                                 :created_ms, :expires_ms)"""
        self._store.write(sql, msgspec.structs.asdict(journey))

    def find_journey(self, token: str) -> Journey | None:
        return self._store.one(Journey, "SELECT * FROM zns_journey WHERE token = ?", (token,))

    def count(self, oa_id: str, kind: str, period: str) -> int:
        """Count one more; gives the number used in this period, this one included."""
        sql = """INSERT INTO zns_count VALUES (?, ?, ?, 1)
                 ON CONFLICT (oa_id, kind, period) DO UPDATE SET used = used + 1 RETURNING used"""
        return int(self._store.value(sql, (oa_id, kind, period)))

    def _body(self, into: type[Record], sql: str, *parameters: str) -> Record | None:
        body = self._store.value(sql, parameters)
        return None if body is None else msgspec.json.decode(body, type=into)

    def _bodies(self, into: type[Record], sql: str, *parameters: str) -> list[Record]:
        rows = self._store.all(_Body, sql, parameters)
        return [msgspec.json.decode(row.body, type=into) for row in rows]


class _Body(msgspec.Struct):
    body: str


def _text(record: msgspec.Struct) -> str:
    return msgspec.json.encode(record).decode()
