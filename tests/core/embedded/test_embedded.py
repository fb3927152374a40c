import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from sqlalchemy.engine import make_url
from tests.support.places import NOBODY, as_ordinary_user, open_place
from tests.support.postgres import made_before

from sokhach.core.data_folder import DataFolder
from sokhach.core.database import dsn
from sokhach.core.embedded import EmbeddedPostgres, account, credentials, leftovers, running_url
from sokhach.core.process import end, lives
from sokhach.core.startup import (
    DatabaseFailedError,
    DatabaseStoppedError,
    DatabaseVersionError,
    DiskFullError,
    NotWritableError,
)

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


class Server:
    """An embedded PostgreSQL of one test, started and killed at will."""

    def __init__(self, data_dir: Path, needed_mb: int | None = None) -> None:
        self.folder = DataFolder.open(data_dir, needed_mb=needed_mb)
        self.postgres = EmbeddedPostgres(self.folder.path, self.folder.id)
        self.process: subprocess.Popen[bytes] | None = None

    async def start(self) -> subprocess.Popen[bytes]:
        await self.postgres.prepare()
        self.process = self.postgres.spawn()
        await self.postgres.wait_ready(self.process)
        return self.process

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()

    def kill_everything(self) -> None:
        assert self.process
        others = psutil.Process(self.process.pid).children(recursive=True)
        self.process.kill()
        end(others)
        self.process.wait()

    def close(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
        self.folder.close()

    def query(self, statement: str, url: str | None = None) -> list[tuple[Any, ...]]:
        with psycopg.connect(dsn(make_url(url or self.postgres.owner_url())), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


@pytest.fixture
def place() -> Iterator[Path]:
    with open_place() as folder:
        yield folder


@pytest.fixture
async def fresh(place: Path) -> AsyncIterator[Server]:
    """Of a data folder that does not exist yet."""
    made = Server(place / "data")
    yield made
    made.close()


@pytest.fixture
def data(place: Path) -> Path:
    """A data folder whose database was made before."""
    (place / "data").mkdir()
    made_before(place / "data")
    return place / "data"


@pytest.fixture
async def server(data: Path) -> AsyncIterator[Server]:
    made = Server(data)
    yield made
    made.close()


class TestFirstStart:
    async def test_makes_the_database_with_its_owner(self, fresh: Server) -> None:
        assert not fresh.postgres.exists
        await fresh.start()
        assert fresh.postgres.exists
        assert fresh.query(
            "SELECT current_user::text, rolcreaterole, rolsuper, datname::text, pg_get_userbyid(datdba)::text"
            " FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()"
        ) == [("sokhach_owner", True, False, "sokhach", "sokhach_owner")]

    async def test_locale_encoding_and_checksums(self, fresh: Server) -> None:
        await fresh.start()
        assert fresh.query(
            "SELECT pg_encoding_to_char(encoding), datcollate, datlocprovider::text, datlocale,"
            " current_setting('data_checksums'), lower('ĐẶNG') FROM pg_database WHERE datname = 'sokhach'"
        ) == [("UTF8", "C", "b", "C.UTF-8", "on", "đặng")]

    async def test_settings_are_in_force(self, server: Server) -> None:
        await server.start()
        names = ("shared_buffers", "synchronous_commit", "jit", "max_wal_size", "max_connections", "TimeZone", "fsync")
        found = server.query("SELECT " + ", ".join(f"current_setting('{name}')" for name in names))
        assert found == [("256MB", "on", "off", "2GB", "100", "UTC", "on")]

    async def test_an_operator_may_change_them(self, server: Server) -> None:
        await server.start()
        server.query("ALTER SYSTEM SET work_mem = '9MB'", server.postgres.admin_url())
        server.query("ALTER SYSTEM SET max_connections = 50", server.postgres.admin_url())
        server.stop()
        await server.start()
        assert server.query("SELECT current_setting('work_mem'), current_setting('max_connections')") == [("9MB", "50")]

    async def test_extensions_that_search_needs(self, server: Server) -> None:
        await server.start()
        server.query("CREATE EXTENSION unaccent; CREATE EXTENSION pg_trgm")
        assert server.query("SELECT unaccent('Nguyễn Thị Hường')") == [("Nguyen Thi Huong",)]

    async def test_second_start_keeps_the_data(self, server: Server) -> None:
        await server.start()
        server.query("CREATE TABLE kept AS SELECT 'một' AS line")
        server.stop()
        await server.start()
        assert server.query("SELECT line FROM kept") == [("một",)]


class TestInterruptedSetUp:
    async def test_half_made_cluster_is_made_anew_with_the_same_passwords(self, fresh: Server) -> None:
        made = credentials.make(fresh.folder.path)
        draft = fresh.folder.path / "postgres.new.x"
        (draft / "base").mkdir(parents=True)
        (draft / "PG_VERSION").write_text("18\n", "ascii")
        await fresh.start()
        assert credentials.read(fresh.folder.path) == made
        assert not draft.exists()
        assert fresh.query("SELECT 1") == [(1,)]

    @pytest.mark.long
    @pytest.mark.timeout(600)
    async def test_killed_at_any_instant(self, place: Path) -> None:
        script = (
            "import asyncio, sys; from pathlib import Path; from sokhach.core.data_folder import DataFolder;"
            "from sokhach.core.embedded import EmbeddedPostgres; folder = DataFolder.open(Path(sys.argv[1]));"
            "asyncio.run(EmbeddedPostgres(folder.path, folder.id).prepare())"
        )
        moments = [random.Random(7).uniform(0.1, 2.5) for _ in range(12)]
        interrupted = 0
        for number, moment in enumerate(moments):
            data = place / f"data{number}"
            process = subprocess.Popen([sys.executable, "-c", script, str(data)])
            with_time = time.monotonic() + moment
            while process.poll() is None and time.monotonic() < with_time:
                await asyncio.sleep(0.01)
            interrupted += process.poll() is None
            process.kill()
            process.wait()
            server = Server(data)
            await server.start()
            assert server.query("SELECT current_user::text") == [("sokhach_owner",)]
            server.close()
            shutil.rmtree(data)
        assert interrupted >= 3


class TestWhoGetsIn:
    async def test_nobody_without_the_password(self, server: Server) -> None:
        await server.start()
        right = make_url(server.postgres.owner_url())
        for url in (right.set(password=""), right.set(password="wrong"), right.set(username="postgres")):
            with pytest.raises(psycopg.OperationalError, match="password"):
                server.query("SELECT 1", url.render_as_string(hide_password=False))

    async def test_nobody_by_tcp(self, server: Server) -> None:
        process = await server.start()
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        assert [socket for one in family for socket in one.net_connections("inet")] == []

    async def test_files_are_private(self, server: Server) -> None:
        await server.start()
        path = server.folder.path
        modes = {name: (path / name).stat().st_mode & 0o777 for name in ("postgres", "socket", credentials.FILE)}
        assert modes == {"postgres": 0o700, "socket": 0o700, credentials.FILE: 0o600}
        assert (path / "postgres.log").stat().st_mode & 0o077 == 0

    async def test_passwords_are_not_shown(self, server: Server) -> None:
        process = await server.start()
        made = credentials.read(server.folder.path)
        assert made
        shown = " ".join(psutil.Process(process.pid).cmdline()) + (server.folder.path / "postgres.log").read_text(
            "utf-8"
        )
        assert made.postgres not in shown
        assert made.sokhach_owner not in shown

    async def test_rows_do_not_reach_the_log(self, server: Server) -> None:
        await server.start()
        server.query("CREATE TABLE message (id int PRIMARY KEY, body text CHECK (body <> 'chuyện riêng'))")
        with pytest.raises(psycopg.errors.CheckViolation):
            server.query("INSERT INTO message VALUES (1, 'chuyện riêng')")
        assert "chuyện riêng" not in (server.folder.path / "postgres.log").read_text("utf-8")

    async def test_lost_passwords_are_replaced(self, server: Server) -> None:
        await server.start()
        server.query("CREATE TABLE kept ()")
        server.stop()
        before = credentials.read(server.folder.path)
        (server.folder.path / credentials.FILE).unlink()
        await server.start()
        assert credentials.read(server.folder.path) != before
        assert server.query("SELECT * FROM kept") == []
        server.query("SELECT 1", server.postgres.admin_url())

    @needs_root
    async def test_runs_without_roots_powers(self, server: Server) -> None:
        process = await server.start()
        assert set(psutil.Process(process.pid).uids()) == {NOBODY}
        assert psutil.Process(process.pid).gids().real != 0

    @needs_root
    async def test_runs_as_the_owner_of_the_folder(self, place: Path) -> None:
        owner = account._by_name("daemon")  # pyright: ignore[reportPrivateUsage]
        assert owner
        (place / "data").mkdir()
        os.chown(place / "data", owner.uid, owner.gid)
        server = Server(place / "data")
        process = await server.start()
        assert psutil.Process(process.pid).uids().effective == owner.uid
        server.close()

    @needs_root
    async def test_lives_elsewhere_when_the_account_cannot_pass(
        self, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(account, "SYSTEM_HOME", place / "system")
        (place / "closed").mkdir(mode=0o700)
        server = Server(place / "closed" / "data")
        await server.start()
        server.query("CREATE TABLE kept ()")
        assert server.postgres.cluster_folder == place / "system" / server.folder.id / "postgres"
        assert running_url(server.folder.path, server.folder.id) == server.postgres.owner_url()
        server.close()
        again = Server(place / "closed" / "data")
        await again.start()
        assert again.query("SELECT * FROM kept") == []
        again.close()

    @needs_root
    async def test_programs_are_copied_where_the_account_can_run_them(
        self, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        closed = place / "closed"
        closed.mkdir(mode=0o700)
        for name in (account.PACKAGE, f"{account.PACKAGE}.libs"):
            shutil.copytree(account.installed() / name, closed / name, symlinks=True)
        monkeypatch.setattr(account, "installed", lambda: closed)
        monkeypatch.setattr(account, "SYSTEM_HOME", place / "system")
        server = Server(place / "data")
        process = await server.start()
        assert Path(psutil.Process(process.pid).exe()).is_relative_to(place / "system")
        server.close()

    def test_works_for_an_ordinary_user(self, place: Path) -> None:
        if os.geteuid() == 0:
            os.chown(place, NOBODY, NOBODY)

        async def start_and_ask() -> str:
            server = Server(place / "data")
            process = await server.start()
            answer = server.query("SELECT current_user::text")[0][0]
            owner = psutil.Process(process.pid).uids().real == os.getuid()
            server.close()
            return f"{answer} {owner} {(place / 'data').stat().st_mode & 0o777:o}"

        assert as_ordinary_user(lambda: asyncio.run(start_and_ask())) == "sokhach_owner True 700"

    @needs_root
    async def test_a_cluster_of_another_account_is_refused(self, place: Path) -> None:
        (place / "data").mkdir()
        os.chown(place / "data", 1, 1)
        server = Server(place / "data")
        await server.start()
        server.close()
        outcome = as_ordinary_user(lambda: str(EmbeddedPostgres(place / "data", "x")))
        assert outcome.startswith("NotWritableError")


class TestAfterACrash:
    async def test_postmaster_killed(self, server: Server) -> None:
        process = await server.start()
        server.query("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
        process.kill()
        process.wait()
        await server.start()
        assert server.query("SELECT count(*) FROM kept") == [(1000,)]

    async def test_everything_killed(self, server: Server) -> None:
        await server.start()
        server.query("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
        server.kill_everything()
        await server.start()
        assert server.query("SELECT count(*) FROM kept") == [(1000,)]

    async def test_a_backend_at_work_outlives_its_postmaster(self, server: Server) -> None:
        process = await server.start()
        busy = "SELECT count(*) FROM generate_series(1, 100000000000)"
        connection = psycopg.connect(dsn(make_url(server.postgres.owner_url())))
        backend = psutil.Process(connection.info.backend_pid)
        connection.pgconn.send_query(busy.encode())
        await asyncio.sleep(0.3)
        process.kill()
        process.wait()
        assert lives(backend)
        await server.start()
        assert not lives(backend)
        connection.close()
        assert server.query("SELECT 1") == [(1,)]

    async def test_an_orphan_is_stopped_first(self, server: Server) -> None:
        process = await server.start()
        server.query("CREATE TABLE kept ()")
        orphan = psutil.Process(process.pid)
        assert await asyncio.to_thread(server.postgres.clear) > 0
        assert not lives(orphan)
        process.poll()
        await server.start()
        assert server.query("SELECT * FROM kept") == []

    async def test_clear_leaves_the_clusters_of_others_alone(self, server: Server, place: Path) -> None:
        await server.start()
        other = Server(place / "other")
        await other.start()
        assert leftovers.processes_of(other.postgres.cluster_folder)
        server.stop()
        assert server.postgres.clear() == 0
        assert other.query("SELECT 1") == [(1,)]
        other.close()

    async def test_stale_pid_file_whose_number_is_somebody_elses(self, server: Server) -> None:
        process = await server.start()
        server.query("CREATE TABLE kept ()")
        pid_file = server.postgres.cluster_folder / leftovers.PID_FILE
        lines = pid_file.read_text("utf-8").splitlines()
        process.kill()
        process.wait()
        # A process of the same account, which PostgreSQL itself could not tell from a living postmaster.
        bystander = subprocess.Popen(["sleep", "60"], **server.postgres.account.popen_options())
        pid_file.write_text("\n".join([str(bystander.pid), *lines[1:]]) + "\n", "utf-8")
        await server.start()
        assert server.query("SELECT * FROM kept") == []
        assert bystander.poll() is None
        bystander.kill()
        bystander.wait()

    async def test_postgres_follows_a_killed_supervisor(self, place: Path) -> None:
        script = (
            "import asyncio, os, sys; from pathlib import Path; from sokhach.core.data_folder import DataFolder;"
            "from sokhach.core.embedded import EmbeddedPostgres; folder = DataFolder.open(Path(sys.argv[1]));"
            "p = EmbeddedPostgres(folder.path, folder.id); asyncio.run(p.prepare()); s = p.spawn();"
            "asyncio.run(p.wait_ready(s)); os.kill(os.getpid(), 9)"
        )
        subprocess.run([sys.executable, "-c", script, str(place / "data")], check=False)
        deadline = time.monotonic() + 10
        while leftovers.processes_of(place / "data" / "postgres"):
            assert time.monotonic() < deadline
            await asyncio.sleep(0.05)


class TestWhyItCannotStart:
    async def test_made_by_another_major_version(self, server: Server) -> None:
        await server.start()
        server.stop()
        (server.postgres.cluster_folder / "PG_VERSION").write_text("17\n", "ascii")
        with pytest.raises(DatabaseVersionError, match="PostgreSQL 17; the one shipped is PostgreSQL 18"):
            await server.start()

    async def test_its_last_words_are_passed_on(self, server: Server) -> None:
        await server.start()
        server.query("ALTER SYSTEM SET shared_preload_libraries = 'no_such_library'", server.postgres.admin_url())
        server.stop()
        with pytest.raises(DatabaseFailedError, match="no_such_library"):
            await server.start()

    async def test_not_running(self, server: Server) -> None:
        with pytest.raises(DatabaseStoppedError):
            running_url(server.folder.path, server.folder.id)
        await server.start()
        assert running_url(server.folder.path, server.folder.id) == server.postgres.owner_url()
        server.kill_everything()
        with pytest.raises(DatabaseStoppedError):
            running_url(server.folder.path, server.folder.id)

    async def test_read_only_folder(self, place: Path) -> None:
        if os.geteuid() == 0:
            os.chown(place, NOBODY, NOBODY)

        def start() -> str:
            folder = DataFolder.open(place / "data")
            folder.path.chmod(0o500)
            return str(asyncio.run(EmbeddedPostgres(folder.path, folder.id).prepare()))

        outcome = as_ordinary_user(start)
        (place / "data").chmod(0o700)
        assert outcome.startswith(NotWritableError.__name__), outcome

    @needs_root
    async def test_disk_full_during_set_up_and_later(self, place: Path) -> None:
        disk = place / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=30m,mode=711", "tmpfs", disk], check=False)
        if mounted.returncode:
            pytest.skip("may not mount a small disk here")
        try:
            server = Server(disk / "data", needed_mb=1)
            with pytest.raises(DiskFullError):
                await server.start()
            subprocess.run(["mount", "-o", "remount,size=160m", disk], check=True)
            await server.start()
            server.query("CREATE TABLE kept ()")
            server.stop()
            _fill(disk)
            with pytest.raises(DiskFullError):
                await server.start()
            (disk / "filler").unlink()
            await server.start()
            assert server.query("SELECT * FROM kept") == []
            server.close()
        finally:
            subprocess.run(["umount", "-l", disk], check=True)


class TestSocketFolder:
    @pytest.mark.parametrize("name", ["n" * 120, "a,b", "khách hàng 'A'"])
    async def test_any_data_folder_will_do(self, place: Path, name: str) -> None:
        server = Server(place / name)
        await server.start()
        assert server.query("SELECT 1") == [(1,)]
        url = make_url(server.postgres.owner_url())
        assert len(os.fsencode(f"{url.query['host']}/.s.PGSQL.5432")) <= 107
        assert running_url(server.folder.path, server.folder.id) == server.postgres.owner_url()
        server.close()

    async def test_a_stranger_on_the_short_name_is_avoided(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        runtime = place / "runtime"
        runtime.mkdir(mode=0o711)
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
        server = Server(place / ("n" * 120))
        first = server.postgres.socket_folder
        assert first.parent == runtime
        server.close()
        shutil.rmtree(first)
        first.symlink_to(place)
        again = Server(place / ("n" * 120))
        assert again.postgres.socket_folder != first
        again.close()


def _fill(disk: Path) -> None:
    with (disk / "filler").open("wb") as filler:
        try:
            while True:
                filler.write(bytes(65_536))
                filler.flush()
        except OSError:
            return
