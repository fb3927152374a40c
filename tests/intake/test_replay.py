"""The journal alone is enough to have everything again that came from channels."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from hypothesis import given
from sqlalchemy import text
from typer.testing import CliRunner

from sokhach.conversations import delivery, service
from sokhach.core.config import Settings
from sokhach.core.database import Database, dsn, urls
from sokhach.intake.cli import journal_app
from sokhach.intake.replay import replay
from tests.intake.stream import GROUP, HOUR, Heard, another_oa, assert_consistent, put, streams, told
from tests.intake.test_pipeline_properties import drain, in_one_database
from tests.support.databases import TemplateDatabase
from tests.support.oa import OA, at, echoed, followed, said, seen
from tests.support.people import People


@pytest.fixture
async def elsewhere(template_database: TemplateDatabase, tmp_path: Path) -> AsyncIterator[tuple[Settings, Database]]:
    """A second Sổ Khách, empty."""
    with template_database.copy() as name:
        settings = template_database.settings(name, tmp_path)
        database = Database(urls(settings).owner, size=4)
        yield settings, database
        await database.close()


def busy_days(seed: int, count: int = 400) -> list[Heard]:
    """Many customers over weeks, as they arrive: mostly in order."""
    draw = random.Random(seed)
    heard: list[Heard] = []
    seconds = 0.0
    sent: dict[str, list[str]] = {}
    for number in range(count):
        seconds += draw.choice([0.1, 5, 60, 900, HOUR, 7 * HOUR])
        user = f"9{draw.randrange(12):03}"
        match draw.randrange(8):
            case 0 | 1 | 2:
                heard.append(Heard(said(user, f"m{number}", at(seconds), f"Cho hỏi đơn {number} ạ 🌸")))
            case 3 | 4:
                sent.setdefault(user, []).append(f"m{number}")
                heard.append(Heard(echoed(user, f"m{number}", at(seconds), admin=draw.choice([None, "77", "78"]))))
            case 5:
                heard.append(Heard(seen(user, sent.get(user, ["m-unknown"])[-3:], at(seconds))))
            case 6:
                follow = draw.choice(["follow", "unfollow"])
                heard.append(Heard(followed(user, at(seconds), follow)))
            case _:
                payload = said(user, f"m{number}", at(seconds), "Nhóm mình họp lúc mấy giờ?")
                heard.append(Heard(payload | {"event_name": "user_send_group_text", "recipient": {"id": GROUP}}))
    for _ in range(count // 4):
        here = draw.randrange(count - 5)
        there = here + draw.randrange(5)
        heard[here], heard[there] = heard[there], heard[here]
    return heard


async def carry(oa: OA, database: Database) -> None:
    """Copies what `sokhach journal replay` works from, and nothing else, into another store."""
    with psycopg.connect(dsn(oa.database.url)) as here, psycopg.connect(dsn(database.url)) as there:
        for table in ("channel_account", "journal"):
            with (
                here.cursor().copy(f"COPY {table} TO STDOUT".encode()) as out,
                there.cursor().copy(f"COPY {table} FROM STDIN".encode()) as into,
            ):
                for block in out:
                    into.write(block)
        # The trigger has made the rows pending, as they were when they came: only the replay shall.
        there.execute("DELETE FROM journal_pending")
    async with database.transaction() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM message"))).scalar_one() == 0


def silent(_: int) -> None:
    """No progress shown."""


class TestReplay:
    async def test_into_an_empty_store_makes_the_same(
        self, settings: Settings, owner_db: Database, elsewhere: tuple[Settings, Database]
    ) -> None:
        oa, oa_id = await another_oa(settings, owner_db)
        heard = busy_days(seed=1)
        for start in range(0, len(heard), 37):
            await put(oa, oa_id, heard[start : start + 37])
            await drain(oa.pipeline)
        await assert_consistent(oa)
        before = await told(oa, oa_id)
        assert len(before) > len(heard)

        await carry(oa, elsewhere[1])
        new = OA(*elsewhere, oa.account_id)
        assert await replay(new.database, progress=silent) == len(heard)
        await drain(new.pipeline)
        assert await told(new, oa_id) == before
        await assert_consistent(new)

    @in_one_database
    @given(heard=streams())
    async def test_over_the_same_store_changes_nothing(
        self, settings: Settings, owner_db: Database, heard: list[Heard]
    ) -> None:
        oa, oa_id = await another_oa(settings, owner_db)
        await put(oa, oa_id, heard)
        await drain(oa.pipeline)
        before = await told(oa, oa_id), await everything(oa)
        assert await replay(owner_db, account_id=oa.account_id, progress=silent) == len(heard)
        await drain(oa.pipeline)
        assert (await told(oa, oa_id), await everything(oa)) == before

    async def test_what_staff_did_is_left_alone_and_out_of_the_dump(
        self, settings: Settings, owner_db: Database, elsewhere: tuple[Settings, Database], people: People
    ) -> None:
        """They read, answered by our console (Zalo repeats that to us) and closed: elsewhere the same words stand as
        Zalo told them, and nothing else differs."""
        oa, oa_id = await another_oa(settings, owner_db)
        await put(oa, oa_id, [Heard(said("9001", "m1", at(0))), Heard(said("9002", "m2", at(1)))])
        await drain(oa.pipeline)
        [first, second] = await oa.rows("SELECT id FROM conversation ORDER BY thread_key")
        async with owner_db.transaction() as connection:
            await service.mark_read(connection, second["id"], None, people.owner.actor)
            lost, _ = await delivery.add_outgoing(
                connection,
                conversation_id=first["id"],
                staff_id=people.owner.id,
                client_id=uuid4(),
                text="?",
                now=at(2),
            )
            await delivery.mark_failed(connection, lost, "blocked", at(3))
            answer, _ = await delivery.add_outgoing(
                connection, conversation_id=first["id"], staff_id=people.owner.id, client_id=uuid4(), text="Dạ",
                now=at(60),
            )  # fmt: skip
            await delivery.mark_sending(connection, [answer], at(60))
            await delivery.mark_sent(connection, answer, "m3", at(61), at(61))
            assert await service.resolve(connection, people.owner.actor, first["id"], None, at(62))
        await put(oa, oa_id, [Heard(echoed("9001", "m3", at(61), "Dạ")), Heard(seen("9001", ["m3"], at(70)))])
        await drain(oa.pipeline)
        before = await told(oa, oa_id), await everything(oa)

        await replay(owner_db, progress=silent)
        await drain(oa.pipeline)
        assert (await told(oa, oa_id), await everything(oa)) == before

        await carry(oa, elsewhere[1])
        new = OA(*elsewhere, oa.account_id)
        await replay(new.database, progress=silent)
        await drain(new.pipeline)
        assert await told(new, oa_id) == before[0]


class TestCommand:
    async def test_replays_and_dumps(
        self, settings: Settings, owner_db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        oa, oa_id = await another_oa(settings, owner_db)
        await put(oa, oa_id, [Heard(said("9001", "m1", at(0))), Heard(b"{")])
        await drain(oa.pipeline)
        monkeypatch.setenv("SOKHACH_DATABASE_URL", settings.database_url)
        monkeypatch.setenv("SOKHACH_SECRET_KEY", settings.secret_key)
        out = tmp_path / "dump.jsonl"
        await run("dump", "--out", str(out))
        lines = out.read_text("utf-8").splitlines(keepends=True)
        assert [line.replace(oa_id, "388613280878808645") for line in lines] == await told(oa, oa_id)
        assert "JSON" in await run("quarantine")

        await run("replay", "--account", str(oa.account_id + 1))
        assert await oa.value("SELECT count(*) FROM journal_pending") == 0
        waiting = asyncio.create_task(run("replay", "--wait"))
        while not await oa.value("SELECT count(*) FROM journal_pending"):
            await asyncio.sleep(0.01)
        assert not waiting.done()
        await drain(oa.pipeline)
        await waiting
        assert await oa.value("SELECT attempts FROM quarantine") == 2


async def run(*arguments: str) -> str:
    """What the command prints. It makes an event loop of its own, so it gets a thread of its own."""
    result = await asyncio.to_thread(CliRunner().invoke, journal_app, arguments)
    assert result.exit_code == 0, result.output
    return result.output


async def everything(oa: OA) -> dict[str, list[object]]:
    """Every row that an account's payloads make, with our own ids and times of arrival."""
    through = "conversation_id IN (SELECT id FROM conversation WHERE account_id = :account)"
    tables = {
        "conversation": "account_id = :account",
        "contact_identity": "account_id = :account",
        "message": through,
        "turn": through,
        "episode": through,
        "resolution": through,
        "delivery": through,
        "conversation_participant": through,
        "message_alias": "account_id = :account",
        "message_receipt": "account_id = :account",
        "reaction": "account_id = :account",
        "contact_tag": "account_id = :account",
        "tag_removal": "account_id = :account",
        "privacy_request": "account_id = :account",
        "channel_event": "account_id = :account",
        "channel_tally": "account_id = :account",
        "journal": "account_id = :account",
    }
    return {
        table: [
            row["row"]
            for row in await oa.rows(
                f"SELECT to_jsonb(t) AS row FROM {table} t WHERE {where} ORDER BY to_jsonb(t)::text",
                account=oa.account_id,
            )
        ]
        for table, where in tables.items()
    }
