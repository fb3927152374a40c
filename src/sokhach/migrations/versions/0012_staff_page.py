"""Only administrators write who works here, in which role and team; everybody sets their own language and colours."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
IS_ADMIN = "(SELECT current_setting('app.role', true)) = 'admin'"
ME = "(SELECT nullif(current_setting('app.staff_id', true), '')::bigint)"


def upgrade() -> None:
    """Everybody's rows stay readable: who calls is found out before there is an actor. The first owner is made before
    there is one, too."""
    op.execute(
        f"""
        REVOKE UPDATE ON staff, staff_credential FROM {WEB};
        GRANT UPDATE (name, name_folded, role, suspended_at) ON staff TO {WEB};
        GRANT UPDATE (password_hash, changed_at) ON staff_credential TO {WEB};
        GRANT INSERT, UPDATE (parent_id, name), DELETE ON team TO {WEB};
        GRANT UPDATE (leads), DELETE ON staff_team TO {WEB};
        """
    )
    for table in ("staff", "staff_credential", "staff_team", "team"):
        op.execute(
            f"""
            ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            CREATE POLICY sees ON {table} FOR SELECT TO {WEB} USING (true);
            CREATE POLICY adds ON {table} FOR INSERT TO {WEB} WITH CHECK ({IS_ADMIN});
            CREATE POLICY changes ON {table} FOR UPDATE TO {WEB} USING ({IS_ADMIN});
            CREATE POLICY removes ON {table} FOR DELETE TO {WEB} USING ({IS_ADMIN});
            """
        )
    op.execute(
        f"""
        CREATE POLICY first ON staff FOR INSERT TO {WEB}
            WITH CHECK (role = 'admin' AND NOT EXISTS (SELECT FROM staff));
        CREATE POLICY first ON staff_credential FOR INSERT TO {WEB}
            WITH CHECK (NOT EXISTS (SELECT FROM staff_credential));

        CREATE FUNCTION set_own_preferences(new_locale text, new_color_scheme text)
        RETURNS void
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            UPDATE staff SET locale = coalesce(new_locale, locale),
                color_scheme = coalesce(new_color_scheme, color_scheme)
            WHERE id = {ME}
        $$;
        REVOKE ALL ON FUNCTION set_own_preferences(text, text) FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION set_own_preferences(text, text) TO {WEB};
        """
    )
