"""Files of every kind, made here, and a server of a channel's that serves them well or badly."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cache

from PIL import Image

AMR = b"#!AMR\n" + bytes([0x3C]) + bytes(31) + bytes([0x3C]) + bytes(31)
"""Two frames of 12.2 kbit/s: 40 ms."""
AAC = bytes([0xFF, 0xF1, 0x50, 0x80, 0x02, 0x1F, 0xFC]) + bytes(9)
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(400)
M4A = b"\x00\x00\x00\x18ftypM4A \x00\x00\x02\x00isomiso2" + bytes(400)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"0 " * 200
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200)
CSV = "Mặt hàng,Số lượng\nChăn ga 1m8,2\n".encode()


@cache
def picture(
    size: tuple[int, int] = (640, 480), form: str = "PNG", *, mode: str = "RGB", noisy: bool = False, turned: int = 0
) -> bytes:
    """`turned`: the note of a camera that was held upright (EXIF orientation)."""
    image = Image.effect_noise(size, 90).convert(mode) if noisy else Image.new(mode, size, "teal")
    packed = io.BytesIO()
    if turned:
        exif = Image.Exif()
        exif[0x0112] = turned
        exif[0x010F] = "Camera of a person"
        image.save(packed, form, exif=exif)
    else:
        image.save(packed, form, **({"quality": 95} if form == "JPEG" else {}))
    return packed.getvalue()


def moving(size: tuple[int, int] = (60, 40), frames: int = 3) -> bytes:
    pages = [Image.new("RGB", size, (80 * number, 40, 40)) for number in range(frames)]
    packed = io.BytesIO()
    pages[0].save(packed, "GIF", save_all=True, append_images=pages[1:], duration=100)
    return packed.getvalue()


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


DOCX = zipped("[Content_Types].xml", "word/document.xml")
APK = zipped("AndroidManifest.xml", "classes.dex")

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


def whole(content: bytes, content_type: str = "application/octet-stream", *more: str) -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        await head(writer, "200 OK", f"content-type: {content_type}", f"content-length: {len(content)}", *more)
        writer.write(content)

    return answer


def status(line: str, *headers: str) -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        await head(writer, line, "content-length: 0", *headers)

    return answer


def endless(piece: bytes) -> Answer:
    """Says nothing of its length, and does not stop."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        await head(writer, "200 OK")
        while True:
            writer.write(piece)
            await writer.drain()

    return answer


def dripping(content: bytes) -> Answer:
    """A byte now and then, for ever."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        await head(writer, "200 OK")
        while True:
            writer.write(content[:1])
            await writer.drain()
            await asyncio.sleep(0.02)

    return answer


def cut_off(content: bytes) -> Answer:
    """Promises more than it gives."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        await head(writer, "200 OK", f"content-length: {len(content) * 2}")
        writer.write(content)

    return answer


async def head(writer: asyncio.StreamWriter, line: str, *headers: str) -> None:
    writer.write(f"HTTP/1.1 {line}\r\n{''.join(f'{one}{chr(13)}{chr(10)}' for one in headers)}".encode())
    writer.write(b"connection: close\r\n\r\n")
    await writer.drain()


class FileServer:
    """Answers by path; `asked` are the heads of all requests. A list of answers is given one after the other, the last
    for ever."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[str] = []

    def serve(self, path: str, *answers: Answer) -> str:
        self.answers[path] = list(answers)
        return f"{self.url}{path}"

    def times(self, path: str) -> int:
        return sum(one.startswith(f"GET {path} ") for one in self.asked)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.asked.append(request)
            waiting = self.answers.get(request.split(" ")[1], [status("404 Not Found")])
            await (waiting.pop(0) if len(waiting) > 1 else waiting[0])(writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def file_server() -> AsyncIterator[FileServer]:
    servers: list[FileServer] = []
    tasks: set[asyncio.Task[None]] = set()

    def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(servers[0].handle(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    listening = await asyncio.start_server(handle, "127.0.0.1", 0)
    servers.append(FileServer(listening.sockets[0].getsockname()[1]))
    yield servers[0]
    listening.close()
    for task in list(tasks):
        task.cancel()
