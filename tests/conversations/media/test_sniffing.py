"""What bytes are, whatever anybody says of them."""

import time

import pytest
from hypothesis import given
from hypothesis import settings as checks
from hypothesis import strategies as st

from sokhach.conversations.media.rules import true_type
from sokhach.conversations.media.sniffing import HEAD_BYTES, SHOWN, Sniffed, sniff
from tests.support import files
from tests.support.files import picture, zipped

OFFICE = "application/vnd.openxmlformats-officedocument."


@pytest.mark.parametrize(
    ("head", "name", "content_type"),
    [
        (picture(form="JPEG"), None, "image/jpeg"),
        (picture(form="PNG"), "a.exe.jpg", "image/png"),
        (picture(form="WEBP"), None, "image/webp"),
        (picture(form="BMP"), None, "image/bmp"),
        (files.moving(), None, "image/gif"),
        (files.AMR, None, "audio/amr"),
        (b"#!AMR-WB\n\x04", None, "audio/amr-wb"),
        (files.AAC, None, "audio/aac"),
        (b"\xff\xfb\x90\x00" + bytes(40), None, "audio/mpeg"),
        (b"ID3\x04\x00", None, "audio/mpeg"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", None, "audio/wav"),
        (files.M4A, None, "audio/mp4"),
        (files.MP4, None, "video/mp4"),
        (b"\x00\x00\x00\x14ftypqt  ", None, "video/quicktime"),
        (b"\x00\x00\x00\x14ftyp3gp5", None, "video/3gpp"),
        (b"\x00\x00\x00\x14ftypheic", None, "image/heic"),
        (b"\x1aE\xdf\xa3", None, "video/webm"),
        (files.PDF, "a.csv", "application/pdf"),
        (files.DOCX, None, OFFICE + "wordprocessingml.document"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), None, OFFICE + "spreadsheetml.sheet"),
        (zipped("hình.jpg"), None, "application/zip"),
        (files.CSV, "a.CSV", "text/csv"),
        (files.CSV, None, "text/plain"),
        ("Chào".encode("utf-16"), None, "text/plain"),
        (b"BMW 320i; MZ", None, "text/plain"),
        (b'{"error": -100}', None, "application/json"),
        (files.HTML, "a.png", "text/html"),
        (b"\xef\xbb\xbf\n <!-- x --><!-- y -->\n<HTML>", None, "text/html"),
        (b"<script>", None, "text/html"),
        (files.SVG, None, "image/svg+xml"),
        (b"\x00\x01\x02", None, "application/octet-stream"),
        (b"", None, "application/octet-stream"),
    ],
)
def test_what_it_is(head: bytes, name: str | None, content_type: str) -> None:
    assert sniff(head[:HEAD_BYTES], name).content_type == content_type
    assert not sniff(head[:HEAD_BYTES], None).runs


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (files.EXE, None),
        (files.EXE, "a.jpg"),
        (b"\x7fELF\x02", None),
        (b"\xca\xfe\xba\xbe\x00", None),
        (b"#!/bin/sh\n", "a.txt"),
        (files.APK, "a.zip"),
        (zipped("META-INF/MANIFEST.MF"), None),
        (b"L\x00\x00\x00\x01\x14\x02\x00", None),
        (b"start calc", "a.bat"),
        (b"WScript", "a.vbs "),
        (files.CSV, "a.scr.."),
        (files.PDF, "hoá đơn.EXE"),
    ],
)
def test_what_runs(head: bytes, name: str | None) -> None:
    assert sniff(head, name).runs


@checks(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.text(max_size=20))
def test_any_bytes_are_something(head: bytes, name: str) -> None:
    found = sniff(head, name)
    assert "/" in found.content_type
    for announced in ("image", "gif", "sticker", "audio", "video", "file"):
        kind = true_type(announced, found)
        # What our pages show is of the kind that browsers show there.
        if kind not in {None, "file"}:
            assert found.content_type in SHOWN or found.content_type.startswith(("audio/", "video/"))


@pytest.mark.parametrize(
    "head",
    [
        b"<!--" * 16_000,
        b"<!-- -->" * 8_000,
        b" " * 64_000,
        b"<?xml " * 10_000,
        b"<?xml >" * 9_000 + b"x",
        b"<!" * 32_000,
    ],
)
def test_no_file_keeps_us_searching(head: bytes) -> None:
    started = time.process_time()
    sniff(head)
    assert time.process_time() - started < 0.5


def test_a_page_in_place_of_a_picture() -> None:
    assert true_type("image", Sniffed("text/html")) is None
    assert true_type("file", Sniffed("text/html")) == "file"
    assert true_type("image", Sniffed("image/heic")) == "file"
    assert true_type("audio", Sniffed("video/mp4")) == "audio"
