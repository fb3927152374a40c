"""Asking past SQLAlchemy: in the same transaction, with the same errors; no broken connection stays in the pool."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from sokhach.core.database import Asked, Database, ask, ask_all

ADD = text("INSERT INTO noted VALUES (:number)")
ALL = text("SELECT number, '100%' AS share FROM noted ORDER BY number")
END = text("SELECT pg_terminate_backend(:pid)")
PID = text("SELECT pg_backend_pid() AS pid")


@pytest.fixture(autouse=True)
async def noted(owner_db: Database) -> None:
    async with owner_db.transaction() as connection:
        await connection.exec_driver_sql("CREATE TABLE noted (number integer PRIMARY KEY)")


async def numbers(database: Database) -> list[int]:
    async with database.transaction() as connection:
        return [row["number"] for row in await ask(connection, ALL, {})]


class TestAskAll:
    async def test_answers_each_in_order(self, owner_db: Database) -> None:
        async with owner_db.transaction() as connection:
            nothing, rows, also = await ask_all(connection, Asked(ADD, {"number": 1}), Asked(ALL), Asked(ALL))
        assert nothing == []
        assert rows == also == [{"number": 1, "share": "100%"}]

    async def test_stands_in_the_callers_transaction(self, owner_db: Database) -> None:
        class NoError(Exception):
            pass

        with pytest.raises(NoError):
            async with owner_db.transaction() as connection:
                await ask_all(connection, Asked(ADD, {"number": 1}), Asked(ADD, {"number": 2}))
                await connection.execute(ADD, {"number": 3})
                raise NoError
        assert await numbers(owner_db) == []

    @pytest.mark.parametrize("beside", [(), (Asked(ALL),)])
    async def test_a_refusal_is_told_as_sqlalchemy_tells_it(
        self, owner_db: Database, beside: tuple[Asked, ...]
    ) -> None:
        with pytest.raises(IntegrityError) as told:
            async with owner_db.transaction() as connection:
                await ask(connection, ADD, {"number": 7})
                await ask_all(connection, Asked(ADD, {"number": 7}), *beside)
        assert "7" not in str(told.value).split("DETAIL")[0]
        assert await numbers(owner_db) == []

    async def test_a_connection_that_broke_is_not_used_again(self, owner_db: Database) -> None:
        pids: list[int] = []
        async with owner_db.transaction() as one, owner_db.transaction() as another:
            for connection in (one, another):
                [row] = await ask(connection, PID, {})
                pids.append(row["pid"])
        other = Database(owner_db.url, size=1)
        async with other.transaction() as connection:
            for pid in pids:
                await ask(connection, END, {"pid": pid})
        await other.close()
        with pytest.raises(OperationalError) as told:
            await numbers(owner_db)
        assert isinstance(told.value, DBAPIError)
        assert told.value.connection_invalidated
        assert await numbers(owner_db) == []
