"""What customers of the demo and simulated colleagues do at the simulated Zalo, now."""

from typing import Any

from sokhach.sandbox.accounts import Accounts, Customer
from sokhach.sandbox.demo.people import Person
from sokhach.sandbox.demo.personal import PersonalStage
from sokhach.sandbox.happenings import Happenings
from sokhach.sandbox.personas.script import Line
from sokhach.sandbox.personas.speech import Slots
from sokhach.sandbox.personas.topics import Topic, topics_of
from sokhach.sandbox.records import Draft, Message
from sokhach.sandbox.tags import Tags
from sokhach.sandbox.threads import InboundMessage, Threads

RECENT = 30


class Deeds:
    def __init__(
        self, accounts: Accounts, threads: Threads, tags: Tags, happenings: Happenings, personal: PersonalStage
    ) -> None:
        self._accounts = accounts
        self._threads = threads
        self._tags = tags
        self._happenings = happenings
        self._personal = personal

    def arrive(self, customer: Customer, person: Person) -> None:
        """Whoever follows does so before the first word, from where they found the shop; staff have tagged some."""
        if self._personal.holds(customer.oa_id):
            return
        persona = person.persona
        if not customer.follows and persona.follows:
            self._threads.follow(customer, follows=True, source=persona.source)
        if persona.tag is not None and customer.last_interaction_ms is not None:
            self._tags.add(customer, persona.tag)

    def do(self, customer: Customer, person: Person, line: Line, slots: Slots) -> None:
        if self._personal.holds(customer.oa_id):
            self._personal.do(customer, person, line, slots)
            return
        match line.type:
            case "heart":
                answer = next((message for message in self._recent(customer) if message.src == 0), None)
                if answer is not None:
                    self._threads.react(customer, answer.msg_id, "/-heart")
            case "info":
                self._happenings.submit_info(customer, person.details(slots))
            case "press":
                self._threads.receive(customer, InboundMessage(text=line.text))
            case _:
                self._threads.receive(customer, InboundMessage(type=line.type, text=line.text, variant=line.variant))

    def answer(self, customer: Customer, admin_id: str, text: str) -> None:
        if self._personal.holds(customer.oa_id):
            self._personal.answer(customer, text)
            return
        oa = self._accounts.oa(customer.oa_id)
        self._threads.send(oa, customer, Draft(text=text), admin_id=admin_id)

    def answers_since(self, customer: Customer, asked_ms: int) -> list[Message]:
        """What staff wrote, oldest first."""
        recent = self._recent(customer)
        return [message for message in reversed(recent) if message.src == 0 and message.time_ms > asked_ms]

    def had_last_word(self, customer: Customer, *, since_ms: int) -> bool:
        last = next(iter(self._recent(customer)), None)
        return last is not None and last.src == 1 and last.time_ms >= since_ms

    def _recent(self, customer: Customer) -> list[Message]:
        if self._personal.holds(customer.oa_id):
            return self._personal.recent(customer)
        return self._threads.thread(customer.oa_id, customer.user_id, offset=0, count=RECENT)


def topics_in(messages: list[Message]) -> frozenset[Topic]:
    """Of all the words together; a picture, a file and a form speak, too."""
    topics = set(topics_of("\n".join(message.text or "" for message in messages)))
    for message in messages:
        if message.type in ("image", "gif"):
            topics.add(Topic.PICTURE)
        elif message.type == "file":
            topics.add(Topic.DOCUMENT)
        if "request_user_info" in message.extra:
            topics |= {Topic.PHONE, Topic.ADDRESS}
    return frozenset(topics)


def asked_to_do(messages: list[Message]) -> list[Line]:
    """People fill in what they are asked, and press the first button that asks for them."""
    deeds: list[Line] = []
    for message in messages:
        if "request_user_info" in message.extra:
            deeds.append(Line(type="info"))
        buttons: list[dict[str, Any]] = message.extra.get("buttons", [])
        queries = [button["payload"] for button in buttons if button["type"].startswith("oa.query.")]
        deeds += [Line(text=text, type="press") for text in queries[:1]]
    return deeds
