"""What commands beside a running Sổ Khách share: its settings, and its database."""

from pathlib import Path

import msgspec

from sokhach.core import config
from sokhach.core.config import Settings
from sokhach.core.data_folder import MARKER, Marker, running
from sokhach.core.embedded.server import running_url
from sokhach.core.startup import DatabaseStoppedError


def settings_beside(data_dir: Path | None) -> Settings:
    """The settings, with the database that a `sokhach run` keeps running on the data folder when none is set.

    Raises `ConfigError`, or `DatabaseStoppedError` when none runs.
    """
    settings = config.load(data_dir=data_dir).settings
    if settings.database_url:
        return settings
    try:
        marker = msgspec.json.decode((settings.data_dir / MARKER).read_bytes(), type=Marker)
    except (OSError, msgspec.DecodeError):
        raise DatabaseStoppedError(folder=settings.data_dir) from None
    return msgspec.structs.replace(settings, database_url=running_url(settings.data_dir, marker.id))


def base_url_beside(settings: Settings) -> str:
    """The address to tell people: of the Sổ Khách that runs on the data folder, which may have been given another host
    or port than this command; else the one of the settings."""
    found = running(settings.data_dir)
    if found is None or not found.port:
        return settings.base_url
    return msgspec.structs.replace(settings, host=found.host, port=found.port).base_url
