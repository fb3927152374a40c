"""Whatever stands in a file, in whatever bites and however often a worker dies: twice is as once, undone as never."""

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.intake.importing import service
from tests.intake.importing.files import Office, Row, as_csv, row
from tests.intake.stream import Heard, another_oa, put
from tests.intake.test_pipeline_properties import drain
from tests.support.oa import OA, at, echoed, said
from tests.support.people import People

MOMENTS = st.sampled_from([-90_000, -600, 0, 1, 40, 7_200, 100_000])
ROWS = st.lists(
    st.builds(
        lambda second, thread, words, way, name: row(at(second), thread, words, way, id=name),
        MOMENTS,
        st.sampled_from(["9001", "9002", "9003"]),
        st.sampled_from(["ok", "Dạ", "Còn hàng không?"]),
        st.sampled_from(["đến", "đi"]),
        st.sampled_from(["", "", "m1", "m2", "x1", "x2"]),
    ),
    min_size=1,
    max_size=12,
)
LIVE = st.lists(
    st.tuples(st.sampled_from(["9001", "9002"]), st.integers(1, 4), MOMENTS, st.booleans()),
    max_size=6,
    unique_by=lambda one: one[1],
)


async def clocks(office: Office, oa: OA) -> list[dict[str, Any]]:
    """Whatever figures are made of."""
    where = "WHERE c.account_id = :account"
    return [
        *await office.rows(
            "SELECT c.thread_key, e.opened_at, e.first_response_at, e.resolved_at FROM episode e"
            f" JOIN conversation c ON c.id = e.conversation_id {where} ORDER BY 1, 2",
            account=oa.account_id,
        ),
        *await office.rows(
            "SELECT c.thread_key, t.waiting_since, t.message_count, t.closed_at FROM turn t"
            f" JOIN conversation c ON c.id = t.conversation_id {where} ORDER BY 1, 2",
            account=oa.account_id,
        ),
        *await office.rows(
            f"SELECT thread_key, unread_count, waiting_since FROM conversation c {where} AND unread_count > 0"
            " ORDER BY 1",
            account=oa.account_id,
        ),
    ]


async def messages(office: Office, oa: OA) -> list[dict[str, Any]]:
    return await office.rows(
        "SELECT m.id, m.body, c.thread_key FROM message m JOIN conversation c ON c.id = m.conversation_id"
        " WHERE c.account_id = :account ORDER BY m.id",
        account=oa.account_id,
    )


async def throw_away(office: Office) -> None:
    """What examples before began and did not start: so many may wait, and no more."""
    for waiting in await office.rows(
        "SELECT id FROM history_import WHERE state IN ('uploaded', 'checking', 'checked')"
    ):
        async with office.web_db.transaction(office.admin) as connection:
            await service.discard(connection, waiting["id"])


@settings_of_hypothesis(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=ROWS, live=LIVE, bite=st.integers(1, 5), kills=st.lists(st.booleans(), max_size=8))
async def test_twice_is_as_once_and_undone_as_never(
    settings: Settings,
    owner_db: Database,
    web_db: Database,
    people: People,
    tmp_path: Path,
    rows: list[Row],
    live: list[tuple[str, int, int, bool]],
    bite: int,
    kills: list[bool],
) -> None:
    office = Office(settings, owner_db, web_db, people)
    await throw_away(office)
    oa, oa_id = await another_oa(settings, owner_db)
    heard = [
        Heard((echoed if ours else said)(user, f"m{number}", at(second), "ok")) for user, number, second, ours in live
    ]
    await put(oa, oa_id, heard)
    await drain(oa.pipeline)
    told, figures, before = await office.told(), await clocks(office, oa), await messages(office, oa)

    import_id = await office.upload(as_csv(rows), tmp_path)
    checked = await office.check(import_id, oa.account_id, bite=bite)
    assert checked["new"] + checked["known"] == len(rows)
    if not checked["new"]:
        return
    await office.start(import_id)
    for killed in kills:
        worker = office.worker(bite)
        if killed:
            worker._tell = _die  # the last that a bite does
        try:
            await worker.step()
        except ConnectionError:
            continue
    await office.drain(bite)
    assert await office.found(import_id) == checked
    assert await clocks(office, oa) == figures
    after = await messages(office, oa)
    assert len(after) == len(before) + checked["new"]

    again = await office.upload(as_csv(rows), tmp_path)
    assert (await office.check(again, oa.account_id, bite=bite))["new"] == 0
    assert await messages(office, oa) == after

    await office.undo(import_id)
    assert await messages(office, oa) == before
    assert await clocks(office, oa) == figures
    assert await office.told() == told


async def _die(*_: object, **__: object) -> None:
    raise ConnectionError
