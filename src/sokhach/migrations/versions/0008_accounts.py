"""Accounts: consent, outages, sweeps and gaps, liveness, the page of an OA, tags on their way to the platform."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
IS_ADMIN = "(SELECT current_setting('app.role', true)) = 'admin'"
SEES_ALL = "(SELECT current_setting('app.scope', true)) = 'all'"
MYSELF = "(SELECT nullif(current_setting('app.staff_id', true), '')::bigint)"


def upgrade() -> None:
    _consent()
    _outages()
    _watching()
    _pages()
    _walls()
    _connecting()


def _consent() -> None:
    op.execute(
        """
        CREATE TABLE channel_authorization (
            state_hash bytea NOT NULL CONSTRAINT pk_channel_authorization PRIMARY KEY,
            channel text NOT NULL,
            staff_id bigint NOT NULL CONSTRAINT fk_channel_authorization_staff_id_staff REFERENCES staff (id),
            account_id bigint CONSTRAINT fk_channel_authorization_account_id_channel_account
                REFERENCES channel_account (id),
            sealed bytea NOT NULL,
            expires_at timestamptz NOT NULL
        );
        CREATE INDEX ix_channel_authorization_expires_at ON channel_authorization (expires_at);
        """
    )


def _outages() -> None:
    op.execute(
        """
        CREATE TABLE heartbeat (
            id smallint NOT NULL CONSTRAINT pk_heartbeat PRIMARY KEY CONSTRAINT ck_heartbeat_one_row CHECK (id = 1),
            at timestamptz NOT NULL
        );
        CREATE TABLE outage (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_outage PRIMARY KEY,
            from_at timestamptz NOT NULL,
            until_at timestamptz NOT NULL,
            handled_at timestamptz
        );
        CREATE INDEX ix_outage_unhandled ON outage (id) WHERE handled_at IS NULL;

        CREATE TABLE channel_sweep (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_channel_sweep PRIMARY KEY,
            account_id bigint NOT NULL CONSTRAINT fk_channel_sweep_account_id_channel_account
                REFERENCES channel_account (id),
            cause text NOT NULL CONSTRAINT ck_channel_sweep_cause
                CHECK (cause IN ('outage', 'reconnected', 'missed', 'asked')),
            staff_id bigint CONSTRAINT fk_channel_sweep_staff_id_staff REFERENCES staff (id),
            since timestamptz NOT NULL,
            until timestamptz NOT NULL,
            state text NOT NULL CONSTRAINT ck_channel_sweep_state
                CHECK (state IN ('queued', 'running', 'done', 'failed')),
            reason text,
            found bigint NOT NULL,
            added bigint NOT NULL,
            list_offset bigint NOT NULL,
            list_until timestamptz,
            list_newest timestamptz,
            list_added bigint NOT NULL,
            listed boolean NOT NULL,
            attempts smallint NOT NULL,
            runner text,
            due_at timestamptz NOT NULL,
            created_at timestamptz NOT NULL,
            started_at timestamptz,
            finished_at timestamptz
        );
        CREATE UNIQUE INDEX uq_channel_sweep_queued ON channel_sweep (account_id) WHERE state = 'queued';
        CREATE UNIQUE INDEX uq_channel_sweep_running ON channel_sweep (account_id) WHERE state = 'running';
        CREATE INDEX ix_channel_sweep_account_id ON channel_sweep (account_id, id);
        CREATE INDEX ix_channel_sweep_due_at ON channel_sweep (due_at) WHERE state IN ('queued', 'running');

        CREATE TABLE channel_sweep_thread (
            sweep_id bigint NOT NULL CONSTRAINT fk_channel_sweep_thread_sweep_id_channel_sweep
                REFERENCES channel_sweep (id) ON DELETE CASCADE,
            thread_key text NOT NULL,
            position bigint NOT NULL,
            oldest_at timestamptz,
            done boolean NOT NULL,
            CONSTRAINT pk_channel_sweep_thread PRIMARY KEY (sweep_id, thread_key)
        );

        CREATE TABLE gap (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_gap PRIMARY KEY,
            account_id bigint NOT NULL CONSTRAINT fk_gap_account_id_channel_account REFERENCES channel_account (id),
            sweep_id bigint NOT NULL CONSTRAINT fk_gap_sweep_id_channel_sweep REFERENCES channel_sweep (id),
            thread_key text,
            from_at timestamptz NOT NULL,
            until_at timestamptz NOT NULL,
            reason text NOT NULL CONSTRAINT ck_gap_reason
                CHECK (reason IN ('history-ended', 'refused', 'anonymous', 'group')),
            created_at timestamptz NOT NULL,
            closed_at timestamptz
        );
        CREATE INDEX ix_gap_account_id ON gap (account_id, thread_key, from_at);
        """
    )


def _watching() -> None:
    op.execute(
        """
        CREATE TABLE channel_hour (
            account_id bigint NOT NULL CONSTRAINT fk_channel_hour_account_id_channel_account
                REFERENCES channel_account (id),
            hour timestamptz NOT NULL,
            events bigint NOT NULL,
            CONSTRAINT pk_channel_hour PRIMARY KEY (account_id, hour)
        );
        CREATE TABLE channel_hour_mark (
            id smallint NOT NULL CONSTRAINT pk_channel_hour_mark PRIMARY KEY
                CONSTRAINT ck_channel_hour_mark_one_row CHECK (id = 1),
            counted_to bigint NOT NULL,
            next_to bigint NOT NULL,
            marked_at timestamptz
        );
        INSERT INTO channel_hour_mark (id, counted_to, next_to) VALUES (1, 0, 0);
        CREATE TABLE channel_watch (
            account_id bigint NOT NULL CONSTRAINT pk_channel_watch PRIMARY KEY
                CONSTRAINT fk_channel_watch_account_id_channel_account REFERENCES channel_account (id),
            liveness text NOT NULL CONSTRAINT ck_channel_watch_liveness CHECK (liveness IN ('ok', 'quiet', 'unknown')),
            liveness_since timestamptz,
            probe_due_at timestamptz NOT NULL
        );
        CREATE INDEX ix_channel_watch_probe_due_at ON channel_watch (probe_due_at);
        """
    )


def _pages() -> None:
    op.execute(
        """
        CREATE TABLE channel_profile (
            account_id bigint NOT NULL CONSTRAINT pk_channel_profile PRIMARY KEY
                CONSTRAINT fk_channel_profile_account_id_channel_account REFERENCES channel_account (id),
            description text,
            is_verified boolean,
            category text,
            follower_count bigint,
            package_name text,
            package_until text,
            avatar_url text,
            cover_url text,
            zca_linked boolean,
            quotas jsonb,
            fetched_at timestamptz,
            due_at timestamptz NOT NULL
        );
        CREATE INDEX ix_channel_profile_due_at ON channel_profile (due_at);
        CREATE TABLE channel_tag (
            account_id bigint NOT NULL CONSTRAINT fk_channel_tag_account_id_channel_account
                REFERENCES channel_account (id),
            name text NOT NULL,
            listed_at timestamptz NOT NULL,
            CONSTRAINT pk_channel_tag PRIMARY KEY (account_id, name)
        );
        CREATE TABLE channel_tag_change (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_channel_tag_change PRIMARY KEY,
            account_id bigint NOT NULL CONSTRAINT fk_channel_tag_change_account_id_channel_account
                REFERENCES channel_account (id),
            external_id text NOT NULL,
            name text NOT NULL,
            change text NOT NULL CONSTRAINT ck_channel_tag_change_change CHECK (change IN ('added', 'removed')),
            attempts smallint NOT NULL,
            due_at timestamptz NOT NULL
        );
        CREATE INDEX ix_channel_tag_change_due_at ON channel_tag_change (due_at);
        CREATE INDEX ix_channel_tag_change_person ON channel_tag_change (account_id, external_id, name, id);
        """
    )


def _walls() -> None:
    """A consent is its person's; sweeps are for who sees everything; a gap is seen with its conversation; a tag is put
    on whom one sees. The rest is the company's own: numbers and settings."""
    op.execute(
        f"""
        GRANT SELECT ON heartbeat, channel_hour, channel_watch, channel_profile, channel_tag, channel_authorization,
            channel_sweep, gap TO {WEB};
        GRANT INSERT, UPDATE ON heartbeat TO {WEB};
        GRANT INSERT ON outage, channel_authorization, channel_sweep, channel_tag_change TO {WEB};
        GRANT DELETE ON channel_authorization TO {WEB};
        GRANT UPDATE (since, until) ON channel_sweep TO {WEB};
        GRANT INSERT (account_id, due_at), UPDATE (due_at) ON channel_profile TO {WEB};

        ALTER TABLE channel_authorization ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON channel_authorization TO {WEB} USING ({IS_ADMIN} AND staff_id = {MYSELF});

        ALTER TABLE channel_sweep ENABLE ROW LEVEL SECURITY;
        CREATE POLICY sees ON channel_sweep FOR SELECT TO {WEB} USING ({SEES_ALL});
        CREATE POLICY asks ON channel_sweep FOR INSERT TO {WEB} WITH CHECK ({IS_ADMIN});
        CREATE POLICY widens ON channel_sweep FOR UPDATE TO {WEB} USING ({IS_ADMIN} AND state = 'queued');

        ALTER TABLE gap ENABLE ROW LEVEL SECURITY;
        CREATE POLICY sees ON gap FOR SELECT TO {WEB} USING (
            {SEES_ALL} OR EXISTS (
                SELECT FROM conversation c WHERE c.account_id = gap.account_id AND c.thread_key = gap.thread_key
            )
        );

        ALTER TABLE channel_tag_change ENABLE ROW LEVEL SECURITY;
        CREATE POLICY asks ON channel_tag_change FOR INSERT TO {WEB} WITH CHECK (
            EXISTS (
                SELECT FROM contact_identity i WHERE i.account_id = channel_tag_change.account_id
                    AND i.external_id = channel_tag_change.external_id AND i.kind = 'channel'
            )
        );
        """
    )


def _connecting() -> None:
    op.execute(
        f"""
        -- What an OAuth consent brought: a new account, or other credentials and tokens of a known one.
        CREATE FUNCTION connect_channel_account(
            wanted_channel text, wanted_external_id text, wanted_name text, given_credentials bytea, given_tokens bytea,
            due timestamptz, at timestamptz
        )
        RETURNS bigint
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            INSERT INTO channel_account (channel, external_id, name, credentials, tokens, refresh_due_at, health,
                health_reason, health_since, created_at)
            SELECT wanted_channel, wanted_external_id, wanted_name, given_credentials, given_tokens, due, 'ok', NULL,
                at, at
            WHERE {IS_ADMIN}
            ON CONFLICT (channel, external_id) DO UPDATE SET name = excluded.name, credentials = excluded.credentials,
                tokens = excluded.tokens, refresh_due_at = excluded.refresh_due_at, health = 'ok', health_reason = NULL,
                health_since = CASE WHEN channel_account.health = 'ok' THEN channel_account.health_since
                    ELSE excluded.health_since END
            RETURNING id
        $$;
        REVOKE ALL ON FUNCTION connect_channel_account(text, text, text, bytea, bytea, timestamptz, timestamptz)
            FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION connect_channel_account(text, text, text, bytea, bytea, timestamptz, timestamptz)
            TO {WEB};
        """
    )
