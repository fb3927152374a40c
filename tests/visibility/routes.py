"""Every route of the product, by what of customers it tells. A route that is not here fails the matrix."""

from dataclasses import dataclass, field
from typing import Any, Literal

from tests.visibility.company import Canary, Level

Kind = Literal[
    "plain",  # nothing of customers, whoever calls
    "list",  # what the caller sees of all
    "thing",  # one conversation, or what belongs to it
    "log",  # of all, for those who have the permission
    "write",  # changes something that belongs to a conversation
]


@dataclass(frozen=True)
class Case:
    """`shows`: what stands in the answer for whoever sees enough (`least`) and may see it at all. `sample`: the path
    that is called in place of the route's own; braces name parameters of a target. `body`: what is sent."""

    kind: Kind
    shows: tuple[Canary, ...] = ()
    least: tuple[Level, ...] = ("full", "audited", "masked", "pool", "mention")
    sample: str = ""
    body: dict[str, Any] = field(default_factory=dict[str, Any])


KNOWS: tuple[Level, ...] = ("full", "audited", "masked")
FULL: tuple[Level, ...] = ("full", "audited")
PERSONAL: tuple[Level, ...] = ("manages", "administers", "holds")
THEIRS: tuple[Level, ...] = ("administers", "holds")
SIM = "/api/personal-accounts/{personal_id}"
PLAIN = Case("plain")
WRITE = Case("write")

ROUTES: dict[str, Case] = {
    # Customers and conversations.
    "GET /api/conversations": Case("list", ("name",), sample="/api/conversations?view=all"),
    "GET /api/conversations/{conversation_id}": Case("thing", ("name",)),
    "GET /api/conversations/{conversation_id}/messages": Case("thing", ("body", "file")),
    "GET /api/conversations/{conversation_id}/notes": Case("thing", ("note",)),
    "GET /api/conversations/{conversation_id}/custody": Case("thing", (), FULL),
    "GET /api/conversations/{conversation_id}/shares": Case("thing", (), FULL),
    "GET /api/conversations/{conversation_id}/templates": Case("thing", ()),
    "GET /api/conversations/{conversation_id}/participants": Case("thing", ()),
    "GET /api/contacts/{contact_id}": Case("thing", ("name",)),
    "GET /api/contacts/{contact_id}/conversations": Case("thing", ()),
    "GET /api/media/{media_id}": Case("thing", ("bytes",)),
    "GET /api/media/{media_id}/audio": Case("thing", ("bytes",), sample="/api/media/{audio_id}/audio"),
    "GET /api/media/{media_id}/thumbnail": Case("thing", ("bytes",), sample="/api/media/{picture_id}/thumbnail"),
    "GET /api/tags": Case("list", ("tag",), KNOWS),
    "POST /api/contacts/{contact_id}/reveal": WRITE,
    "POST /api/contacts/{contact_id}/tags": Case("write", body={"name": "mới"}),
    "DELETE /api/contacts/{contact_id}/tags/{tag_id}": WRITE,
    "PUT /api/contacts/{contact_id}/custodian": Case("write", body={"staff_id": None, "note": ""}),
    "PUT /api/conversations/{conversation_id}/custodian": Case("write", body={"staff_id": None, "note": ""}),
    "PUT /api/conversations/{conversation_id}/assignee": Case("write", body={"staff_id": None}),
    "POST /api/conversations/{conversation_id}/claim": WRITE,
    "POST /api/conversations/{conversation_id}/messages": Case(
        "write", body={"client_id": "7d8f1c1e-3c55-4b0e-9c3a-0e6a5d1c2b3a", "text": "Dạ"}
    ),
    "POST /api/conversations/{conversation_id}/notes": Case("write", body={"text": "x", "mention_ids": []}),
    "POST /api/conversations/{conversation_id}/read": Case("write", body={"last_message_id": None}),
    "POST /api/conversations/{conversation_id}/resolution": Case("write", body={"last_message_id": None}),
    "DELETE /api/conversations/{conversation_id}/resolution": WRITE,
    "POST /api/conversations/{conversation_id}/shares": Case(
        "write", body={"staff_id": 1, "until": "2026-12-01T00:00:00Z", "note": ""}
    ),
    "POST /api/conversations/{conversation_id}/templates/sync": WRITE,
    "POST /api/conversations/{conversation_id}/typing": WRITE,
    "POST /api/conversations/{conversation_id}/uploads": WRITE,
    "POST /api/messages/{message_id}/reactions": Case("write", body={"icon": "/-heart"}),
    "DELETE /api/messages/{message_id}/reactions": WRITE,
    "POST /api/messages/{message_id}/recall": WRITE,
    "POST /api/messages/{message_id}/resend": WRITE,
    "POST /api/messages/{message_id}/settlement": Case("write", body={"outcome": "sent"}),
    "DELETE /api/notes/{note_id}": WRITE,
    "DELETE /api/shares/{share_id}": WRITE,
    # Personal accounts.
    "GET /api/personal-accounts": Case("list", ("account",), PERSONAL),
    "GET /api/personal-accounts/{account_id}": Case("thing", ("account",), PERSONAL, sample=SIM),
    "GET /api/personal-accounts/{account_id}/people": Case("thing", ("friend",), PERSONAL, sample=f"{SIM}/people"),
    "GET /api/personal-accounts/{account_id}/private": Case("thing", (), PERSONAL, sample=f"{SIM}/private"),
    "GET /api/personal-accounts/{account_id}/friend-requests": Case(
        "thing", ("login",), THEIRS, sample=f"{SIM}/friend-requests"
    ),
    "POST /api/personal-accounts/{account_id}/friend-requests/{person}/answer": Case(
        "write", sample=f"{SIM}/friend-requests/8/answer", body={"answer": "accept"}
    ),
    "GET /api/personal-calls/{call_id}": Case(
        "thing", ("login",), THEIRS, sample="/api/personal-calls/{personal_call}"
    ),
    "GET /api/personal-logins/{login_id}": Case(
        "thing", ("login",), THEIRS, sample="/api/personal-logins/{personal_login}"
    ),
    "PUT /api/personal-accounts/{account_id}": Case(
        "write", sample=SIM, body={"holder_id": 1, "sim": "own", "proxy": None}
    ),
    "PUT /api/personal-accounts/{account_id}/private/{person}": Case(
        "write", sample=f"{SIM}/private/7", body={"kind": "work"}
    ),
    "POST /api/personal-accounts/{account_id}/calls": Case(
        "write", sample=f"{SIM}/calls", body={"op": "find_phone", "arguments": {"phone": "0900000002"}}
    ),
    "POST /api/personal-calls/{call_id}/conversation": Case(
        "write", sample="/api/personal-calls/{personal_call}/conversation"
    ),
    "POST /api/personal-logins/{login_id}/renewal": Case(
        "write", sample="/api/personal-logins/{personal_login}/renewal"
    ),
    "DELETE /api/personal-logins/{login_id}": Case("write", sample="/api/personal-logins/{personal_login}"),
    # For those who look after the company.
    "GET /api/access-log": Case("log", ("name",)),
    "GET /api/access-refusals": Case("log", ("name",)),
    "GET /api/audit-log": Case("log", ("name",)),
    "GET /api/privacy-requests": Case("log", ("name",)),
    "GET /api/visibility/explain": Case(
        "log", ("name",), sample="/api/visibility/explain?staff_id=1&conversation={conversation_id}"
    ),
    "POST /api/privacy-requests/{request_id}/closure": Case("write", body={"note": "x"}),
} | dict.fromkeys(
    # Accounts, people, settings, oneself: nothing of a customer.
    """
    GET /api/account/devices
    DELETE /api/account/devices/{device_id}
    PUT /api/account/password
    POST /api/account/recording-confirmation
    POST /api/account/recovery-codes
    GET /api/account/security
    GET /api/account/tokens
    POST /api/account/tokens
    DELETE /api/account/tokens/{token_id}
    POST /api/account/totp
    PUT /api/account/totp
    DELETE /api/account/totp
    GET /api/api-tokens
    DELETE /api/api-tokens/{token_id}
    GET /api/audit-log/actions
    GET /api/calendar/days
    PUT /api/calendar/days/{day}
    DELETE /api/calendar/days/{day}
    GET /api/calendar/hours
    PUT /api/calendar/hours
    GET /api/channel-accounts
    GET /api/channel-accounts/zalo-oa/callback
    POST /api/channel-accounts/zalo-oa/connections
    GET /api/channel-accounts/{account_id}
    GET /api/channel-accounts/{account_id}/admins
    PUT /api/channel-accounts/{account_id}/admins/{external_id}
    GET /api/channel-accounts/{account_id}/log
    PUT /api/channel-accounts/{account_id}/pool
    POST /api/channel-accounts/{account_id}/reconnection
    POST /api/channel-accounts/{account_id}/refresh
    POST /api/channel-accounts/{account_id}/sweeps
    GET /api/channel-limits
    PUT /api/channel-limits/{key}
    DELETE /api/channel-limits/{key}
    GET /api/colleagues
    GET /api/demo
    POST /api/demo/clearance
    GET /api/history-imports
    POST /api/history-imports
    GET /api/history-imports/{import_id}
    DELETE /api/history-imports/{import_id}
    POST /api/history-imports/{import_id}/preview
    POST /api/history-imports/{import_id}/start
    GET /api/history-imports/{import_id}/undo
    POST /api/history-imports/{import_id}/undo
    GET /api/invitation
    POST /api/invitation
    GET /api/leave
    POST /api/leave
    DELETE /api/leave/{leave_id}
    GET /api/openapi.json
    GET /api/password-reset
    POST /api/password-reset
    POST /api/password-reset/confirm
    POST /api/personal-accounts/actions
    GET /api/personal-consent
    POST /api/personal-logins
    PUT /api/personal-switch
    GET /api/quarantine
    POST /api/quarantine/retry
    POST /api/quarantine/{quarantine_id}/retry
    WS /api/realtime
    GET /api/security-policy
    PUT /api/security-policy
    GET /api/session
    POST /api/session
    PATCH /api/session
    DELETE /api/session
    POST /api/session/sudo
    GET /api/setup
    POST /api/setup
    GET /api/shifts
    POST /api/shifts
    POST /api/shifts/copies
    DELETE /api/shifts/{shift_id}
    GET /api/staff
    POST /api/staff
    GET /api/staff/choices
    POST /api/staff/import
    POST /api/staff/import/preview
    GET /api/staff/import/template
    POST /api/staff/invitations
    GET /api/staff/{staff_id}
    PATCH /api/staff/{staff_id}
    GET /api/staff/{staff_id}/devices
    DELETE /api/staff/{staff_id}/devices/{device_id}
    POST /api/staff/{staff_id}/invitation
    POST /api/staff/{staff_id}/password
    POST /api/staff/{staff_id}/password-reset
    DELETE /api/staff/{staff_id}/second-factor
    PUT /api/staff/{staff_id}/suspension
    DELETE /api/staff/{staff_id}/suspension
    GET /api/teams
    POST /api/teams
    PATCH /api/teams/{team_id}
    DELETE /api/teams/{team_id}
    GET /healthz
    GET /metrics
    GET /readyz
    """.strip().splitlines(),
    PLAIN,
)
ROUTES = {route.strip(): case for route, case in ROUTES.items()}
# What plain routes name in their paths.
SAMPLES = {
    "account_id": "1", "call_id": "1", "day": "2026-11-22", "device_id": "1", "external_id": "77", "import_id": "1",
    "key": "zalo_oa.buttons", "leave_id": "1", "login_id": "1", "person": "7", "quarantine_id": "1", "shift_id": "1",
    "staff_id": "1", "team_id": "1", "token_id": "1",
}  # fmt: skip
