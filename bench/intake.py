"""How fast payloads get into the store, beside the bare database, one-by-one, and over HTTP.

`store_mps`: one worker's pipeline drains payloads that are in the journal, web idle. `raw_mps`: the very rows that it
left in every table, put by bare psycopg COPY into the same tables with the same indexes and policies. `single_mps`: the
same pipeline, one payload a transaction. `http_rps`: what the gateway takes at most. `ack_p95_ms`: its answer at half
of that. `e2e_mps`: from the first request until all is in the store, web and worker running. `rss_mb`: both at rest.
"""

import argparse
import io
import time
from collections.abc import Sequence
from typing import NamedTuple

import psutil
import psycopg
import uvloop
from psycopg import sql

from bench.load import closed_loop, open_loop
from bench.payloads import connect_oa, payloads, signature
from bench.support import Cluster, cluster, percentile, process, report, say, wait_ready
from sokhach.channels.zalo_oa.connector import ZaloOA
from sokhach.core import collector
from sokhach.core.config import Settings
from sokhach.core.database import Database, dsn, urls
from sokhach.intake.gateway import lane_of
from sokhach.intake.pipeline import BATCH, Pipeline
from sokhach.worker import event_bus

PORT = 8790
# In the order of their foreign keys; with the columns that the database makes itself left out.
WRITTEN = (
    "contact",
    "contact_identity",
    "profile_request",
    "conversation",
    "message",
    "message_alias",
    "message_receipt",
    "delivery",
    "episode",
    "turn",
    "channel_tally",
    "realtime_event",
)
STORE, RAW, SINGLE = "bench_intake_store", "bench_intake_raw", "bench_intake_single"
AT_ONCE = ("contact", "contact_identity", "profile_request", "conversation", "channel_tally")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=200_000)
    options.add_argument("--single", type=int, default=2_000)
    options.add_argument("--seconds", type=float, default=6)
    given = options.parse_args()
    with cluster() as database:
        # First, and beside no database of an earlier run, which would be vacuumed on the same two cores meanwhile.
        for name in (STORE, RAW, SINGLE):
            database.drop(name)
        rss_mb, http_rps, ack_p95_ms, e2e_mps = measure_http(database, given.seconds)
        store_mps, raw_mps = measure_store(database, given.count)
        single_mps = measure_single(database, given.single)
    figures = {
        "store_mps": store_mps,
        "raw_mps": raw_mps,
        "store_to_raw": store_mps / raw_mps,
        "single_mps": single_mps,
        "store_to_single": store_mps / single_mps,
        "http_rps": http_rps,
        "ack_p95_ms": ack_p95_ms,
        "e2e_mps": e2e_mps,
        "rss_mb": rss_mb,
    }
    wanted = {"store_to_raw": "≥ 0.4", "store_to_single": "≥ 10", "ack_p95_ms": "≤ 20", "rss_mb": "< 400"}
    rows = [(name, f"{value:,.2f}", wanted.get(name, "")) for name, value in figures.items()]
    report(f"Intake of {given.count:,} payloads", rows, figures)


def measure_store(database: Cluster, count: int) -> tuple[float, float]:
    settings = database.create(STORE)
    say(f"journalling {count:,} payloads")
    _journal(settings, count)
    say("draining them through the pipeline")
    took = uvloop.run(_drain(settings, BATCH))
    say("the same rows by bare COPY")
    raw = _raw(settings, database.create(RAW), count)
    return count / took, count / raw


def measure_single(database: Cluster, count: int) -> float:
    settings = database.create(SINGLE)
    _journal(settings, count)
    say(f"{count:,} payloads, one transaction each")
    return count / uvloop.run(_drain(settings, 1))


def measure_http(database: Cluster, seconds: float) -> tuple[float, float, float, float]:
    settings = database.create("bench_intake_http")
    connect_oa(settings)
    settings = database.settings("bench_intake_http", port=PORT, zalo_openapi_url="http://127.0.0.1:9")
    with process(settings, "web") as web, process(settings, "worker") as worker:
        wait_ready(PORT)
        say("web and worker at rest")
        time.sleep(8)
        rss_mb = sum(_rss(one.pid) for one in (web, worker)) / 2**20
        requests = [(body, signature(body)) for _, body in payloads(60_000, seed=11)]
        say("webhooks, as many as the gateway takes")
        began = time.perf_counter()
        sent = closed_loop(PORT, requests, connections=48, seconds=seconds)
        http_rps = sent / (time.perf_counter() - began)
        _wait_drained(settings)
        e2e_mps = sent / (time.perf_counter() - began)
        say(f"webhooks at half of {http_rps:,.0f} a second")
        latencies = open_loop(PORT, requests[sent:], per_second=http_rps / 2, seconds=seconds)
        _wait_drained(settings)
    return rss_mb, http_rps, percentile(latencies, 0.95) * 1000, e2e_mps


def _journal(settings: Settings, count: int) -> None:
    account = connect_oa(settings)
    with psycopg.connect(dsn(urls(settings).owner)) as connection, connection.cursor() as cursor:
        with cursor.copy("COPY journal (account_id, lane, source, received_at, payload) FROM STDIN") as copy:
            for customer, body in payloads(count):
                copy.write_row((account, lane_of(account, customer), "webhook", "2026-11-01T00:00:00Z", body))
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE journal, journal_pending")


async def _drain(settings: Settings, batch: int) -> float:
    collector.calm()
    owner = Database(urls(settings).owner)
    pipeline = Pipeline(owner, {"zalo_oa": ZaloOA.of(settings, owner)}, event_bus(), batch=batch)
    began = time.perf_counter()
    while await pipeline.step():
        pass
    took = time.perf_counter() - began
    await owner.close()
    return took


class Chunk(NamedTuple):
    statement: sql.Composed
    data: bytes


def _raw(source: Settings, target: Settings, count: int) -> float:
    """As many transactions as the pipeline makes batches; each puts its share of every table and takes its payloads
    from the queue."""
    batches = -(-count // BATCH)
    with psycopg.connect(dsn(urls(source).owner)) as connection:
        first: list[Chunk] = []
        then: list[list[Chunk]] = [[] for _ in range(batches)]
        for table in WRITTEN:
            if table in AT_ONCE:
                first += _chunks(connection, table, 1)
            else:
                for number, chunk in enumerate(_chunks(connection, table, batches)):
                    then[number].append(chunk)
    account = connect_oa(target)
    with psycopg.connect(dsn(urls(target).owner)) as connection:
        connection.execute(
            "INSERT INTO journal (account_id, lane, source, received_at, payload)"
            " SELECT %s, n %% 64, 'webhook', now(), '' FROM generate_series(1, %s) n",
            [account, count],
        )
        connection.commit()
        began = time.perf_counter()
        for number, chunks in enumerate([first, *then]):
            for chunk in chunks:
                with connection.cursor().copy(chunk.statement) as copy:
                    copy.write(chunk.data)
            connection.execute(
                "DELETE FROM journal_pending WHERE journal_id > %s AND journal_id <= %s",
                [(number - 1) * BATCH, number * BATCH],
            )
            connection.commit()
        return time.perf_counter() - began


def _chunks(connection: psycopg.Connection[tuple[object, ...]], table: str, parts: int) -> list[Chunk]:
    """A table's rows in the order in which they were written, in `parts` pieces as COPY takes them; what belongs to a
    message is in the piece of that message."""
    columns = [
        str(row[0])
        for row in connection.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND attgenerated = '' ORDER BY attnum",
            [table],
        )
    ]
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    key = sql.Identifier("message_id" if "message_id" in columns else columns[0])
    piece = sql.SQL("CAST({} AS bigint) / {}").format(key, BATCH) if key.as_string() == '"message_id"' else sql.SQL("0")
    if table == "message":
        piece = sql.SQL("id / {}").format(BATCH)
    query = sql.SQL("COPY (SELECT {}, {} FROM {} ORDER BY {}) TO STDOUT").format(
        piece, names, sql.Identifier(table), key
    )
    with connection.cursor().copy(query) as copy:
        lines = [line.split(b"\t", 1) for line in io.BytesIO(b"".join(bytes(part) for part in copy)).readlines()]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    if parts > 1 and lines and lines[-1][0] != b"0":
        grouped: list[list[bytes]] = [[] for _ in range(parts)]
        for number, line in lines:
            grouped[min(int(number), parts - 1)].append(line)
        return [Chunk(statement, b"".join(group)) for group in grouped]
    size = -(-len(lines) // parts) or 1
    return [Chunk(statement, b"".join(line for _, line in lines[at : at + size])) for at in range(0, len(lines), size)]


def _rss(pid: int) -> int:
    whole = psutil.Process(pid)
    family: Sequence[psutil.Process] = [whole, *whole.children(recursive=True)]
    return sum(one.memory_info().rss for one in family)


def _wait_drained(settings: Settings) -> None:
    with psycopg.connect(dsn(urls(settings).owner), autocommit=True) as connection:
        while connection.execute("SELECT 1 FROM journal_pending LIMIT 1").fetchone():
            time.sleep(0.02)


if __name__ == "__main__":
    main()
