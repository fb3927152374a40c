"""Personal Zalo accounts: their sessions, logins, consents, spans of connection."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
ROLE = "(SELECT current_setting('app.role', true))"
IS_ADMIN = f"{ROLE} = 'admin'"
READS = f"{ROLE} IN ('manager', 'admin', 'auditor')"
ME = "(SELECT nullif(current_setting('app.staff_id', true), '')::bigint)"
SIGNED_IN = f"{ME} IS NOT NULL"
HELD = "((SELECT nullif(current_setting('app.held_accounts', true), '')::bigint[])::bigint[])"
# Whose account {table}.account_id is.
HOLDS = f"EXISTS (SELECT FROM channel_account a WHERE a.id = {{table}}.account_id AND a.holder_id = {ME})"


def upgrade() -> None:
    op.execute(
        """
        ALTER TABLE journal DROP CONSTRAINT ck_journal_source,
            ADD CONSTRAINT ck_journal_source CHECK (source IN ('webhook', 'profile', 'history', 'frame')) NOT VALID;
        ALTER TABLE journal VALIDATE CONSTRAINT ck_journal_source;
        """
    )
    _accounts()
    _logins()
    _the_rest()
    _walls()
    _doors()


def _accounts() -> None:
    op.execute(
        """
        CREATE TABLE personal_account (
            account_id bigint NOT NULL CONSTRAINT pk_personal_account PRIMARY KEY
                CONSTRAINT fk_personal_account_account_id_channel_account REFERENCES channel_account (id),
            sim text NOT NULL CONSTRAINT ck_personal_account_sim CHECK (sim IN ('company', 'own')),
            phone text,
            avatar_url text,
            credentials bytea,
            credentials_at timestamptz,
            proxy bytea,
            proxied boolean NOT NULL GENERATED ALWAYS AS (proxy IS NOT NULL) STORED,
            revision integer NOT NULL,
            state text NOT NULL CONSTRAINT ck_personal_account_state CHECK (state IN
                ('stopped', 'connecting', 'online', 'offline', 'taken_over', 'kicked', 'needs_login', 'dead')),
            state_reason text,
            state_since timestamptz NOT NULL,
            wanted boolean NOT NULL,
            stopped_by bigint CONSTRAINT fk_personal_account_stopped_by_staff REFERENCES staff (id),
            stopped_at timestamptz,
            connected_at timestamptz,
            last_frame_at timestamptz,
            warm_from timestamptz NOT NULL,
            held_by text,
            held_until timestamptz,
            shard smallint,
            next_attempt_at timestamptz,
            attempts integer NOT NULL
        );
        CREATE INDEX ix_personal_account_next_attempt_at ON personal_account (next_attempt_at) WHERE wanted;
        CREATE TABLE personal_span (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_personal_span PRIMARY KEY,
            account_id bigint NOT NULL CONSTRAINT fk_personal_span_account_id_personal_account
                REFERENCES personal_account (account_id),
            conn text NOT NULL,
            connected_at timestamptz NOT NULL,
            ended_at timestamptz,
            code integer,
            reason text,
            last_item_at timestamptz
        );
        CREATE UNIQUE INDEX uq_personal_span_conn ON personal_span (conn);
        CREATE INDEX ix_personal_span_account_id_connected_at ON personal_span (account_id, connected_at);
        CREATE INDEX ix_personal_span_open ON personal_span (account_id) WHERE ended_at IS NULL;
        """
    )


def _logins() -> None:
    op.execute(
        """
        CREATE TABLE personal_login (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_personal_login PRIMARY KEY,
            account_id bigint CONSTRAINT fk_personal_login_account_id_channel_account REFERENCES channel_account (id),
            holder_id bigint NOT NULL CONSTRAINT fk_personal_login_holder_id_staff REFERENCES staff (id),
            asked_by bigint NOT NULL CONSTRAINT fk_personal_login_asked_by_staff REFERENCES staff (id),
            sim text NOT NULL CONSTRAINT ck_personal_login_sim CHECK (sim IN ('company', 'own')),
            proxy bytea,
            state text NOT NULL CONSTRAINT ck_personal_login_state CHECK (state IN
                ('asked', 'code', 'scanned', 'declined', 'expired', 'done', 'failed', 'aborted')),
            image bytea,
            expires_at timestamptz,
            name text,
            avatar_url text,
            uid text,
            error text,
            held_by text,
            held_until timestamptz,
            created_at timestamptz NOT NULL,
            changed_at timestamptz NOT NULL
        );
        CREATE INDEX ix_personal_login_open ON personal_login (id) WHERE state IN ('asked', 'code', 'scanned');
        CREATE TABLE personal_consent (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_personal_consent PRIMARY KEY,
            holder_id bigint NOT NULL CONSTRAINT fk_personal_consent_holder_id_staff REFERENCES staff (id),
            recorded_by bigint NOT NULL CONSTRAINT fk_personal_consent_recorded_by_staff REFERENCES staff (id),
            login_id bigint CONSTRAINT fk_personal_consent_login_id_personal_login REFERENCES personal_login (id),
            account_id bigint CONSTRAINT fk_personal_consent_account_id_channel_account
                REFERENCES channel_account (id),
            version integer NOT NULL,
            text_hash bytea NOT NULL,
            at timestamptz NOT NULL,
            address inet
        );
        CREATE INDEX ix_personal_consent_holder_id ON personal_consent (holder_id, at);
        CREATE INDEX ix_personal_consent_login_id ON personal_consent (login_id);
        CREATE INDEX ix_personal_consent_account_id ON personal_consent (account_id, at);
        """
    )


def _the_rest() -> None:
    op.execute(
        """
        CREATE TABLE personal_switch (
            id smallint NOT NULL CONSTRAINT pk_personal_switch PRIMARY KEY
                CONSTRAINT ck_personal_switch_one_row CHECK (id = 1),
            stopped_at timestamptz,
            stopped_by bigint CONSTRAINT fk_personal_switch_stopped_by_staff REFERENCES staff (id)
        );
        INSERT INTO personal_switch (id) VALUES (1);
        CREATE TABLE personal_call (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_personal_call PRIMARY KEY,
            account_id bigint NOT NULL CONSTRAINT fk_personal_call_account_id_personal_account
                REFERENCES personal_account (account_id),
            asked_by bigint NOT NULL CONSTRAINT fk_personal_call_asked_by_staff REFERENCES staff (id),
            op text NOT NULL,
            arguments jsonb NOT NULL,
            state text NOT NULL CONSTRAINT ck_personal_call_state CHECK (state IN ('asked', 'done', 'failed')),
            result jsonb,
            error text,
            begun_at timestamptz,
            created_at timestamptz NOT NULL,
            changed_at timestamptz NOT NULL
        );
        CREATE INDEX ix_personal_call_asked ON personal_call (account_id, id) WHERE state = 'asked';
        CREATE TABLE frame_tally (
            account_id bigint NOT NULL CONSTRAINT fk_frame_tally_account_id_channel_account
                REFERENCES channel_account (id),
            cmd integer NOT NULL,
            why text NOT NULL,
            count bigint NOT NULL,
            first_at timestamptz NOT NULL,
            last_at timestamptz NOT NULL,
            CONSTRAINT pk_frame_tally PRIMARY KEY (account_id, cmd, why)
        );
        """
    )


def _walls() -> None:
    """An account's row is for the management and for whom it serves. Credentials, cookies and proxies are written, and
    read by the worker alone. A login's image lets somebody in: it is for who asked, or an administrator."""
    op.execute(
        f"""
        GRANT SELECT (account_id, sim, phone, avatar_url, credentials_at, proxied, revision, state, state_reason,
            state_since, wanted, stopped_by, stopped_at, connected_at, last_frame_at, warm_from, shard, next_attempt_at,
            attempts) ON personal_account TO {WEB};
        GRANT SELECT ON personal_span, personal_consent, personal_switch, personal_call, frame_tally TO {WEB};
        GRANT SELECT (id, account_id, holder_id, asked_by, sim, state, image, expires_at, name, avatar_url, uid, error,
            created_at, changed_at),
            INSERT (account_id, holder_id, asked_by, sim, proxy, state, created_at, changed_at),
            UPDATE (state, image, expires_at, error, changed_at) ON personal_login TO {WEB};
        GRANT INSERT (holder_id, recorded_by, login_id, account_id, version, text_hash, at, address)
            ON personal_consent TO {WEB};
        GRANT UPDATE (stopped_at, stopped_by) ON personal_switch TO {WEB};
        GRANT INSERT (account_id, asked_by, op, arguments, state, created_at, changed_at) ON personal_call TO {WEB};
        """
    )
    for table in (
        "personal_account",
        "personal_span",
        "personal_login",
        "personal_consent",
        "personal_switch",
        "personal_call",
        "frame_tally",
    ):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    through = "EXISTS (SELECT FROM personal_account p WHERE p.account_id = {table}.account_id)"
    mine_or_new = f"(account_id IS NULL OR {HOLDS.format(table='personal_login')})"
    op.execute(
        f"""
        CREATE POLICY sees ON personal_account FOR SELECT TO {WEB} USING (
            {READS} OR account_id = ANY {HELD} OR {HOLDS.format(table="personal_account")}
        );
        CREATE POLICY sees ON personal_span FOR SELECT TO {WEB} USING ({through.format(table="personal_span")});
        CREATE POLICY sees ON frame_tally FOR SELECT TO {WEB} USING ({through.format(table="frame_tally")});

        CREATE POLICY sees ON personal_login FOR SELECT TO {WEB} USING ({IS_ADMIN} OR asked_by = {ME});
        CREATE POLICY asks ON personal_login FOR INSERT TO {WEB} WITH CHECK (
            asked_by = {ME} AND state = 'asked' AND {ROLE} <> 'auditor'
            AND ({IS_ADMIN} OR (holder_id = {ME} AND {mine_or_new}))
        );
        CREATE POLICY changes ON personal_login FOR UPDATE TO {WEB} USING ({IS_ADMIN} OR asked_by = {ME})
            WITH CHECK (state IN ('asked', 'aborted'));

        CREATE POLICY sees ON personal_consent FOR SELECT TO {WEB} USING ({READS} OR holder_id = {ME});
        CREATE POLICY adds ON personal_consent FOR INSERT TO {WEB} WITH CHECK (
            recorded_by = {ME} AND ({IS_ADMIN} OR holder_id = {ME})
        );

        CREATE POLICY sees ON personal_switch FOR SELECT TO {WEB} USING ({SIGNED_IN});
        CREATE POLICY turns ON personal_switch FOR UPDATE TO {WEB} USING ({IS_ADMIN});

        CREATE POLICY sees ON personal_call FOR SELECT TO {WEB} USING (asked_by = {ME} OR {IS_ADMIN});
        CREATE POLICY asks ON personal_call FOR INSERT TO {WEB} WITH CHECK (
            asked_by = {ME} AND state = 'asked' AND {ROLE} <> 'auditor' AND {through.format(table="personal_call")}
        );
        """
    )


def _doors() -> None:
    functions = {
        # `start` and `stop` are an administrator's; `return`, after somebody else took the session, also its holder's.
        # Returns those that obey. What is on hold for want of a QR login is not helped by any of them.
        "order_personal_accounts(ids bigint[], action text, now timestamptz)": """
            RETURNS TABLE (id bigint) LANGUAGE plpgsql VOLATILE {definer} $$
            BEGIN
                IF action = 'stop' THEN
                    RETURN QUERY
                    WITH stopped AS (
                        UPDATE personal_account p SET wanted = false, stopped_at = now, stopped_by = {me},
                            state = 'stopped', state_reason = NULL, state_since = now, next_attempt_at = NULL,
                            attempts = 0
                        WHERE p.account_id = ANY (ids) AND p.wanted AND {is_admin}
                        RETURNING p.account_id
                    )
                    UPDATE channel_account a SET health = 'down', health_reason = 'personal-stopped',
                        health_since = now
                    FROM stopped WHERE a.id = stopped.account_id RETURNING a.id;
                ELSIF action IN ('start', 'return') THEN
                    RETURN QUERY
                    UPDATE personal_account p SET wanted = true, stopped_at = NULL, stopped_by = NULL,
                        state = 'connecting', state_reason = NULL, state_since = now, next_attempt_at = now,
                        attempts = 0
                    WHERE p.account_id = ANY (ids) AND p.credentials IS NOT NULL
                        AND p.state NOT IN ('online', 'needs_login')
                        AND ({is_admin} OR (action = 'return' AND p.wanted AND {holds}))
                    RETURNING p.account_id;
                END IF;
            END $$
        """,
        # Whose it is, which SIM it is on, and by which way it goes out (sealed; kept as it was unless `other_proxy`).
        "change_personal_account(wanted_id bigint, new_holder bigint, new_sim text, other_proxy boolean,"
        " new_proxy bytea)": """
            RETURNS boolean LANGUAGE plpgsql VOLATILE {definer} $$
            BEGIN
                IF NOT {is_admin} OR {role} IS NULL THEN
                    RETURN false;
                END IF;
                UPDATE personal_account p SET sim = new_sim,
                    proxy = CASE WHEN other_proxy THEN new_proxy ELSE p.proxy END,
                    revision = p.revision + CASE WHEN other_proxy THEN 1 ELSE 0 END
                WHERE p.account_id = wanted_id;
                IF NOT FOUND THEN
                    RETURN false;
                END IF;
                UPDATE channel_account SET holder_id = new_holder WHERE id = wanted_id;
                RETURN true;
            END $$
        """,
    }
    parts = {
        "definer": "SECURITY DEFINER SET search_path = public, pg_temp AS",
        "me": ME,
        "role": ROLE,
        "is_admin": IS_ADMIN,
        "holds": HOLDS.format(table="p"),
    }
    for signature, body in functions.items():
        op.execute(f"CREATE FUNCTION {signature} {body.format(**parts)}")
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {signature} TO {WEB}")
