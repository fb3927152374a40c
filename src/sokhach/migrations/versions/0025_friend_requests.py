"""Open requests of friendship are read from Zalo, as friends are."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        ALTER TABLE personal_directory DROP CONSTRAINT ck_personal_directory_kind,
            ADD CONSTRAINT ck_personal_directory_kind
                CHECK (kind IN ('friends', 'groups', 'aliases', 'labels', 'requests'));
        """
    )
