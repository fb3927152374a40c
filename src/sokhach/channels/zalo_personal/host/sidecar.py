"""One sidecar: a child process that speaks a line of JSON at a time on stdin and stdout."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress

import msgspec
import structlog

from sokhach.channels.zalo_personal import protocol
from sokhach.channels.zalo_personal.calls import CallFailedError
from sokhach.channels.zalo_personal.protocol import AnyEvent, Reply, Request, Send
from sokhach.core.child import Backoff
from sokhach.core.process import die_with_parent, end_group
from sokhach.core.tasks import end

log = structlog.get_logger()

LONGEST_LINE = 64 * 1024 * 1024
CHUNK = 256 * 1024
ANSWER_SECONDS = 30.0
LISTS_SECONDS = 75.0
UPLOAD_SECONDS = 90.0
"""Over the sidecar's own time-outs: whoever waits longer waits for nobody."""
SHUTDOWN_SECONDS = 1.5
SILENT_SECONDS = 30.0
"""It tells its figures every 5 s, so one that says nothing for so long hangs, and its sessions with it."""

LISTS = (protocol.Friends, protocol.Profiles, protocol.Groups, protocol.Aliases, protocol.LastMessages)
"""The sidecar gives them more time than other calls."""

Heard = Callable[["Sidecar", AnyEvent], Awaitable[None]]
"""While it waits, nothing more is read from the sidecar, which then stops reading from Zalo."""
Gone = Callable[["Sidecar"], None]


class Sidecar:
    """Kept alive from `run` on: whenever the process ends, `gone` is told, and the next is started after a while."""

    def __init__(
        self, number: int, command: Sequence[str], environment: Mapping[str, str], heard: Heard, gone: Gone
    ) -> None:
        self.number = number
        self.rss = 0
        """Bytes, as it last said."""
        self.pid: int | None = None
        self.draining = False
        self._command = command
        self._environment = environment
        self._heard = heard
        self._gone = gone
        self._process: asyncio.subprocess.Process | None = None
        self._waiting: dict[int, asyncio.Future[Reply]] = {}
        self._ready = asyncio.Event()
        self._next = 0
        self._final = False

    @property
    def ready(self) -> bool:
        return self._ready.is_set() and not self.draining

    async def wait_ready(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ready.wait(), seconds)
        return self.ready

    async def run(self) -> None:
        """Until cancelled, or shut down for good."""
        backoff = Backoff(most=30.0)
        try:
            while not self._final:
                born = time.monotonic()
                try:
                    await self._live()
                except OSError as error:
                    log.error("sidecar_not_started", sidecar=self.number, error=str(error))
                except Exception:  # the next one may do better; without one its accounts would hear nothing
                    log.exception("sidecar_failed", sidecar=self.number)
                delay = backoff.after(time.monotonic() - born)
                if not self._final:
                    await asyncio.sleep(delay)
        finally:
            await self._kill()

    async def request(self, request: Request, seconds: float | None = None) -> Reply:
        """Raises `CallFailedError`: with `not_sent` when the sidecar never got it."""
        process = self._process
        if process is None or process.stdin is None or not self._ready.is_set():
            raise CallFailedError("closed", "the sidecar does not run", not_sent=True)
        return await self._ask(process.stdin, request, seconds or _patience(request))

    async def shut_down(self, *, final: bool = False) -> None:
        """Ends the process politely. `run` reads what it still said, and starts the next unless it was the last."""
        self.draining, self._final = True, final
        with suppress(CallFailedError):
            await self.request(protocol.Shutdown(), SHUTDOWN_SECONDS)
        await self._kill()

    async def _ask(self, stdin: asyncio.StreamWriter, request: Request, seconds: float) -> Reply:
        self._next += 1
        number = request.id = self._next
        answered: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answered
        try:
            stdin.write(protocol.encode(request))
            async with asyncio.timeout(seconds):
                await stdin.drain()
                reply = await answered
        except TimeoutError as error:
            raise CallFailedError("timeout", "the sidecar did not answer") from error
        except OSError as error:
            raise CallFailedError("closed", str(error)) from error
        finally:
            self._waiting.pop(number, None)
        if not reply.ok:
            failed = reply.error or protocol.ReplyError(kind="bad-reply", message="no error was told")
            raise CallFailedError(failed.kind, failed.message, code=failed.code, phase=failed.phase)
        return reply

    async def _live(self) -> None:
        """The life of one process."""
        process = self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=self._environment,
            limit=CHUNK,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGKILL),
        )
        self.pid, self.draining = process.pid, False
        assert process.stdin is not None
        assert process.stdout is not None
        greeting = asyncio.create_task(self._greet(process.stdin))
        try:
            await self._read(process.stdout)
        finally:
            # What it wrote before it died has been read to the end.
            self._ready.clear()
            await end([greeting])
            await self._kill()
            for answered in self._waiting.values():
                if not answered.done():
                    answered.set_exception(CallFailedError("closed", "the sidecar ended"))
            self.pid, self.rss = None, 0
            self._gone(self)
        log.warning("sidecar_ended", sidecar=self.number, status=process.returncode)

    async def _greet(self, stdin: asyncio.StreamWriter) -> None:
        try:
            reply = await self._ask(stdin, protocol.Hello(), ANSWER_SECONDS)
            hello = msgspec.json.decode(reply.data, type=protocol.HelloReply)
        except (CallFailedError, msgspec.DecodeError) as error:
            log.error("sidecar_did_not_greet", sidecar=self.number, error=str(error))
            await self._kill()
            return
        if hello.version != protocol.VERSION:
            log.error("sidecar_of_another_version", sidecar=self.number, version=hello.version)
            await self._kill()
            return
        log.info("sidecar_started", sidecar=self.number, pid=hello.pid, zca_js=hello.zca_js)
        self._ready.set()

    async def _read(self, stdout: asyncio.StreamReader) -> None:
        rest = bytearray()
        while chunk := await self._chunk(stdout):
            begins = max(0, len(rest))
            rest += chunk
            if rest.find(b"\n", begins) < 0:
                if len(rest) > LONGEST_LINE:
                    log.error("sidecar_line_too_long", sidecar=self.number)
                    return
                continue
            *lines, tail = bytes(rest).split(b"\n")
            rest = bytearray(tail)
            for line in lines:
                if line:
                    await self._hear(line)

    async def _chunk(self, stdout: asyncio.StreamReader) -> bytes:
        try:
            async with asyncio.timeout(SILENT_SECONDS):
                return await stdout.read(CHUNK)
        except TimeoutError:
            log.error("sidecar_silent", sidecar=self.number)
            return b""

    async def _hear(self, line: bytes) -> None:
        try:
            told = protocol.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            # Never the line itself: it may hold what a customer wrote, or a cookie.
            log.error("sidecar_line_unreadable", sidecar=self.number, error=str(error)[:200], size=len(line))
            told = protocol.salvaged(line)
            if told is None:
                return
        if isinstance(told, Reply):
            answered = self._waiting.get(told.re)
            if answered is not None and not answered.done():
                answered.set_result(told)
        else:
            await self._tell(told)

    async def _tell(self, event: AnyEvent) -> None:
        """One event's trouble is not that of those after it."""
        try:
            await self._heard(self, event)
        except Exception as error:  # without its words: they may be a customer's
            log.error("sidecar_event_failed", sidecar=self.number, ev=type(event).__name__, error=type(error).__name__)

    async def _kill(self) -> None:
        process = self._process
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        end_group(process.pid)
        await process.wait()


def _patience(request: Request) -> float:
    if isinstance(request, protocol.Start) or (isinstance(request, Send) and request.kind != "text"):
        return UPLOAD_SECONDS
    if isinstance(request, LISTS):
        return LISTS_SECONDS
    return ANSWER_SECONDS


def environment_for(zalo_web_url: str) -> Mapping[str, str]:
    """What a sidecar sees of ours: no secret of the company."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOKHACH_")}
    return {**kept, "ZALO_WEB_URL": zalo_web_url} if zalo_web_url else kept
