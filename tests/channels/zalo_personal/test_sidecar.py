"""The sidecar that is shipped, over stdio, against simulated Zalo Web."""

import asyncio
import base64
import itertools
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from sokhach.channels.zalo_personal.protocol import (
    Aliases,
    CredentialsEvent,
    Export,
    File,
    FindPhone,
    FindSticker,
    FrameEvent,
    FriendAccept,
    FriendRequest,
    FriendRequests,
    Friends,
    FriendUndo,
    Group,
    GroupHistory,
    Groups,
    Hello,
    HelloReply,
    ItemEvent,
    KeepAlive,
    Labels,
    LabelsReply,
    LastMessages,
    LoginAbort,
    LoginQr,
    Mention,
    Old,
    OldReply,
    Profiles,
    QrEvent,
    React,
    Send,
    SendReply,
    SetAlias,
    SetLabels,
    Shutdown,
    Start,
    StartReply,
    StateEvent,
    Sticker,
    StickerReply,
    Stop,
    Typing,
    Undo,
)
from tests.channels.zalo_personal.driving import USER_AGENT, Driver, Refused, Web, qr, sidecar
from tests.sandbox.harness import SandboxProcess, client

ACCOUNTS = itertools.count(1)
PHONES = itertools.count(84_905_000_001)


@pytest.fixture
async def web(platform: SandboxProcess) -> AsyncIterator[Web]:
    async with client(platform.url) as http:
        web = Web(http)
        await web.order("POST", "settings", mode=-1, poll_seconds=1.0, file_done_seconds=0.05, chunk_bytes=100_000)
        yield web
        await http.delete("/control/web/faults")


@pytest.fixture
async def driver(platform: SandboxProcess) -> AsyncIterator[Driver]:
    async with sidecar(platform.url) as running:
        yield running


class People:
    """A staff member whose account is online, and a customer who is a friend."""

    def __init__(self, web: Web, driver: Driver, own: str, customer: str, account: int) -> None:
        self.web, self.driver, self.own, self.customer, self.account = web, driver, own, customer, account

    def texts(self) -> list[str]:
        return [item["content"] for item in self.driver.items(self.account, "msgs") if isinstance(item, dict)]

    async def heard(self, count: int, seconds: float = 10) -> list[str]:
        await self.driver.wait(lambda: len(self.texts()) >= count, seconds)
        return self.texts()


@pytest.fixture
async def people(web: Web, driver: Driver) -> People:
    own, customer = await web.user("Chị Mai", str(next(PHONES))), await web.user("Anh Khoa", str(next(PHONES)))
    await web.friends(own, customer)
    account = next(ACCOUNTS)
    await web.connect(driver, own, account)
    return People(web, driver, own, customer, account)


async def test_it_says_who_it_is_and_ends_with_its_input(driver: Driver) -> None:
    hello = await driver.ask(Hello(), HelloReply)
    assert (hello.version, hello.zca_js, hello.pid) == (1, "2.2.0", driver.process.pid)
    assert await driver.end() == 0
    assert driver.said == b""


async def test_a_qr_login_gives_credentials_with_which_the_account_starts(web: Web, driver: Driver) -> None:
    uid = await web.user("Chị Mai", "84905111222")
    credentials = await web.sign_in(driver, uid)
    steps = [(event.step, event.name) for event in driver.of(QrEvent)]
    assert [step for step, _ in steps] == ["code", "scanned", "done"]
    assert steps[-1][1] == "Chị Mai"
    first = driver.of(QrEvent)[0]
    assert base64.b64decode(first.image or "").startswith(b"\x89PNG")
    assert credentials.user_agent == USER_AGENT
    started = await driver.ask(Start(account=1, credentials=credentials), StartReply)
    assert (started.uid, started.name) == (uid, "Chị Mai")
    assert started.phone
    assert "84905111222" in started.phone
    await driver.state(1, "online")
    assert driver.of(CredentialsEvent, 1)[0].credentials.imei == credentials.imei


async def test_a_declined_and_an_aborted_code_are_told(web: Web, driver: Driver) -> None:
    uid = await web.user("Chị Mai")
    await driver.ask(LoginQr(login=101, user_agent=USER_AGENT))
    await qr(driver, 101, "code")
    await web.order("POST", "qr/scan", uid=uid)
    await qr(driver, 101, "scanned")
    await web.order("POST", "qr/decline")
    await qr(driver, 101, "declined")
    await driver.ask(LoginQr(login=102, user_agent=USER_AGENT))
    await qr(driver, 102, "code")
    await driver.ask(LoginAbort(login=102))
    await asyncio.sleep(1.5)
    assert [event.step for event in driver.of(QrEvent) if event.login == 102] == ["code"]


async def test_cookies_are_worth_nothing_with_another_user_agent_or_when_they_ended(web: Web, driver: Driver) -> None:
    uid = await web.user("Chị Mai")
    credentials = await web.sign_in(driver, uid)
    await web.order("POST", f"sessions/{uid}/expire")
    with pytest.raises(Refused) as refused:
        await driver.ask(Start(account=1, credentials=credentials))
    assert (refused.value.error.kind, refused.value.error.code) == ("api", 102)


@pytest.mark.parametrize("mode", [0, 1, 2, 3])
async def test_every_message_comes_out_however_it_is_sealed(people: People, mode: int) -> None:
    await people.web.order("POST", "settings", mode=mode)
    ids = [await people.web.say(people.customer, people.own, f"chào ạ {n}") for n in range(5)]
    assert await people.heard(5) == [f"chào ạ {n}" for n in range(5)]
    events = [event for event in people.driver.of(ItemEvent, people.account) if event.list == "msgs"]
    assert [msgspec.json.decode(event.item)["msgId"] for event in events] == ids
    assert {(event.cmd, event.own) for event in events} == {(501, people.own)}
    assert sorted({event.n for event in events}) == [event.n for event in events]


async def test_what_staff_type_on_their_phone_comes_too(people: People) -> None:
    await people.web.say(people.own, people.customer, "em gửi báo giá ạ", by_phone=True)
    assert await people.heard(1) == ["em gửi báo giá ạ"]
    assert people.driver.items(people.account, "msgs")[0]["uidFrom"] == "0"


async def test_unknown_commands_bad_items_and_frames_for_nobody_lose_nothing(people: People) -> None:
    web, driver, account = people.web, people.driver, people.account
    await web.fault("unknown_opcode", uid=people.own, count=1, opcode=553)
    await web.say(people.customer, people.own, "một")
    await people.heard(1)
    await web.fault("malformed", uid=people.own, count=1)
    await web.say(people.customer, people.own, "hai")
    await driver.wait(lambda: any(isinstance(i, dict) and i.get("content") == "hai" for i in driver.items(account)))
    await web.fault("undecryptable", uid=people.own, count=1)
    await web.say(people.customer, people.own, "ba")
    (frame,) = await driver.wait(lambda: driver.of(FrameEvent, account))
    assert (frame.cmd, frame.why) == (501, "undecryptable")
    assert base64.b64decode(frame.frame)[0] == 1
    commands = {event.cmd for event in driver.of(ItemEvent, account)}
    assert {501, 553} <= commands
    items = driver.items(account, "msgs")
    assert len(items) == 4, "the unknown command, and the message between two pieces of junk"
    numbers = [event.n for event in driver.events if isinstance(event, ItemEvent | FrameEvent)]
    assert numbers == list(range(1, len(numbers) + 1)), "nothing was left out"
    await web.say(people.customer, people.own, "bốn")
    await driver.wait(lambda: "bốn" in [i.get("content") for i in driver.items(account) if isinstance(i, dict)])


async def test_each_kind_of_message_goes_out_and_comes_back_as_an_echo(people: People, tmp_path: Path) -> None:
    picture = tmp_path / "ảnh.png"
    picture.write_bytes(base64.b64decode(PNG))
    document = tmp_path / "bảng giá.pdf"
    document.write_bytes(b"%PDF-1.4\n" + b"x" * 400_000)
    asked: list[tuple[Any, dict[str, Any]]] = [
        ("text", {"text": "dạ có ạ"}),
        ("image", {"text": "mẫu mới", "file": _file(picture, "image/png", 1, 1)}),
        ("file", {"file": _file(document, "application/pdf")}),
        ("sticker", {"sticker": Sticker(id=23311, cate_id=10335, type=7)}),
    ]
    for number, (kind, more) in enumerate(asked, start=1):
        reply = await people.driver.ask(
            Send(account=people.account, thread=people.customer, group=False, kind=kind, **more),
            SendReply,
        )
        await people.driver.wait(lambda n=number: len(people.texts()) >= n)
        echo = people.driver.items(people.account, "msgs")[-1]
        assert (echo["uidFrom"], echo["cliMsgId"]) == ("0", reply.cli_msg_id), kind
        assert reply.msg_id in (echo["msgId"], echo["realMsgId"]), "one message may have several ids"
    (thread,) = (await people.web.state(people.own))["threads"]
    assert len(thread["messages"]) == len(asked)


async def test_messages_of_one_moment_have_client_ids_of_their_own(people: People) -> None:
    sends = [
        people.driver.ask(
            Send(account=people.account, thread=people.customer, group=False, kind="text", text=f"{n}"), SendReply
        )
        for n in range(10)
    ]
    replies = await asyncio.gather(*sends)
    assert len({reply.cli_msg_id for reply in replies}) == 10
    assert sorted(await people.heard(10)) == [str(n) for n in range(10)]


async def test_quotes_reactions_recalls_and_typing(people: People) -> None:
    web, driver, account = people.web, people.driver, people.account
    msg_id = await web.say(people.customer, people.own, "còn hàng không")
    await people.heard(1)
    quoted = driver.items(account, "msgs")[0]
    at: dict[str, Any] = {"account": account, "thread": people.customer, "group": False}
    reply = await driver.ask(Send(**at, kind="text", text="còn ạ", quote=quoted), SendReply)
    await people.heard(2)
    assert str(driver.items(account, "msgs")[1]["quote"]["globalMsgId"]) == msg_id
    await driver.ask(React(**at, msg_id=msg_id, cli_msg_id=quoted["cliMsgId"], icon="/-heart"))
    await driver.wait(lambda: driver.items(account, "reacts"))
    await driver.ask(Typing(**at))
    assert reply.cli_msg_id
    await driver.ask(Undo(**at, msg_id=reply.msg_id, cli_msg_id=reply.cli_msg_id))
    await driver.wait(lambda: [i for i in driver.items(account, "msgs") if i["msgType"] == "chat.undo"])


async def test_groups_are_written_to_with_mentions(people: People) -> None:
    web, driver, account = people.web, people.driver, people.account
    group = await web.order("POST", "groups", name="Khách sỉ", creator=people.own, members=[people.customer])
    asked = Send(
        account=account, thread=group["gid"], group=True, kind="text", text="@Khoa còn ạ",
        mentions=[Mention(people.customer, 0, 5)],
    )  # fmt: skip
    reply = await driver.ask(asked, SendReply)
    await driver.wait(lambda: driver.items(account, "groupMsgs"))
    echo = driver.items(account, "groupMsgs")[-1]
    assert (echo["cliMsgId"], echo["idTo"]) == (reply.cli_msg_id, group["gid"])
    assert [mention["uid"] for mention in echo["mentions"]] == [people.customer]


async def test_old_messages_come_as_items_and_the_reply_says_how_far_back(people: People) -> None:
    ids = [await people.web.say(people.customer, people.own, f"{n}") for n in range(5)]
    await people.heard(5)
    page = await people.driver.ask(Old(account=people.account, group=False), OldReply)
    events = [event for event in people.driver.of(ItemEvent, people.account) if event.cmd == 510]
    old = [msgspec.json.decode(event.item) for event in events]
    assert sorted(item["content"] for item in old) == list("01234"), "the items came before the reply"
    oldest = next(item for item in old if item["content"] == "0")
    assert (page.count, page.oldest_id, page.more) == (5, oldest["msgId"], False)
    earlier = await people.driver.ask(Old(account=people.account, group=False, last_id=ids[2]), OldReply)
    assert earlier.count == 2


async def test_reactions_of_meanwhile_come_with_old_messages(people: People) -> None:
    web, driver, account = people.web, people.driver, people.account
    msg_id = await web.say(people.customer, people.own, "còn hàng không")
    await people.heard(1)
    [said] = driver.items(account, "msgs")
    where: dict[str, Any] = {"account": account, "thread": people.customer, "group": False}
    await driver.ask(React(**where, msg_id=msg_id, cli_msg_id=said["cliMsgId"], icon="/-heart"))
    await driver.wait(lambda: driver.items(account, "reacts"))
    await driver.ask(Old(account=account, group=False), OldReply)

    def old() -> list[Any]:
        return [msgspec.json.decode(one.item) for one in driver.of(ItemEvent, account) if one.cmd == 610]

    assert str(msgspec.json.encode((await driver.wait(old))[0])).count(msg_id) == 1


async def test_refusals_bad_answers_and_lost_ones_are_told_apart(people: People) -> None:
    web, driver = people.web, people.driver
    send: dict[str, Any] = {
        "account": people.account,
        "thread": people.customer,
        "group": False,
        "kind": "text",
        "text": "a",
    }
    found = []
    for kind in ("code", "html", "lost_reply"):
        number = await web.fault(kind, uid=people.own, path="/api/message/sms")
        with pytest.raises(Refused) as refused:
            await driver.ask(Send(**send))
        found.append((refused.value.error.kind, refused.value.error.phase))
        if kind == "code":
            assert refused.value.error.code == 221
        await web.order("DELETE", f"faults/{number}")
    assert found == [("api", "send"), ("bad-reply", "send"), ("network", "send")]
    with pytest.raises(Refused) as refused:
        await driver.ask(Send(**{**send, "account": 999_999}))
    assert (refused.value.error.kind, refused.value.error.phase) == ("closed", "upload")
    await driver.ask(KeepAlive(account=people.account))


@pytest.mark.long
async def test_an_upload_that_is_never_finished_ends_and_sent_nothing(people: People, tmp_path: Path) -> None:
    document = tmp_path / "a.pdf"
    document.write_bytes(b"%PDF-1.4\n")
    await people.web.fault("no_file_done", uid=people.own)
    asked = Send(
        account=people.account, thread=people.customer, group=False, kind="file",
        file=_file(document, "application/pdf"),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        await people.driver.ask(asked, seconds=80)
    assert (refused.value.error.kind, refused.value.error.phase) == ("timeout", "upload")
    assert (await people.web.state(people.own))["threads"] == []


@pytest.mark.parametrize("code", [1006, 3000, 3003])
async def test_a_closed_connection_says_why_and_stays_closed(people: People, code: int) -> None:
    await people.web.drop(people.own, code)
    closed = await people.driver.state(people.account, "closed")
    assert closed.code == code
    await asyncio.sleep(1)
    assert people.driver.of(StateEvent, people.account)[-1] is closed, "it must not connect again by itself"
    with pytest.raises(Refused) as refused:
        await people.driver.ask(Export(account=people.account))
    assert refused.value.error.kind == "closed"


async def test_a_second_session_takes_over_from_the_first(people: People) -> None:
    credentials = people.driver.of(CredentialsEvent, people.account)[-1].credentials
    other = next(ACCOUNTS)
    await people.driver.ask(Start(account=other, credentials=credentials))
    assert (await people.driver.state(people.account, "closed")).code == 3000
    await people.driver.state(other, "online")


async def test_a_socket_that_says_nothing_more_is_given_up(platform: SandboxProcess, web: Web) -> None:
    async with sidecar(platform.url, {"SIDECAR_SILENCE_S": "4"}) as driver:
        uid = await web.user("Chị Mai")
        await web.connect(driver, uid, 1)
        await asyncio.sleep(6)
        assert driver.of(StateEvent, 1)[-1].state == "online", "a quiet connection is not a dead one"
        await web.drop(uid, 0)
        closed = await driver.state(1, "closed", 15)
        assert (closed.code, closed.reason) == (4000, "dead")


async def test_a_host_that_does_not_read_loses_nothing(platform: SandboxProcess, web: Web) -> None:
    async with sidecar(platform.url) as driver:
        uid, customer = await web.user("Chị Mai"), await web.user("Anh Khoa")
        await web.friends(uid, customer)
        await web.connect(driver, uid, 1)
        driver.hold()
        for n in range(300):
            await web.say(customer, uid, f"{n} " + "x" * 2000)
        await asyncio.sleep(1)
        driver.go_on()
        await driver.wait(lambda: len(driver.items(1, "msgs")) >= 300, 30)
        assert [int(item["content"].split()[0]) for item in driver.items(1, "msgs")] == list(range(300))


async def test_numbers_and_phones_are_looked_up(people: People) -> None:
    state = await people.web.state(people.customer)
    found = await people.driver.ask(FindPhone(account=people.account, phone=state["user"]["phone"]), dict[str, object])
    assert found["uid"] == people.customer
    with pytest.raises(Refused) as refused:
        await people.driver.ask(FindPhone(account=people.account, phone="84900000404"))
    assert (refused.value.error.kind, refused.value.error.code) == ("api", 216)


async def test_where_the_picture_of_a_sticker_is(people: People) -> None:
    driver, account = people.driver, people.account
    found = await driver.ask(FindSticker(account=account, sticker="46625"), StickerReply)
    assert found.url is not None
    async with httpx.AsyncClient() as client:
        assert (await client.get(found.url)).headers["content-type"] == "image/png"
    with pytest.raises(Refused) as none_such:
        await driver.ask(FindSticker(account=account, sticker="999"), StickerReply)
    assert none_such.value.error.kind == "api"


async def test_friends_profiles_names_and_requests(people: People) -> None:
    web, driver, account = people.web, people.driver, people.account
    stranger = await web.user("Chú Tư")
    (friend,) = await driver.ask(Friends(account=account), list[dict[str, Any]])
    assert (friend["userId"], friend["zaloName"]) == (people.customer, "Anh Khoa")
    profiles = await driver.ask(Profiles(account=account, uids=[people.customer, stranger]), list[dict[str, Any]])
    assert {profile["userId"]: profile["zaloName"] for profile in profiles} == {
        people.customer: "Anh Khoa",
        stranger: "Chú Tư",
    }
    await driver.ask(SetAlias(account=account, uid=people.customer, alias="Khoa sỉ"))
    (alias,) = await driver.ask(Aliases(account=account), list[dict[str, Any]])
    assert (alias["userId"], alias["alias"]) == (people.customer, "Khoa sỉ")
    await driver.ask(SetAlias(account=account, uid=people.customer))
    assert await driver.ask(Aliases(account=account), list[object]) == []
    assert await driver.ask(FriendRequests(account=account), list[object]) == []
    await driver.ask(FriendRequest(account=account, uid=stranger, text="Em ở cửa hàng ạ"))
    assert (await web.state(people.own))["requests"]["sent"]
    (ours,) = await driver.ask(FriendRequests(account=account), list[dict[str, Any]])
    assert (ours["userId"], ours["zaloName"], ours["request"]["ours"]) == (stranger, "Chú Tư", True)
    assert ours["request"]["message"] == "Em ở cửa hàng ạ"
    await driver.ask(FriendUndo(account=account, uid=stranger))
    assert not (await web.state(people.own))["requests"]["sent"]
    await web.order("POST", "requests", from_uid=stranger, to_uid=people.own)
    await driver.wait(lambda: driver.items(account, "controls"))
    (theirs,) = await driver.ask(FriendRequests(account=account), list[dict[str, Any]])
    assert (theirs["userId"], theirs["request"]["ours"]) == (stranger, False)
    assert abs(theirs["request"]["time"] / 1000 - time.time()) < 600
    await driver.ask(FriendAccept(account=account, uid=stranger))
    assert await driver.ask(FriendRequests(account=account), list[object]) == []
    assert len(await driver.ask(Friends(account=account), list[object])) == 2


async def test_labels_go_back_as_they_came_with_what_was_changed(people: People) -> None:
    web, driver, account = people.web, people.driver, people.account
    await web.order("POST", "labels", uid=people.own, text="Khách sỉ", conversations=[people.customer])
    read = await driver.ask(Labels(account=account), LabelsReply)
    label = next(label for label in read.labels if label.text == "Khách sỉ")
    assert list(label.conversations) == [people.customer]
    changed = [msgspec.structs.replace(each, conversations=[]) if each.id == label.id else each for each in read.labels]
    after = await driver.ask(SetLabels(account=account, labels=changed, version=read.version), LabelsReply)
    assert not [each for each in after.labels if each.conversations]
    with pytest.raises(Refused) as refused:
        await driver.ask(SetLabels(account=account, labels=changed, version=read.version))
    assert refused.value.error.kind == "api", "the list had been changed since"


async def test_groups_their_history_and_the_newest_message_of_each_thread(people: People) -> None:
    web, driver, account = people.web, people.driver, people.account
    made = await web.order("POST", "groups", name="Khách sỉ", creator=people.own, members=[people.customer])
    for n in range(3):
        await web.say(people.customer, made["gid"], f"{n}", group=True)
    await web.say(people.customer, people.own, "chào")
    (group,) = await driver.ask(Groups(account=account), list[Group])
    assert (group.id, group.name, group.total) == (made["gid"], "Khách sỉ", 2)
    assert set(group.members) == {people.own, people.customer}
    assert list(group.admins) == [people.own]
    assert list(group.people) == []
    (named,) = await driver.ask(Groups(account=account, ids=[made["gid"], "1"]), list[Group])
    assert {(one.id, one.name) for one in named.people} == {(people.own, "Chị Mai"), (people.customer, "Anh Khoa")}
    assert all((one.avatar or "").startswith("http") for one in named.people)
    history = await driver.ask(GroupHistory(account=account, group=made["gid"]), dict[str, Any])
    said = [message["content"] for message in history["groupMsgs"] if message["msgType"] == "webchat"]
    assert said == ["2", "1", "0"]
    newest = msgspec.json.encode(await driver.ask(LastMessages(account=account))).decode()
    assert '"chào"' in newest
    assert '"2"' in newest


async def test_pictures_that_move_and_voices_go_out(people: People, tmp_path: Path) -> None:
    moving, voice = tmp_path / "vui.gif", tmp_path / "lời.m4a"
    moving.write_bytes(base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"))
    voice.write_bytes(b"\0\0\0\x20ftypM4A " + b"x" * 2000)
    at: dict[str, Any] = {"account": people.account, "thread": people.customer, "group": False}
    await people.driver.ask(Send(**at, kind="gif", file=_file(moving, "image/gif", 1, 1)), SendReply)
    await people.driver.ask(Send(**at, kind="voice", file=_file(voice, "audio/mp4")), SendReply)
    await people.heard(2)
    kinds = [item["msgType"] for item in people.driver.items(people.account, "msgs")]
    assert kinds == ["chat.gif", "chat.voice"]


async def test_nothing_secret_or_private_is_on_standard_error(people: People) -> None:
    await people.web.fault("malformed", uid=people.own, count=2)
    await people.web.say(people.customer, people.own, "bí mật của khách")
    people.driver.write(b'{"id":900,"op":"send","account":"bi mat"}\n{not json bi mat\n')
    await people.web.fault("html", uid=people.own, path="/api/message/sms")
    with pytest.raises(Refused):
        await people.driver.ask(
            Send(account=people.account, thread=people.customer, group=False, kind="text", text="bí mật")
        )
    await people.driver.ask(Stop(account=people.account))
    assert (await people.driver.state(people.account, "closed")).code == 1000
    await people.driver.ask(Shutdown())
    async with asyncio.timeout(10):
        assert await people.driver.process.wait() == 0
    cookie = people.driver.of(CredentialsEvent, people.account)[-1].credentials.cookie
    said = people.driver.said.decode()
    assert "mật" not in said
    assert "bi mat" not in said
    assert not [each for each in cookie if str(each["value"]) in said]


PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def _file(path: Path, content_type: str, width: int | None = None, height: int | None = None) -> File:
    size = path.stat().st_size
    return File(path=str(path), name=path.name, content_type=content_type, size=size, width=width, height=height)
