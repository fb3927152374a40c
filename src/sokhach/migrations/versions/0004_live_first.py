"""What comes in now goes before what is applied once more: a replay keeps nobody waiting."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE journal_pending DROP CONSTRAINT pk_journal_pending,"
        " ADD CONSTRAINT pk_journal_pending PRIMARY KEY (lane, again, journal_id)"
    )
