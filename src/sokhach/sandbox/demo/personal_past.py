"""A played past of a personal account: written into the simulated Zalo Web, and told as the items of frames that the
account's web session would have had, oldest first."""

import random
from typing import Any

import msgspec

from sokhach.sandbox.accounts import Customer
from sokhach.sandbox.demo.circles import Gathering, Spoken, gatherings
from sokhach.sandbox.demo.past import Event, Past
from sokhach.sandbox.demo.people import account_id
from sokhach.sandbox.demo.personal import HEART, PersonalStage
from sokhach.sandbox.demo.rhythm import SECOND_MS
from sokhach.sandbox.personas.speech import draw
from sokhach.sandbox.web import frames
from sokhach.sandbox.web.contents import Content
from sokhach.sandbox.web.messages import WebMessage

RECALLED_ONE_IN = 90
"""People take back what they wrote too fast."""
REGRETS_MS = (6 * SECOND_MS, 90 * SECOND_MS)
HEART_KIND, BY_PHONE = 5, 6
COLOURS = ("#0068ff", "#1e9e5a", "#8a3ffc", "#d9730d")


class Heard(msgspec.Struct):
    """An element of a frame: command, the name under which it stood, and when it came."""

    at_ms: int
    cmd: int
    list: str
    item: dict[str, Any]


class PersonalPast:
    """One past of one account; all of it within the caller's transaction."""

    def __init__(self, stage: PersonalStage, account: str) -> None:
        self._web = stage.web
        self._stage = stage
        self._account = account
        self._dice: random.Random = draw(f"personal past/{account}")
        self._last: dict[str, int] = {}
        self._labelled: dict[str, list[str]] = {}
        self.met: dict[str, Customer] = {}
        self.heard: list[Heard] = []

    def write(self, past: Past, begins_ms: int, ends_ms: int) -> None:
        """Fills `met` with those who came, and `heard`."""
        coming = {account_id(self._account, event.life.person): event.life for event in past.events}
        trades = {life.person.trade.key for life in past.lives}
        groups = gatherings(self._account, sorted(trades), list(coming), begins_ms, ends_ms)
        for uid, life in coming.items():
            self.met[uid] = self._stage.meet(self._account, life.person)
        for group in groups:
            self._web.talk.make_group(group.circle.name, self._account, group.members, group.gid)
        answers: dict[str, WebMessage] = {}
        said = [(word.at_ms, group, word) for group in groups for word in group.words]
        told = [(event.at_ms, None, event) for event in past.events]
        for _, group, one in sorted([*said, *told], key=lambda each: each[0]):
            if isinstance(one, Event):
                self._direct(one, answers)
            elif group is not None:
                self._in_group(group, one)
        for place, (label, uids) in enumerate(sorted(self._labelled.items())):
            self._web.labels.put(self._account, label, uids, color=COLOURS[place % len(COLOURS)], emoji="")
        self.heard.sort(key=lambda item: item.at_ms)

    def _direct(self, event: Event, answers: dict[str, WebMessage]) -> None:
        uid = account_id(self._account, event.life.person)
        if event.kind == "answers":
            content: Content = ("webchat", event.line.text or "")
            answers[uid] = self._put(self._account, uid, content, event.at_ms)
        elif event.kind == "tag":
            self._labelled.setdefault(event.life.person.persona.tag or "", []).append(uid)
        elif event.line.type == "heart":
            if uid in answers:
                self._heart(uid, answers[uid], event.at_ms)
        elif event.kind in ("says", "deed") and event.play is not None:
            content = self._stage.content(event.life.person, event.line, event.play.slots)
            self._put(uid, self._account, content, event.at_ms)

    def _in_group(self, group: Gathering, word: Spoken) -> None:
        said = word.said
        kind = "text" if said.picture is None else "image"
        content = self._web.talk.content(kind, said.text, said.picture)
        self._put(word.uid, group.gid, content, word.at_ms, is_group=True)

    def _put(self, author: str, to: str, content: Content, at_ms: int, *, is_group: bool = False) -> WebMessage:
        web = self._web
        message = web.archive.add(
            from_uid=author, to_id=to, is_group=is_group, msg_type=content[0], body=content[1], by_phone=True,
            cli_msg_id=self._stamp(author, at_ms), ts_ms=at_ms,
        )  # fmt: skip
        unread = 0
        for viewer in web.delivery.audience(message):
            count = web.archive.note(viewer, message.thread_of(viewer), message)
            unread = count if viewer == self._account else unread
        self._hear(at_ms, message, web.delivery.item(message, self._account, unread=unread))
        if content[0] == "webchat" and self._dice.random() * RECALLED_ONE_IN < 1:
            self._recall(message)
        return message

    def _recall(self, message: WebMessage) -> None:
        at_ms = message.ts_ms + self._dice.randint(*REGRETS_MS)
        if at_ms < self._web.clock.now_ms():
            self._web.archive.recall(message, at_ms=at_ms)
            self._hear(at_ms, message, self._web.delivery.item(message, self._account))

    def _heart(self, uid: str, answer: WebMessage, at_ms: int) -> None:
        if answer.recalled_ms is not None:
            return
        stamp = self._stamp(uid, at_ms)
        event = self._web.archive.react(answer, uid, HEART, HEART_KIND, BY_PHONE, stamp, at_ms=at_ms)
        item = self._web.delivery.reaction_item(event, answer, self._account)
        self.heard.append(Heard(at_ms, frames.REACTIONS[0], "reacts", item))

    def _hear(self, at_ms: int, message: WebMessage, item: dict[str, Any]) -> None:
        opcode, name = (frames.GROUP_MESSAGES, "groupMsgs") if message.is_group else (frames.MESSAGES, "msgs")
        self.heard.append(Heard(at_ms, opcode[0], name, item))

    def _stamp(self, uid: str, at_ms: int) -> str:
        """No two alike of one person."""
        self._last[uid] = max(at_ms, self._last.get(uid, 0) + 1)
        return str(self._last[uid])
