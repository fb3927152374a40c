"""Who has whom in their care, and what colleagues note among themselves."""

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
