"""The customers of an account as the page lists them."""

from typing import Any

import msgspec

from sokhach.sandbox.accounts import Customer, OfficialAccount
from sokhach.sandbox.phone_page.shown import ShownAccount, ShownCustomer, Words, local
from sokhach.sandbox.world import World

MOST_CUSTOMERS = 400
AVATAR_SIZE = 240

# Of what the demo tells of those whom it lets live.
LIFE_FIELDS = ("persona", "trade", "city", "region", "mood")


class _Row(msgspec.Struct):
    user_id: str
    display_name: str
    created_ms: int
    src: int | None
    type: str | None
    text: str | None
    time_ms: int | None


def account(world: World, oa: OfficialAccount) -> ShownAccount:
    avatar = local(world, world.media.avatar_url(oa.oa_id, AVATAR_SIZE))
    return ShownAccount(oa.oa_id, oa.name, avatar, oa.description, oa.category, oa.verified)


def customers(world: World, oa_id: str) -> list[ShownCustomer]:
    """The last to be heard of first; visitors of the web widget have no phone here."""
    running = world.demo.running(oa_id)
    reports = [one for demo in world.demo.report() if demo["oa_id"] == oa_id for one in demo["customers"]]
    lives = {one["user_id"]: _life(one, running=running) for one in reports}
    sql = f"""
        SELECT c.user_id, display_name, created_ms, src, type, text, time_ms
        FROM customer c LEFT JOIN message m ON m.seq = (
            SELECT seq FROM message WHERE oa_id = c.oa_id AND user_id = c.user_id
            ORDER BY time_ms DESC, seq DESC LIMIT 1)
        WHERE c.oa_id = ? AND conversation_id IS NULL
        ORDER BY coalesce(time_ms, created_ms) DESC, c.user_id LIMIT {MOST_CUSTOMERS}"""
    return [_shown(world, row, lives.get(row.user_id)) for row in world.store.all(_Row, sql, (oa_id,))]


def customer(world: World, one: Customer) -> ShownCustomer:
    """Without the last words, which a thread shows itself."""
    row = _Row(one.user_id, one.display_name, one.created_ms, None, None, None, None)
    report = world.demo.life(one.user_id)
    life = None if report is None else _life(report, running=world.demo.running(one.oa_id))
    return _shown(world, row, life)


def _shown(world: World, row: _Row, life: dict[str, Any] | None) -> ShownCustomer:
    last = None if row.time_ms is None else Words(row.src or 0, row.type or "text", row.text, row.time_ms)
    return ShownCustomer(
        user_id=row.user_id,
        name=row.display_name,
        avatar=local(world, world.media.avatar_url(row.user_id, AVATAR_SIZE)),
        created=row.created_ms,
        last=last,
        life=life,
        taken=world.takeovers.holds(row.user_id),
    )


def _life(report: dict[str, Any], *, running: bool) -> dict[str, Any]:
    """`running` false: the demo stands still, and they are silent."""
    return {name: report[name] for name in LIFE_FIELDS} | {"running": running}
