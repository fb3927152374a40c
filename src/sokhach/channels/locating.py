"""What a channel says only by number, and tells on request where it is."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Locator(Protocol):
    """A connector that finds stickers, which are the same for all accounts of its channel."""

    def held(self) -> frozenset[int]:
        """The accounts through whose sessions it can ask now."""
        ...

    async def locate_sticker(self, account_id: int, sticker_id: str) -> str | None:
        """The address of its picture; None: there is no such. Raises `SendRefusedError` when it cannot be asked now."""
        ...
