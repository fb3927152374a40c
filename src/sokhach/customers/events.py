"""What the customers' floor tells those above it, and who asks below."""

from sokhach.core.events import Event


class IdentitiesCreated(Event, frozen=True):
    """People whom we did not know wrote on an account. `people` are their ids on the channel."""

    account_id: int
    people: list[str]


class ProfilesOutdated(Event, frozen=True):
    """The channel says, or may say, other things of these people or groups now. `people` are their ids on the channel,
    those of groups after `group:`."""

    account_id: int
    people: list[str]
