"""What the person at the terminal is told of the demo: how to sign in, and how far its history is."""

import time

import msgspec
from rich.console import Console

from sokhach.core.catalogue import Locale, say
from sokhach.core.config import Settings
from sokhach.core.data_folder import running
from sokhach.core.telemetry import configure_logging
from sokhach.demo.company import LAN, LONG, TRUC
from sokhach.demo.history import Progress
from sokhach.demo.preparing import DemoError, Preparation, Prepared

TELL_EVERY_SECONDS = 5.0
SHOWN = (("admin", LONG), ("lead", TRUC), ("staff", LAN))


async def show(settings: Settings, locale: Locale, *, again: bool = False) -> bool:
    """Sets the demo up and tells of it. False when it could not be; the product runs on all the same."""
    # What the processes log, they log themselves; here somebody reads along.
    configure_logging(msgspec.structs.replace(settings, log_level="warning"))
    shown = _Shown(locale)
    found = running(settings.data_dir)
    if found and found.port:
        settings = msgspec.structs.replace(settings, host=found.host, port=found.port)
    preparation = Preparation(settings)
    try:
        prepared = await preparation.open(again=again)
        if prepared is None:
            shown.tell("cli.demo.not-here")
            return not again
        shown.sign_in(settings.base_url, prepared)
        if settings.demo_days:
            total = await preparation.fill(shown.progress)
            if total is not None:
                shown.tell("cli.demo.filled", days=settings.demo_days, count=total)
    except DemoError as error:
        shown.tell("cli.demo.failed", reason=str(error))
        return False
    finally:
        await preparation.close()
    return True


class _Shown:
    def __init__(self, locale: Locale) -> None:
        self._locale: Locale = locale
        self._console = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
        self._told_at = float("-inf")

    def tell(self, key: str, **params: object) -> None:
        """To stderr: stdout is for programs."""
        self._console.print(say(self._locale, key, **params))

    def sign_in(self, url: str, prepared: Prepared) -> None:
        self.tell("cli.demo.ready", url=url, password=prepared.password)
        for role, person in SHOWN:
            words = say(self._locale, f"cli.demo.login.{role}", login=person.login, name=person.name)
            self._console.print(f"  {words}")
        self.tell("cli.demo.phone", url=prepared.phone)

    def progress(self, so_far: Progress) -> None:
        """Now and then: a line each, for a log keeps them."""
        if time.monotonic() - self._told_at >= TELL_EVERY_SECONDS:
            self._told_at = time.monotonic()
            self.tell("cli.demo.filling", done=so_far.done, count=so_far.total)
