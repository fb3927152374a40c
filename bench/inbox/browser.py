"""What a console's requests are, without a browser: one kept-alive connection, compressed answers."""

import gzip
import http.client
import json
import time
from typing import Any, NamedTuple

from bench.inbox.office import Person


class Answer(NamedTuple):
    """`seconds` from the first byte that was sent to the last that came."""

    seconds: float
    body: Any


class Browser:
    def __init__(self, port: int, person: Person) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._headers = {"cookie": f"sokhach_session={person.session}", "accept-encoding": "gzip"}
        self._connection.request("GET", "/api/session", headers=self._headers)
        answer = self._connection.getresponse()
        answer.read()
        token = answer.headers.get("set-cookie", "").partition("csrftoken=")[2].partition(";")[0]
        self._headers["cookie"] += f"; csrftoken={token}"
        self._headers |= {"x-csrftoken": token, "content-type": "application/json"}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, body: object) -> Answer:
        return self._ask("POST", path, json.dumps(body).encode())

    def _ask(self, method: str, path: str, body: bytes | None) -> Answer:
        began = time.perf_counter()
        self._connection.request(method, path, body, self._headers)
        answer = self._connection.getresponse()
        received = answer.read()
        took = time.perf_counter() - began
        if answer.headers.get("content-encoding") == "gzip":
            received = gzip.decompress(received)
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {received[:300]!r}")
        return Answer(took, json.loads(received) if received else None)

    def close(self) -> None:
        self._connection.close()
