"""The clauses of §4: sign-in and ciphers, the socket, what may be sent, uploads, history, and what goes wrong."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import msgspec

from sokhach.sandbox.selftest.report import By, Missing, Row
from sokhach.sandbox.selftest.shop import Json, Shop
from sokhach.sandbox.selftest.web import friend, staff
from sokhach.sandbox.selftest.web_client import WebClient

Check = Callable[[Shop], Awaitable[str | None]]
"""What was seen if the clause does not hold; None if it does."""

NOT_PROVOKED = (
    Missing(
        section="4",
        code="IP",
        meaning="cookies are tied to the address, too",
        why="everybody comes from loopback here",
    ),
)


class Clause(msgspec.Struct):
    name: str
    meaning: str
    how: str
    check: Check
    by: By


CLAUSES: list[Clause] = []


def clause(name: str, meaning: str, how: str, *, by: By = "rule") -> Callable[[Check], Check]:
    def keep(check: Check) -> Check:
        CLAUSES.append(Clause(name, meaning, how, check, by))
        return check

    return keep


async def check_web(http: httpx.AsyncClient) -> list[Row]:
    return [await _row(one, http) for one in CLAUSES]


async def _row(one: Clause, http: httpx.AsyncClient) -> Row:
    try:
        flaw = await one.check(Shop(http))
    except Exception as error:
        flaw = f"{type(error).__name__}: {error}"
    finally:
        await http.delete("/control/web/faults")
        await http.post("/control/web/settings", json={"mode": -1})
    return Row(
        section="4", code=one.name, meaning=one.meaning, how=one.how, by=one.by, seen=flaw or "as said",
        shown=flaw is None,
    )  # fmt: skip


def refused(answer: Json) -> str | None:
    """HTTP 200, a number, words, no data."""
    good = answer["_status"] == 200 and answer["error"] not in (0, None) and answer["message"] and "data" not in answer
    return None if good else str(answer)


def same(seen: Any, wanted: Any) -> str | None:
    return None if seen == wanted else f"{seen!r} instead of {wanted!r}"


async def scene(shop: Shop) -> tuple[WebClient, str]:
    browser = await staff(shop)
    return browser, await friend(browser)


# Sign-in and ciphers


@clause("signkey", "login with a wrong signature", "one character changed")
async def signature(shop: Shop) -> str | None:
    browser, _ = await scene(shop)
    return refused(await browser.login(signkey="0" * 32)) or refused(await browser.server_info(signkey="0" * 32))


@clause("login params", "params of a login that its key does not open", "the params of another login, well signed")
async def login_params(shop: Shop) -> str | None:
    browser, _ = await scene(shop)
    return refused(await browser.login(params="YWJj", zcid="00" * 32))


@clause("settings", "ping interval, retries, upload limits", "getServerInfo")
async def server_settings(shop: Shop) -> str | None:
    browser, _ = await scene(shop)
    features = (await browser.server_info())["data"]["setttings"]["features"]
    good = features["socket"]["ping_interval"] > 0 and features["socket"]["retries"]["1006"]["times"]
    return None if good and features["sharefile"]["chunk_size_file"] > 0 else str(features)


@clause("QR life", "a code lives 100 s", "101 s later")
async def code_expires(shop: Shop) -> str | None:
    browser = WebClient(shop.http)
    code = await browser.show_code()
    await shop.control("POST", "/clock", {"advance_seconds": 101})
    return refused(await browser.waits(code, "scan"))


@clause("QR owner", "a code belongs to the browser that shows it", "another browser asks for it")
async def code_of_others(shop: Shop) -> str | None:
    browser, other = WebClient(shop.http), WebClient(shop.http)
    code = await browser.show_code()
    await other.show_code()
    return refused(await other.waits(code, "scan"))


@clause("cookie rotation", "zpw_sek is replaced at times, the old one soon dead", "signing in 13 h and 15 h later")
async def rotation(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    old = browser.cookies["zpw_sek"]
    await shop.control("POST", "/clock", {"advance_seconds": 13 * 3600})
    await browser.login()
    if browser.cookies["zpw_sek"] == old:
        return "the same cookie"
    await shop.control("POST", "/clock", {"advance_seconds": 2 * 3600})
    if (await browser.sends(uid))["error"] != 0:
        return "the new cookie is refused"
    browser.cookies["zpw_sek"] = old
    return same((await browser.sends(uid))["error"], 600)


@clause("call params", "params in the clear, of another key, or absent", "three messages")
async def call_params(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    other = await staff(shop)
    plain = await browser.call("chat", "POST", "/api/message/sms", f'{{"message":"x","toid":"{uid}"}}')
    foreign = await browser.call("chat", "POST", "/api/message/sms", other.sealed({"message": "x", "toid": uid}))
    none = await browser.call("chat", "POST", "/api/message/sms")
    return refused(plain) or refused(foreign) or refused(none)


@clause("own host", "a service answers on its own host only", "a message sent to the host of groups")
async def own_host(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    browser.hosts["chat"] = browser.hosts["group"]
    return same((await browser.sends(uid))["_status"], 404)


@clause("keepalive", "answered in the open", "keepalive")
async def keep_alive(shop: Shop) -> str | None:
    browser, _ = await scene(shop)
    return same((await browser.call("chat", "GET", "/keepalive", {"imei": browser.device.imei}))["error"], 0)


# The socket


@clause("encryption", "0 to 3, all read", "a message in each")
async def modes(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    line = await browser.listen()
    for mode in range(4):
        await browser.control("POST", "/settings", mode=mode)
        await browser.control("POST", "/messages", from_uid=uid, to=browser.uid, text=f"kiểu {mode}")
        await line.items(501, "msgs", mode + 1)
    texts = [item["content"] for item in await line.items(501, "msgs", 4)]
    return same([heard.mode for heard in line.of(501)], [0, 1, 2, 3]) or same(texts, [f"kiểu {n}" for n in range(4)])


@clause("socket cookie", "no socket without a session, or with another user agent", "two attempts")
async def socket_refused(shop: Shop) -> str | None:
    browser, _ = await scene(shop)
    without = await browser.listen(Cookie="zpw_sek=abc")
    other = await browser.listen(**{"User-Agent": "other"})
    return same((without.close_code is not None, other.close_code is not None), (True, True))


@clause("3000", "a second socket ends the first", "two sockets of one account")
async def duplicate(shop: Shop) -> str | None:
    browser, _ = await scene(shop)
    first = await browser.listen()
    second = await browser.listen()
    code = await first.closed()
    announced = [heard.cmd for heard in first.frames][-1]
    return same((code, announced, second.close_code), (3000, 3000, None))


@clause("3003", "kicked from the phone", "signed out there")
async def kicked(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    line = await browser.listen()
    await browser.control("POST", f"/sessions/{browser.uid}/drop", code=3003, logout=True)
    return same(await line.closed(), 3003) or same((await browser.sends(uid))["error"], 600)


@clause("1006", "cut without a word", "all sockets dropped at once", by="order")
async def storm(shop: Shop) -> str | None:
    browsers = [await staff(shop) for _ in range(3)]
    lines = [await browser.listen() for browser in browsers]
    await browsers[0].control("POST", "/sessions/all/drop", code=1006)
    return same([await line.closed() for line in lines], [1006] * 3)


@clause("dead socket", "open and silent, even to a ping", "ordered, then pinged", by="order")
async def dead(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    line = await browser.listen()
    line.ping()
    await asyncio.sleep(0.3)
    before = line.pongs
    await browser.control("POST", f"/sessions/{browser.uid}/drop", code=0)
    await asyncio.sleep(0.2)
    line.ping()
    await browser.control("POST", "/messages", from_uid=uid, to=browser.uid, text="ai nghe không")
    await asyncio.sleep(0.3)
    return same((before, line.pongs, line.of(501), line.close_code), (1, 1, [], None))


@clause("own phone", "what staff type on the phone reaches their Web session", "a message by phone")
async def own_phone(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    line = await browser.listen()
    await browser.control("POST", "/messages", from_uid=browser.uid, to=uid, text="Em gọi lại nhé", by_phone=True)
    (item,) = await line.items(501, "msgs")
    return same((item["uidFrom"], item["idTo"]), ("0", uid))


@clause("echo", "a sent message comes back with its client id", "a message by Web")
async def echo(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    line = await browser.listen()
    answer = await browser.sends(uid, clientId=1795000000123)
    (item,) = await line.items(501, "msgs")
    ids = {item["msgId"], item["realMsgId"]}
    return same((item["cliMsgId"], str(answer["data"]["msgId"]) in ids), ("1795000000123", True))


@clause("several ids", "one message under several ids, one client id", "until old messages name another id")
async def several_ids(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    line = await browser.listen()
    for number in range(12):
        await browser.control("POST", "/messages", from_uid=uid, to=browser.uid, text=f"tin {number}")
    live = {item["cliMsgId"]: item for item in await line.items(501, "msgs", 12)}
    line.send(510, 1, {"first": True, "lastId": None, "preIds": [], "req_id": "req_0"})
    old = {item["cliMsgId"]: item for item in await line.items(510, "msgs", 12)}
    other = [each for each in old if old[each]["msgId"] != live[each]["msgId"]]
    real = all(old[each]["realMsgId"] == live[each]["msgId"] for each in other)
    return same((set(old) == set(live), bool(other), real), (True, True, True))


@clause("receipts", "delivered, seen, typing, recall, reaction are told", "a customer does each")
async def receipts(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    line = await browser.listen()
    await browser.sends(uid)
    thing = await browser.control("POST", "/messages", from_uid=uid, to=browser.uid, text="nhầm")
    await line.items(502, "delivereds")
    await browser.control("POST", "/seen", uid=uid, to=browser.uid)
    await browser.control("POST", "/typing", uid=uid, to=browser.uid)
    await browser.control("POST", "/reactions", uid=uid, msg_id=thing["msg_id"])
    await browser.control("POST", "/recalls", uid=uid, msg_id=thing["msg_id"])
    seen = (await line.items(502, "seens"))[0]
    typing = (await line.items(602, "actions"))[0]
    reaction = msgspec.json.decode((await line.items(612, "reacts"))[0]["content"])
    recall = (await line.items(501, "msgs", 3))[-1]["content"]
    told = (seen["idTo"], typing["act"], str(reaction["rMsg"][0]["gMsgID"]), str(recall["globalMsgId"]))
    return same(told, (uid, "typing", thing["msg_id"], thing["msg_id"]))


# What may be sent


@clause("recipient", "unknown, oneself, or as a number", "three messages")
async def recipient(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    answers = [await browser.sends(to) for to in ("1234567890123456789", browser.uid)]
    answers.append(await browser.sends(uid, toid=int(uid)))
    return next((flaw for flaw in map(refused, answers) if flaw), None)


@clause("words", "no text, blank text, no client id, another imei", "four messages")
async def words(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    changes: tuple[dict[str, Any], ...] = ({"message": 5}, {"message": " "}, {"clientId": "x"}, {"imei": "other"})
    answers = [await browser.sends(uid, **change) for change in changes]
    return next((flaw for flaw in map(refused, answers) if flaw), None)


@clause("blocked", "nothing to who blocks the account", "a message")
async def blocks(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    await browser.control("POST", "/friendships", a=uid, b=browser.uid, blocks=True)
    return refused(await browser.sends(uid))


@clause("undo", "only one's own, of both ids, within a day, once", "five attempts")
async def undo(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    theirs = await browser.control("POST", "/messages", from_uid=uid, to=browser.uid, text="x")
    mine = [await browser.sends(uid, clientId=1796000000000 + place) for place in range(2)]

    async def takes_back(msg_id: Any, cli_msg_id: Any) -> Json:
        params = {"msgId": msg_id, "cliMsgIdUndo": cli_msg_id, "clientId": 1, "toid": uid}
        return await browser.call("chat", "POST", "/api/message/undo", params)

    first, second = (answer["data"]["msgId"] for answer in mine)
    if (await takes_back(first, 1796000000000))["error"] != 0:
        return "the first recall is refused"
    attempts = [
        await takes_back(theirs["msg_id"], theirs["cli_msg_id"]),
        await takes_back(first, 1796000000000),
        await takes_back(second, 5),
        await takes_back(987654321, 5),
    ]
    await shop.control("POST", "/clock", {"advance_seconds": 24 * 3600 + 60})
    attempts.append(await takes_back(second, 1796000000001))
    return next((flaw for flaw in map(refused, attempts) if flaw), None)


@clause("quote", "only what is in the thread, with the right author and time", "two quotes")
async def quote(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    line = await browser.listen()
    await browser.control("POST", "/messages", from_uid=uid, to=browser.uid, text="x")
    item = (await line.items(501, "msgs"))[0]
    good: dict[str, Any] = {
        "message": "y", "clientId": 3, "imei": browser.device.imei, "ttl": 0, "toid": uid, "qmsgOwner": uid,
        "qmsgId": item["msgId"], "qmsgCliId": item["cliMsgId"], "qmsgType": 1, "qmsgTs": item["ts"], "qmsg": "x",
        "qmsgTTL": 0,
    }  # fmt: skip
    if (await browser.call("chat", "POST", "/api/message/quote", good))["error"] != 0:
        return "a good quote is refused"
    for change in ({"qmsgId": "7100000999999"}, {"qmsgOwner": browser.uid}, {"qmsgTs": "1"}):
        flaw = refused(await browser.call("chat", "POST", "/api/message/quote", good | change))
        if flaw:
            return flaw
    return None


@clause("reaction", "only to what exists", "a reaction to nothing")
async def reaction(shop: Shop) -> str | None:
    browser, uid = await scene(shop)
    message = '{"rMsg":[{"gMsgID":7100000999999,"cMsgID":1,"msgType":1}],"rIcon":"/-heart","rType":5,"source":6}'
    params = {"react_list": [{"message": message, "clientId": 1}], "toid": uid}
    return refused(await browser.call("reaction", "POST", "/api/message/reaction", params))


@clause("labels", "the whole list, with the version of today", "an update with an old version")
async def labels(shop: Shop) -> str | None:
    browser, _ = await scene(shop)
    imei = {"imei": browser.device.imei}
    data = (await browser.call("label", "GET", "/api/convlabel/get", imei))["data"]
    change = {"labelData": data["labelData"], "version": data["version"]} | imei
    if (await browser.call("label", "POST", "/api/convlabel/update", change))["error"] != 0:
        return "today's version is refused"
    return refused(await browser.call("label", "POST", "/api/convlabel/update", change))
