"""Which ways out an account may be given."""

from collections.abc import Sequence

import httpcore
import pytest

from sokhach.channels.zalo_personal import proxies
from sokhach.core.problems import InvalidInput


async def names(host: str, port: int) -> Sequence[str]:
    known = {"open.example": ["93.184.215.14"], "inner.example": ["93.184.215.14", "10.0.0.7"]}
    if host in known:
        return known[host]
    if host.replace(".", "").isdigit() or ":" in host:
        return [host]
    raise httpcore.ConnectError(host)


async def fault_of(proxy: str | None, *, inner: bool = False) -> str | None:
    try:
        await proxies.check(proxy, inner=inner, resolve=names)
    except InvalidInput as error:
        return error.faults[0].key
    return None


class TestCheck:
    @pytest.mark.parametrize(
        "proxy",
        [None, "", "http://open.example:3128", "https://u:p@open.example/", "http://93.184.215.14:1", "http://x"],
    )
    async def test_a_web_proxy(self, proxy: str | None) -> None:
        assert await fault_of(proxy) is None

    @pytest.mark.parametrize(
        "proxy",
        ["socks5://open.example:1080", "socks5h://open.example", "open.example:3128", "http://", "http:///x",
         "http://open.example/path", "http://open.example:99999999", "http://a b"],
    )  # fmt: skip
    async def test_no_other_form(self, proxy: str) -> None:
        assert await fault_of(proxy) == "proxy-form"

    @pytest.mark.parametrize(
        "proxy",
        [
            "http://127.0.0.1:3128",
            "http://10.1.2.3",
            "http://[::1]:1",
            "http://169.254.169.254",
            "http://inner.example",
        ],
    )
    async def test_none_of_the_inner_network_unless_it_is_meant(self, proxy: str) -> None:
        assert await fault_of(proxy) == "proxy-inner"
        assert await fault_of(proxy, inner=True) is None
