"""The demo company: three people, and an OA of the simulated Zalo whose customers write by themselves.

Safe to prepare at every start: what is there stays.
"""

import asyncio
import secrets
from pathlib import Path

import httpx
import msgspec

from sokhach.channels.zalo_oa import connecting
from sokhach.channels.zalo_oa.connecting import ConnectingError
from sokhach.channels.zalo_oa.credentials import Credentials
from sokhach.core.actor import Role
from sokhach.core.config import Settings
from sokhach.core.database import Database, urls
from sokhach.people import queries
from sokhach.people.passwords import PasswordHasher
from sokhach.people.service import create_person

OA_ID = "388613280878808645"
OA_NAME = "Chăn ga Minh Long"
APP_ID = "360846524940903967"
MESSAGES_PER_MINUTE = 8
WAIT_SECONDS = 30

STAFF = (
    ("Trần Minh Long", "long@minhlong.example", Role.ADMIN),
    ("Nguyễn Thị Lan", "lan@minhlong.example", Role.STAFF),
    ("Lê Quốc Huy", "huy@minhlong.example", Role.STAFF),
)


class DemoError(Exception):
    """The demo cannot be set up; the message says why."""


class Prepared(msgspec.Struct, frozen=True):
    """How to sign in to the demo."""

    login: str
    password: str
    sandbox: str


class _Kept(msgspec.Struct):
    """What one demo remembers of itself, in its data folder."""

    password: str
    app_secret: str
    oa_secret: str


async def prepare(settings: Settings) -> Prepared:
    """Makes what is missing: people, the OA on both sides, living customers. Raises `DemoError`."""
    sandbox = f"http://127.0.0.1:{settings.sandbox_port}"
    pointed = msgspec.structs.replace(settings, zalo_oauth_url=sandbox, zalo_openapi_url=sandbox, zalo_zns_url=sandbox)
    kept = _kept(settings.data_dir / "demo.json")
    database = Database(urls(pointed).owner, size=2)
    try:
        await _hire(database, kept.password)
        async with httpx.AsyncClient(base_url=f"{sandbox}/control", timeout=10) as control:
            await _reach(control)
            await _connect(pointed, database, control, kept)
            await _post(control, f"/oas/{OA_ID}/zns/samples")
            await _post(control, "/demo", oa_id=OA_ID, running=True, messages_per_minute=MESSAGES_PER_MINUTE)
    except (httpx.HTTPError, ConnectingError) as error:
        raise DemoError(str(error) or type(error).__name__) from error
    finally:
        await database.close()
    return Prepared(STAFF[0][1], kept.password, sandbox)


async def _hire(database: Database, password: str) -> None:
    async with database.transaction() as connection:
        if await queries.anybody_works_here(connection):
            return
        for name, login, role in STAFF:
            await create_person(
                connection, PasswordHasher(), name=name, login=login, password=password, locale="vi", role=role
            )


async def _reach(control: httpx.AsyncClient) -> None:
    for _ in range(WAIT_SECONDS * 5):
        try:
            await control.get("/oas")
        except httpx.TransportError:
            await asyncio.sleep(0.2)
        else:
            return
    raise DemoError(f"nothing answers at {control.base_url}")


async def _connect(settings: Settings, database: Database, control: httpx.AsyncClient, kept: _Kept) -> None:
    webhook_url = f"http://127.0.0.1:{settings.port}/hooks/zalo-oa"
    await _post(
        control,
        "/apps",
        app_id=APP_ID,
        app_secret=kept.app_secret,
        oa_secret=kept.oa_secret,
        webhook_url=webhook_url,
    )
    await _post(control, "/oas", oa_id=OA_ID, app_id=APP_ID, name=OA_NAME)
    given = Credentials(app_id=APP_ID, app_secret=kept.app_secret, oa_secret=kept.oa_secret)
    saved = await connecting.save(settings, database, OA_ID, OA_NAME, given)
    if not saved.authorised:
        tokens = await _post(control, f"/oas/{OA_ID}/token")
        await connecting.authorise(settings, database, saved.account, tokens["refresh_token"], rename=False)


async def _post(control: httpx.AsyncClient, path: str, **body: object) -> dict[str, str]:
    answer = await control.post(path, json=body)
    if answer.is_error:
        raise DemoError(f"{path}: {answer.status_code} {answer.text[:200]}")
    return msgspec.json.decode(answer.content, type=dict[str, str], strict=False) if path.endswith("/token") else {}


def _kept(path: Path) -> _Kept:
    """The demo's own password and keys; readable by whoever runs it only."""
    if path.is_file():
        return msgspec.json.decode(path.read_bytes(), type=_Kept)
    kept = _Kept("-".join(secrets.token_hex(2) for _ in range(3)), secrets.token_hex(16), secrets.token_hex(16))
    path.touch(mode=0o600)
    path.write_bytes(msgspec.json.encode(kept))
    return kept
