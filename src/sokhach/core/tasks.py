"""Tasks that live and end together."""

import asyncio
from collections.abc import Awaitable, Iterable
from typing import Any


async def run_together(*works: Awaitable[None]) -> None:
    """Runs all until one ends or raises, or until cancelled; then ends the others, and raises the error."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await end(tasks)
    for task in done:
        task.result()


async def end(tasks: Iterable[asyncio.Future[Any]]) -> None:
    """Cancels until all are done. Once is not enough: before Python 3.12 `asyncio.wait_for`, which psycopg waits with,
    loses a cancellation that comes in the same instant as what it waits for."""
    interrupted: asyncio.CancelledError | None = None
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        try:
            await asyncio.wait(pending, timeout=0.1)
        except asyncio.CancelledError as error:
            interrupted = error
        pending = {task for task in pending if not task.done()}
    if interrupted:
        raise interrupted
