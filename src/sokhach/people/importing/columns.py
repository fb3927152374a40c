"""Which column of a list is which, and what the words in it mean: Vietnamese with and without diacritics, English.
Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sokhach.core.actor import Role
from sokhach.core.text import fold
from sokhach.people.importing.reading import Line

HEADER_WITHIN = 10
"""Lists may begin with a title."""


class Columns(NamedTuple):
    """Where each stands; `logins`: the first that is filled in counts."""

    name: int
    logins: tuple[int, ...]
    role: int | None
    team: int | None


_NAME = {"ho va ten", "ho ten", "ten", "ten nhan vien", "ho va ten nhan vien", "nhan vien", "full name", "name"}
_LOGIN = {
    "e mail hoac so dien thoai",
    "email hoac so dien thoai",
    "ten dang nhap",
    "dang nhap",
    "tai khoan",
    "login",
    "e mail or phone number",
}
_EMAIL = {"e mail", "email", "thu dien tu", "dia chi e mail", "dia chi email", "mail", "e mail address"}
_PHONE = {
    "so dien thoai",
    "dien thoai",
    "sdt",
    "so dt",
    "dt",
    "di dong",
    "so di dong",
    "mobile",
    "phone",
    "phone number",
}
_ROLE = {"vai tro", "chuc vu", "chuc danh", "quyen", "role"}
_TEAM = {
    "nhom",
    "doi",
    "phong",
    "phong ban",
    "bo phan",
    "to",
    "chi nhanh",
    "nhom chi nhanh",
    "team",
    "teams",
    "department",
}

_ROLES: Mapping[str, Role] = {
    "": Role.STAFF,
    "nhan vien": Role.STAFF,
    "nv": Role.STAFF,
    "staff": Role.STAFF,
    "truong nhom": Role.LEAD,
    "truong phong": Role.LEAD,
    "to truong": Role.LEAD,
    "lead": Role.LEAD,
    "team lead": Role.LEAD,
    "quan ly": Role.MANAGER,
    "manager": Role.MANAGER,
    "quan tri": Role.ADMIN,
    "quan tri vien": Role.ADMIN,
    "admin": Role.ADMIN,
    "administrator": Role.ADMIN,
    "kiem soat": Role.AUDITOR,
    "kiem soat vien": Role.AUDITOR,
    "auditor": Role.AUDITOR,
}


def find_columns(lines: Sequence[Line]) -> tuple[Columns, Sequence[Line]] | None:
    """The columns and the lines below them; None: there is no column of names, or none to sign in with."""
    for position, line in enumerate(lines[:HEADER_WITHIN]):
        heads = [plain(cell) for cell in line.cells]
        name = _first(heads, _NAME)
        logins = [index for words in (_LOGIN, _EMAIL, _PHONE) for index, head in enumerate(heads) if head in words]
        if name is not None and logins:
            found = Columns(name, tuple(logins), _first(heads, _ROLE), _first(heads, _TEAM))
            return found, lines[position + 1 :]
    return None


def role_of(cell: str) -> Role | None:
    """Nothing: staff. None: no role of ours."""
    return _ROLES.get(plain(cell))


def plain(value: str) -> str:
    """Lower case, no diacritics, one space for whatever is neither letter nor digit."""
    return re.sub(r"[^a-z0-9]+", " ", fold(value)).strip()


class Team(NamedTuple):
    id: int
    parent_id: int | None
    name: str


class Teams:
    """Finds teams by what people write: `Nhóm A`, or `Bình Dương > Nhóm A` where names repeat; several with `;`."""

    def __init__(self, teams: Sequence[Team]) -> None:
        self._teams = {team.id: team for team in teams}

    def find(self, cell: str) -> tuple[list[int], str | None]:
        """The ids, and the fault: `team-unknown` or `team-ambiguous`."""
        if not cell:
            return [], None
        whole = self._named(cell)
        if len(whole) == 1:
            return whole, None
        parts = [part for part in re.split(r"[;\n]", cell) if part.strip()]
        if len(parts) == 1 and "," in cell and not whole:
            parts = [part for part in cell.split(",") if part.strip()]
        found: list[int] = []
        for part in parts:
            ids = self._named(part) or self._below(part)
            if len(ids) != 1:
                return [], "team-ambiguous" if ids else "team-unknown"
            found += [id for id in ids if id not in found]
        return found, None

    def _named(self, name: str) -> list[int]:
        wanted = plain(name)
        return [team.id for team in self._teams.values() if wanted and plain(team.name) == wanted]

    def _below(self, path: str) -> list[int]:
        steps = [step for step in re.split(r"[>/]", path) if step.strip()]
        if len(steps) < 2:
            return []
        above = [plain(step) for step in steps[:-1]]
        return [id for id in self._named(steps[-1]) if self._stands_below(id, above)]

    def _stands_below(self, id: int, above: list[str]) -> bool:
        left, parent = list(above), self._teams[id].parent_id
        while left and parent is not None:
            if plain(self._teams[parent].name) == left[-1]:
                left.pop()
            parent = self._teams[parent].parent_id
        return not left


def _first(heads: Sequence[str], words: set[str]) -> int | None:
    return next((index for index, head in enumerate(heads) if head in words), None)
