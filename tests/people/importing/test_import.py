"""A list is looked at, then imported as a whole or not at all."""

import io
from typing import Any

import httpx
import msgspec
import pytest
from openpyxl import load_workbook

from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.conftest import MoveClock, SignIn
from tests.people.security.support import NEW_PASSWORD, actions, problem, rows, token_of
from tests.support.people import People

pytestmark = pytest.mark.caller("admin")

GOOD = """Họ và tên;Số điện thoại;E-mail;Vai trò;Nhóm
Lê Thị Hoa;0912 345 678;;Trưởng nhóm;Bình Dương > Nhóm A
Trần Văn An;;an@example.vn;;
"""


async def look(client: httpx.AsyncClient, content: str | bytes = GOOD) -> dict[str, Any]:
    raw = content if isinstance(content, bytes) else content.encode()
    answer = await client.post("/api/staff/import/preview", files={"file": ("nhan-vien.csv", raw)})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def count(database: Database) -> int:
    return (await rows(database, "SELECT count(*) AS n FROM staff"))[0]["n"]


class TestImport:
    async def test_nothing_is_written_until_it_is_confirmed(
        self, client: httpx.AsyncClient, people: People, owner_db: Database, signed_in: SignIn
    ) -> None:
        before = await count(owner_db)
        shown = await look(client)
        assert [(row["line"], row["name"], row["login"], row["faults"]) for row in shown["rows"]] == [
            (2, "Lê Thị Hoa", "0912 345 678", []),
            (3, "Trần Văn An", "an@example.vn", []),
        ]
        assert await count(owner_db) == before
        done = (await client.post("/api/staff/import", json={"token": shown["token"]})).json()
        assert (done["added"], done["invited"]) == (2, 0)
        lead = (await client.get(f"/api/staff/{done['people'][0]['id']}")).json()
        assert (lead["phone"], lead["role"], lead["invited"]) == ("+84912345678", "lead", True)
        assert lead["teams"] == [{"team_id": people.team_id, "name": "Nhóm A", "leads": True}]
        accepted = {
            "token": token_of(done["people"][1]["link"]),
            "password": NEW_PASSWORD,
            "recording_confirmed": True,
        }
        assert (await (await signed_in(None)).post("/api/invitation", json=accepted)).status_code == 201
        assert "staff:import" in await actions(owner_db)

    async def test_every_fault_of_every_line_is_told(self, client: httpx.AsyncClient, people: People) -> None:
        shown = await look(
            client,
            "Họ tên,Đăng nhập,Vai trò,Nhóm\n"
            "Hoa,owner@example.vn,,\n"
            ",khong-phai,giám đốc,Không có\n"
            "An,an@example.vn,,\n"
            "An Hai,AN@example.vn,,\n"
            "Bình,,,\n",
        )
        assert shown["token"] is None
        faults = {row["line"]: [fault["path"] for fault in row["faults"]] for row in shown["rows"]}
        assert faults == {2: ["login"], 3: ["name", "login", "role", "team"], 4: [], 5: ["login"], 6: ["login"]}
        texts = {fault["text"] for row in shown["rows"] for fault in row["faults"]}
        assert {"đã có người dùng", "trùng với dòng 4", "không có nhóm này"} <= texts

    async def test_a_login_that_was_taken_meanwhile_leaves_nobody(
        self, client: httpx.AsyncClient, people: People, owner_db: Database
    ) -> None:
        shown = await look(client)
        await client.post("/api/staff", json={"name": "An", "login": "an@example.vn", "role": "staff"})
        before = await count(owner_db)
        refused = await client.post("/api/staff/import", json={"token": shown["token"]})
        assert problem(refused) == (409, "import-faulty")
        assert await count(owner_db) == before

    async def test_a_preview_serves_once_for_an_hour_and_for_who_saw_it(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn, move_clock: MoveClock
    ) -> None:
        shown = await look(client)
        admin = {"name": "Lê Hoa", "login": "le@example.vn", "role": "admin"}
        made = (await client.post("/api/staff", json=admin)).json()
        other = await signed_in(None)
        login = {"login": "le@example.vn", "password": made["password"]}
        await other.post("/api/session", json=login)
        confirm = {"token": shown["token"]}
        assert problem(await other.post("/api/staff/import", json=confirm)) == (409, "import-expired")
        forged = {"token": shown["token"][:-4] + "AAAA"}
        assert problem(await client.post("/api/staff/import", json=forged)) == (409, "import-expired")
        assert (await client.post("/api/staff/import", json=confirm)).status_code == 200
        assert problem(await client.post("/api/staff/import", json=confirm)) == (409, "import-faulty")
        await move_clock(3601)
        assert problem(await client.post("/api/staff/import", json=confirm)) == (409, "import-expired")

    async def test_new_administrators_ask_for_sudo(
        self, client: httpx.AsyncClient, people: People, move_clock: MoveClock
    ) -> None:
        await move_clock(601)
        shown = await look(client, "Họ tên,E-mail,Vai trò\nHoa,hoa@example.vn,Quản trị\n")
        refused = await client.post("/api/staff/import", json={"token": shown["token"]})
        assert problem(refused) == (403, "sudo-needed")

    @pytest.mark.parametrize(
        ("content", "slug"),
        [(b"PK\x03\x04nothing", "import-unreadable"), (b"a;b\n1;2\n", "import-columns"), (b"", "import-columns")],
    )
    async def test_files_that_are_no_list(self, client: httpx.AsyncClient, content: bytes, slug: str) -> None:
        refused = await client.post("/api/staff/import/preview", files={"file": ("x.csv", content)})
        assert problem(refused) == (422, slug)

    async def test_too_many_lines(self, client: httpx.AsyncClient) -> None:
        content = "Họ tên,E-mail\n" + "".join(f"N{i},n{i}@example.vn\n" for i in range(501))
        refused = await client.post("/api/staff/import/preview", files={"file": ("x.csv", content.encode())})
        assert problem(refused) == (422, "import-too-long")

    async def test_the_template_is_read_back(self, client: httpx.AsyncClient, people: People) -> None:
        template = await client.get("/api/staff/import/template")
        assert template.headers["content-type"].startswith("application/vnd.openxmlformats")
        book = load_workbook(io.BytesIO(template.content))
        assert "Bình Dương > Nhóm A" in [cell.value for row in book.worksheets[1] for cell in row]
        book.worksheets[0].append(["Hoa", "0912345678", "Quản lý", "Bình Dương > Nhóm A"])
        file = io.BytesIO()
        book.save(file)
        shown = await look(client, file.getvalue())
        assert shown["rows"][0]["faults"] == [] and shown["token"]

    @pytest.mark.parametrize("name", ["owner", "lead", "manager"])
    async def test_only_administrators_import(self, signed_in: SignIn, people: People, name: str) -> None:
        theirs = await signed_in(people.named(name))
        refused = await theirs.post("/api/staff/import/preview", files={"file": ("x.csv", GOOD.encode())})
        assert problem(refused) == (403, "not-permitted")


class TestByMail:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return msgspec.structs.replace(settings, smtp_url="smtp://127.0.0.1:9", mail_from="so@example.vn")

    async def test_who_has_an_address_is_written_to(
        self, client: httpx.AsyncClient, people: People, owner_db: Database
    ) -> None:
        done = (await client.post("/api/staff/import", json={"token": (await look(client))["token"]})).json()
        assert (done["added"], done["invited"], len(await rows(owner_db, "SELECT 1 FROM mail"))) == (2, 1, 1)
