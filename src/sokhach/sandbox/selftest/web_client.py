"""A plain client of Zalo Web, written from the reference alone (§4.2 to §4.5): no code of the sandbox in it."""

import base64
import hashlib
import json
import secrets
import time
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

import httpx
import msgspec
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from sokhach.sandbox.selftest.shop import Json, ProbeError
from sokhach.sandbox.selftest.web_line import Line

ZCID_KEY = b"3FC4F0D2AB50057BCE0D90D9187A22B1"
TYPE, VERSION = "30", "685"
CONTINUE = "https://chat.zalo.me/"


def seal(key: bytes, text: str) -> bytes:
    padder = padding.PKCS7(128).padder()
    encryptor = Cipher(algorithms.AES(key), modes.CBC(bytes(16))).encryptor()
    return encryptor.update(padder.update(text.encode()) + padder.finalize()) + encryptor.finalize()


def unseal(key: bytes, sealed: str) -> str:
    decryptor = Cipher(algorithms.AES(key), modes.CBC(bytes(16))).decryptor()
    unpadder = padding.PKCS7(128).unpadder()
    padded = decryptor.update(base64.b64decode(sealed)) + decryptor.finalize()
    return (unpadder.update(padded) + unpadder.finalize()).decode()


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def sign(name: str, parameters: dict[str, str]) -> str:
    return md5("zsecure" + name + "".join(parameters[key] for key in sorted(parameters)))


def login_key(zcid: str, extension: str) -> bytes:
    even, odd = zcid[::2], zcid[1::2]
    return (md5(extension).upper()[::2][:8] + even[:12] + odd[::-1][:12]).encode()


class Device(msgspec.Struct):
    """What a client keeps of itself."""

    user_agent: str
    imei: str


def new_device() -> Device:
    agent = f"Mozilla/5.0 selftest/{secrets.token_hex(4)}"
    return Device(agent, f"{secrets.token_hex(16)}-{md5(agent)}")


class WebClient:
    """One browser. `control` speaks to the sandbox, everything else as Zalo Web speaks to Zalo."""

    def __init__(self, http: httpx.AsyncClient, device: Device | None = None) -> None:
        self.http = http
        self.device = device or new_device()
        self.cookies: dict[str, str] = {}
        self.uid = ""
        self.key = b""
        self.hosts: dict[str, str] = {}
        self.socket_url = ""
        self.lines: list[Line] = []
        self._client_ids = int(time.time() * 1000)

    async def control(self, method: str, path: str, /, **body: Any) -> Any:
        answer = await self.http.request(method, f"/control/web{path}", json=body if method != "GET" else None)
        if not answer.is_success:
            raise ProbeError(f"control {method} {path}: {answer.status_code} {answer.text}")
        return answer.json()

    async def person(self, name: str = "Nguyễn Thị Lan", phone: str | None = None) -> str:
        return (await self.control("POST", "/users", name=name, phone=phone))["uid"]

    def new_client_id(self) -> int:
        self._client_ids += 1
        return self._client_ids

    # HTTP as a browser has it

    async def fetch(
        self, method: str, url: str, *, form: dict[str, str] | None = None, part: tuple[str, str, bytes] | None = None
    ) -> httpx.Response:
        """Cookies kept; redirects not followed. `part`: field, file name, content."""
        parts = urlsplit(url)
        headers = {"user-agent": self.device.user_agent}
        if self.cookies:
            headers["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        files = None if part is None else {part[0]: (part[1], part[2], "application/octet-stream")}
        address = f"/h/{parts.hostname}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        answer = await self.http.request(method, address, data=form, files=files, headers=headers)
        for line in answer.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.http.cookies.clear()
        return answer

    async def account(self, path: str, **form: str) -> Json:
        answer = await self.fetch("POST", f"https://id.zalo.me/account{path}", form={"v": "5.5.7"} | form)
        return as_json(answer)

    # Sign-in

    async def show_code(self) -> str:
        """The code of a fresh picture."""
        page = await self.fetch("GET", "https://id.zalo.me/account?continue=https%3A%2F%2Fchat.zalo.me%2F")
        if "https://stc-zlogin.zdn.vn/main-5.5.7.js" not in page.text:
            raise ProbeError(f"no login page: {page.text[:80]}")
        await self.account("/logininfo", **{"continue": "https://zalo.me/pc"})
        await self.account("/verify-client", **{"type": "device", "continue": "https://zalo.me/pc"})
        made = await self.account("/authen/qr/generate", **{"continue": "https://zalo.me/pc"})
        return made["data"]["code"]

    async def waits(self, code: str, step: str) -> Json:
        more = {"gToken": "", "gAction": "CONFIRM_QR"} if step == "confirm" else {}
        return await self.account(f"/authen/qr/waiting-{step}", code=code, **{"continue": CONTINUE}, **more)

    async def sign_in(self, uid: str) -> Self:
        """By QR, scanned and confirmed on this person's phone, to the end."""
        code = await self.show_code()
        await self.control("POST", "/qr/scan", code=code, uid=uid)
        await self.waits(code, "scan")
        await self.control("POST", "/qr/confirm", code=code)
        await self.waits(code, "confirm")
        await self.collect()
        answer = await self.login()
        if answer["error"] != 0:
            raise ProbeError(f"sign-in refused: {answer}")
        return self

    async def collect(self) -> None:
        await self.fetch("GET", "https://id.zalo.me/account/checksession?continue=https%3A%2F%2Fchat.zalo.me%2F")

    async def login(self, **change: str) -> Json:
        """`getLoginInfo` with the cookies at hand; `change` replaces parameters before they are sent, unsigned."""
        stamp = int(time.time() * 1000)
        zcid = seal(ZCID_KEY, f"{TYPE},{self.device.imei},{stamp}").hex().upper()
        extension = secrets.token_hex(5)
        key = login_key(zcid, extension)
        inner = {"computer_name": "Web", "imei": self.device.imei, "language": "vi", "ts": stamp}
        signed = {
            "zcid": zcid, "zcid_ext": extension, "enc_ver": "v2", "type": TYPE, "client_version": VERSION,
            "params": base64.b64encode(seal(key, json.dumps(inner))).decode(),
        }  # fmt: skip
        query = signed | {"signkey": sign("getlogininfo", signed), "nretry": "0"} | change
        url = "https://wpa.chat.zalo.me/api/login/getLoginInfo?" + urlencode(query)
        answer = as_json(await self.fetch("GET", url))
        if answer["error"] != 0:
            return answer
        opened = json.loads(unseal(key, answer["data"]))
        data = opened["data"]
        self.uid, self.key = data["uid"], base64.b64decode(data["zpw_enk"])
        self.hosts = {name: urls[0] for name, urls in data["zpw_service_map_v3"].items()}
        self.socket_url = data["zpw_ws"][0]
        return {"_status": 200, "error": opened["error_code"], "message": opened["error_message"], "data": data}

    async def server_info(self, **change: str) -> Json:
        signed = {"imei": self.device.imei, "type": TYPE, "client_version": VERSION, "computer_name": "Web"}
        query = signed | {"signkey": sign("getserverinfo", signed)} | change
        return as_json(await self.fetch("GET", "https://wpa.chat.zalo.me/api/login/getServerInfo?" + urlencode(query)))

    # Calls

    async def call(
        self,
        service: str,
        method: str,
        path: str,
        params: dict[str, Any] | str | None = None,
        *,
        part: tuple[str, str, bytes] | None = None,
        **query: str,
    ) -> Json:
        """`params` as text is sent as it is, unencrypted."""
        url = self.hosts[service] + path
        query = {"zpw_ver": VERSION, "zpw_type": TYPE} | query
        form: dict[str, str] | None = None
        if params is not None:
            text = params if isinstance(params, str) else self.sealed(params)
            if method == "POST" and part is None:
                form = {"params": text}
            else:
                query["params"] = text
        answer = as_json(await self.fetch(method, f"{url}?{urlencode(query)}", form=form, part=part))
        if answer["error"] != 0 or not isinstance(answer.get("data"), str):
            return answer
        inner = json.loads(unseal(self.key, answer["data"]))
        return plain(answer["_status"], inner)

    def sealed(self, params: dict[str, Any]) -> str:
        return base64.b64encode(seal(self.key, json.dumps(params))).decode()

    async def sends(self, to: str, text: str = "Dạ shop nghe ạ", **change: Any) -> Json:
        params = {
            "message": text, "clientId": self.new_client_id(), "imei": self.device.imei, "ttl": 0, "toid": to,
        }  # fmt: skip
        return await self.call("chat", "POST", "/api/message/sms", params | change)

    async def sends_group(self, gid: str, text: str = "Chào cả nhóm", **change: Any) -> Json:
        params = {"message": text, "clientId": self.new_client_id(), "ttl": 0, "visibility": 0, "grid": gid}
        return await self.call("group", "POST", "/api/group/sendmsg", params | change)

    # Socket

    async def listen(self, **headers: str) -> Line:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        fields = {"Cookie": cookie, "Origin": "https://chat.zalo.me", "User-Agent": self.device.user_agent} | headers
        url = f"{self.socket_url}?{urlencode({'zpw_ver': VERSION, 'zpw_type': TYPE, 't': int(time.time() * 1000)})}"
        line = await Line.open(url, fields)
        self.lines.append(line)
        if line.close_code is None:
            await line.wait(1)
        return line

    async def close(self) -> None:
        for line in self.lines:
            await line.close()


def as_json(answer: httpx.Response) -> Json:
    """HTTP status as `_status`, `error_code` as `error`; `data` only where there is any."""
    try:
        return plain(answer.status_code, answer.json())
    except ValueError:
        return {"_status": answer.status_code, "error": None, "message": answer.text[:80]}


def plain(status: int, body: dict[str, Any]) -> Json:
    shown: Json = {"_status": status, "error": body["error_code"], "message": body["error_message"]}
    return shown if body.get("data") is None else shown | {"data": body["data"]}
