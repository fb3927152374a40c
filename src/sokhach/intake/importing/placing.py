"""To which account and thread each message of a file belongs, and who of our people wrote it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.problems import Fault
from sokhach.core.text import fold
from sokhach.customers import imported as customers
from sokhach.customers.rules import phone_of
from sokhach.intake.importing.mapping import Line, LineFault


class Thread(NamedTuple):
    """`kind` is the conversation's own when it is there (`conversation_id`), else as the file has it."""

    account_id: int
    key: str
    kind: Literal["direct", "group"]
    conversation_id: int | None


class Placed(NamedTuple):
    line: Line
    thread: Thread
    staff_id: int | None


class Directory:
    """Accounts and people by the words that files have for them."""

    def __init__(self, accounts: Sequence[tuple[int, str, str]], staff: Sequence[tuple[int, str, str, str]]) -> None:
        self._accounts: dict[str, set[int]] = defaultdict(set)
        for account_id, external_id, name in accounts:
            for word in (external_id, fold(name)):
                self._accounts[word].add(account_id)
        self._staff: dict[str, set[int]] = defaultdict(set)
        for staff_id, name, email, phone in staff:
            for word in (fold(name), email.lower(), phone):
                if word:
                    self._staff[word].add(staff_id)

    def account(self, word: str) -> int | None:
        return _only(self._accounts.get(word) or self._accounts.get(fold(word)))

    def person(self, word: str) -> int | None:
        """None: nobody of ours, or several are called so."""
        if not word:
            return None
        found = _only(self._staff.get(fold(word)) or self._staff.get(word.lower()))
        if found is None and (phone := phone_of(word)):
            return _only(self._staff.get(phone))
        return found


async def load_directory(connection: AsyncConnection) -> Directory:
    accounts = await connection.execute(text("SELECT id, external_id, name FROM channel_account"))
    staff = await connection.execute(
        text("SELECT id, name, coalesce(email, '') AS email, coalesce(phone, '') AS phone FROM staff")
    )
    return Directory(
        [(row.id, row.external_id, row.name) for row in accounts],
        [(row.id, row.name, row.email, row.phone) for row in staff],
    )


async def place(
    connection: AsyncConnection, lines: Iterable[Line], account_id: int | None
) -> tuple[list[Placed], list[LineFault]]:
    """`account_id` is that of lines that name none."""
    directory = await load_directory(connection)
    faults: list[LineFault] = []
    by_account: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        found = directory.account(line.account) if line.account else account_id
        if found is None:
            faults.append(LineFault(line.number, Fault("account", "account-unknown" if line.account else "blank")))
        else:
            by_account[found].append(line)
    placed: list[Placed] = []
    for account, ours in sorted(by_account.items()):
        threads = await _threads(connection, account, ours)
        for line, thread in zip(ours, threads, strict=True):
            if isinstance(thread, Fault):
                faults.append(LineFault(line.number, thread))
            else:
                outgoing = line.direction == "out"
                staff_id = directory.person(line.staff) or directory.person(line.sender) if outgoing else None
                placed.append(Placed(line, thread, staff_id))
    return sorted(placed, key=lambda one: one.line.number), sorted(faults)


async def _threads(connection: AsyncConnection, account_id: int, lines: Sequence[Line]) -> list[Thread | Fault]:
    """The thread that the file names; else, once one was made for that name, this; else the only one of a customer with
    that number or that name, or of a group that is called so; else a new one."""
    standing = await _standing(connection, account_id, {line.thread_key for line in lines})
    nameless = [line for line in lines if not line.key and line.thread_key not in standing]
    phones = await customers.by_phone(connection, account_id, {one.phone for one in nameless if one.phone})
    names = await customers.by_name(
        connection, account_id, {fold(one.name) for one in nameless if one.name and not one.group}
    )
    groups = await _groups(connection, account_id, {fold(one.name) for one in nameless if one.group})
    by_phone, by_name = _grouped(phones), _grouped(names)
    keys = {key for found in (by_phone, by_name, groups) for some in found.values() for key in some}
    standing |= await _standing(connection, account_id, keys)
    work = await _work(connection, account_id)
    return [_thread(account_id, line, standing, by_phone, by_name, groups, work) for line in lines]


def _thread(
    account_id: int,
    line: Line,
    standing: Mapping[str, Thread],
    by_phone: Mapping[str, set[str]],
    by_name: Mapping[str, set[str]],
    groups: Mapping[str, set[str]],
    work: set[str] | None,
) -> Thread | Fault:
    found = standing.get(line.thread_key)
    if found is None and not line.key:
        keys = groups.get(fold(line.name)) if line.group else by_phone.get(line.phone) or by_name.get(fold(line.name))
        keys = keys or set[str]()
        if len(keys) > 1:
            return Fault("name" if not line.phone else "phone", "thread-ambiguous", len(keys))
        found = standing.get(next(iter(keys))) if keys else None
    if work is not None and (found.key if found else line.thread_key) not in work:
        return Fault("thread", "thread-private")
    if found is not None:
        return found
    return Thread(account_id, line.thread_key, "group" if line.group else "direct", None)


async def _standing(connection: AsyncConnection, account_id: int, keys: set[str]) -> dict[str, Thread]:
    if not keys:
        return {}
    rows = await connection.execute(_STANDING, {"account": account_id, "keys": _json(sorted(keys))})
    return {row.thread_key: Thread(account_id, row.thread_key, row.kind, row.id) for row in rows}


async def _groups(connection: AsyncConnection, account_id: int, names: set[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    if names:
        for row in await connection.execute(_GROUPS, {"account": account_id}):
            if fold(row.title) in names:
                found[fold(row.title)].add(row.thread_key)
    return found


async def _work(connection: AsyncConnection, account_id: int) -> set[str] | None:
    """Threads of which anything may be kept; None: all. On a staff's own SIM what is not marked as work is private,
    whoever brings it."""
    own = await connection.execute(
        text("SELECT EXISTS (SELECT FROM personal_account WHERE account_id = :account AND sim = 'own')"),
        {"account": account_id},
    )
    if not own.scalar_one():
        return None
    rows = await connection.execute(
        text("SELECT thread_key FROM work_contact WHERE account_id = :account AND ended_at IS NULL"),
        {"account": account_id},
    )
    return set(rows.scalars())


def _grouped(found: Iterable[customers.Found]) -> dict[str, set[str]]:
    grouped: dict[str, set[str]] = defaultdict(set)
    for one in found:
        grouped[one.word].add(one.thread_key)
    return grouped


def _only(found: set[int] | None) -> int | None:
    return next(iter(found)) if found and len(found) == 1 else None


def _json(rows: object) -> str:
    return msgspec.json.encode(rows).decode()


_STANDING = text(
    "SELECT id, thread_key, kind FROM conversation WHERE account_id = :account"
    " AND thread_key = ANY (ARRAY(SELECT json_array_elements_text(CAST(:keys AS json))))"
)
_GROUPS = text(
    "SELECT thread_key, title FROM conversation WHERE account_id = :account AND kind = 'group' AND title IS NOT NULL"
)
