"""Personal accounts from the platform's socket to a browser: real sidecar, worker and web against simulated Zalo Web.

`rss_mb_300`: the one sidecar that holds all the accounts, after all the rest has run. `mps`: from the first message
that customers write until the last is in the store, as fast as the simulation takes them. `lost`: messages that the
platform took and that are not in the store. `fanout_p95_ms`: from a customer's order to say something until a browser
is told of the conversation's change, messages coming at chance times; once the worker has done what a start and such a
flood leave behind (a first comparison of every account, the profiles of every new customer), which takes `calm_s`.
"""

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx
import psutil
import psycopg

from bench.inbox.office import Office
from bench.inbox.sockets import Socket
from bench.support import Cluster, cluster, percentile, process, report, say, wait_ready
from bench.words import Words
from sokhach.channels.zalo_personal.credentials import Sealing
from sokhach.channels.zalo_personal.protocol import Credentials
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.crypto import Vault
from sokhach.core.database import dsn, urls
from sokhach.sandbox.world import World

PORT = 8792
ZALO_PORT = 8793
USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CUSTOMERS = 4
"""Friends of each account."""
WRITERS = 8
LONGEST_SECONDS = 40
CALM_PERCENT = 25
"""Of one core: less than this, and what is left is the everyday work of so many accounts."""
CALM_SECONDS = 180
STORED = "SELECT count(*) FROM message WHERE direction = 'in'"


class Staff(NamedTuple):
    uid: str
    sek: str
    customers: list[str]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--accounts", type=int, default=300)
    options.add_argument("--messages", type=int, default=6_000)
    options.add_argument("--probes", type=int, default=200)
    options.add_argument("--per-second", type=float, default=20)
    given = options.parse_args()
    os.environ["SOKHACH_ZALO_WEB_URL"] = f"http://127.0.0.1:{ZALO_PORT}"
    os.environ["SOKHACH_SIDECAR_ACCOUNTS"] = str(given.accounts)
    with cluster() as database, tempfile.TemporaryDirectory() as folder:
        say(f"{given.accounts} accounts on the platform")
        people = asyncio.run(_populate(Path(folder), given.accounts))
        with _sandbox(Path(folder)):
            figures = measure(database, people, given.messages, given.probes, given.per_second)
    wanted = {"rss_mb_300": "< 250", "mps": "≥ 200", "lost": "0", "fanout_p95_ms": "≤ 300"}
    rows = [(name, f"{value:,.1f}", wanted.get(name, "")) for name, value in figures.items()]
    report(f"{given.accounts} personal accounts, {given.messages:,} messages", rows, figures)


def measure(
    database: Cluster, people: Sequence[Staff], messages: int, probes: int, per_second: float
) -> dict[str, float]:
    database.create("bench_personal")
    settings = database.settings("bench_personal", port=PORT)
    office = Office(settings, [])
    _connect(settings, people)
    with process(settings, "web"), process(settings, "worker") as worker:
        wait_ready(PORT)
        say("all accounts come online")
        began = time.perf_counter()
        online, at = _wait(office, "SELECT count(*) FROM personal_account WHERE state = 'online'", len(people))
        assert online == len(people), f"{online} of {len(people)} accounts came online"
        online_s = at - began
        say(f"{messages:,} messages, as many as the platform takes")
        began = time.perf_counter()
        asyncio.run(_write(people, messages))
        said_s = time.perf_counter() - began
        stored, at = _wait(office, STORED, messages)
        store_s = at - began
        say("the worker comes to rest")
        calm_s = _calm(psutil.Process(worker.pid))
        say(f"{per_second:g} messages a second, {probes} in all")
        seconds = asyncio.run(_follow(office, people, probes, per_second))
        stored, _ = _wait(office, STORED, messages + probes)
        rss = _sidecar(worker.pid).memory_info().rss
    return {
        "rss_mb_300": rss / 2**20,
        "mps": messages / store_s,
        "lost": messages + probes - stored,
        "fanout_p95_ms": percentile(seconds, 0.95) * 1000,
        "fanout_p50_ms": percentile(seconds, 0.5) * 1000,
        "said_mps": messages / said_s,
        "online_s": online_s,
        "calm_s": calm_s,
    }


async def _populate(folder: Path, accounts: int) -> list[Staff]:
    """Writes the platform's own store: a session by QR for each of hundreds would be a bench of its own."""
    world = World(folder=folder, base_url=f"http://127.0.0.1:{ZALO_PORT}")
    users = world.web.users
    people: list[Staff] = []
    with world.store.transaction():
        for number in range(accounts):
            uid = users.create(name=f"Nhân viên {number}", phone=f"849{number:08d}").uid
            customers = [users.create(name=f"Khách {number}.{n}", phone=None).uid for n in range(CUSTOMERS)]
            people.append(Staff(uid, world.web.sessions.begin(uid, USER_AGENT).sek, customers))
    for staff in people:
        for customer in staff.customers:
            users.befriend(staff.uid, customer)
    world.store.close()
    return people


@contextmanager
def _sandbox(folder: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "sokhach.sandbox", "--port", str(ZALO_PORT), "--data", str(folder)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    try:
        yield
    finally:
        child.terminate()
        child.wait(15)


def _connect(settings: Settings, people: Sequence[Staff]) -> None:
    """One administrator holds all the accounts, as if everyone had shown their code."""
    now = clock.now()
    sealing = Sealing(Vault(settings.keys))
    with psycopg.connect(dsn(urls(settings).owner)) as connection:
        connection.execute(
            "INSERT INTO staff (name, name_folded, email, role, locale, color_scheme, created_at)"
            " VALUES ('Chủ', 'chu', 'chu@example.com', 'admin', 'vi', 'auto', %s)",
            [now],
        )
        for staff in people:
            cookie = {"key": "zpw_sek", "value": staff.sek, "domain": "zalo.me", "path": "/"}
            credentials = Credentials(
                imei=f"{uuid.uuid4()}-bench", cookie=[cookie], user_agent=USER_AGENT, language="vi"
            )
            row = connection.execute(
                "INSERT INTO channel_account (channel, external_id, name, credentials, health, health_since,"
                " created_at, holder_id, pool) VALUES ('zalo_personal', %s, %s, '', 'unknown', %s, %s, 1, 'nobody')"
                " RETURNING id",
                [staff.uid, staff.uid, now, now],
            ).fetchone()
            assert row is not None
            connection.execute(
                "INSERT INTO personal_account (account_id, sim, credentials, credentials_at, revision, state,"
                " state_since, wanted, warm_from, next_attempt_at, attempts)"
                " VALUES (%s, 'company', %s, %s, 1, 'connecting', %s, true, %s, %s, 0)",
                [row[0], sealing.seal(credentials), now, now, now, now],
            )


async def _write(people: Sequence[Staff], count: int) -> None:
    chance = random.Random(7)
    words = Words(chance)
    orders = [(chance.choice(staff.customers), staff.uid) for staff in chance.choices(people, k=count)]
    async with _control() as http:

        async def write(mine: Sequence[tuple[str, str]]) -> None:
            for customer, own in mine:
                await _say(http, customer, own, words.sentence())

        await asyncio.gather(*(write(orders[number::WRITERS]) for number in range(WRITERS)))


async def _follow(office: Office, people: Sequence[Staff], count: int, per_second: float) -> list[float]:
    """Seconds from each order to the browser's word, each of another conversation."""
    rows = office.rows(
        "SELECT c.id, c.thread_key, a.external_id FROM conversation c JOIN channel_account a ON a.id = c.account_id"
        " ORDER BY random() LIMIT %s",
        count,
    )
    assert len(rows) == count, "more messages than that have to come before"
    line = Socket(office.port, 1, office.sign_in(1))
    running = asyncio.create_task(line.run())
    await asyncio.wait_for(line.ready.wait(), 20)
    await asyncio.sleep(1)
    words = Words(office.chance)
    asked: dict[int, float] = {}
    async with _control() as http, asyncio.TaskGroup() as group:
        for conversation_id, customer, own in rows:
            asked[conversation_id] = time.perf_counter()
            group.create_task(_say(http, customer, own, words.sentence()))
            await asyncio.sleep(office.chance.expovariate(per_second))
    await asyncio.sleep(3)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    told = [
        next((one.at - at for one in line.heard if one.conversation_id == conversation_id and one.at > at), None)
        for conversation_id, at in asked.items()
    ]
    missed = sum(seconds is None for seconds in told)
    if missed:
        raise RuntimeError(f"the browser was not told of {missed} of {count} messages")
    return [seconds for seconds in told if seconds is not None]


def _control() -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{ZALO_PORT}", trust_env=False, timeout=30)


async def _say(http: httpx.AsyncClient, customer: str, own: str, words: str) -> None:
    answer = await http.post("/control/web/messages", json={"from_uid": customer, "to": own, "text": words})
    answer.raise_for_status()


def _wait(office: Office, query: str, wanted: int) -> tuple[int, float]:
    """Until the number is there, or grows no more for a long while: the number, and when it grew last."""
    best, since = -1, time.perf_counter()
    while True:
        [(found,)] = office.rows(query)
        if found > best:
            best, since = found, time.perf_counter()
        if found >= wanted or time.perf_counter() - since > LONGEST_SECONDS:
            return found, since
        time.sleep(0.1)


def _calm(worker: psutil.Process) -> float:
    """Seconds until it is at rest, or until nobody would wait longer."""
    began = time.perf_counter()
    while worker.cpu_percent(5) > CALM_PERCENT and time.perf_counter() - began < CALM_SECONDS:
        pass
    return time.perf_counter() - began


def _sidecar(worker: int) -> psutil.Process:
    """The largest of the worker's Node processes; with as many accounts a shard as there are, the only one."""
    family = [child for child in psutil.Process(worker).children(recursive=True) if "main.mjs" in child.cmdline()[-1]]
    return max(family, key=lambda one: one.memory_info().rss)


if __name__ == "__main__":
    main()
