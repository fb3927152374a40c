"""Who read what, what was refused to whom, who changed what, and why somebody sees a conversation."""
