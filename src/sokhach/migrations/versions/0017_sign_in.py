"""Invitations, second factors, devices and API tokens."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
IS_ADMIN = "(SELECT current_setting('app.role', true)) = 'admin'"
ME = "(SELECT nullif(current_setting('app.staff_id', true), '')::bigint)"
SIGNED_IN = f"{ME} IS NOT NULL"


def upgrade() -> None:
    _people()
    _tables()
    _walls()
    _doors()


def _people() -> None:
    op.execute(
        """
        ALTER TABLE staff
            ADD COLUMN recording_confirmed_at timestamptz,
            ADD COLUMN recording_version smallint,
            ADD CONSTRAINT ck_staff_recording CHECK ((recording_confirmed_at IS NULL) = (recording_version IS NULL));
        ALTER TABLE session
            ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY,
            ADD COLUMN sudo_until timestamptz,
            ADD CONSTRAINT uq_session_id UNIQUE (id);
        """
    )


def _tables() -> None:
    op.execute(
        """
        CREATE TABLE staff_link (
            staff_id bigint NOT NULL CONSTRAINT fk_staff_link_staff_id_staff REFERENCES staff (id),
            kind text NOT NULL CONSTRAINT ck_staff_link_kind CHECK (kind IN ('invitation', 'password_reset')),
            token_hash bytea NOT NULL CONSTRAINT uq_staff_link_token_hash UNIQUE,
            created_at timestamptz NOT NULL,
            created_by bigint CONSTRAINT fk_staff_link_created_by_staff REFERENCES staff (id),
            expires_at timestamptz NOT NULL,
            CONSTRAINT pk_staff_link PRIMARY KEY (staff_id, kind)
        );
        CREATE TABLE totp (
            staff_id bigint NOT NULL CONSTRAINT pk_totp PRIMARY KEY
                CONSTRAINT fk_totp_staff_id_staff REFERENCES staff (id),
            sealed bytea NOT NULL,
            created_at timestamptz NOT NULL,
            confirmed_at timestamptz,
            last_step bigint
        );
        CREATE TABLE recovery_code (
            staff_id bigint NOT NULL CONSTRAINT fk_recovery_code_staff_id_staff REFERENCES staff (id),
            code_hash bytea NOT NULL,
            CONSTRAINT pk_recovery_code PRIMARY KEY (staff_id, code_hash)
        );
        CREATE TABLE api_token (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_api_token PRIMARY KEY,
            staff_id bigint NOT NULL CONSTRAINT fk_api_token_staff_id_staff REFERENCES staff (id),
            name text NOT NULL,
            token_hash bytea NOT NULL CONSTRAINT uq_api_token_token_hash UNIQUE,
            hint text NOT NULL,
            scopes text[] NOT NULL CONSTRAINT ck_api_token_scopes CHECK (cardinality(scopes) > 0),
            created_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            last_used_at timestamptz,
            address inet,
            revoked_at timestamptz,
            CONSTRAINT ck_api_token_expires CHECK (expires_at <= created_at + interval '367 days')
        );
        CREATE INDEX ix_api_token_staff_id ON api_token (staff_id);
        CREATE TABLE security_policy (
            id smallint NOT NULL CONSTRAINT pk_security_policy PRIMARY KEY
                CONSTRAINT ck_security_policy_one_row CHECK (id = 1),
            totp_roles text[] NOT NULL CONSTRAINT ck_security_policy_totp_roles
                CHECK (totp_roles <@ ARRAY['staff', 'lead', 'manager', 'admin', 'auditor'])
        );
        INSERT INTO security_policy (id, totp_roles) VALUES (1, '{}');
        CREATE TABLE mail (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_mail PRIMARY KEY,
            kind text NOT NULL,
            sealed bytea,
            created_at timestamptz NOT NULL,
            until timestamptz NOT NULL,
            attempts integer NOT NULL,
            due_at timestamptz,
            sent_at timestamptz,
            error text,
            CONSTRAINT ck_mail_settled CHECK ((due_at IS NULL) = (sealed IS NULL))
        );
        CREATE INDEX ix_mail_due_at ON mail (due_at) WHERE due_at IS NOT NULL;
        """
    )


def _walls() -> None:
    """Hashes and secrets are written by the web role, and never read: the doors below compare them."""
    op.execute(
        f"""
        GRANT SELECT (staff_id, kind, created_at, created_by, expires_at), INSERT, DELETE ON staff_link TO {WEB};
        GRANT SELECT (staff_id, created_at, confirmed_at), INSERT, DELETE,
            UPDATE (sealed, created_at, confirmed_at, last_step) ON totp TO {WEB};
        GRANT SELECT, INSERT, DELETE ON recovery_code TO {WEB};
        GRANT SELECT (id, staff_id, name, hint, scopes, created_at, expires_at, last_used_at, address, revoked_at),
            INSERT, UPDATE (last_used_at, address, revoked_at) ON api_token TO {WEB};
        GRANT SELECT, UPDATE (totp_roles) ON security_policy TO {WEB};
        GRANT INSERT ON mail TO {WEB};
        """
    )
    for table in ("staff_link", "totp", "recovery_code", "api_token", "security_policy", "mail"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"""
        CREATE POLICY sees ON staff_link FOR SELECT TO {WEB} USING ({SIGNED_IN});
        CREATE POLICY adds ON staff_link FOR INSERT TO {WEB} WITH CHECK ({IS_ADMIN});
        CREATE POLICY removes ON staff_link FOR DELETE TO {WEB} USING ({IS_ADMIN} OR staff_id = {ME});

        CREATE POLICY sees ON totp FOR SELECT TO {WEB} USING ({SIGNED_IN});
        CREATE POLICY adds ON totp FOR INSERT TO {WEB} WITH CHECK (staff_id = {ME});
        CREATE POLICY changes ON totp FOR UPDATE TO {WEB} USING (staff_id = {ME});
        CREATE POLICY removes ON totp FOR DELETE TO {WEB} USING ({IS_ADMIN} OR staff_id = {ME});

        CREATE POLICY sees ON recovery_code FOR SELECT TO {WEB} USING ({IS_ADMIN} OR staff_id = {ME});
        CREATE POLICY adds ON recovery_code FOR INSERT TO {WEB} WITH CHECK (staff_id = {ME});
        CREATE POLICY removes ON recovery_code FOR DELETE TO {WEB} USING ({IS_ADMIN} OR staff_id = {ME});

        CREATE POLICY sees ON api_token FOR SELECT TO {WEB} USING ({IS_ADMIN} OR staff_id = {ME});
        CREATE POLICY adds ON api_token FOR INSERT TO {WEB} WITH CHECK (staff_id = {ME});
        CREATE POLICY changes ON api_token FOR UPDATE TO {WEB} USING ({IS_ADMIN} OR staff_id = {ME});

        CREATE POLICY sees ON security_policy FOR SELECT TO {WEB} USING ({SIGNED_IN});
        CREATE POLICY changes ON security_policy FOR UPDATE TO {WEB} USING ({IS_ADMIN});

        CREATE POLICY adds ON mail FOR INSERT TO {WEB} WITH CHECK (sent_at IS NULL AND attempts = 0);
        """
    )


def _doors() -> None:
    """What somebody who is not signed in yet may ask, by what they hold; and what everybody may set of themselves."""
    functions = {
        # Of a link that is still good.
        "look_at_link(given bytea, of_kind text, at timestamptz)": """
            RETURNS TABLE (staff_id bigint, created_by bigint, expires_at timestamptz) LANGUAGE sql STABLE {definer} $$
                SELECT l.staff_id, l.created_by, l.expires_at FROM staff_link l JOIN staff s ON s.id = l.staff_id
                WHERE l.token_hash = given AND l.kind = of_kind AND l.expires_at > at AND s.suspended_at IS NULL
            $$
        """,
        # Once: of two at the same time the second finds nothing.
        "use_link(given bytea, of_kind text, at timestamptz)": """
            RETURNS TABLE (staff_id bigint) LANGUAGE sql VOLATILE {definer} $$
                DELETE FROM staff_link l USING staff s
                WHERE l.token_hash = given AND l.kind = of_kind AND l.expires_at > at
                    AND s.id = l.staff_id AND s.suspended_at IS NULL
                RETURNING l.staff_id
            $$
        """,
        "api_token_of(given bytea, at timestamptz)": """
            RETURNS TABLE (id bigint, staff_id bigint, name text, scopes text[], last_used_at timestamptz)
            LANGUAGE sql STABLE {definer} $$
                SELECT t.id, t.staff_id, t.name, t.scopes, t.last_used_at FROM api_token t
                WHERE t.token_hash = given AND t.revoked_at IS NULL AND t.expires_at > at
            $$
        """,
        # Asked with every request.
        "lacks_second_factor(who bigint, of_role text)": """
            RETURNS boolean LANGUAGE sql STABLE {definer} $$
                SELECT of_role = ANY (p.totp_roles) AND NOT EXISTS
                    (SELECT FROM totp t WHERE t.staff_id = who AND t.confirmed_at IS NOT NULL)
                FROM security_policy p
            $$
        """,
        # Held until the end: of two that show the same code, the second finds it used.
        "own_totp()": """
            RETURNS TABLE (sealed bytea, confirmed_at timestamptz, last_step bigint) LANGUAGE sql VOLATILE {definer} $$
                SELECT t.sealed, t.confirmed_at, t.last_step FROM totp t WHERE t.staff_id = {me} FOR UPDATE
            $$
        """,
        "set_own_password(new_hash text, at timestamptz)": """
            RETURNS void LANGUAGE sql VOLATILE {definer} $$
                INSERT INTO staff_credential AS c (staff_id, password_hash, changed_at)
                SELECT {me}, new_hash, at WHERE {me} IS NOT NULL
                ON CONFLICT (staff_id) DO UPDATE SET password_hash = new_hash, changed_at = at
            $$
        """,
        "confirm_recording(version smallint, at timestamptz)": """
            RETURNS void LANGUAGE sql VOLATILE {definer} $$
                UPDATE staff SET recording_confirmed_at = at, recording_version = version
                WHERE id = {me} AND recording_version IS DISTINCT FROM version
            $$
        """,
    }
    definer = "SECURITY DEFINER SET search_path = public, pg_temp AS"
    for signature, body in functions.items():
        op.execute(f"CREATE FUNCTION {signature} {body.format(definer=definer, me=ME)}")
        op.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {signature} TO {WEB}")
