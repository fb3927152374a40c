"""The door for webhooks: what is Zalo's is on disk before it is answered, what is not is refused in words."""

import asyncio
import hashlib
import hmac
import json
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from sokhach.core.config import Settings
from sokhach.core.database import Database, dsn, urls
from sokhach.core.problems import MAX_BODY_BYTES
from tests.channels.zalo_oa.events import every_event
from tests.intake.test_pipeline_properties import EXAMPLES
from tests.support.oa import APP_ID, CREDENTIALS, OA, OA_ID, at, connect_oa, ms, said
from tests.support.postgres import TestCluster
from tests.support.served import served

pytestmark = pytest.mark.caller(None)

PATH = "/hooks/zalo-oa"
EVENTS = every_event()


@pytest.fixture
async def oa(settings: Settings, owner_db: Database, client: httpx.AsyncClient) -> OA:
    """Connected while the gateway runs."""
    return await connect_oa(settings, owner_db)


def mac(body: bytes, timestamp: str, *, secret: str = CREDENTIALS.oa_secret) -> str:
    """As Zalo's Java SDK makes it."""
    return "mac=" + hashlib.sha256(APP_ID.encode() + body + timestamp.encode() + secret.encode()).hexdigest()


def encoded(payload: Any) -> bytes:
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


async def post(client: httpx.AsyncClient, body: bytes, signature: str | None) -> httpx.Response:
    headers = {"content-type": "application/json"}
    if signature is not None:
        headers["X-ZEvent-Signature"] = signature
    return await client.post(PATH, content=body, headers=headers)


async def send(client: httpx.AsyncClient, payload: dict[str, Any]) -> httpx.Response:
    body = encoded(payload)
    return await post(client, body, mac(body, str(payload.get("timestamp", ""))))


async def journalled(oa: OA) -> list[bytes]:
    rows = await oa.rows("SELECT payload FROM journal WHERE account_id = :id ORDER BY id", id=oa.account_id)
    return [bytes(row["payload"]) for row in rows]


def assert_problem(answer: httpx.Response, status: int, slug: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["type"] == f"urn:sokhach:problem:{slug}"
    assert answer.json()["detail"]


class TestAccepted:
    async def test_is_on_disk_byte_for_byte_before_the_answer(self, client: httpx.AsyncClient, oa: OA) -> None:
        body = (
            b'{ "timestamp" : "1795140000000","sender":{"id":"9001"}, "recipient":{"id":"388613280878808645"},\r\n'
            + ('"event_name":"user_send_text","message":{"text":"Chị ơi 🌸","msg_id":"m1"}}'.encode())
        )
        answer = await post(client, body, mac(body, "1795140000000"))
        assert (answer.status_code, answer.content) == (200, b"")
        assert await journalled(oa) == [body]
        [row] = await oa.rows("SELECT source, lane FROM journal")
        assert row["source"] == "webhook"
        assert await oa.value("SELECT count(*) FROM journal_pending WHERE lane = :lane", lane=row["lane"]) == 1

    async def test_every_event_that_zalo_sends(self, client: httpx.AsyncClient, oa: OA) -> None:
        answers = {name: (await send(client, event)).status_code for name, event in EVENTS.items()}
        assert answers == dict.fromkeys(EVENTS, 200)
        assert await oa.drain() == len(EVENTS)
        assert await oa.rows("SELECT reason, detail FROM quarantine") == []

    async def test_many_at_once_are_all_there(self, client: httpx.AsyncClient, oa: OA) -> None:
        """They share commits."""
        payloads = [said(f"9{number % 7}", f"m{number}", at(number)) for number in range(300)]
        answers = await asyncio.gather(*(send(client, payload) for payload in payloads))
        assert {answer.status_code for answer in answers} == {200}
        assert sorted(await journalled(oa)) == sorted(map(encoded, payloads))

    async def test_an_account_connected_a_moment_ago(
        self, client: httpx.AsyncClient, settings: Settings, owner_db: Database
    ) -> None:
        payload = said("9001", "m1", at(0))
        assert (await send(client, payload)).status_code == 404
        oa = await connect_oa(settings, owner_db)
        await asyncio.sleep(0.6)
        assert (await send(client, payload)).status_code == 200
        assert await journalled(oa) == [encoded(payload)]


class TestRefused:
    @pytest.mark.parametrize(
        "signature",
        [
            None,
            "",
            "mac=",
            "mac=" + "0" * 64,
            "mac=" + hmac.digest(CREDENTIALS.oa_secret.encode(), encoded(said("9001", "m1", at(0))), "sha256").hex(),
            mac(encoded(said("9001", "m1", at(0))), ms(at(0)), secret="another"),
            mac(encoded(said("9001", "m2", at(0))), ms(at(0))),
        ],
        ids=["none", "empty", "bare", "zeroes", "hmac", "another secret", "of another body"],
    )
    async def test_wrong_signature(self, client: httpx.AsyncClient, oa: OA, signature: str | None) -> None:
        assert_problem(await post(client, encoded(said("9001", "m1", at(0))), signature), 401, "webhook-bad-signature")
        assert await journalled(oa) == []

    async def test_unknown_account(self, client: httpx.AsyncClient, oa: OA) -> None:
        payload = said("9001", "m1", at(0)) | {"recipient": {"id": "1"}}
        assert_problem(await send(client, payload), 404, "webhook-unknown-account")

    @pytest.mark.parametrize("body", [b"", b"{}", b"null", b"[1]", b'"a"', b"xyz", b"\x00\xff", b"a=1&b=2"])
    async def test_what_is_no_event(self, client: httpx.AsyncClient, oa: OA, body: bytes) -> None:
        answer = await post(client, body, mac(body, ""))
        assert answer.status_code in {400, 404}
        assert answer.json()["type"] in {
            "urn:sokhach:problem:webhook-unreadable",
            "urn:sokhach:problem:webhook-unknown-account",
        }
        assert await journalled(oa) == []

    async def test_a_body_cut_on_its_way(self, client: httpx.AsyncClient, oa: OA) -> None:
        """Its signature is of the whole."""
        body = encoded(said("9001", "m1", at(0)))
        signature = mac(body, ms(at(0)))
        for length in range(0, len(body), 7):
            answer = await post(client, body[:length], signature)
            assert answer.status_code in {400, 401, 404}, length
        assert await journalled(oa) == []

    async def test_ten_megabytes(self, client: httpx.AsyncClient, oa: OA) -> None:
        body = encoded(said("9001", "m1", at(0), "a" * 10_000_000))
        assert_problem(await post(client, body, mac(body, ms(at(0)))), 413, "body-too-large")
        assert await journalled(oa) == []
        assert (await send(client, said("9001", "m2", at(0)))).status_code == 200

    async def test_just_as_large_as_allowed(self, client: httpx.AsyncClient, oa: OA) -> None:
        payload = said("9001", "m1", at(0), "a" * (MAX_BODY_BYTES - 1000))
        assert (await send(client, payload)).status_code == 200
        assert await oa.drain() == 1
        assert await oa.value("SELECT length(body) FROM message") == MAX_BODY_BYTES - 1000


class TestKeptForAllItsFaults:
    """Zalo signed it, so it is kept; what cannot be applied is set aside, and its neighbours pass."""

    FAULTY: dict[str, tuple[str, bytes]] = {
        "cut before it was signed": ("invalid-json", encoded(EVENTS["user_send_text"] | {"z": 1})[:-9]),
        "invalid UTF-8": ("invalid-utf8", encoded(said("9001", "x", at(0), "XX")).replace(b"XX", b"\xc3\x28")),
        "NUL": ("nul-character", encoded(said("9001", "x", at(0), "a\0b"))),
        "in 40 years": ("time-out-of-range", encoded(said("9001", "x", at(40 * 365 * 86_400)))),
        "text of a wrong type": ("wrong-type", encoded(said("9001", "x", at(0)) | {"message": {"text": []}})),
        "message of a wrong type": ("wrong-type", encoded(said("9001", "x", at(0)) | {"message": 7})),
        "no message": ("missing-field", encoded({k: v for k, v in said("9001", "x", at(0)).items() if k != "message"})),
        "nested deeply": (
            "unknown-shape",
            encoded(said("9001", "x", at(0)))[:-1] + b',"z":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        ),
        "an id too long for an index": ("database-refused", encoded(said("9001", os.urandom(4000).hex(), at(0)))),
    }

    @pytest.mark.parametrize("fault", sorted(FAULTY))
    async def test_is_set_aside_with_a_reason(self, client: httpx.AsyncClient, oa: OA, fault: str) -> None:
        reason, body = self.FAULTY[fault]
        timestamp = body.rpartition(b'"timestamp":"')[2].partition(b'"')[0].decode()
        assert (await send(client, said("9001", "before", at(-1)))).status_code == 200
        assert (await post(client, body, mac(body, timestamp))).status_code == 200
        assert (await send(client, said("9001", "after", at(1)))).status_code == 200
        while await oa.drain():
            pass
        assert body in await journalled(oa)
        assert [row["reason"] for row in await oa.rows("SELECT reason FROM quarantine")] == [reason]
        stored = await oa.rows("SELECT external_id FROM message ORDER BY sent_at")
        assert [row["external_id"] for row in stored] == ["before", "after"]


class TestStoreOutOfReach:
    async def test_is_said_so_that_zalo_comes_again(
        self, client: httpx.AsyncClient, oa: OA, cluster: TestCluster, settings: Settings
    ) -> None:
        payload = said("9001", "m1", at(0))
        assert (await send(client, said("9001", "m0", at(0)))).status_code == 200
        async with _database_down(cluster, settings):
            answer = await send(client, payload)
            assert_problem(answer, 503, "webhook-unavailable")
        assert await _accepted_within(client, payload, seconds=5)
        await oa.database.close()
        assert encoded(payload) in await journalled(oa)

    async def test_a_store_that_hangs_is_out_of_reach_too(
        self, client: httpx.AsyncClient, oa: OA, settings: Settings
    ) -> None:
        """Zalo waits two seconds. What gets written after all is a duplicate once Zalo has come again."""
        payload = said("9001", "m1", at(0))
        assert (await send(client, said("9001", "m0", at(0)))).status_code == 200
        with psycopg.connect(dsn(urls(settings).owner)) as other:
            other.execute("LOCK TABLE journal")
            began = asyncio.get_running_loop().time()
            answer = await send(client, payload)
            assert asyncio.get_running_loop().time() - began < 2
            assert_problem(answer, 503, "webhook-unavailable")
        assert await _accepted_within(client, payload, seconds=5)
        await oa.drain()
        assert await oa.value("SELECT count(*) FROM message") == 2

    async def test_what_the_store_refuses_is_not_acknowledged(
        self, client: httpx.AsyncClient, oa: OA, settings: Settings
    ) -> None:
        with psycopg.connect(dsn(urls(settings).owner), autocommit=True) as other:
            other.execute("ALTER TABLE journal ADD CHECK (octet_length(payload) < 10)")
        assert_problem(await send(client, said("9001", "m1", at(0))), 503, "webhook-unavailable")
        assert await journalled(oa) == []


class TestOverTheWire:
    """A real server: what a peer may do that no client library does."""

    async def test_half_a_request_is_nothing(self, settings: Settings, owner_db: Database, tmp_path: Path) -> None:
        oa = await connect_oa(settings, owner_db)
        body = encoded(said("9001", "m1", at(0)))
        with served(settings, tmp_path / "web.log") as address:
            host, _, port = address.removeprefix("http://").partition(":")
            for sent in (body[:50], b""):
                _, writer = await asyncio.open_connection(host, int(port))
                head = f"POST {PATH} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {len(body)}\r\n"
                writer.write(f"{head}X-ZEvent-Signature: {mac(body, ms(at(0)))}\r\n\r\n".encode() + sent)
                await writer.drain()
                writer.close()
            async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
                assert (await post(client, body, mac(body, ms(at(0))))).status_code == 200
                large = b'{"timestamp":"1"' + b" " * 10_000_000
                assert (await post(client, large, mac(large, "1"))).status_code == 413
                chunked = await client.post(PATH, content=_in_pieces(large), headers={"X-ZEvent-Signature": "mac=0"})
                assert chunked.status_code == 413
                assert (await send(client, said("9001", "m2", at(1)))).status_code == 200
        assert await journalled(oa) == [body, encoded(said("9001", "m2", at(1)))]


class TestAnything:
    @settings(
        max_examples=EXAMPLES * 10,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(data=st.data())
    async def test_is_answered_never_with_an_error_of_ours(
        self, client: httpx.AsyncClient, oa: OA, data: st.DataObject
    ) -> None:
        body = data.draw(bodies())
        timestamp = data.draw(st.sampled_from(_timestamps(body)))
        before = len(await journalled(oa))
        answer = await post(client, body, mac(body, timestamp))
        assert answer.status_code in {200, 400, 401, 404}, answer.text
        kept = (await journalled(oa))[before:]
        assert kept == ([body] if answer.status_code == 200 else [])
        neighbour = f"neighbour-{before}"
        await oa.take(said("9001", neighbour, at(before)))
        assert await oa.value("SELECT count(*) FROM journal_pending") == 0
        assert await oa.value("SELECT count(*) FROM message WHERE external_id = :id", id=neighbour) == 1


_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text(max_size=20)
    | st.sampled_from([OA_ID, APP_ID, ms(at(0)), "", "\0", "\ud800", "9" * 400, "𠮷" * 50, 10**400, -1]),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=8), children, max_size=3),
    max_leaves=6,
)


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """An event of Zalo's, changed in some place, or its bytes damaged."""
    payload = json.loads(json.dumps(EVENTS[draw(st.sampled_from(sorted(EVENTS)))]))
    for _ in range(draw(st.integers(0, 3))):
        _change(draw, payload)
    body = json.dumps(payload, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")
    match draw(st.sampled_from(["whole", "whole", "cut", "flipped", "inserted", "twice"])):
        case "cut":
            return body[: draw(st.integers(0, len(body)))]
        case "flipped":
            place = draw(st.integers(0, len(body) - 1))
            return body[:place] + draw(st.binary(min_size=1, max_size=2)) + body[place + 1 :]
        case "inserted":
            place = draw(st.integers(0, len(body)))
            return body[:place] + draw(st.binary(min_size=1, max_size=4)) + body[place:]
        case "twice":
            return body + body
        case _:
            return body


def _change(draw: st.DrawFn, payload: dict[str, Any]) -> None:
    place: Any = payload
    while True:
        keys: Sequence[Any] = sorted(place) if isinstance(place, dict) else range(len(place))
        if not keys:
            return
        key = draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or draw(st.booleans()):
            break
        place = place[key]
    if draw(st.booleans()):
        del place[key]
    else:
        place[key] = draw(_json)


def _timestamps(body: bytes) -> list[str]:
    """What Zalo may have signed with."""
    try:
        found = json.loads(body)["timestamp"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return [ms(at(0))]
    return [found if isinstance(found, str) and found.isascii() else str(ms(at(0)))]


@asynccontextmanager
async def _database_down(cluster: TestCluster, settings: Settings) -> AsyncIterator[None]:
    """Nobody is let in, and whoever is in is thrown out."""
    name = urls(settings).owner.database or ""
    database = sql.Identifier(name)
    with psycopg.connect(cluster.admin_url.replace("+psycopg", ""), autocommit=True) as admin:
        admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(database))
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(database))


async def _accepted_within(client: httpx.AsyncClient, payload: dict[str, Any], seconds: float) -> bool:
    deadline = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < deadline:
        if (await send(client, payload)).status_code == 200:
            return True
        await asyncio.sleep(0.1)
    return False


async def _in_pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 65_536):
        yield body[start : start + 65_536]
