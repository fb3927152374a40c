"""Typed settings. Each comes, strongest first, from the command line, the environment (`SOKHACH_…`), `sokhach.toml`, or
its default."""

import contextlib
import functools
import os
import secrets
import tomllib
from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

ENV_PREFIX = "SOKHACH_"
CONFIG_FILE = "sokhach.toml"
SHORTEST_KEY = 16
SECRETS = frozenset(
    {"secret_key", "database_url", "database_web_url", "database_gateway_url", "metrics_token", "smtp_url"}
)
SMTP_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}

Source = Literal["option", "environment", "file", "default"]


class ConfigError(Exception):
    """A setting is unknown or cannot be read; the message names it and where it stands."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    data_dir: Annotated[Path, Meta(description="Folder of everything that Sổ Khách keeps on disk.")] = Path(".sokhach")
    host: Annotated[str, Meta(description="Address that the web process listens on.")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=1, le=65535, description="Port that the web process listens on.")] = 8686
    public_url: Annotated[
        str, Meta(description="Address by which browsers and Zalo reach us; empty: host and port.")
    ] = ""
    database_url: Annotated[str, Meta(description="PostgreSQL 15+ as its owner; empty: the embedded PostgreSQL.")] = ""
    database_web_url: Annotated[
        str, Meta(description="The same database as the web role; empty: made from database_url.")
    ] = ""
    database_gateway_url: Annotated[
        str, Meta(description="The same database as the gateway role; empty: made from database_url.")
    ] = ""
    storage_url: Annotated[
        str,
        Meta(
            pattern=r"^$|^(s3|gs|az)://[^/]",
            description="Bucket for files (s3://…, gs://…, az://…); empty: folder media of the data folder.",
        ),
    ] = ""
    secret_key: Annotated[
        str, Meta(description="Key that encrypts credentials; comma-separated to rotate, newest first; empty: a file.")
    ] = ""
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], Meta(description="Least severe log line that is written.")
    ] = "info"
    log_format: Annotated[Literal["console", "json"], Meta(description="Shape of log lines.")] = "console"
    company_timezone: Annotated[str, Meta(description="Zone of the company's hours and dates.")] = "Asia/Ho_Chi_Minh"
    silence_hours: Annotated[
        int, Meta(ge=1, le=720, description="An episode closes after so many hours in which nobody wrote.")
    ] = 24
    session_days: Annotated[int, Meta(ge=1, le=365, description="Days without use after which a sign-in ends.")] = 30
    media_image_mb: Annotated[int, Meta(ge=1, le=1024, description="Largest picture or sticker that is kept.")] = 20
    media_audio_mb: Annotated[int, Meta(ge=1, le=1024, description="Largest voice message that is kept.")] = 20
    media_video_mb: Annotated[int, Meta(ge=1, le=4096, description="Largest video that is kept.")] = 200
    media_file_mb: Annotated[int, Meta(ge=1, le=4096, description="Largest file that is kept.")] = 100
    upload_mb: Annotated[int, Meta(ge=1, le=100, description="Largest file that staff may upload.")] = 25
    smtp_url: Annotated[
        str,
        Meta(
            pattern=r"^$|^smtp(s|\+starttls)?://[^/]",
            description="SMTP server (smtps://user:password@host, smtp+starttls://…, smtp://…); empty: no e-mail.",
        ),
    ] = ""
    mail_from: Annotated[str, Meta(description="Sender of e-mails: Sổ Khách <so-khach@cong-ty.vn>.")] = ""
    zalo_oauth_url: Annotated[str, Meta(description="Zalo's OAuth server.")] = "https://oauth.zaloapp.com"
    zalo_openapi_url: Annotated[str, Meta(description="Zalo's OA OpenAPI server.")] = "https://openapi.zalo.me"
    zalo_zns_url: Annotated[str, Meta(description="Zalo's server of template messages by phone (ZNS).")] = (
        "https://business.openapi.zalo.me"
    )
    zalo_web_url: Annotated[
        str,
        Meta(
            pattern=r"^$|^https?://[^/]",
            description="Server that stands for Zalo Web, for personal accounts; empty: Zalo's own hosts.",
        ),
    ] = ""
    sidecar_accounts: Annotated[
        int, Meta(ge=1, le=1000, description="Personal accounts that one sidecar process holds at most.")
    ] = 60
    sidecar_memory_mb: Annotated[
        int, Meta(ge=100, le=8192, description="A sidecar that needs more memory is emptied and started again.")
    ] = 400
    proxy_inside: Annotated[
        bool, Meta(description="Proxies of personal accounts may be in the company's own network.")
    ] = False
    node: Annotated[
        str, Meta(description="Node.js that runs sidecars; empty: the one beside Python, else that of the PATH.")
    ] = ""
    sandbox_port: Annotated[int, Meta(ge=1, le=65535, description="Port of the simulated Zalo of the demo.")] = 8687
    demo_days: Annotated[int, Meta(ge=0, le=90, description="Days of history of a new demo; 0: none.")] = 28
    metrics_token: Annotated[
        str, Meta(description="Bearer token for /metrics; empty: only callers on this machine.")
    ] = ""

    @property
    def base_url(self) -> str:
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def timezone(self) -> ZoneInfo:
        return ZoneInfo(self.company_timezone)

    @property
    def keys(self) -> tuple[str, ...]:
        """Secret keys, newest first. Without the setting, one is made once and kept in the data folder (0600)."""
        if self.secret_key:
            return tuple(key.strip() for key in self.secret_key.split(",") if key.strip())
        return (_key_file(self.data_dir / "secret.key"),)


class Loaded(msgspec.Struct, frozen=True):
    settings: Settings
    sources: dict[str, Source]


def load(env: Mapping[str, str] | None = None, file: Path | None = None, **overrides: object) -> Loaded:
    """Reads all settings. `overrides` (command-line options; None is skipped) win over the environment.

    Raises `ConfigError` for an unknown key of the file, an unknown `SOKHACH_` variable or a value of the wrong type.
    """
    env = os.environ if env is None else env
    file = file or Path(env.get(f"{ENV_PREFIX}CONFIG", CONFIG_FILE))
    raw: dict[str, object] = {}
    sources: dict[str, Source] = dict.fromkeys(Settings.__struct_fields__, "default")
    if file.is_file():
        try:
            found = tomllib.loads(file.read_text("utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(f"{file}: {error}") from error
        raw.update(found)
        sources.update(dict.fromkeys(found, "file"))
    for name, value in env.items():
        if name.startswith(ENV_PREFIX) and name not in _NOT_SETTINGS:
            key = name.removeprefix(ENV_PREFIX).lower()
            raw[key], sources[key] = value, "environment"
    for key, value in overrides.items():
        if value is not None:
            raw[key], sources[key] = value, "option"
    if unknown := sorted(set(raw) - set(Settings.__struct_fields__)):
        raise ConfigError(f"unknown setting: {', '.join(unknown)}")
    try:
        settings = msgspec.convert(raw, Settings, strict=False, dec_hook=_decode)
        _ = settings.timezone
        _check_mail(settings)
    except (msgspec.ValidationError, KeyError) as error:
        raise ConfigError(str(error)) from error
    return Loaded(settings, sources)


@functools.cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return load().settings


def describe(loaded: Loaded) -> list[tuple[str, str, Source, str]]:
    """Rows of (name, value, source, description); secrets are masked."""
    hints = get_type_hints(Settings, include_extras=True)
    rows: list[tuple[str, str, Source, str]] = []
    for name in Settings.__struct_fields__:
        value = str(getattr(loaded.settings, name))
        shown = "••••••" if name in SECRETS and value else value
        rows.append((name, shown, loaded.sources[name], hints[name].__metadata__[0].description or ""))
    return rows


def _check_mail(settings: Settings) -> None:
    if not settings.smtp_url:
        return
    try:
        parts, sender = urlsplit(settings.smtp_url), parseaddr(settings.mail_from)[1]
        _ = parts.port
    except ValueError as error:
        raise ConfigError(f"smtp_url: {error}") from error
    if "@" not in sender:
        raise ConfigError("mail_from: an e-mail address is needed with smtp_url")
    if parts.username and parts.scheme == "smtp" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ConfigError("smtp_url: a password would travel unencrypted; use smtps:// or smtp+starttls://")


# Variables that carry our prefix and are not settings: where the file is, where tests find public data, where benches
# keep theirs.
_NOT_SETTINGS = frozenset({f"{ENV_PREFIX}CONFIG", f"{ENV_PREFIX}DATA", f"{ENV_PREFIX}BENCH"})


def _decode(kind: type, value: Any) -> Any:
    if kind is Path:
        return Path(value)
    raise NotImplementedError(kind)


def _key_file(path: Path) -> str:
    """Whole or not there: written beside its place, and put there by a link that only the first one gets."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    key = path.read_text("ascii").strip()
    if len(key) < SHORTEST_KEY:
        raise ConfigError(f"{path}: this is no key; restore it from a backup")
    return key
