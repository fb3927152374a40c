"""An OA is connected by Zalo's consent page, loses its permission, and is connected again."""

import itertools
import re
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.desk import SOON, Desk, wait_until

ADDRESSES = ("Webhook URL", "Callback URL", "Code challenge")
CONSENT_PAGE = re.compile(r"/v4/oa/permission\?")
_NUMBERS = itertools.count(1)


class Shop(NamedTuple):
    """An OA at the simulated Zalo with an app of its own, of which our system knows nothing yet."""

    app_id: str
    app_secret: str
    oa_id: str
    oa_secret: str
    name: str


@pytest.fixture
def shop(desk: Desk) -> Shop:
    number = next(_NUMBERS)
    made = Shop(
        f"77000000000000000{number}", f"app-{number}", f"88000000000000000{number}", f"oa-{number}", f"Rèm {number}"
    )
    control = desk.running
    control.order(
        "/apps",
        app_id=made.app_id,
        app_secret=made.app_secret,
        oa_secret=made.oa_secret,
        webhook_url=f"{control.address}/hooks/zalo-oa",
    )
    control.order("/oas", oa_id=made.oa_id, app_id=made.app_id, name=made.name, description="Rèm may theo số đo")
    return made


def test_connects_by_the_guide(desk: Desk, shop: Shop) -> None:
    desk.go("Tài khoản kênh")
    desk.page.get_by_role("link", name="Kết nối Zalo OA").click()
    shown = _prepare(desk, shop)
    assert shown["Webhook URL"] == f"{desk.running.address}/hooks/zalo-oa"
    # What the administrator pastes into Zalo's developer console; from then on Zalo takes nothing else.
    pasted = {"callback_url": shown["Callback URL"], "code_challenge": shown["Code challenge"]}
    desk.running.control.patch(f"/apps/{shop.app_id}", json=pasted).raise_for_status()
    desk.page.get_by_role("button", name="Tới trang cấp quyền của Zalo").click()
    _agree(desk, shop)

    expect(desk.page.get_by_text("Đã kết nối", exact=True)).to_be_visible()
    expect(desk.page.get_by_role("heading", level=1, name=shop.name)).to_be_visible()
    expect(_section(desk, "Tình trạng")).to_contain_text("Hoạt động tốt")
    profile = _section(desk, "Hồ sơ")
    expect(profile).to_contain_text("Rèm may theo số đo", timeout=SOON)
    expect(profile).to_contain_text("Đã xác thực")
    expect(_section(desk, "Kết nối")).to_contain_text("tự gia hạn")

    customer = desk.customer("Trịnh Thu Hà", shop.oa_id)
    customer.says("Shop có may rèm cửa sổ không ạ?")
    desk.page.get_by_role("navigation", name="Các trang").get_by_role("link", name="Hội thoại").click()
    desk.enter(customer)
    desk.send("Dạ có chị ạ")
    assert customer.received(1) == ["Dạ có chị ạ"]


def test_wrong_keys_are_told_on_coming_back(desk: Desk, shop: Shop) -> None:
    desk.page.goto("/channel-accounts/new")
    _prepare(desk, shop._replace(app_secret="another-secret"))
    desk.page.get_by_role("button", name="Tới trang cấp quyền của Zalo").click()
    _agree(desk, shop)
    problem = desk.page.get_by_role("alert")
    expect(problem).to_contain_text("khóa bí mật chưa đúng")
    expect(_cards(desk).filter(has_text=shop.name)).to_have_count(0)
    problem.get_by_role("button", name="Đóng").click()
    expect(problem).to_have_count(0)


def test_permission_that_is_taken_back_stops_answers_until_it_is_given_again(desk: Desk, shop: Shop) -> None:
    desk.page.goto("/channel-accounts/new")
    _prepare(desk, shop)
    desk.page.get_by_role("button", name="Tới trang cấp quyền của Zalo").click()
    _agree(desk, shop)
    expect(desk.page.get_by_text("Đã kết nối", exact=True)).to_be_visible()
    customer = desk.customer("Hồ Bích Ngọc", shop.oa_id)
    customer.says("Rèm của chị bao giờ giao?")
    desk.page.goto("/")
    desk.enter(customer)

    desk.running.order(f"/oas/{shop.oa_id}/revocation", refresh_too=True)
    desk.send("Dạ chiều nay ạ")
    expect(desk.page.get_by_role("link", name=f"Xem tài khoản {shop.name}")).to_be_visible(timeout=SOON)
    expect(desk.composer).to_be_disabled()
    desk.tick("Dạ chiều nay ạ", "Chờ gửi")
    assert customer.phone() == []

    desk.page.get_by_role("link", name=f"Xem tài khoản {shop.name}").click()
    expect(_section(desk, "Tình trạng")).to_contain_text("Mất kết nối")
    desk.page.get_by_role("button", name="Kết nối lại").click()
    _agree(desk, shop)
    expect(_section(desk, "Tình trạng")).to_contain_text("Hoạt động tốt")

    wait_until(lambda: customer.phone() == ["Dạ chiều nay ạ"], "the answer that waited")
    desk.page.goto("/")
    desk.enter(customer)
    desk.tick("Dạ chiều nay ạ", "Đã nhận")
    desk.send("Chị để ý điện thoại giúp em")
    assert customer.received(2) == ["Dạ chiều nay ạ", "Chị để ý điện thoại giúp em"]


def _prepare(desk: Desk, shop: Shop) -> dict[str, str]:
    """Enters the keys; what has to be told to Zalo, by its label."""
    desk.page.get_by_label("ID ứng dụng").fill(shop.app_id)
    desk.page.get_by_label("Khóa bí mật của ứng dụng").fill(shop.app_secret)
    desk.page.get_by_label("Khóa bí mật của OA").fill(shop.oa_secret)
    desk.page.get_by_role("button", name="Tiếp tục").click()
    values = desk.page.get_by_role("main").locator("code")
    expect(values).to_have_count(len(ADDRESSES))
    return dict(zip(ADDRESSES, values.all_inner_texts(), strict=True))


def _agree(desk: Desk, shop: Shop) -> None:
    """Zalo's own page: the OA's administrator chooses it."""
    expect(desk.page).to_have_url(CONSENT_PAGE)
    desk.page.get_by_role("link", name=shop.name).click()
    desk.page.wait_for_url(f"{desk.running.address}/**")


def _section(desk: Desk, name: str) -> Locator:
    return desk.page.get_by_role("region", name=name)


def _cards(desk: Desk) -> Locator:
    return desk.page.get_by_role("article")
