"""Everything one sandbox process holds, wired together."""

import asyncio
import contextlib
from pathlib import Path

from sokhach.sandbox.accounts import Accounts
from sokhach.sandbox.articles import Articles
from sokhach.sandbox.bursts import Bursts
from sokhach.sandbox.clock import ClockState, SimulatedClock
from sokhach.sandbox.consents import Consents
from sokhach.sandbox.demo.actors import Actors
from sokhach.sandbox.demo.deeds import Deeds
from sokhach.sandbox.demo.history import History
from sokhach.sandbox.demo.ledger import Ledger
from sokhach.sandbox.demo.live import Demo
from sokhach.sandbox.demo.personal import PersonalStage
from sokhach.sandbox.faults import Faults
from sokhach.sandbox.group_records import Groups
from sokhach.sandbox.happenings import Happenings
from sokhach.sandbox.limits import RateLimits
from sokhach.sandbox.media import Media
from sokhach.sandbox.people import People
from sokhach.sandbox.phones import Phones
from sokhach.sandbox.quotas import Quotas
from sokhach.sandbox.store import Store
from sokhach.sandbox.tags import Tags
from sokhach.sandbox.takeovers import Takeovers
from sokhach.sandbox.threads import Threads
from sokhach.sandbox.tokens import Tokens
from sokhach.sandbox.web.platform import WebPlatform
from sokhach.sandbox.webhooks import Webhooks
from sokhach.sandbox.zns import Zns


class World:
    """`folder` keeps the state over restarts; without one it lives in memory. `base_url` has no trailing slash."""

    def __init__(self, *, folder: Path | None, base_url: str) -> None:
        self.base_url = base_url
        self.store = Store(folder)
        self.clock = SimulatedClock(self.store.recall("clock", ClockState))
        self.faults = Faults()
        self.media = Media(base_url, self.store, self.clock)
        self.accounts = Accounts(self.store)
        self.tokens = Tokens(self.store, self.clock, self.accounts)
        self.quotas = Quotas(self.store, self.clock, self.accounts)
        self.limits = RateLimits(self.clock)
        self.webhooks = Webhooks(self.store, self.clock, self.faults, self.accounts)
        self.zns = Zns(self.store, self.clock, self.faults, self.accounts, self.webhooks, self.quotas, base_url)
        self.threads = Threads(self.store, self.clock, self.faults, self.accounts, self.webhooks, self.media)
        self.people = People(self.store)
        self.tags = Tags(self.store, self.clock, self.accounts, self.webhooks)
        self.happenings = Happenings(self.store, self.clock, self.accounts, self.people, self.tokens, self.webhooks)
        self.consents = Consents(self.store, self.clock, self.accounts, self.webhooks)
        self.groups = Groups(self.store, self.clock, self.accounts, self.webhooks)
        self.articles = Articles(self.store, self.clock)
        self.phones = Phones(self.store, self.clock, self.faults, self.accounts, self.webhooks)
        self.bursts = Bursts(self.store, self.clock, self.accounts, self.threads)
        self.takeovers = Takeovers()
        self.web = WebPlatform(self.store, self.clock, self.media, base_url)
        personal = PersonalStage(self.store, self.web)
        actors = Actors(self.store, self.accounts, personal)
        deeds = Deeds(self.accounts, self.threads, self.tags, self.happenings, personal)
        self.demo = Demo(self.store, self.clock, actors, deeds, self.takeovers)
        ledger = Ledger(self.store, self.accounts, actors, self.threads, self.tags, self.media)
        self.history = History(self.clock, self.accounts, actors, ledger, personal)
        self.threads.on_outgoing(lambda _customer, _message: self.phones.wake())
        self.threads.on_outgoing(self.demo.answered)
        self.web.talk.on_message(self.demo.spoken)
        self._loops: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._loops = [asyncio.create_task(loop.run()) for loop in (self.webhooks, self.phones, self.demo, self.zns)]
        for task in self._loops:
            task.add_done_callback(_tell_of_death)

    async def stop(self) -> None:
        for task in self._loops:
            task.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        await self.bursts.close()
        await self.webhooks.close()
        with contextlib.suppress(Exception):
            self.store.close()

    def change_clock(
        self, *, scale: float | None = None, advance_seconds: float = 0, ladder_scale: float | None = None
    ) -> None:
        before = self.clock.ladder_scale
        self.clock.change(scale=scale, advance_seconds=advance_seconds, ladder_scale=ladder_scale)
        self.webhooks.rescale_ladder(before, self.clock.ladder_scale)
        self.store.remember("clock", self.clock.state)


def _tell_of_death(task: asyncio.Task[None]) -> None:
    """A loop never ends by itself; without this its exception would stay unread."""
    if not task.cancelled():
        task.get_loop().call_exception_handler({"message": "a sandbox loop died", "exception": task.exception()})
