"""Who has whom in their care, and what colleagues note among themselves."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
ROLE = "(SELECT current_setting('app.role', true))"
SCOPE = "(SELECT current_setting('app.scope', true))"
ME = "(SELECT nullif(current_setting('app.staff_id', true), '')::bigint)"
STAFF, HELD, POOLS = (
    f"((SELECT nullif(current_setting('app.{name}', true), '')::bigint[])::bigint[])"
    for name in ("scope_staff", "held_accounts", "pool_accounts")
)
SERVES = f"{ROLE} IN ('staff', 'lead', 'manager', 'admin')"
LEADS = f"{ROLE} IN ('lead', 'manager', 'admin')"
# Of a conversation, all that the web role itself changes: never in whose care it is.
CHANGED_BY_WEB = (
    "created_at, last_message_at, last_message_id, last_inbound_at, message_count, unread_count, read_at,"
    " waiting_since, episode_open, progressed_at"
)
DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp AS $$"


def upgrade() -> None:
    _tables()
    _walls()
    _append_only()
    _following()
    _moving()
    _transferring()
    _claiming()
    _assigning()
    _sharing()
    _noting()


def _tables() -> None:
    op.execute(
        """
        CREATE TABLE custody_change (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_custody_change PRIMARY KEY,
            contact_id bigint CONSTRAINT fk_custody_change_contact_id_contact REFERENCES contact (id),
            conversation_id bigint CONSTRAINT fk_custody_change_conversation_id_conversation
                REFERENCES conversation (id),
            kind text NOT NULL CONSTRAINT ck_custody_change_kind CHECK (kind IN ('transfer', 'claim', 'assign')),
            from_id bigint CONSTRAINT fk_custody_change_from_id_staff REFERENCES staff (id),
            to_id bigint CONSTRAINT fk_custody_change_to_id_staff REFERENCES staff (id),
            by_id bigint CONSTRAINT fk_custody_change_by_id_staff REFERENCES staff (id),
            at timestamptz NOT NULL,
            note text NOT NULL,
            CONSTRAINT ck_custody_change_of_one CHECK ((contact_id IS NULL) <> (conversation_id IS NULL)),
            CONSTRAINT ck_custody_change_assign CHECK (kind <> 'assign' OR conversation_id IS NOT NULL)
        );
        CREATE INDEX ix_custody_change_contact_id_at ON custody_change (contact_id, at DESC, id DESC)
            WHERE contact_id IS NOT NULL;
        CREATE INDEX ix_custody_change_conversation_id_at ON custody_change (conversation_id, at DESC, id DESC)
            WHERE conversation_id IS NOT NULL;

        CREATE TABLE note (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_note PRIMARY KEY,
            conversation_id bigint NOT NULL CONSTRAINT fk_note_conversation_id_conversation
                REFERENCES conversation (id),
            author_id bigint NOT NULL CONSTRAINT fk_note_author_id_staff REFERENCES staff (id),
            text text NOT NULL,
            created_at timestamptz NOT NULL,
            deleted_at timestamptz,
            deleted_by bigint CONSTRAINT fk_note_deleted_by_staff REFERENCES staff (id),
            CONSTRAINT ck_note_deleted CHECK ((deleted_at IS NULL) = (deleted_by IS NULL))
        );
        CREATE INDEX ix_note_conversation_id_created_at_id ON note (conversation_id, created_at, id);

        CREATE TABLE note_mention (
            note_id bigint NOT NULL CONSTRAINT fk_note_mention_note_id_note REFERENCES note (id),
            staff_id bigint NOT NULL CONSTRAINT fk_note_mention_staff_id_staff REFERENCES staff (id),
            CONSTRAINT pk_note_mention PRIMARY KEY (note_id, staff_id)
        );
        """
    )


def _walls() -> None:
    """Whose a customer is and who sees them because of that, functions decide: the web role itself may not write it."""
    op.execute(
        f"""
        ALTER TABLE custody_change ENABLE ROW LEVEL SECURITY;
        ALTER TABLE note ENABLE ROW LEVEL SECURITY;
        ALTER TABLE note_mention ENABLE ROW LEVEL SECURITY;
        GRANT SELECT ON custody_change, note_mention TO {WEB};
        GRANT SELECT (id, conversation_id, author_id, created_at, deleted_at, deleted_by) ON note TO {WEB};
        CREATE POLICY sees ON custody_change TO {WEB}
            USING (contact_level(contact_id) = 'full' OR conversation_level(conversation_id) = 'full');
        CREATE POLICY sees ON note TO {WEB}
            USING (EXISTS (SELECT FROM conversation c WHERE c.id = note.conversation_id));
        CREATE POLICY sees ON note_mention TO {WEB}
            USING (EXISTS (SELECT FROM note n WHERE n.id = note_mention.note_id));

        REVOKE UPDATE ON conversation FROM {WEB};
        GRANT UPDATE ({CHANGED_BY_WEB}) ON conversation TO {WEB};
        REVOKE INSERT, UPDATE ON conversation_grant FROM {WEB};
        """
    )


def _append_only() -> None:
    """But for rows of a demo that is being cleared."""
    op.execute(
        """
        CREATE FUNCTION refuse_deletion_of_custody() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            of_contact bigint;
            of_conversation bigint;
        BEGIN
            of_conversation := OLD.conversation_id;
            IF TG_TABLE_NAME = 'custody_change' THEN
                of_contact := OLD.contact_id;
            END IF;
            IF EXISTS (
                SELECT FROM demo d JOIN conversation c ON c.account_id = ANY (d.account_ids)
                WHERE d.state = 'clearing' AND (c.id = of_conversation OR c.contact_id = of_contact)
            ) THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$;

        CREATE FUNCTION refuse_other_words() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.deleted_at IS NOT NULL
                OR (NEW.id, NEW.conversation_id, NEW.author_id, NEW.text, NEW.created_at)
                    IS DISTINCT FROM (OLD.id, OLD.conversation_id, OLD.author_id, OLD.text, OLD.created_at)
            THEN
                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$;

        CREATE TRIGGER append_only BEFORE UPDATE ON custody_change
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER append_only BEFORE UPDATE ON note FOR EACH ROW EXECUTE FUNCTION refuse_other_words();
        CREATE TRIGGER append_only_rows BEFORE DELETE ON custody_change
            FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_custody();
        CREATE TRIGGER append_only_rows BEFORE DELETE ON note
            FOR EACH ROW EXECUTE FUNCTION refuse_deletion_of_custody();
        """
    )


def _following() -> None:
    """A conversation that begins while its customer moves: whoever comes second waits, and reads what the first
    wrote."""
    op.execute(
        f"""
        CREATE FUNCTION custodian_of_contact() RETURNS trigger LANGUAGE plpgsql {DEFINER}
        BEGIN
            SELECT k.custodian_id INTO NEW.custodian_id FROM contact k WHERE k.id = NEW.contact_id FOR SHARE;
            RETURN NEW;
        END $$;
        CREATE TRIGGER custodian_of_contact BEFORE INSERT ON conversation
            FOR EACH ROW WHEN (NEW.kind = 'direct') EXECUTE FUNCTION custodian_of_contact();
        """
    )


def _moving() -> None:
    """What the verbs share. They answer with {outcome, id, before, after, holder, moved}: `moved` are conversations
    with who lost them (`lost_by`), and the account in whose pool they were (`pool`)."""
    op.execute(
        f"""
        -- Whether the actor may give somebody to `heir`: done, or why not.
        CREATE FUNCTION custody_heir(heir bigint) RETURNS text LANGUAGE plpgsql VOLATILE {DEFINER}
        DECLARE
            found record;
        BEGIN
            IF heir IS NULL THEN
                RETURN 'done';
            END IF;
            SELECT s.role, s.suspended_at INTO found FROM staff s WHERE s.id = heir FOR SHARE;
            IF found IS NULL OR found.suspended_at IS NOT NULL OR found.role = 'auditor' THEN
                RETURN 'staff-inactive';
            END IF;
            RETURN CASE WHEN {SCOPE} = 'all' OR heir = ANY {STAFF} THEN 'done' ELSE 'out-of-reach' END;
        END $$;

        -- Conversations first, in the order in which everybody holds them; then the customer.
        CREATE FUNCTION custody_hold(of_contact bigint) RETURNS void LANGUAGE plpgsql VOLATILE {DEFINER}
        BEGIN
            PERFORM FROM conversation c WHERE c.contact_id = of_contact AND c.kind = 'direct'
            ORDER BY c.id FOR NO KEY UPDATE;
            PERFORM FROM contact k WHERE k.id = of_contact FOR NO KEY UPDATE;
        END $$;

        -- Of a customer, or of a group; the caller holds them. Whoever had them keeps nothing that they were let see.
        CREATE FUNCTION custody_move(
            of_contact bigint, of_conversation bigint, heir bigint, how text, words text, at timestamptz
        ) RETURNS jsonb LANGUAGE plpgsql VOLATILE {DEFINER}
        DECLARE
            ids bigint[];
            old bigint;
            moved jsonb;
        BEGIN
            IF of_contact IS NULL THEN
                ids := ARRAY[of_conversation];
                SELECT c.custodian_id INTO old FROM conversation c WHERE c.id = of_conversation;
            ELSE
                ids := ARRAY(SELECT c.id FROM conversation c WHERE c.contact_id = of_contact AND c.kind = 'direct');
                SELECT k.custodian_id INTO old FROM contact k WHERE k.id = of_contact;
            END IF;
            IF old IS NOT DISTINCT FROM heir THEN
                RETURN jsonb_build_object('outcome', 'unchanged');
            END IF;
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'conversation_id', c.id,
                'lost_by', CASE WHEN old IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(old) END,
                'pool', CASE WHEN c.custodian_id IS NULL AND c.assignee_id IS NULL THEN c.account_id END
            ) ORDER BY c.id), '[]') INTO moved FROM conversation c WHERE c.id = ANY (ids);
            INSERT INTO custody_change (contact_id, conversation_id, kind, from_id, to_id, by_id, at, note)
            VALUES (of_contact, of_conversation, how, old, heir, {ME}, at, words);
            IF of_contact IS NULL THEN
                UPDATE conversation SET custodian_id = heir WHERE id = of_conversation;
            ELSE
                UPDATE contact SET custodian_id = heir WHERE id = of_contact;
            END IF;
            IF old IS NOT NULL THEN
                WITH off AS (
                    UPDATE conversation SET assignee_id = NULL WHERE id = ANY (ids) AND assignee_id = old RETURNING id
                )
                INSERT INTO custody_change (conversation_id, kind, from_id, to_id, by_id, at, note)
                SELECT off.id, 'assign', old, NULL, {ME}, at, '' FROM off ORDER BY off.id;
                UPDATE conversation_grant SET revoked_at = at
                WHERE conversation_id = ANY (ids) AND staff_id = old AND revoked_at IS NULL;
            END IF;
            RETURN jsonb_build_object('outcome', 'done', 'before', old, 'after', heir, 'moved', moved);
        END $$;
        """
    )
    _close(
        "custody_heir(bigint)",
        "custody_hold(bigint)",
        "custody_move(bigint, bigint, bigint, text, text, timestamptz)",
    )


def _transferring() -> None:
    op.execute(
        f"""
        -- To somebody else's care, by whoever may: of what is held already, at the level of the actor.
        CREATE FUNCTION custody_give(of_contact bigint, of_conversation bigint, level text, heir bigint, words text,
            at timestamptz)
        RETURNS jsonb LANGUAGE plpgsql VOLATILE {DEFINER}
        DECLARE
            may text;
        BEGIN
            IF level IS NULL THEN
                RETURN jsonb_build_object('outcome', 'not-found');
            ELSIF level <> 'full' OR {LEADS} IS NOT TRUE THEN
                RETURN jsonb_build_object('outcome', 'not-permitted');
            END IF;
            may := custody_heir(heir);
            IF may <> 'done' THEN
                RETURN jsonb_build_object('outcome', may);
            END IF;
            RETURN custody_move(of_contact, of_conversation, heir, 'transfer', words, at);
        END $$;

        CREATE FUNCTION transfer_contact(wanted bigint, heir bigint, words text, at timestamptz)
        RETURNS jsonb LANGUAGE plpgsql VOLATILE {DEFINER}
        DECLARE
            level text := contact_level(wanted);
        BEGIN
            IF level IS NOT NULL THEN
                PERFORM custody_hold(wanted);
                level := contact_level(wanted);
            END IF;
            RETURN custody_give(wanted, NULL, level, heir, words, at);
        END $$;

        CREATE FUNCTION transfer_conversation(wanted bigint, heir bigint, words text, at timestamptz)
        RETURNS jsonb LANGUAGE plpgsql VOLATILE {DEFINER}
        DECLARE
            of_contact bigint := (SELECT c.contact_id FROM conversation c WHERE c.id = wanted AND c.kind = 'direct');
            level text := conversation_level(wanted);
        BEGIN
            IF level IS NOT NULL AND of_contact IS NOT NULL THEN
                RETURN transfer_contact(of_contact, heir, words, at);
            END IF;
            IF level IS NOT NULL THEN
                PERFORM FROM conversation c WHERE c.id = wanted FOR NO KEY UPDATE;
                level := conversation_level(wanted);
            END IF;
            RETURN custody_give(NULL, wanted, level, heir, words, at);
        END $$;
        """
    )
    _close("custody_give(bigint, bigint, text, bigint, text, timestamptz)")
    _allow(
        "transfer_contact(bigint, bigint, text, timestamptz)",
        "transfer_conversation(bigint, bigint, text, timestamptz)",
    )


def _claiming() -> None:
    """Whoever loses the race no longer sees the conversation, and is told that they were late, for a minute: their
    browser still showed it. Afterwards it is not there for them, as for everybody."""
    op.execute(
        f"""
        CREATE FUNCTION claim_conversation(wanted bigint, at timestamptz)
        RETURNS jsonb LANGUAGE plpgsql VOLATILE {DEFINER}
        DECLARE
            found record;
            seen boolean;
        BEGIN
            SELECT c.contact_id, c.kind INTO found FROM conversation c WHERE c.id = wanted;
            IF found IS NULL THEN
                RETURN jsonb_build_object('outcome', 'not-found');
            ELSIF {SERVES} IS NOT TRUE THEN
                RETURN jsonb_build_object('outcome', CASE WHEN conversation_level(wanted) IS NULL THEN 'not-found'
                    ELSE 'not-permitted' END);
            END IF;
            seen := conversation_level(wanted) IS NOT NULL;
            IF seen AND found.kind = 'direct' THEN
                PERFORM custody_hold(found.contact_id);
            ELSIF seen THEN
                PERFORM FROM conversation c WHERE c.id = wanted FOR NO KEY UPDATE;
            END IF;
            SELECT c.contact_id, c.kind, c.account_id, c.custodian_id, c.assignee_id, s.name AS holder INTO found
            FROM conversation c LEFT JOIN staff s ON s.id = coalesce(c.custodian_id, c.assignee_id)
            WHERE c.id = wanted;
            IF conversation_level(wanted) IS NULL THEN
                RETURN jsonb_build_object('outcome', CASE WHEN seen OR (
                    found.account_id = ANY {POOLS} AND {SCOPE} IN ('own', 'staff') AND EXISTS (
                        SELECT FROM custody_change h
                        WHERE h.kind = 'claim' AND h.at > claim_conversation.at - interval '1 minute'
                            AND (h.conversation_id = wanted
                                OR (found.kind = 'direct' AND h.contact_id = found.contact_id))
                    )
                ) THEN 'already-claimed' ELSE 'not-found' END);
            ELSIF found.custodian_id = {ME} THEN
                RETURN jsonb_build_object('outcome', 'unchanged');
            ELSIF found.custodian_id IS NOT NULL OR found.assignee_id <> {ME} THEN
                RETURN jsonb_build_object('outcome', 'already-claimed', 'holder', found.holder);
            ELSIF ({SCOPE} = 'all' OR found.assignee_id = {ME} OR found.account_id = ANY {POOLS}
                OR found.account_id = ANY {HELD}) IS NOT TRUE
            THEN
                RETURN jsonb_build_object('outcome', 'not-permitted');
            END IF;
            RETURN custody_move(CASE WHEN found.kind = 'direct' THEN found.contact_id END,
                CASE WHEN found.kind = 'group' THEN wanted END, {ME}, 'claim', '', at);
        END $$;
        """
    )
    _allow("claim_conversation(bigint, timestamptz)")


def _assigning() -> None:
    op.execute(
        f"""
        CREATE FUNCTION assign_conversation(wanted bigint, chosen bigint, at timestamptz)
        RETURNS jsonb LANGUAGE plpgsql VOLATILE {DEFINER}
        DECLARE
            found record;
            level text := conversation_level(wanted);
            may text := 'not-permitted';
        BEGIN
            IF level IS NOT NULL THEN
                PERFORM FROM conversation c WHERE c.id = wanted FOR NO KEY UPDATE;
                level := conversation_level(wanted);
            END IF;
            IF level IS NULL THEN
                RETURN jsonb_build_object('outcome', 'not-found');
            END IF;
            SELECT c.account_id, c.custodian_id, c.assignee_id INTO found FROM conversation c WHERE c.id = wanted;
            IF {LEADS} THEN
                IF level = 'full' OR coalesce(found.custodian_id, found.assignee_id) IS NULL
                    OR found.assignee_id = ANY {STAFF}
                THEN
                    may := custody_heir(chosen);
                END IF;
            ELSIF {SERVES} THEN
                IF (chosen = {ME} AND level = 'full')
                    OR (found.assignee_id = {ME} AND coalesce(chosen, {ME}) = {ME})
                THEN
                    may := 'done';
                END IF;
            END IF;
            IF may <> 'done' THEN
                RETURN jsonb_build_object('outcome', may);
            ELSIF found.assignee_id IS NOT DISTINCT FROM chosen THEN
                RETURN jsonb_build_object('outcome', 'unchanged');
            END IF;
            UPDATE conversation SET assignee_id = chosen WHERE id = wanted;
            INSERT INTO custody_change (conversation_id, kind, from_id, to_id, by_id, at, note)
            VALUES (wanted, 'assign', found.assignee_id, chosen, {ME}, at, '');
            RETURN jsonb_build_object('outcome', 'done', 'before', found.assignee_id, 'after', chosen,
                'moved', jsonb_build_array(jsonb_build_object(
                    'conversation_id', wanted,
                    'lost_by', CASE WHEN found.assignee_id IS NULL THEN '[]'::jsonb
                        ELSE jsonb_build_array(found.assignee_id) END,
                    'pool', CASE WHEN coalesce(found.custodian_id, found.assignee_id) IS NULL
                        THEN found.account_id END)));
        END $$;
        """
    )
    _allow("assign_conversation(bigint, bigint, timestamptz)")


def _sharing() -> None:
    op.execute(
        f"""
        -- One share of a conversation for a person: sharing again ends the one before.
        CREATE FUNCTION share_conversation(
            wanted bigint, colleague bigint, ends timestamptz, words text, at timestamptz
        ) RETURNS jsonb LANGUAGE plpgsql VOLATILE {DEFINER}
        DECLARE
            level text := conversation_level(wanted);
            made bigint;
        BEGIN
            IF level IS NULL THEN
                RETURN jsonb_build_object('outcome', 'not-found');
            ELSIF level <> 'full' OR {SERVES} IS NOT TRUE OR ends <= at OR ends > at + interval '90 days' THEN
                RETURN jsonb_build_object('outcome', 'not-permitted');
            ELSIF colleague = {ME} THEN
                RETURN jsonb_build_object('outcome', 'oneself');
            ELSIF NOT EXISTS (SELECT FROM staff s WHERE s.id = colleague AND s.suspended_at IS NULL) THEN
                RETURN jsonb_build_object('outcome', 'staff-inactive');
            END IF;
            PERFORM FROM conversation c WHERE c.id = wanted FOR NO KEY UPDATE;
            IF conversation_level(wanted) IS DISTINCT FROM 'full' THEN
                RETURN jsonb_build_object('outcome', 'not-permitted');
            END IF;
            UPDATE conversation_grant SET revoked_at = at
            WHERE conversation_id = wanted AND staff_id = colleague AND kind = 'share' AND revoked_at IS NULL;
            INSERT INTO conversation_grant (conversation_id, staff_id, kind, granted_by, granted_at, until, note)
            VALUES (wanted, colleague, 'share', {ME}, at, ends, words) RETURNING id INTO made;
            RETURN jsonb_build_object('outcome', 'done', 'id', made);
        END $$;

        CREATE FUNCTION end_share(wanted bigint, at timestamptz) RETURNS jsonb LANGUAGE plpgsql VOLATILE {DEFINER}
        DECLARE
            found record;
            level text;
        BEGIN
            SELECT g.conversation_id, g.staff_id, g.granted_by, g.until, g.revoked_at INTO found
            FROM conversation_grant g WHERE g.id = wanted AND g.kind = 'share' FOR NO KEY UPDATE;
            level := conversation_level(found.conversation_id);
            IF found IS NULL OR (level IS NULL AND found.granted_by IS DISTINCT FROM {ME}) THEN
                RETURN jsonb_build_object('outcome', 'not-found');
            ELSIF {SERVES} IS NOT TRUE OR (found.granted_by <> {ME} AND level <> 'full') THEN
                RETURN jsonb_build_object('outcome', 'not-permitted');
            ELSIF found.revoked_at IS NOT NULL OR found.until <= at THEN
                RETURN jsonb_build_object('outcome', 'unchanged');
            END IF;
            UPDATE conversation_grant SET revoked_at = at WHERE id = wanted;
            RETURN jsonb_build_object('outcome', 'done', 'before', found.staff_id, 'moved', jsonb_build_array(
                jsonb_build_object('conversation_id', found.conversation_id,
                    'lost_by', jsonb_build_array(found.staff_id), 'pool', NULL)));
        END $$;
        """
    )
    _allow(
        "share_conversation(bigint, bigint, timestamptz, text, timestamptz)",
        "end_share(bigint, timestamptz)",
    )


def _noting() -> None:
    """A mention lets somebody see a conversation, so it is for whoever sees what is known of the customer. Others may
    call those only who have to do with it already, and let nobody see more. Who has a conversation in their care needs
    no mention to see it; with one, they would still see it once it is another's."""
    op.execute(
        f"""
        CREATE FUNCTION write_note(wanted bigint, words text, mentioned bigint[], at timestamptz)
        RETURNS jsonb LANGUAGE plpgsql VOLATILE {DEFINER}
        DECLARE
            level text := conversation_level(wanted);
            serving bigint[];
            made bigint;
            granted bigint[] := '{{}}';
        BEGIN
            IF level IS NULL THEN
                RETURN jsonb_build_object('outcome', 'not-found');
            ELSIF {SERVES} IS NOT TRUE THEN
                RETURN jsonb_build_object('outcome', 'not-permitted');
            ELSIF EXISTS (SELECT FROM unnest(mentioned) AS m (id) WHERE NOT EXISTS (
                SELECT FROM staff s WHERE s.id = m.id AND s.suspended_at IS NULL
            )) THEN
                RETURN jsonb_build_object('outcome', 'staff-inactive');
            END IF;
            SELECT array_remove(ARRAY[{ME}, c.custodian_id, c.assignee_id], NULL) INTO serving
            FROM conversation c WHERE c.id = wanted;
            IF level NOT IN ('full', 'masked') AND EXISTS (
                SELECT FROM unnest(mentioned) AS m (id)
                WHERE m.id <> ALL (serving)
                    AND NOT EXISTS (SELECT FROM note n WHERE n.conversation_id = wanted AND n.author_id = m.id)
                    AND NOT EXISTS (
                        SELECT FROM conversation_grant g WHERE g.conversation_id = wanted AND g.staff_id = m.id
                            AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > at)
                    )
            ) THEN
                RETURN jsonb_build_object('outcome', 'mention-not-permitted');
            END IF;
            INSERT INTO note (conversation_id, author_id, text, created_at)
            VALUES (wanted, {ME}, words, at) RETURNING id INTO made;
            INSERT INTO note_mention (note_id, staff_id) SELECT made, m.id FROM unnest(mentioned) AS m (id);
            IF level IN ('full', 'masked') THEN
                WITH given AS (
                    INSERT INTO conversation_grant (conversation_id, staff_id, kind, granted_by, granted_at, note)
                    SELECT wanted, m.id, 'mention', {ME}, at, '' FROM unnest(mentioned) AS m (id)
                    WHERE m.id <> ALL (serving) ORDER BY m.id
                    ON CONFLICT (conversation_id, staff_id) WHERE kind = 'mention' AND revoked_at IS NULL DO NOTHING
                    RETURNING staff_id
                ) SELECT coalesce(array_agg(given.staff_id), '{{}}') INTO granted FROM given;
            END IF;
            RETURN jsonb_build_object('outcome', 'done', 'id', made, 'granted', to_jsonb(granted));
        END $$;

        -- Whom no other note of the conversation mentions sees it by mention no more.
        CREATE FUNCTION delete_note(wanted bigint, at timestamptz)
        RETURNS jsonb LANGUAGE plpgsql VOLATILE {DEFINER}
        DECLARE
            found record;
            lost bigint[];
        BEGIN
            SELECT n.conversation_id, n.author_id, n.deleted_at INTO found FROM note n
            WHERE n.id = wanted AND conversation_level(n.conversation_id) IS NOT NULL FOR NO KEY UPDATE;
            IF found IS NULL THEN
                RETURN jsonb_build_object('outcome', 'not-found');
            ELSIF {SERVES} IS NOT TRUE OR found.author_id <> {ME} THEN
                RETURN jsonb_build_object('outcome', 'not-permitted');
            ELSIF found.deleted_at IS NOT NULL THEN
                RETURN jsonb_build_object('outcome', 'unchanged');
            END IF;
            UPDATE note SET deleted_at = at, deleted_by = {ME} WHERE id = wanted;
            WITH ended AS (
                UPDATE conversation_grant g SET revoked_at = at
                FROM note_mention m
                WHERE m.note_id = wanted AND g.staff_id = m.staff_id AND g.conversation_id = found.conversation_id
                    AND g.kind = 'mention' AND g.revoked_at IS NULL AND NOT EXISTS (
                        SELECT FROM note o JOIN note_mention p ON p.note_id = o.id
                        WHERE o.conversation_id = found.conversation_id AND o.deleted_at IS NULL
                            AND p.staff_id = m.staff_id
                    )
                RETURNING g.staff_id
            ) SELECT coalesce(array_agg(ended.staff_id), '{{}}') INTO lost FROM ended;
            RETURN jsonb_build_object('outcome', 'done', 'conversation_id', found.conversation_id,
                'lost_by', to_jsonb(lost));
        END $$;

        -- What was taken back is for auditors.
        CREATE FUNCTION read_notes(wanted bigint[], at timestamptz)
        RETURNS TABLE (id bigint, text text)
        LANGUAGE plpgsql VOLATILE {DEFINER}
        BEGIN
            PERFORM log_access(ARRAY(SELECT DISTINCT n.conversation_id FROM note n WHERE n.id = ANY (wanted)),
                'note', at);
            RETURN QUERY
            SELECT n.id, CASE WHEN n.deleted_at IS NULL OR {ROLE} = 'auditor' THEN n.text END
            FROM note n JOIN sight s ON s.id = n.conversation_id WHERE n.id = ANY (wanted);
        END $$;
        """
    )
    _allow(
        "write_note(bigint, text, bigint[], timestamptz)",
        "delete_note(bigint, timestamptz)",
        "read_notes(bigint[], timestamptz)",
    )


def _close(*functions: str) -> None:
    for function in functions:
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")


def _allow(*functions: str) -> None:
    _close(*functions)
    for function in functions:
        op.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {WEB}")
