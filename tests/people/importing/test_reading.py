"""Files as people have them."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from sokhach.people.importing import reading
from sokhach.people.importing.reading import UnreadableError, read_table

HEAD = "Họ và tên;E-mail;Nhóm"
LETTERS = st.characters(codec="utf-8", exclude_categories=["C", "Z"])
LINE = "Lê Thị Hòa;hoa@example.vn;Nhóm Ấm áp"


def excel(*rows: tuple[str | float | None, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [line.cells for line in read_table(content)]


class TestCsv:
    # The old code page of Windows writes tones as marks of their own.
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_encodings(self, encoding: str) -> None:
        assert cells(f"{HEAD}\r\n{LINE}\r\n".encode(encoding)) == [tuple(HEAD.split(";")), tuple(LINE.split(";"))]

    def test_the_old_code_page(self) -> None:
        content = "Ho\u0323 tên;E-mail\nNguyê\u0303n Thi\u0323 Đào;x@example.vn\n"
        assert cells(content.encode("cp1258"))[1][0] == "Nguyễn Thị Đào"

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_delimiters(self, delimiter: str) -> None:
        content = delimiter.join(("Họ tên", "E-mail")) + "\n" + delimiter.join(('"Hoa, Lê; x"', "a@example.vn"))
        assert cells(content.encode())[1] == ("Hoa, Lê; x", "a@example.vn")

    def test_lines_are_counted_as_in_the_file(self) -> None:
        lines = read_table(b'a,b\n\n"x\ny",1\n,,\nz,2\n')
        assert [(line.number, line.cells[0]) for line in lines] == [(1, "a"), (3, "x\ny"), (6, "z")]

    def test_an_apostrophe_is_for_excel(self) -> None:
        assert cells(b"a,b\n'0912345678,\xc2\xa0 x \n")[1] == ("0912345678", "x")

    @pytest.mark.parametrize(
        "content", [b"a\0b,c\n", b"\xff\xfea", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04x"]
    )
    def test_what_is_no_table(self, content: bytes) -> None:
        with pytest.raises(UnreadableError):
            read_table(content)

    @given(st.binary(max_size=400))
    def test_bytes_of_any_kind_are_read_or_refused(self, content: bytes) -> None:
        try:
            lines = read_table(content)
        except UnreadableError:
            return
        assert all(any(line.cells) and len(line.cells) <= reading.MOST_COLUMNS for line in lines)

    @given(
        st.lists(
            st.lists(
                st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1), min_size=2, max_size=4
            ),
            min_size=1,
        )
    )
    def test_numbers_of_lines_rise(self, rows: list[list[str]]) -> None:
        content = "\n".join('"' + '","'.join(cell.replace('"', "") for cell in row) + '"' for row in rows)
        numbers = [line.number for line in read_table(b"\xef\xbb\xbf" + content.encode())]
        assert numbers == sorted(set(numbers))


class TestExcel:
    def test_values_are_as_people_see_them(self) -> None:
        content = excel(
            ("Họ tên", "SĐT"), ("Hoa", 912345678), ("An", 84912345678.0), (None, None), ("  Bình  ", "0912")
        )
        assert cells(content) == [("Họ tên", "SĐT"), ("Hoa", "912345678"), ("An", "84912345678"), ("Bình", "0912")]
        assert [line.number for line in read_table(content)] == [1, 2, 3, 5]

    def test_one_that_unpacks_to_too_much_is_refused(self) -> None:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * (reading.MOST_UNPACKED_BYTES + 1))
        with pytest.raises(UnreadableError):
            read_table(file.getvalue())

    @given(st.integers(0, 5000), st.binary(min_size=1, max_size=8))
    def test_a_damaged_one_is_read_or_refused(self, at: int, damage: bytes) -> None:
        content = bytearray(excel(("Họ tên", "E-mail"), ("Hoa", "hoa@example.vn")))
        at = 4 + at % (len(content) - 4)
        content[at : at + len(damage)] = damage
        with suppress(UnreadableError):
            read_table(bytes(content))
