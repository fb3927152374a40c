"""The phone of a personal account: what its page is given, and what its person does there."""

import asyncio
from typing import Any

import httpx
import pytest

from sokhach.sandbox.selftest.web_client import WebClient
from tests.sandbox.test_phone_page import PNG, Stream

LINK = "https://example.com/a"
PEOPLE = "/phone/api/personal/people"


async def post(http: httpx.AsyncClient, path: str, **body: Any) -> Any:
    answer = await http.post(f"{PEOPLE}/{path}", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def chat(http: httpx.AsyncClient, uid: str, thread: str, **query: Any) -> dict[str, Any]:
    answer = await http.get(f"{PEOPLE}/{uid}/chats/{thread}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


class TestTalking:
    async def test_what_staff_type_is_heard_as_their_own_and_stands_on_both_phones(
        self, staff: WebClient, customer: str, http: httpx.AsyncClient
    ) -> None:
        line = await staff.listen()
        sent = await post(http, f"{staff.uid}/chats/{customer}/messages", text="Dạ em nghe")
        (item,) = await line.items(501, "msgs")
        assert (item["uidFrom"], item["idTo"], item["content"]) == ("0", customer, "Dạ em nghe")
        (own,) = (await chat(http, staff.uid, customer))["messages"]
        assert (own["msg_id"], own["src"], own["text"], own["by_phone"]) == (sent["msg_id"], 1, "Dạ em nghe", True)
        shown = await chat(http, customer, staff.uid)
        assert [(one["src"], one["text"], one["author"]) for one in shown["messages"]] == [
            (0, "Dạ em nghe", "Nhân viên An")
        ]
        assert shown["chat"]["unread"] == 1
        assert shown["person"]["account"] is False
        assert shown["complete"] is True
        await post(http, f"{customer}/chats/{staff.uid}/seen")
        assert (await chat(http, staff.uid, customer))["own_state"] == "seen"
        assert (await chat(http, customer, staff.uid))["chat"]["unread"] == 0

    @pytest.mark.parametrize(
        ("order", "kind", "part"),
        [
            ({"type": "image", "text": "Ga này"}, "image", "url"),
            ({"type": "audio"}, "audio", "url"),
            ({"type": "sticker", "variant": "46627"}, "sticker", "url"),
            ({"type": "file"}, "file", "name"),
            ({"type": "link", "text": LINK, "payload": {"url": LINK}}, "link", "url"),
            ({"type": "location", "payload": {"coordinates": {"latitude": "10.9", "longitude": "106.6"}}}, "location",
             "coordinates"),
            ({"type": "business_card"}, "business_card", "description"),
        ],
    )  # fmt: skip
    async def test_kinds(
        self, staff: WebClient, customer: str, http: httpx.AsyncClient, order: dict[str, Any], kind: str, part: str
    ) -> None:
        await post(http, f"{customer}/chats/{staff.uid}/messages", **order)
        (shown,) = (await chat(http, staff.uid, customer))["messages"]
        assert shown["type"] == kind
        payload = shown["attachments"][0]["payload"]
        assert payload[part]
        if part == "url" and kind != "link":
            assert payload["url"].startswith("/cdn/")
            assert (await http.get(payload["url"])).status_code == 200

    async def test_a_file_from_the_device(self, staff: WebClient, customer: str, http: httpx.AsyncClient) -> None:
        line = await staff.listen()
        path = f"{PEOPLE}/{customer}/chats/{staff.uid}/uploads"
        answer = await http.post(path, params={"name": "ga.png"}, content=PNG)
        assert answer.status_code == 201
        (item,) = await line.items(501, "msgs")
        assert item["msgType"] == "chat.photo"
        assert (await http.post(path, params={"name": "x"}, content=b"")).status_code == 400

    async def test_a_quote_a_recall_and_reactions(
        self, staff: WebClient, customer: str, http: httpx.AsyncClient
    ) -> None:
        asked = await post(http, f"{customer}/chats/{staff.uid}/messages", text="Giá sao em")
        await post(http, f"{staff.uid}/chats/{customer}/messages", text="250k ạ", quote_msg_id=asked["msg_id"])
        await post(http, f"{staff.uid}/reactions", msg_id=asked["msg_id"], icon="/-heart")
        first, second = (await chat(http, customer, staff.uid))["messages"]
        assert (first["reactions"], first["own_reactions"]) == (["/-heart"], [])
        assert second["quote"] == {"msg_id": asked["msg_id"], "src": 1, "type": "text", "text": "Giá sao em"}
        await post(http, f"{staff.uid}/reactions", msg_id=asked["msg_id"], icon="/-remove")
        assert (await chat(http, staff.uid, customer))["messages"][0]["own_reactions"] == []
        line = await staff.listen()
        await post(http, f"{customer}/recalls", msg_id=asked["msg_id"])
        (item,) = await line.items(501, "msgs")
        assert item["msgType"] == "chat.undo"
        shown = (await chat(http, staff.uid, customer))["messages"]
        assert (shown[0]["type"], shown[0]["text"], shown[0]["recalled"]) == ("recalled", None, True)
        assert shown[1]["quote"]["text"] is None
        again = await http.post(f"{PEOPLE}/{staff.uid}/recalls", json={"msg_id": asked["msg_id"]})
        assert again.status_code == 404

    async def test_a_group(self, staff: WebClient, customer: str, http: httpx.AsyncClient) -> None:
        group = await staff.control("POST", "/groups", name="Chung cư B12", creator=staff.uid, members=[customer])
        gid = group["gid"]
        listed = (await http.get(f"{PEOPLE}/{customer}")).json()["chats"]
        assert ("Chung cư B12", True, None) in [(one["name"], one["group"], one["last"]) for one in listed]
        answer = await http.post(f"{PEOPLE}/{customer}/chats/{gid}/messages?group=true", json={"text": "Chào cả nhà"})
        assert answer.status_code == 201
        shown = await chat(http, staff.uid, gid, group=True)
        assert (shown["messages"][0]["author"], set(shown["members"])) == ("Chị Lan", {"Nhân viên An", "Chị Lan"})
        stranger = await staff.person("Người ngoài")
        answer = await http.post(f"{PEOPLE}/{stranger}/chats/{gid}/messages?group=true", json={"text": "Hi"})
        assert answer.status_code == 404

    async def test_labels_of_a_thread(self, staff: WebClient, customer: str, http: httpx.AsyncClient) -> None:
        for text in ("Khách sỉ", "Công việc"):
            await post(http, f"{staff.uid}/chats/{customer}/labels", text=text, on=True)
        await post(http, f"{staff.uid}/chats/{customer}/labels", text="Công việc", on=False)
        shown = await chat(http, staff.uid, customer)
        assert [one["text"] for one in shown["chat"]["labels"]] == ["Khách sỉ"]
        held = (await http.get("/control/web/state", params={"uid": staff.uid})).json()["labels"]["labels"]
        labels = {one["text"]: one["conversations"] for one in held}
        assert (labels["Khách sỉ"], labels["Công việc"]) == ([customer], [])


class TestFriendship:
    async def test_somebody_asks_and_is_accepted(self, staff: WebClient, http: httpx.AsyncClient) -> None:
        asker = await staff.person("Chị Sáu")
        line = await staff.listen()
        assert await post(http, f"{asker}/requests/{staff.uid}", message="Em hỏi giá") == {"friends": False}
        acts = [item["content"]["act"] for item in await line.items(601, "controls", 2)]
        assert acts == ["req", "req_v2"]
        (shown,) = (await http.get(f"{PEOPLE}/{staff.uid}")).json()["requests"]
        assert (shown["uid"], shown["name"], shown["ours"], shown["message"]) == (asker, "Chị Sáu", False, "Em hỏi giá")
        theirs, ours = [await chat(http, *both) for both in ((staff.uid, asker), (asker, staff.uid))]
        assert (theirs["friends"], theirs["request"]["ours"]) == (False, False)
        assert (ours["friends"], ours["request"]["ours"]) == (False, True)
        assert (await http.get(f"{PEOPLE}/{asker}")).json()["requests"] == []
        assert (await http.post(f"{PEOPLE}/{asker}/requests/{staff.uid}/accept")).status_code == 404
        assert await post(http, f"{staff.uid}/requests/{asker}/accept") == {"friends": True}
        after = await chat(http, asker, staff.uid)
        assert (after["friends"], after["request"]) == (True, None)
        assert (await http.get(f"{PEOPLE}/{staff.uid}")).json()["requests"] == []

    async def test_it_is_declined_or_taken_back(self, staff: WebClient, http: httpx.AsyncClient) -> None:
        other = await staff.person("Anh Bảy")
        line = await staff.listen()
        for heard, who, act in ((3, staff.uid, "reject"), (6, other, "undo_req")):
            await post(http, f"{other}/requests/{staff.uid}")
            path = f"{staff.uid}/requests/{other}" if who == staff.uid else f"{other}/requests/{staff.uid}"
            assert (await http.delete(f"{PEOPLE}/{path}")).json() == {"friends": False}
            items = await line.items(601, "controls", heard)
            assert [item["content"]["act"] for item in items[-3:]] == ["req", "req_v2", act]
            assert (await http.delete(f"{PEOPLE}/{path}")).status_code == 404

    async def test_who_asks_back_accepts(self, staff: WebClient, http: httpx.AsyncClient) -> None:
        other = await staff.person("Anh Tám")
        await post(http, f"{other}/requests/{staff.uid}")
        assert await post(http, f"{staff.uid}/requests/{other}") == {"friends": True}
        assert await post(http, f"{staff.uid}/requests/{other}") == {"friends": True}
        assert (await chat(http, other, staff.uid))["request"] is None

    async def test_a_finger_that_slips_presses_once(self, staff: WebClient, http: httpx.AsyncClient) -> None:
        other = await staff.person("Cô Mười Một")
        line = await staff.listen()
        for words in ("Em hỏi giá", "Lần nữa"):
            assert await post(http, f"{other}/requests/{staff.uid}", message=words) == {"friends": False}
        assert (await chat(http, staff.uid, other))["request"]["message"] == "Em hỏi giá"
        for _ in range(2):
            assert await post(http, f"{staff.uid}/requests/{other}/accept") == {"friends": True}
        await asyncio.sleep(0.3)
        acts = [item["content"]["act"] for item in await line.items(601, "controls", 3)]
        assert acts == ["req", "req_v2", "add"]

    async def test_not_of_oneself_of_nobody_or_of_who_blocks(self, staff: WebClient, http: httpx.AsyncClient) -> None:
        other = await staff.person("Anh Chín")
        assert (await http.post(f"{PEOPLE}/{other}/requests/{other}", json={})).status_code == 400
        assert (await http.post(f"{PEOPLE}/{other}/requests/1", json={})).status_code == 404
        await staff.control("POST", "/friendships", a=staff.uid, b=other, blocks=True)
        assert (await http.post(f"{PEOPLE}/{other}/requests/{staff.uid}", json={})).status_code == 400

    async def test_is_news_for_the_open_thread_and_the_list(self, staff: WebClient, http: httpx.AsyncClient) -> None:
        other = await staff.person("Anh Mười")
        async with http.stream("GET", f"{PEOPLE}/{staff.uid}/stream", params={"thread": other}) as answer:
            stream = Stream(answer)
            await stream.until("open")
            for path in (f"{other}/requests/{staff.uid}", f"{staff.uid}/requests/{other}/accept"):
                await asyncio.sleep(0.2)
                await post(http, path)
                assert "thread" in await stream.until("list")


class TestSigningIn:
    async def test_a_code_is_picked_scanned_and_confirmed(self, staff: WebClient, http: httpx.AsyncClient) -> None:
        code = await WebClient(http).show_code()
        listed = (await http.get(f"{PEOPLE}/{staff.uid}")).json()["codes"]
        assert [one["state"] for one in listed if one["code"] == code] == ["shown"]
        stranger = await staff.person("Người khác")
        await post(http, f"{staff.uid}/codes", code=f"https://zaloapp.com/qr/l/{code}")
        refused = await http.post(f"{PEOPLE}/{stranger}/codes/{code}")
        assert refused.status_code == 400
        assert await post(http, f"{staff.uid}/codes/{code}") == {"state": "confirmed"}

    async def test_a_code_is_declined(self, staff: WebClient, http: httpx.AsyncClient) -> None:
        code = await WebClient(http).show_code()
        await post(http, f"{staff.uid}/codes", code=code)
        answer = await http.delete(f"{PEOPLE}/{staff.uid}/codes/{code}")
        assert answer.json() == {"state": "declined"}
        assert (await http.post(f"{PEOPLE}/{staff.uid}/codes", json={"code": "nothing"})).status_code == 404

    async def test_who_is_there(self, staff: WebClient, http: httpx.AsyncClient) -> None:
        await staff.listen()
        made = await http.post(PEOPLE, json={"name": "  Cô   Bảy "})
        assert (made.status_code, made.json()["name"], made.json()["account"]) == (201, "Cô Bảy", False)
        assert made.json()["phone"].startswith("849")
        people = {one["uid"]: one for one in (await http.get(PEOPLE)).json()}
        assert (people[staff.uid]["account"], people[staff.uid]["connected"]) == (True, True)
        assert people[made.json()["uid"]]["connected"] is False
        assert (await http.post(PEOPLE, json={"name": " "})).status_code == 400
        assert (await http.get(f"{PEOPLE}/1")).status_code == 404


class TestNews:
    async def test_an_open_thread_and_the_list_hear_of_what_comes(
        self, staff: WebClient, customer: str, http: httpx.AsyncClient
    ) -> None:
        query = {"thread": customer}
        async with http.stream("GET", f"{PEOPLE}/{staff.uid}/stream", params=query) as answer:
            stream = Stream(answer)
            await stream.until("open")
            said = await post(http, f"{customer}/chats/{staff.uid}/messages", text="Alo")
            assert await stream.until("list") == ["thread", "list"]
            await asyncio.sleep(0.5)
            await post(http, f"{customer}/recalls", msg_id=said["msg_id"])
            assert "thread" in await stream.until("list")
            await post(http, f"{staff.uid}/chats/{customer}/labels", text="Khách quen", on=True)
            await stream.until("list")

    async def test_a_code_that_is_shown_is_news(self, staff: WebClient, http: httpx.AsyncClient) -> None:
        async with http.stream("GET", f"{PEOPLE}/{staff.uid}/stream") as answer:
            stream = Stream(answer)
            await stream.until("open")
            await WebClient(http).show_code()
            await stream.until("list")

    async def test_other_pages_are_kept_out(self, staff: WebClient, http: httpx.AsyncClient) -> None:
        answer = await http.post(
            f"{PEOPLE}/{staff.uid}/recalls", json={"msg_id": "1"}, headers={"origin": "https://elsewhere.example"}
        )
        assert answer.status_code == 403
