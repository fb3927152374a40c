"""What channels tell beside messages: reactions, tags, details, requests, the account's log."""

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
