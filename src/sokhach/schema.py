"""Imports every table, for migrations and for checks of the whole schema."""

from sokhach.channels import admin_models as channel_admins
from sokhach.channels import models as channels
from sokhach.channels import sending_models as sending
from sokhach.channels.upkeep import models as upkeep
from sokhach.channels.zalo_personal import models as zalo_personal
from sokhach.channels.zalo_personal import sending_models as personal_sending
from sokhach.channels.zalo_personal.gaps import models as personal_gaps
from sokhach.channels.zalo_personal.private import models as personal_private
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
from sokhach.intake.importing import models as importing
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
    "importing",
    "intake",
    "media",
    "notes",
    "oversight",
    "people",
    "personal_gaps",
    "personal_private",
    "personal_sending",
    "sending",
    "sign_in",
    "upkeep",
    "visibility",
    "zalo_personal",
]
