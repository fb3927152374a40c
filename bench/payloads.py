"""Signed webhooks in bulk, with a rhythm like a busy company's: many customers, few of them talkative."""

import hashlib
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
import psycopg

from bench.words import Words
from sokhach.channels.zalo_oa.credentials import Credentials
from sokhach.core.config import Settings
from sokhach.core.crypto import Vault
from sokhach.core.database import dsn, urls

OA_ID = "388613280878808645"
CREDENTIALS = Credentials(app_id="360846524940903967", app_secret="bench-app", oa_secret="bench-oa")
START_MS = int(datetime(2026, 9, 1, tzinfo=UTC).timestamp() * 1000)


def connect_oa(settings: Settings) -> int:
    """An OA in a fresh database; returns its account id."""
    sealed = Vault(settings.keys).seal(msgspec.json.encode(CREDENTIALS))
    with psycopg.connect(dsn(urls(settings).owner)) as connection:
        row = connection.execute(
            "INSERT INTO channel_account (channel, external_id, name, credentials, health, created_at)"
            " VALUES ('zalo_oa', %s, 'OA', %s, 'unknown', now()) RETURNING id",
            [OA_ID, sealed],
        ).fetchone()
        assert row
        return row[0]


def payloads(count: int, *, seed: int = 7, customers: int | None = None) -> Iterator[tuple[str, bytes]]:
    """(customer, body): nine texts of customers to one answer from Zalo's own tools, over some weeks."""
    chance = random.Random(seed)
    words = Words(chance)
    customers = customers or max(50, count // 12)
    at = START_MS
    for number in range(count):
        at += chance.randrange(2, 20_000)
        customer = str(7_000_000_000_000_000_000 + int(customers * chance.random() ** 2))
        answer = chance.random() < 0.1
        body: dict[str, object] = {
            "app_id": CREDENTIALS.app_id,
            "sender": {"id": OA_ID, "admin_id": "36174"} if answer else {"id": customer},
            "recipient": {"id": customer if answer else OA_ID},
            "event_name": "oa_send_text" if answer else "user_send_text",
            "message": {"text": words.sentence(), "msg_id": f"{seed:x}-{number:x}"},
            "timestamp": str(at),
        }
        yield customer, json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def text_from(customer: str, words: str, external_id: str, at_ms: int) -> bytes:
    """One text of a customer."""
    body = {
        "app_id": CREDENTIALS.app_id,
        "sender": {"id": customer},
        "recipient": {"id": OA_ID},
        "event_name": "user_send_text",
        "message": {"text": words, "msg_id": external_id},
        "timestamp": str(at_ms),
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def signature(body: bytes) -> str:
    timestamp: str = json.loads(body)["timestamp"]
    whole = CREDENTIALS.app_id.encode() + body + timestamp.encode() + CREDENTIALS.oa_secret.encode()
    return "mac=" + hashlib.sha256(whole).hexdigest()
