"""Where the picture of a sticker is, asked of Zalo by its number."""

import pytest

from sokhach.channels.connector import SendRefusedError
from sokhach.channels.zalo_personal.connector import ZaloPersonal
from sokhach.channels.zalo_personal.protocol import FindSticker
from tests.support.personal import PersonalDesk


async def located(desk: PersonalDesk, sticker: str = "1") -> str | None:
    return await ZaloPersonal(desk.database, desk, desk.gate).locate_sticker(desk.account_id, sticker)


async def test_only_an_address_of_the_web_is_taken(company_desk: PersonalDesk) -> None:
    company_desk.zalo.stickers = {"1": "https://zalo.example/1.png", "2": "file:///etc/passwd"}
    assert await located(company_desk) == "https://zalo.example/1.png"
    assert await located(company_desk, "2") is None


async def test_what_is_no_number_is_not_even_asked(company_desk: PersonalDesk) -> None:
    assert await located(company_desk, "21:3:7") is None
    assert company_desk.zalo.asked == []


async def test_zalo_knows_none_such(company_desk: PersonalDesk) -> None:
    company_desk.zalo.refuses[FindSticker] = 114
    assert await located(company_desk) is None


@pytest.mark.parametrize("code", [221, 600])
async def test_zalo_does_not_say_now(company_desk: PersonalDesk, code: int) -> None:
    company_desk.zalo.refuses[FindSticker] = code
    with pytest.raises(SendRefusedError):
        await located(company_desk)


async def test_the_session_is_away(company_desk: PersonalDesk) -> None:
    company_desk.online = False
    with pytest.raises(SendRefusedError):
        await located(company_desk)
