"""Walls: what each role may touch, which rows an actor sees, what nobody may change."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
GATEWAY = "sokhach_gateway"

# The one visibility predicate, on a row of `conversation` called {c}. The settings are read once a statement
# (sub-select), and only leakproof operators stand outside them, so that indexes stay usable under row-level security.
SEES = """(
    (SELECT current_setting('app.scope', true)) = 'all'
    OR {c}.custodian_id = ANY ((SELECT nullif(current_setting('app.scope_staff', true), '')::bigint[])::bigint[])
    OR {c}.assignee_id = ANY ((SELECT nullif(current_setting('app.scope_staff', true), '')::bigint[])::bigint[])
    OR ({c}.custodian_id IS NULL AND {c}.assignee_id IS NULL
        AND (SELECT current_setting('app.scope', true)) IN ('own', 'staff'))
)"""
IS_ADMIN = "(SELECT current_setting('app.role', true)) = 'admin'"
SIGNED_IN = "(SELECT nullif(current_setting('app.staff_id', true), '')) IS NOT NULL"

# table: the predicate that leads from a row of it to a visible conversation
THROUGH_CONVERSATION = ("conversation_participant", "episode", "resolution", "turn", "message", "delivery", "outbox")


def upgrade() -> None:
    op.execute("INSERT INTO clock (id, offset_seconds) VALUES (1, 0)")
    op.execute("INSERT INTO realtime_position (id, position) VALUES (1, 0)")
    _grants()
    _policies()
    _reading()
    _triggers()
    _storage()


def _grants() -> None:
    op.execute(f"GRANT USAGE ON SCHEMA public TO {WEB}, {GATEWAY}")
    op.execute(
        f"""
        GRANT SELECT ON clock, realtime_event, realtime_position, alembic_version, team, staff, staff_credential,
            staff_team, session, setup_code, sign_in_attempt, channel_account, channel_tally, contact, contact_identity,
            conversation, conversation_participant, episode, resolution, turn, delivery, outbox, quarantine,
            message_alias TO {WEB};
        GRANT INSERT ON realtime_event, event_retry, staff, staff_credential, staff_team, session, sign_in_attempt,
            resolution, delivery, outbox, message, message_alias,
            episode, turn TO {WEB};
        GRANT UPDATE ON staff, staff_credential, session, conversation, episode, resolution, turn, delivery, outbox
            TO {WEB};
        GRANT DELETE ON session, setup_code, episode, turn TO {WEB};
        GRANT USAGE ON SEQUENCE message_id_seq, episode_id_seq, turn_id_seq TO {WEB};
        GRANT SELECT (id, conversation_id, external_id, direction, author_kind, author_identity_id, author_staff_id,
            author_external_id, kind, quoted_external_id, sent_at, received_at, leaf) ON message TO {WEB};
        GRANT INSERT ON journal TO {GATEWAY};
        GRANT USAGE ON SEQUENCE journal_id_seq TO {GATEWAY};
        """
    )


def _policies() -> None:
    """`journal` and `journal_pending` have no policy: the web role has no right to them at all, and the gateway's COPY
    is not possible under row-level security."""
    for table in (
        "conversation",
        "contact",
        "contact_identity",
        "message_alias",
        "message_receipt",
        "access_log",
        "quarantine",
        "profile_request",
        "event_retry",
        *THROUGH_CONVERSATION,
    ):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY sees ON conversation TO {WEB} USING ({SEES.format(c='conversation')})")
    for table in THROUGH_CONVERSATION:
        op.execute(
            f"CREATE POLICY sees ON {table} TO {WEB} USING"
            f" (EXISTS (SELECT FROM conversation c WHERE c.id = {table}.conversation_id))"
        )
    op.execute(
        f"CREATE POLICY sees ON contact TO {WEB} USING"
        " (EXISTS (SELECT FROM conversation c WHERE c.contact_id = contact.id))"
    )
    op.execute(
        f"CREATE POLICY sees ON contact_identity TO {WEB} USING"
        " (EXISTS (SELECT FROM conversation c WHERE c.contact_id = contact_identity.contact_id))"
    )
    op.execute(
        f"CREATE POLICY sees ON message_alias TO {WEB} USING"
        " (EXISTS (SELECT FROM message m WHERE m.id = message_alias.message_id))"
    )
    op.execute(f"CREATE POLICY sees ON quarantine TO {WEB} USING ({IS_ADMIN})")
    op.execute(f"CREATE POLICY appends ON event_retry FOR INSERT TO {WEB} WITH CHECK ({SIGNED_IN})")


def _reading() -> None:
    """Bodies leave the store for a person through `read_messages` only, which writes down who read."""
    sees = SEES.format(c="c")
    op.execute(
        f"""
        CREATE FUNCTION read_messages(wanted bigint[], at timestamptz)
        RETURNS TABLE (id bigint, body text, content jsonb)
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        BEGIN
            INSERT INTO access_log (staff_id, conversation_id, period, read_at)
            SELECT DISTINCT current_setting('app.staff_id')::bigint, c.id,
                date_bin('5 minutes', at, timestamptz '2020-01-01 00:00:00+00'), at
            FROM message m JOIN conversation c ON c.id = m.conversation_id
            WHERE m.id = ANY (wanted) AND {sees}
            ON CONFLICT DO NOTHING;
            RETURN QUERY
            SELECT m.id, m.body, m.content
            FROM message m JOIN conversation c ON c.id = m.conversation_id
            WHERE m.id = ANY (wanted) AND {sees};
        END $$;

        -- One line each for a list: what a person may list, they may preview. Opening is what counts as reading.
        CREATE FUNCTION preview_messages(wanted bigint[])
        RETURNS TABLE (id bigint, preview text)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT m.id, left(m.body, 200)
            FROM message m JOIN conversation c ON c.id = m.conversation_id
            WHERE m.id = ANY (wanted) AND {sees}
        $$;

        -- The page of the quarantine shows a size; the payload itself stays in the journal.
        CREATE FUNCTION journal_sizes(wanted bigint[])
        RETURNS TABLE (id bigint, size_bytes integer)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT j.id, octet_length(j.payload) FROM journal j WHERE j.id = ANY (wanted) AND {IS_ADMIN}
        $$;

        -- An admin asks for quarantined payloads to be applied again. Returns how many.
        CREATE FUNCTION retry_quarantine(wanted bigint[])
        RETURNS bigint
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            WITH again AS (
                INSERT INTO journal_pending (lane, journal_id, account_id)
                SELECT j.lane, j.id, j.account_id FROM quarantine q JOIN journal j ON j.id = q.journal_id
                WHERE q.resolved_at IS NULL AND (wanted IS NULL OR q.id = ANY (wanted)) AND {IS_ADMIN}
                ON CONFLICT DO NOTHING RETURNING 1
            ) SELECT count(*) FROM again
        $$;

        -- Numbers only, for the page of channel accounts.
        CREATE FUNCTION pending_by_account()
        RETURNS TABLE (account_id bigint, pending bigint)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT p.account_id, count(*) FROM journal_pending p WHERE {SIGNED_IN} GROUP BY 1
        $$;
        """
    )
    for function in (
        "read_messages(bigint[], timestamptz)",
        "preview_messages(bigint[])",
        "journal_sizes(bigint[])",
        "retry_quarantine(bigint[])",
        "pending_by_account()",
    ):
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {function} TO {WEB}")


def _triggers() -> None:
    op.execute(
        """
        CREATE FUNCTION journal_becomes_pending() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        BEGIN
            INSERT INTO journal_pending (lane, journal_id, account_id) SELECT lane, id, account_id FROM added;
            RETURN NULL;
        END $$;
        CREATE TRIGGER becomes_pending AFTER INSERT ON journal REFERENCING NEW TABLE AS added
            FOR EACH STATEMENT EXECUTE FUNCTION journal_becomes_pending();

        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON message
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON journal
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

        -- A direct conversation has the custodian of its contact, always.
        CREATE FUNCTION custodian_follows_contact() RETURNS trigger
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        BEGIN
            UPDATE conversation SET custodian_id = NEW.custodian_id
            WHERE contact_id = NEW.id AND kind = 'direct' AND custodian_id IS DISTINCT FROM NEW.custodian_id;
            RETURN NULL;
        END $$;
        CREATE TRIGGER custodian_follows AFTER UPDATE OF custodian_id ON contact
            FOR EACH ROW WHEN (OLD.custodian_id IS DISTINCT FROM NEW.custodian_id)
            EXECUTE FUNCTION custodian_follows_contact();
        """
    )


def _storage() -> None:
    """Queues live on a few hot pages: vacuum them early, and leave room for updates in place."""
    for queue in ("journal_pending", "outbox", "realtime_event"):
        op.execute(f"ALTER TABLE {queue} SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)")
    for table in ("conversation", "delivery", "episode", "turn"):
        op.execute(f"ALTER TABLE {table} SET (fillfactor = 80)")
    op.execute("ALTER TABLE message ALTER COLUMN salt SET STORAGE PLAIN, ALTER COLUMN leaf SET STORAGE PLAIN")
