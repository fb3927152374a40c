"""What comes in from personal accounts that no other channel has: recalls, titles that groups had at a time."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
ROLE = "(SELECT current_setting('app.role', true))"
ME = "(SELECT nullif(current_setting('app.staff_id', true), '')::bigint)"
# Of a message {m} in a conversation {s} of `sight`: whether what it says is hidden from the actor.
HIDDEN = "EXISTS (SELECT FROM message_recall x WHERE x.message_id = {m}) AND {s}.level <> 'full'"


def upgrade() -> None:
    op.execute("ALTER TABLE conversation ADD COLUMN titled_at timestamptz")
    _recalls()
    _reading()


def _recalls() -> None:
    """A recall goes with its message; one whose message nobody knows is shown to nobody."""
    op.execute(
        f"""
        CREATE TABLE message_recall (
            account_id bigint NOT NULL CONSTRAINT fk_message_recall_account_id_channel_account
                REFERENCES channel_account (id),
            thread_key text NOT NULL,
            external_id text NOT NULL,
            by text NOT NULL CONSTRAINT ck_message_recall_by CHECK (by IN ('customer', 'staff')),
            at timestamptz NOT NULL,
            message_id bigint,
            CONSTRAINT pk_message_recall PRIMARY KEY (account_id, thread_key, external_id)
        );
        CREATE INDEX ix_message_recall_message_id ON message_recall (message_id) WHERE message_id IS NOT NULL;
        CREATE INDEX ix_message_recall_early ON message_recall (account_id) WHERE message_id IS NULL;
        ALTER TABLE message_recall ENABLE ROW LEVEL SECURITY;
        CREATE POLICY sees ON message_recall TO {WEB}
            USING (EXISTS (SELECT FROM message m WHERE m.id = message_recall.message_id));
        GRANT SELECT ON message_recall TO {WEB};
        """
    )


def _reading() -> None:
    """As before; of what was taken back only who sees all that is known of the customer reads on."""
    hidden = HIDDEN.format(m="m.id", s="s")
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION read_messages(wanted bigint[], at timestamptz, by_road text DEFAULT 'thread')
        RETURNS TABLE (id bigint, body text, content jsonb)
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        BEGIN
            PERFORM log_access(ARRAY(SELECT DISTINCT m.conversation_id FROM message m WHERE m.id = ANY (wanted)),
                by_road, at);
            RETURN QUERY
            SELECT m.id, CASE WHEN {hidden} THEN NULL ELSE m.body END, CASE
                WHEN {hidden} THEN NULL
                WHEN m.content -> 'details' ->> 'phone' IS NULL THEN m.content
                WHEN s.level = 'full' AND {ROLE} <> 'auditor' THEN m.content
                ELSE jsonb_set(m.content, '{{details,phone}}', to_jsonb(mask_phone(m.content -> 'details' ->> 'phone')))
            END
            FROM message m JOIN sight s ON s.id = m.conversation_id
            WHERE m.id = ANY (wanted);
        END $$;

        CREATE OR REPLACE FUNCTION preview_messages(wanted bigint[])
        RETURNS TABLE (id bigint, preview text)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT m.id, CASE WHEN {hidden} THEN NULL ELSE left(m.body, 200) END
            FROM message m JOIN sight s ON s.id = m.conversation_id
            WHERE m.id = ANY (wanted)
        $$;

        CREATE OR REPLACE FUNCTION read_media(wanted bigint, at timestamptz)
        RETURNS TABLE (type text, content_type text, name text, size_bytes bigint, sha256 bytea, storage_key text,
            has_thumbnail boolean, stored_at timestamptz)
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE
            found media;
        BEGIN
            SELECT m.* INTO found FROM media m JOIN sight s ON s.id = m.conversation_id
            WHERE m.id = wanted AND m.state = 'stored' AND (m.message_id IS NOT NULL OR m.staff_id = {ME})
                AND NOT ({HIDDEN.format(m="m.message_id", s="s")});
            IF found.id IS NULL THEN
                RETURN;
            END IF;
            PERFORM log_access(ARRAY[found.conversation_id], 'file', at);
            RETURN QUERY SELECT found.type, found.content_type, found.name, found.size_bytes, found.sha256,
                found.storage_key, found.has_thumbnail, found.stored_at;
        END $$;
        """
    )
