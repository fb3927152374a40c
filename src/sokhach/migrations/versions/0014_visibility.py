"""Who sees what: deputies, holders, pools, shares and mentions; how much of a customer, by level; masks and reveals."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
ROLE = "(SELECT current_setting('app.role', true))"
SCOPE = "(SELECT current_setting('app.scope', true))"
ME = "(SELECT nullif(current_setting('app.staff_id', true), '')::bigint)"
NOW = "(SELECT nullif(current_setting('app.at', true), '')::timestamptz)"
ADDRESS = "(SELECT nullif(current_setting('app.address', true), '')::inet)"
STAFF, HELD, POOLS = (
    f"((SELECT nullif(current_setting('app.{name}', true), '')::bigint[])::bigint[])"
    for name in ("scope_staff", "held_accounts", "pool_accounts")
)

# What makes an actor see a conversation {c}, by what it lets them see. Settings are read once a statement
# (sub-selects); only leakproof operators stand outside of them, so that indexes stay usable under row-level security.
FULL = f"({SCOPE} = 'all' OR {{c}}.custodian_id = ANY {STAFF})"
SERVES = f"({{c}}.assignee_id = ANY {STAFF} OR {{c}}.account_id = ANY {HELD})"
POOL = f"({{c}}.custodian_id IS NULL AND {{c}}.assignee_id IS NULL AND {{c}}.account_id = ANY {POOLS})"
# A function: every mention of a table with this policy would plan and start a query of its own. It comes last, and
# is asked once, by the first row that gets so far.
SHARED = "{c}.id IN (SELECT shown FROM granted('share') AS g (shown))"
GRANTED = "{c}.id IN (SELECT shown FROM granted(NULL) AS g (shown))"
# The one predicate. It stands in the policy of `conversation`, by which all other tables go, and in the view `sight`,
# by which functions go that run with the owner's rights.
SEES = f"({FULL} OR {SERVES} OR {POOL} OR {GRANTED})"
LEVEL = (
    f"CASE WHEN {FULL} THEN 'full' WHEN {SERVES} OR {SHARED} THEN 'masked' WHEN {POOL} THEN 'pool' ELSE 'mention' END"
)
KNOWS = f"({FULL} OR {SERVES} OR {SHARED})"
"""Sees what is known of the customer, not only their name."""

ROADS = ("thread", "file", "search", "export", "reveal", "note")
NEWEST = "last_message_at DESC, id DESC"
OF_NOBODY = "custodian_id IS NULL AND assignee_id IS NULL"
# What an auditor could otherwise write to, since they see it.
WRITTEN = ("conversation", "contact_tag", "delivery", "media", "message", "outbox", "resolution", "tag")


def upgrade() -> None:
    _roles()
    _leave()
    _accounts()
    _grants()
    _paths()
    _log()
    _sight()
    _reading()
    _customers()
    _each()


def _roles() -> None:
    op.drop_constraint("ck_staff_role", "staff")
    op.create_check_constraint("role", "staff", "role IN ('staff', 'lead', 'manager', 'admin', 'auditor')")
    oversees = f"{ROLE} IN ('manager', 'admin', 'auditor')"
    op.execute(
        f"""
        ALTER POLICY sees ON quarantine USING ({ROLE} = 'admin');
        CREATE POLICY audits ON quarantine FOR SELECT TO {WEB} USING ({ROLE} = 'auditor');
        ALTER POLICY sees ON privacy_request USING ({oversees});
        ALTER POLICY sees ON channel_event USING ({oversees} OR EXISTS (
            SELECT FROM message_alias a
            WHERE a.account_id = channel_event.account_id AND a.external_id = channel_event.message_external_id));
        CREATE OR REPLACE FUNCTION journal_sizes(wanted bigint[])
        RETURNS TABLE (id bigint, size_bytes integer)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT j.id, octet_length(j.payload) FROM journal j
            WHERE j.id = ANY (wanted) AND {ROLE} IN ('admin', 'auditor')
        $$;
        """
    )


def _leave() -> None:
    """Everybody's rows are readable: who calls, and for whom they act, is found out before there is an actor."""
    op.execute(
        f"""
        CREATE TABLE staff_leave (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_staff_leave PRIMARY KEY,
            staff_id bigint NOT NULL CONSTRAINT fk_staff_leave_staff_id_staff REFERENCES staff (id),
            from_at timestamptz NOT NULL,
            until_at timestamptz NOT NULL,
            deputy_id bigint CONSTRAINT fk_staff_leave_deputy_id_staff REFERENCES staff (id),
            note text NOT NULL,
            created_by bigint NOT NULL CONSTRAINT fk_staff_leave_created_by_staff REFERENCES staff (id),
            created_at timestamptz NOT NULL,
            cancelled_at timestamptz,
            CONSTRAINT ck_staff_leave_times CHECK (until_at > from_at),
            CONSTRAINT ck_staff_leave_deputy CHECK (deputy_id <> staff_id)
        );
        CREATE INDEX ix_staff_leave_staff_id ON staff_leave (staff_id, from_at);
        CREATE INDEX ix_staff_leave_deputy_id ON staff_leave (deputy_id, until_at)
            WHERE deputy_id IS NOT NULL AND cancelled_at IS NULL;
        ALTER TABLE staff_leave ENABLE ROW LEVEL SECURITY;
        GRANT SELECT, INSERT, UPDATE (cancelled_at) ON staff_leave TO {WEB};
        CREATE POLICY sees ON staff_leave FOR SELECT TO {WEB} USING (true);
        CREATE POLICY adds ON staff_leave FOR INSERT TO {WEB} WITH CHECK (created_by = {ME} AND (
            staff_id = {ME} OR {ROLE} IN ('manager', 'admin') OR ({ROLE} = 'lead' AND staff_id = ANY {STAFF})
        ));
        CREATE POLICY cancels ON staff_leave FOR UPDATE TO {WEB} USING (
            staff_id = {ME} OR {ROLE} IN ('manager', 'admin') OR ({ROLE} = 'lead' AND staff_id = ANY {STAFF})
        );
        """
    )


def _accounts() -> None:
    op.execute(
        f"""
        ALTER TABLE channel_account
            ADD COLUMN holder_id bigint CONSTRAINT fk_channel_account_holder_id_staff REFERENCES staff (id),
            ADD COLUMN pool text NOT NULL DEFAULT 'everybody'
                CONSTRAINT ck_channel_account_pool CHECK (pool IN ('everybody', 'team', 'nobody')),
            ADD COLUMN pool_team_id bigint CONSTRAINT fk_channel_account_pool_team_id_team REFERENCES team (id),
            ADD CONSTRAINT ck_channel_account_pool_team CHECK ((pool = 'team') = (pool_team_id IS NOT NULL));

        -- Whose a personal account is, and whose its unassigned conversations are. Returns whether there is such one.
        CREATE FUNCTION set_account_reach(wanted bigint, new_holder bigint, new_pool text, new_pool_team bigint)
        RETURNS boolean
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            WITH done AS (
                UPDATE channel_account SET holder_id = new_holder, pool = new_pool, pool_team_id = new_pool_team
                WHERE id = wanted AND {ROLE} = 'admin' RETURNING 1
            ) SELECT EXISTS (SELECT FROM done)
        $$;
        REVOKE ALL ON FUNCTION set_account_reach(bigint, bigint, text, bigint) FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION set_account_reach(bigint, bigint, text, bigint) TO {WEB};
        """
    )


def _grants() -> None:
    op.execute(
        """
        CREATE TABLE conversation_grant (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_conversation_grant PRIMARY KEY,
            conversation_id bigint NOT NULL CONSTRAINT fk_conversation_grant_conversation_id_conversation
                REFERENCES conversation (id),
            staff_id bigint NOT NULL CONSTRAINT fk_conversation_grant_staff_id_staff REFERENCES staff (id),
            kind text NOT NULL CONSTRAINT ck_conversation_grant_kind CHECK (kind IN ('share', 'mention')),
            granted_by bigint NOT NULL CONSTRAINT fk_conversation_grant_granted_by_staff REFERENCES staff (id),
            granted_at timestamptz NOT NULL,
            until timestamptz,
            revoked_at timestamptz,
            note text NOT NULL,
            CONSTRAINT ck_conversation_grant_until CHECK ((kind = 'share') = (until IS NOT NULL))
        );
        CREATE INDEX ix_conversation_grant_conversation_id ON conversation_grant (conversation_id, staff_id)
            WHERE revoked_at IS NULL;
        CREATE INDEX ix_conversation_grant_staff_id ON conversation_grant (staff_id, conversation_id)
            WHERE revoked_at IS NULL;
        CREATE INDEX ix_conversation_grant_until ON conversation_grant (until)
            WHERE revoked_at IS NULL AND until IS NOT NULL;
        CREATE UNIQUE INDEX uq_conversation_grant_mention ON conversation_grant (conversation_id, staff_id)
            WHERE kind = 'mention' AND revoked_at IS NULL;
        """
    )
    op.execute(
        f"""
        -- Conversations shown to the actor, or to somebody for whom they see, by a grant of this kind, or of any.
        CREATE FUNCTION granted(by_kind text) RETURNS SETOF bigint
        LANGUAGE sql STABLE SECURITY DEFINER ROWS 20 SET search_path = public, pg_temp AS $$
            SELECT g.conversation_id FROM conversation_grant g
            WHERE g.staff_id = ANY {STAFF} AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > {NOW})
                AND (by_kind IS NULL OR g.kind = by_kind)
        $$;
        """
    )
    _allow("granted(text)")


def _paths() -> None:
    """Lists go along these: an account that somebody holds, what is nobody's on an account."""
    op.execute("DROP INDEX ix_conversation_pool, ix_conversation_pool_open, ix_conversation_pool_waiting")
    for suffix, shown, key in (
        ("", "", NEWEST),
        ("_open", "episode_open", NEWEST),
        ("_waiting", "waiting_since IS NOT NULL", "waiting_since, id"),
    ):
        name = suffix or "_last_message_at"
        op.execute(
            f"""
            CREATE INDEX ix_conversation_account_id{name} ON conversation (account_id, {key})
                {f"WHERE {shown}" if shown else ""};
            CREATE INDEX ix_conversation_pool{suffix} ON conversation (account_id, {key})
                WHERE {OF_NOBODY} {f"AND {shown}" if shown else ""};
            """
        )


def _log() -> None:
    op.execute(
        f"""
        ALTER TABLE access_log ADD COLUMN road text NOT NULL DEFAULT 'thread', ADD COLUMN address inet;
        ALTER TABLE access_log ALTER COLUMN road DROP DEFAULT,
            ADD CONSTRAINT ck_access_log_road CHECK (road IN ({", ".join(f"'{road}'" for road in ROADS)})),
            DROP CONSTRAINT pk_access_log,
            ADD CONSTRAINT pk_access_log PRIMARY KEY (staff_id, conversation_id, road, period);
        """
    )


def _sight() -> None:
    op.execute(
        f"""
        ALTER POLICY sees ON conversation USING ({SEES.format(c="conversation")});

        -- What the actor sees, and how much of its customer; for functions with the owner's rights.
        CREATE VIEW sight AS
            SELECT c.id, c.account_id, c.thread_key, c.kind, c.contact_id, c.custodian_id, c.assignee_id,
                c.last_message_at, {LEVEL.format(c="c")} AS level
            FROM conversation c WHERE {SEES.format(c="c")};

        CREATE FUNCTION conversation_level(wanted bigint) RETURNS text
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT s.level FROM sight s WHERE s.id = wanted
        $$;
        -- By all conversations with them: the highest wins.
        CREATE FUNCTION contact_level(wanted bigint) RETURNS text
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT s.level FROM sight s WHERE s.contact_id = wanted
            ORDER BY array_position(ARRAY['full', 'masked', 'pool', 'mention'], s.level) LIMIT 1
        $$;
        -- Writes down that the actor reads; of what they do not see nothing.
        CREATE FUNCTION log_access(wanted bigint[], by_road text, at timestamptz) RETURNS void
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            INSERT INTO access_log (staff_id, conversation_id, road, period, read_at, address)
            SELECT {ME}, s.id, by_road, date_bin('5 minutes', at, timestamptz '2020-01-01 00:00:00+00'), at, {ADDRESS}
            FROM sight s WHERE s.id = ANY (wanted)
            ON CONFLICT DO NOTHING
        $$;
        """
    )
    _allow("conversation_level(bigint)", "contact_level(bigint)", "log_access(bigint[], text, timestamptz)")
    op.execute(
        f"""
        ALTER TABLE conversation_grant ENABLE ROW LEVEL SECURITY;
        GRANT SELECT, INSERT, UPDATE (revoked_at) ON conversation_grant TO {WEB};
        CREATE POLICY sees ON conversation_grant FOR SELECT TO {WEB}
            USING (staff_id = ANY {STAFF} OR {SCOPE} = 'all' OR conversation_level(conversation_id) = 'full');
        CREATE POLICY grants ON conversation_grant FOR INSERT TO {WEB} WITH CHECK (
            granted_by = {ME} AND {ROLE} <> 'auditor' AND (
                conversation_level(conversation_id) = 'full'
                OR (kind = 'mention' AND conversation_level(conversation_id) IS NOT NULL)
            )
        );
        CREATE POLICY revokes ON conversation_grant FOR UPDATE TO {WEB} USING (
            {ROLE} <> 'auditor' AND (granted_by = {ME} OR conversation_level(conversation_id) = 'full')
        );
        """
    )
    for table in WRITTEN:
        for verb, clause in (("INSERT", "WITH CHECK"), ("UPDATE", "USING")):
            op.execute(
                f"CREATE POLICY no_auditor_{verb.lower()}s ON {table} AS RESTRICTIVE FOR {verb} TO {WEB}"
                f" {clause} ({ROLE} <> 'auditor')"
            )


def _reading() -> None:
    """As before, along `sight`, with the road by which somebody reads; a phone number that the channel told of is
    masked where the customer's card masks it."""
    op.execute(
        f"""
        CREATE FUNCTION mask_phone(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
            SELECT '••••••' || CASE WHEN length(value) > 6 THEN right(value, 3) ELSE '' END
        $$;
        CREATE FUNCTION mask_email(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
            SELECT left(value, 1) || '•••' || coalesce(substring(value FROM '@.*$'), '')
        $$;

        DROP FUNCTION read_messages(bigint[], timestamptz);
        CREATE FUNCTION read_messages(wanted bigint[], at timestamptz, by_road text DEFAULT 'thread')
        RETURNS TABLE (id bigint, body text, content jsonb)
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        BEGIN
            PERFORM log_access(ARRAY(SELECT DISTINCT m.conversation_id FROM message m WHERE m.id = ANY (wanted)),
                by_road, at);
            RETURN QUERY
            SELECT m.id, m.body, CASE
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
            SELECT m.id, left(m.body, 200) FROM message m JOIN sight s ON s.id = m.conversation_id
            WHERE m.id = ANY (wanted)
        $$;

        CREATE OR REPLACE FUNCTION people_in_groups(wanted bigint[])
        RETURNS TABLE (identity_id bigint, account_id bigint, external_id text, display_name text, avatar_url text)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT DISTINCT i.id, i.account_id, i.external_id, i.display_name, i.avatar_url
            FROM sight s JOIN conversation_participant p ON p.conversation_id = s.id
            JOIN contact_identity i ON i.id = p.identity_id
            WHERE s.id = ANY (wanted)
        $$;

        CREATE OR REPLACE FUNCTION read_media(wanted bigint, at timestamptz)
        RETURNS TABLE (type text, content_type text, name text, size_bytes bigint, sha256 bytea, storage_key text,
            has_thumbnail boolean, stored_at timestamptz)
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE
            found media;
        BEGIN
            SELECT m.* INTO found FROM media m JOIN sight s ON s.id = m.conversation_id
            WHERE m.id = wanted AND m.state = 'stored' AND (m.message_id IS NOT NULL OR m.staff_id = {ME});
            IF found.id IS NULL THEN
                RETURN;
            END IF;
            PERFORM log_access(ARRAY[found.conversation_id], 'file', at);
            RETURN QUERY SELECT found.type, found.content_type, found.name, found.size_bytes, found.sha256,
                found.storage_key, found.has_thumbnail, found.stored_at;
        END $$;
        """
    )
    _allow("read_messages(bigint[], timestamptz, text)")


def _customers() -> None:
    """Phone numbers, e-mail addresses and what customers told leave the store by these functions only, which mask what
    the actor's level does not show. At the levels `pool` and `mention` a customer is their name."""
    op.execute(
        f"""
        REVOKE SELECT ON contact_identity FROM {WEB};
        GRANT SELECT (id, contact_id, kind, account_id, external_id, display_name, avatar_url, profiled_at, following,
            following_at, follow_source, follow_source_at, first_seen_at) ON contact_identity TO {WEB};
        ALTER POLICY sees ON contact_identity USING (kind = 'channel' AND EXISTS (
            SELECT FROM conversation c WHERE c.contact_id = contact_identity.contact_id));
        """
    )
    knows = f"EXISTS (SELECT FROM conversation c WHERE c.contact_id = contact_tag.contact_id AND {KNOWS.format(c='c')})"
    op.execute(
        f"""
        ALTER POLICY sees ON contact_tag USING ({knows});
        ALTER POLICY puts ON contact_tag WITH CHECK ({knows} AND account_id IS NULL);
        ALTER POLICY changes ON contact_tag USING ({knows} AND account_id IS NULL);

        CREATE FUNCTION contact_identities(wanted bigint)
        RETURNS TABLE (id bigint, kind text, account_id bigint, external_id text, display_name text, following boolean,
            follow_source text, first_seen_at timestamptz, details jsonb, masked boolean)
        LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE
            level text := contact_level(wanted);
            masks boolean := level = 'masked' OR {ROLE} = 'auditor';
        BEGIN
            IF level IS NULL OR level NOT IN ('full', 'masked') THEN
                RETURN;
            END IF;
            RETURN QUERY
            SELECT i.id, i.kind, i.account_id, CASE
                    WHEN masks AND i.kind = 'phone' THEN mask_phone(i.external_id)
                    WHEN masks AND i.kind = 'email' THEN mask_email(i.external_id)
                    ELSE i.external_id END,
                i.display_name, i.following, i.follow_source, i.first_seen_at, CASE
                    WHEN masks AND i.details -> 'phone' ->> 'value' IS NOT NULL
                        THEN jsonb_set(i.details, '{{phone,value}}',
                            to_jsonb(mask_phone(i.details -> 'phone' ->> 'value')))
                    ELSE i.details END,
                masks
            FROM contact_identity i WHERE i.contact_id = wanted ORDER BY i.first_seen_at, i.id;
        END $$;

        -- What is masked, in full; that it was asked for is written down.
        CREATE FUNCTION reveal_contact(wanted bigint, at timestamptz)
        RETURNS TABLE (kind text, value text)
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE
            seen_in bigint;
        BEGIN
            SELECT s.id INTO seen_in FROM sight s
            WHERE s.contact_id = wanted AND s.level IN ('full', 'masked') AND {ROLE} <> 'auditor'
            ORDER BY s.last_message_at DESC, s.id DESC LIMIT 1;
            IF seen_in IS NULL THEN
                RETURN;
            END IF;
            PERFORM log_access(ARRAY[seen_in], 'reveal', at);
            RETURN QUERY
            SELECT i.kind, i.external_id FROM contact_identity i
            WHERE i.contact_id = wanted AND i.kind IN ('phone', 'email') ORDER BY i.first_seen_at, i.id;
            RETURN QUERY
            SELECT 'details', i.details -> 'phone' ->> 'value' FROM contact_identity i
            WHERE i.contact_id = wanted AND i.details -> 'phone' ->> 'value' IS NOT NULL
            ORDER BY i.details -> 'phone' ->> 'at' DESC, i.id LIMIT 1;
        END $$;

        -- Of conversations with the customer that the actor does not see: how many, and whose.
        CREATE FUNCTION contact_elsewhere(wanted bigint)
        RETURNS TABLE (conversations bigint, custodian_ids bigint[])
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT count(*), array_agg(DISTINCT c.custodian_id) FILTER (WHERE c.custodian_id IS NOT NULL)
            FROM conversation c
            WHERE c.contact_id = wanted AND contact_level(wanted) IN ('full', 'masked')
                AND NOT EXISTS (SELECT FROM sight s WHERE s.id = c.id)
        $$;

        -- The phone number to which a message by phone goes, by its id: the worker looks up the number.
        CREATE FUNCTION phone_id_of(wanted bigint) RETURNS bigint
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            SELECT i.id FROM contact_identity i
            WHERE i.contact_id = wanted AND i.kind = 'phone' AND contact_level(wanted) IN ('full', 'masked')
            ORDER BY i.first_seen_at DESC, i.id DESC LIMIT 1
        $$;
        """
    )
    _allow(
        "contact_identities(bigint)",
        "reveal_contact(bigint, timestamptz)",
        "contact_elsewhere(bigint)",
        "phone_id_of(bigint)",
    )


def _each() -> None:
    """As each of these actors in turn, under row-level security; `nth` counts them from 1. The transaction is left with
    no actor."""
    names = ("scope", "scope_staff", "held_accounts", "pool_accounts", "at")
    sets = ", ".join(f"set_config('app.{name}', actor.value ->> '{name}', true)" for name in names)
    clears = ", ".join(f"set_config('app.{name}', '', true)" for name in names)
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION visible_to_each(actors jsonb, wanted bigint[])
        RETURNS TABLE (nth bigint, id bigint)
        LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
        DECLARE
            actor record;
        BEGIN
            FOR actor IN SELECT a.value, a.ordinality AS nth FROM jsonb_array_elements(actors) WITH ORDINALITY AS a
            LOOP
                PERFORM {sets};
                RETURN QUERY SELECT actor.nth, c.id FROM conversation c WHERE c.id = ANY (wanted);
            END LOOP;
            PERFORM {clears};
        END $$;
        """
    )


def _allow(*functions: str) -> None:
    for function in functions:
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {function} TO {WEB}")
