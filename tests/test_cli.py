"""The command line, as processes run it."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from sokhach.core.config import Settings
from sokhach.core.data_folder import DataFolder
from sokhach.core.database import Database
from tests.support.databases import TemplateDatabase
from tests.support.people import PASSWORD, People


class Cli:
    """Runs `sokhach …` on a database, in Vietnamese unless told otherwise."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self, *arguments: str, typed: str = "", **environment: str) -> "subprocess.CompletedProcess[str]":
        env = {key: value for key, value in os.environ.items() if not key.startswith("SOKHACH_")}
        env |= {
            "LANG": "vi_VN.UTF-8",
            "COLUMNS": "200",
            "SOKHACH_DATA_DIR": str(self._settings.data_dir),
            "SOKHACH_DATABASE_URL": self._settings.database_url,
            "SOKHACH_SECRET_KEY": self._settings.secret_key,
        }
        env |= environment
        command = [sys.executable, "-m", "sokhach", *arguments]
        return subprocess.run(
            command, env=env, input=typed, capture_output=True, text=True, cwd=self._settings.data_dir, check=False
        )


@pytest.fixture
def cli(settings: Settings) -> Cli:
    return Cli(settings)


class TestResetSecondFactor:
    async def test_opens_to_who_has_lost_theirs(self, cli: Cli, owner_db: Database, people: People) -> None:
        async with owner_db.transaction() as connection:
            for statement in (
                "INSERT INTO totp (staff_id, sealed, created_at, confirmed_at) VALUES (:id, 'x', now(), now())",
                "INSERT INTO recovery_code (staff_id, code_hash) VALUES (:id, 'x')",
            ):
                await connection.execute(text(statement), {"id": people.admin.id})
        done = cli("staff", "reset-second-factor", "ADMIN@example.vn")
        assert (done.returncode, done.stdout) == (0, "") and "Admin" in done.stderr
        async with owner_db.transaction() as connection:
            left = await connection.execute(text("SELECT 1 FROM totp UNION ALL SELECT 1 FROM recovery_code"))
            assert left.all() == []

    async def test_says_who_is_unknown(self, cli: Cli) -> None:
        done = cli("staff", "reset-second-factor", "nobody@example.vn")
        assert done.returncode == 1 and "nobody@example.vn" in done.stderr


class TestOwnerCreate:
    ARGUMENTS = ("owner", "create", "--name", "Lê Thị Hoa", "--login", "0912 345 678", "--password-stdin")

    async def test_makes_an_administrator(self, cli: Cli, owner_db: Database) -> None:
        done = cli(*self.ARGUMENTS, typed=PASSWORD + "\n")
        assert (done.returncode, done.stdout) == (0, "")
        assert "Đã tạo Lê Thị Hoa" in done.stderr
        async with owner_db.transaction() as connection:
            row = (await connection.execute(text("SELECT name, phone, role FROM staff"))).one()
        assert tuple(row) == ("Lê Thị Hoa", "+84912345678", "admin")

    def test_names_the_address_of_the_product_that_runs(self, cli: Cli, settings: Settings) -> None:
        folder = DataFolder.open(settings.data_dir, needed_mb=0)
        folder.serves_at("127.0.0.1", 9123)
        folder.note([])
        assert "http://127.0.0.1:9123" in cli(*self.ARGUMENTS, typed=PASSWORD + "\n").stderr
        folder.close()
        other = ("0912 345 679" if one == "0912 345 678" else one for one in self.ARGUMENTS)
        assert "http://127.0.0.1:8686" in cli(*other, typed=PASSWORD + "\n").stderr

    async def test_says_what_is_wrong(self, cli: Cli, owner_db: Database) -> None:
        refused = cli(*self.ARGUMENTS, typed="short\n", LANG="en_US.UTF-8")
        assert (refused.returncode, refused.stderr) == (1, "Error: password: needs at least 10 characters\n")
        async with owner_db.transaction() as connection:
            assert (await connection.execute(text("SELECT count(*) FROM staff"))).scalar_one() == 0

    def test_takes_a_login_once(self, cli: Cli) -> None:
        assert cli(*self.ARGUMENTS, typed=PASSWORD + "\n").returncode == 0
        again = cli(*self.ARGUMENTS, typed=PASSWORD + "\n")
        assert again.returncode == 1
        assert "số điện thoại khác" in again.stderr

    def test_the_password_stands_nowhere(self, cli: Cli) -> None:
        done = cli(*self.ARGUMENTS, typed=PASSWORD + "\n")
        assert PASSWORD not in done.stdout + done.stderr


class TestMigrate:
    def test_brings_an_empty_database_up_to_date(self, template_database: TemplateDatabase, tmp_path: Path) -> None:
        with template_database.empty() as name:
            cli = Cli(template_database.settings(name, tmp_path))
            waiting = cli("migrate", "--check")
            assert waiting.returncode == 1
            assert "0001, 0002" in waiting.stderr
            assert cli("migrate").returncode == 0
            assert cli("migrate", "--check").returncode == 0
            assert cli("migrate").returncode == 0

    def test_a_database_that_does_not_answer(self, cli: Cli) -> None:
        failed = cli("migrate", SOKHACH_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
        assert failed.returncode == 1
        assert failed.stderr.startswith("Không kết nối được cơ sở dữ liệu")
        assert "Traceback" not in failed.stderr


class TestConfig:
    def test_lists_values_with_their_source_and_no_secret(self, cli: Cli, settings: Settings) -> None:
        (settings.data_dir / "sokhach.toml").write_text("silence_hours = 12\n", "utf-8")
        listed = cli("config", SOKHACH_METRICS_TOKEN="s3cret").stdout
        rows = {line.split()[0]: line for line in listed.splitlines()}
        assert set(Settings.__struct_fields__) <= set(rows)
        assert "12" in rows["silence_hours"] and "tệp" in rows["silence_hours"]
        assert "mặc định" in rows["port"]
        assert "môi trường" in rows["metrics_token"]
        assert "s3cret" not in listed and settings.secret_key not in listed and settings.database_url not in listed

    @pytest.mark.parametrize(
        ("environment", "named"), [({"SOKHACH_COLOUR": "red"}, "colour"), ({"SOKHACH_PORT": "many"}, "port")]
    )
    def test_a_wrong_setting_is_named(self, cli: Cli, environment: dict[str, str], named: str) -> None:
        refused = cli("config", **environment)
        assert refused.returncode == 2
        assert named in refused.stderr
        assert "Traceback" not in refused.stderr


class TestOpenapi:
    def test_is_json_and_stable(self, cli: Cli) -> None:
        first = cli("openapi")
        assert first.returncode == 0
        assert json.loads(first.stdout)["openapi"].startswith("3.1")
        assert cli("openapi").stdout == first.stdout


class TestWeb:
    def test_a_taken_port_is_named(self, cli: Cli) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            refused = cli("web", "--port", port)
        assert refused.returncode == 1
        assert port in refused.stderr
        assert "Traceback" not in refused.stderr

    def test_without_a_database(self, cli: Cli) -> None:
        refused = cli("web", SOKHACH_DATABASE_URL="")
        assert refused.returncode == 1
        assert "sokhach run" in refused.stderr


def test_help_is_in_both_languages(cli: Cli) -> None:
    assert "Tạo người quản trị" in cli("owner", "--help").stdout
    assert "Create an administrator" in cli("owner", "--help", LANG="en_US.UTF-8").stdout
