"""Structured logs without secrets or customers' words, and metrics."""

import io
import logging
import sys
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any, TextIO, cast

import psycopg
import structlog
from prometheus_client import Counter, Gauge, Histogram
from sqlalchemy.exc import DBAPIError

from sokhach.core.config import Settings

# Whatever is logged under one of these names is replaced: a slip must not put a secret or a message on disk.
FORBIDDEN = frozenset(
    {"access_token", "authorization", "body", "code", "content", "cookie", "credentials", "oa_secret", "password",
     "payload", "refresh_token", "secret", "secret_key", "text", "token", "app_secret"}
)  # fmt: skip

WEBHOOKS = Counter("sokhach_webhooks_total", "Webhook requests by channel and outcome", ["channel", "outcome"])
JOURNAL_FLUSH = Histogram(
    "sokhach_journal_flush_seconds", "Time to put a group of payloads on disk",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1),
)  # fmt: skip
APPLIED = Counter("sokhach_journal_applied_total", "Journal rows applied by the pipeline", ["outcome"])
UNKNOWN_EVENTS = Counter(
    "sokhach_unknown_events_total", "Events of a channel that this version does not know", ["channel"]
)
PENDING = Gauge(
    "sokhach_journal_pending", "Journal rows that wait for the pipeline", multiprocess_mode="livemostrecent"
)
SENDS = Counter("sokhach_sends_total", "Messages sent by outcome", ["outcome"])
MEDIA = Counter("sokhach_media_total", "Attempts to fetch files of messages by type and outcome", ["type", "outcome"])
MEDIA_PENDING = Gauge(
    "sokhach_media_pending", "Files of messages that wait to be fetched", multiprocess_mode="livemostrecent"
)
LATENESS = Histogram(
    "sokhach_deadline_lateness_seconds", "How late a deadline was handled", ["loop"],
    buckets=(0.1, 0.5, 1, 2, 3, 5, 10, 60, 600),
)  # fmt: skip
LOOP_FAILURES = Counter("sokhach_loop_failures_total", "Failures of the worker's loops", ["loop"])
SOCKETS = Gauge("sokhach_sockets", "Browsers connected to the realtime route", multiprocess_mode="livesum")


def redact(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key in FORBIDDEN & event.keys():
        event[key] = "[hidden]"
    return event


def tell_error(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Puts the traceback in words of ours: what a database refuses, it repeats in full, customers' words included."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    elif isinstance(error, tuple):
        error = cast("tuple[Any, BaseException | None, Any]", error)[1]
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_lines(error))
    return event


def _lines(error: BaseException) -> list[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_lines(cause), "which led to"] if cause else []
    for frame in traceback.format_tb(error.__traceback__):
        lines += frame.rstrip().splitlines()
    lines.append(f"{type(error).__qualname__}: {_without_values(error)}")
    if isinstance(error, BaseExceptionGroup):
        for inner in cast("BaseExceptionGroup[BaseException]", error).exceptions:
            lines += ["with", *_lines(inner)]
    return lines


def _without_values(error: BaseException) -> str:
    """The message of an error; of a database's error only its class and the constraint."""
    if isinstance(error, DBAPIError):
        return type(error.orig).__qualname__
    if isinstance(error, psycopg.Error) and error.sqlstate:
        return f"{error.sqlstate} {error.diag.constraint_name or error.diag.table_name or ''}".rstrip()
    return str(error)


class _Stderr(io.TextIOBase):
    """Whatever stderr is when a line is written: loggers live long, and who runs us may put another in its place. A
    line that cannot be written (the reader has gone) must not stop the work that it tells of."""

    def write(self, line: str, /) -> int:
        with suppress(OSError, ValueError):
            sys.stderr.write(line)
        return len(line)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.flush()


_STDERR = cast("TextIO", _Stderr())


def configure_logging(settings: Settings) -> None:
    """Everything, the libraries' logging included, goes to stderr in one shape."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        redact,
        tell_error,
    ]
    final: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    structlog.configure(
        processors=[*shared, final],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(_STDERR),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(_STDERR)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, final],
        )
    )
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)
