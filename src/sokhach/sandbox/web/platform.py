"""All parts of the simulated Zalo Web, wired together."""

from typing import Any

from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.media import Media
from sokhach.sandbox.store import Store
from sokhach.sandbox.web.archive import Archive
from sokhach.sandbox.web.bursts import WebBursts
from sokhach.sandbox.web.club import Club
from sokhach.sandbox.web.contents import Contents
from sokhach.sandbox.web.delivery import Delivery
from sokhach.sandbox.web.frame_faults import FrameFaults
from sokhach.sandbox.web.groups import WebGroups
from sokhach.sandbox.web.http_faults import HttpFaults
from sokhach.sandbox.web.labels import Labels
from sokhach.sandbox.web.login import Logins
from sokhach.sandbox.web.relations import Relations
from sokhach.sandbox.web.sessions import Sessions
from sokhach.sandbox.web.sockets import Sockets
from sokhach.sandbox.web.talk import Talk
from sokhach.sandbox.web.uploads import Uploads
from sokhach.sandbox.web.users import WebUsers

TABLES = (
    "web_user", "web_friend", "web_alias", "web_request", "web_block", "web_stranger", "web_session", "web_group",
    "web_member", "web_pending", "web_message", "web_thread", "web_receipt", "web_lost", "web_deleted", "web_reaction",
    "web_label", "web_upload", "web_chunk",
)  # fmt: skip


class Settings:
    """What `getServerInfo` tells clients; times in milliseconds, sizes in bytes."""

    ping_interval_ms = 20_000
    retries: dict[str, dict[str, Any]] = {"1006": {"max": 3, "times": [1000, 5000, 10000]}}
    close_and_retry_codes = [1006]
    chunk_bytes = 3_145_728
    max_file_mb = 1024
    max_files = 50
    restricted = ["exe", "bat", "cmd", "scr", "msi", "apk"]
    file_done_seconds = 0.15


class WebPlatform:
    """`base_url` has no trailing slash."""

    def __init__(self, store: Store, clock: SimulatedClock, media: Media, base_url: str) -> None:
        self.base_url = base_url
        self.store = store
        self.clock = clock
        self.settings = Settings()
        self.users = WebUsers(store, clock, base_url)
        self.sessions = Sessions(store, clock)
        self.logins = Logins(clock, self.users, self.sessions)
        self.groups = WebGroups(store, clock, self.users, base_url)
        self.archive = Archive(store, clock)
        self.contents = Contents(media)
        self.uploads = Uploads(store, clock, self.contents)
        self.sockets = Sockets()
        self.frame_faults = FrameFaults()
        self.frame_faults.on_release(self.sockets.push)
        self.http_faults = HttpFaults()
        self.labels = Labels(store, clock)
        self.delivery = Delivery(self.archive, self.users, self.groups, self.sockets, self.frame_faults)
        self.relations = Relations(self.users, self.delivery)
        self.club = Club(clock, self.users, self.groups, self.delivery)
        self.talk = Talk(store, clock, self.users, self.groups, self.archive, self.contents, self.delivery)
        self.bursts = WebBursts(self.talk, self.sockets)

    @property
    def socket_url(self) -> str:
        return self.base_url.replace("http", "ws", 1) + "/zalo-web/ws"

    def stop(self) -> None:
        """Nobody may be left waiting when the process ends."""
        self.logins.stop()
        self.bursts.stop()
        self.sockets.close(self.sockets.all(), 1001)

    def forget(self) -> None:
        """Everybody and everything goes, the sockets first."""
        self.sockets.close(self.sockets.all(), 1006)
        self.frame_faults.remove()
        self.http_faults.remove()
        with self.store.transaction():
            for table in TABLES:
                self.store.write(f"DELETE FROM {table}")
