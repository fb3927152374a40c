"""What people did and what they were refused."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WEB = "sokhach_web"


def upgrade() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=True),
        sa.Column("before", postgresql.JSONB(), nullable=True),
        sa.Column("after", postgresql.JSONB(), nullable=True),
        sa.Column("address", postgresql.INET(), nullable=True),
        sa.Column("device", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
    )
    op.create_index("ix_audit_log_at", "audit_log", [sa.text("at DESC"), sa.text("id DESC")])
    op.create_index("ix_audit_log_staff_id_at", "audit_log", ["staff_id", sa.text("at DESC"), sa.text("id DESC")])
    op.execute(
        f"""
        GRANT SELECT, INSERT ON audit_log TO {WEB};
        ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
        CREATE POLICY records ON audit_log FOR INSERT TO {WEB} WITH CHECK (true);
        CREATE POLICY sees ON audit_log FOR SELECT TO {WEB}
            USING ((SELECT current_setting('app.role', true)) IN ('admin', 'auditor'));
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_log
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        """
    )
