"""A company's store for all benches: `make bench-data SIZE=s|m|l` (100 thousand, 1 or 10 million messages).

Written by COPY in parts, each in a transaction of its own that is noted: an interrupted run goes on where it was, a
finished one is kept until this file changes, or a migration that it was made with; new migrations are applied to it.
Skewed as life is: one custodian has a fifth of the customers, one thread has 50,000 messages. Words have the
frequencies of real text (`bench.words`).
"""

import hashlib
import os
import random
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bench.payloads import connect_oa
from bench.support import Cluster, cluster, report, say
from bench.words import Words
from sokhach.conversations import seal
from sokhach.conversations.rules import Fact, Progress, Said
from sokhach.core.config import Settings
from sokhach.core.database import dsn, urls
from sokhach.core.migrate import FOLDER as MIGRATIONS
from sokhach.core.migrate import upgrade
from sokhach.core.text import fold

SIZES = {"s": 100_000, "m": 1_000_000, "l": 10_000_000}
LONG_THREAD = 50_000
STAFF = 60
LEAD = 4
LED = range(5, 19)
"""The lead's team."""
TAGS = "Khách sỉ|Khách lẻ|VIP|Chờ báo giá|Đã đặt hàng|Bảo hành|Đổi trả|Công nợ|Khiếu nại|Hỏi giá|Ở xa|Khách quen"
PART = 1_000
SILENCE = timedelta(hours=24)
END = datetime(2026, 11, 1, tzinfo=UTC)
FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
MIDDLE = "Thị Văn Minh Ngọc Thanh Hoài Quốc Anh Thu Đức Gia Bảo Kim Xuân".split()
GIVEN = "Lan Huy Hương Tuấn Linh Dũng Mai Sơn Thảo Khoa Yến Phúc Trang Hải My Long Nga Tú Vy Bình Đào Ân Quyên".split()

COLUMNS = {
    "contact": "id name name_folded custodian_id created_at",
    "contact_tag": "contact_id tag_id present changed_at changed_by",
    "contact_identity": "contact_id kind account_id external_id display_name first_seen_at",
    "conversation": "id account_id thread_key kind contact_id custodian_id created_at last_message_at last_message_id"
    " last_inbound_at message_count unread_count waiting_since episode_open progressed_at",
    "message": "id conversation_id external_id direction author_kind author_staff_id author_external_id kind body"
    " sent_at received_at salt leaf",
    "message_alias": "account_id external_id message_id",
    "delivery": "message_id conversation_id client_id state queued_at sending_at sent_at seen_at changed_at",
    "episode": "conversation_id opened_at opened_by last_activity_at silence_due_at first_response_at resolved_at"
    " resolution",
    "turn": "conversation_id first_message_id waiting_since message_count closed_at close_reason answer_message_id"
    " answered_by",
}
Rows = dict[str, list[tuple[Any, ...]]]


def main() -> None:
    size = os.environ.get("SIZE", "s")
    with cluster() as database:
        began = time.perf_counter()
        settings = prepare(database, size)
        with psycopg.connect(dsn(urls(settings).owner)) as connection:
            messages = _one(connection, "SELECT count(*) FROM message")
            conversations = _one(connection, "SELECT count(*) FROM conversation")
            disk_mb = _one(connection, "SELECT pg_database_size(current_database()) / 1048576")
    figures = {
        "messages": messages,
        "conversations": conversations,
        "disk_mb": disk_mb,
        "seconds": time.perf_counter() - began,
    }
    report(f"Data of size {size}", [(name, f"{value:,.0f}", "") for name, value in figures.items()], figures)


def prepare(database: Cluster, size: str) -> Settings:
    """The settings of a filled database of this size; what is missing is written."""
    name, total = f"bench_data_{size}", SIZES[size]
    settings = database.settings(name)
    if not (database.exists(name) and _keep(settings)):
        settings = database.create(name)
        _begin(settings)
    conversations = total // 10
    parts = -(-conversations // PART)
    with psycopg.connect(dsn(urls(settings).owner)) as connection:
        done = {int(row[0]) for row in connection.execute("SELECT part FROM bench_part")}
        if 0 < len(done) < parts:
            # Foreign keys are checked by plans for tables of a size that nobody has told yet.
            connection.execute("ANALYZE")
            connection.commit()
        for part in sorted(set(range(parts)) - done):
            _write(connection, part, conversations, total)
            if part % 10 == 9:
                say(f"{min((part + 1) * PART, conversations):,} of {conversations:,} conversations")
    if len(done) < parts:
        _finish(settings)
    return settings


def _files() -> dict[str, str]:
    """What the data follow from: name → digest."""
    files = [*sorted((MIGRATIONS / "versions").glob("*.py")), Path(__file__)]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:16] for file in files}


def _keep(settings: Settings) -> bool:
    """Whether the data are still what would be written now; a migration that they do not have yet is applied."""
    files = _files()
    with psycopg.connect(dsn(urls(settings).owner)) as connection:
        if not _one(connection, "SELECT count(*) FROM pg_class WHERE relname = 'bench_file'"):
            return False
        noted: dict[str, str] = dict(connection.execute("SELECT name, digest FROM bench_file").fetchall())
        if any(files.get(name) != digest for name, digest in noted.items()):
            return False
        connection.commit()
        if files.keys() - noted.keys():
            upgrade(urls(settings))
            _note_files(connection, files)
    return True


def _note_files(connection: psycopg.Connection[Any], files: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO bench_file VALUES (%s, %s) ON CONFLICT DO NOTHING", list(files.items()))


def _begin(settings: Settings) -> None:
    connect_oa(settings)
    with psycopg.connect(dsn(urls(settings).owner)) as connection:
        for number in range(1, STAFF + 1):
            role = {2: "admin", 3: "manager", LEAD: "lead"}.get(number, "staff")
            who = f"Nhân viên {number}"
            connection.execute(
                "INSERT INTO staff (name, name_folded, email, role, locale, color_scheme, created_at)"
                " VALUES (%s, %s, %s, %s, 'vi', 'auto', %s)",
                [who, fold(who), f"nv{number}@bench.example", role, END - timedelta(days=400)],
            )
        connection.execute("CREATE TABLE bench_part (part integer PRIMARY KEY)")
        connection.execute("INSERT INTO team (kind, name) VALUES ('team', 'Nhóm 1')")
        connection.execute(
            "INSERT INTO staff_team (staff_id, team_id, leads) SELECT s, 1, s = %s FROM unnest(%s::bigint[]) AS s",
            [LEAD, [LEAD, *LED]],
        )
        for tag in TAGS.split("|"):
            connection.execute("INSERT INTO tag (name, colour, created_at) VALUES (%s, 'blue', %s)", [tag, END])
        connection.execute("CREATE TABLE bench_file (name text PRIMARY KEY, digest text)")
        _note_files(connection, _files())


def _write(connection: psycopg.Connection[Any], part: int, conversations: int, total: int) -> None:
    rows: Rows = {table: [] for table in COLUMNS}
    chance = random.Random(part)
    words = Words(chance)
    mean = (total - LONG_THREAD) / (conversations - 1)
    # Room for every message of a part, the long thread's included: ids never depend on other parts.
    next_id = part * PART * 200 + LONG_THREAD * (part > 0) + 1
    for number in range(part * PART + 1, min((part + 1) * PART, conversations) + 1):
        count = LONG_THREAD if number == 1 else max(1, min(180, int(chance.expovariate(1 / mean)) + 1))
        _conversation(rows, number, next_id, count, chance, words)
        next_id += count
    with connection.transaction():
        for table, values in rows.items():
            columns = sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table].split()))
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
            with connection.cursor().copy(statement) as copy:
                for row in values:
                    copy.write_row(row)
        connection.execute("INSERT INTO bench_part VALUES (%s)", [part])


def _conversation(rows: Rows, number: int, first_id: int, count: int, chance: random.Random, words: Words) -> None:
    """One customer and everything said with them; clocks are worked out by the product's own rule."""
    custodian = _custodian(number, chance)
    person = str(7_000_000_000_000_000_000 + number)
    name = f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"
    facts: list[Fact] = []
    began = None
    inbound = None
    unread = 0
    at = END
    for at, message_id, by_customer in _times(first_id, count, chance):
        began = began or at
        staff = None if by_customer else (custodian or chance.randrange(1, STAFF + 1))
        facts.append(Said(at, message_id, by_customer, staff))
        inbound, unread = (at, unread + 1) if by_customer else (inbound, 0)
        _message(rows, number, message_id, at, person, staff, words.sentence())
    progress = Progress()
    progress.advance(facts, SILENCE)
    if (due := progress.silence_due_at(SILENCE)) and due < END and progress.episode:
        progress.episode.resolved_at, progress.episode.resolution, progress.episode = due, "silence", None
    rows["contact"].append((number, name, fold(name), custodian, began))
    for tag in chance.sample(range(1, TAGS.count("|") + 2), chance.choice((0, 0, 1, 1, 2))):
        rows["contact_tag"].append((number, tag, True, began, custodian or 1))
    rows["contact_identity"].append((number, "channel", 1, person, name, began))
    rows["conversation"].append(
        (
            *(number, 1, person, "direct", number, custodian, began, at, first_id + count - 1, inbound, count, unread),
            *(progress.turn.waiting_since if progress.turn else None, progress.episode is not None, at),
        )
    )
    for one in progress.episodes:
        due = progress.silence_due_at(SILENCE) if one is progress.episode else None
        rows["episode"].append(
            (
                *(number, one.opened_at, one.opened_by, one.last_activity_at, due),
                *(one.first_response_at, one.resolved_at, one.resolution),
            )
        )
    for one in progress.turns:
        rows["turn"].append(
            (
                *(number, one.first_message_id, one.waiting_since, one.message_count),
                *(one.closed_at, one.close_reason, one.answer_message_id, one.answered_by),
            )
        )


def _message(
    rows: Rows, conversation: int, message_id: int, at: datetime, person: str, staff: int | None, body: str
) -> None:
    salt = seal.new_salt()
    author = f"staff:{staff}" if staff else f"customer:{person}"
    leaf = seal.leaf(message_id, at, author, salt, body, None)
    external = f"b{message_id:x}"
    rows["message"].append(
        (
            *(message_id, conversation, None if staff else external, "out" if staff else "in"),
            *("staff" if staff else "customer", staff, None if staff else person, "text", body, at, at, salt, leaf),
        )
    )
    if staff:
        rows["message_alias"].append((1, external, message_id))
        rows["delivery"].append(
            (message_id, conversation, uuid.UUID(int=message_id), "seen", at, at, at, at + timedelta(minutes=1), at)
        )


def _times(first_id: int, count: int, chance: random.Random) -> Iterator[tuple[datetime, int, bool]]:
    """Sessions of some minutes, days apart, within a year that ends now."""
    gaps = [
        chance.expovariate(1 / 90) if chance.random() < 0.85 else chance.expovariate(1 / 200_000) for _ in range(count)
    ]
    whole = sum(gaps)
    squeeze = min(1.0, 360 * 86_400 / whole) if whole else 1.0
    at = END - timedelta(seconds=whole * squeeze + chance.expovariate(1 / (20 * 86_400)))
    for number, gap in enumerate(gaps):
        at += timedelta(milliseconds=max(1, int(gap * squeeze * 1000)))
        yield at, first_id + number, number == 0 or chance.random() < 0.55


def _custodian(number: int, chance: random.Random) -> int | None:
    draw = chance.random()
    if number == 1 or draw < 0.2:
        return 1
    return None if draw < 0.3 else chance.randrange(2, STAFF + 1)


def _finish(settings: Settings) -> None:
    say("indexes, sequences, statistics")
    with psycopg.connect(dsn(urls(settings).owner), autocommit=True) as connection:
        for table in ("contact", "conversation", "message"):
            connection.execute(
                sql.SQL("SELECT setval(pg_get_serial_sequence({name}, 'id'), (SELECT max(id) FROM {table}))").format(
                    name=sql.Literal(table), table=sql.Identifier(table)
                )
            )
        connection.execute("VACUUM ANALYZE")


def _one(connection: psycopg.Connection[Any], query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


if __name__ == "__main__":
    main()
