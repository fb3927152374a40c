"""Who acts. The database shows rows to an actor only; without one the web role sees none."""

from enum import StrEnum
from typing import Literal

import msgspec


class Permission(StrEnum):
    """What a role may do, `resource:action`, alphabetical."""

    ACCESS_LOG_READ = "access_log:read"
    AUDIT_LOG_READ = "audit_log:read"
    CALENDAR_MANAGE = "calendar:manage"
    CHANNEL_ACCOUNT_MANAGE = "channel_account:manage"
    CHANNEL_ACCOUNT_READ = "channel_account:read"
    CHANNEL_LIMIT_MANAGE = "channel_limit:manage"
    CONTACT_REVEAL = "contact:reveal"
    CONTACT_UPDATE = "contact:update"
    CONVERSATION_ASSIGN = "conversation:assign"
    CONVERSATION_CLAIM = "conversation:claim"
    CONVERSATION_REPLY = "conversation:reply"
    CONVERSATION_RESOLVE = "conversation:resolve"
    CONVERSATION_SHARE = "conversation:share"
    CUSTODY_TRANSFER = "custody:transfer"
    DEMO_MANAGE = "demo:manage"
    HISTORY_IMPORT = "history_import:manage"
    LEAVE_MANAGE = "leave:manage"
    NOTE_WRITE = "note:write"
    PRIVACY_REQUEST_CLOSE = "privacy_request:close"
    PRIVACY_REQUEST_READ = "privacy_request:read"
    QUARANTINE_READ = "quarantine:read"
    QUARANTINE_RETRY = "quarantine:retry"
    SECURITY_POLICY_MANAGE = "security_policy:manage"
    STAFF_MANAGE = "staff:manage"
    STAFF_READ = "staff:read"
    TEAM_MANAGE = "team:manage"


class Role(StrEnum):
    STAFF = "staff"
    LEAD = "lead"
    MANAGER = "manager"
    ADMIN = "admin"
    AUDITOR = "auditor"


_SERVE = frozenset(
    {
        Permission.CONTACT_REVEAL,
        Permission.CONTACT_UPDATE,
        Permission.CONVERSATION_CLAIM,
        Permission.CONVERSATION_REPLY,
        Permission.CONVERSATION_RESOLVE,
        Permission.CONVERSATION_SHARE,
        Permission.NOTE_WRITE,
    }
)
_LEAD = _SERVE | {Permission.CONVERSATION_ASSIGN, Permission.CUSTODY_TRANSFER, Permission.LEAVE_MANAGE}
_OVERSEE = frozenset(
    {
        Permission.ACCESS_LOG_READ,
        Permission.CHANNEL_ACCOUNT_READ,
        Permission.PRIVACY_REQUEST_READ,
        Permission.STAFF_READ,
    }
)
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.STAFF: _SERVE,
    Role.LEAD: _LEAD,
    Role.MANAGER: _LEAD | _OVERSEE | {Permission.CALENDAR_MANAGE},
    Role.ADMIN: frozenset(Permission),
    # Reads all, changes nothing.
    Role.AUDITOR: _OVERSEE | {Permission.AUDIT_LOG_READ, Permission.QUARANTINE_READ},
}

Scope = Literal["own", "staff", "all"]


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A signed-in person as the database knows them.

    `scope` is what they may see: `own` conversations, those of the listed `scope_staff`, or `all`.
    `scope_staff` always holds the actor's own id, and for whom they stand in. `held_accounts`: channel accounts held by
    anybody in it; `pool_accounts`: those of which they see what is nobody's. With scope `all` they hold nothing more.
    """

    staff_id: int
    name: str
    role: Role
    scope: Scope
    scope_staff: tuple[int, ...]
    held_accounts: tuple[int, ...] = ()
    pool_accounts: tuple[int, ...] = ()
    # Of an API token, which may do no more than these; None: a person.
    scopes: frozenset[str] | None = None

    @property
    def visibility_key(self) -> tuple[Scope, tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        """Actors with the same key see the same conversations."""
        if self.scope == "all":
            return (self.scope, (), (), ())
        return (self.scope, self.scope_staff, self.held_accounts, self.pool_accounts)

    def may(self, permission: Permission) -> bool:
        return permission in PERMISSIONS[self.role] and (self.scopes is None or permission.value in self.scopes)
