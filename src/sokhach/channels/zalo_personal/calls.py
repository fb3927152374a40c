"""How the rest of the channel talks to sessions that this worker holds."""

from typing import Protocol, TypeVar

from sokhach.channels.zalo_personal.protocol import AccountRequest, ErrorKind, Phase

T = TypeVar("T")


class CallFailedError(Exception):
    """The sidecar answered with an error, or none came. `code` is Zalo's with kind `api`; with `phase` upload surely
    nothing was sent. Whatever the phase, `not_sent` says that the request did not leave this machine."""

    def __init__(
        self,
        kind: ErrorKind,
        message: str,
        *,
        code: int | None = None,
        phase: Phase | None = None,
        not_sent: bool = False,
    ) -> None:
        super().__init__(f"{kind}: {message}" if code is None else f"{kind} {code}: {message}")
        self.kind: ErrorKind = kind
        self.message = message
        self.code = code
        self.phase: Phase | None = phase
        self.not_sent = not_sent


class NotHeldError(CallFailedError):
    """This worker does not hold the account, or it is not connected: nothing was sent."""

    def __init__(self, account_id: int) -> None:
        super().__init__("closed", f"account {account_id} is not online here", not_sent=True)


class Calls(Protocol):
    """Sessions of personal accounts as others see them: `host.Host` in a worker, a fake in tests."""

    def holds(self, account_id: int) -> bool:
        """Whether the account is online here."""
        ...

    def held(self) -> frozenset[int]:
        """The accounts that are online here."""
        ...

    def sending(self) -> frozenset[int]:
        """Those of which messages may leave now: `held`, or none while sending is stopped for all."""
        ...

    async def call(self, request: AccountRequest, answer: type[T]) -> T:
        """Does one operation on `request.account` and reads what it answers (None: nothing is read). Raises
        `CallFailedError`, `NotHeldError` when nothing was sent."""
        ...
