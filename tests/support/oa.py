"""An OA whose payloads go straight into the journal: for tests of what happens after the gateway."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import text

from sokhach.channels.zalo_oa.connector import ZaloOA
from sokhach.channels.zalo_oa.credentials import Credentials
from sokhach.core.config import Settings
from sokhach.core.crypto import Vault
from sokhach.core.database import Database
from sokhach.intake.gateway import lane_of
from sokhach.intake.pipeline import Pipeline
from sokhach.worker import event_bus

OA_ID = "388613280878808645"
APP_ID = "360846524940903967"
CREDENTIALS = Credentials(app_id=APP_ID, app_secret="app-secret", oa_secret="oa-secret")
START = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    """A moment of the test's story."""
    return START + timedelta(seconds=seconds)


def ms(moment: datetime) -> str:
    return str(round(moment.timestamp() * 1000))


def said(user: str, msg_id: str, moment: datetime, words: str = "Còn hàng không shop?", **more: Any) -> dict[str, Any]:
    """The customer writes."""
    return {
        "app_id": APP_ID,
        "sender": {"id": user},
        "recipient": {"id": OA_ID},
        "event_name": "user_send_text",
        "message": {"text": words, "msg_id": msg_id},
        "timestamp": ms(moment),
        **more,
    }


def echoed(
    user: str, msg_id: str, moment: datetime, words: str = "Dạ còn ạ", admin: str | None = None
) -> dict[str, Any]:
    """Our side wrote, as Zalo repeats it to us."""
    sender = {"id": OA_ID} if admin is None else {"id": OA_ID, "admin_id": admin}
    return {
        "app_id": APP_ID,
        "sender": sender,
        "recipient": {"id": user},
        "event_name": "oa_send_text",
        "message": {"text": words, "msg_id": msg_id},
        "timestamp": ms(moment),
    }


def received(user: str, msg_id: str, moment: datetime) -> dict[str, Any]:
    return {
        "app_id": APP_ID,
        "sender": {"id": OA_ID},
        "recipient": {"id": user},
        "event_name": "user_received_message",
        "message": {"msg_id": msg_id},
        "timestamp": ms(moment),
    }


def seen(user: str, msg_ids: Sequence[str], moment: datetime) -> dict[str, Any]:
    return {
        "app_id": APP_ID,
        "sender": {"id": OA_ID},
        "recipient": {"id": user},
        "event_name": "user_seen_message",
        "message": {"msg_ids": list(msg_ids)},
        "timestamp": ms(moment),
    }


def followed(user: str, moment: datetime, event: str = "follow") -> dict[str, Any]:
    return {
        "app_id": APP_ID,
        "oa_id": OA_ID,
        "event_name": event,
        "follower": {"id": user},
        "source": "oa_profile",
        "timestamp": ms(moment),
    }


class OA:
    """One connected OA and a pipeline of its own."""

    def __init__(self, settings: Settings, database: Database, account_id: int) -> None:
        self.settings = settings
        self.database = database
        self.account_id = account_id
        self.bus = event_bus()
        self.pipeline = self.another_pipeline()

    def another_pipeline(self) -> Pipeline:
        """As of a second worker."""
        connector = ZaloOA.of(self.settings, self.database)
        return Pipeline(self.database, {"zalo_oa": connector}, self.bus)

    async def journal(self, *payloads: dict[str, Any] | bytes, received_at: datetime | None = None) -> list[int]:
        """Puts payloads on disk as the gateway does; returns their journal ids."""
        ids: list[int] = []
        async with self.database.transaction() as connection:
            for payload in payloads:
                body = payload if isinstance(payload, bytes) else json.dumps(payload, ensure_ascii=False).encode()
                ids.append(
                    (
                        await connection.execute(
                            text(
                                "INSERT INTO journal (account_id, lane, source, received_at, payload)"
                                " VALUES (:account, :lane, 'webhook', :at, :body) RETURNING id"
                            ),
                            {
                                "account": self.account_id,
                                "lane": lane_of(self.account_id, _thread(payload)),
                                "at": received_at or at(3600),
                                "body": body,
                            },
                        )
                    ).scalar_one()
                )
        return ids

    async def drain(self) -> int:
        total = 0
        while done := await self.pipeline.step():
            total += done
        return total

    async def take(self, *payloads: dict[str, Any] | bytes) -> None:
        """Journals and applies."""
        await self.journal(*payloads)
        await self.drain()

    async def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        async with self.database.transaction() as connection:
            return [dict(row) for row in (await connection.execute(text(sql), values)).mappings()]

    async def value(self, sql: str, **values: Any) -> Any:
        async with self.database.transaction() as connection:
            return (await connection.execute(text(sql), values)).scalar_one()


async def connect_oa(settings: Settings, database: Database, *, oa_id: str = OA_ID) -> OA:
    """A connected OA; its tokens are of no use, nothing here calls Zalo."""
    vault = Vault(settings.keys)
    async with database.transaction() as connection:
        account_id = await connection.execute(
            text(
                "INSERT INTO channel_account (channel, external_id, name, credentials, health, created_at)"
                " VALUES ('zalo_oa', :oa, 'Điện Minh Long', :credentials, 'unknown', :at) RETURNING id"
            ),
            {"oa": oa_id, "credentials": vault.seal(msgspec.json.encode(CREDENTIALS)), "at": START},
        )
        return OA(settings, database, account_id.scalar_one())


def _thread(payload: dict[str, Any] | bytes) -> str:
    if isinstance(payload, bytes):
        return ""
    parties = [payload.get(side, {}).get("id") for side in ("sender", "recipient", "follower")]
    return next((one for one in parties if one and one != OA_ID), "")
