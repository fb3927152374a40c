"""How some of the threads of a file will look, for whoever decides on it."""

from collections.abc import Sequence
from typing import Any

from sokhach.intake.importing.placing import Placed

THREADS = 3
MESSAGES = 8
TEXT = 300


def sample(before: list[Any], placed: Sequence[Placed], known: set[int]) -> list[Any]:
    """The first threads of the file with their first messages, as JSON; `before` is what it was so far."""
    threads: list[dict[str, Any]] = list(before)
    for one in placed:
        line, thread = one.line, one.thread
        shown = next((it for it in threads if it["key"] == thread.key and it["account_id"] == thread.account_id), None)
        if shown is None:
            if len(threads) == THREADS:
                continue
            shown = dict[str, Any](
                {
                    "key": thread.key,
                    "account_id": thread.account_id,
                    "title": line.name or line.phone or line.key,
                    "kind": thread.kind,
                    "there": thread.conversation_id is not None,
                    "messages": [],
                }
            )
            threads.append(shown)
        if len(shown["messages"]) < MESSAGES:
            shown["messages"].append(
                {
                    "line": line.number,
                    "direction": line.direction,
                    "author": line.staff or line.sender if line.direction == "out" else line.sender,
                    "kind": line.kind,
                    "text": line.text[:TEXT],
                    "file_name": line.file_name or None,
                    "sent_at": line.at.isoformat(),
                    "known": line.number in known,
                }
            )
    return threads
