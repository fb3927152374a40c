"""When an account was last authorised, and its name at the platform; gaps for what cannot be read; `people_in_groups`
also where 0005 ran without."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
IS_ADMIN = "(SELECT current_setting('app.role', true)) = 'admin'"
# As in 0002: which conversations an actor sees.
SEES = """(
    (SELECT current_setting('app.scope', true)) = 'all'
    OR {c}.custodian_id = ANY ((SELECT nullif(current_setting('app.scope_staff', true), '')::bigint[])::bigint[])
    OR {c}.assignee_id = ANY ((SELECT nullif(current_setting('app.scope_staff', true), '')::bigint[])::bigint[])
    OR ({c}.custodian_id IS NULL AND {c}.assignee_id IS NULL
        AND (SELECT current_setting('app.scope', true)) IN ('own', 'staff'))
)"""


def upgrade() -> None:
    _authorised()
    _gaps()
    _group_names()


def _authorised() -> None:
    op.execute(
        f"""
        ALTER TABLE channel_account ADD COLUMN authorised_at timestamptz;
        ALTER TABLE channel_profile ADD COLUMN name text;

        CREATE OR REPLACE FUNCTION connect_channel_account(
            wanted_channel text, wanted_external_id text, wanted_name text, given_credentials bytea, given_tokens bytea,
            due timestamptz, at timestamptz
        )
        RETURNS bigint
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            INSERT INTO channel_account (channel, external_id, name, credentials, tokens, refresh_due_at, authorised_at,
                health, health_reason, health_since, created_at)
            SELECT wanted_channel, wanted_external_id, wanted_name, given_credentials, given_tokens, due, at, 'ok',
                NULL, at, at
            WHERE {IS_ADMIN}
            ON CONFLICT (channel, external_id) DO UPDATE SET name = excluded.name, credentials = excluded.credentials,
                tokens = excluded.tokens, refresh_due_at = excluded.refresh_due_at,
                authorised_at = excluded.authorised_at, health = 'ok', health_reason = NULL,
                health_since = CASE WHEN channel_account.health = 'ok' THEN channel_account.health_since
                    ELSE excluded.health_since END
            RETURNING id
        $$;
        """
    )


def _gaps() -> None:
    op.execute(
        """
        ALTER TABLE gap DROP CONSTRAINT ck_gap_reason, ADD CONSTRAINT ck_gap_reason
            CHECK (reason IN ('history-ended', 'refused', 'unreadable', 'anonymous', 'group'));
        """
    )


def _group_names() -> None:
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION people_in_groups(wanted bigint[])
        RETURNS TABLE (identity_id bigint, account_id bigint, external_id text, display_name text, avatar_url text)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT DISTINCT i.id, i.account_id, i.external_id, i.display_name, i.avatar_url
            FROM conversation c JOIN conversation_participant p ON p.conversation_id = c.id
            JOIN contact_identity i ON i.id = p.identity_id
            WHERE c.id = ANY (wanted) AND {SEES.format(c="c")}
        $$;
        REVOKE ALL ON FUNCTION people_in_groups(bigint[]) FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION people_in_groups(bigint[]) TO {WEB};
        """
    )
