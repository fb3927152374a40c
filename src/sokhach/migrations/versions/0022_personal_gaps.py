"""What is missing of a personal account, and what is none of the company's business."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
ROLE = "(SELECT current_setting('app.role', true))"
SCOPE = "(SELECT current_setting('app.scope', true))"
ME = "(SELECT nullif(current_setting('app.staff_id', true), '')::bigint)"
THROUGH = "EXISTS (SELECT FROM personal_account p WHERE p.account_id = {table}.account_id)"
HOLDS = f"EXISTS (SELECT FROM channel_account a WHERE a.id = {{table}}.account_id AND a.holder_id = {ME})"


def upgrade() -> None:
    _gaps()
    _completeness()
    _private()
    _walls()
    _doors()


def _gaps() -> None:
    op.execute(
        """
        ALTER TABLE gap ALTER COLUMN sweep_id DROP NOT NULL;
        ALTER TABLE gap DROP CONSTRAINT ck_gap_reason, ADD CONSTRAINT ck_gap_reason CHECK (reason IN
            ('history-ended', 'refused', 'unreadable', 'anonymous', 'group', 'not-connected', 'dropped'));
        CREATE INDEX ix_gap_open_of_account ON gap (account_id, reason) WHERE closed_at IS NULL AND thread_key IS NULL;
        """
    )


def _completeness() -> None:
    op.execute(
        """
        CREATE TABLE personal_fill (
            span_id bigint NOT NULL CONSTRAINT pk_personal_fill PRIMARY KEY
                CONSTRAINT fk_personal_fill_span_id_personal_span REFERENCES personal_span (id),
            account_id bigint NOT NULL CONSTRAINT fk_personal_fill_account_id_personal_account
                REFERENCES personal_account (account_id),
            from_at timestamptz,
            until_at timestamptz NOT NULL,
            direct_state text NOT NULL CONSTRAINT ck_personal_fill_direct_state
                CHECK (direct_state IN ('open', 'joined', 'ended', 'stuck')),
            direct_id text,
            direct_at timestamptz,
            group_state text NOT NULL CONSTRAINT ck_personal_fill_group_state
                CHECK (group_state IN ('open', 'joined', 'ended', 'stuck')),
            group_id text,
            group_at timestamptz,
            attempts smallint NOT NULL,
            due_at timestamptz NOT NULL,
            done_at timestamptz
        );
        CREATE INDEX ix_personal_fill_due_at ON personal_fill (due_at) WHERE done_at IS NULL;
        CREATE INDEX ix_personal_fill_account_id ON personal_fill (account_id, span_id);

        CREATE TABLE personal_missing (
            account_id bigint NOT NULL CONSTRAINT fk_personal_missing_account_id_personal_account
                REFERENCES personal_account (account_id),
            name text NOT NULL,
            alias text,
            thread_key text NOT NULL,
            in_group boolean NOT NULL,
            inbound boolean NOT NULL,
            sent_at timestamptz NOT NULL,
            found_at timestamptz NOT NULL,
            asked_at timestamptz,
            gap_id bigint CONSTRAINT fk_personal_missing_gap_id_gap REFERENCES gap (id),
            arrived_at timestamptz,
            CONSTRAINT pk_personal_missing PRIMARY KEY (account_id, name)
        );
        CREATE INDEX ix_personal_missing_open ON personal_missing (account_id) WHERE arrived_at IS NULL;
        CREATE INDEX ix_personal_missing_gap_id ON personal_missing (gap_id) WHERE gap_id IS NOT NULL;

        CREATE TABLE personal_completeness (
            account_id bigint NOT NULL CONSTRAINT pk_personal_completeness PRIMARY KEY
                CONSTRAINT fk_personal_completeness_account_id_personal_account
                REFERENCES personal_account (account_id),
            since timestamptz NOT NULL,
            stored bigint NOT NULL,
            missing bigint NOT NULL,
            counted_at timestamptz,
            reconciled_at timestamptz,
            attempts smallint NOT NULL,
            due_at timestamptz NOT NULL
        );
        CREATE INDEX ix_personal_completeness_due_at ON personal_completeness (due_at);

        CREATE TABLE personal_hour (
            account_id bigint NOT NULL CONSTRAINT fk_personal_hour_account_id_personal_account
                REFERENCES personal_account (account_id),
            hour timestamptz NOT NULL,
            events integer NOT NULL,
            CONSTRAINT pk_personal_hour PRIMARY KEY (account_id, hour)
        );
        """
    )


def _private() -> None:
    op.execute(
        """
        CREATE TABLE work_contact (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_work_contact PRIMARY KEY,
            account_id bigint NOT NULL CONSTRAINT fk_work_contact_account_id_personal_account
                REFERENCES personal_account (account_id),
            thread_key text NOT NULL,
            in_group boolean NOT NULL,
            name text,
            marked_by bigint NOT NULL CONSTRAINT fk_work_contact_marked_by_staff REFERENCES staff (id),
            marked_at timestamptz NOT NULL,
            ended_by bigint CONSTRAINT fk_work_contact_ended_by_staff REFERENCES staff (id),
            ended_at timestamptz,
            CONSTRAINT ck_work_contact_ended CHECK ((ended_at IS NULL) = (ended_by IS NULL))
        );
        CREATE UNIQUE INDEX uq_work_contact_open ON work_contact (account_id, thread_key, in_group)
            WHERE ended_at IS NULL;
        CREATE INDEX ix_work_contact_account_id ON work_contact (account_id, id);

        CREATE TABLE private_version (
            account_id bigint NOT NULL CONSTRAINT pk_private_version PRIMARY KEY
                CONSTRAINT fk_private_version_account_id_personal_account REFERENCES personal_account (account_id),
            version bigint NOT NULL
        );

        CREATE TABLE private_stub (
            account_id bigint NOT NULL CONSTRAINT fk_private_stub_account_id_channel_account
                REFERENCES channel_account (id),
            thread_hash bytea NOT NULL,
            message_hash bytea NOT NULL,
            direction text NOT NULL CONSTRAINT ck_private_stub_direction CHECK (direction IN ('in', 'out')),
            at timestamptz NOT NULL,
            CONSTRAINT pk_private_stub PRIMARY KEY (account_id, thread_hash, message_hash)
        );

        CREATE TABLE private_people (
            account_id bigint NOT NULL CONSTRAINT pk_private_people PRIMARY KEY
                CONSTRAINT fk_private_people_account_id_personal_account REFERENCES personal_account (account_id),
            sealed bytea,
            fetched_at timestamptz,
            due_at timestamptz NOT NULL
        );
        """
    )


def _walls() -> None:
    """Gaps and figures are seen with the account; a gap of the whole account also with any thread of it that one sees.
    Whom a holder may still choose from nobody else sees, sealed or not."""
    op.execute(
        f"""
        GRANT SELECT ON personal_completeness, work_contact TO {WEB};
        GRANT SELECT (account_id, fetched_at, due_at, sealed) ON private_people TO {WEB};
        """
    )
    for table in (
        "personal_fill",
        "personal_missing",
        "personal_completeness",
        "personal_hour",
        "work_contact",
        "private_version",
        "private_stub",
        "private_people",
    ):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"""
        CREATE POLICY sees ON personal_completeness FOR SELECT TO {WEB}
            USING ({THROUGH.format(table="personal_completeness")});
        CREATE POLICY sees ON work_contact FOR SELECT TO {WEB} USING ({THROUGH.format(table="work_contact")});
        CREATE POLICY sees ON private_people FOR SELECT TO {WEB} USING ({HOLDS.format(table="private_people")});

        DROP POLICY sees ON gap;
        CREATE POLICY sees ON gap FOR SELECT TO {WEB} USING (
            {SCOPE} = 'all' OR EXISTS (
                SELECT FROM conversation c WHERE c.account_id = gap.account_id AND c.thread_key = gap.thread_key
            ) OR (gap.thread_key IS NULL AND EXISTS (
                SELECT FROM channel_account a WHERE a.id = gap.account_id AND a.channel = 'zalo_personal'
            ) AND (
                EXISTS (SELECT FROM personal_account p WHERE p.account_id = gap.account_id)
                OR EXISTS (SELECT FROM conversation c WHERE c.account_id = gap.account_id)
            ))
        );

        -- Marks are ended, never taken away, and what they were about stays as it was.
        CREATE FUNCTION refuse_other_mark() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.ended_at IS NOT NULL
                OR (NEW.id, NEW.account_id, NEW.thread_key, NEW.in_group, NEW.name, NEW.marked_by, NEW.marked_at)
                    IS DISTINCT FROM (OLD.id, OLD.account_id, OLD.thread_key, OLD.in_group, OLD.name, OLD.marked_by,
                        OLD.marked_at)
            THEN
                RAISE EXCEPTION 'a mark is ended, not changed' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER append_only BEFORE UPDATE ON work_contact
            FOR EACH ROW EXECUTE FUNCTION refuse_other_mark();
        CREATE FUNCTION count_change_of_marks() RETURNS trigger LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
        BEGIN
            INSERT INTO private_version (account_id, version) VALUES (NEW.account_id, 1)
                ON CONFLICT (account_id) DO UPDATE SET version = private_version.version + 1;
            RETURN NULL;
        END $$;
        CREATE TRIGGER count_change AFTER INSERT OR UPDATE ON work_contact
            FOR EACH ROW EXECUTE FUNCTION count_change_of_marks();
        """
    )


def _doors() -> None:
    functions = {
        # The holder says what is work on their own SIM, and what is private again; nobody else does. Whether anything
        # changed; NULL: it is not theirs to say.
        "mark_work(account bigint, thread text, is_group boolean, is_work boolean, called text, now timestamptz)": """
            RETURNS boolean LANGUAGE plpgsql VOLATILE {definer} $$
            BEGIN
                PERFORM FROM personal_account p JOIN channel_account a ON a.id = p.account_id
                    WHERE p.account_id = account AND p.sim = 'own' AND a.holder_id = {me} FOR UPDATE OF p;
                IF NOT FOUND THEN
                    RETURN NULL;
                END IF;
                IF is_work THEN
                    INSERT INTO work_contact (account_id, thread_key, in_group, name, marked_by, marked_at)
                    VALUES (account, thread, is_group, called, {me}, now)
                    ON CONFLICT (account_id, thread_key, in_group) WHERE ended_at IS NULL DO NOTHING;
                ELSE
                    UPDATE work_contact SET ended_at = now, ended_by = {me}
                    WHERE account_id = account AND thread_key = thread AND in_group = is_group AND ended_at IS NULL;
                END IF;
                RETURN FOUND;
            END $$
        """,
        # The holder looks at whom they may choose: the list is read anew.
        "ask_for_people(account bigint, now timestamptz)": """
            RETURNS void LANGUAGE sql VOLATILE {definer} $$
                INSERT INTO private_people (account_id, due_at)
                SELECT p.account_id, now FROM personal_account p JOIN channel_account a ON a.id = p.account_id
                WHERE p.account_id = account AND p.sim = 'own' AND a.holder_id = {me}
                ON CONFLICT (account_id) DO UPDATE SET due_at = excluded.due_at
                    WHERE private_people.due_at > excluded.due_at AND (
                        private_people.fetched_at IS NULL OR private_people.fetched_at < now - interval '2 minutes'
                    )
            $$
        """,
        # How much of an account is private: threads, messages. Never whose, nor which.
        "private_extent(account bigint)": """
            RETURNS TABLE (threads bigint, messages bigint) LANGUAGE sql STABLE {definer} $$
                SELECT count(DISTINCT s.thread_hash), count(*) FROM private_stub s
                WHERE s.account_id = account AND {sees}
            $$
        """,
        "private_days(account bigint, zone text, since timestamptz)": """
            RETURNS TABLE (day date, threads bigint, messages bigint) LANGUAGE sql STABLE {definer} $$
                SELECT (s.at AT TIME ZONE zone)::date, count(DISTINCT s.thread_hash), count(*) FROM private_stub s
                WHERE s.account_id = account AND s.at >= since AND {sees}
                GROUP BY 1 ORDER BY 1
            $$
        """,
    }
    sees = (
        f"({ROLE} IN ('manager', 'admin', 'auditor') OR account = ANY"
        " ((SELECT nullif(current_setting('app.held_accounts', true), '')::bigint[])::bigint[])"
        f" OR EXISTS (SELECT FROM channel_account a WHERE a.id = account AND a.holder_id = {ME}))"
    )
    parts = {"definer": "SECURITY DEFINER SET search_path = public, pg_temp AS", "me": ME, "sees": sees}
    for signature, body in functions.items():
        op.execute(f"CREATE FUNCTION {signature} {body.format(**parts)}")
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {signature} TO {WEB}")
