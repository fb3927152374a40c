"""Nothing is lost, doubled or out of order while processes are killed. The sender's own list is the oracle."""

import asyncio
import random
import signal
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import httpx
import psutil
import pytest

from sokhach import demo
from tests.support.follower import Follower
from tests.support.product import Product, product

pytestmark = [pytest.mark.long, pytest.mark.timeout(1500)]

WEBHOOKS = 20_000
USERS = 200
PER_SECOND = 110
KILLS = 32
# Zalo's ladder of 110 minutes in less than four: what is refused during a restart comes again in seconds.
LADDER_SCALE = 30
ALIVE_SECONDS = 1.5
# Which process dies next; a backend of PostgreSQL takes all others with it.
VICTIMS = ("web", "worker", "web", "worker", "postmaster", "web", "worker", "backend")


class TestKills:
    async def test_what_was_acknowledged_is_there_once_and_in_order(self) -> None:
        with product() as running:
            running.quiet()
            running.order("/clock", ladder_scale=LADDER_SCALE)
            cookie = running.sign_in()
            followers = [Follower(running.port, cookie) for _ in range(3)]
            following = [asyncio.create_task(one.run()) for one in followers]
            while any(one.cursor is None for one in followers):
                await asyncio.sleep(0.1)

            burst = running.order(
                f"/oas/{demo.OA_ID}/burst", count=WEBHOOKS, users=USERS, rate_per_second=PER_SECOND, text_prefix="Tin"
            )["burst_id"]
            killed = await asyncio.to_thread(_kill, running, burst)
            assert len(killed) >= 30, killed
            assert {"web", "worker", "postmaster", "backend"} <= set(killed)
            await asyncio.to_thread(_wait_settled, running, burst)

            acknowledged = _acknowledged(running, burst)
            assert len(acknowledged) > WEBHOOKS * 0.9, "the sandbox gave up on many: the run says little"
            stored = running.rows(
                "SELECT m.external_id, m.id, c.thread_key, m.body FROM message m"
                " JOIN conversation c ON c.id = m.conversation_id WHERE m.body LIKE 'Tin %' ORDER BY m.sent_at, m.id"
            )
            ids = [str(row[0]) for row in stored]
            assert set(acknowledged) - set(ids) == set()
            assert len(ids) == len(set(ids))
            assert set(ids) <= _sent(running, burst), "words that nobody wrote"
            assert running.rows("SELECT count(*) FROM quarantine")[0][0] == 0
            threads: dict[str, list[int]] = defaultdict(list)
            for row in stored:
                threads[str(row[2])].append(int(str(row[3]).split()[-1]))
            assert len(threads) == USERS
            for numbers in threads.values():
                assert numbers == sorted(numbers)
            _check_one_of_each(running)

            await _wait_heard(running, cookie, followers, {int(row[1]) for row in stored})
            for task in following:
                task.cancel()
            assert all(one.resumed >= 3 for one in followers)

    def test_everything_killed_at_once_starts_again_with_all_that_was_there(self) -> None:
        with product() as running:
            running.quiet()
            burst = running.order(f"/oas/{demo.OA_ID}/burst", count=2_000, users=20, text_prefix="Tin")["burst_id"]
            while running.control.get(f"/bursts/{burst}").json()["acknowledged"] < 500:
                time.sleep(0.05)
            acknowledged = _acknowledged(running, burst)
            running.kill_everything()

            running.start()
            running.quiet()
            _wait_drained(running)
            stored = {str(row[0]) for row in running.rows("SELECT external_id FROM message WHERE body LIKE 'Tin %'")}
            assert set(acknowledged) <= stored
            assert running.stop() == 0


def _kill(running: Product, burst: int) -> list[str]:
    """Spreads the kills over the burst. In between the product comes up and works for a moment."""
    chance = random.Random(17)
    killed: list[str] = []
    pause = WEBHOOKS / PER_SECOND / (KILLS + 2)
    while len(killed) < KILLS:
        began = time.monotonic()
        running.wait_ready(120)
        time.sleep(max(ALIVE_SECONDS, pause * chance.uniform(0.6, 1.2) - (time.monotonic() - began)))
        victim = VICTIMS[len(killed) % len(VICTIMS)]
        process = _victim(running, victim, chance)
        if process is None:
            continue
        try:
            process.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue
        killed.append(victim)
    assert running.control.get(f"/bursts/{burst}").json()["created"] > WEBHOOKS // 2, "killed too early to mean much"
    return killed


def _victim(running: Product, victim: str, chance: random.Random) -> psutil.Process | None:
    if victim in {"web", "worker"}:
        return next(iter(running.children(victim)), None)
    postmaster = next(iter(running.children("postgres")), None)
    if postmaster is None or victim == "postmaster":
        return postmaster
    try:
        backends = [one for one in postmaster.children() if "sokhach" in " ".join(one.cmdline())]
    except psutil.Error:
        return None
    return chance.choice(backends) if backends else None


def _wait_settled(running: Product, burst: int) -> None:
    """Until the sandbox has sent all it will send, and the pipeline has applied all that is on disk."""
    running.wait_ready(120)
    deadline = time.monotonic() + 400
    while time.monotonic() < deadline:
        state = running.control.get(f"/bursts/{burst}").json()
        if not state["running"] and state["pending"] == 0 and state["sending"] == 0:
            break
        time.sleep(1)
    _wait_drained(running)


def _wait_drained(running: Product) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if running.rows("SELECT count(*) FROM journal_pending")[0][0] == 0:
            return
        time.sleep(0.5)
    raise AssertionError("the pipeline did not get through in time")


def _acknowledged(running: Product, burst: int) -> list[str]:
    items = running.control.get("/webhooks/acknowledged", params={"burst_id": burst, "limit": 100_000}).json()["items"]
    return [one["msg_id"] for one in items if one["event_name"] == "user_send_text"]


def _sent(running: Product, burst: int) -> set[str]:
    items = running.control.get("/webhooks", params={"burst_id": burst, "limit": 100_000}).json()["items"]
    return {one["msg_id"] for one in items}


def _check_one_of_each(running: Product) -> None:
    """No customer has two contacts, no thread two conversations, no conversation two open episodes."""
    for table, key in (
        ("contact_identity", "account_id, external_id"),
        ("conversation", "account_id, thread_key"),
        ("episode WHERE resolved_at IS NULL", "conversation_id"),
        ("turn WHERE closed_at IS NULL", "conversation_id"),
    ):
        doubled = running.rows(f"SELECT {key} FROM {table} GROUP BY {key} HAVING count(*) > 1")
        assert doubled == [], table
    counted = running.rows(
        "SELECT c.id FROM conversation c WHERE c.message_count <> (SELECT count(*) FROM message m"
        " WHERE m.conversation_id = c.id)"
    )
    assert counted == []


async def _wait_heard(running: Product, cookie: str, followers: list[Follower], wanted: set[int]) -> None:
    """Each was told of every message. Who was told to read everything anew does so, as a browser would."""
    for _ in range(300):
        if all(wanted <= one.heard for one in followers if not one.resets):
            break
        await asyncio.sleep(0.2)
    read = await asyncio.to_thread(_read_all, running, cookie) if any(one.resets for one in followers) else set[int]()
    missing = [len(wanted - one.heard - (read if one.resets else set())) for one in followers]
    assert missing == [0] * len(followers), "followers have not heard of so many messages"


def _read_all(running: Product, cookie: str) -> set[int]:
    """The ids of all messages, page by page through the API."""
    with httpx.Client(base_url=running.address, cookies={"sokhach_session": cookie}, timeout=30) as client:

        def pages(path: str, **query: str) -> Iterator[dict[str, Any]]:
            before: dict[str, str] = {}
            while True:
                page = client.get(path, params={"limit": "100", **query, **before}).raise_for_status().json()
                yield from page["items"]
                if page["next"] is None:
                    return
                before = {"before": page["next"]}

        conversations = [one["id"] for one in pages("/api/conversations", view="all")]
        return {one["id"] for here in conversations for one in pages(f"/api/conversations/{here}/messages")}
