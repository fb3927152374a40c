"""Letters go out through a real SMTP server, are tried again, and leave nothing behind."""

import email
import email.policy
import logging
import smtplib
import socket
import ssl
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import text

from sokhach.core import clock, config, mail
from sokhach.core.config import ConfigError, Settings
from sokhach.core.crypto import Vault
from sokhach.core.database import Database
from sokhach.core.mail import Letter, Mailer
from tests.conftest import MoveClock

LETTER = Letter(
    "hoa@example.vn", "Mời bạn vào Sổ Khách", "Mở đường dẫn: http://so.example.vn/invitation?token=bí-mật\n"
)


class Inbox:
    """An SMTP server on this machine. `refuse`: what it answers instead of taking a letter."""

    def __init__(self) -> None:
        self.letters: list[tuple[Envelope, EmailMessage]] = []
        self.encrypted: list[bool] = []
        self.refuse: str | None = None
        self.port = 0

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuse:
            return self.refuse
        assert isinstance(envelope.content, bytes)
        self.encrypted.append(session.ssl is not None)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.letters.append((envelope, message))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    handler = Inbox()
    handler.port = free_port()
    server = Controller(handler, hostname="127.0.0.1", port=handler.port)
    server.start()
    yield handler
    server.stop()


@pytest.fixture
def mailer(owner_db: Database, settings: Settings, inbox: Inbox) -> Mailer:
    return made(owner_db, settings, f"smtp://127.0.0.1:{inbox.port}")


def made(database: Database, settings: Settings, url: str) -> Mailer:
    async def as_sealed(_connection: Any, content: bytes) -> Letter:
        return msgspec.json.decode(content, type=Letter)

    async def needless(_connection: Any, _content: bytes) -> None:
        return None

    ours = msgspec.structs.replace(settings, smtp_url=url, mail_from="Sổ Khách <so@example.vn>")
    return Mailer(database, ours, {"letter": as_sealed, "needless": needless})


async def write(web_db: Database, settings: Settings, kind: str = "letter", hours: float = 24) -> None:
    """As the web process."""
    async with web_db.transaction() as connection:
        until = clock.now() + timedelta(hours=hours)
        await mail.enqueue(connection, Vault(settings.keys), kind, msgspec.json.encode(LETTER), until)


async def stored(database: Database) -> dict[str, Any]:
    async with database.transaction() as connection:
        [row] = (await connection.execute(text("SELECT * FROM mail"))).mappings()
        return dict(row)


class TestSending:
    async def test_a_letter_arrives_as_it_was_written(
        self, mailer: Mailer, inbox: Inbox, web_db: Database, owner_db: Database, settings: Settings
    ) -> None:
        await write(web_db, settings)
        assert "bí-mật".encode() not in (await stored(owner_db))["sealed"]
        assert [await mailer.step(), await mailer.step()] == [1, 0]
        [(envelope, message)] = inbox.letters
        assert (envelope.mail_from, envelope.rcpt_tos) == ("so@example.vn", ["hoa@example.vn"])
        assert message["Subject"] == LETTER.subject and message["From"] == "Sổ Khách <so@example.vn>"
        assert message.get_content().replace("\r\n", "\n") == LETTER.body
        row = await stored(owner_db)
        assert row["sent_at"] and row["sealed"] is None and row["due_at"] is None

    async def test_what_fails_is_tried_again_later_and_without_its_words(
        self,
        mailer: Mailer,
        inbox: Inbox,
        web_db: Database,
        owner_db: Database,
        settings: Settings,
        move_clock: MoveClock,
        capsys: pytest.CaptureFixture[str],
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        caplog.set_level(logging.DEBUG)
        await write(web_db, settings)
        inbox.refuse = "451 bí-mật: try later"
        assert [await mailer.step(), await mailer.step()] == [1, 0]
        row = await stored(owner_db)
        assert row["error"] == "SMTPDataError 451" and row["attempts"] == 1
        printed = capsys.readouterr()
        assert "bí-mật" not in printed.out + printed.err + caplog.text
        await move_clock(31)
        inbox.refuse = None
        assert await mailer.step() == 1 and len(inbox.letters) == 1

    async def test_a_server_that_is_away_is_waited_for(
        self, web_db: Database, owner_db: Database, settings: Settings
    ) -> None:
        await write(web_db, settings)
        assert await made(owner_db, settings, "smtp://127.0.0.1:9").step() == 1
        assert (await stored(owner_db))["error"] == "ConnectionRefusedError"

    async def test_what_is_out_of_date_is_wiped(
        self,
        mailer: Mailer,
        inbox: Inbox,
        web_db: Database,
        owner_db: Database,
        settings: Settings,
        move_clock: MoveClock,
    ) -> None:
        await write(web_db, settings, hours=1)
        await move_clock(3601)
        assert await mailer.step() == 0 and inbox.letters == []
        row = await stored(owner_db)
        assert row["sealed"] is None and row["sent_at"] is None

    async def test_what_nobody_needs_any_more_is_not_sent(
        self, mailer: Mailer, inbox: Inbox, web_db: Database, owner_db: Database, settings: Settings
    ) -> None:
        await write(web_db, settings, kind="needless")
        assert await mailer.step() == 1 and inbox.letters == []
        assert (await stored(owner_db))["sent_at"] is None

    async def test_the_web_process_cannot_read_it(self, web_db: Database, settings: Settings) -> None:
        await write(web_db, settings)
        with pytest.raises(Exception, match="InsufficientPrivilege"):
            async with web_db.transaction() as connection:
                await connection.execute(text("SELECT * FROM mail"))

    def test_waits_grow_to_an_hour(self) -> None:
        waits = [mail.wait_after(attempts).total_seconds() for attempts in (1, 2, 3, 8, 50)]
        assert waits == [30, 60, 120, 3600, 3600]


class TestEncryption:
    @pytest.fixture
    def certificate(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
        """Of 127.0.0.1 as localhost, trusted by this process for the test."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = clock.now()
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .sign(key, hashes.SHA256())
        )
        file = tmp_path / "server.pem"
        form = serialization.PrivateFormat.PKCS8
        file.write_bytes(
            key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
            + made.public_bytes(serialization.Encoding.PEM)
        )
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    async def test_starttls_and_a_password(
        self, certificate: ssl.SSLContext, web_db: Database, owner_db: Database, settings: Settings
    ) -> None:
        handler, logins, port = Inbox(), list[bytes](), free_port()

        def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
            assert isinstance(data, LoginPassword)
            logins.append(data.login + b":" + data.password)
            return AuthResult(success=True)

        server = Controller(
            handler,
            hostname="localhost",
            port=port,
            tls_context=certificate,
            require_starttls=True,
            authenticator=check,
        )
        server.start()
        try:
            await write(web_db, settings)
            await made(owner_db, settings, f"smtp+starttls://so:m%40t@localhost:{port}").step()
        finally:
            server.stop()
        assert handler.encrypted == [True] and logins == [b"so:m@t"]

    async def test_no_letter_goes_where_starttls_is_missing(
        self, inbox: Inbox, web_db: Database, owner_db: Database, settings: Settings
    ) -> None:
        await write(web_db, settings)
        await made(owner_db, settings, f"smtp+starttls://127.0.0.1:{inbox.port}").step()
        assert inbox.letters == [] and (await stored(owner_db))["error"] == smtplib.SMTPNotSupportedError.__name__


class TestSettings:
    @pytest.mark.parametrize(
        ("url", "sender", "named"),
        [
            ("http://mail.example.vn", "so@example.vn", "smtp_url"),
            ("smtp://mail.example.vn", "", "mail_from"),
            ("smtp://so:pass@mail.example.vn", "so@example.vn", "unencrypted"),
            ("smtps://mail.example.vn:99999", "so@example.vn", "smtp_url"),
        ],
    )
    def test_what_cannot_work_stops_the_start(self, tmp_path: Path, url: str, sender: str, named: str) -> None:
        env = {"SOKHACH_SMTP_URL": url, "SOKHACH_MAIL_FROM": sender}
        with pytest.raises(ConfigError, match=named):
            config.load(env=env, file=tmp_path / "none")

    def test_ports_follow_the_scheme(self) -> None:
        ports = [mail.server_of(f"{scheme}://mail.example.vn").port for scheme in ("smtp", "smtp+starttls", "smtps")]
        assert ports == [25, 587, 465]
