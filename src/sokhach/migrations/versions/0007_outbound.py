"""Sends of every kind: what is uploaded, limits and prices, templates, quotas, reactions of ours."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
IS_ADMIN = "(SELECT current_setting('app.role', true)) = 'admin'"
SIGNED_IN = "(SELECT nullif(current_setting('app.staff_id', true), '')) IS NOT NULL"
ME = "(SELECT nullif(current_setting('app.staff_id', true), '')::bigint)"


def upgrade() -> None:
    _assets()
    _limits()
    _templates()
    _quotas()
    _reactions()
    _settlements()
    _walls()


def _assets() -> None:
    op.execute(
        """
        CREATE TABLE channel_asset (
            account_id bigint NOT NULL CONSTRAINT fk_channel_asset_account_id_channel_account
                REFERENCES channel_account (id),
            kind text NOT NULL CONSTRAINT ck_channel_asset_kind CHECK (kind IN ('image', 'gif', 'file')),
            digest text NOT NULL,
            external_id text NOT NULL,
            uploaded_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            CONSTRAINT pk_channel_asset PRIMARY KEY (account_id, kind, digest)
        );
        CREATE INDEX ix_channel_asset_expires_at ON channel_asset (expires_at);
        """
    )


def _limits() -> None:
    op.execute(
        """
        CREATE TABLE channel_limit (
            key text NOT NULL CONSTRAINT pk_channel_limit PRIMARY KEY,
            value bigint NOT NULL,
            changed_by bigint NOT NULL CONSTRAINT fk_channel_limit_changed_by_staff REFERENCES staff (id),
            changed_at timestamptz NOT NULL
        );
        """
    )


def _templates() -> None:
    op.execute(
        """
        CREATE TABLE channel_template (
            account_id bigint NOT NULL CONSTRAINT fk_channel_template_account_id_channel_account
                REFERENCES channel_account (id),
            template_id text NOT NULL,
            name text NOT NULL,
            status text NOT NULL,
            quality text,
            tag text,
            via jsonb NOT NULL,
            params jsonb NOT NULL,
            price_uid bigint,
            price_phone bigint,
            preview_url text,
            created_at timestamptz,
            synced_at timestamptz NOT NULL,
            CONSTRAINT pk_channel_template PRIMARY KEY (account_id, template_id)
        );
        CREATE TABLE channel_template_sync (
            account_id bigint NOT NULL CONSTRAINT pk_channel_template_sync PRIMARY KEY
                CONSTRAINT fk_channel_template_sync_account_id_channel_account REFERENCES channel_account (id),
            due_at timestamptz NOT NULL,
            synced_at timestamptz,
            reason text,
            attempts smallint NOT NULL
        );
        CREATE INDEX ix_channel_template_sync_due_at ON channel_template_sync (due_at);
        """
    )


def _quotas() -> None:
    op.execute(
        """
        CREATE TABLE channel_quota (
            account_id bigint NOT NULL CONSTRAINT fk_channel_quota_account_id_channel_account
                REFERENCES channel_account (id),
            thread_key text NOT NULL,
            kind text NOT NULL,
            remain bigint NOT NULL,
            total bigint NOT NULL,
            until_at timestamptz,
            noted_at timestamptz NOT NULL,
            CONSTRAINT pk_channel_quota PRIMARY KEY (account_id, thread_key, kind)
        );
        """
    )


def _reactions() -> None:
    op.execute(
        """
        CREATE TABLE outgoing_reaction (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_outgoing_reaction PRIMARY KEY,
            message_id bigint NOT NULL CONSTRAINT fk_outgoing_reaction_message_id_message REFERENCES message (id),
            conversation_id bigint NOT NULL CONSTRAINT fk_outgoing_reaction_conversation_id_conversation
                REFERENCES conversation (id),
            account_id bigint NOT NULL CONSTRAINT fk_outgoing_reaction_account_id_channel_account
                REFERENCES channel_account (id),
            staff_id bigint NOT NULL CONSTRAINT fk_outgoing_reaction_staff_id_staff REFERENCES staff (id),
            external_id text NOT NULL,
            icon text,
            state text NOT NULL CONSTRAINT ck_outgoing_reaction_state
                CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'uncertain')),
            reason text,
            attempts smallint NOT NULL,
            created_at timestamptz NOT NULL,
            due_at timestamptz NOT NULL,
            changed_at timestamptz NOT NULL
        );
        CREATE INDEX ix_outgoing_reaction_due_at ON outgoing_reaction (due_at) WHERE state IN ('queued', 'sending');
        CREATE INDEX ix_outgoing_reaction_message_id ON outgoing_reaction (message_id, id);
        """
    )


def _settlements() -> None:
    op.execute(
        """
        ALTER TABLE delivery ADD COLUMN settled_by bigint
            CONSTRAINT fk_delivery_settled_by_staff REFERENCES staff (id);
        CREATE INDEX ix_delivery_settled ON delivery (conversation_id, sending_at) WHERE settled_by IS NOT NULL;
        """
    )


def _walls() -> None:
    """Limits and templates are the company's own: whoever is signed in reads them, administrators change limits. What
    belongs to a thread goes with it. Platform ids of uploads are the worker's alone."""
    op.execute(
        f"""
        ALTER TABLE channel_limit ENABLE ROW LEVEL SECURITY;
        CREATE POLICY sees ON channel_limit FOR SELECT TO {WEB} USING ({SIGNED_IN});
        CREATE POLICY sets ON channel_limit FOR INSERT TO {WEB} WITH CHECK ({IS_ADMIN});
        CREATE POLICY changes ON channel_limit FOR UPDATE TO {WEB} USING ({IS_ADMIN});
        CREATE POLICY resets ON channel_limit FOR DELETE TO {WEB} USING ({IS_ADMIN});
        GRANT SELECT, INSERT, UPDATE, DELETE ON channel_limit TO {WEB};

        ALTER TABLE channel_template ENABLE ROW LEVEL SECURITY;
        CREATE POLICY sees ON channel_template FOR SELECT TO {WEB} USING ({SIGNED_IN});
        GRANT SELECT ON channel_template TO {WEB};

        ALTER TABLE channel_template_sync ENABLE ROW LEVEL SECURITY;
        CREATE POLICY sees ON channel_template_sync TO {WEB} USING ({SIGNED_IN});
        GRANT SELECT, INSERT (account_id, due_at, attempts), UPDATE (due_at) ON channel_template_sync TO {WEB};

        ALTER TABLE channel_quota ENABLE ROW LEVEL SECURITY;
        CREATE POLICY sees ON channel_quota FOR SELECT TO {WEB} USING (
            ({SIGNED_IN} AND thread_key = '') OR EXISTS (
                SELECT FROM conversation c
                WHERE c.account_id = channel_quota.account_id AND c.thread_key = channel_quota.thread_key
            )
        );
        GRANT SELECT ON channel_quota TO {WEB};

        ALTER TABLE outgoing_reaction ENABLE ROW LEVEL SECURITY;
        CREATE POLICY sees ON outgoing_reaction FOR SELECT TO {WEB} USING (
            EXISTS (SELECT FROM conversation c WHERE c.id = outgoing_reaction.conversation_id)
        );
        CREATE POLICY reacts ON outgoing_reaction FOR INSERT TO {WEB} WITH CHECK (
            EXISTS (SELECT FROM conversation c WHERE c.id = outgoing_reaction.conversation_id) AND staff_id = {ME}
        );
        GRANT SELECT, INSERT ON outgoing_reaction TO {WEB};
        """
    )
