"""What people changed, in the transaction that changes it: who, what, on whom, from where, before and after."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.origin import current_origin


class AuditAction(StrEnum):
    """What was done, `target:verb`, alphabetical."""

    ACCOUNT_CHANGE_PASSWORD = "account:change_password"
    ACCOUNT_CONFIRM_RECORDING = "account:confirm_recording"
    ACCOUNT_RESET_PASSWORD = "account:reset_password"
    API_TOKEN_ADD = "api_token:add"
    API_TOKEN_REVOKE = "api_token:revoke"
    CALENDAR_CLEAR_DAY = "calendar:clear_day"
    CALENDAR_SET_DAY = "calendar:set_day"
    CALENDAR_SET_HOURS = "calendar:set_hours"
    CHANNEL_ACCOUNT_AUTHORISE = "channel_account:authorise"
    CHANNEL_ACCOUNT_CONNECT = "channel_account:connect"
    CHANNEL_ACCOUNT_NAME_ADMIN = "channel_account:name_admin"
    CHANNEL_ACCOUNT_SET_POOL = "channel_account:set_pool"
    CHANNEL_ACCOUNT_SWEEP = "channel_account:sweep"
    CHANNEL_LIMIT_CHANGE = "channel_limit:change"
    CHANNEL_LIMIT_RESET = "channel_limit:reset"
    CONTACT_TAG = "contact:tag"
    CONTACT_TRANSFER = "contact:transfer"
    CONTACT_UNTAG = "contact:untag"
    CONVERSATION_ASSIGN = "conversation:assign"
    CONVERSATION_CLAIM = "conversation:claim"
    CONVERSATION_MENTION = "conversation:mention"
    CONVERSATION_SHARE = "conversation:share"
    CONVERSATION_TRANSFER = "conversation:transfer"
    DEMO_CLEAR = "demo:clear"
    DEVICE_END = "device:end"
    HISTORY_IMPORT_START = "history_import:start"
    HISTORY_IMPORT_UNDO = "history_import:undo"
    LEAVE_ADD = "leave:add"
    LEAVE_END = "leave:end"
    MESSAGE_RECALL = "message:recall"
    NOTE_DELETE = "note:delete"
    PERSONAL_ACCOUNT_CHANGE = "personal_account:change"
    PERSONAL_ACCOUNT_CONNECT = "personal_account:connect"
    PERSONAL_ACCOUNT_MARK_PRIVATE = "personal_account:mark_private"
    PERSONAL_ACCOUNT_MARK_WORK = "personal_account:mark_work"
    PERSONAL_ACCOUNT_RETURN = "personal_account:return"
    PERSONAL_ACCOUNT_START = "personal_account:start"
    PERSONAL_ACCOUNT_STOP = "personal_account:stop"
    PERSONAL_CALL_ASK = "personal_call:ask"
    PERSONAL_LOGIN_ASK = "personal_login:ask"
    PERSONAL_SWITCH_TURN = "personal_switch:turn"
    PRIVACY_REQUEST_CLOSE = "privacy_request:close"
    QUARANTINE_RETRY = "quarantine:retry"
    SECOND_FACTOR_REMOVE = "second_factor:remove"
    SECOND_FACTOR_RENEW_CODES = "second_factor:renew_codes"
    SECOND_FACTOR_SET = "second_factor:set"
    SECOND_FACTOR_USE_RECOVERY_CODE = "second_factor:use_recovery_code"
    SECURITY_POLICY_CHANGE = "security_policy:change"
    SHARE_END = "share:end"
    SHIFT_ADD = "shift:add"
    SHIFT_COPY_WEEK = "shift:copy_week"
    SHIFT_DELETE = "shift:delete"
    STAFF_ADD = "staff:add"
    STAFF_CHANGE = "staff:change"
    STAFF_IMPORT = "staff:import"
    STAFF_INVITE = "staff:invite"
    STAFF_INVITE_AGAIN = "staff:invite_again"
    STAFF_JOIN = "staff:join"
    STAFF_REINSTATE = "staff:reinstate"
    STAFF_RENEW_PASSWORD = "staff:renew_password"
    STAFF_RESET_PASSWORD = "staff:reset_password"
    STAFF_SUSPEND = "staff:suspend"
    TEAM_ADD = "team:add"
    TEAM_DELETE = "team:delete"
    TEAM_MOVE = "team:move"
    TEAM_RENAME = "team:rename"


_INSERT = text(
    "INSERT INTO audit_log (at, staff_id, action, target_id, before, after, address, device)"
    " VALUES (:at, coalesce(CAST(:staff_id AS bigint), nullif(current_setting('app.staff_id', true), '')::bigint),"
    " :action, :target_id, CAST(:before AS jsonb), CAST(:after AS jsonb), CAST(:address AS inet), :device)"
)
DEVICE_LONGEST = 300


async def record(
    connection: AsyncConnection,
    action: AuditAction,
    target_id: int | None = None,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    staff_id: int | None = None,
) -> None:
    """Part of the caller's transaction. `target_id` is of what the action's name says before its colon; `before` and
    `after` hold what changed, never a secret or a customer's words. `staff_id`: who did it, when the transaction has no
    actor."""
    origin = current_origin()
    await connection.execute(
        _INSERT,
        {
            "at": clock.now(),
            "staff_id": staff_id,
            "action": action.value,
            "target_id": target_id,
            "before": _json(before),
            "after": _json(after),
            "address": origin.address,
            "device": origin.device.replace("\0", "")[:DEVICE_LONGEST],
        },
    )


def _json(values: Mapping[str, Any] | None) -> str | None:
    return msgspec.json.encode(values).decode() if values is not None else None
