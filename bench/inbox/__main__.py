"""Runs web and worker over the data of `bench-data` and measures them as a console meets them: `make bench-inbox`."""

import argparse
import os
from collections.abc import Callable, Mapping

from bench import data
from bench.inbox import paint, reading, sockets, statements, writing
from bench.inbox.office import Office, open_office
from bench.inbox.platform import platform
from bench.support import cluster, process, report, say, wait_ready

PORT = 8790
WANTED = {
    "list_p95_ms": "≤ 40",
    "list_statements": "≤ 6",
    "open_p95_ms": "≤ 40",
    "reply_p95_ms": "≤ 30",
    "fanout_p95_ms": "≤ 150",
    "open_paint_ms": "≤ 400",
}
Part = Callable[[Office, argparse.Namespace], Mapping[str, float]]
PARTS: Mapping[str, Part] = {
    "statements": lambda office, given: statements.measure(office),
    "list": lambda office, given: reading.measure_lists(office, given.times),
    "open": lambda office, given: reading.measure_opening(office, given.times),
    "reply": lambda office, given: writing.measure(office, given.replies),
    "fanout": lambda office, given: sockets.measure(office, given.sockets, given.webhooks, given.per_second),
    "paint": lambda office, given: paint.measure(office, given.clicks),
}


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--only", default=",".join(PARTS), help="parts, with commas between")
    options.add_argument("--times", type=int, default=40, help="requests of each kind")
    options.add_argument("--replies", type=int, default=200)
    options.add_argument("--sockets", type=int, default=200)
    options.add_argument("--webhooks", type=int, default=150)
    options.add_argument("--per-second", type=float, default=5)
    options.add_argument("--clicks", type=int, default=30)
    given = options.parse_args()
    size = os.environ.get("SIZE", "m")
    figures: dict[str, float] = {}
    with cluster() as database, platform() as address:
        data.prepare(database, size)
        settings = database.settings(f"bench_data_{size}", port=PORT, zalo_openapi_url=address, zalo_oauth_url=address)
        office = open_office(settings)
        with process(settings, "web"), process(settings, "worker"):
            wait_ready(PORT)
            for name in given.only.split(","):
                say(f"{name} …")
                figures |= PARTS[name](office, given)
    rows = [(name, f"{value:,.1f}", WANTED.get(name, "")) for name, value in figures.items()]
    report(f"Inbox on data of size {size}", rows, figures)


if __name__ == "__main__":
    main()
