"""What people say, and how a session sees it."""

import json
from typing import Any

import httpx
import pytest

from sokhach.sandbox.selftest.web_client import WebClient
from tests.sandbox.web.conftest import SignIn


async def hears(staff: WebClient, uid: str, text: str | None = None, **more: Any) -> dict[str, Any]:
    return await staff.control("POST", "/messages", from_uid=uid, to=staff.uid, text=text, **more)


class TestItems:
    async def test_words_of_a_customer(self, staff: WebClient, customer: str) -> None:
        line = await staff.listen()
        said = await hears(staff, customer, "Chị muốn đặt rèm")
        (item,) = await line.items(501, "msgs")
        assert (item["uidFrom"], item["idTo"], item["dName"]) == (customer, "0", "Chị Lan")
        assert (item["msgType"], item["content"]) == ("webchat", "Chị muốn đặt rèm")
        assert (item["msgId"], item["cliMsgId"], item["ts"]) == (said["msg_id"], said["cli_msg_id"], said["time"])
        assert all(isinstance(item[name], str) for name in ("msgId", "cliMsgId", "uidFrom", "idTo", "ts", "realMsgId"))

    @pytest.mark.parametrize(
        ("kind", "wire"),
        [
            ("image", "chat.photo"), ("gif", "chat.gif"), ("voice", "chat.voice"), ("video", "chat.video.msg"),
            ("file", "share.file"), ("link", "chat.recommended"), ("location", "chat.location.new"),
        ],
    )  # fmt: skip
    async def test_kinds(self, staff: WebClient, customer: str, http: httpx.AsyncClient, kind: str, wire: str) -> None:
        line = await staff.listen()
        await hears(staff, customer, kind=kind)
        (item,) = await line.items(501, "msgs")
        content = item["content"]
        assert item["msgType"] == wire
        assert set(content) == {"title", "description", "href", "thumb", "childnumber", "action", "params", "type"}
        assert isinstance(json.loads(content["params"]), dict)
        if kind not in ("link", "location"):
            media = await http.get(content["href"])
            assert media.status_code == 200
            assert len(media.content) > 50
            assert (await http.head(content["href"])).headers["content-length"] == str(len(media.content))

    async def test_a_sticker_and_a_card(self, staff: WebClient, customer: str) -> None:
        line = await staff.listen()
        await hears(staff, customer, kind="sticker", file="46627")
        await hears(staff, customer, kind="card", file=customer)
        sticker, card = await line.items(501, "msgs", 2)
        assert sticker["content"] == {"id": 46627, "catId": 10, "type": 7}
        assert (card["content"]["action"], card["content"]["params"]) == ("recommened.user", customer)

    async def test_bytes_of_the_caller(self, staff: WebClient, customer: str, http: httpx.AsyncClient) -> None:
        line = await staff.listen()
        await hears(staff, customer, kind="file", content_base64="eGluIGNow6Bv", name="ghi-chú.txt")
        (item,) = await line.items(501, "msgs")
        assert item["content"]["title"] == "ghi-chú.txt"
        assert json.loads(item["content"]["params"])["fileSize"] == "9"
        assert (await http.get(item["content"]["href"])).content == "xin chào".encode()

    async def test_a_quote_names_its_owner_by_a_number_beyond_a_double(self, staff: WebClient, customer: str) -> None:
        line = await staff.listen()
        first = await hears(staff, customer, "hỏi")
        await hears(staff, customer, "nhắc lại", quote=first["msg_id"])
        quote = (await line.items(501, "msgs", 2))[1]["quote"]
        assert quote["ownerId"] == int(customer)
        assert (quote["globalMsgId"], quote["cliMsgId"]) == (int(first["msg_id"]), int(first["cli_msg_id"]))
        assert quote["msg"] == "hỏi"

    async def test_unread_counts_what_was_not_seen_even_if_no_frame_told(self, staff: WebClient, customer: str) -> None:
        line = await staff.listen()
        await hears(staff, customer, "một")
        await staff.control("POST", "/faults", kind="drop", uid=staff.uid, count=2)
        await hears(staff, customer, "hai")
        await hears(staff, customer, "ba")
        await hears(staff, customer, "bốn")
        items = await line.items(501, "msgs", 2)
        assert [item["paramsExt"]["countUnread"] for item in items] == [1, 4]


class TestGroups:
    async def test_everybody_hears_and_oneself_as_self(self, staff: WebClient, customer: str, sign_in: SignIn) -> None:
        colleague = await sign_in("Nhân viên Bình")
        lines = [await staff.listen(), await colleague.listen()]
        members = [customer, colleague.uid]
        gid = (await staff.control("POST", "/groups", name="B12", creator=staff.uid, members=members))["gid"]
        answer = await staff.sends_group(gid, "Chào cả nhà")
        seen = [(await line.items(521, "groupMsgs"))[0] for line in lines]
        assert [(item["uidFrom"], item["idTo"]) for item in seen] == [("0", gid), (staff.uid, gid)]
        assert str(answer["data"]["msgId"]) in (seen[0]["msgId"], seen[0]["realMsgId"])

    async def test_mentions(self, staff: WebClient, customer: str) -> None:
        line = await staff.listen()
        made = await staff.control("POST", "/groups", name="B12", creator=customer, members=[staff.uid])
        mention = {"uid": staff.uid, "pos": 0, "len": 3}
        await staff.control(
            "POST", "/messages", from_uid=customer, to=made["gid"], group=True, text="@An ơi", mentions=[mention]
        )
        (item,) = await line.items(521, "groupMsgs")
        assert item["mentions"] == [mention | {"type": 0}]

    async def test_events(self, staff: WebClient, customer: str) -> None:
        line = await staff.listen()
        gid = (await staff.control("POST", "/groups", name="B12", creator=customer, members=[staff.uid]))["gid"]
        await staff.http.patch(f"/control/web/groups/{gid}", json={"actor": customer, "name": "B12 mới"})
        await staff.http.patch(f"/control/web/groups/{gid}", json={"actor": customer, "remove": [staff.uid]})
        controls = await line.items(601, "controls", 3)
        acts = [control["content"]["act"] for control in controls]
        assert acts == ["join", "update", "remove_member"]
        told = json.loads(controls[1]["content"]["data"])
        assert (told["groupId"], told["groupName"], told["sourceId"]) == (gid, "B12 mới", customer)
        assert (await staff.sends_group(gid))["error"] == 166


class TestPeople:
    async def test_friends_have_their_alias(self, staff: WebClient, customer: str) -> None:
        params = {"count": 100, "page": 1, "imei": staff.device.imei}
        friends = (await staff.call("profile", "GET", "/api/social/friend/getfriends", params))["data"]
        assert [(each["userId"], each["zaloName"], each["displayName"]) for each in friends] == [
            (customer, "Chị Lan", "Lan quận 5")
        ]

    async def test_a_request_is_told_and_accepted(self, staff: WebClient) -> None:
        line = await staff.listen()
        uid = await staff.person("Người lạ")
        await staff.control("POST", "/requests", from_uid=uid, to_uid=staff.uid, message="Cho mình hỏi")
        acts = [control["content"]["act"] for control in await line.items(601, "controls", 2)]
        assert acts == ["req", "req_v2"]
        answer = await staff.call("friend", "POST", "/api/friend/accept", {"fid": uid, "language": "vi"})
        assert answer["error"] == 0
        added = (await line.items(601, "controls", 3))[2]["content"]
        assert (added["act"], added["data"]) == ("add", uid)

    async def test_found_by_phone(self, staff: WebClient) -> None:
        phone = f"0{staff.uid[-9:].replace('0', '3')}"
        uid = await staff.person("Anh Tìm", phone)
        params: dict[str, Any] = {"phone": f"84{phone[1:]}", "imei": staff.device.imei}
        found = (await staff.call("friend", "GET", "/api/friend/profile/get", params))["data"]
        assert (found["uid"], found["zalo_name"]) == (uid, "Anh Tìm")

    async def test_labels_of_the_phone(self, staff: WebClient, customer: str) -> None:
        before = await self._labels(staff)
        await staff.control("POST", "/labels", uid=staff.uid, text="VIP", conversations=[customer])
        after = await self._labels(staff)
        assert after["version"] == before["version"] + 1
        label = next(each for each in json.loads(after["labelData"]) if each["text"] == "VIP")
        assert label["conversations"] == [customer]

    async def _labels(self, staff: WebClient) -> dict[str, Any]:
        return (await staff.call("label", "GET", "/api/convlabel/get", {"imei": staff.device.imei}))["data"]


class TestState:
    async def test_is_the_whole_truth(self, staff: WebClient, customer: str) -> None:
        await staff.control("POST", "/faults", kind="drop", uid=staff.uid, k=1, n=2, seed=4)
        line = await staff.listen()
        ids = [(await hears(staff, customer, f"tin {number}"))["msg_id"] for number in range(6)]
        await staff.control("POST", "/recalls", uid=customer, msg_id=ids[5])
        await staff.control("POST", "/reactions", uid=customer, msg_id=ids[0], icon="/-strong")
        state = await staff.control("GET", f"/state?uid={staff.uid}")
        (thread,) = state["threads"]
        assert (thread["thread"], thread["group"]) == (customer, False)
        messages = thread["messages"]
        assert [message["msg_id"] for message in messages] == ids
        assert sum(message["lost"] for message in messages) == 3
        assert messages[5]["recalled"] is not None
        assert messages[0]["reactions"] == {customer: "/-strong"}
        told = {item["msgId"] for item in await line.items(501, "msgs", 3)}
        assert {message["msg_id"] for message in messages if message["lost"]}.isdisjoint(told)
        assert state["connected"]

    async def test_a_lost_message_is_named_and_not_given(self, staff: WebClient, customer: str) -> None:
        await staff.listen()
        await staff.control("POST", "/faults", kind="drop", uid=staff.uid)
        said = await hears(staff, customer, "mất rồi")
        params = {"threadIdLocalMsgId": "{}", "imei": staff.device.imei}
        answer = await staff.call("conversation", "GET", "/api/preloadconvers/get-last-msgs", params)
        (item,) = answer["data"]["msgs"]
        assert (item["cliMsgId"], item["content"]) == (said["cli_msg_id"], None)


class TestOddQuestions:
    """A number of any size is no reason to break."""

    async def test_of_the_socket(self, staff: WebClient, customer: str) -> None:
        line = await staff.listen()
        await hears(staff, customer, "còn đây")
        for number, last_id in enumerate(("9" * 30, "0", "abc", None), start=1):
            line.send(510, 1, {"first": True, "lastId": last_id, "preIds": [], "req_id": "req_0"})
            await line.wait(510, number)
        assert line.close_code is None
        line.send_raw(b"\x01")
        assert await line.closed() == 1006

    async def test_of_calls(self, staff: WebClient, customer: str) -> None:
        params = {"msgId": "9" * 19, "cliMsgIdUndo": "9" * 19, "clientId": 1, "toid": customer}
        assert (await staff.call("chat", "POST", "/api/message/undo", params))["error"] == 114
