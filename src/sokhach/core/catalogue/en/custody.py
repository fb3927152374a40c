"""Custody, shares and internal notes in the audit log."""

TEXTS: dict[str, str] = {
    "audit.channel_account:set_pool": "Changed the pool of a channel account",
    "audit.contact:transfer": "Moved a customer",
    "audit.conversation:assign": "Assigned a conversation",
    "audit.conversation:claim": "Claimed a customer",
    "audit.conversation:mention": "Mentioned a colleague in a note",
    "audit.conversation:share": "Shared a conversation",
    "audit.conversation:transfer": "Moved a conversation",
    "audit.note:delete": "Deleted an internal note",
    "audit.share:end": "Ended a share",
}
