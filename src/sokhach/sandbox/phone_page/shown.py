"""What the page is given. Times are milliseconds on the sandbox's clock; addresses of its own CDN are paths, so that a
phone in the same network finds them as well."""

from typing import Any, cast

import msgspec

from sokhach.sandbox.records import Attachment
from sokhach.sandbox.world import World


class ShownAccount(msgspec.Struct):
    oa_id: str
    name: str
    avatar: str
    description: str
    category: str
    verified: bool


class Words(msgspec.Struct):
    """The last message of a thread, for a list. `src` 0 = from the account, 1 = from the customer."""

    src: int
    type: str
    text: str | None
    time: int


class ShownCustomer(msgspec.Struct):
    """`life` is what is known of somebody who lives by themselves, None for a customer whom a visitor made.
    `taken`: a visitor writes for them at the moment."""

    user_id: str
    name: str
    avatar: str
    created: int
    last: Words | None
    life: dict[str, Any] | None
    taken: bool


class Quote(msgspec.Struct):
    msg_id: str
    src: int
    type: str
    text: str | None


class ShownMessage(msgspec.Struct, kw_only=True):
    """`extra` is what only the phone draws: `buttons`, `request_user_info`, `template`, `zns`. `reactions` are the
    account's, `own_reactions` the customer's."""

    msg_id: str
    src: int
    type: str
    text: str | None
    time: int
    quote: Quote | None = None
    attachments: list[Attachment] = []
    extra: dict[str, Any] = {}
    reactions: list[str] = []
    own_reactions: list[str] = []


class CallRequest(msgspec.Struct):
    """The account asks whether it may call."""

    call_type: str
    expires: int


class ShownThread(msgspec.Struct, kw_only=True):
    """`own_state` of the customer's last message: sent; received by the account's app; seen, when something came after
    it. `complete`: there is nothing older."""

    account: ShownAccount
    customer: ShownCustomer
    follows: bool
    phone_on: bool
    refuses_messages: bool
    shared: dict[str, str]
    messages: list[ShownMessage]
    complete: bool
    own_state: str | None
    call_request: CallRequest | None
    now: int


def local(world: World, value: Any) -> Any:
    """The same with addresses of this sandbox as paths."""
    if isinstance(value, str):
        return value.removeprefix(world.base_url) if value.startswith(f"{world.base_url}/") else value
    if isinstance(value, dict):
        return {key: local(world, one) for key, one in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [local(world, one) for one in cast("list[Any]", value)]
    return value
