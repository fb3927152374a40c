"""Sets the demo up: people and teams, the OAs on both sides, weeks of history, living customers. Safe to do at every
start: what is there stays, what an interrupted start left out is made, and a demo that was cleared does not come back
unless it is asked for."""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from sokhach.channels import service as channels
from sokhach.channels.zalo_oa import connecting
from sokhach.channels.zalo_oa.connecting import ConnectingError
from sokhach.channels.zalo_oa.credentials import Credentials
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.database import Database, urls
from sokhach.demo import custody, history, personal, state, tidying
from sokhach.demo.company import OAS, OfficialAccount
from sokhach.demo.hiring import hire, introduce
from sokhach.demo.history import Progress
from sokhach.demo.sandbox import APP_ID, Sandbox, SandboxError
from sokhach.demo.schedule import schedule
from sokhach.demo.state import Known

LOOK_SECONDS = 0.5
PATIENCE_SECONDS = 900


class DemoError(Exception):
    """The demo cannot be set up; the message says why."""


class Prepared(msgspec.Struct, frozen=True):
    """The demo can be signed in to. `phone` is the customer's side."""

    password: str
    phone: str


class Kept(msgspec.Struct):
    """What one demo remembers of itself, in its data folder."""

    password: str
    app_secret: str
    oa_secret: str


class Preparation:
    """In steps: `open`, `fill`, `close`. The simulated Zalo is at the settings' `sandbox_port`, whatever they say of
    Zalo's addresses; their `port` is where it finds us. Without `personal` no personal account is connected: no worker
    that could hold one runs."""

    def __init__(self, settings: Settings, *, personal: bool = True) -> None:
        self._personal = personal
        url = f"http://127.0.0.1:{settings.sandbox_port}"
        self._settings = msgspec.structs.replace(settings, zalo_oauth_url=url, zalo_openapi_url=url, zalo_zns_url=url)
        self._kept = kept(settings.data_dir / "demo.json")
        self._database = Database(urls(settings).owner, size=2)
        self._sandbox = Sandbox(url)

    async def open(self, *, again: bool = False) -> Prepared | None:
        """People, teams and OAs; customers write by themselves as soon as there is no history to come first. None for a
        demo that was cleared, or is being cleared, unless it shall come back (`again`). Raises `DemoError`."""
        try:
            if not await self._found(again):
                return None
            await self._sandbox.reach()
            self._accounts = await self._connect()
            if not await self._wants_history():
                await self._finish()
        except (SandboxError, ConnectingError) as error:
            raise DemoError(str(error)) from error
        return Prepared(self._kept.password, f"{self._sandbox.url}/phone")

    async def fill(self, tell: Callable[[Progress], None]) -> int | None:
        """The history, told of while it is being applied; then customers have custodians, and write. Returns how many
        payloads it has, None when there is nothing to do. Raises `DemoError`."""
        if not await self._wants_history():
            return None
        try:
            await history.load(
                self._database, self._sandbox, self._accounts, self._credentials, self._settings.demo_days
            )
            # They write while the past is being applied: of each thread it goes first.
            await self._start()
            await asyncio.gather(self._applied(tell), self._connect_personal())
            total = await self._applied(tell)
            await self._finish()
        except SandboxError as error:
            raise DemoError(str(error)) from error
        return total

    async def close(self) -> None:
        await self._sandbox.close()
        await self._database.close()

    @property
    def _credentials(self) -> Credentials:
        return Credentials(app_id=APP_ID, app_secret=self._kept.app_secret, oa_secret=self._kept.oa_secret)

    async def _found(self, again: bool) -> bool:
        """Whether there is a company now."""
        async with self._database.transaction() as connection:
            await clock.refresh(connection)
            known = await state.find(connection, lock=True)
            if known is None or (known.state == "cleared" and again):
                hired = await hire(connection, self._kept.password)
                await schedule(connection, hired, self._settings.company_timezone)
                await state.begin(connection, staff_ids=hired.staff_ids, team_ids=hired.team_ids, now=clock.now())
                return True
            return known.stands

    async def _connect(self) -> Mapping[str, int]:
        """OA id → account id."""
        await self._sandbox.register_app(
            app_secret=self._kept.app_secret,
            oa_secret=self._kept.oa_secret,
            webhook_url=f"http://127.0.0.1:{self._settings.port}/hooks/zalo-oa",
        )
        accounts = {oa.oa_id: await self._connect_one(oa) for oa in OAS}
        async with self._database.transaction() as connection:
            await introduce(connection, accounts)
        return accounts

    async def _connect_one(self, oa: OfficialAccount) -> int:
        await self._sandbox.open_account(oa)
        saved = await connecting.save(
            self._settings, self._database, oa.oa_id, oa.name, self._credentials, by_somebody=False
        )
        async with self._database.transaction() as connection:
            if not await state.add_account(connection, saved.account.id):
                raise SandboxError("the demo is being cleared")
        if not saved.authorised:
            token = await self._sandbox.refresh_token(oa.oa_id)
            await connecting.authorise(self._settings, self._database, saved.account, token, rename=False)
        return saved.account.id

    async def _wants_history(self) -> bool:
        known = await self._known()
        return known is not None and known.state == "preparing" and self._settings.demo_days > 0

    async def _start(self) -> None:
        for oa in OAS:
            await self._sandbox.start(oa)

    async def _applied(self, tell: Callable[[Progress], None]) -> int:
        """Waits for the worker."""
        seen = Progress(0, 0)
        for _ in range(int(PATIENCE_SECONDS / LOOK_SECONDS)):
            async with self._database.transaction() as connection:
                known = await state.find(connection)
                seen = await history.progress(connection)
            if known is None or not known.stands or seen.done >= seen.total:
                break
            tell(seen)
            await asyncio.sleep(LOOK_SECONDS)
        return seen.total

    async def _connect_personal(self) -> None:
        if self._personal:
            await personal.connect(self._settings, self._database, self._sandbox, self._settings.demo_days)

    async def _finish(self) -> None:
        known = await self._known()
        if known is None or not known.stands:
            return
        if known.state == "preparing":
            await self._share_out(known)
            async with self._database.transaction() as connection:
                await custody.work_together(connection, known)
            await tidying.tidy(self._database, known)
            async with self._database.transaction() as connection:
                known = await state.find(connection, lock=True)
                if known is None or not known.stands:
                    return
                # Read first when nobody followed the OAs yet, and no label was theirs.
                for account_id in known.account_ids:
                    await channels.ask_for_page(connection, account_id, clock.now())
                await state.finish(connection)
        await self._start()
        await personal.start(self._database, self._sandbox)

    async def _share_out(self, known: Known) -> None:
        for _ in range(int(PATIENCE_SECONDS / LOOK_SECONDS)):
            async with self._database.transaction() as connection:
                left = await custody.share_out(connection, known)
            if not left:
                return
            await asyncio.sleep(LOOK_SECONDS)

    async def _known(self) -> Known | None:
        async with self._database.transaction() as connection:
            return await state.find(connection)


def kept(path: Path) -> Kept:
    """The demo's own password and keys; readable by whoever runs it only."""
    if path.is_file():
        return msgspec.json.decode(path.read_bytes(), type=Kept)
    made = Kept("-".join(secrets.token_hex(2) for _ in range(3)), secrets.token_hex(16), secrets.token_hex(16))
    path.touch(mode=0o600)
    path.write_bytes(msgspec.json.encode(made))
    return made
