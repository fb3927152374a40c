"""What is private on personal Zalo accounts."""

TEXTS: dict[str, str] = {
    "problem.not-the-holder.title": "Only the holder",
    "problem.not-the-holder.detail": "Only the holder of this number can say who is work.",
    "problem.holder-must-scan.title": "Scan the QR code first",
    "problem.holder-must-scan.detail": "This number has a new holder. Connect it again by QR with the phone that uses "
    "it, then say who is work.",
    "problem.captures-everything.title": "A company number",
    "problem.captures-everything.detail": "A company number records every conversation: nothing on it is private.",
    "audit.personal_account:mark_work": "Marked as work on a staff member's own number",
    "audit.personal_account:mark_private": "Marked as private on a staff member's own number",
}
