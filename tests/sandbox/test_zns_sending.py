import base64
import hashlib
import json
import unicodedata
from datetime import datetime, timedelta, timezone
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.sandbox.harness import Receiver
from tests.sandbox.zns_shop import ORDER_DATA, PHONE, ZnsShop, new_phone

DAY = 24 * 3600
VIETNAM = timezone(timedelta(hours=7))


@pytest.fixture
async def shop(http: httpx.AsyncClient, heard: Receiver) -> ZnsShop:
    opened = ZnsShop(http, heard.url)
    await opened.open()
    return opened


class TestAccepted:
    async def test_reply_has_the_quota_as_strings(self, shop: ZnsShop) -> None:
        answer = await shop.sends()
        assert (answer["error"], answer["message"]) == (0, "Success")
        data = answer["data"]
        assert data["sending_mode"] == "1"
        assert data["quota"] == {"dailyQuota": "500", "remainingQuota": "499"}
        assert data["sent_time"].isdecimal()
        assert len(data["msg_id"]) == 20

    async def test_quota_call_has_numbers(self, shop: ZnsShop) -> None:
        await shop.sent()
        data = (await shop.zns("GET", "/message/quota"))["data"]
        assert (data["dailyQuota"], data["remainingQuota"]) == (500, 499)
        assert (data["monthlyPromotionQuota"], data["remainingMonthlyPromotionQuota"]) == (125, 125)
        assert data["dailyQuotaPromotion"] is None

    async def test_quota_returns_at_midnight_in_vietnam(self, shop: ZnsShop) -> None:
        await shop.sent()
        now = datetime.fromtimestamp((await shop.read("/clock"))["now_ms"] / 1000, VIETNAM)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        await shop.advance((midnight - now).total_seconds() + 1)
        assert (await shop.zns("GET", "/message/quota"))["data"]["remainingQuota"] == 500

    async def test_plus_sign(self, shop: ZnsShop) -> None:
        assert (await shop.sends("+84987654321"))["error"] == 0

    async def test_lengths_are_counted_in_nfc(self, shop: ZnsShop) -> None:
        name = unicodedata.normalize("NFD", "ệ" * 30)
        assert (await shop.sends(template_data=ORDER_DATA | {"ten_khach_hang": name}))["error"] == 0

    async def test_status_before_and_after_delivery(self, shop: ZnsShop) -> None:
        await shop.standing(delivery_ms=3600_000)
        sent = await shop.sent()
        assert (await shop.zns("GET", "/message/status", message_id=sent))["data"]["status"] == 0
        await shop.advance(3601)
        await self._delivered(shop, sent)
        unknown = await shop.zns("GET", "/message/status", message_id="0" * 20)
        assert unknown["data"]["status"] == -1

    async def _delivered(self, shop: ZnsShop, msg_id: str) -> None:
        for _ in range(500):
            data = (await shop.zns("GET", "/message/status", message_id=msg_id))["data"]
            if data["status"] == 1:
                assert data["delivery_time"].isdecimal()
                return
        raise AssertionError("not delivered")

    async def test_development_mode_is_for_administrators_and_free(self, shop: ZnsShop) -> None:
        await shop.owner(PHONE, administrator=True)
        sent = await shop.sends(mode="development")
        assert sent["data"]["quota"]["remainingQuota"] == "500"
        account = await shop.read(f"/oas/{shop.oa_id}/zns")
        assert account["development_balance"] == 99

    async def test_mode_3_goes_beyond_the_quota(self, shop: ZnsShop) -> None:
        tags = ["OTP", "IN_TRANSACTION", "POST_TRANSACTION", "PROMOTION"]
        await shop.standing(over_quota_permitted=True, daily_quota=0, allowed_tags=tags)
        data = {"ten_khach_hang": "Lan", "ma_uu_dai": "MOCAN10", "thoi_gian": "31/08/2026"}
        await self._by_day(shop)
        assert (await shop.sends(template="Ưu đãi tháng này", template_data=data))["error"] == -144
        answer = await shop.sends(template="Ưu đãi tháng này", template_data=data, sending_mode="3")
        assert answer["data"]["sending_mode"] == "3"

    async def _by_day(self, shop: ZnsShop) -> None:
        now = datetime.fromtimestamp((await shop.read("/clock"))["now_ms"] / 1000, VIETNAM)
        if not 7 <= now.hour < 21:
            await shop.advance((9 - now.hour) % 24 * 3600)


class TestOtherWays:
    async def test_by_hash(self, shop: ZnsShop, heard: Receiver) -> None:
        hashed = hashlib.sha256(PHONE.encode()).hexdigest()
        assert hashed == "116ce31ae9170769b075a11dedca1198f41d30318334919fb90917e9c617b438"
        body = {"hash_phone": hashed, "template_id": shop.templates["Xác nhận đơn hàng"],
                "template_data": ORDER_DATA, "tracking_id": "t"}  # fmt: skip
        assert (await shop.zns("POST", "/message/template/hashphone", body))["error"] == 0
        (receipt,) = await heard.wait_for(1, "user_received_message")
        assert receipt.payload["recipient"]["id"] == hashed

    @pytest.mark.parametrize("mask", [hashes.SHA256(), hashes.SHA1()])
    async def test_encrypted(self, shop: ZnsShop, mask: hashes.HashAlgorithm) -> None:
        assert (await shop.zns("GET", "/rsa/key/get"))["error"] == -142
        key = (await shop.zns("GET", "/rsa/key/gen"))["data"]["public_key"]
        assert (await shop.zns("GET", "/rsa/key/get"))["data"]["public_key"] == key
        public = serialization.load_der_public_key(base64.b64decode(key))
        assert isinstance(public, rsa.RSAPublicKey)
        scheme = padding.OAEP(mgf=padding.MGF1(mask), algorithm=hashes.SHA256(), label=None)

        def seal(text: str) -> str:
            return base64.b64encode(public.encrypt(text.encode(), scheme)).decode()

        sealed = {name: seal(value) for name, value in ORDER_DATA.items()}
        body = {"rsa_phone": seal(PHONE), "template_id": shop.templates["Xác nhận đơn hàng"],
                "template_data": sealed, "tracking_id": "t"}  # fmt: skip
        assert (await shop.zns("POST", "/rsa/message/template", body))["error"] == 0
        (message,) = (await shop.read(f"/oas/{shop.oa_id}/zns/messages", phone=PHONE))["items"]
        assert message["data"] == ORDER_DATA

    async def test_journey(self, shop: ZnsShop) -> None:
        started = await shop.zns("POST", "/journey/get-token", {"phone": PHONE})
        token = started["token"]
        checked = await shop.raw_zns("GET", "/journey/check-token", headers={"journey_token": token})
        assert checked.json()["data"]["oaId"] == shop.oa_id
        data = {"ma_don_hang": "DH1", "trang_thai": "Đang giao"}
        template = "Hành trình giao vận"
        assert (await shop.sends(template=template, template_data=data))["error"] == -148
        await shop.sent(template=template, template_data=data, headers={"journey_token": token})
        await shop.advance(7 * DAY)
        await shop.new_token()
        late = await shop.sends(template=template, template_data=data, headers={"journey_token": token})
        assert late["error"] == -150


class TestRefusedRequest:
    @pytest.mark.parametrize(
        ("order", "error"),
        [
            ({"phone": "0987654321"}, -108),
            ({"phone": "987654321"}, -108),
            ({"phone": 84987654321}, -108),
            ({"phone": "84 987 654 321"}, -108),
            ({"template_id": "1"}, -109),
            ({"template_id": 1}, -109),
            ({"template_data": {}}, -111),
            ({"template_data": []}, -112),
            ({"template_data": ORDER_DATA | {"ma_don_hang": {"a": 1}}}, -112),
            ({"template_data": ORDER_DATA | {"ma_don_hang": "a" * 31}}, -1121),
            ({"template_data": {**ORDER_DATA, "ma_don_hang": None}}, -1122),
            ({"template_data": {"ma_don_hang": "a"}}, -1122),
            ({"template_data": ORDER_DATA | {"so_tien": "1.250.000"}}, -1124),
            ({"template_data": ORDER_DATA | {"so_tien": 0}}, -1124),
            ({"template_data": ORDER_DATA | {"thoi_gian": "2026-08-12"}}, -1124),
            ({"template_data": ORDER_DATA | {"ma_don_hang": "a\u0007b"}}, -116),
            ({"template_data": ORDER_DATA | {"mau_sac": "xanh"}}, -132),
            ({"template_data": ORDER_DATA | {"ten_khach_hang": "a" * 100_001}}, -130),
            ({"tracking_id": ...}, -132),
            ({"tracking_id": "a" * 49}, -132),
            ({"mode": "test"}, -132),
            ({"sending_mode": "2"}, -161),
            ({"sending_mode": "3"}, -161),
        ],
    )
    async def test_field(self, shop: ZnsShop, order: dict[str, Any], error: int) -> None:
        answer = await shop.sends(**order)
        assert answer["error"] == error
        assert "data" not in answer
        assert (await shop.zns("GET", "/message/quota"))["data"]["remainingQuota"] == 500

    @pytest.mark.parametrize(
        ("body", "error"), [(b"", -121), (b"{}", -121), (b"{", -122), (b"[]", -122), (b"\xff", -122)]
    )
    async def test_body(self, shop: ZnsShop, body: bytes, error: int) -> None:
        assert (await shop.zns("POST", "/message/template", body))["error"] == error

    @pytest.mark.parametrize(
        "path",
        [
            "/message/template",
            "/message/template/hashphone",
            "/rsa/message/template",
            "/journey/get-token",
            "/template/create",
            "/template/edit",
            "/response/get",
        ],
    )
    async def test_odd_bodies_are_refused_in_zalos_way(self, shop: ZnsShop, path: str) -> None:
        good: dict[str, Any] = {
            "phone": PHONE, "hash_phone": "0" * 64, "rsa_phone": "AAAA", "template_data": ORDER_DATA,
            "template_id": shop.templates["Xác nhận đơn hàng"], "tracking_id": "t", "sending_mode": "1",
            "mode": None, "token_type": "token_logistics_7", "template_name": "Xác nhận đổi hàng",
            "template_type": 1, "tag": "1", "layout": {"body": {"components": []}}, "params": [], "note": "",
            "from_time": 0, "to_time": 1, "limit": 1,
        }  # fmt: skip
        odd = [None, True, -1, 10**30, 1.5, "", "\u0000", [], [[]], {}, {"a": {"b": []}}, "ệ" * 3000]
        await shop.zns("GET", "/rsa/key/gen")
        for field in good:
            for value in odd:
                answer = await shop.zns("POST", path, good | {field: value})
                assert isinstance(answer["error"], int), (field, value)

    async def test_method(self, shop: ZnsShop) -> None:
        assert (await shop.zns("GET", "/message/template"))["error"] == -106
        assert (await shop.zns("POST", "/message/quota", {}))["error"] == -106

    async def test_token(self, shop: ZnsShop) -> None:
        await shop.order(f"/oas/{shop.oa_id}/revocation")
        assert (await shop.sends())["error"] == -124
        shop.token = "nonsense"
        assert (await shop.sends())["error"] == -124

    async def test_rate(self, http: httpx.AsyncClient) -> None:
        shop = ZnsShop(http, None)
        await shop.open(rate_limit_per_minute=2)
        answers = [await shop.raw_zns("GET", "/message/quota") for _ in range(6)]
        assert -32 in [answer.json()["error"] for answer in answers]
        assert answers[0].headers["X-RateLimit-Limit"] == "2"


class TestTemplates:
    @pytest.mark.parametrize(
        ("name", "error"), [("Chúc mừng sinh nhật", -131), ("Thông báo đổi hàng", -131), ("Nhắc mua lại", -146),
                            ("Ưu đãi tháng này", -145)],
    )  # fmt: skip
    async def test_not_sendable(self, shop: ZnsShop, name: str, error: int) -> None:
        assert (await shop.sends(template=name, template_data={"ten_khach_hang": "Lan"}))["error"] == error

    async def test_of_another_account(self, shop: ZnsShop, http: httpx.AsyncClient) -> None:
        other = ZnsShop(http, None)
        await other.open()
        assert (await shop.sends(template_id=other.templates["Xác nhận đơn hàng"]))["error"] == -117

    async def test_at_night(self, shop: ZnsShop) -> None:
        tags = ["OTP", "IN_TRANSACTION", "POST_TRANSACTION", "PROMOTION"]
        await shop.standing(allowed_tags=tags, promotion_per_user_day=9)
        data = {"ten_khach_hang": "Lan", "ma_uu_dai": "MOCAN10", "thoi_gian": "31/08/2026"}
        now = datetime.fromtimestamp((await shop.read("/clock"))["now_ms"] / 1000, VIETNAM)
        for hour, error in ((22, -133), (5, -133), (6, 0), (21, 0)):
            wait = (hour - now.hour) % 24 * 3600
            await shop.advance(wait)
            await shop.new_token()
            now += timedelta(seconds=wait)
            assert (await shop.sends(template="Ưu đãi tháng này", template_data=data))["error"] == error
        assert (await shop.sends())["error"] == 0

    async def test_daily_limit(self, shop: ZnsShop) -> None:
        await shop.decides("Xác nhận đơn hàng", daily_limit=1)
        assert [(await shop.sends(new_phone()))["error"] for _ in range(2)] == [0, -147]


class TestPhones:
    @pytest.mark.parametrize(
        ("state", "error"),
        [
            ({"has_account": False}, -118),
            ({"cannot_receive": True}, -119),
            ({"old_version": True}, -110),
            ({"opted_out": True}, -114),
            ({"refuses_account": True}, -141),
            ({"refuses_tags": ["IN_TRANSACTION"]}, -139),
            ({"refuses_tags": ["PROMOTION"]}, 0),
            ({"eligible": False}, 0),
        ],
    )
    async def test_owner(self, shop: ZnsShop, state: dict[str, Any], error: int) -> None:
        phone = new_phone()
        await shop.owner(phone, **state)
        assert (await shop.sends(phone))["error"] == error

    async def test_ineligible_for_care(self, shop: ZnsShop) -> None:
        phone = new_phone()
        await shop.owner(phone, eligible=False)
        data = {"ten_khach_hang": "Lan", "ma_don_hang": "DH1"}
        assert (await shop.sends(phone, "Đánh giá dịch vụ", template_data=data))["error"] == -140

    async def test_development_mode_refused(self, shop: ZnsShop) -> None:
        phone = new_phone()
        assert (await shop.sends(phone, mode="development"))["error"] == -127
        await shop.owner(phone, administrator=True)
        await shop.standing(development_balance=0)
        assert (await shop.sends(phone, mode="development"))["error"] == -126

    @pytest.mark.parametrize("number", [100, 101, 114, 137, 1121, 1491])
    async def test_magic_number(self, shop: ZnsShop, number: int) -> None:
        phone = f"8490000{number:04d}"
        assert (await shop.sends(phone))["error"] == -number
        body = {"hash_phone": hashlib.sha256(phone.encode()).hexdigest()}
        assert (await shop.zns("POST", "/message/template/hashphone", body))["error"] == -number

    async def test_number_that_only_looks_magic(self, shop: ZnsShop) -> None:
        assert (await shop.sends("84900009999"))["error"] == 0


class TestStandingAndMoney:
    @pytest.mark.parametrize(
        ("standing", "error"),
        [
            ({"extension_granted": False}, -1381),
            ({"blocked": True}, -1351),
            ({"zca_chargeable": False}, -137),
            ({"daily_quota": 0}, -144),
            ({"allowed_tags": ["OTP"]}, -145),
        ],
    )
    async def test_refused(self, shop: ZnsShop, standing: dict[str, Any], error: int) -> None:
        await shop.standing(**standing)
        assert (await shop.sends())["error"] == error

    @pytest.mark.parametrize(
        ("change", "error"),
        [
            ({"verified": False}, -135),
            ({"package_name": ""}, -135),
            ({"zca_linked": False}, -136),
            ({"zca_balance": 299}, -115),
            ({"exists_at_zalo": False}, -125),
            ({"enabled": False}, -125),
        ],
    )
    async def test_account_refused(self, shop: ZnsShop, change: dict[str, Any], error: int) -> None:
        await shop.account(**change)
        assert (await shop.sends())["error"] == error

    @pytest.mark.parametrize(
        ("change", "error"), [({"removed": True}, -102), ({"active": False}, -103), ({"api_registered": False}, -138)]
    )
    async def test_app_refused(self, shop: ZnsShop, change: dict[str, Any], error: int) -> None:
        await shop.app(**change)
        assert (await shop.sends())["error"] == error

    async def test_paid_on_delivery_only(self, shop: ZnsShop, heard: Receiver) -> None:
        phone = new_phone()
        await shop.owner(phone, on=False)
        await shop.account(zca_balance=500)
        await shop.sent(phone)
        assert (await shop.account())["zca_balance"] == 500
        assert (await shop.sends(phone))["error"] == -115  # what is on its way is reserved
        await shop.owner(phone, on=True)
        await heard.wait_for(1, "user_received_message")
        assert (await shop.account())["zca_balance"] == 200

    async def test_follow_ups_of_one_person(self, shop: ZnsShop) -> None:
        await shop.standing(follow_up_per_user_month=1)
        phone, data = new_phone(), {"ten_khach_hang": "Lan", "ma_don_hang": "DH1"}
        sends = [await shop.sends(phone, "Đánh giá dịch vụ", template_data=data) for _ in range(2)]
        assert [answer["error"] for answer in sends] == [0, -1471]

    async def test_proof(self, shop: ZnsShop) -> None:
        proof = {"appsecret_proof": "0" * 64}
        assert (await shop.raw_zns("GET", "/message/quota", headers=proof)).json()["error"] == -1241

    async def test_account_given_to_another_app(self, shop: ZnsShop, http: httpx.AsyncClient) -> None:
        other = ZnsShop(http, None)
        await other.open()
        await shop.order("/oas", oa_id=shop.oa_id, app_id=other.app_id, name="Mộc An")
        assert (await shop.sends())["error"] == -105

    async def test_faults_strike_here_too(self, shop: ZnsShop) -> None:
        await shop.fault("api_status", scope={"path": "/message/template"}, count=1, status=503)
        body = json.dumps({"phone": PHONE}).encode()
        assert (await shop.raw_zns("POST", "/message/template", body)).status_code == 503
        await shop.fault("api_lost_reply", scope={"path": "/message/template"}, count=1)
        with pytest.raises(httpx.TransportError):
            await shop.sends()
        assert (await shop.zns("GET", "/message/quota"))["data"]["remainingQuota"] == 499
