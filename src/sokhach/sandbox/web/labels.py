"""Labels of conversations: one list for each account, changed as a whole, with a version."""

from typing import Any

import msgspec

from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.store import Store
from sokhach.sandbox.web import codes
from sokhach.sandbox.web.codes import WebRefusal


class Label(msgspec.Struct, kw_only=True):
    """`conversations`: uids, and groups as `g<gid>`."""

    id: int
    text: str
    textKey: str
    conversations: list[str]
    color: str
    offset: int
    emoji: str
    createTime: int


class LabelList(msgspec.Struct, kw_only=True):
    labels: list[Label]
    version: int
    changed_ms: int


class Stored(msgspec.Struct, kw_only=True):
    uid: str
    labels: list[Any]
    version: int
    changed_ms: int


BEGINNING = (("Khách hàng", "CUSTOMER", "#d91b1b"), ("Gia đình", "FAMILY", "#f31bc8"), ("Công việc", "WORK", "#ff6905"))


class Labels:
    def __init__(self, store: Store, clock: SimulatedClock) -> None:
        self._store = store
        self._clock = clock

    def of(self, uid: str) -> LabelList:
        stored = self._store.one(Stored, "SELECT * FROM web_label WHERE uid = ?", (uid,))
        if stored is not None:
            labels = msgspec.convert(stored.labels, list[Label])
            return LabelList(labels=labels, version=stored.version, changed_ms=stored.changed_ms)
        labels = [
            Label(id=place, text=text, textKey=key, conversations=[], color=color, offset=place, emoji="", createTime=0)
            for place, (text, key, color) in enumerate(BEGINNING, start=1)
        ]
        return LabelList(labels=labels, version=1, changed_ms=0)

    def replace(self, uid: str, labels: list[Label], version: int) -> LabelList:
        """Only by who knows today's list. Names and ids are each there once."""
        known = self.of(uid)
        if version != known.version:
            raise WebRefusal(codes.LABELS_CHANGED, "Danh sách phân loại đã thay đổi")
        if len({label.id for label in labels}) != len(labels) or len({label.text for label in labels}) != len(labels):
            raise codes.invalid("labelData")
        if any(not label.text.strip() for label in labels):
            raise codes.invalid("labelData")
        return self._keep(uid, labels, version + 1)

    def put(
        self, uid: str, text: str, conversations: list[str], *, color: str, emoji: str, remove: bool = False
    ) -> int:
        """On the phone: these conversations have the label, or the label goes. Gives the new version."""
        known = self.of(uid)
        label = next((each for each in known.labels if each.text == text), None)
        labels = [each for each in known.labels if each is not label]
        if not remove:
            if label is None:
                number = max((each.id for each in known.labels), default=0) + 1
                label = Label(
                    id=number, text=text, textKey="", conversations=[], color=color, offset=number, emoji=emoji,
                    createTime=self._clock.now_ms(),
                )  # fmt: skip
            labels.append(msgspec.structs.replace(label, conversations=conversations))
        return self._keep(uid, sorted(labels, key=lambda each: each.id), known.version + 1).version

    def _keep(self, uid: str, labels: list[Label], version: int) -> LabelList:
        now = self._clock.now_ms()
        stored = Stored(uid=uid, labels=msgspec.to_builtins(labels), version=version, changed_ms=now)
        self._store.upsert("web_label", stored, "uid")
        return LabelList(labels=labels, version=version, changed_ms=now)
