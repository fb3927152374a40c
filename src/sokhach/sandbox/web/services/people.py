"""Friends, profiles, search by phone number, requests, blocks, aliases."""

import re
from typing import Any

from sokhach.sandbox.web import codes
from sokhach.sandbox.web.calls import Call, answers
from sokhach.sandbox.web.codes import WebRefusal
from sokhach.sandbox.web.recipients import person_of
from sokhach.sandbox.web.users import WebUser

PHONE = re.compile(r"[1-9]\d{8,13}")
MOST_PROFILES = 200
MOST_FRIENDS = 20_000


@answers("profile", "GET", "/api/social/friend/getfriends")
async def friends(call: Call) -> Any:
    call.own_device(required=True)
    count, page = call.number("count", least=1), call.number("page", least=1)
    if count > MOST_FRIENDS:
        raise codes.invalid("count")
    found = call.web.users.friends(call.uid, offset=(page - 1) * count, count=count)
    return [call.web.users.profile(friend, call.uid) for friend in found]


@answers("profile", "POST", "/api/social/friend/getprofiles/v2")
async def profiles(call: Call) -> Any:
    call.own_device(required=True)
    known = _known(call)
    changed = {f"{user.uid}": call.web.users.profile(user, call.uid) for user in known}
    return {"unchanged_profiles": {}, "phonebook_version": 0, "changed_profiles": changed}


@answers("profile", "GET", "/api/social/group/members")
async def members(call: Call) -> Any:
    return call.web.groups.profiles([user.uid for user in _known(call)])


def _known(call: Call) -> list[WebUser]:
    """Those of a list of `<uid>_<version>` who exist; the others are not in the answer."""
    wanted: list[str] = call.listed("friend_pversion_map")
    if not 1 <= len(wanted) <= MOST_PROFILES or any("_" not in each for each in wanted):
        raise codes.invalid("friend_pversion_map")
    found = (call.web.users.find(each.rpartition("_")[0]) for each in wanted)
    return [user for user in found if user is not None]


@answers("profile", "GET", "/api/social/profile/me-v2")
async def me(call: Call) -> Any:
    return {"profile": call.web.users.profile(call.web.users.user(call.uid), call.uid)}


@answers("friend", "GET", "/api/friend/profile/get")
async def by_phone(call: Call) -> Any:
    """By the number with its country code; nobody there, or nobody who wants to be found, is 216."""
    call.own_device(required=True)
    phone = call.text("phone")
    if not PHONE.fullmatch(phone):
        raise codes.invalid("phone")
    found = call.web.users.of_phone(phone)
    if found is None or not found.findable or call.web.users.blocks(found.uid, call.uid):
        raise WebRefusal(codes.NOT_FOUND, "Số điện thoại chưa đăng ký tài khoản hoặc không cho phép tìm kiếm")
    return call.web.users.found(found, call.uid)


# Requests


@answers("friend", "POST", "/api/friend/sendreq")
async def ask(call: Call) -> Any:
    call.own_device(required=True)
    to = person_of(call, "toid", to_send=False)
    message = call.text("msg", empty=True)
    users = call.web.users
    if users.are_friends(call.uid, to):
        raise WebRefusal(codes.ALREADY_FRIENDS, "Các bạn đã là bạn bè")
    if users.blocks(to, call.uid):
        raise codes.blocked()
    if users.request(to, call.uid) is not None:
        call.web.relations.accept(to, call.uid)
        raise WebRefusal(codes.ASKED_FIRST, "Người này đã gửi lời mời kết bạn cho bạn")
    call.web.relations.ask(call.uid, to, message)
    return ""


@answers("friend", "POST", "/api/friend/accept")
async def accept(call: Call) -> Any:
    call.web.relations.accept(_asker(call), call.uid)
    return ""


@answers("friend", "POST", "/api/friend/reject")
async def reject(call: Call) -> Any:
    call.web.relations.reject(_asker(call), call.uid)
    return ""


def _asker(call: Call) -> str:
    asker = person_of(call, "fid", to_send=False)
    if call.web.users.request(asker, call.uid) is None:
        raise WebRefusal(codes.NO_REQUESTS, "Không có lời mời kết bạn")
    return asker


@answers("friend", "POST", "/api/friend/undo")
async def undo(call: Call) -> Any:
    asked = person_of(call, "fid", to_send=False)
    if call.web.users.request(call.uid, asked) is None:
        raise WebRefusal(codes.NO_REQUESTS, "Không có lời mời kết bạn")
    call.web.relations.undo(call.uid, asked)
    return ""


@answers("friend", "GET", "/api/friend/requested/list")
async def sent_requests(call: Call) -> Any:
    sent = call.web.users.requests_of(call.uid)
    if not sent:
        raise WebRefusal(codes.NO_REQUESTS, "Không có lời mời kết bạn")
    return {
        each.to_uid: _stranger(call, each.to_uid)
        | {"fReqInfo": {"message": each.message, "src": 30, "time": each.at_ms}}
        for each in sent
    }


@answers("friend", "GET", "/api/friend/recommendsv2/list")
async def received_requests(call: Call) -> Any:
    items = [
        {
            "recommItemType": 1,
            "dataInfo": _stranger(call, each.from_uid)
            | {
                "phoneNumber": "", "status": "", "gender": 0, "dob": 0, "type": 0, "recommType": 2, "recommSrc": 30,
                "recommTime": each.at_ms, "isSeenFriendReq": False,
                "recommInfo": {"suggestWay": 0, "source": 30, "message": each.message, "customText": None},
            },
        }
        for each in call.web.users.requests_to(call.uid)
    ]  # fmt: skip
    collapse = {"collapseId": 0, "collapseXItem": 0, "collapseYItem": 0}
    return {"expiredDuration": 0, "collapseMsgListConfig": collapse, "recommItems": items}


def _stranger(call: Call, uid: str) -> dict[str, Any]:
    profile = call.web.users.profile(call.web.users.user(uid), call.uid)
    return {name: profile[name] for name in ("userId", "zaloName", "displayName", "avatar", "globalId", "bizPkg")}


@answers("friend", "GET", "/api/friend/reqstatus")
async def request_status(call: Call) -> Any:
    call.own_device(required=True)
    other = person_of(call, "fid", to_send=False)
    users = call.web.users
    return {
        "addFriendPrivacy": 0,
        "isSeenFriendReq": False,
        "is_friend": int(users.are_friends(call.uid, other)),
        "is_requested": int(users.request(other, call.uid) is not None),
        "is_requesting": int(users.request(call.uid, other) is not None),
    }


@answers("friend", "POST", "/api/friend/remove")
async def remove(call: Call) -> Any:
    call.own_device(required=True)
    other = person_of(call, "fid", to_send=False)
    if not call.web.users.are_friends(call.uid, other):
        raise codes.invalid("fid")
    call.web.relations.unfriend(call.uid, other)
    return ""


@answers("friend", "POST", "/api/friend/block")
async def block(call: Call) -> Any:
    call.own_device(required=True)
    call.web.relations.block(call.uid, person_of(call, "fid", to_send=False), blocks=True)
    return ""


@answers("friend", "POST", "/api/friend/unblock")
async def unblock(call: Call) -> Any:
    call.own_device(required=True)
    call.web.relations.block(call.uid, person_of(call, "fid", to_send=False), blocks=False)
    return ""


@answers("friend", "POST", "/api/friend/mget-qr")
async def codes_of(call: Call) -> Any:
    wanted: list[str] = call.listed("fids")
    known = [user for user in map(call.web.users.find, wanted) if user is not None]
    return {user.uid: f"https://zaloapp.com/qr/p/{user.uid[-12:]}" for user in known}


# Aliases


@answers("alias", "GET", "/api/alias/list")
async def aliases(call: Call) -> Any:
    call.own_device(required=True)
    count, page = call.number("count", least=1), call.number("page", least=1)
    found = call.web.users.aliases(call.uid, offset=(page - 1) * count, count=count)
    items = [{"userId": each.other_uid, "alias": each.alias} for each in found]
    return {"items": items, "updateTime": str(call.web.clock.now_ms())}


@answers("alias", "GET", "/api/alias/update")
async def set_alias(call: Call) -> Any:
    """Only friends are called otherwise."""
    call.own_device(required=True)
    other, alias = person_of(call, "friendId", to_send=False), call.text("alias")
    if not call.web.users.are_friends(call.uid, other) or not alias.strip():
        raise codes.invalid("friendId" if alias.strip() else "alias")
    call.web.users.set_alias(call.uid, other, alias)
    return ""


@answers("alias", "GET", "/api/alias/remove")
async def remove_alias(call: Call) -> Any:
    call.web.users.set_alias(call.uid, person_of(call, "friendId", to_send=False), None)
    return ""
