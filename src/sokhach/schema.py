"""Imports every table, for migrations and for checks of the whole schema."""

from sokhach.channels import admin_models as channel_admins
from sokhach.channels import models as channels
from sokhach.channels import sending_models as sending
from sokhach.channels.upkeep import models as upkeep
from sokhach.conversations import models as conversations
from sokhach.conversations.media import models as media
from sokhach.conversations.notes import models as notes
from sokhach.conversations.visibility import models as visibility
from sokhach.core import models as core
from sokhach.custody import models as custody
from sokhach.customers import models as customers
from sokhach.demo import models as demo
from sokhach.dispatch import models as dispatch
from sokhach.intake import models as intake
from sokhach.oversight import models as oversight
from sokhach.people import models as people
from sokhach.people import sign_in_models as sign_in
from sokhach.people.calendar import models as calendar

__all__ = [
    "calendar",
    "channel_admins",
    "channels",
    "conversations",
    "core",
    "custody",
    "customers",
    "demo",
    "dispatch",
    "intake",
    "media",
    "notes",
    "oversight",
    "people",
    "sending",
    "sign_in",
    "upkeep",
    "visibility",
]
