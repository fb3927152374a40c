"""A worker that only sends, as a process of its own, to be killed: `python -m tests.support.sending_worker`."""

import asyncio

from sokhach.channels.zalo_oa.connector import ZaloOA
from sokhach.core.config import settings
from sokhach.core.database import Database, urls
from sokhach.core.storage import Storage
from sokhach.dispatch.sender import Sender


async def main() -> None:
    database = Database(urls(settings()).owner, size=2)
    sender = Sender(database, {"zalo_oa": ZaloOA.of(settings(), database)}, Storage.of(settings()))
    while True:
        await sender.step()
        await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main())
