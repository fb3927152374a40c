"""How long a newcomer waits: `make bench-first-run` clones this repository, types `make run` there, signs in with what
the terminal says, and takes a picture of each thing they see for the first time (docs/pictures/first-run/).

What pip and npm have in their caches they need not fetch: `cold` runs without those caches.
"""

import argparse
import os
import re
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from playwright.sync_api import Browser, Page, sync_playwright
from tests.e2e.conftest import ARGUMENTS, chromium_program
from tests.support.served import free_port

from bench.support import report, say

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures" / "first-run"
DESKTOP = (1440, 900)
WANTED_SECONDS = 300.0


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--cold", action="store_true", help="without the caches of pip and npm")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, clone(Path(folder)) as there:
        figures = newcomer(there, cold=given.cold)
    rows = [(name, f"{value:,.1f}", "≤ 300" if name == "at_work_seconds" else "") for name, value in figures.items()]
    report("From `make run` on a fresh clone", rows, figures)


@contextmanager
def clone(folder: Path) -> Iterator[Path]:
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder / "sokhach")], check=True)
    yield folder / "sokhach"


class Run:
    """`make run`, what it said, and when."""

    def __init__(self, there: Path, *, cold: bool) -> None:
        self.port, sandbox_port = free_port(), free_port()
        environment = os.environ | {"SOKHACH_SANDBOX_PORT": str(sandbox_port)}
        if cold:
            caches = {"PIP_NO_CACHE_DIR": "1", "NPM_CONFIG_CACHE": str(there.parent / "npm-cache")}
            environment |= caches
        self.began = time.perf_counter()
        self.said: list[tuple[float, str]] = []
        self.process = subprocess.Popen(
            ["make", "run", f"ARGS=--port {self.port}"],
            cwd=there,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout
        threading.Thread(target=self._listen, args=(self.process.stdout,), daemon=True).start()

    def _listen(self, output: IO[str]) -> None:
        for line in output:
            self.said.append((self.seconds, line.rstrip()))
            say(f"{self.seconds:6.1f} s  {line.rstrip()}")

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.began

    def wait_for(self, pattern: str, within_seconds: float = 900) -> tuple[float, re.Match[str]]:
        """When it was said, and the words."""
        while self.seconds < within_seconds:
            for at, line in list(self.said):
                if found := re.search(pattern, line):
                    return at, found
            if self.process.poll() is not None:
                raise RuntimeError("make run has ended")
            time.sleep(0.1)
        raise RuntimeError(f"nothing like {pattern!r} was said")

    def end(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
            self.process.wait(30)


def newcomer(there: Path, *, cold: bool) -> dict[str, float]:
    PICTURES.mkdir(parents=True, exist_ok=True)
    run = Run(there, cold=cold)
    try:
        ready, address = run.wait_for(r"^ready (http://\S+)")
        told, login = run.wait_for(r"(\S+@\S+\.example)")
        _, password = run.wait_for(r"(?:[0-9a-f]{4}-){2}[0-9a-f]{4}")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_program(), args=list(ARGUMENTS))
            seen = look(run, browser, address[1], login[1], password[0])
            browser.close()
        setup = max((at for at, line in run.said if re.match(r"\[\d/\d\]", line)), default=0.0)
        return {"last_setup_step_seconds": setup, "ready_seconds": ready, "sign_in_told_seconds": told, **seen}
    finally:
        run.end()


def look(run: Run, browser: Browser, address: str, login: str, password: str) -> dict[str, float]:
    page = browser.new_context(
        base_url=address,
        viewport={"width": DESKTOP[0], "height": DESKTOP[1]},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        reduced_motion="reduce",
    ).new_page()
    page.goto("/")
    page.get_by_role("button", name="Đăng nhập").wait_for()
    take(page, "1-sign-in")
    page.locator("input").first.fill(login)
    page.locator("input[type=password]").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.locator("a[href^='/conversations/']").first.wait_for(timeout=300_000)
    first = run.seconds
    page.wait_for_timeout(1_000)
    take(page, "2-first-customers")
    at_work, _ = run.wait_for(r"28 ngày|28 days")
    page.wait_for_timeout(20_000)
    page.locator("a[href^='/conversations/']").first.click()
    page.wait_for_timeout(2_000)
    take(page, "3-at-work")
    return {"first_customer_seconds": first, "at_work_seconds": at_work}


def take(page: Page, name: str) -> None:
    page.wait_for_timeout(500)
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")


if __name__ == "__main__":
    main()
