"""The clauses of §2.1: signature, time limit, repeats, switching off and on."""

import hmac
from collections.abc import Awaitable, Callable

import httpx
import msgspec

from sokhach.sandbox.selftest.report import By, Missing, Row
from sokhach.sandbox.selftest.shop import OA_SECRET, Shop
from sokhach.sandbox.selftest.stage import Scene, scene, send_template

LADDER_SECONDS = (30, 300, 900, 1800, 3600)
LIMIT_SECONDS = 2.0

VECTOR_APP, VECTOR_SECRET, VECTOR_TIME = "360846524940903967", "test_oa_secret", "154390853474"
VECTOR_BODY = (
    '{"app_id":"360846524940903967","sender":{"id":"246845883529197922"},"user_id_by_app":"552177279717587730",'
    '"recipient":{"id":"388613280878808645"},"event_name":"user_send_text",'
    '"message":{"text":"message","msg_id":"96d3cdf3af150460909"},"timestamp":"154390853474"}'
)
VECTOR_MAC = "a4f1c9b682aae449f96af01075585158f942c800c4fe370225ef11f15eb80906"

Check = Callable[[Scene], Awaitable[str | None]]
"""What was seen if the clause does not hold; None if it does."""


class Clause(msgspec.Struct):
    name: str
    meaning: str
    how: str
    check: Check
    by: By


CLAUSES: list[Clause] = []

NOT_PROVOKED = (
    Missing(
        section="2.1",
        code="HTTPS",
        meaning="a webhook is an HTTPS address of a domain",
        why="on purpose: everything here is plain HTTP on loopback, and a local product has no domain",
    ),
    Missing(
        section="2.1",
        code="notice",
        meaning="administrators get a Zalo message when the webhook is switched off",
        why="administrators have no phones here; the control API shows the switch",
    ),
)


def clause(name: str, meaning: str, how: str, *, by: By = "rule") -> Callable[[Check], Check]:
    def keep(check: Check) -> Check:
        CLAUSES.append(Clause(name, meaning, how, check, by))
        return check

    return keep


async def check_contract(http: httpx.AsyncClient) -> list[Row]:
    return [await _row(one, http) for one in CLAUSES]


async def _row(one: Clause, http: httpx.AsyncClient) -> Row:
    try:
        async with scene(http) as prepared:
            flaw = await one.check(prepared)
    except Exception as error:
        flaw = f"{type(error).__name__}: {error}"
    return Row(
        section="2.1",
        code=one.name,
        meaning=one.meaning,
        how=one.how,
        by=one.by,
        seen=flaw or "as said",
        shown=flaw is None,
    )


# Signature


@clause("vector", "the reference's signature vector", "its body sent with its app and secret")
async def vector(prepared: Scene) -> str | None:
    shop, heard = prepared.shop, prepared.heard
    app = {"app_id": VECTOR_APP, "app_secret": "x", "oa_secret": VECTOR_SECRET, "webhook_url": heard.url}
    await shop.control("POST", "/apps", app)
    await shop.control("POST", "/oas", {"oa_id": "388613280878808645", "app_id": VECTOR_APP, "name": "Vector"})
    order = {"payload": msgspec.json.decode(VECTOR_BODY)}
    await shop.control("POST", "/oas/388613280878808645/events", order)
    delivery = (await heard.wait_for(1))[0]
    if delivery.body != VECTOR_BODY.encode():
        return f"body {delivery.body[:60]!r}"
    seen = delivery.headers.get("x-zevent-signature")
    return None if seen == f"mac={VECTOR_MAC}" else str(seen)


@clause("signature", "SHA-256 of app id + raw body + timestamp + OA secret", "a customer writes")
async def signature(prepared: Scene) -> str | None:
    await prepared.says("Chăn ga còn không ạ?")
    delivery = (await prepared.heard.wait_for(1))[0]
    seen = delivery.headers.get("x-zevent-signature")
    return None if seen == prepared.good_mac(delivery) else str(seen)


@clause("HMAC", "an HMAC is not the signature", "an event ordered with one", by="order")
async def hmac_signature(prepared: Scene) -> str | None:
    seen = await prepared.forged("hmac")
    delivery = prepared.heard.deliveries[-1]
    joined = prepared.shop.app_id.encode() + delivery.body + b"1"
    expected = "mac=" + hmac.new(OA_SECRET.encode(), joined, "sha256").hexdigest()
    return None if seen == expected != prepared.good_mac(delivery) else str(seen)


def _forgery(variant: str) -> Check:
    async def check(prepared: Scene) -> str | None:
        seen = await prepared.forged(variant)
        well_formed = seen is not None and seen.startswith("mac=") and len(seen) == 68
        wrong = seen != prepared.good_mac(prepared.heard.deliveries[-1])
        return None if well_formed and wrong else str(seen)

    return check


clause("app secret", "signed with the wrong secret", "an event ordered so", by="order")(_forgery("app_secret"))
clause("oa_id first", "signed over oa_id instead of app_id", "an event ordered so", by="order")(_forgery("oa_id_first"))
clause("garbage", "a signature of nothing", "an event ordered so", by="order")(_forgery("garbage"))


@clause("unsigned", "no signature at all", "an event ordered so", by="order")
async def unsigned(prepared: Scene) -> str | None:
    return await prepared.forged("missing")


@clause("reset", "the OA secret can be reset", "a new secret for the app, then a customer writes")
async def reset_secret(prepared: Scene) -> str | None:
    await prepared.shop.app(oa_secret="another")  # noqa: S106
    await prepared.says()
    delivery = (await prepared.heard.wait_for(1))[0]
    return "still signed with the old one" if _signed(prepared, delivery.headers) else None


def _signed(prepared: Scene, headers: dict[str, str]) -> bool:
    return headers.get("x-zevent-signature") == prepared.good_mac(prepared.heard.deliveries[-1])


@clause("X-ZEvent-Server", "ZNS events carry it, others do not", "a template message arrives; a customer writes")
async def server_header(prepared: Scene) -> str | None:
    await prepared.says()
    plain = (await prepared.heard.wait_for(1))[0].headers.get("x-zevent-server")
    await send_template(prepared)
    receipt = (await prepared.heard.wait_for(2))[1]
    marked = receipt.headers.get("x-zevent-server")
    return None if (plain, marked, receipt.event) == (None, "ZNS", "user_received_message") else f"{plain}, {marked}"


# Time and repeats


@clause("within 2 s", "an answer in time is enough", "the endpoint takes 1 s")
async def just_in_time(prepared: Scene) -> str | None:
    prepared.heard.delay = LIMIT_SECONDS / 2
    await prepared.says()
    return None if await prepared.settled(1, "acknowledged") else "not acknowledged"


@clause("2 s", "an answer after 2 s is a failure", "the endpoint takes 2.5 s, then is asked again")
async def too_late(prepared: Scene) -> str | None:
    prepared.heard.delay = LIMIT_SECONDS + 0.5
    await prepared.says()
    if not await prepared.settled(1, "pending"):
        return "not counted as failed"
    prepared.heard.delay = 0
    await prepared.advance(LADDER_SECONDS[0] + 1)
    repeat = (await prepared.heard.wait_for(2))[1]
    return None if repeat.headers.get("num_retry") == "1" else "no num_retry"


def _status(status: int) -> Check:
    async def check(prepared: Scene) -> str | None:
        prepared.heard.status = status
        await prepared.says()
        return None if await prepared.settled(1, "pending") else "taken for an acknowledgement"

    return check


clause("204", "anything but 200 is a failure", "the endpoint answers 204")(_status(204))
clause("503", "anything but 200 is a failure", "the endpoint answers 503")(_status(503))


@clause("refused", "no connection is a failure", "nobody listens at the address")
async def refused(prepared: Scene) -> str | None:
    await prepared.shop.app(webhook_url="http://127.0.0.1:9/hook")
    await prepared.says()
    return None if await prepared.settled(1, "pending") else "taken for an acknowledgement"


def _repeat(number: int) -> Check:
    """The repeats one after the other, each neither early nor late, with the same bytes."""

    async def check(prepared: Scene) -> str | None:
        prepared.heard.status = 500
        await prepared.says()
        for attempt, wait in enumerate(LADDER_SECONDS[:number], start=1):
            if not await prepared.settled(attempt, "pending"):
                return f"attempt {attempt} is not waiting"
            if attempt == number:
                await prepared.advance(wait - 5)
                if not await prepared.heard.stays_at(attempt):
                    return "too early"
                await prepared.advance(6)
            else:
                await prepared.advance(wait + 1)
            await prepared.heard.wait_for(attempt + 1)
        first, last = prepared.heard.deliveries[0], prepared.heard.deliveries[-1]
        seen = last.headers.get("num_retry")
        same = last.body == first.body and _signed(prepared, last.headers)
        return None if seen == str(number) and same else f"num_retry {seen}, same {same}"

    return check


for _number, _wait in enumerate(LADDER_SECONDS, start=1):
    clause(f"num_retry {_number}", f"repeated after {_wait} s", "the endpoint keeps failing; the clock jumps")(
        _repeat(_number)
    )


@clause("first try", "the first delivery has no num_retry", "a customer writes")
async def first_try(prepared: Scene) -> str | None:
    await prepared.says()
    return (await prepared.heard.wait_for(1))[0].headers.get("num_retry")


@clause("repeats end", "an acknowledged repeat is the last one", "the endpoint fails once")
async def repeats_end(prepared: Scene) -> str | None:
    prepared.heard.status = 500
    await prepared.says()
    await prepared.settled(1, "pending")
    prepared.heard.status = 200
    await prepared.advance(LADDER_SECONDS[0] + 1)
    await prepared.heard.wait_for(2)
    await prepared.settled(2, "acknowledged")
    await prepared.advance(sum(LADDER_SECONDS))
    return None if await prepared.heard.stays_at(2) else "repeated after all"


# Switching off


async def _exhaust(prepared: Scene) -> str | None:
    """The endpoint fails through the whole ladder."""
    prepared.heard.status = 500
    await prepared.says()
    for attempt, wait in enumerate(LADDER_SECONDS, start=1):
        if not await prepared.settled(attempt, "pending"):
            return f"attempt {attempt} is not waiting"
        await prepared.advance(wait + 1)
    return None if await prepared.settled(len(LADDER_SECONDS) + 1, "abandoned") else "not abandoned"


@clause("switch-off", "after the last repeat the app's webhook is off", "the endpoint fails six times")
async def switch_off(prepared: Scene) -> str | None:
    return await _exhaust(prepared) or ("still on" if await prepared.switched_on() else None)


@clause("while off", "nothing is delivered while it is off", "a customer writes meanwhile")
async def while_off(prepared: Scene) -> str | None:
    flaw = await _exhaust(prepared)
    prepared.heard.status = 200
    before = len(prepared.heard.deliveries)
    await prepared.says("còn ai không")
    return flaw or (None if await prepared.heard.stays_at(before) else "delivered")


@clause("return", "enabled again it delivers, but not what fell in between", "switched on; two messages")
async def comes_back(prepared: Scene) -> str | None:
    flaw = await _exhaust(prepared)
    prepared.heard.status = 200
    before = len(prepared.heard.deliveries)
    await prepared.says("trong lúc tắt")
    await prepared.shop.control("POST", "/webhooks/enable", {"app_id": prepared.shop.app_id})
    after = await prepared.says("sau khi bật")
    await prepared.heard.wait_for(before + 1)
    new = [delivery.fields["message"]["msg_id"] for delivery in prepared.heard.deliveries[before:]]
    only = await prepared.heard.stays_at(before + 1)
    return flaw or (None if new == [after] and only else f"{len(new)} deliveries")


@clause("neighbours", "another app's webhook stays on", "one app fails through the ladder, the other is written to")
async def neighbours(prepared: Scene) -> str | None:
    neighbour = await Shop(prepared.shop.http).open(prepared.heard.url)
    user = await neighbour.customer(wrote=False)
    await prepared.shop.app(webhook_url="http://127.0.0.1:9/hook")
    flaw = await _exhaust(prepared)
    prepared.heard.status = 200
    await neighbour.hears(user)
    await prepared.heard.wait_for(1)
    return flaw or (None if not await prepared.switched_on() else "the failing one is on")


# Switches of the developer console


@clause("event switch", "each event has its own switch", "user_send_text off; words, then a follow")
async def event_switch(prepared: Scene) -> str | None:
    await prepared.shop.app(events_off=["user_send_text"])
    await prepared.says()
    await prepared.shop.of_oa("POST", f"/users/{prepared.user}/follow")
    await prepared.heard.wait_for(1)
    alone = await prepared.heard.stays_at(1)
    event = prepared.heard.deliveries[0].event
    return None if event == "follow" and alone else event


@clause("syntax filter", "forwards only texts that begin with #", "a plain text, then one with #")
async def syntax_filter(prepared: Scene) -> str | None:
    await prepared.shop.app(syntax_filter=True)
    await prepared.says("Shop ơi")
    wanted = await prepared.says("#dathang")
    await prepared.heard.wait_for(1)
    alone = await prepared.heard.stays_at(1)
    got = prepared.heard.deliveries[0].fields["message"]["msg_id"]
    return None if got == wanted and alone else "forwarded all the same"


# Order and number


@clause("duplicates", "at least once: the same event may come twice", "an ordered fault", by="order")
async def duplicates(prepared: Scene) -> str | None:
    await _fault(prepared, "webhook_duplicate", copies=2)
    await prepared.says()
    first, second = (await prepared.heard.wait_for(2))[:2]
    return None if first.body == second.body else "different bodies"


@clause("order", "order is not promised", "an ordered fault", by="order")
async def disorder(prepared: Scene) -> str | None:
    await _fault(prepared, "webhook_reorder", window=3, hold_ms=15_000)
    sent = [await prepared.says(text) for text in ("một", "hai", "ba")]
    got = [delivery.fields["message"]["msg_id"] for delivery in await prepared.heard.wait_for(3)]
    return None if sorted(got) == sorted(sent) and got != sent else "in order"


@clause("strings", "ids and timestamps are decimal strings, ids above 2^53", "a customer writes")
async def strings(prepared: Scene) -> str | None:
    await prepared.says()
    fields = (await prepared.heard.wait_for(1))[0].fields
    ids = (fields["sender"]["id"], fields["recipient"]["id"], fields["user_id_by_app"], fields["app_id"])
    good = all(isinstance(one, str) and int(one) > 2**53 for one in ids) and fields["timestamp"].isdecimal()
    return None if good else str(ids)


@clause("repeated id", "a receipt repeats the message's id under another event", "the account answers")
async def receipts(prepared: Scene) -> str | None:
    await prepared.says()
    sent = (await prepared.shop.send(prepared.user))["data"]["message_id"]
    events = {one.event for one in await prepared.heard.wait_for(3) if one.fields["message"].get("msg_id") == sent}
    return None if events == {"oa_send_text", "user_received_message"} else str(sorted(events))


async def _fault(prepared: Scene, kind: str, **parameters: int) -> None:
    order = {"kind": kind, "scope": {"oa_id": prepared.shop.oa_id}, **parameters}
    await prepared.shop.control("POST", "/faults", order)
