"""The holder sends the same by their phone while ours is on its way: two messages, whoever is told of first."""

from itertools import permutations
from typing import Any

import pytest

from sokhach.channels.zalo_personal.calls import CallFailedError
from sokhach.channels.zalo_personal.protocol import Send
from sokhach.core import clock
from sokhach.dispatch.sender import TAKEN_FOR
from tests.support.personal import OWN
from tests.support.personal_sending import LAN, SendingDesk

WORDS = "Dạ còn ạ"


@pytest.fixture(autouse=True)
def own_time() -> object:
    yield
    clock.set_offset(0)


def photo(desk: SendingDesk, number: int) -> dict[str, Any]:
    item = desk.zalo.say(LAN, "", clock.now(), own=True)
    href = f"https://photo.example/{number}.jpg"
    content = {"title": "", "description": "", "href": href, "thumb": href, "childnumber": 0, "params": "{}"}
    item |= {"msgType": "chat.photo", "content": content, "cliMsgId": f"{int(item['cliMsgId']) + number}"}
    return item


def words(desk: SendingDesk, number: int) -> dict[str, Any]:
    item = desk.zalo.say(LAN, WORDS, clock.now(), own=True)
    item["cliMsgId"] = f"{int(item['cliMsgId']) + number}"
    return item


SAID = {"text": words, "image": photo}


async def say(desk: SendingDesk, kind: str, conversation: int) -> int:
    if kind == "text":
        return await desk.write(WORDS, conversation)
    media = await desk.value(
        "INSERT INTO media (conversation_id, position, staff_id, state, type, content_type, name, size_bytes,"
        " sha256, storage_key, has_thumbnail, attempts, created_at, stored_at) VALUES (:one, 0, :staff, 'stored',"
        " 'image', 'image/jpeg', 'ao.jpg', 5, '\\x00', 'aa/file', false, 0, :now, :now) RETURNING id",
        one=conversation,
        staff=desk.person.id,
        now=clock.now(),
    )
    await desk.sender._storage.put("aa/file", b"jpeg!")  # pyright: ignore[reportPrivateUsage]
    return await desk.write("", conversation, media_ids=(media,))


async def ours_and_theirs(desk: SendingDesk, message: int) -> tuple[set[str], list[int]]:
    """The names of our message, and the other messages of our side."""
    names = await desk.rows("SELECT external_id FROM message_alias WHERE message_id = :one", one=message)
    others = await desk.rows(
        "SELECT m.id FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE c.account_id = :id"
        " AND m.direction = 'out' AND m.id <> :one",
        one=message,
    )
    return {row["external_id"] for row in names}, [row["id"] for row in others]


def named(item: dict[str, Any]) -> set[str]:
    return {f"m:{item['msgId']}", f"{OWN}:{item['cliMsgId']}"}


@pytest.mark.parametrize("kind", ["text", "image"])
@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("order", list(permutations(["answer", "echo", "phone"])), ids="-".join)
async def test_two_messages_in_any_order_of_answer_echo_and_phone(
    desk: SendingDesk, kind: str, together: bool, order: tuple[str, ...]
) -> None:
    lan = await desk.meet()
    theirs = SAID[kind](desk, 1)
    told: dict[str, Any] = {"phone": theirs}

    async def hear(which: str) -> None:
        await desk.hear(told[which])
        if not together:
            await desk.drain()

    async def take(_request: Send) -> dict[str, str]:
        told["echo"] = SAID[kind](desk, 2)
        for which in order[: order.index("answer")]:
            await hear(which)
        await desk.drain()
        return {"msg_id": told["echo"]["msgId"], "cli_msg_id": told["echo"]["cliMsgId"]}

    desk.answers.append(take)
    message = await say(desk, kind, lan)
    await desk.sender.step()
    await desk.sender.drain()
    assert await desk.delivery(message) == ("sent", None)
    for which in order[order.index("answer") + 1 :]:
        await hear(which)
    await desk.drain()
    names, others = await ours_and_theirs(desk, message)
    assert names == named(told["echo"])
    assert len(others) == 1
    assert len(desk.asked(Send)) == 1


@pytest.mark.parametrize("kind", ["text", "image"])
async def test_an_upload_that_fails_leaves_ours_waiting_and_the_phones_as_it_is(desk: SendingDesk, kind: str) -> None:
    lan = await desk.meet()

    async def fail(_request: Send) -> None:
        await desk.hear(SAID[kind](desk, 1))
        await desk.drain()
        raise CallFailedError("timeout", "no file_done", phase="upload")

    desk.answers.append(fail)
    message = await say(desk, kind, lan)
    await desk.sender.step()
    await desk.sender.drain()
    await desk.drain()
    assert await desk.delivery(message) == ("queued", "upload-unconfirmed")
    names, others = await ours_and_theirs(desk, message)
    assert (names, len(others)) == (set(), 1)
    await desk.soon()
    await desk.work()
    assert await desk.delivery(message) == ("sent", None)
    assert len(desk.sent) == 1


async def test_an_echo_that_came_while_it_was_sent_settles_what_is_in_doubt_then(desk: SendingDesk) -> None:
    lan = await desk.meet()

    async def lose(_request: Send) -> None:
        await desk.hear(words(desk, 1))
        await desk.drain()
        raise CallFailedError("timeout", "no answer", phase="send")

    desk.answers.append(lose)
    message = await say(desk, "text", lan)
    await desk.sender.step()
    await desk.sender.drain()
    assert await desk.delivery(message) == ("uncertain", "no-answer")
    await desk.drain()
    assert await desk.delivery(message) == ("sent", None)
    assert await ours_and_theirs(desk, message) == (named(desk.zalo.messages[-1]), [])


async def test_other_words_and_other_threads_wait_for_nothing(desk: SendingDesk) -> None:
    lan, other = await desk.meet(), await desk.meet("200000000000000002")
    assert lan != other

    async def meanwhile(_request: Send) -> None:
        await desk.hear(desk.zalo.say(LAN, "Chờ em chút", clock.now(), own=True))
        await desk.hear(desk.zalo.say("200000000000000002", WORDS, clock.now(), own=True))
        await desk.drain()
        assert sorted(await desk.bodies())[:1] == ["Chờ em chút"]
        assert (await desk.bodies()).count(WORDS) == 2

    desk.answers.append(meanwhile)
    message = await say(desk, "text", lan)
    await desk.work()
    assert await desk.delivery(message) == ("sent", None)


async def test_what_nobody_sends_any_more_holds_nothing_up(desk: SendingDesk) -> None:
    lan = await desk.meet()
    message = await desk.write(WORDS, lan)
    await desk.run(
        "UPDATE delivery SET state = 'sending', sending_at = :now, changed_at = :now WHERE message_id = :one",
        now=clock.now(),
        one=message,
    )
    await desk.run("UPDATE outbox SET due_at = :until", until=clock.now() + TAKEN_FOR)
    await desk.hear(words(desk, 1))
    await desk.drain()
    assert await desk.delivery(message) == ("sending", None)
    clock.set_offset(600)
    await desk.drain()
    assert await desk.delivery(message) == ("sent", None)
