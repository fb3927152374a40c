"""Provocations of §1.8 at the official account's API."""

from sokhach.sandbox.selftest.codes import OA_CODES
from sokhach.sandbox.selftest.probes import Probes, Provoke
from sokhach.sandbox.selftest.shop import DAY, HOUR, PNG, Json, Shop

OA = Probes("1.8", OA_CODES)
TEXT_LIMIT = 2000


def _person(*, wrote: bool = True, **state: object) -> Provoke:
    async def run(shop: Shop) -> Json:
        return await shop.send(await shop.customer(wrote=wrote, **state))

    return run


def _silent(days: float, **oa: object) -> Provoke:
    """Writes to somebody who has been silent for so many days."""

    async def run(shop: Shop) -> Json:
        user = await shop.customer()
        await shop.advance(days * DAY + 60)
        if oa:
            await shop.oa(**oa)
        return await shop.send(user)

    return run


def _message(message: object) -> Provoke:
    async def run(shop: Shop) -> Json:
        return await shop.send(await shop.customer(), message)

    return run


def _app(**change: object) -> Provoke:
    async def run(shop: Shop) -> Json:
        user = await shop.customer()
        await shop.app(**change)
        return await shop.send(user)

    return run


def _account(**change: object) -> Provoke:
    async def run(shop: Shop) -> Json:
        user = await shop.customer()
        await shop.oa(**change)
        return await shop.send(user)

    return run


def _media(field: str, attachment_id: str) -> Json:
    element = {"media_type": "image", field: attachment_id}
    payload = {"template_type": "media", "elements": [element]}
    return {"attachment": {"type": "template", "payload": payload}}


OA.shows(-201, "a message without words")(_message({}))
OA.shows(-204, "the OA is disabled")(_account(enabled=False))
OA.shows(-205, "the OA is gone at Zalo")(_account(exists_at_zalo=False))
OA.shows(-209, "the app is switched to inactive")(_app(active=False))
OA.shows(-210, "2,001 characters")(_message({"text": "a" * (TEXT_LIMIT + 1)}))
OA.shows(-211, "after 48 h with the package's messages used up")(_silent(3, sub_quota_remain=0))
OA.shows(-212, "the app did not register the API")(_app(api_registered=False))
OA.shows(-218, "the person's receive quota is used up")(_person(receive_quota_out=True))
OA.shows(-219, "the app is removed")(_app(removed=True))
OA.shows(-223, "the OA did not grant messages", meaning="API not granted")(_account(refused_apis=["message"]))
OA.shows(-227, "the person is banned", meaning="user banned")(_person(off_zalo=True))
OA.shows(-227, "the person silent for 46 days", meaning="user inactive > 45 d")(_silent(46))
OA.shows(-230, "7 days and a minute after the last word")(_silent(7))
OA.shows(-232, "somebody who never wrote")(_person(wrote=False))
OA.shows(-233, "an attachment of type video")(_message({"attachment": {"type": "video", "payload": {}}}))
OA.shows(-244, "the person restricted such messages")(_person(refuses_messages=True))
OA.shows(-320, "beyond 48 h, nothing left, no ZCA")(
    _silent(3, sub_quota_remain=0, pay_per_message=True, zca_linked=False)
)
OA.shows(-321, "beyond 48 h, nothing left, an empty ZCA")(
    _silent(3, sub_quota_remain=0, pay_per_message=True, zca_balance=0)
)


@OA.shows(-32, "more calls in a minute than the app may make", meaning="app over its call rate")
async def app_rate(shop: Shop) -> Json:
    await shop.app(rate_limit_per_minute=2)
    return await _often(shop)


@OA.shows(-32, "more calls in a minute than the OA may take", meaning="OA over its call rate")
async def oa_rate(shop: Shop) -> Json:
    await shop.oa(rate_limit_per_minute=2)
    return await _often(shop)


async def _often(shop: Shop) -> Json:
    """Three calls in one minute: of seven in a row, even when a minute ends among them."""
    answers = [await shop.get("/v2.0/oa/getoa") for _ in range(7)]
    return next((answer for answer in answers if answer["error"]), answers[-1])


@OA.shows(-100, "an upload used after its 7 days")
async def expired_upload(shop: Shop) -> Json:
    uploaded = await shop.upload("/v2.0/oa/upload/image", PNG + bytes(100), "a.png")
    await shop.advance(7 * DAY + 60)
    return await shop.send(await shop.customer(), _media("attachment_id", uploaded["data"]["attachment_id"]))


@OA.shows(-200, "an ordered fault: sending fails for no reason of ours", by="order")
async def send_failed(shop: Shop) -> Json:
    user = await shop.customer()
    scope = {"oa_id": shop.oa_id, "path": "/v3.0/oa/message/cs"}
    await shop.control("POST", "/faults", {"kind": "api_error", "scope": scope, "count": 1, "error": -200})
    return await shop.send(user)


@OA.shows(-213, "the person unfollowed and has been silent since")
async def unfollowed(shop: Shop) -> Json:
    user = await shop.customer()
    await shop.of_oa("POST", f"/users/{user}/follow")
    await shop.of_oa("POST", f"/users/{user}/unfollow")
    return await shop.send(user)


@OA.shows(-216, "a token nobody issued")
async def unknown_token(shop: Shop) -> Json:
    return await shop.call("GET", "/v2.0/oa/getoa", headers={"access_token": "nonsense"})


@OA.shows(-220, "a token after its 25 hours")
async def expired_token(shop: Shop) -> Json:
    token = shop.token
    await shop.advance(25 * HOUR + 1)
    return await shop.call("GET", "/v2.0/oa/getoa", headers={"access_token": token})


@OA.shows(-240, "a text at the old message call")
async def old_message_call(shop: Shop) -> Json:
    body = {"recipient": {"user_id": await shop.customer()}, "message": {"text": "Dạ"}}
    return await shop.call("POST", "/v2.0/oa/message", body)


@OA.shows(-242, "a proof made with another secret")
async def wrong_proof(shop: Shop) -> Json:
    return await shop.call("GET", "/v2.0/oa/getoa", headers={"appsecret_proof": "0" * 64})


@OA.shows(-248, "a word that the platform forbids")
async def forbidden_word(shop: Shop) -> Json:
    await shop.oa(banned_words=["cá độ"])
    return await shop.send(await shop.customer(), {"text": "Mời chị chơi Cá Độ"})
