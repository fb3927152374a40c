"""Of some stickers a channel says only the number; where its picture is, is asked once for all who send it."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE sticker (
            channel text NOT NULL,
            external_id text NOT NULL,
            state text NOT NULL CONSTRAINT ck_sticker_state CHECK (state IN ('asked', 'found', 'unknown')),
            url text,
            attempts smallint NOT NULL,
            asked_at timestamptz NOT NULL,
            due_at timestamptz NOT NULL,
            CONSTRAINT pk_sticker PRIMARY KEY (channel, external_id),
            CONSTRAINT ck_sticker_found CHECK ((state = 'found') = (url IS NOT NULL))
        );
        ALTER TABLE sticker ENABLE ROW LEVEL SECURITY;
        ALTER TABLE media ADD COLUMN sticker_id text;
        CREATE INDEX ix_media_sticker_id ON media (sticker_id) WHERE state = 'pending' AND source_url IS NULL;

        UPDATE media f SET state = 'pending', reason = NULL,
            sticker_id = m.content #>> ARRAY['attachments', CAST(f.position AS text), 'external_id']
        FROM message m JOIN conversation c ON c.id = m.conversation_id JOIN channel_account a ON a.id = c.account_id
        WHERE m.id = f.message_id AND f.type = 'sticker' AND f.state = 'failed' AND f.reason = 'no-link'
            AND a.channel = 'zalo_personal'
            AND m.content #>> ARRAY['attachments', CAST(f.position AS text), 'external_id'] IS NOT NULL;
        """
    )
