"""What the conversations' floor tells those above it."""

from sokhach.core.events import Event


class MessagesStored(Event, frozen=True):
    """Messages came into a conversation from its channel. `inbound` of them are the customer's."""

    conversation_id: int
    message_ids: list[int]
    inbound: int


class MessagesChanged(Event, frozen=True):
    """Messages that were there already look different: somebody put a reaction on them."""

    conversation_id: int
    message_ids: list[int]
