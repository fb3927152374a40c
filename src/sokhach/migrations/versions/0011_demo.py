"""The demo: what belongs to it, and the one way in which messages and payloads may be deleted."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
IS_ADMIN = "(SELECT current_setting('app.role', true)) = 'admin'"
MYSELF = "(SELECT nullif(current_setting('app.staff_id', true), '')::bigint)"


def upgrade() -> None:
    op.execute(
        f"""
        CREATE TABLE demo (
            id smallint NOT NULL CONSTRAINT pk_demo PRIMARY KEY CONSTRAINT ck_demo_one_row CHECK (id = 1),
            state text NOT NULL CONSTRAINT ck_demo_state
                CHECK (state IN ('preparing', 'running', 'clearing', 'cleared')),
            since timestamptz NOT NULL,
            history_count bigint,
            history_until bigint,
            account_ids bigint[] NOT NULL,
            staff_ids bigint[] NOT NULL,
            team_ids bigint[] NOT NULL,
            requested_by bigint CONSTRAINT fk_demo_requested_by_staff REFERENCES staff (id),
            requested_at timestamptz,
            cleared_at timestamptz
        );
        ALTER TABLE demo ENABLE ROW LEVEL SECURITY;
        GRANT SELECT, UPDATE (state, requested_by, requested_at) ON demo TO {WEB};
        CREATE POLICY sees ON demo FOR SELECT TO {WEB} USING ({IS_ADMIN});
        CREATE POLICY asks ON demo FOR UPDATE TO {WEB}
            USING ({IS_ADMIN} AND state IN ('preparing', 'running'))
            WITH CHECK (state = 'clearing' AND requested_by = {MYSELF});
        """
    )
    _append_only()


def _append_only() -> None:
    """As before, but for rows of a demo that is being cleared: the wall stands for every row of real customers, whoever
    made a mistake."""
    op.execute(
        """
        DROP TRIGGER append_only ON message;
        DROP TRIGGER append_only ON journal;
        CREATE TRIGGER append_only BEFORE UPDATE ON message
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER append_only BEFORE UPDATE ON journal
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

        CREATE FUNCTION refuse_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            account bigint;
        BEGIN
            IF TG_TABLE_NAME = 'message' THEN
                SELECT c.account_id INTO account FROM conversation c WHERE c.id = OLD.conversation_id;
            ELSE
                account := OLD.account_id;
            END IF;
            IF EXISTS (SELECT FROM demo d WHERE d.state = 'clearing' AND account = ANY (d.account_ids)) THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER append_only_rows BEFORE DELETE ON message
            FOR EACH ROW EXECUTE FUNCTION refuse_deletion();
        CREATE TRIGGER append_only_rows BEFORE DELETE ON journal
            FOR EACH ROW EXECUTE FUNCTION refuse_deletion();
        """
    )
