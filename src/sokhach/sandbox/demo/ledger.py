"""A played past is written into the sandbox's store, and told as the webhooks that would have been sent."""

import random
from collections.abc import Callable

import msgspec

from sokhach.sandbox import payloads
from sokhach.sandbox.accounts import Accounts, Customer, OfficialAccount
from sokhach.sandbox.demo.actors import Actors, text_of
from sokhach.sandbox.demo.orders import HistoryOrder
from sokhach.sandbox.demo.past import Event, Life, Past
from sokhach.sandbox.demo.people import account_id
from sokhach.sandbox.demo.personal import PersonalStage
from sokhach.sandbox.demo.personal_past import Heard, PersonalPast
from sokhach.sandbox.demo.rhythm import DAY_MS
from sokhach.sandbox.faults import SignatureVariant
from sokhach.sandbox.media import VARIANTS, Media
from sokhach.sandbox.payloads import Payload
from sokhach.sandbox.personas.script import Line
from sokhach.sandbox.records import Attachment, Draft, Message
from sokhach.sandbox.signing import signature_headers
from sokhach.sandbox.store import Store
from sokhach.sandbox.tags import Tags
from sokhach.sandbox.threads import Threads


class Told(msgspec.Struct):
    """A webhook that never left, with what it would have carried. `body` is the exact text that was signed."""

    event_name: str
    timestamp: str
    headers: dict[str, str]
    body: str


class Ledger:
    """Identifiers are drawn by `dice`, so that the same past has the same ones."""

    def __init__(
        self, store: Store, accounts: Accounts, actors: Actors, threads: Threads, tags: Tags, media: Media
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._actors = actors
        self._threads = threads
        self._tags = tags
        self._media = media

    def write_personal(self, past: Past, order: HistoryOrder, until_ms: int, stage: PersonalStage) -> list[Heard]:
        """The same of a personal account. In order of time."""
        account = order.oa_id
        with self._store.transaction():
            page = PersonalPast(stage, account)
            page.write(past, until_ms - order.days * DAY_MS, until_ms)
            for life in past.lives:
                if account_id(account, life.person) in page.met:
                    self._stand(life, account, order.seed)
        return page.heard

    def write(self, past: Past, oa: OfficialAccount, seed: int, dice: random.Random) -> list[Told]:
        """All of it, or nothing when something fails. In order of time."""
        with self._store.transaction():
            page = _Page(oa, dice, self._media.numbered(lambda: dice.randbytes(10).hex()))
            for event in past.events:
                self._enter(event, page)
            for life in past.lives:
                self._settle(life, page, seed)
        secret = self._accounts.app(oa.app_id)
        return [_told(payload, oa, secret.oa_secret, secret.app_secret) for payload in page.payloads]

    def _enter(self, event: Event, page: "_Page") -> None:
        customer = self._customer(event, page)
        match event.kind:
            case "follow":
                customer.follows, customer.last_interaction_ms = True, event.at_ms
                source = event.life.person.persona.source
                page.tell(payloads.follow(page.oa.app_id, page.oa.oa_id, customer, "follow", event.at_ms, source))
            case "tag":
                tag = event.life.person.persona.tag or ""
                self._tags.record(customer, tag, event.at_ms)
                body = {"user_ids": [customer.user_id], "name": tag}
                oa = page.oa
                page.tell(payloads.of_account(oa.app_id, oa.oa_id, "add_user_to_tag", event.at_ms, tag=body))
            case "says":
                customer.wrote, customer.last_interaction_ms = True, event.at_ms
                self._message(event, page, customer, page.draft(event.line))
            case "answers":
                draft = Draft(text=event.line.text)
                message = self._message(event, page, customer, draft, admin_id=event.life.admin_id)
                page.last_answer[customer.user_id] = message.msg_id
            case "deed":
                self._deed(event, page, customer)

    def _message(
        self, event: Event, page: "_Page", customer: Customer, draft: Draft, *, admin_id: str | None = None
    ) -> Message:
        """`admin_id` for one of the account's."""
        oa, at_ms = page.oa, event.at_ms
        message = self._threads.record(customer, draft, at_ms=at_ms, msg_id=page.new_id(), admin_id=admin_id)
        content = payloads.content(message)
        if admin_id is None:
            told = payloads.from_user(oa.app_id, oa.oa_id, customer, f"user_send_{draft.type}", content, at_ms)
        else:
            told = payloads.from_oa(oa.app_id, oa.oa_id, customer, f"oa_send_{draft.type}", content, at_ms, admin_id)
        page.tell(told)
        return message

    def _deed(self, event: Event, page: "_Page", customer: Customer) -> None:
        oa, at_ms = page.oa, event.at_ms
        if event.line.type == "info" and event.play is not None:
            info = event.life.person.details(event.play.slots)
            customer.shared_phone = info["phone"]
            page.tell(
                {
                    "sender": {"id": customer.user_id}, "recipient": {"id": oa.oa_id},
                    "event_name": "user_submit_info", "app_id": oa.app_id, "timestamp": str(at_ms), "info": info,
                }
            )  # fmt: skip
        answer = page.last_answer.get(customer.user_id)
        if event.line.type == "heart" and answer is not None:
            self._threads.record_reaction(answer, "/-heart", at_ms)
            body = {"msg_id": answer, "react_icon": "/-heart"}
            page.tell(payloads.from_user(oa.app_id, oa.oa_id, customer, "user_reacted_message", body, at_ms))

    def _customer(self, event: Event, page: "_Page") -> Customer:
        """They become known with their first deed."""
        user_id = account_id(page.oa.oa_id, event.life.person)
        if user_id not in page.customers:
            page.customers[user_id] = self._actors.meet(page.oa.oa_id, event.life.person, event.at_ms)
        return page.customers[user_id]

    def _settle(self, life: Life, page: "_Page", seed: int) -> None:
        """Where the person stands now; who never came is no customer yet."""
        customer = page.customers.get(account_id(page.oa.oa_id, life.person))
        if customer is None or life.place is None:
            return
        self._accounts.save_customer(customer)
        self._stand(life, page.oa.oa_id, seed)

    def _stand(self, life: Life, oa_id: str, seed: int) -> None:
        if life.place is None:
            return
        actor = self._actors.actor_of(oa_id, life.person, seed)
        actor.place, actor.stage, actor.pending = text_of(life.place), life.stage, text_of(life.pending)
        actor.due_ms, actor.asked_ms, actor.rests_until_ms = life.due_ms, life.asked_ms, life.rests_until_ms
        actor.admin_id = life.admin_id
        actor.helped = "colleague" if life.helped and life.due_ms is not None else ""
        self._actors.save(actor)


class _Page:
    """What is written so far."""

    def __init__(self, oa: OfficialAccount, dice: random.Random, media: Media) -> None:
        self.oa = oa
        self._dice = dice
        self._media = media
        self.new_id: Callable[[], str] = lambda: dice.randbytes(10).hex()
        self.customers: dict[str, Customer] = {}
        self.last_answer: dict[str, str] = {}
        self.payloads: list[Payload] = []

    def tell(self, payload: Payload) -> None:
        self.payloads.append(payload)

    def draft(self, line: Line) -> Draft:
        """With an attachment of its kind."""
        if line.type in ("text", "press"):
            return Draft(text=line.text)
        variant = line.variant or self._dice.choice(VARIANTS.get(line.type, ("",))) or None
        attachment = Attachment(line.type, self._media.attachment(self.oa, line.type, variant))
        return Draft(type=line.type, text=line.text, attachments=[attachment])


def _told(payload: Payload, oa: OfficialAccount, oa_secret: str, app_secret: str) -> Told:
    body, timestamp = msgspec.json.encode(payload), str(payload["timestamp"])
    headers = signature_headers(
        SignatureVariant.GOOD, app_id=oa.app_id, oa_id=oa.oa_id, body=body, timestamp=timestamp,
        oa_secret=oa_secret, app_secret=app_secret,
    )  # fmt: skip
    return Told(str(payload["event_name"]), timestamp, headers, body.decode())
