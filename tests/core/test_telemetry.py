"""What may and may not stand in a log."""

import json
import logging

import psycopg
import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from sokhach.core import telemetry
from sokhach.core.config import Settings
from sokhach.core.database import Database


@pytest.mark.parametrize("shape", ["json", "console"])
class TestLogs:
    def test_secrets_and_words_are_hidden(self, capsys: pytest.CaptureFixture[str], shape: str) -> None:
        configure(shape)
        structlog.get_logger().info("event", password="p4ssw0rd", text="lời của khách", path="/api")
        said = capsys.readouterr().err
        assert "p4ssw0rd" not in said
        assert "lời của khách" not in said
        assert "/api" in said

    async def test_a_refused_statement_is_told_without_its_values(
        self, capsys: pytest.CaptureFixture[str], shape: str, owner_db: Database
    ) -> None:
        configure(shape)
        with pytest.raises(IntegrityError) as refused:
            async with owner_db.transaction() as connection:
                await connection.execute(
                    text("INSERT INTO team (kind, name) VALUES ('lời của khách', :name)"), {"name": "bí mật"}
                )
        structlog.get_logger().error("failed", exc_info=refused.value)
        logging.getLogger("elsewhere").error("failed too", exc_info=refused.value)
        said = capsys.readouterr().err
        assert "lời của khách" not in said and "bí mật" not in said
        assert said.count("CheckViolation") >= 2
        assert "ck_team_kind" in said
        assert "test_telemetry.py" in said

    def test_what_caused_an_error_is_told(self, capsys: pytest.CaptureFixture[str], shape: str) -> None:
        configure(shape)
        try:
            try:
                raise psycopg.OperationalError("connection to server at 10.0.0.1 failed")
            except psycopg.OperationalError as error:
                raise RuntimeError("could not start") from error
        except RuntimeError:
            structlog.get_logger().exception("failed")
        said = capsys.readouterr().err
        assert "RuntimeError: could not start" in said
        assert "OperationalError" in said


def test_json_lines_are_json(capsys: pytest.CaptureFixture[str]) -> None:
    configure("json")
    structlog.get_logger().info("one", number=1)
    logging.getLogger("library").warning("two")
    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (first["event"], first["number"], first["level"]) == ("one", 1, "info")
    assert (second["event"], second["logger"]) == ("two", "library")


def configure(shape: str) -> None:
    telemetry.configure_logging(Settings(log_format="json" if shape == "json" else "console"))
    # Loggers remember how they were set up; these tests set up anew each time.
    structlog.configure(cache_logger_on_first_use=False)
