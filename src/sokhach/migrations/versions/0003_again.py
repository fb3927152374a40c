"""Payloads that are applied again are told apart, so that no replay counts them twice."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
IS_ADMIN = "(SELECT current_setting('app.role', true)) = 'admin'"
SIGNED_IN = "(SELECT nullif(current_setting('app.staff_id', true), '')) IS NOT NULL"


def upgrade() -> None:
    op.add_column("journal_pending", sa.Column("again", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.drop_column("channel_tally", "quarantined")
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION retry_quarantine(wanted bigint[])
        RETURNS bigint
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            WITH again AS (
                INSERT INTO journal_pending (lane, journal_id, account_id, again)
                SELECT j.lane, j.id, j.account_id, true FROM quarantine q JOIN journal j ON j.id = q.journal_id
                WHERE q.resolved_at IS NULL AND (wanted IS NULL OR q.id = ANY (wanted)) AND {IS_ADMIN}
                ON CONFLICT DO NOTHING RETURNING 1
            ) SELECT count(*) FROM again
        $$;
        CREATE OR REPLACE FUNCTION pending_by_account()
        RETURNS TABLE (account_id bigint, pending bigint)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT p.account_id, count(*) FROM journal_pending p WHERE NOT p.again AND {SIGNED_IN} GROUP BY 1
        $$;
        CREATE FUNCTION quarantined_by_account()
        RETURNS TABLE (account_id bigint, quarantined bigint)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT q.account_id, count(*) FROM quarantine q WHERE q.resolved_at IS NULL AND {SIGNED_IN} GROUP BY 1
        $$;
        REVOKE ALL ON FUNCTION quarantined_by_account() FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION quarantined_by_account() TO {WEB};
        """
    )
