"""The proof that Zalo sent a webhook."""

import hashlib
import hmac

import pytest

from sokhach.channels.zalo_oa.signature import sign, verify

APP_ID = "360846524940903967"
OA_ID = "388613280878808645"
SECRET = "test_oa_secret"
TIMESTAMP = "154390853474"
# The vector that Zalo's Java SDK gives for this body.
BODY = (
    b'{"app_id":"360846524940903967","sender":{"id":"246845883529197922"},"user_id_by_app":"552177279717587730",'
    b'"recipient":{"id":"388613280878808645"},"event_name":"user_send_text","message":{"text":"message",'
    b'"msg_id":"96d3cdf3af150460909"},"timestamp":"154390853474"}'
)
MAC = "a4f1c9b682aae449f96af01075585158f942c800c4fe370225ef11f15eb80906"


def accepted(header: str, body: bytes = BODY, timestamp: str = TIMESTAMP) -> bool:
    return verify(header, body, timestamp, prefixes=(APP_ID, OA_ID), secrets=(SECRET, "app secret"))


class TestSign:
    def test_vector(self) -> None:
        assert sign(APP_ID, BODY, TIMESTAMP, SECRET) == MAC


class TestVerify:
    @pytest.mark.parametrize("header", [f"mac={MAC}", MAC, f"mac={MAC.upper()}", f"mac= {MAC} "])
    def test_the_vector_however_it_is_written(self, header: str) -> None:
        assert accepted(header)

    @pytest.mark.parametrize("prefix", [APP_ID, OA_ID])
    @pytest.mark.parametrize("secret", [SECRET, "app secret"])
    def test_the_four_readings_that_are_about(self, prefix: str, secret: str) -> None:
        assert accepted("mac=" + sign(prefix, BODY, TIMESTAMP, secret))

    @pytest.mark.parametrize(
        "header",
        [
            "",
            "mac=",
            "mac=" + MAC[:-1],
            "mac=" + MAC[::-1],
            "mac=ế" + MAC[1:],
            "mac=" + hmac.digest(SECRET.encode(), BODY, "sha256").hex(),
            "mac=" + hmac.digest(SECRET.encode(), APP_ID.encode() + BODY + TIMESTAMP.encode(), "sha256").hex(),
            "mac=" + hashlib.sha256(APP_ID.encode() + BODY + TIMESTAMP.encode()).hexdigest(),
            "mac=" + sign(APP_ID, BODY, TIMESTAMP, "another secret"),
            "mac=" + sign("another app", BODY, TIMESTAMP, SECRET),
        ],
    )
    def test_refuses_everything_else(self, header: str) -> None:
        assert not accepted(header)

    def test_one_byte_more_or_less_is_another_body(self) -> None:
        assert not accepted(f"mac={MAC}", BODY + b" ")
        assert not accepted(f"mac={MAC}", BODY[:-1])
        assert not accepted(f"mac={MAC}", BODY, "154390853475")
