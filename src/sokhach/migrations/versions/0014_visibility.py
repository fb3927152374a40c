"""Who sees what: deputies, holders, pools, shares and masks."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint("ck_staff_role", "staff")
    op.create_check_constraint("role", "staff", "role IN ('staff', 'lead', 'manager', 'admin', 'auditor')")
