"""What channels tell beside messages: reactions, tags, details, requests, the account's log."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
SIGNED_IN = "(SELECT nullif(current_setting('app.staff_id', true), '')) IS NOT NULL"
IS_ADMIN = "(SELECT current_setting('app.role', true)) = 'admin'"
IS_MANAGEMENT = "(SELECT current_setting('app.role', true)) IN ('manager', 'admin')"
# As in 0002: which conversations an actor sees.
SEES = """(
    (SELECT current_setting('app.scope', true)) = 'all'
    OR {c}.custodian_id = ANY ((SELECT nullif(current_setting('app.scope_staff', true), '')::bigint[])::bigint[])
    OR {c}.assignee_id = ANY ((SELECT nullif(current_setting('app.scope_staff', true), '')::bigint[])::bigint[])
    OR ({c}.custodian_id IS NULL AND {c}.assignee_id IS NULL
        AND (SELECT current_setting('app.scope', true)) IN ('own', 'staff'))
)"""
TIME = postgresql.TIMESTAMP(timezone=True)
KINDS = (
    "'text', 'image', 'gif', 'sticker', 'audio', 'video', 'file', 'location', 'link', 'contact_card', 'template',"
    " 'event', 'unsupported'"
)


def upgrade() -> None:
    # Rows that are there hold fewer kinds: nothing needs to be looked through.
    op.execute(
        "ALTER TABLE message DROP CONSTRAINT ck_message_kind,"
        f" ADD CONSTRAINT ck_message_kind CHECK (kind IN ({KINDS})) NOT VALID"
    )
    op.execute("ALTER TABLE message VALIDATE CONSTRAINT ck_message_kind")
    op.add_column("conversation_participant", sa.Column("came_at", TIME, nullable=True))
    _customers()
    _tags()
    _privacy()
    _reactions()
    _log()
    _walls()
    _group_names()


def _customers() -> None:
    op.add_column("contact_identity", sa.Column("follow_source", sa.Text(), nullable=True))
    op.add_column("contact_identity", sa.Column("follow_source_at", TIME, nullable=True))
    op.add_column("contact_identity", sa.Column("details", postgresql.JSONB(), nullable=True))
    op.create_index(
        "uq_contact_identity_contact_id_phone",
        "contact_identity",
        ["contact_id", "external_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'phone'"),
    )


def _tags() -> None:
    op.create_table(
        "tag",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
    )
    op.create_index("uq_tag_name", "tag", ["name"], unique=True)
    op.create_table(
        "contact_tag",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("changed_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(account_id IS NULL) = (changed_by IS NOT NULL)", name=op.f("ck_contact_tag_changed_by")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_contact_tag_contact_id_contact")),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_contact_tag_tag_id_tag")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["channel_account.id"], name=op.f("fk_contact_tag_account_id_channel_account")
        ),
        sa.ForeignKeyConstraint(["changed_by"], ["staff.id"], name=op.f("fk_contact_tag_changed_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_tag")),
    )
    op.create_index(
        "uq_contact_tag_contact_id_tag_id_account_id",
        "contact_tag",
        ["contact_id", "tag_id", "account_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_index("ix_contact_tag_tag_id", "contact_tag", ["tag_id"], unique=False)
    op.create_table(
        "tag_removal",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["channel_account.id"], name=op.f("fk_tag_removal_account_id_channel_account")
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_tag_removal_tag_id_tag")),
        sa.PrimaryKeyConstraint("account_id", "tag_id", name=op.f("pk_tag_removal")),
    )


def _privacy() -> None:
    op.create_table(
        "privacy_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("identity_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("requested_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("closed_at", TIME, nullable=True),
        sa.Column("closed_by", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('withdraw')", name=op.f("ck_privacy_request_kind")),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("ck_privacy_request_closed")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["channel_account.id"], name=op.f("fk_privacy_request_account_id_channel_account")
        ),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["contact_identity.id"], name=op.f("fk_privacy_request_identity_id_contact_identity")
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_privacy_request_contact_id_contact")),
        sa.ForeignKeyConstraint(["closed_by"], ["staff.id"], name=op.f("fk_privacy_request_closed_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_request")),
    )
    op.create_index(
        "uq_privacy_request_identity_id_kind_requested_at",
        "privacy_request",
        ["identity_id", "kind", "requested_at"],
        unique=True,
    )
    op.create_index(op.f("ix_privacy_request_contact_id"), "privacy_request", ["contact_id"], unique=False)
    op.create_index(
        "ix_privacy_request_due_at",
        "privacy_request",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def _reactions() -> None:
    op.create_table(
        "reaction",
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_key", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("icon", sa.Text(), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["channel_account.id"], name=op.f("fk_reaction_account_id_channel_account")
        ),
        sa.PrimaryKeyConstraint("account_id", "thread_key", "external_id", "author", name=op.f("pk_reaction")),
    )


def _log() -> None:
    op.create_table(
        "channel_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("message_external_id", sa.Text(), nullable=True),
        sa.Column("details", postgresql.JSONB(), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["channel_account.id"], name=op.f("fk_channel_event_account_id_channel_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_event")),
    )
    op.create_index("uq_channel_event_account_id_name_key", "channel_event", ["account_id", "name", "key"], unique=True)
    op.create_index(
        "ix_channel_event_account_id_at",
        "channel_event",
        ["account_id", sa.text("at DESC"), sa.text("id DESC")],
        unique=False,
    )
    op.create_index(
        "ix_channel_event_message",
        "channel_event",
        ["account_id", "message_external_id"],
        unique=False,
        postgresql_where=sa.text("message_external_id IS NOT NULL"),
    )


def _walls() -> None:
    """Reactions go with their thread, tags with their contact. An account's log and requests about data are for the
    management; what customers said to a template, for whoever sees the template."""
    for table in ("tag", "contact_tag", "tag_removal", "privacy_request", "reaction", "channel_event"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    sees_contact = "EXISTS (SELECT FROM contact k WHERE k.id = contact_tag.contact_id)"
    op.execute(
        f"""
        CREATE POLICY sees ON reaction TO {WEB} USING (EXISTS (SELECT FROM conversation c
            WHERE c.account_id = reaction.account_id AND c.thread_key = reaction.thread_key));
        CREATE POLICY sees ON tag TO {WEB} USING ({SIGNED_IN});
        CREATE POLICY sees ON contact_tag FOR SELECT TO {WEB} USING ({sees_contact});
        CREATE POLICY puts ON contact_tag FOR INSERT TO {WEB} WITH CHECK ({sees_contact} AND account_id IS NULL);
        CREATE POLICY changes ON contact_tag FOR UPDATE TO {WEB} USING ({sees_contact} AND account_id IS NULL);
        CREATE POLICY sees ON privacy_request FOR SELECT TO {WEB} USING ({IS_MANAGEMENT});
        CREATE POLICY closes ON privacy_request FOR UPDATE TO {WEB} USING ({IS_ADMIN});
        CREATE POLICY sees ON channel_event FOR SELECT TO {WEB} USING ({IS_MANAGEMENT} OR EXISTS (
            SELECT FROM message_alias a
            WHERE a.account_id = channel_event.account_id AND a.external_id = channel_event.message_external_id));

        -- Which tags a contact carries: the latest word of all who have a say; where two spoke at once, staff's.
        CREATE VIEW tagged WITH (security_invoker = true) AS
            SELECT contact_id, tag_id, changed_at FROM (
                SELECT DISTINCT ON (contact_id, tag_id) contact_id, tag_id, present, changed_at FROM contact_tag
                ORDER BY contact_id, tag_id, changed_at DESC, account_id NULLS FIRST
            ) AS latest
            WHERE present;

        GRANT SELECT ON tag, contact_tag, tagged, privacy_request, reaction, channel_event TO {WEB};
        GRANT INSERT ON tag, contact_tag TO {WEB};
        GRANT UPDATE (present, changed_at, changed_by) ON contact_tag TO {WEB};
        GRANT UPDATE (closed_at, closed_by, note) ON privacy_request TO {WEB};
        """
    )


def _group_names() -> None:
    """Who sees a group, sees who is in it by name and picture; what they told elsewhere stays with their own
    conversations."""
    op.execute(
        f"""
        CREATE FUNCTION people_in_groups(wanted bigint[])
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
