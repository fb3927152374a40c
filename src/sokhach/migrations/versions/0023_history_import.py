"""Conversations of before, imported from files."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
IS_ADMIN = "(SELECT current_setting('app.role', true)) = 'admin'"
DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp AS $$"


def upgrade() -> None:
    _tables()
    _walls()
    _append_only()
    _giving_way()
    _left_alone()
    _undoing()


def _tables() -> None:
    op.execute(
        """
        CREATE TABLE history_import (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_history_import PRIMARY KEY,
            state text NOT NULL CONSTRAINT ck_history_import_state CHECK (state IN ('uploaded', 'checking', 'checked',
                'running', 'done', 'failed', 'undoing', 'undone', 'discarded')),
            reason text,
            name text NOT NULL,
            size_bytes bigint NOT NULL,
            storage_key text,
            form jsonb NOT NULL,
            head jsonb NOT NULL,
            mapping jsonb,
            account_id bigint CONSTRAINT fk_history_import_account_id_channel_account
                REFERENCES channel_account (id) ON DELETE SET NULL,
            custodian_id bigint CONSTRAINT fk_history_import_custodian_id_staff
                REFERENCES staff (id) ON DELETE SET NULL,
            position bigint NOT NULL,
            line bigint NOT NULL,
            found jsonb NOT NULL,
            preview jsonb,
            faults jsonb NOT NULL,
            sample jsonb NOT NULL,
            created_by bigint CONSTRAINT fk_history_import_created_by_staff REFERENCES staff (id) ON DELETE SET NULL,
            created_at timestamptz NOT NULL,
            started_at timestamptz,
            ended_at timestamptz,
            undone_by bigint CONSTRAINT fk_history_import_undone_by_staff REFERENCES staff (id) ON DELETE SET NULL,
            undone_at timestamptz,
            undone jsonb
        );
        CREATE INDEX ix_history_import_under_way ON history_import (id)
            WHERE state IN ('checking', 'running', 'undoing');
        CREATE INDEX ix_history_import_account_id ON history_import (account_id);

        ALTER TABLE message ADD COLUMN import_id bigint;

        CREATE TABLE message_import (
            message_id bigint NOT NULL CONSTRAINT pk_message_import PRIMARY KEY
                CONSTRAINT fk_message_import_message_id_message REFERENCES message (id) ON DELETE CASCADE,
            import_id bigint NOT NULL CONSTRAINT fk_message_import_import_id_history_import
                REFERENCES history_import (id),
            line bigint NOT NULL,
            conversation_id bigint NOT NULL,
            external_id text,
            whole_minute boolean NOT NULL,
            twin_id bigint
        );
        CREATE UNIQUE INDEX uq_message_import_import_id_line ON message_import (import_id, line);
        CREATE INDEX ix_message_import_conversation_id_external_id ON message_import (conversation_id, external_id);

        CREATE TABLE import_made (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_import_made PRIMARY KEY,
            import_id bigint NOT NULL CONSTRAINT fk_import_made_import_id_history_import REFERENCES history_import (id),
            conversation_id bigint CONSTRAINT fk_import_made_conversation_id_conversation
                REFERENCES conversation (id) ON DELETE CASCADE,
            contact_id bigint CONSTRAINT fk_import_made_contact_id_contact REFERENCES contact (id) ON DELETE CASCADE,
            identity_id bigint CONSTRAINT fk_import_made_identity_id_contact_identity
                REFERENCES contact_identity (id) ON DELETE CASCADE,
            CONSTRAINT ck_import_made_one CHECK (num_nonnulls(conversation_id, contact_id, identity_id) = 1)
        );
        CREATE INDEX ix_import_made_import_id ON import_made (import_id);
        CREATE UNIQUE INDEX uq_import_made_conversation_id ON import_made (conversation_id);
        CREATE UNIQUE INDEX uq_import_made_contact_id ON import_made (contact_id);
        CREATE UNIQUE INDEX uq_import_made_identity_id ON import_made (identity_id);

        CREATE TABLE history_import_seen (
            import_id bigint NOT NULL CONSTRAINT fk_history_import_seen_import_id_history_import
                REFERENCES history_import (id),
            key bytea NOT NULL,
            CONSTRAINT pk_history_import_seen PRIMARY KEY (import_id, key)
        );

        CREATE INDEX ix_contact_identity_phone ON contact_identity (external_id) WHERE kind = 'phone';
        CREATE INDEX ix_contact_name_folded ON contact (name_folded);
        """
    )


def _walls() -> None:
    """Only administrators; what was made by which import nobody of the web needs to know."""
    op.execute(
        f"""
        GRANT SELECT (import_id) ON message TO {WEB};
        ALTER TABLE history_import ENABLE ROW LEVEL SECURITY;
        ALTER TABLE message_import ENABLE ROW LEVEL SECURITY;
        ALTER TABLE import_made ENABLE ROW LEVEL SECURITY;
        ALTER TABLE history_import_seen ENABLE ROW LEVEL SECURITY;
        GRANT SELECT, INSERT, UPDATE ON history_import TO {WEB};
        CREATE POLICY manages ON history_import TO {WEB} USING ({IS_ADMIN}) WITH CHECK ({IS_ADMIN});
        """
    )


def _append_only() -> None:
    """A message of an import may be deleted while that import is undone, or when its channel has told it by itself; all
    others as before."""
    op.execute(
        """
        CREATE FUNCTION refuse_deletion_of_imported() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT FROM history_import h WHERE h.id = OLD.import_id AND h.state = 'undoing')
                OR EXISTS (SELECT FROM message_import i WHERE i.message_id = OLD.id AND i.twin_id IS NOT NULL)
                OR EXISTS (SELECT FROM demo d JOIN conversation c ON c.account_id = ANY (d.account_ids)
                    WHERE d.state = 'clearing' AND c.id = OLD.conversation_id)
            THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$;
        DROP TRIGGER append_only_rows ON message;
        CREATE TRIGGER append_only_rows BEFORE DELETE ON message
            FOR EACH ROW WHEN (OLD.import_id IS NULL) EXECUTE FUNCTION refuse_deletion();
        CREATE TRIGGER imported_rows BEFORE DELETE ON message
            FOR EACH ROW WHEN (OLD.import_id IS NOT NULL) EXECUTE FUNCTION refuse_deletion_of_imported();
        """
    )


def _giving_way() -> None:
    op.execute(
        f"""
        -- Takes imported messages out of conversations that the caller holds: what lists show is set right.
        CREATE FUNCTION take_imported(wanted bigint[]) RETURNS void LANGUAGE plpgsql VOLATILE {DEFINER}
        DECLARE
            gone jsonb;
        BEGIN
            SELECT jsonb_object_agg(c.conversation_id, c.count) INTO gone FROM (
                SELECT m.conversation_id, count(*) AS count FROM message m
                WHERE m.id = ANY (wanted) AND m.import_id IS NOT NULL GROUP BY 1
            ) AS c;
            DELETE FROM message WHERE id = ANY (wanted) AND import_id IS NOT NULL;
            UPDATE conversation c SET
                message_count = c.message_count - (gone ->> c.id::text)::integer,
                last_message_id = last.id,
                last_message_at = coalesce(last.sent_at, c.created_at)
            FROM conversation o LEFT JOIN LATERAL (
                SELECT m.id, m.sent_at FROM message m WHERE m.conversation_id = o.id
                ORDER BY m.sent_at DESC, m.id DESC LIMIT 1
            ) AS last ON true
            WHERE o.id = c.id AND c.id IN (SELECT key::bigint FROM jsonb_object_keys(gone) AS key);
        END $$;

        -- Their channel has told them by itself: pairs of an imported message and the one that stands for it now.
        CREATE FUNCTION give_way(imported bigint[], twins bigint[]) RETURNS void LANGUAGE plpgsql VOLATILE {DEFINER}
        BEGIN
            UPDATE message_import i SET twin_id = r.twin
            FROM unnest(imported, twins) AS r (message, twin)
            JOIN message m ON m.id = r.twin AND m.import_id IS NULL
            WHERE i.message_id = r.message AND i.conversation_id = m.conversation_id;
            PERFORM take_imported(ARRAY(
                SELECT i.message_id FROM message_import i
                WHERE i.message_id = ANY (imported) AND i.twin_id IS NOT NULL
            ));
        END $$;
        REVOKE ALL ON FUNCTION take_imported(bigint[]), give_way(bigint[], bigint[]) FROM PUBLIC;
        """
    )


def _left_alone() -> None:
    """Whether only imports had to do with something. Having been looked at is no more than that."""
    op.execute(
        f"""
        -- `wanted`: the import whose messages do not count; null when they are gone.
        CREATE FUNCTION only_imported(of_conversation bigint, wanted bigint) RETURNS boolean
        LANGUAGE sql STABLE {DEFINER}
            SELECT EXISTS (SELECT FROM import_made i WHERE i.conversation_id = of_conversation)
                AND NOT EXISTS (SELECT FROM message m WHERE m.conversation_id = of_conversation
                    AND m.import_id IS DISTINCT FROM wanted)
                AND NOT EXISTS (SELECT FROM note n WHERE n.conversation_id = of_conversation)
                AND NOT EXISTS (SELECT FROM custody_change h WHERE h.conversation_id = of_conversation)
                AND NOT EXISTS (SELECT FROM conversation_grant g WHERE g.conversation_id = of_conversation)
                AND NOT EXISTS (SELECT FROM episode e WHERE e.conversation_id = of_conversation)
                AND NOT EXISTS (SELECT FROM resolution r WHERE r.conversation_id = of_conversation)
                AND NOT EXISTS (SELECT FROM media f WHERE f.conversation_id = of_conversation)
        $$;
        CREATE FUNCTION only_imported_contact(of_contact bigint) RETURNS boolean LANGUAGE sql STABLE {DEFINER}
            SELECT EXISTS (SELECT FROM import_made i WHERE i.contact_id = of_contact)
                AND NOT EXISTS (SELECT FROM custody_change h WHERE h.contact_id = of_contact)
                AND NOT EXISTS (SELECT FROM contact_tag t WHERE t.contact_id = of_contact)
                AND NOT EXISTS (SELECT FROM privacy_request p WHERE p.contact_id = of_contact)
                AND NOT EXISTS (
                    SELECT FROM contact_identity i WHERE i.contact_id = of_contact AND (
                        NOT EXISTS (SELECT FROM import_made m WHERE m.identity_id = i.id)
                        OR i.profiled_at IS NOT NULL OR i.following IS NOT NULL OR i.details IS NOT NULL
                        OR EXISTS (SELECT FROM conversation_participant p WHERE p.identity_id = i.id)
                    )
                )
        $$;
        REVOKE ALL ON FUNCTION only_imported(bigint, bigint), only_imported_contact(bigint) FROM PUBLIC;

        -- What undoing would take, and what it would leave.
        CREATE FUNCTION import_to_undo(wanted bigint)
        RETURNS TABLE (messages bigint, conversations bigint, contacts bigint, conversations_kept bigint,
            contacts_kept bigint)
        LANGUAGE sql STABLE {DEFINER}
            WITH thread AS MATERIALIZED (
                SELECT i.conversation_id AS id, only_imported(i.conversation_id, wanted) AS goes
                FROM import_made i WHERE i.import_id = wanted AND i.conversation_id IS NOT NULL
            ), person AS MATERIALIZED (
                SELECT i.contact_id AS id, only_imported_contact(i.contact_id) AND NOT EXISTS (
                    SELECT FROM conversation c WHERE c.contact_id = i.contact_id
                        AND NOT EXISTS (SELECT FROM thread t WHERE t.id = c.id AND t.goes)
                ) AS goes FROM import_made i WHERE i.import_id = wanted AND i.contact_id IS NOT NULL
            )
            SELECT (SELECT count(*) FROM message_import i WHERE i.import_id = wanted),
                (SELECT count(*) FROM thread WHERE goes), (SELECT count(*) FROM person WHERE goes),
                (SELECT count(*) FROM thread WHERE NOT goes), (SELECT count(*) FROM person WHERE NOT goes)
            WHERE {IS_ADMIN}
        $$;
        REVOKE ALL ON FUNCTION import_to_undo(bigint) FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION import_to_undo(bigint) TO {WEB};
        """
    )


def _undoing() -> None:
    """The one way in which messages of an import leave the store; a bite at a time, for whoever holds the import."""
    op.execute(
        f"""
        CREATE FUNCTION undo_import(wanted bigint, size integer)
        RETURNS TABLE (messages integer, conversations integer, contacts integer)
        LANGUAGE plpgsql VOLATILE {DEFINER}
        DECLARE
            ids bigint[];
            one bigint;
        BEGIN
            messages := 0; conversations := 0; contacts := 0;
            IF NOT EXISTS (SELECT FROM history_import h WHERE h.id = wanted AND h.state = 'undoing') THEN
                RETURN;
            END IF;
            ids := ARRAY(
                SELECT i.message_id FROM message_import i WHERE i.import_id = wanted ORDER BY i.line LIMIT size
            );
            IF cardinality(ids) > 0 THEN
                PERFORM FROM conversation c WHERE c.id IN (
                    SELECT i.conversation_id FROM message_import i WHERE i.message_id = ANY (ids)
                ) ORDER BY c.id FOR NO KEY UPDATE;
                PERFORM take_imported(ids);
                messages := cardinality(ids);
                RETURN NEXT;
                RETURN;
            END IF;
            FOR one IN SELECT i.conversation_id FROM import_made i
                WHERE i.import_id = wanted AND i.conversation_id IS NOT NULL ORDER BY 1 LIMIT size
            LOOP
                conversations := conversations + forget_conversation(one, wanted);
            END LOOP;
            IF FOUND THEN
                RETURN NEXT;
                RETURN;
            END IF;
            FOR one IN SELECT i.contact_id FROM import_made i
                WHERE i.import_id = wanted AND i.contact_id IS NOT NULL ORDER BY 1 LIMIT size
            LOOP
                contacts := contacts + forget_contact(one, wanted);
            END LOOP;
            IF FOUND THEN
                RETURN NEXT;
                RETURN;
            END IF;
            DELETE FROM import_made i WHERE i.import_id = wanted;
        END $$;

        -- 1 when it is gone. One that stays is of another import that has messages in it, or of none any more; then it
        -- began with what was not imported.
        CREATE FUNCTION forget_conversation(one bigint, wanted bigint) RETURNS integer
        LANGUAGE plpgsql VOLATILE {DEFINER}
        DECLARE
            heir bigint;
        BEGIN
            PERFORM FROM conversation c WHERE c.id = one FOR UPDATE;
            IF only_imported(one, NULL) THEN
                BEGIN
                    DELETE FROM access_log WHERE conversation_id = one;
                    DELETE FROM access_refusal WHERE conversation_id = one;
                    DELETE FROM conversation_participant WHERE conversation_id = one;
                    DELETE FROM realtime_event WHERE conversation_id = one;
                    DELETE FROM conversation WHERE id = one;
                    RETURN 1;
                EXCEPTION WHEN foreign_key_violation THEN
                    NULL; -- Something has to do with it of which this function does not know: it stays.
                END;
            END IF;
            SELECT min(i.import_id) INTO heir FROM message_import i WHERE i.conversation_id = one;
            IF heir IS NULL THEN
                DELETE FROM import_made i WHERE i.conversation_id = one;
            ELSE
                UPDATE import_made i SET import_id = heir WHERE i.conversation_id = one;
            END IF;
            UPDATE conversation c SET created_at = first.at
            FROM (SELECT min(m.sent_at) AS at FROM message m WHERE m.conversation_id = one) AS first
            WHERE c.id = one AND first.at IS NOT NULL;
            UPDATE contact_identity i SET first_seen_at = c.created_at
            FROM conversation c, import_made m
            WHERE c.id = one AND i.account_id = c.account_id AND i.external_id = c.thread_key AND i.kind = 'channel'
                AND m.identity_id = i.id;
            RETURN 0;
        END $$;

        CREATE FUNCTION forget_contact(one bigint, wanted bigint) RETURNS integer
        LANGUAGE plpgsql VOLATILE {DEFINER}
        DECLARE
            heir bigint;
        BEGIN
            PERFORM FROM contact k WHERE k.id = one FOR UPDATE;
            IF only_imported_contact(one) AND NOT EXISTS (SELECT FROM conversation c WHERE c.contact_id = one) THEN
                BEGIN
                    DELETE FROM access_refusal WHERE contact_id = one;
                    DELETE FROM contact_identity WHERE contact_id = one;
                    DELETE FROM contact WHERE id = one;
                    RETURN 1;
                EXCEPTION WHEN foreign_key_violation THEN
                    NULL;
                END;
            END IF;
            SELECT min(i.import_id) INTO heir FROM import_made i JOIN conversation c ON c.id = i.conversation_id
            WHERE c.contact_id = one AND i.import_id <> wanted;
            IF heir IS NULL THEN
                DELETE FROM import_made i WHERE i.contact_id = one
                    OR i.identity_id IN (SELECT k.id FROM contact_identity k WHERE k.contact_id = one);
            ELSE
                UPDATE import_made i SET import_id = heir WHERE i.contact_id = one
                    OR i.identity_id IN (SELECT k.id FROM contact_identity k WHERE k.contact_id = one);
            END IF;
            RETURN 0;
        END $$;
        REVOKE ALL ON FUNCTION undo_import(bigint, integer), forget_conversation(bigint, bigint),
            forget_contact(bigint, bigint) FROM PUBLIC;
        """
    )
