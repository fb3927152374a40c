"""`list_p95_ms`: the slowest kind of list page. `open_p95_ms`: the slowest request of opening a conversation."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from rich.table import Table

from bench.inbox.browser import Browser
from bench.inbox.office import Office, Person
from bench.support import console, percentile
from sokhach.core.paging import Position, write_cursor

VIEWS = {
    "open": ("last_message_at", "episode_open"),
    "mine": ("last_message_at", "true"),
    "waiting": ("waiting_since", "waiting_since IS NOT NULL"),
    "all": ("last_message_at", "true"),
}
"""View → its key and what it shows."""
LONG_THREAD = 1


def measure_lists(office: Office, times: int) -> Mapping[str, float]:
    """Each view of each person, its first page and pages anywhere deep in it, one request after another."""
    took: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    paths = _list_paths(office, times)
    for person in office.people:
        browser = Browser(office.port, person)
        for turn in range(-2, times):
            for view, cursors in paths.items():
                first, deep = f"/api/conversations?view={view}&limit=50", cursors[turn % times]
                for place, path in (("first", first), ("deep", f"{first}&before={deep}")):
                    seconds = browser.get(path).seconds
                    if turn >= 0:
                        took[person.name, view, place].append(seconds)
        browser.close()
    _show("Lists, ms", took)
    worst = max(percentile(one, 0.95) for one in took.values())
    whole = [seconds for one in took.values() for seconds in one]
    return {"list_p95_ms": worst * 1000, "list_p95_all_ms": percentile(whole, 0.95) * 1000}


def _list_paths(office: Office, times: int) -> dict[str, list[str]]:
    """View → cursors to any depth."""
    cursors: dict[str, list[str]] = {}
    for view, (key, shows) in VIEWS.items():
        rows = office.rows(f"SELECT {key}, id FROM conversation WHERE {shows} ORDER BY random() LIMIT %s", times)
        cursors[view] = [_cursor(at, row_id) for at, row_id in rows]
    return cursors


def _cursor(at: datetime, row_id: int) -> str:
    return write_cursor(Position(at, row_id))


def measure_opening(office: Office, times: int) -> Mapping[str, float]:
    """What the console asks for, in its order: the conversation, its messages, its customer; then it marks it read.
    Somebody goes back in the long thread, too."""
    took: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    slowest: list[float] = []
    whole: list[float] = []
    for person in office.people:
        browser = Browser(office.port, person)
        opened = office.theirs(person, times + 3)
        if person.name in {"admin", "busiest"}:
            opened += [LONG_THREAD] * (times // 2)
        for turn, conversation_id in enumerate(opened):
            seconds = _open(browser, conversation_id)
            if turn < 3:
                continue
            which = "long" if conversation_id == LONG_THREAD else "any"
            for name, one in seconds.items():
                took[person.name, which, name].append(one)
            reads = [one for name, one in seconds.items() if name != "read"]
            slowest.append(max(reads))
            whole.append(sum(reads))
        browser.close()
    took["admin", "long", "older"] = _go_back(office, office.person("admin"), times)
    slowest += took["admin", "long", "older"]
    _show("Opening, ms", took)
    return {"open_p95_ms": percentile(slowest, 0.95) * 1000, "open_sum_p95_ms": percentile(whole, 0.95) * 1000}


def _open(browser: Browser, conversation_id: int) -> dict[str, float]:
    path = f"/api/conversations/{conversation_id}"
    detail = browser.get(path)
    messages = browser.get(f"{path}/messages?limit=50")
    contact = browser.get(f"/api/contacts/{detail.body['contact']['id']}")
    assert messages.body["items"]
    read = browser.post(f"{path}/read", {"last_message_id": messages.body["items"][-1]["id"]})
    return {
        "conversation": detail.seconds,
        "messages": messages.seconds,
        "contact": contact.seconds,
        "read": read.seconds,
    }


def _go_back(office: Office, person: Person, times: int) -> list[float]:
    """Older pages of the long thread, from anywhere in it."""
    rows = office.rows(
        "SELECT sent_at, id FROM message WHERE conversation_id = %s ORDER BY random() LIMIT %s", LONG_THREAD, times
    )
    browser = Browser(office.port, person)
    path = f"/api/conversations/{LONG_THREAD}/messages?limit=50&before="
    seconds = [browser.get(path + _cursor(at, row_id)).seconds for at, row_id in rows]
    browser.close()
    return seconds


def _show(title: str, took: Mapping[tuple[str, str, str], list[float]]) -> None:
    table = Table("", "", "", "median", "p95", "most", title=title, title_justify="left")
    for kind, seconds in took.items():
        table.add_row(*kind, *(f"{percentile(seconds, part) * 1000:.1f}" for part in (0.5, 0.95, 1)))
    console.print(table)
