"""The inbox stays quick however much is closed: paths to what is open and to who waits; many are asked for at once."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
OF_NOBODY = "custodian_id IS NULL AND assignee_id IS NULL"


def upgrade() -> None:
    for view, shown, key in (
        ("open", "episode_open", "last_message_at DESC, id DESC"),
        ("waiting", "waiting_since IS NOT NULL", "waiting_since, id"),
    ):
        op.execute(
            f"""
            CREATE INDEX ix_conversation_custodian_id_{view} ON conversation (custodian_id, {key}) WHERE {shown};
            CREATE INDEX ix_conversation_assignee_id_{view} ON conversation (assignee_id, {key})
                WHERE assignee_id IS NOT NULL AND {shown};
            CREATE INDEX ix_conversation_pool_{view} ON conversation ({key}) WHERE {OF_NOBODY} AND {shown};
            """
        )
    # As each of these actors in turn, under row-level security; `nth` counts them from 1. The transaction is left with
    # no actor.
    op.execute(
        f"""
        CREATE FUNCTION visible_to_each(actors jsonb, wanted bigint[])
        RETURNS TABLE (nth bigint, id bigint)
        LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp AS $$
        DECLARE
            actor record;
        BEGIN
            FOR actor IN
                SELECT a.value ->> 'scope' AS scope, a.value ->> 'scope_staff' AS scope_staff, a.ordinality AS nth
                FROM jsonb_array_elements(actors) WITH ORDINALITY AS a
            LOOP
                PERFORM set_config('app.scope', actor.scope, true),
                    set_config('app.scope_staff', actor.scope_staff, true);
                RETURN QUERY SELECT actor.nth, c.id FROM conversation c WHERE c.id = ANY (wanted);
            END LOOP;
            PERFORM set_config('app.scope', '', true), set_config('app.scope_staff', '', true);
        END $$;
        REVOKE ALL ON FUNCTION visible_to_each(jsonb, bigint[]) FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION visible_to_each(jsonb, bigint[]) TO {WEB};
        """
    )
