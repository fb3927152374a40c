"""The worker process: composes every domain's loops. Any number of workers may run over one database."""

import asyncio
import os
import signal
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import profiles, renewal, template_sync
from sokhach.channels.connector import Connector, Source
from sokhach.channels.upkeep import heartbeat, hours, pages, tag_changes, watch
from sokhach.channels.upkeep.platform import Platform
from sokhach.channels.upkeep.sweeping import Sweeper
from sokhach.channels.zalo_oa.connector import ZaloOA
from sokhach.channels.zalo_oa.upkeep import ZaloUpkeep
from sokhach.channels.zalo_personal import signals
from sokhach.channels.zalo_personal.cap_service import Caps
from sokhach.channels.zalo_personal.connector import ZaloPersonal
from sokhach.channels.zalo_personal.directory import Directory
from sokhach.channels.zalo_personal.gaps.keeping import Completeness
from sokhach.channels.zalo_personal.host.running import Personal
from sokhach.channels.zalo_personal.labels import PersonalUpkeep
from sokhach.channels.zalo_personal.private.people import PeopleKeeper
from sokhach.conversations import notices, silence
from sokhach.conversations.events import MessagesChanged, MessagesStored
from sokhach.conversations.media import locating
from sokhach.conversations.media import upkeep as media_upkeep
from sokhach.conversations.media.fetching import Fetcher
from sokhach.core import collector, housekeeping
from sokhach.core.config import Settings
from sokhach.core.database import WAKE, Database, dsn, urls
from sokhach.core.events import EventBus
from sokhach.core.loops import Loop, run_all
from sokhach.core.mail import Mailer
from sokhach.core.realtime.listener import Listener
from sokhach.core.realtime.sequencer import Sequencer
from sokhach.core.storage import Storage
from sokhach.core.tasks import run_together
from sokhach.custody import expiry as share_expiry
from sokhach.custody.entrusting import entrust
from sokhach.customers.events import IdentitiesCreated, ProfilesOutdated
from sokhach.demo.clearing import Clearing
from sokhach.demo.sandbox import Sandbox
from sokhach.dispatch import reactions, recalls
from sokhach.dispatch.sender import Sender
from sokhach.intake.beginning import Beginning
from sokhach.intake.gateway import lane_of
from sokhach.intake.importing.twins import give_way
from sokhach.intake.importing.work import Importing
from sokhach.intake.journal import Entry, copy_entries
from sokhach.intake.pipeline import Pipeline
from sokhach.people.security import letters

log = structlog.get_logger()

WOKEN = frozenset(
    {
        "intake",
        "sequencer",
        "outbox",
        "reactions",
        "recalls",
        "signals",
        "templates",
        "media",
        "stickers",
        "profiles",
        "mail",
        "imports",
        "personal",
        "personal_logins",
        "personal_errands",
        "private",
        "private_people",
    }
)


GAP_SECONDS = 0.1
"""Between steps of what a stream of webhooks wakes: most of what a step costs does not depend on its size."""
NICENESS = 10
"""Whoever writes or reads now goes before what the worker does for later."""


def event_bus() -> EventBus:
    """Who wants to know what."""
    bus = EventBus()
    bus.subscribe(MessagesStored, notices.tell_browsers)
    bus.subscribe(MessagesStored, give_way)
    bus.subscribe(MessagesChanged, notices.tell_of_changes)
    bus.subscribe(IdentitiesCreated, profiles.ask_for)
    bus.subscribe(ProfilesOutdated, profiles.ask_again)
    return bus


class Worker:
    def __init__(self, settings: Settings) -> None:
        owner = urls(settings).owner
        self.database = Database(owner, size=12)
        self._zalo_oa = ZaloOA.of(settings, self.database)
        self.bus = event_bus()
        begin = Beginning(self.bus, entrust)
        self.personal = Personal(self.database, settings, append, lane_of, notices.tell_of_typing, begin=begin)
        zalo_personal = ZaloPersonal(self.database, self.personal.calls, self.personal.gate)
        self.connectors: Mapping[str, Connector] = {
            self._zalo_oa.channel: self._zalo_oa,
            zalo_personal.channel: zalo_personal,
        }
        self.platforms: Mapping[str, Platform] = {
            self._zalo_oa.channel: ZaloUpkeep(self._zalo_oa),
            zalo_personal.channel: PersonalUpkeep(self.personal.calls),
        }
        self.pipeline = Pipeline(self.database, self.connectors, self.bus)
        self._sequencer = Sequencer(dsn(owner))
        self.storage = Storage.of(settings)
        self._fetcher = Fetcher(self.database, self.storage, settings, freed=partial(self._wake, "media"))
        gates = {zalo_personal.channel: Caps(settings.timezone)}
        freed = partial(self._wake, "outbox")
        self._sender = Sender(self.database, self.connectors, self.storage, freed=freed, gates=gates)
        calls, gate, counters = self.personal.calls, self.personal.gate, self.personal.counters
        complete = Completeness(self.database, calls, gate, counters, lane_of, append)
        directory = Directory(self.database, self.personal.calls, self.personal.gate, lane_of, append)
        self._sandbox = Sandbox.beside(settings)
        self._loops = [
            Loop("intake", self.pipeline.step, every_seconds=1, gap_seconds=GAP_SECONDS),
            Loop("sequencer", self._sequencer.step, every_seconds=1, gap_seconds=GAP_SECONDS / 2),
            Loop("outbox", self._sender.step, every_seconds=1, gap_seconds=GAP_SECONDS),
            Loop(
                "reactions",
                partial(reactions.step, self.database, self.connectors),
                every_seconds=2,
                gap_seconds=4 * GAP_SECONDS,
            ),
            Loop(
                "recalls",
                partial(recalls.step, self.database, self.connectors),
                every_seconds=2,
                gap_seconds=4 * GAP_SECONDS,
            ),
            Loop(
                "signals",
                partial(signals.step, self.database, self.personal.calls),
                every_seconds=1,
                gap_seconds=4 * GAP_SECONDS,
            ),
            Loop("directory", directory.step, every_seconds=5),
            Loop(
                "templates",
                partial(template_sync.step, self.database, self.connectors),
                every_seconds=5,
                gap_seconds=40 * GAP_SECONDS,
            ),
            Loop(
                "stickers",
                partial(locating.step, self.database, self.connectors),
                every_seconds=5,
                gap_seconds=5 * GAP_SECONDS,
            ),
            Loop("media", self._fetcher.step, every_seconds=2, gap_seconds=4 * GAP_SECONDS),
            Loop(
                "profiles",
                partial(profiles.step, self.database, self.connectors, lane_of),
                every_seconds=2,
                gap_seconds=4 * GAP_SECONDS,
            ),
            Loop("renewal", partial(renewal.step, self.database, self.connectors), every_seconds=10),
            Loop("outages", partial(heartbeat.handle_outages, self.database), every_seconds=5),
            Loop("sweeps", Sweeper(self.database, self.platforms, lane_of).step, every_seconds=2),
            Loop("hours", partial(hours.step, self.database), every_seconds=20),
            Loop("liveness", partial(watch.judge, self.database), every_seconds=60),
            Loop("probes", partial(watch.probe, self.database, self.platforms), every_seconds=20),
            Loop("pages", partial(pages.step, self.database, self.platforms), every_seconds=5),
            Loop(
                "tag_changes",
                partial(tag_changes.step, self.database, self.platforms, self.personal.calls.held),
                every_seconds=2,
            ),
            Loop("silence", partial(silence.close_silent, self.database), every_seconds=1),
            Loop("shares", partial(share_expiry.end_due, self.database), every_seconds=1),
            Loop(
                "mail",
                Mailer(self.database, settings, letters.makers(settings)).step,
                every_seconds=5,
                gap_seconds=10 * GAP_SECONDS,
            ),
            Loop("event_retry", partial(self.bus.retry_due, self.database), every_seconds=2),
            Loop("clock", partial(housekeeping.refresh_clock, self.database), every_seconds=2),
            Loop("figures", partial(housekeeping.measure, self.database), every_seconds=10),
            Loop("media_upkeep", partial(media_upkeep.step, self.database, self.storage), every_seconds=60),
            Loop("imports", Importing(self.database, self.storage).step, every_seconds=2, gap_seconds=2 * GAP_SECONDS),
            *self.personal.loops,
            Loop("completeness", complete.step, every_seconds=2, gap_seconds=4 * GAP_SECONDS),
            Loop("away", complete.away, every_seconds=60),
            Loop("arrivals", complete.watch, every_seconds=60),
            Loop(
                "private_people",
                PeopleKeeper(self.database, self.personal.calls, settings).step,
                every_seconds=5,
                gap_seconds=10 * GAP_SECONDS,
            ),
            Loop("demo", Clearing(self.database, self.storage, self._sandbox).step, every_seconds=1),
            Loop("housekeeping", partial(housekeeping.step, self.database), every_seconds=600),
        ]
        self._woken = {loop.name: loop for loop in self._loops if loop.name in WOKEN}
        self._listener = Listener(dsn(owner), WAKE, self._wake)

    async def run(self) -> None:
        """Until cancelled."""
        try:
            await run_together(self.personal.run(), run_all(self._loops, self._listener.run()))
        finally:
            await self._sender.drain()
            await self.personal.close()
            await self._fetcher.close()
            await self._sequencer.close()
            await self._zalo_oa.close()
            if self._sandbox:
                await self._sandbox.close()
            await self.database.close()

    def _wake(self, name: str) -> None:
        """One loop; all, when none is called so."""
        one = self._woken.get(name)
        for loop in self._woken.values() if one is None else (one,):
            loop.wake()


async def append(connection: AsyncConnection, rows: Sequence[tuple[int, int, Source, datetime, bytes]]) -> None:
    """Into the journal, in the caller's transaction: what sessions of personal accounts heard."""
    await copy_entries(connection, [Entry(*row) for row in rows])


async def main(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT; what is in the middle of a transaction is rolled back and done again later."""
    collector.calm()
    os.nice(NICENESS)
    task = asyncio.create_task(Worker(settings).run())
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, task.cancel)
    log.info("worker_started")
    try:
        await task
    except asyncio.CancelledError:
        log.info("worker_stopped")
