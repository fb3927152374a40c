"""What the words of a list mean."""

import pytest

from sokhach.core.actor import Role
from sokhach.people.importing.columns import Columns, Team, Teams, find_columns, role_of
from sokhach.people.importing.reading import Line


def lines(*rows: tuple[str, ...]) -> list[Line]:
    return [Line((number, row)) for number, row in enumerate(rows, start=1)]


class TestColumns:
    @pytest.mark.parametrize(
        ("head", "found"),
        [
            (("Họ và tên", "E-mail hoặc số điện thoại", "Vai trò", "Nhóm"), Columns(0, (1,), 2, 3)),
            (("HO TEN", "EMAIL"), Columns(0, (1,), None, None)),
            (("STT", "Họ & tên", "SĐT:", "Chức vụ", "Phòng ban"), Columns(1, (2,), 3, 4)),
            (("Điện thoại", "Email", "Full name"), Columns(2, (1, 0), None, None)),
            (("Name", "Phone"), Columns(0, (1,), None, None)),
            (("Họ tên", "Vai trò"), None),
            (("E-mail",), None),
        ],
    )
    def test_headings(self, head: tuple[str, ...], found: Columns | None) -> None:
        result = find_columns(lines(head))
        assert (result[0] if result else None) == found

    def test_a_title_may_stand_above(self) -> None:
        found = find_columns(lines(("DANH SÁCH NHÂN VIÊN",), ("Họ tên", "Email"), ("Hoa", "hoa@example.vn")))
        assert found and [line.number for line in found[1]] == [3]


@pytest.mark.parametrize(
    ("cell", "role"),
    [
        ("", Role.STAFF),
        ("Nhân viên", Role.STAFF),
        ("TRƯỞNG NHÓM", Role.LEAD),
        ("truong nhom", Role.LEAD),
        ("Quản lý", Role.MANAGER),
        ("quản trị viên", Role.ADMIN),
        ("Kiểm soát", Role.AUDITOR),
        ("giám đốc", None),
    ],
)
def test_roles(cell: str, role: Role | None) -> None:
    assert role_of(cell) == role


class TestTeams:
    TREE = Teams(
        [
            Team(1, None, "Bình Dương"),
            Team(2, 1, "Nhóm A"),
            Team(3, None, "Đà Nẵng"),
            Team(4, 3, "Nhóm A"),
            Team(5, 3, "Bán lẻ, sỉ"),
        ]
    )

    @pytest.mark.parametrize(
        ("cell", "found"),
        [
            ("", ([], None)),
            ("binh duong", ([1], None)),
            ("Nhóm A", ([], "team-ambiguous")),
            ("Bình Dương > Nhóm A", ([2], None)),
            ("da nang/nhom a", ([4], None)),
            ("Đà Nẵng; Bình Dương > Nhóm A", ([3, 2], None)),
            ("Đà Nẵng, Bình Dương", ([3, 1], None)),
            ("Bán lẻ, sỉ", ([5], None)),
            ("Bình Dương; Bình Dương", ([1], None)),
            ("Huế", ([], "team-unknown")),
            ("Huế > Nhóm A", ([], "team-unknown")),
            (">", ([], "team-unknown")),
        ],
    )
    def test_by_what_people_write(self, cell: str, found: tuple[list[int], str | None]) -> None:
        assert self.TREE.find(cell) == found
