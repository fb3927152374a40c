"""Passwords of the embedded cluster, made once, on disk before PostgreSQL learns them."""

import secrets
from pathlib import Path

import msgspec

from sokhach.core.files import write_whole

FILE = "postgres.credentials"
ADMIN = "postgres"
OWNER = "sokhach_owner"
DATABASE = "sokhach"


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """Content of `postgres.credentials`: the superuser's and the owner's password."""

    postgres: str
    sokhach_owner: str


def read(data_dir: Path) -> Credentials | None:
    file = data_dir / FILE
    if not file.exists():
        return None
    return msgspec.json.decode(file.read_bytes(), type=Credentials)


def make(data_dir: Path) -> Credentials:
    made = Credentials(postgres=secrets.token_urlsafe(24), sokhach_owner=secrets.token_urlsafe(24))
    write_whole(data_dir / FILE, msgspec.json.encode(made))
    return made
