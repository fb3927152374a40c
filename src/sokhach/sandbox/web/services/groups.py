"""Groups: which, who is in them, and changes by members and administrators."""

from typing import Any

import msgspec

from sokhach.sandbox.web import codes
from sokhach.sandbox.web.calls import Call, answers
from sokhach.sandbox.web.codes import WebRefusal
from sokhach.sandbox.web.recipients import group_of, target_of

MOST_MEMBERS = 1000


@answers("group_poll", "GET", "/api/group/getlg/v4")
async def listed(call: Call) -> Any:
    groups = call.web.groups.of_user(call.uid)
    newest = max((each.version for each in groups), default=0)
    return {"version": str(newest), "gridVerMap": {each.gid: str(each.version) for each in groups}}


@answers("group", "POST", "/api/group/getmg-v2")
async def details(call: Call) -> Any:
    """Groups that are gone, or to which the account does not belong, are told apart from the others."""
    wanted: dict[str, int | str] = call.nested("gridVerMap", dict[str, int | str])
    if not wanted:
        raise codes.invalid("gridVerMap")
    groups = call.web.groups
    found = {gid: groups.find(gid) for gid in wanted}
    ours = {gid: group for gid, group in found.items() if group is not None and groups.is_member(gid, call.uid)}
    return {
        "removedsGroup": [gid for gid in wanted if gid not in ours],
        "unchangedsGroup": [],
        "gridInfoMap": {gid: groups.info(group, call.uid) for gid, group in ours.items()},
    }


@answers("group", "POST", "/api/group/create/v2")
async def create(call: Call) -> Any:
    call.own_device(required=True)
    members: list[str] = call.listed("members")
    if not 1 <= len(members) <= MOST_MEMBERS:
        raise codes.invalid("members")
    known = [uid for uid in members if call.web.users.find(uid) is not None and uid != call.uid]
    if not known:
        raise codes.invalid("members")
    group = call.web.club.create(call.text("gname"), call.uid, known)
    missing = [uid for uid in members if uid not in known]
    return {
        "groupType": 2, "sucessMembers": known, "groupId": group.gid, "errorMembers": missing, "error_data": {},
    }  # fmt: skip


@answers("group", "POST", "/api/group/invite/v2")
async def invite(call: Call) -> Any:
    """Into a group with approval, what members bring waits for an administrator (240)."""
    call.own_device(required=True)
    gid, members = group_of(call), call.listed("members")
    groups = call.web.groups
    if not members or any(call.web.users.find(uid) is None for uid in members):
        raise codes.invalid("members")
    if all(groups.is_member(gid, uid) for uid in members):
        raise WebRefusal(codes.MEMBER_ALREADY, "Đã là thành viên của nhóm")
    if groups.group(gid).approval and not groups.is_admin(gid, call.uid):
        call.web.club.ask_to_join(gid, members)
        raise WebRefusal(codes.MEMBERSHIP_CLOSED, "Nhóm đang bật duyệt thành viên")
    call.web.club.join(gid, [uid for uid in members if not groups.is_member(gid, uid)], call.uid)
    return {"errorMembers": [], "error_data": {}}


@answers("group", "POST", "/api/group/kickout")
async def remove(call: Call) -> Any:
    call.own_device(required=True)
    gid, members = group_of(call), call.listed("members")
    groups = call.web.groups
    if not groups.is_admin(gid, call.uid):
        raise codes.not_in_group()
    if not members or any(not groups.is_member(gid, uid) for uid in members):
        raise WebRefusal(codes.NO_MEMBER, "Người dùng không ở trong nhóm")
    call.web.club.remove(gid, members, call.uid)
    return {"errorMembers": []}


@answers("group", "POST", "/api/group/leave")
async def leave(call: Call) -> Any:
    call.own_device(required=True)
    gids: list[str] = call.listed("grids")
    for gid in gids:
        target_of(call, gid, group=True)
    for gid in gids:
        call.web.club.leave(gid, call.uid)
    return {"memberError": []}


@answers("group", "POST", "/api/group/updateinfo")
async def rename(call: Call) -> Any:
    call.own_device(required=True)
    gid, name = group_of(call), call.text("gname")
    call.web.club.rename(gid, name, call.uid)
    return {"status": 0}


# History


class Wanted(msgspec.Struct):
    groupId: str
    globalMsgId: str | int
    count: int


@answers("group_cloud_message", "GET", "/api/cm/getrecentv2")
async def recent(call: Call) -> Any:
    """The answer is JSON text; the next page begins at its smallest id."""
    call.own_device(required=True)
    gid = group_of(call, "groupId")
    before, count = call.identifier("globalMsgId"), call.number("count", least=1)
    if count > 50:
        raise codes.invalid("count")
    messages, more = call.web.archive.of_group(call.uid, gid, before=int(before), count=count)
    items = [call.web.delivery.item(message, call.uid, old=True) for message in messages]
    last = str(min((message.msg_id for message in messages), default=0))
    page = {"lastMsgId": last, "hasMore": int(more), "isOld": 0, "groupMsgs": items}
    return msgspec.json.encode(page).decode()
