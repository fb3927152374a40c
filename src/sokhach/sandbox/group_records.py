"""Group chats (GMF) as the sandbox keeps them, and the events of their life (reference §1.7, §2.3)."""

from typing import Any

import msgspec

from sokhach.sandbox import payloads
from sokhach.sandbox.accounts import Accounts, Customer, NotFoundError, new_message_id
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.records import Attachment, Draft
from sokhach.sandbox.store import Store
from sokhach.sandbox.threads import ECHO_DELAY_MS
from sokhach.sandbox.webhooks import Webhooks


class Group(msgspec.Struct, kw_only=True):
    group_id: str
    oa_id: str
    name: str
    description: str = ""
    avatar: str = ""
    asset_id: str
    created_ms: int
    deleted_ms: int | None = None


class Member(msgspec.Struct, kw_only=True):
    """`state`: pending (asked to join), member, admin. The account itself owns the group and is not listed."""

    group_id: str
    user_id: str
    state: str
    since_ms: int


class GroupMessage(msgspec.Struct, kw_only=True):
    seq: int
    msg_id: str
    oa_id: str
    group_id: str
    sender_id: str
    type: str
    text: str | None
    attachments: list[Attachment]
    quote_msg_id: str | None
    time_ms: int


class Groups:
    """Keeps and tells; who may do what is for the callers to check."""

    def __init__(self, store: Store, clock: SimulatedClock, accounts: Accounts, webhooks: Webhooks) -> None:
        self._store = store
        self._clock = clock
        self._accounts = accounts
        self._webhooks = webhooks

    # Groups

    def create(self, oa_id: str, name: str, description: str, asset_id: str, members: list[str]) -> Group:
        """`members` are in at once; the asset is used up by the group."""
        now = self._clock.now_ms()
        group = Group(
            group_id=new_message_id(),
            oa_id=oa_id,
            name=name,
            description=description,
            asset_id=asset_id,
            created_ms=now,
        )
        with self._store.transaction():
            self._store.upsert("gmf_group", group, "group_id")
            self._bind(asset_id, group.group_id)
            for user_id in members:
                self._put(group, user_id, "member")
            self._tell(group, "create_group")
            if members:
                self._tell(group, "user_join_group", members)
        return group

    def find(self, oa_id: str, group_id: str) -> Group | None:
        sql = "SELECT * FROM gmf_group WHERE oa_id = ? AND group_id = ? AND deleted_ms IS NULL"
        return self._store.one(Group, sql, (oa_id, group_id))

    def group(self, oa_id: str, group_id: str) -> Group:
        group = self.find(oa_id, group_id)
        if group is None:
            raise NotFoundError(f"no group {group_id} at official account {oa_id}")
        return group

    def groups(self, oa_id: str, *, offset: int = 0, count: int = 1000) -> list[Group]:
        """Newest first."""
        sql = """SELECT * FROM gmf_group WHERE oa_id = ? AND deleted_ms IS NULL
                 ORDER BY created_ms DESC, group_id LIMIT ? OFFSET ?"""
        return self._store.all(Group, sql, (oa_id, count, offset))

    def update(self, group: Group) -> None:
        with self._store.transaction():
            self._store.upsert("gmf_group", group, "group_id")
            self._tell(group, "update_group_info")

    def change_asset(self, group: Group, asset_id: str) -> None:
        with self._store.transaction():
            self._store.write("UPDATE quota_asset SET group_id = NULL WHERE asset_id = ?", (group.asset_id,))
            self._bind(asset_id, group.group_id)
            group.asset_id = asset_id
            self._store.upsert("gmf_group", group, "group_id")

    def delete(self, group: Group) -> None:
        group.deleted_ms = self._clock.now_ms()
        with self._store.transaction():
            self._store.upsert("gmf_group", group, "group_id")
            self._tell(group, "delete_group")

    # People

    def members(self, group: Group, *states: str) -> list[Member]:
        """The first to come first; all but those who ask to join unless states are named."""
        wanted = states or ("member", "admin")
        marks = ",".join("?" * len(wanted))
        sql = f"SELECT * FROM group_member WHERE group_id = ? AND state IN ({marks}) ORDER BY since_ms, user_id"
        return self._store.all(Member, sql, (group.group_id, *wanted))

    def state_of(self, group: Group, user_id: str) -> str | None:
        sql = "SELECT state FROM group_member WHERE group_id = ? AND user_id = ?"
        return self._store.value(sql, (group.group_id, user_id))

    def change_members(self, group: Group, users: list[str], state: str | None, event: str) -> None:
        """Give people a state, or take them out (None), and tell of it."""
        with self._store.transaction():
            for user_id in users:
                if state is None:
                    sql = "DELETE FROM group_member WHERE group_id = ? AND user_id = ?"
                    self._store.write(sql, (group.group_id, user_id))
                else:
                    self._put(group, user_id, state)
            self._tell(group, event, users)

    def _put(self, group: Group, user_id: str, state: str) -> None:
        member = Member(group_id=group.group_id, user_id=user_id, state=state, since_ms=self._clock.now_ms())
        self._store.upsert("group_member", member, "group_id, user_id", keep=("since_ms",))

    def _bind(self, asset_id: str, group_id: str) -> None:
        sql = "UPDATE quota_asset SET group_id = ?, remain = 0 WHERE asset_id = ?"
        self._store.write(sql, (group_id, asset_id))

    # Messages

    def say(self, group: Group, draft: Draft, *, customer: Customer | None = None) -> GroupMessage:
        """By a member, or by the account (no customer)."""
        now = self._clock.now_ms()
        oa = self._accounts.oa(group.oa_id)
        message = GroupMessage(
            seq=0,
            msg_id=new_message_id(),
            oa_id=group.oa_id,
            group_id=group.group_id,
            sender_id=group.oa_id if customer is None else customer.user_id,
            type=draft.type,
            text=draft.text,
            attachments=draft.attachments,
            quote_msg_id=draft.quote_msg_id,
            time_ms=now,
        )
        body = payloads.body(message.msg_id, draft.text, draft.quote_msg_id, draft.attachments)
        by_app = {} if customer is None else {"user_id_by_app": customer.user_id_by_app}
        event = f"{'oa' if customer is None else 'user'}_send_group_{draft.type}"
        payload: payloads.Payload = {
            "app_id": oa.app_id,
            "oa_id": oa.oa_id,
            **by_app,
            "event_name": event,
            "sender": {"id": message.sender_id},
            "recipient": {"id": group.group_id},
            "message": body,
            "timestamp": str(now),
        }
        with self._store.transaction():
            self._keep(message)
            delay = ECHO_DELAY_MS if customer is None else 0
            self._webhooks.emit(oa.app_id, payload, oa_id=oa.oa_id, user_id=message.sender_id, delay_ms=delay)
        return message

    def _keep(self, message: GroupMessage) -> None:
        sql = """INSERT INTO group_message (msg_id, oa_id, group_id, sender_id, type, text, attachments, quote_msg_id,
                                            time_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
        values = (
            message.msg_id, message.oa_id, message.group_id, message.sender_id, message.type, message.text,
            msgspec.json.encode(message.attachments).decode(), message.quote_msg_id, message.time_ms,
        )  # fmt: skip
        message.seq = self._store.insert(sql, values)

    def find_message(self, group: Group, msg_id: str) -> GroupMessage | None:
        sql = "SELECT * FROM group_message WHERE group_id = ? AND msg_id = ?"
        return self._store.one(GroupMessage, sql, (group.group_id, msg_id))

    def thread(self, group: Group, *, offset: int, count: int) -> list[GroupMessage]:
        """Newest first."""
        sql = "SELECT * FROM group_message WHERE group_id = ? ORDER BY time_ms DESC, seq DESC LIMIT ? OFFSET ?"
        return self._store.all(GroupMessage, sql, (group.group_id, count, offset))

    def recent(self, oa_id: str, *, offset: int, count: int) -> list[GroupMessage]:
        """The latest message of each group, newest first."""
        sql = """SELECT * FROM (
                     SELECT m.*, row_number() OVER (PARTITION BY m.group_id ORDER BY time_ms DESC, seq DESC) AS place
                     FROM group_message m JOIN gmf_group USING (group_id) WHERE m.oa_id = ? AND deleted_ms IS NULL)
                 WHERE place = 1 ORDER BY time_ms DESC, seq DESC LIMIT ? OFFSET ?"""
        return self._store.all(GroupMessage, sql, (oa_id, count, offset))

    def _tell(self, group: Group, event: str, users: list[str] | None = None) -> None:
        app_id = self._accounts.oa(group.oa_id).app_id
        more: dict[str, Any] = {"group_id": group.group_id}
        if users is not None:
            more["users"] = [{"id": user_id} for user_id in users]
        payload = payloads.of_account(app_id, group.oa_id, event, self._clock.now_ms(), **more)
        self._webhooks.emit(app_id, payload, oa_id=group.oa_id)
