"""Provocations of §4: the refusals of Zalo Web that have a number."""

from typing import Any

from sokhach.sandbox.selftest.codes import WEB_CODES
from sokhach.sandbox.selftest.probes import Probes
from sokhach.sandbox.selftest.shop import Json, Shop
from sokhach.sandbox.selftest.web_client import WebClient, new_device

WEB = Probes("4", WEB_CODES)

STRANGERS = 3
"""Instead of 100, which takes long."""


async def staff(shop: Shop) -> WebClient:
    """Somebody signed in to Zalo Web."""
    browser = WebClient(shop.http)
    return await browser.sign_in(await browser.person("Nhân viên An"))


async def friend(browser: WebClient, name: str = "Chị Lan") -> str:
    uid = await browser.person(name)
    await browser.control("POST", "/friendships", a=browser.uid, b=uid)
    return uid


async def ask(browser: WebClient, uid: str) -> Json:
    params: dict[str, Any] = {
        "toid": uid, "msg": "Kết bạn nhé", "reqsrc": 30, "imei": browser.device.imei, "language": "vi",
        "srcParams": f'{{"uidTo":"{uid}"}}',
    }  # fmt: skip
    return await browser.call("friend", "POST", "/api/friend/sendreq", params)


async def find(browser: WebClient, phone: str) -> Json:
    params = {"phone": phone, "avatar_size": 240, "language": "vi", "imei": browser.device.imei, "reqSrc": 40}
    return await browser.call("friend", "GET", "/api/friend/profile/get", params)


async def group(browser: WebClient, *others: str, creator: str | None = None, **more: Any) -> str:
    members = [browser.uid, *others]
    made = await browser.control(
        "POST", "/groups", name="Căn hộ B12", creator=creator or browser.uid, members=members, **more
    )
    return made["gid"]


async def in_group(browser: WebClient, path: str, gid: str, *members: str) -> Json:
    params = {"grid": gid, "members": list(members), "imei": browser.device.imei}
    return await browser.call("group", "POST", f"/api/group/{path}", params)


@WEB.shows(8, "waiting for a scan that does not come", meaning="QR: not scanned yet, ask again")
async def not_scanned(shop: Shop) -> Json:
    browser = WebClient(shop.http)
    await browser.control("POST", "/settings", poll_seconds=0.1)
    return await browser.waits(await browser.show_code(), "scan")


@WEB.shows(8, "waiting for a confirmation that does not come", meaning="QR: not confirmed yet, ask again")
async def not_confirmed(shop: Shop) -> Json:
    browser = WebClient(shop.http)
    await browser.control("POST", "/settings", poll_seconds=0.1)
    code = await browser.show_code()
    await browser.control("POST", "/qr/scan", code=code, uid=await browser.person())
    return await browser.waits(code, "confirm")


@WEB.shows(-13, "a code that is scanned and declined")
async def declined(shop: Shop) -> Json:
    browser = WebClient(shop.http)
    code = await browser.show_code()
    await browser.control("POST", "/qr/scan", code=code, uid=await browser.person())
    await browser.control("POST", "/qr/decline", code=code)
    return await browser.waits(code, "confirm")


@WEB.shows(102, "signing in again after a year", meaning="session key expired")
async def expired(shop: Shop) -> Json:
    browser = await staff(shop)
    await shop.control("POST", "/clock", {"advance_seconds": 366 * 24 * 3600})
    return await browser.login()


@WEB.shows(102, "the cookies with another user agent", meaning="another user agent")
async def other_agent(shop: Shop) -> Json:
    browser = await staff(shop)
    browser.device.user_agent = "Mozilla/5.0 other"
    return await browser.login()


@WEB.shows(102, "the cookies with another imei", meaning="another device")
async def other_device(shop: Shop) -> Json:
    browser = await staff(shop)
    browser.device.imei = new_device().imei
    return await browser.login()


@WEB.shows(600, "a message after the cookies have expired", meaning="zpw_sek expired")
async def ended(shop: Shop) -> Json:
    browser = await staff(shop)
    uid = await friend(browser)
    await browser.control("POST", f"/sessions/{browser.uid}/expire")
    return await browser.sends(uid)


@WEB.shows(600, "a message with another user agent", meaning="another user agent")
async def agent_of_a_call(shop: Shop) -> Json:
    browser = await staff(shop)
    uid = await friend(browser)
    browser.device.user_agent = "Mozilla/5.0 other"
    return await browser.sends(uid)


@WEB.shows(123, f"the {STRANGERS + 1}th stranger of a day with a limit of {STRANGERS}", meaning="too many strangers")
async def strangers(shop: Shop) -> Json:
    browser = await staff(shop)
    answer = await shop.http.patch(f"/control/web/users/{browser.uid}", json={"strangers_per_day": STRANGERS})
    assert answer.is_success, answer.text
    for _ in range(STRANGERS):
        assert (await browser.sends(await browser.person()))["error"] == 0
    return await browser.sends(await browser.person())


@WEB.shows(123, "a stranger who takes none of strangers", meaning="takes no messages of strangers")
async def shy(shop: Shop) -> Json:
    browser = await staff(shop)
    uid = await browser.person()
    await shop.http.patch(f"/control/web/users/{uid}", json={"accepts_strangers": False})
    return await browser.sends(uid)


@WEB.shows(216, "a number that nobody has", meaning="phone number unknown")
async def nobody(shop: Shop) -> Json:
    return await find(await staff(shop), "84999999999")


@WEB.shows(216, "the number of somebody who hides it", meaning="does not want to be found")
async def hidden(shop: Shop) -> Json:
    browser = await staff(shop)
    phone = f"8497{browser.uid[-7:]}"
    uid = await browser.person("Anh Kín", phone)
    await shop.http.patch(f"/control/web/users/{uid}", json={"findable": False})
    return await find(browser, phone)


@WEB.shows(225, "asking a friend")
async def already(shop: Shop) -> Json:
    browser = await staff(shop)
    return await ask(browser, await friend(browser))


@WEB.shows(215, "asking somebody who blocks the account")
async def blocked(shop: Shop) -> Json:
    browser = await staff(shop)
    uid = await browser.person()
    await browser.control("POST", "/friendships", a=uid, b=browser.uid, blocks=True)
    return await ask(browser, uid)


@WEB.shows(222, "asking somebody who has asked")
async def asked_first(shop: Shop) -> Json:
    browser = await staff(shop)
    uid = await browser.person()
    await browser.control("POST", "/requests", from_uid=uid, to_uid=browser.uid)
    return await ask(browser, uid)


@WEB.shows(112, "accepting a request that nobody made")
async def no_request(shop: Shop) -> Json:
    browser = await staff(shop)
    return await browser.call("friend", "POST", "/api/friend/accept", {"fid": await browser.person(), "language": "vi"})


@WEB.shows(166, "a message to a group of others", meaning="not in the group")
async def outside(shop: Shop) -> Json:
    browser, other = await staff(shop), WebClient(shop.http)
    other.uid = await browser.person("Chủ nhóm")
    return await browser.sends_group(await group(other))


@WEB.shows(166, "a member who is no administrator removes another", meaning="not allowed to")
async def no_right(shop: Shop) -> Json:
    browser = await staff(shop)
    owner = await browser.person("Chủ nhóm")
    return await in_group(browser, "kickout", await group(browser, owner, creator=owner), owner)


@WEB.shows(165, "removing somebody who is not in the group")
async def no_member(shop: Shop) -> Json:
    browser = await staff(shop)
    return await in_group(browser, "kickout", await group(browser), await browser.person())


@WEB.shows(178, "inviting a member")
async def member(shop: Shop) -> Json:
    browser = await staff(shop)
    uid = await friend(browser)
    return await in_group(browser, "invite/v2", await group(browser, uid), uid)


@WEB.shows(240, "a member invites into a group with approval")
async def approval(shop: Shop) -> Json:
    browser = await staff(shop)
    owner = await browser.person("Chủ nhóm")
    gid = await group(browser, owner, creator=owner, approval=True)
    return await in_group(browser, "invite/v2", gid, await browser.person())


@WEB.shows(221, "a fault with this code", by="order")
async def rate(shop: Shop) -> Json:
    browser = await staff(shop)
    uid = await friend(browser)
    await browser.control("POST", "/faults", kind="code", code=221, uid=browser.uid)
    return await browser.sends(uid)
