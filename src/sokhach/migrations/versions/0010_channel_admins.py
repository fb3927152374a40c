"""Who of an account's administrators is which of our people."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
IS_ADMIN = "(SELECT current_setting('app.role', true)) = 'admin'"
SIGNED_IN = "(SELECT nullif(current_setting('app.staff_id', true), '')) IS NOT NULL"


def upgrade() -> None:
    """Whoever sees a message sees who wrote it; who that is, administrators say. Rows come from the channel only."""
    op.execute(
        f"""
        CREATE TABLE channel_admin (
            account_id bigint NOT NULL CONSTRAINT fk_channel_admin_account_id_channel_account
                REFERENCES channel_account (id),
            external_id text NOT NULL,
            staff_id bigint CONSTRAINT fk_channel_admin_staff_id_staff REFERENCES staff (id),
            first_seen_at timestamptz NOT NULL,
            last_seen_at timestamptz NOT NULL,
            CONSTRAINT pk_channel_admin PRIMARY KEY (account_id, external_id)
        );
        GRANT SELECT, UPDATE (staff_id) ON channel_admin TO {WEB};
        ALTER TABLE channel_admin ENABLE ROW LEVEL SECURITY;
        CREATE POLICY sees ON channel_admin FOR SELECT TO {WEB} USING ({SIGNED_IN});
        CREATE POLICY names ON channel_admin FOR UPDATE TO {WEB} USING ({IS_ADMIN});

        -- Those who wrote before this table was there.
        INSERT INTO channel_admin (account_id, external_id, staff_id, first_seen_at, last_seen_at)
        SELECT c.account_id, m.author_external_id, NULL, min(m.sent_at), max(m.sent_at)
        FROM message m JOIN conversation c ON c.id = m.conversation_id
        WHERE m.author_kind = 'channel' AND m.author_external_id IS NOT NULL
        GROUP BY c.account_id, m.author_external_id;
        """
    )
