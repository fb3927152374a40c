"""What people did, what they read, and what they were refused."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
STAFF, HELD = (
    f"((SELECT nullif(current_setting('app.{name}', true), '')::bigint[])::bigint[])"
    for name in ("scope_staff", "held_accounts")
)
ME = "(SELECT nullif(current_setting('app.staff_id', true), '')::bigint)"
OVERSEES = "(SELECT current_setting('app.role', true)) IN ('manager', 'admin', 'auditor')"


def upgrade() -> None:
    _audit_log()
    _access_log()
    _access_refusal()
    _known_tags()


def _audit_log() -> None:
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
    op.create_index("ix_audit_log_action_at", "audit_log", ["action", sa.text("at DESC"), sa.text("id DESC")])
    op.execute(
        f"""
        GRANT SELECT, INSERT ON audit_log TO {WEB};
        ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
        CREATE POLICY records ON audit_log FOR INSERT TO {WEB} WITH CHECK ({ME} IS NULL OR staff_id = {ME});
        CREATE POLICY sees ON audit_log FOR SELECT TO {WEB}
            USING ((SELECT current_setting('app.role', true)) IN ('admin', 'auditor'));
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_log
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        """
    )


def _access_log() -> None:
    """Rows have a number of their own, by which pages go on."""
    op.add_column("access_log", sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False))
    op.create_index("ix_access_log_read_at", "access_log", [sa.text("read_at DESC"), sa.text("id DESC")])
    op.create_index(
        "ix_access_log_staff_id_read_at", "access_log", ["staff_id", sa.text("read_at DESC"), sa.text("id DESC")]
    )
    op.execute(
        f"""
        GRANT SELECT ON access_log TO {WEB};
        CREATE POLICY oversees ON access_log FOR SELECT TO {WEB} USING ({OVERSEES});
        """
    )


def _access_refusal() -> None:
    op.create_table(
        "access_refusal",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("permission", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target_id", sa.BigInteger(), nullable=True),
        sa.Column("conversation_id", sa.BigInteger(), nullable=True),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("period", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("address", postgresql.INET(), nullable=True),
        sa.Column("device", sa.Text(), nullable=False),
        sa.CheckConstraint("reason IN ('not-visible', 'not-permitted')", name=op.f("ck_access_refusal_reason")),
        sa.CheckConstraint(
            "kind IN ('conversation', 'contact', 'media', 'message', 'note', 'share', 'action')",
            name=op.f("ck_access_refusal_kind"),
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_access_refusal_staff_id_staff")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_access_refusal_conversation_id_conversation")
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_access_refusal_contact_id_contact")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_refusal")),
    )
    op.create_index("ix_access_refusal_at", "access_refusal", [sa.text("at DESC"), sa.text("id DESC")])
    op.create_index(
        "ix_access_refusal_staff_id_at", "access_refusal", ["staff_id", sa.text("at DESC"), sa.text("id DESC")]
    )
    op.create_index(
        "ix_access_refusal_conversation_id_at",
        "access_refusal",
        ["conversation_id", sa.text("at DESC"), sa.text("id DESC")],
    )
    op.create_index(
        "ix_access_refusal_contact_id_at", "access_refusal", ["contact_id", sa.text("at DESC"), sa.text("id DESC")]
    )
    op.execute(
        f"""
        CREATE UNIQUE INDEX uq_access_refusal_once ON access_refusal
            (staff_id, kind, coalesce(target_id, 0), coalesce(permission, ''), reason, period);
        ALTER TABLE access_refusal ENABLE ROW LEVEL SECURITY;
        GRANT SELECT ON access_refusal TO {WEB};
        CREATE POLICY oversees ON access_refusal FOR SELECT TO {WEB} USING ({OVERSEES});

        -- The caller's own refusal; of a thing that is not there nothing is written, unless a permission was lacking.
        -- One row for each person, thing and five minutes, which counts. Tells nothing back.
        CREATE FUNCTION note_refusal(
            why text, lacking text, what text, wanted bigint, called text, noted_at timestamptz, from_address inet,
            from_device text
        ) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE
            conversation bigint;
            contact bigint;
            there boolean := false;
        BEGIN
            CASE what
                WHEN 'contact' THEN
                    SELECT true, k.id INTO there, contact FROM contact k WHERE k.id = wanted;
                WHEN 'conversation' THEN
                    SELECT true, c.id INTO there, conversation FROM conversation c WHERE c.id = wanted;
                WHEN 'media' THEN
                    SELECT true, m.conversation_id INTO there, conversation FROM media m WHERE m.id = wanted;
                WHEN 'message' THEN
                    SELECT true, m.conversation_id INTO there, conversation FROM message m WHERE m.id = wanted;
                WHEN 'note' THEN
                    SELECT true, n.conversation_id INTO there, conversation
                    FROM note n WHERE n.id = wanted;
                WHEN 'share' THEN
                    SELECT true, g.conversation_id INTO there, conversation
                    FROM conversation_grant g WHERE g.id = wanted;
                ELSE there := false;
            END CASE;
            IF there IS NOT TRUE AND lacking IS NULL THEN
                RETURN;
            END IF;
            IF conversation IS NOT NULL THEN
                SELECT c.contact_id INTO contact FROM conversation c WHERE c.id = conversation;
            END IF;
            INSERT INTO access_refusal AS r (staff_id, reason, permission, kind, target_id, conversation_id, contact_id,
                route, period, at, last_at, attempts, address, device)
            VALUES (current_setting('app.staff_id')::bigint, why, lacking, CASE WHEN there THEN what ELSE 'action' END,
                CASE WHEN there THEN wanted END, conversation, contact, called,
                date_bin('5 minutes', noted_at, timestamptz '2020-01-01 00:00:00+00'), noted_at, noted_at, 1,
                from_address, from_device)
            ON CONFLICT (staff_id, kind, coalesce(target_id, 0), coalesce(permission, ''), reason, period)
                DO UPDATE SET attempts = r.attempts + 1, last_at = greatest(r.last_at, excluded.last_at);
        END $$;
        REVOKE ALL ON FUNCTION note_refusal(text, text, text, bigint, text, timestamptz, inet, text) FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION note_refusal(text, text, text, bigint, text, timestamptz, inet, text) TO {WEB};
        """
    )


def _known_tags() -> None:
    """Words that staff think of may tell of a customer: somebody knows those of the channels, and those that customers
    carry whom they know by more than their name. With the owner's rights: a policy would be asked for each row."""
    carried = "SELECT t.tag_id FROM conversation c JOIN contact_tag t ON t.contact_id = c.contact_id"
    op.execute(
        f"""
        CREATE FUNCTION known_tags() RETURNS TABLE (id bigint)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT g.id FROM tag g WHERE current_setting('app.scope', true) = 'all'
            UNION
            SELECT g.id FROM tag g JOIN channel_tag o ON o.name = g.name
            WHERE {ME} IS NOT NULL
            UNION {carried} WHERE c.custodian_id = ANY {STAFF}
            UNION {carried} WHERE c.assignee_id = ANY {STAFF}
            UNION {carried} WHERE c.account_id = ANY {HELD}
            UNION {carried} JOIN conversation_grant s ON s.conversation_id = c.id
            WHERE s.staff_id = ANY {STAFF} AND s.kind = 'share' AND s.revoked_at IS NULL
                AND s.until > nullif(current_setting('app.at', true), '')::timestamptz
        $$;
        REVOKE ALL ON FUNCTION known_tags() FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION known_tags() TO {WEB};
        """
    )
