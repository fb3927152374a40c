"""Pictures, voices and files of messages, in our own storage."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
ME = "(SELECT nullif(current_setting('app.staff_id', true), '')::bigint)"
# As in 0002: which conversations an actor sees.
SEES = """(
    (SELECT current_setting('app.scope', true)) = 'all'
    OR {c}.custodian_id = ANY ((SELECT nullif(current_setting('app.scope_staff', true), '')::bigint[])::bigint[])
    OR {c}.assignee_id = ANY ((SELECT nullif(current_setting('app.scope_staff', true), '')::bigint[])::bigint[])
    OR ({c}.custodian_id IS NULL AND {c}.assignee_id IS NULL
        AND (SELECT current_setting('app.scope', true)) IN ('own', 'staff'))
)"""


def upgrade() -> None:
    op.create_table(
        "media",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("poster_url", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=True),
        sa.Column("storage_key", sa.Text(), nullable=True),
        sa.Column("has_thumbnail", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("due_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("created_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("stored_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'stored', 'failed', 'refused')", name=op.f("ck_media_state")),
        sa.CheckConstraint("type IN ('image', 'gif', 'sticker', 'audio', 'video', 'file')", name=op.f("ck_media_type")),
        sa.CheckConstraint(
            "state <> 'stored' OR (content_type IS NOT NULL AND size_bytes IS NOT NULL AND sha256 IS NOT NULL"
            " AND storage_key IS NOT NULL AND stored_at IS NOT NULL)",
            name=op.f("ck_media_stored"),
        ),
        sa.CheckConstraint("state NOT IN ('failed', 'refused') OR reason IS NOT NULL", name=op.f("ck_media_reason")),
        sa.CheckConstraint("message_id IS NOT NULL OR staff_id IS NOT NULL", name=op.f("ck_media_origin")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_media_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_media_message_id_message")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_media_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
    )
    op.create_index("uq_media_message_id_position", "media", ["message_id", "position"], unique=True)
    op.create_index(
        "ix_media_due_at", "media", ["due_at"], unique=False, postgresql_where=sa.text("due_at IS NOT NULL")
    )
    op.create_index(
        "ix_media_unattached", "media", ["created_at"], unique=False, postgresql_where=sa.text("message_id IS NULL")
    )
    _walls()
    _reading()


def _walls() -> None:
    """Files of messages go with their conversation; what somebody uploaded and did not send yet is theirs alone. Where
    the bytes lie and where they came from is none of the web role's business."""
    op.execute(
        f"""
        ALTER TABLE media ENABLE ROW LEVEL SECURITY;
        CREATE POLICY sees ON media FOR SELECT TO {WEB} USING (
            EXISTS (SELECT FROM conversation c WHERE c.id = media.conversation_id)
            AND (message_id IS NOT NULL OR staff_id = {ME})
        );
        CREATE POLICY uploads ON media FOR INSERT TO {WEB} WITH CHECK (
            EXISTS (SELECT FROM conversation c WHERE c.id = media.conversation_id)
            AND message_id IS NULL AND staff_id = {ME}
        );
        CREATE POLICY sends ON media FOR UPDATE TO {WEB} USING (
            EXISTS (SELECT FROM conversation c WHERE c.id = media.conversation_id)
            AND message_id IS NULL AND staff_id = {ME}
        ) WITH CHECK (staff_id = {ME});
        GRANT SELECT (id, conversation_id, message_id, position, staff_id, state, reason, type, content_type, name,
            size_bytes, width, height, duration_ms, has_thumbnail, created_at, stored_at) ON media TO {WEB};
        GRANT INSERT (conversation_id, position, staff_id, state, type, storage_key, has_thumbnail, attempts,
            created_at) ON media TO {WEB};
        GRANT UPDATE (message_id, position, state, reason, type, content_type, name, size_bytes, width, height,
            duration_ms, sha256, has_thumbnail, stored_at) ON media TO {WEB};
        """
    )


def _reading() -> None:
    """Bytes leave the store for a person by the key that `read_media` gives, which writes down who read."""
    op.execute(
        f"""
        CREATE FUNCTION read_media(wanted bigint, at timestamptz)
        RETURNS TABLE (type text, content_type text, name text, size_bytes bigint, sha256 bytea, storage_key text,
            has_thumbnail boolean, stored_at timestamptz)
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE
            found media;
        BEGIN
            SELECT m.* INTO found FROM media m JOIN conversation c ON c.id = m.conversation_id
            WHERE m.id = wanted AND m.state = 'stored' AND (m.message_id IS NOT NULL OR m.staff_id = {ME})
                AND {SEES.format(c="c")};
            IF found.id IS NULL THEN
                RETURN;
            END IF;
            INSERT INTO access_log (staff_id, conversation_id, period, read_at)
            VALUES ({ME}, found.conversation_id, date_bin('5 minutes', at, timestamptz '2020-01-01 00:00:00+00'), at)
            ON CONFLICT DO NOTHING;
            RETURN QUERY SELECT found.type, found.content_type, found.name, found.size_bytes, found.sha256,
                found.storage_key, found.has_thumbnail, found.stored_at;
        END $$;
        REVOKE ALL ON FUNCTION read_media(bigint, timestamptz) FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION read_media(bigint, timestamptz) TO {WEB};
        """
    )
