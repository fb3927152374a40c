"""Provocations of §3 at the three sending calls."""

import base64
import hashlib
from typing import Any

from sokhach.sandbox.selftest.codes import ZNS_CODES
from sokhach.sandbox.selftest.probes import Probes, Provoke
from sokhach.sandbox.selftest.shop import DATA, DAY, Json, Shop, new_phone

ZNS = Probes("3", ZNS_CODES)
GOOD = DATA["Xác nhận đơn hàng"]
PROMOTION = ["OTP", "IN_TRANSACTION", "POST_TRANSACTION", "PROMOTION"]
JOURNEY = "Hành trình giao vận"


def _data(**change: object) -> Provoke:
    async def run(shop: Shop) -> Json:
        await shop.with_templates()
        return await shop.sends(template_data=GOOD | change)

    return run


def _order(**change: Any) -> Provoke:
    async def run(shop: Shop) -> Json:
        await shop.with_templates()
        return await shop.sends(**change)

    return run


def _standing(**change: object) -> Provoke:
    async def run(shop: Shop) -> Json:
        await shop.with_templates()
        await shop.standing(**change)
        return await shop.sends()

    return run


def _account(**change: object) -> Provoke:
    async def run(shop: Shop) -> Json:
        await shop.with_templates()
        await shop.oa(**change)
        return await shop.sends()

    return run


def _app(**change: object) -> Provoke:
    async def run(shop: Shop) -> Json:
        await shop.with_templates()
        await shop.app(**change)
        return await shop.sends()

    return run


def _owner(template: str = "Xác nhận đơn hàng", **state: object) -> Provoke:
    async def run(shop: Shop) -> Json:
        await shop.with_templates()
        phone = new_phone()
        await shop.of_oa("PUT", f"/zns/phones/{phone}", **state)
        return await shop.sends(phone, template)

    return run


def _template(name: str) -> Provoke:
    async def run(shop: Shop) -> Json:
        await shop.with_templates()
        return await shop.sends(template=name)

    return run


def _magic(code: int) -> Provoke:
    async def run(shop: Shop) -> Json:
        await shop.with_templates()
        return await shop.sends(f"8490000{-code:04d}")

    return run


def _body(content: bytes) -> Provoke:
    async def run(shop: Shop) -> Json:
        return await shop.call("POST", "/message/template", content)

    return run


for code in (-100, -101, -104, -134, -151, -152):
    ZNS.shows(code, f"sending to the magic number 8490000{-code:04d}", by="order")(_magic(code))

ZNS.shows(-102, "the app is removed, then sends")(_app(removed=True))
ZNS.shows(-103, "the app is switched to inactive")(_app(active=False))
ZNS.shows(-108, "a number as 0…, which is not documented")(_order(phone="0987654321"))
ZNS.shows(-109, "template_id nobody made")(_order(template_id="1"))
ZNS.shows(-110, "the number's owner has an old Zalo")(_owner(old_version=True))
ZNS.shows(-111, "template_data {}")(_order(template_data={}))
ZNS.shows(-112, "a value that is an object")(_data(ma_don_hang={"a": 1}))
ZNS.shows(-1121, "31 characters where 30 are allowed")(_data(ma_don_hang="a" * 31))
ZNS.shows(-1122, "a required value left out")(_order(template_data={"ma_don_hang": "DH1"}))
ZNS.shows(-1124, "a currency of 1.250.000")(_data(so_tien="1.250.000"))
ZNS.shows(-114, "the number's owner turned such messages off")(_owner(opted_out=True))
ZNS.shows(-115, "the wallet holds less than the price")(_account(zca_balance=1))
ZNS.shows(-116, "a control character in a value")(_data(ma_don_hang="a\u0007b"))
ZNS.shows(-118, "a number without Zalo")(_owner(has_account=False))
ZNS.shows(-119, "the number's account receives nothing")(_owner(cannot_receive=True))
ZNS.shows(-121, "an empty body")(_body(b""))
ZNS.shows(-122, "a body cut short")(_body(b'{"phone":'))
ZNS.shows(-125, "the OA is gone at Zalo")(_account(exists_at_zalo=False))
ZNS.shows(-127, "development mode to an ordinary number")(_order(mode="development"))
ZNS.shows(-130, "100,001 characters in one value")(_data(ten_khach_hang="a" * 100_001))
ZNS.shows(-131, "a template that waits for review")(_template("Thông báo đổi hàng"))
ZNS.shows(-132, "tracking_id of 49 characters")(_order(tracking_id="a" * 49))
ZNS.shows(-135, "the OA is not verified")(_account(verified=False))
ZNS.shows(-1351, "Zalo blocks the OA")(_standing(blocked=True))
ZNS.shows(-136, "no ZCA linked")(_account(zca_linked=False))
ZNS.shows(-137, "the ZCA cannot be charged")(_standing(zca_chargeable=False))
ZNS.shows(-138, "the app did not register the API")(_app(api_registered=False))
ZNS.shows(-1381, "the extension right was not granted")(_standing(extension_granted=False))
ZNS.shows(-139, "the number's owner refuses the tag")(_owner(refuses_tags=["IN_TRANSACTION"]))
ZNS.shows(-140, "a care message to somebody ineligible")(_owner("Đánh giá dịch vụ", eligible=False))
ZNS.shows(-141, "the number's owner refuses the OA")(_owner(refuses_account=True))
ZNS.shows(-144, "daily quota 0")(_standing(daily_quota=0))
ZNS.shows(-145, "a promotion without that tag")(_template("Ưu đãi tháng này"))
ZNS.shows(-146, "a template disabled for its quality")(_template("Nhắc mua lại"))
ZNS.shows(-148, "a journey template without a token")(_template(JOURNEY))
ZNS.shows(-161, "sending_mode 2")(_order(sending_mode="2"))


@ZNS.shows(-105, "the OA is given to another app, the old one sends")
async def unlinked(shop: Shop) -> Json:
    await shop.with_templates()
    other = await Shop(shop.http).open()
    await shop.control("POST", "/oas", {"oa_id": shop.oa_id, "app_id": other.app_id, "name": "Mộc An"})
    return await shop.sends()


@ZNS.shows(-106, "GET on a sending call")
async def wrong_method(shop: Shop) -> Json:
    return await shop.call("GET", "/message/template")


@ZNS.shows(-117, "the template of another OA")
async def foreign_template(shop: Shop) -> Json:
    await shop.with_templates()
    other = await (await Shop(shop.http).open()).with_templates()
    return await shop.sends(template_id=other.templates["Xác nhận đơn hàng"])


@ZNS.shows(-1123, "letters with diacritics in a QR code")
async def qr_code(shop: Shop) -> Json:
    await shop.with_templates()
    name = "Thông báo giao hàng"
    return await shop.sends(template=name, template_data=DATA[name] | {"ma_van_don": "mã vận đơn"})


@ZNS.shows(-124, "a token after its 25 hours")
async def old_token(shop: Shop) -> Json:
    await shop.with_templates()
    token = shop.token
    await shop.advance(25 * 3600 + 1)
    shop.token = token
    return await shop.sends()


@ZNS.shows(-1241, "a proof made with another secret")
async def wrong_proof(shop: Shop) -> Json:
    await shop.with_templates()
    return await shop.sends(headers={"appsecret_proof": "0" * 64})


@ZNS.shows(-126, "development mode to an admin, wallet empty")
async def development_wallet(shop: Shop) -> Json:
    await shop.with_templates()
    phone = new_phone()
    await shop.of_oa("PUT", f"/zns/phones/{phone}", administrator=True)
    await shop.standing(development_balance=0)
    return await shop.sends(phone, mode="development")


@ZNS.shows(-133, "a template without night right at 23:30 in Vietnam")
async def at_night(shop: Shop) -> Json:
    await shop.with_templates()
    await shop.standing(allowed_tags=PROMOTION)
    await shop.until_hour(23)
    return await shop.sends(template="Ưu đãi tháng này")


@ZNS.shows(-120, "hashed numbers without that right")
async def no_feature(shop: Shop) -> Json:
    await shop.with_templates()
    await shop.standing(features=[])
    hashed = hashlib.sha256(new_phone().encode()).hexdigest()
    return await shop.sends(path="/message/template/hashphone", hash_phone=hashed)


@ZNS.shows(-128, "an encrypted send before a key was made")
async def no_encoding_key(shop: Shop) -> Json:
    await shop.with_templates()
    return await shop.sends(path="/rsa/message/template", rsa_phone="AAAA")


@ZNS.shows(-123, "an encrypted number of random bytes")
async def rsa_garbage(shop: Shop) -> Json:
    await shop.with_templates()
    await shop.call("GET", "/rsa/key/gen")
    sealed = base64.b64encode(bytes(256)).decode()
    return await shop.sends(path="/rsa/message/template", rsa_phone=sealed)


@ZNS.shows(-142, "asking for a key that was not made")
async def no_key(shop: Shop) -> Json:
    return await shop.call("GET", "/rsa/key/get")


@ZNS.shows(-143, "making a second key")
async def second_key(shop: Shop) -> Json:
    await shop.call("GET", "/rsa/key/gen")
    return await shop.call("GET", "/rsa/key/gen")


@ZNS.shows(-129, "Zalo is told to fail at making the key")
async def key_fails(shop: Shop) -> Json:
    await shop.standing(rsa_generation_fails=True)
    return await shop.call("GET", "/rsa/key/gen")


@ZNS.shows(-147, "a second message of a template limited to one a day")
async def template_limit(shop: Shop) -> Json:
    await shop.with_templates()
    template = shop.templates["Xác nhận đơn hàng"]
    await shop.of_oa("PATCH", f"/zns/templates/{template}", daily_limit=1)
    await shop.sends()
    return await shop.sends()


@ZNS.shows(-1471, "a second care message to one person, one allowed")
async def follow_up_limit(shop: Shop) -> Json:
    await shop.with_templates()
    await shop.standing(follow_up_per_user_month=1)
    phone = new_phone()
    await shop.sends(phone, "Đánh giá dịch vụ")
    return await shop.sends(phone, "Đánh giá dịch vụ")


@ZNS.shows(-1472, "a second promotion to one person on one day")
async def promotion_limit(shop: Shop) -> Json:
    phone = new_phone()
    await _promote(shop, phone)
    return await shop.sends(phone, "Ưu đãi tháng này")


@ZNS.shows(-1441, "a second promotion, one a month allowed")
async def monthly_promotions(shop: Shop) -> Json:
    await _promote(shop, new_phone(), monthly_promotion_quota=1)
    return await shop.sends(template="Ưu đãi tháng này")


async def _promote(shop: Shop, phone: str, **standing: object) -> None:
    await shop.with_templates()
    await shop.standing(allowed_tags=PROMOTION, **standing)
    await shop.until_hour(9)
    await shop.sends(phone, "Ưu đãi tháng này")


@ZNS.shows(-162, "sending_mode 3 with a transaction template, allow-listed")
async def mode_for_tag(shop: Shop) -> Json:
    await shop.with_templates()
    await shop.standing(over_quota_permitted=True)
    return await shop.sends(sending_mode="3")


# Journeys


@ZNS.shows(-149, "a journey token nobody issued")
async def unknown_journey(shop: Shop) -> Json:
    await shop.with_templates()
    return await shop.sends(template=JOURNEY, headers={"journey_token": "nonsense"})


@ZNS.shows(-1491, "the token of a coach journey for a delivery template")
async def other_journey(shop: Shop) -> Json:
    await shop.with_templates()
    phone = new_phone()
    return await shop.sends(phone, JOURNEY, headers=await _journey(shop, phone, "token_coach_bus_7"))


@ZNS.shows(-150, "a journey token after its 7 days")
async def old_journey(shop: Shop) -> Json:
    await shop.with_templates()
    phone = new_phone()
    headers = await _journey(shop, phone, "token_logistics_7")
    await shop.advance(7 * DAY + 1)
    return await shop.sends(phone, JOURNEY, headers=headers)


async def _journey(shop: Shop, phone: str, kind: str) -> dict[str, str]:
    started = await shop.call("POST", "/journey/get-token", {"phone": phone, "token_type": kind})
    return {"journey_token": started["token"]}
