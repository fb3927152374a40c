"""`sokhach run` with children of the test's own: `python -m tests.support.supervised --data DIR --port N …`.

A child is this module too (`child NAME`): it writes what happens to it into a journal file, and `web` answers `/readyz`
with 200 as long as the database answers.
"""

import argparse
import asyncio
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from sokhach import supervisor
from sokhach.core.database import dsn

PROGRAM = (sys.executable, "-m", "tests.support.supervised", "child")


@dataclass(frozen=True)
class Settings:
    data_dir: Path
    port: int
    sandbox_port: int
    host: str = "127.0.0.1"
    database_url: str = ""


def main() -> int:
    if sys.argv[1] == "child":
        return asyncio.run(Child(sys.argv[2]).run())
    options = argparse.ArgumentParser()
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--port", type=int, required=True)
    options.add_argument("--migrate", choices=("table", "slow", "fail", "exit"), default="table")
    given = options.parse_args()
    settings = Settings(given.data, given.port, given.port + 1, database_url=os.environ.get("SOKHACH_DATABASE_URL", ""))
    names = ("web", "worker", "sandbox")
    commands = [supervisor.Command(name=name, arguments=[name], program=PROGRAM) for name in names]
    migrate = {"table": make_table, "slow": sleep_long, "fail": fail, "exit": leave}[given.migrate]
    return supervisor.run(settings, demo=True, migrate=migrate, commands=commands, locale="en")


def make_table(url: str) -> None:
    with psycopg.connect(dsn(make_url(url))) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (line text)")


def sleep_long(url: str) -> None:
    print("migrating slowly", file=sys.stderr, flush=True)
    time.sleep(60)


def fail(url: str) -> None:
    raise RuntimeError("no such column")


def leave(url: str) -> None:
    sys.exit(5)


class Child:
    def __init__(self, name: str) -> None:
        self.name = name
        self.stopped = asyncio.Event()
        self.orders = os.environ.get(f"TEST_{name.upper()}", "")

    async def run(self) -> int:
        if self.orders == "stillborn":
            return 3
        self.note("start")
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self.on_sigterm)
        if self.name == "web":
            await asyncio.start_server(self.answer, "127.0.0.1", int(os.environ["SOKHACH_PORT"]))
        await self.stopped.wait()
        self.note(f"stop {'with' if await self.database_answers() else 'without'} database")
        return 0

    def on_sigterm(self) -> None:
        if self.orders != "stubborn":
            self.stopped.set()

    def note(self, what: str) -> None:
        with Path(os.environ["TEST_JOURNAL"]).open("a", encoding="utf-8") as journal:
            journal.write(f"{self.name} {what}\n")

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        status = "200 OK" if await self.database_answers() else "503 Service Unavailable"
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    async def database_answers(self) -> bool:
        try:
            url = dsn(make_url(os.environ["SOKHACH_DATABASE_URL"]))
            async with await psycopg.AsyncConnection.connect(url, connect_timeout=2) as connection:
                await connection.execute("SELECT FROM kept")
        except psycopg.Error:
            return False
        return True


if __name__ == "__main__":
    sys.exit(main())
