"""The vectors of the reference (§4.3), for the sandbox and for the self-test's own client."""

import base64
import json
import zlib
from urllib.parse import unquote

import pytest

from sokhach.sandbox.selftest import web_client, web_line
from sokhach.sandbox.web import crypto, frames, qr

IMEI = "11111111-2222-4333-8444-555555555555-0123456789abcdef0123456789abcdef"
TS = 1750000000000
ZCID = (
    "703CEE00A7F1D1ABE05D5C50E27DCFFF49BFB03F4769F44EF1A61C51578943193EBCE9145258C9346411A847F17635EF72A22A4B2032E9D0"
    "F8A470F407EDB4EC99D6672A75ADC9F9845ABC673D7284B1BEA0EAFCA3DCAFC5DBA96FCA80E7151D"
)
EXTENSION = "a1b2c3d4e5f6"
LOGIN_KEY = b"054B989E73E0AFDAE555D570AF9B5FC3"
TEXT = f'{{"computer_name":"Web","imei":"{IMEI}","language":"vi","ts":{TS}}}'
PARAMS = (
    "Ek56J8Gyx6q6bs3xd5GVhWyFokYh8VhFqPvvGMs7jtEhok5MNQob1VnyLE5EmkPXxdflz5kkjq5VIMCIiA0QFx1p4cqlBsjOuutlt7Irc70PANIK8"
    "1An7PjohP1+nEqq2XBOVCe27O5OewMYzqefqB00UbpQzj2qDc8qjZC27yWA5RFo2wDAj4K0TZA2eSIi"
)
SIGNED = {
    "zcid": ZCID, "zcid_ext": EXTENSION, "enc_ver": "v2", "params": PARAMS, "type": "30", "client_version": "685",
}  # fmt: skip
SIGNED_PLAIN = {"imei": IMEI, "type": "30", "client_version": "685", "computer_name": "Web"}
ENK = base64.b64decode("MDEyMzQ1Njc4OWFiY2RlZg==")
CALL = '{"message":"xin chào","toid":"2000000000000000002"}'
SEALED_CALL = "YbSmNUhmA2rf5rXVVmU7e2hIhOAlv5zQB1JenNAZBzkZR/DyuBHf3shrjI/9DhW0lGMxXQFwyCBr+Xjhdx4tYQ=="


class TestVectors:
    def test_zcid(self) -> None:
        assert crypto.zcid(30, IMEI, TS) == ZCID
        assert crypto.open_zcid(ZCID) == f"30,{IMEI},{TS}"

    def test_login_key(self) -> None:
        assert crypto.login_key(ZCID, EXTENSION) == LOGIN_KEY
        assert web_client.login_key(ZCID, EXTENSION) == LOGIN_KEY

    def test_params(self) -> None:
        assert crypto.encrypt(LOGIN_KEY, TEXT) == PARAMS
        assert crypto.decrypt(LOGIN_KEY, PARAMS) == TEXT
        assert web_client.unseal(LOGIN_KEY, PARAMS) == TEXT

    def test_signatures(self) -> None:
        assert crypto.signkey("getlogininfo", SIGNED) == "b1ed7ced64af3f15fdcc3dbd183d9d53"
        assert crypto.signkey("getserverinfo", SIGNED_PLAIN) == "9b3e976edf062d6ec1d91a978e007a15"
        assert web_client.sign("getlogininfo", SIGNED) == "b1ed7ced64af3f15fdcc3dbd183d9d53"

    def test_call(self) -> None:
        assert crypto.encrypt(ENK, CALL) == SEALED_CALL
        assert crypto.decrypt(ENK, SEALED_CALL) == CALL
        assert base64.b64encode(web_client.seal(ENK, CALL)).decode() == SEALED_CALL


class TestUndecryptable:
    @pytest.mark.parametrize("sealed", ["", "not base64", "YWJj", SEALED_CALL[:24], SEALED_CALL[:-4] + "AAA="])
    def test_is_told(self, sealed: str) -> None:
        with pytest.raises(crypto.UndecryptableError):
            crypto.decrypt(ENK, sealed)

    def test_another_key(self) -> None:
        with pytest.raises(crypto.UndecryptableError):
            crypto.decrypt(LOGIN_KEY, SEALED_CALL)


class TestFrames:
    @pytest.mark.parametrize("mode", frames.MODES)
    def test_are_read_by_the_other_side(self, mode: int) -> None:
        raw = frames.event(ENK, frames.MESSAGES, {"msgs": [{"content": "xin chào ấ", "id": 2**60 + 1}]}, mode)
        assert raw[:4] == bytes([1, 501 % 256, 501 // 256, 0])
        body = json.loads(raw[4:])
        assert body["encrypt"] == mode
        opened = web_line.open_event(ENK, mode, body["data"])
        assert opened == {"error_code": 0, "data": {"msgs": [{"content": "xin chào ấ", "id": 2**60 + 1}]}}

    def test_compressed_without_encryption(self) -> None:
        body = json.loads(frames.event(ENK, frames.MESSAGES, {"msgs": []}, 1)[4:])
        assert json.loads(zlib.decompress(base64.b64decode(body["data"])))["data"] == {"msgs": []}

    def test_need_the_key(self) -> None:
        body = json.loads(frames.event(ENK, frames.MESSAGES, {"msgs": []}, 2)[4:])
        assert "%" in body["data"] or "/" not in unquote(body["data"])
        assert web_line.open_event(bytes(16), 2, body["data"]) is None

    @pytest.mark.parametrize(
        "raw", [b"", b"\x01\x02", b"\x02\x02\x00\x01{}", b"\x01\x02\x00\x01[]", b"\x01\x02\x00\x01{"]
    )
    def test_that_are_none(self, raw: bytes) -> None:
        with pytest.raises(frames.FrameError):
            frames.read(raw)


class TestQr:
    def test_is_a_code_with_three_corners(self) -> None:
        code = qr.modules("https://zaloapp.com/qr/l/0123456789abcdef0123456789abcdef")
        size = len(code)
        assert size == 33
        corner = [
            (True,) * 7,
            (True, False, False, False, False, False, True),
            (True, False, True, True, True, False, True),
        ]
        for row, column in ((0, 0), (0, size - 7), (size - 7, 0)):
            assert [code[row + step][column : column + 7] for step in range(3)] == corner

    def test_words_of_a_known_code(self) -> None:
        """Version 1, level L, mask 0 of "abc", as another encoder draws it."""
        rows = ["".join("#" if dark else "." for dark in row) for row in qr.modules("abc")]
        assert rows == KNOWN

    def test_is_a_picture(self) -> None:
        assert qr.qr_png("abc").startswith(b"\x89PNG")

    def test_too_long(self) -> None:
        with pytest.raises(ValueError, match="too long"):
            qr.modules("x" * 300)


KNOWN = """
#######..#.##.#######
#.....#..###..#.....#
#.###.#.##.##.#.###.#
#.###.#..#.#..#.###.#
#.###.#...#.#.#.###.#
#.....#.....#.#.....#
#######.#.#.#.#######
........##.##........
###.########.##...#..
####...#.##...#..#.##
####.##..#..#...#..##
..##....#.....#......
###.#####...#.#.#...#
........####.#.#.#.##
#######.#..#.###.#.##
#.....#.##.###.###..#
#.###.#.#.##.###..#.#
#.###.#..#....#...##.
#.###.#.#...#...#...#
#.....#.#.#...#...##.
#######.#.#.#.#.#.###
""".split()
