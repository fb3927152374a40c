"""Pieces of SQL about a message `m` of a conversation `c`: who of our people wrote it, what the platform calls it."""

from sokhach.channels.connector import TRACKING

ADMIN = """
    LEFT JOIN channel_admin h ON m.author_kind = 'channel' AND h.account_id = c.account_id
        AND h.external_id = m.author_external_id
"""
"""Who wrote with the channel's own tools, when known."""
WRITER = f"""
    {ADMIN}
    LEFT JOIN staff writer ON writer.id = coalesce(m.author_staff_id, h.staff_id)
"""
"""Who wrote, here or with the channel's own tools."""
NOT_OURS = f"NOT LIKE '{TRACKING}%'"
"""After a name in `message_alias`: it is the platform's, not one that we gave."""
KNOWN_AS = f"""
    coalesce(m.external_id, (
        SELECT min(a.external_id) FROM message_alias a WHERE a.message_id = m.id AND a.external_id {NOT_OURS}
    ))
"""
"""The platform's name of `m`; null while we do not know it."""
