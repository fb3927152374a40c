"""The people of `bench.data` at work: signed in, at a time right after the last message of the data."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec
import psycopg

from bench.data import LEAD, LED, STAFF
from sokhach.channels.zalo_oa.credentials import Tokens, seal
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.crypto import Vault, hash_token, new_token
from sokhach.core.database import dsn, urls

ADMIN, BUSY, ORDINARY = 2, 1, 20


class Person(NamedTuple):
    """`sees`: whose conversations, besides those of nobody; None: all."""

    name: str
    staff_id: int
    sees: tuple[int, ...] | None
    session: str


class Office:
    def __init__(self, settings: Settings, people: Sequence[Person]) -> None:
        self.settings = settings
        self.port = settings.port
        self.people = people
        """One of each kind; the busiest has a fifth of all customers."""
        self.chance = random.Random(5)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """As the owner of the database."""
        with psycopg.connect(dsn(urls(self.settings).owner)) as connection:
            return connection.execute(query.encode(), values).fetchall()

    def person(self, name: str) -> Person:
        return next(one for one in self.people if one.name == name)

    def sign_in(self, staff_id: int) -> str:
        """The session's cookie."""
        token, now = new_token(), clock.now()
        self.rows(
            "INSERT INTO session (token_hash, staff_id, created_at, last_seen_at, expires_at, user_agent)"
            " VALUES (%s, %s, %s, %s, %s, 'bench') RETURNING staff_id",
            *(hash_token(token), staff_id, now, now, now + timedelta(days=90)),
        )
        return token

    def theirs(self, person: Person, count: int, condition: str = "true") -> list[int]:
        """Conversations at random that the person sees."""
        seen = "custodian_id = ANY (%s) OR custodian_id IS NULL" if person.sees is not None else "%s::bigint[] IS NULL"
        found = self.rows(f"SELECT id FROM conversation WHERE ({seen}) AND {condition}", _list(person.sees))
        return [row[0] for row in self.chance.choices(found, k=count)]


def sees(staff_id: int) -> tuple[int, ...] | None:
    """By the roles in `bench.data`."""
    if staff_id in {2, 3}:
        return None
    return (LEAD, *LED) if staff_id == LEAD else (staff_id,)


def open_office(settings: Settings) -> Office:
    office = Office(settings, [])
    _move_clock(office)
    _let_send(office)
    office.rows("DELETE FROM heartbeat RETURNING 1")
    office.rows("DELETE FROM session RETURNING 1")
    office.rows("UPDATE staff SET recording_confirmed_at = created_at, recording_version = 1 RETURNING 1")
    named = {"staff": ORDINARY, "busiest": BUSY, "lead": LEAD, "admin": ADMIN}
    office.people = [Person(name, one, sees(one), office.sign_in(one)) for name, one in named.items()]
    assert max(named.values()) <= STAFF
    return office


def _move_clock(office: Office) -> None:
    """The data end at a fixed time: the company's clock goes on from there."""
    [(last,)] = office.rows("SELECT max(last_message_at) FROM conversation")
    assert isinstance(last, datetime)
    clock.set_offset(0)
    seconds = (last - clock.now()).total_seconds() + 1
    office.rows("UPDATE clock SET offset_seconds = %s RETURNING 1", seconds)
    clock.set_offset(seconds)


def _let_send(office: Office) -> None:
    tokens = Tokens(access_token="bench", refresh_token="bench", expires_at=clock.now() + timedelta(days=300))
    sealed = seal(Vault(office.settings.keys), tokens)
    office.rows("UPDATE channel_account SET tokens = %s, health = 'ok', health_reason = NULL RETURNING 1", sealed)


def _list(values: tuple[int, ...] | None) -> list[int] | None:
    return list(values) if values is not None else None


class Page(msgspec.Struct):
    """As far as benches read it."""

    items: list[dict[str, Any]]
    next: str | None = None
