import pytest

from tests.sandbox.harness import Shop


class TestUserDetail:
    async def test_profile(self, shop: Shop) -> None:
        user = await shop.customer("Trần Văn Bình")
        data = (await shop.get("/v3.0/oa/user/detail", user_id=user))["data"]
        assert (data["user_id"], data["display_name"], data["user_is_follower"]) == (user, "Trần Văn Bình", False)
        assert data["user_id_by_app"] != user
        assert "shared_info" not in data
        assert len(data["user_last_interaction_date"]) == len("22/01/2026")
        assert set(data["avatars"]) == {"120", "240"}

    async def test_shared_phone(self, shop: Shop) -> None:
        user = await shop.customer()
        await shop.change(user, shared_phone="84912345678")
        assert (await shop.get("/v3.0/oa/user/detail", user_id=user))["data"]["shared_info"]["phone"] == "84912345678"

    async def test_stranger(self, shop: Shop) -> None:
        stranger = await shop.customer(wrote=False)
        assert (await shop.get("/v3.0/oa/user/detail", user_id=stranger))["error"] == -201

    async def test_needs_data_parameter(self, shop: Shop) -> None:
        plain = {"user_id": await shop.customer()}
        answer = await shop.http.get("/v3.0/oa/user/detail", params=plain, headers={"access_token": shop.token})
        assert answer.json()["error"] == -201


class TestConversation:
    async def test_bare_array_newest_first(self, shop: Shop) -> None:
        user = await shop.customer(wrote=False)
        asked = await shop.hears(user, "Giá sao shop")
        sent = (await shop.send(user, "Dạ 350k"))["data"]["message_id"]
        items = (await shop.get("/v2.0/oa/conversation", user_id=user, offset=0, count=10))["data"]
        assert [(item["message_id"], item["src"], item["message"]) for item in items] == [
            (sent, 0, "Dạ 350k"),
            (asked, 1, "Giá sao shop"),
        ]
        assert (items[1]["from_id"], items[1]["to_id"]) == (user, shop.oa_id)
        assert all(isinstance(item["time"], int) for item in items)

    async def test_pages(self, shop: Shop) -> None:
        user = await shop.customer(wrote=False)
        ids = [await shop.hears(user, f"tin {number}") for number in range(12)]
        pages = [
            (await shop.get("/v2.0/oa/conversation", user_id=user, offset=offset, count=10))["data"]
            for offset in (0, 10, 20)
        ]
        assert [item["message_id"] for page in pages for item in page] == ids[::-1]
        assert [len(page) for page in pages] == [10, 2, 0]

    @pytest.mark.parametrize(("page", "error"), [({"count": 11}, -210), ({"count": 0}, -210), ({"offset": -1}, -201)])
    async def test_page_limits(self, shop: Shop, page: dict[str, int], error: int) -> None:
        query = {"user_id": await shop.customer(), "offset": 0, "count": 10} | page
        assert (await shop.get("/v2.0/oa/conversation", **query))["error"] == error

    async def test_picture(self, shop: Shop) -> None:
        user = await shop.customer(wrote=False)
        await shop.hears(user, type="image", variant="rem-vai-kem.png")
        (item,) = (await shop.get("/v2.0/oa/conversation", user_id=user, offset=0, count=1))["data"]
        assert item["type"] == "photo"
        assert item["url"].endswith(".png")
        assert item["thumb"].endswith("-thumb.png")


class TestRecentChat:
    async def test_latest_of_each_thread(self, shop: Shop) -> None:
        first, second = await shop.customer(), await shop.customer()
        await shop.hears(first, "cuối cùng")
        items = (await shop.get("/v2.0/oa/listrecentchat", offset=0, count=10))["data"]
        assert [(item["from_id"], item["message"]) for item in items] == [(first, "cuối cùng"), (second, "Shop ơi")]


class TestOa:
    async def test_identity(self, shop: Shop) -> None:
        await shop.does(await shop.customer(), "follow")
        data = (await shop.get("/v2.0/oa/getoa"))["data"]
        assert (data["oaid"], data["name"], data["num_follower"]) == (shop.oa_id, "Chăn Ga Mộc An", 1)

    async def test_unknown_call(self, shop: Shop) -> None:
        answer = await shop.http.get("/v3.0/oa/nothing")
        assert (answer.status_code, answer.json()["error"]) == (404, 404)


class TestCdn:
    @pytest.mark.parametrize("kind", ["image", "sticker"])
    async def test_pictures_have_their_size(self, shop: Shop, kind: str) -> None:
        user = await shop.customer(wrote=False)
        variant = "chan-ga-xanh.png" if kind == "image" else "46626"
        await shop.hears(user, type=kind, variant=variant)
        payload = (await shop.phone(user))[-1]["payload"]
        picture = await shop.http.get(payload["url"])
        assert picture.headers["content-type"] == "image/png"
        assert picture.content.startswith(b"\x89PNG\r\n\x1a\n")
        size = tuple(int.from_bytes(picture.content[at : at + 4]) for at in (16, 20))
        assert size == ((640, 480) if kind == "image" else (130, 130))

    async def test_portrait(self, shop: Shop) -> None:
        user = await shop.customer("Lê Thu Hà")
        avatar = (await shop.get("/v3.0/oa/user/detail", user_id=user))["data"]["avatar"]
        picture = await shop.http.get(avatar)
        assert picture.headers["content-type"] == "image/svg+xml"
        assert ">LH<" in picture.text

    async def test_unknown(self, shop: Shop) -> None:
        assert (await shop.http.get("/cdn/images/nope.png")).status_code == 404
