"""More clauses of §4: uploads, history, and frames that go wrong."""

import asyncio
import hashlib
import json
from typing import Any

from sokhach.sandbox.selftest.shop import PNG, Json, Shop
from sokhach.sandbox.selftest.web import group, staff
from sokhach.sandbox.selftest.web_clauses import clause, refused, same, scene
from sokhach.sandbox.selftest.web_client import WebClient
from sokhach.sandbox.selftest.web_line import Line

PAPER = b"%PDF-1.4 bao gia"


async def upload(browser: WebClient, uid: str, kind: str, name: str, content: bytes, **change: Any) -> Json:
    params: dict[str, Any] = {
        "toid": uid, "totalChunk": 1, "fileName": name, "clientId": browser.new_client_id(),
        "totalSize": len(content), "imei": browser.device.imei, "isE2EE": 0, "jxl": 0, "chunkId": 1,
    }  # fmt: skip
    path = f"/api/message/{kind}/upload"
    part = ("chunkContent", name, content)
    return await browser.call("file", "POST", path, params | change, part=part, type="2")


@clause("chunks", "size, number and bytes must agree; a photo is a photo", "four uploads")
async def chunks(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    answers = [
        await upload(browser, uid, "asyncfile", "a.pdf", PAPER, totalSize=5),
        await upload(browser, uid, "asyncfile", "a.pdf", PAPER, chunkId=2),
        await upload(browser, uid, "asyncfile", "a.exe", PAPER),
        await upload(browser, uid, "photo_original", "a.png", b"no picture at all"),
    ]
    return next((flaw for flaw in map(refused, answers) if flaw), None)


@clause("own uploads", "only one's own photo, for this thread", "two sends")
async def own_uploads(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    other = await staff(shop)
    data = (await upload(browser, uid, "photo_original", "a.png", PNG + bytes(30)))["data"]
    params: dict[str, Any] = {
        "photoId": data["photoId"], "clientId": "1", "desc": "", "width": 10, "height": 10, "toid": uid,
        "rawUrl": data["normalUrl"], "hdUrl": data["hdUrl"], "thumbUrl": data["thumbUrl"],
        "normalUrl": data["normalUrl"], "hdSize": str(len(PNG) + 30), "zsource": -1, "ttl": 0,
    }  # fmt: skip
    path = "/api/message/photo_original/send"
    if (await browser.call("file", "POST", path, params))["error"] != 0:
        return "the own photo is refused"
    return refused(await other.call("file", "POST", path, params)) or refused(
        await browser.call("file", "POST", path, params | {"photoId": "123"})
    )


@clause("file_done", "the address comes over the socket, after the answer", "a file")
async def file_done(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    line = await browser.listen()
    file_id = (await upload(browser, uid, "asyncfile", "a.pdf", PAPER))["data"]["fileId"]
    early = bool(line.of(601))
    content = (await line.items(601, "controls"))[0]["content"]
    params: dict[str, Any] = {
        "fileId": file_id, "checksum": hashlib.md5(PAPER, usedforsecurity=False).hexdigest(), "checksumSha": "",
        "extention": "pdf", "totalSize": len(PAPER), "fileName": "a.pdf", "clientId": "5", "fType": 1, "fileCount": 0,
        "fdata": "{}", "toid": uid, "fileUrl": content["data"]["url"], "zsource": -1, "ttl": 0,
    }  # fmt: skip
    path = "/api/message/asyncfile/msg"
    guessed = await browser.call("file", "POST", path, params | {"fileUrl": "http://127.0.0.1/guessed"})
    sent = await browser.call("file", "POST", path, params)
    return same((early, content["fileId"], sent["error"]), (False, file_id, 0)) or refused(guessed)


@clause("no file_done", "an upload that is never confirmed", "ordered", by="order")
async def no_file_done(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    line = await browser.listen()
    await browser.control("POST", "/faults", kind="no_file_done", uid=browser.uid)
    await upload(browser, uid, "asyncfile", "a.pdf", PAPER)
    await asyncio.sleep(0.5)
    return same(line.of(601), [])


# History


async def says(browser: WebClient, uid: str, *texts: str) -> list[Json]:
    return [await browser.control("POST", "/messages", from_uid=uid, to=browser.uid, text=text) for text in texts]


async def old(line: Line, last_id: str | None = None, number: int = 1) -> Json:
    line.send(510, 1, {"first": True, "lastId": last_id, "preIds": [], "req_id": "req_1"})
    data = (await line.wait(510, number))[-1].data
    assert data is not None
    return data


@clause("old messages", "only of this sign-in, in pages", "60 after, 1 before it")
async def old_messages(shop: Shop) -> str | None:
    browser = WebClient(shop.http)
    browser.uid = await browser.person("Nhân viên An")
    uid = await browser.person("Chị Lan")
    await says(browser, uid, "trước khi đăng nhập")
    await asyncio.sleep(0.01)
    await browser.sign_in(browser.uid)
    await says(browser, uid, *(f"tin {number}" for number in range(60)))
    line = await browser.listen()
    first = await old(line)
    second = await old(line, first["msgs"][-1]["msgId"], 2)
    texts = [item["content"] for item in [*first["msgs"], *second["msgs"]]]
    return same((first["more"], second["more"]), (1, 0)) or same(texts, [f"tin {n}" for n in range(59, -1, -1)])


@clause("two weeks", "old messages reach back 14 days", "15 days later")
async def two_weeks(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    await says(browser, uid, "cũ rồi")
    await shop.control("POST", "/clock", {"advance_seconds": 15 * 24 * 3600})
    await says(browser, uid, "mới")
    texts = [item["content"] for item in (await old(await browser.listen()))["msgs"]]
    return same(texts, ["mới"])


@clause("group history", "the old call is gone; getrecentv2 pages", "7 messages, 5 a page")
async def group_history(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    gid = await group(browser, uid)
    for number in range(7):
        await browser.control("POST", "/messages", from_uid=uid, to=gid, group=True, text=f"tin {number}")
    gone = await browser.call("group", "GET", "/api/group/history", {"grid": gid, "count": 50})
    texts: list[str] = []
    before = "10000000000000000"
    for _ in range(2):
        params: dict[str, Any] = {
            "groupId": gid, "globalMsgId": before, "count": 5, "msgIds": [], "imei": browser.device.imei, "src": 1,
        }  # fmt: skip
        text = (await browser.call("group_cloud_message", "GET", "/api/cm/getrecentv2", params))["data"]
        page: Json = json.loads(text)
        texts += [item["content"] for item in page["groupMsgs"]]
        before = page["lastMsgId"]
    return same((gone["_status"], texts), (404, [f"tin {number}" for number in range(6, -1, -1)]))


@clause("last messages", "the newest message of each thread", "two threads")
async def last_messages(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    gid = await group(browser, uid)
    await says(browser, uid, "một", "hai")
    await browser.control("POST", "/messages", from_uid=uid, to=gid, group=True, text="ba")
    params = {"threadIdLocalMsgId": "{}", "imei": browser.device.imei}
    data = (await browser.call("conversation", "GET", "/api/preloadconvers/get-last-msgs", params))["data"]
    return same([item["content"] for item in (*data["msgs"], *data["groupMsgs"])], ["hai", "ba"])


# Frames that go wrong


async def struck(shop: Shop, kind: str, count: int, **order: Any) -> tuple[WebClient, Line]:
    browser, uid = await scene(shop)
    line = await browser.listen()
    await browser.control("POST", "/faults", kind=kind, uid=browser.uid, **order)
    await says(browser, uid, *(f"tin {number}" for number in range(count)))
    await asyncio.sleep(0.3)
    return browser, line


def texts_of(line: Line, cmd: int = 501) -> list[str]:
    items: list[Any] = [item for heard in line.of(cmd) if heard.data for item in heard.data["msgs"]]
    return [item["content"] for item in items if _is_message(item)]


def _is_message(item: Any) -> bool:
    try:
        return bool(item["msgId"])
    except (TypeError, KeyError, IndexError):
        return False


@clause("drop", "3 of 10 frames are lost for ever", "ordered; old messages asked afterwards", by="order")
async def dropped(shop: Shop) -> str | None:
    browser, line = await struck(shop, "drop", 10, k=3, n=10)
    truth = (await browser.control("GET", f"/state?uid={browser.uid}"))["threads"][0]["messages"]
    lost = sum(message["lost"] for message in truth)
    return same((len(texts_of(line)), len((await old(line))["msgs"]), lost, len(truth)), (7, 7, 3, 10))


@clause("duplicate", "frames come twice", "ordered", by="order")
async def doubled(shop: Shop) -> str | None:
    _, line = await struck(shop, "duplicate", 2)
    return same(texts_of(line), ["tin 0", "tin 0", "tin 1", "tin 1"])


@clause("reorder", "frames come in another order", "ordered", by="order")
async def reordered(shop: Shop) -> str | None:
    _, line = await struck(shop, "reorder", 4, window=4)
    return same(texts_of(line), ["tin 3", "tin 2", "tin 1", "tin 0"])


@clause("unknown opcodes", "504, 551 and 553 carry messages", "ordered", by="order")
async def unknown(shop: Shop) -> str | None:
    for opcode in (504, 551, 553):
        _, line = await struck(shop, "unknown_opcode", 1, opcode=opcode)
        if texts_of(line, opcode) != ["tin 0"]:
            return f"nothing by {opcode}"
    return None


@clause("malformed", "bad items beside a good one", "ordered", by="order")
async def malformed(shop: Shop) -> str | None:
    _, line = await struck(shop, "malformed", 1)
    data = line.of(501)[0].data
    return same((len(data["msgs"]) if data else 0, texts_of(line)), (3, ["tin 0"]))


@clause("undecryptable", "a frame nobody can open; the platform still has the message", "ordered", by="order")
async def undecryptable(shop: Shop) -> str | None:
    _, line = await struck(shop, "undecryptable", 1)
    opened = [heard.data for heard in line.of(501)]
    return same((opened, len((await old(line))["msgs"])), ([None], 1))


@clause("lost reply", "accepted, and the answer is lost", "ordered", by="order")
async def lost_reply(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    line = await browser.listen()
    await browser.control("POST", "/faults", kind="lost_reply", uid=browser.uid, count=1)
    try:
        return str(await browser.sends(uid))
    except Exception:
        return same(len(await line.items(501, "msgs")), 1)


@clause("HTML", "a page instead of JSON", "ordered", by="order")
async def html(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    await browser.control("POST", "/faults", kind="html", uid=browser.uid, count=1)
    return same((await browser.sends(uid))["error"], None)
