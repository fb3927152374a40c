"""Problem details and the catalogue behind them."""

import pkgutil
import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import Annotated, Any

import msgspec
import psycopg
import pytest
from litestar import Litestar, Request, get, post
from litestar.di import Provide
from litestar.params import JSONBody
from litestar.testing import TestClient
from msgspec import Meta
from sqlalchemy.exc import OperationalError

from sokhach.core import catalogue
from sokhach.core.catalogue import LOCALES, TEXTS, Locale, choose, explain, say
from sokhach.core.problems import Fault, InvalidInput, Problem, exception_handlers, is_database_down

SOURCE = Path(catalogue.__file__).parents[2]


class TestCatalogue:
    def test_languages_hold_the_same_keys(self) -> None:
        assert list(TEXTS["vi"]) == list(TEXTS["en"])

    def test_languages_have_the_same_parts(self) -> None:
        assert parts("vi") == parts("en")

    @pytest.mark.parametrize("locale", LOCALES)
    def test_every_key_is_in_one_part_only(self, locale: Locale) -> None:
        """A key of two parts would lose one of its texts; a part that is not joined would lose all of them."""
        assert sorted(key for part in parts(locale).values() for key in part) == sorted(TEXTS[locale])

    @pytest.mark.parametrize("key", TEXTS["vi"])
    def test_languages_take_the_same_parameters(self, key: str) -> None:
        assert parameters(TEXTS["vi"][key]) == parameters(TEXTS["en"][key])

    def test_vietnamese_is_written_in_vietnamese(self) -> None:
        """No text was forgotten in English: they differ, but for those made of names alone."""
        same = {key for key, text in TEXTS["vi"].items() if text == TEXTS["en"][key] and re.sub(r"\{.*?\}", "", text)}
        assert {key for key in same if not key.startswith("cli.")} == {"fault"}

    @pytest.mark.parametrize("locale", LOCALES)
    def test_words_are_calm(self, locale: Locale) -> None:
        assert [text for text in TEXTS[locale].values() if "!" in text or "  " in text] == []

    def test_every_problem_has_a_title_and_a_detail(self) -> None:
        slugs = {key.split(".")[1] for key in TEXTS["vi"] if key.startswith("problem.")}
        missing = [s for s in slugs if not {f"problem.{s}.title", f"problem.{s}.detail"} <= TEXTS["vi"].keys()]
        assert missing == []

    def test_everything_that_the_source_says_exists(self) -> None:
        """Keys that are written out in the source; those put together from data go through `explain`."""
        said = found_in_source(r'\bsay\(\s*[\w.]+,\s*"([a-z0-9.-]+)"') | found_in_source(
            r'_(?:tell|fail)\("(cli\.[\w.-]+)"'
        )
        raised = {f"problem.{slug}.title" for slug in found_in_source(r'\bProblem\(\s*"([\w-]+)"')}
        faults = {f"fault.{key}" for key in found_in_source(r'\bFault\(\s*"[\w.]*",\s*"([\w-]+)"')}
        assert said and raised and faults
        assert (said | raised | faults) - TEXTS["vi"].keys() == set()

    def test_numbers_are_written_as_the_language_does(self) -> None:
        assert "1.000 KB" in say("vi", "problem.body-too-large.detail", limit_kb=1000)
        assert "1,000 KB" in say("en", "problem.body-too-large.detail", limit_kb=1000)

    @pytest.mark.parametrize(("seconds", "minutes"), [(1, "1"), (60, "1"), (61, "2"), (900, "15")])
    def test_minutes_are_rounded_up(self, seconds: int, minutes: str) -> None:
        assert f" {minutes} phút" in say("vi", "problem.too-many-attempts.detail", retry_after_seconds=seconds)


class TestExplain:
    def test_known_reason(self) -> None:
        assert explain("vi", "delivery", "window-closed") == (
            "Chưa gửi được. Khách đã hơn 7 ngày chưa nhắn lại. Hãy dùng tin theo mẫu."
        )

    @pytest.mark.parametrize("kind", ["delivery", "quarantine", "health", "reply"])
    def test_a_reason_of_another_version_is_still_told(self, kind: str) -> None:
        assert "from-the-future" in explain("vi", kind, "from-the-future")


class TestChoose:
    @pytest.mark.parametrize(
        ("header", "locale"),
        [
            ("", "vi"),
            ("en", "en"),
            ("EN-us,en;q=0.9", "en"),
            ("vi-VN,vi;q=0.9,en-US;q=0.8", "vi"),
            ("en;q=0.5, vi;q=0.8", "vi"),
            ("fr, en-GB;q=0.8, vi;q=0.3", "en"),
            ("fr", "vi"),
            ("en;q=nonsense", "vi"),
            ("en;q=nan", "vi"),
            (";;;,,=", "vi"),
        ],
    )
    def test_of_a_header(self, header: str, locale: str) -> None:
        assert choose(header) == locale


class Person(msgspec.Struct, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=2, max_length=5)]
    age: Annotated[int, Meta(ge=1, le=150)]
    tags: list[str] = []


@post("/people")
async def add(data: JSONBody[Person]) -> None: ...


@get("/fails")
async def fails() -> None:
    raise RuntimeError("lời của khách")


@get("/refuses")
async def refuses(request: Request[Any, Any, Any]) -> None:
    request.scope["state"]["locale"] = "vi"
    raise Problem("too-many-attempts", 429, headers={"retry-after": "90"}, retry_after_seconds=90)


@get("/several")
async def several() -> None:
    raise InvalidInput([Fault("name", "blank"), Fault("contact.phone", "form")])


@get("/down")
async def down() -> None:
    raise OperationalError("SELECT 1", {}, psycopg.OperationalError("connection refused"))


def broken_dependency() -> int:
    raise KeyError("no such thing")


@get("/depends", dependencies={"number": Provide(broken_dependency, sync_to_thread=False)})
async def depends(number: int) -> None: ...


@pytest.fixture(scope="module")
def small() -> TestClient[Litestar]:
    handlers = [add, fails, refuses, several, down, depends]
    app = Litestar(
        handlers, exception_handlers=exception_handlers, request_max_body_size=1000, openapi_config=None,
        logging_config=None,
    )  # fmt: skip
    return TestClient(app, raise_server_exceptions=False)


class TestProblem:
    def test_has_all_members(self, small: TestClient[Litestar]) -> None:
        refused = small.get("/refuses", headers={"accept-language": "en"})
        assert refused.headers["content-type"] == "application/problem+json"
        assert refused.headers["content-language"] == "vi"
        assert refused.headers["retry-after"] == "90"
        assert refused.json() == {
            "type": "urn:sokhach:problem:too-many-attempts",
            "title": "Đã thử quá nhiều lần",
            "status": 429,
            "detail": "Hãy thử lại sau 2 phút.",
            "retry_after_seconds": 90,
        }

    def test_several_faults_are_told_at_once(self, small: TestClient[Litestar]) -> None:
        refused = small.get("/several", headers={"accept-language": "en"}).json()
        assert (
            refused["detail"] == "Please check: name: must not be empty; contact.phone: does not have the right form."
        )
        assert refused["errors"] == [
            {"path": "name", "message": "must not be empty"},
            {"path": "contact.phone", "message": "does not have the right form"},
        ]

    @pytest.mark.parametrize(
        ("body", "path", "message"),
        [
            ({"name": "An"}, "age", "còn thiếu"),
            ({"name": 5, "age": 5}, "name", "sai kiểu dữ liệu"),
            ({"name": "A", "age": 5}, "name", "cần ít nhất 2 ký tự"),
            ({"name": "Nguyễn", "age": 5}, "name", "tối đa 5 ký tự"),
            ({"name": "An", "age": 0}, "age", "ít nhất là 1"),
            ({"name": "An", "age": 151}, "age", "nhiều nhất là 150"),
            ({"name": "An", "age": 5, "tags": ["a", 1]}, "tags[1]", "sai kiểu dữ liệu"),
            ({"name": "An", "age": 5, "boss": True}, "boss", "không có mục này"),
            ([], "", "sai kiểu dữ liệu"),
        ],
    )
    def test_fields_are_named_with_what_is_wrong(
        self, small: TestClient[Litestar], body: object, path: str, message: str
    ) -> None:
        refused = small.post("/people", json=body)
        assert refused.status_code == 400
        assert refused.json()["type"] == "urn:sokhach:problem:invalid-input"
        assert refused.json()["errors"] == [{"path": path, "message": message}]

    @pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"name": "\xff"}', b"{}{}"])
    def test_what_is_no_json(self, small: TestClient[Litestar], body: bytes) -> None:
        refused = small.post("/people", content=body, headers={"content-type": "application/json"})
        assert (refused.status_code, refused.json()["type"]) == (400, "urn:sokhach:problem:malformed-request")

    @pytest.mark.parametrize(
        ("method", "path", "status", "slug"),
        [("GET", "/nowhere", 404, "not-found"), ("DELETE", "/people", 405, "method-not-allowed")],
    )
    def test_wrong_address(self, small: TestClient[Litestar], method: str, path: str, status: int, slug: str) -> None:
        refused = small.request(method, path)
        assert (refused.status_code, refused.json()["type"]) == (status, f"urn:sokhach:problem:{slug}")

    def test_body_too_large(self, small: TestClient[Litestar]) -> None:
        refused = small.post("/people", json={"name": "x" * 2000, "age": 1})
        assert (refused.status_code, refused.json()["limit_kb"]) == (413, 1)

    def test_database_down(self, small: TestClient[Litestar]) -> None:
        refused = small.get("/down")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
        assert refused.json()["type"] == "urn:sokhach:problem:database-unavailable"

    @pytest.mark.parametrize("path", ["/fails", "/depends"])
    def test_unexpected_errors_are_told_by_an_incident_only(
        self, small: TestClient[Litestar], path: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        refused = small.get(path)
        assert refused.status_code == 500
        assert refused.json()["type"] == "urn:sokhach:problem:internal"
        assert refused.json()["incident"] in refused.json()["detail"]
        assert "lời của khách" not in refused.text
        logged = capsys.readouterr()
        assert refused.json()["incident"] in logged.out + logged.err


class TestIsDatabaseDown:
    @pytest.mark.parametrize("sqlstate", [None, "08006", "57P01", "57P03", "53300", "28P01"])
    def test_when_it_cannot_be_reached(self, sqlstate: str | None) -> None:
        assert is_database_down(refusal(sqlstate))

    @pytest.mark.parametrize("sqlstate", ["57014", "40001", "53100"])
    def test_not_when_it_refuses_a_statement(self, sqlstate: str) -> None:
        assert not is_database_down(refusal(sqlstate))

    def test_not_for_a_violated_constraint(self) -> None:
        assert not is_database_down(psycopg.errors.UniqueViolation("23505"))


def refusal(sqlstate: str | None) -> OperationalError:
    kind = psycopg.errors.lookup(sqlstate) if sqlstate else psycopg.OperationalError
    return OperationalError("SELECT 1", {}, kind("refused"))


def parts(locale: Locale) -> dict[str, list[str]]:
    """The keys of each file of a language, in their order."""
    folder = f"{catalogue.__name__}.{locale}"
    names = [module.name for module in pkgutil.iter_modules(import_module(folder).__path__)]
    return {name: list(import_module(f"{folder}.{name}").TEXTS) for name in names}


def parameters(text: str) -> Sequence[str]:
    return sorted({name for _, name, _, _ in Formatter().parse(text) if name})


def found_in_source(pattern: str) -> set[str]:
    found: set[str] = set()
    for file in SOURCE.rglob("*.py"):
        found.update(re.findall(pattern, file.read_text("utf-8")))
    return found
