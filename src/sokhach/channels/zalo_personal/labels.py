"""Tags of staff as labels of a personal account. Zalo takes the whole list over the version that was read: whoever was
quicker wins, and the change is made once more on what they left."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from sokhach.channels.connector import Account, SendRefusedError
from sokhach.channels.upkeep.platform import AccountPage, HistoryPage
from sokhach.channels.zalo_personal import errors
from sokhach.channels.zalo_personal.calls import CallFailedError, Calls
from sokhach.channels.zalo_personal.protocol import Label, Labels, LabelsReply, SetLabels

TRIES = 4
COLOURS = ("#F44336", "#FF9800", "#FFC107", "#4CAF50", "#2196F3", "#9C27B0")
CONFLICT_SECONDS = 30.0


class PersonalUpkeep:
    """Implements `Platform`, as far as a personal account has to do with it: histories and gaps have ways of their
    own."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def recent_threads(self, account: Account, offset: int) -> HistoryPage:
        raise SendRefusedError("unsupported", "a personal account has no such history")

    async def thread_history(self, account: Account, thread_key: str, offset: int) -> HistoryPage:
        raise SendRefusedError("unsupported", "a personal account has no such history")

    async def account_page(self, account: Account) -> AccountPage:
        raise SendRefusedError("unsupported", "a personal account has no page")

    async def change_tag(self, account: Account, person: str, name: str, change: Literal["added", "removed"]) -> None:
        for _ in range(TRIES):
            try:
                read = await self._calls.call(Labels(account=account.id), LabelsReply)
                wanted = changed(read.labels, person, name, change)
                if wanted is None:
                    return
                await self._calls.call(SetLabels(account=account.id, labels=wanted, version=read.version), object)
            except CallFailedError as error:
                if not is_conflict(error):
                    raise errors.refusal(error) from error
            else:
                return
        raise SendRefusedError("platform-busy", "labels change all the time", retry_after_seconds=CONFLICT_SECONDS)


def is_conflict(error: CallFailedError) -> bool:
    """The list was written by somebody else since it was read. Zalo gives it no number that anybody published; whatever
    it refuses of a list without saying that the session is over is read and tried anew."""
    return error.kind == "api" and errors.lookup(error.code).action not in {"session", "later"}


def changed(labels: Sequence[Label], person: str, name: str, change: Literal["added", "removed"]) -> list[Label] | None:
    """The list with the change made; None: it is made already."""
    there = next((one for one in labels if one.text == name), None)
    if change == "removed":
        if there is None or person not in there.conversations:
            return None
        return [_without(one, person) if one.text == name else one for one in labels]
    if there is not None:
        if person in there.conversations:
            return None
        carried = msgspec.structs.replace(there, conversations=[*there.conversations, person])
        return [carried if one is there else one for one in labels]
    fresh = Label(
        id=max((one.id for one in labels), default=0) + 1,
        text=name,
        color=COLOURS[len(labels) % len(COLOURS)],
        conversations=[person],
    )
    return [*labels, fresh]


def _without(label: Label, person: str) -> Label:
    left = [one for one in label.conversations if one != person]
    return msgspec.structs.replace(label, conversations=left)
