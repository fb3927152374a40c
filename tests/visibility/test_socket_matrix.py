"""Every kind of event, for everybody: who sees a conversation hears of it, nobody else does, and no words travel."""

import ast
import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

import sokhach
from sokhach.core.actor import PERMISSIONS, Permission, Role
from sokhach.core.database import Database
from sokhach.core.realtime import Notice, announce
from sokhach.core.realtime.sequencer import Sequencer
from tests.support.lines import Line, OpenLine, drain
from tests.support.people import Person
from tests.visibility.company import Caller, Company

# To whoever sees the conversation.
OF_CONVERSATION = {"conversation.changed", "delivery.changed", "message.changed", "note.added", "note.deleted"}
# To whoever has the permission that stands in the payload.
OF_COMPANY = {
    "channel_account.changed": Permission.CHANNEL_ACCOUNT_READ,
    "history_import.changed": Permission.HISTORY_IMPORT,
    "privacy_request.changed": Permission.PRIVACY_REQUEST_READ,
    "quarantine.changed": Permission.QUARANTINE_READ,
}
# To whoever has the permission, and to the one person whom it concerns: who holds the account, who asked.
OF_COMPANY_AND_ONE = {
    "personal_account.changed": Permission.CHANNEL_ACCOUNT_READ,
    "personal_call.changed": Permission.CHANNEL_ACCOUNT_MANAGE,
    "personal_login.changed": Permission.CHANNEL_ACCOUNT_MANAGE,
}
HIDDEN = "conversation.hidden"
"""To those who saw a conversation, and see it no more."""
CONCERNED = "holder"
TO_ALL = {"everything.changed"}
TO_SOCKETS = {"access.changed"}
"""Heard by no browser."""
KINDS = {*OF_CONVERSATION, *OF_COMPANY, *OF_COMPANY_AND_ONE, *TO_ALL, *TO_SOCKETS, HIDDEN}


def announced() -> set[str]:
    """What stands as `kind` of a notice anywhere in the source; names are those of constants."""
    kinds: set[str] = set()
    names: dict[str, str] = {}
    trees = [ast.parse(file.read_text("utf-8")) for file in Path(sokhach.__file__).parent.rglob("*.py")]
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            names |= {target.id: node.value.value for target in node.targets if isinstance(target, ast.Name)}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Notice":
            for word in node.keywords:
                if word.arg == "kind":
                    kinds.add(word.value.value if isinstance(word.value, ast.Constant) else names[word.value.id])  # pyright: ignore[reportAttributeAccessIssue, reportArgumentType]
    return kinds


def test_each_kind_is_classified() -> None:
    assert announced() == KINDS


def _signed_in(company: Company) -> list[Caller]:
    return [one for one in company.callers.values() if one.cookie and not one.ended]


async def _open(company: Company, lines: OpenLine) -> dict[str, Line]:
    opened: dict[str, Line] = {}
    for one in _signed_in(company):
        opened[one.name] = await lines(cast("Person", SimpleNamespace(id=one.staff_id)))
    return opened


@pytest.mark.timeout(600)
async def test_who_hears_what(company: Company, owner_db: Database, lines: OpenLine, sequencer: Sequencer) -> None:
    await drain(sequencer)
    opened = await _open(company, lines)
    ids = {name: target.params["conversation_id"] for name, target in company.targets.items()}
    lost = {"lost_by": [company.callers[name].staff_id for name in ("owner", "outsider")], "pool": None}
    notices = [
        *(Notice(kind=kind, conversation_id=one) for kind in sorted(OF_CONVERSATION) for one in ids.values()),
        *(Notice(kind=kind, payload={"permission": one.value}) for kind, one in OF_COMPANY.items()),
        *(
            Notice(kind=kind, payload={"permission": one.value, "staff_id": company.callers[CONCERNED].staff_id})
            for kind, one in OF_COMPANY_AND_ONE.items()
        ),
        Notice(kind=HIDDEN, conversation_id=ids["pooled"], payload=lost),
        Notice(kind="everything.changed"),
    ]
    async with owner_db.transaction() as connection:
        await announce(connection, notices)
    await drain(sequencer)
    async with asyncio.timeout(20):
        for line in opened.values():
            while ("everything.changed", None) not in line.heard():
                await asyncio.sleep(0.05)
    for caller in _signed_in(company):
        line = opened[caller.name]
        sees = {(kind, ids[name]) for kind in OF_CONVERSATION for name in ids if caller.level(name)}
        held = PERMISSIONS[Role(caller.role or "")]
        may = {(kind, None) for kind, one in (OF_COMPANY | OF_COMPANY_AND_ONE).items() if one in held}
        if caller.name == CONCERNED:
            may |= {(kind, None) for kind in OF_COMPANY_AND_ONE}
        hidden = {(HIDDEN, ids["pooled"])} if _lost(caller) else set[tuple[str, int]]()
        assert set(line.heard()) == sees | may | hidden | {("everything.changed", None)}, caller.name
        for target in company.targets.values():
            assert not [word for word in target.canaries.values() if any(word in one for one in line.sent)]


def _lost(caller: Caller) -> bool:
    """They, whom they stand in for or lead saw it, and they do not see it now."""
    through = {"owner", "deputy", "lead", "lead_of_deputy", "outsider", "lead_elsewhere"}
    return caller.name in through and caller.pooled is None
