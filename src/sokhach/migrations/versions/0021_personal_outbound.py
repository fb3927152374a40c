"""What leaves by personal accounts: caps, labels, friends, recalls, what staff have seen."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
SIGNED_IN = "(SELECT nullif(current_setting('app.staff_id', true), '')) IS NOT NULL"
ME = "(SELECT nullif(current_setting('app.staff_id', true), '')::bigint)"


def upgrade() -> None:
    _caps()
    _people()
    _signals()
    _recalls()
    _standing()


def _caps() -> None:
    """How much an account did, not what: whoever is signed in may know it."""
    op.execute(
        f"""
        CREATE TABLE personal_cap_use (
            account_id bigint NOT NULL CONSTRAINT fk_personal_cap_use_account_id_channel_account
                REFERENCES channel_account (id),
            day date NOT NULL,
            cap text NOT NULL,
            used integer NOT NULL,
            CONSTRAINT pk_personal_cap_use PRIMARY KEY (account_id, day, cap)
        );
        CREATE TABLE personal_pace (
            account_id bigint NOT NULL CONSTRAINT pk_personal_pace PRIMARY KEY
                CONSTRAINT fk_personal_pace_account_id_channel_account REFERENCES channel_account (id),
            next_at timestamptz,
            next_stranger_at timestamptz
        );
        ALTER TABLE personal_cap_use ENABLE ROW LEVEL SECURITY;
        CREATE POLICY sees ON personal_cap_use FOR SELECT TO {WEB} USING ({SIGNED_IN});
        GRANT SELECT ON personal_cap_use TO {WEB};
        ALTER TABLE personal_pace ENABLE ROW LEVEL SECURITY;
        CREATE POLICY sees ON personal_pace FOR SELECT TO {WEB} USING ({SIGNED_IN});
        GRANT SELECT ON personal_pace TO {WEB};
        """
    )


def _people() -> None:
    """Friends show with the conversation that somebody sees."""
    op.execute(
        f"""
        CREATE TABLE personal_friend (
            account_id bigint NOT NULL CONSTRAINT fk_personal_friend_account_id_channel_account
                REFERENCES channel_account (id),
            external_id text NOT NULL,
            noted_at timestamptz NOT NULL,
            CONSTRAINT pk_personal_friend PRIMARY KEY (account_id, external_id)
        );
        ALTER TABLE personal_friend ENABLE ROW LEVEL SECURITY;
        CREATE POLICY sees ON personal_friend FOR SELECT TO {WEB} USING (
            EXISTS (
                SELECT FROM conversation c
                WHERE c.account_id = personal_friend.account_id AND c.thread_key = personal_friend.external_id
            )
        );
        GRANT SELECT ON personal_friend TO {WEB};

        CREATE TABLE personal_directory (
            account_id bigint NOT NULL CONSTRAINT fk_personal_directory_account_id_channel_account
                REFERENCES channel_account (id),
            kind text NOT NULL CONSTRAINT ck_personal_directory_kind
                CHECK (kind IN ('friends', 'groups', 'aliases', 'labels')),
            due_at timestamptz NOT NULL,
            fetched_at timestamptz,
            digest text,
            attempts smallint NOT NULL,
            CONSTRAINT pk_personal_directory PRIMARY KEY (account_id, kind)
        );
        CREATE INDEX ix_personal_directory_due_at ON personal_directory (due_at);
        """
    )


def _signals() -> None:
    op.execute(
        f"""
        CREATE TABLE personal_signal (
            conversation_id bigint NOT NULL CONSTRAINT fk_personal_signal_conversation_id_conversation
                REFERENCES conversation (id),
            kind text NOT NULL CONSTRAINT ck_personal_signal_kind CHECK (kind IN ('seen', 'typing')),
            account_id bigint NOT NULL CONSTRAINT fk_personal_signal_account_id_channel_account
                REFERENCES channel_account (id),
            asked_at timestamptz NOT NULL,
            due_at timestamptz,
            told_at timestamptz,
            CONSTRAINT pk_personal_signal PRIMARY KEY (conversation_id, kind)
        );
        CREATE INDEX ix_personal_signal_due_at ON personal_signal (due_at) WHERE due_at IS NOT NULL;
        ALTER TABLE personal_signal ENABLE ROW LEVEL SECURITY;
        CREATE POLICY asks ON personal_signal TO {WEB} USING (
            EXISTS (SELECT FROM conversation c WHERE c.id = personal_signal.conversation_id)
        );
        GRANT SELECT, INSERT (conversation_id, kind, account_id, asked_at, due_at), UPDATE (asked_at, due_at)
            ON personal_signal TO {WEB};
        """
    )


def _recalls() -> None:
    op.execute(
        f"""
        CREATE TABLE outgoing_recall (
            message_id bigint NOT NULL CONSTRAINT pk_outgoing_recall PRIMARY KEY
                CONSTRAINT fk_outgoing_recall_message_id_message REFERENCES message (id),
            conversation_id bigint NOT NULL CONSTRAINT fk_outgoing_recall_conversation_id_conversation
                REFERENCES conversation (id),
            account_id bigint NOT NULL CONSTRAINT fk_outgoing_recall_account_id_channel_account
                REFERENCES channel_account (id),
            staff_id bigint NOT NULL CONSTRAINT fk_outgoing_recall_staff_id_staff REFERENCES staff (id),
            state text NOT NULL CONSTRAINT ck_outgoing_recall_state
                CHECK (state IN ('queued', 'sending', 'done', 'failed')),
            reason text,
            attempts smallint NOT NULL,
            created_at timestamptz NOT NULL,
            due_at timestamptz NOT NULL,
            changed_at timestamptz NOT NULL
        );
        CREATE INDEX ix_outgoing_recall_due_at ON outgoing_recall (due_at) WHERE state IN ('queued', 'sending');
        CREATE INDEX ix_outgoing_recall_conversation_id ON outgoing_recall (conversation_id);
        ALTER TABLE outgoing_recall ENABLE ROW LEVEL SECURITY;
        CREATE POLICY sees ON outgoing_recall FOR SELECT TO {WEB} USING (
            EXISTS (SELECT FROM conversation c WHERE c.id = outgoing_recall.conversation_id)
        );
        CREATE POLICY recalls ON outgoing_recall FOR INSERT TO {WEB} WITH CHECK (
            EXISTS (SELECT FROM conversation c WHERE c.id = outgoing_recall.conversation_id) AND staff_id = {ME}
        );
        CREATE POLICY again ON outgoing_recall FOR UPDATE TO {WEB} USING (
            EXISTS (SELECT FROM conversation c WHERE c.id = outgoing_recall.conversation_id) AND state = 'failed'
        ) WITH CHECK (staff_id = {ME});
        GRANT SELECT, INSERT, UPDATE (staff_id, state, reason, attempts, created_at, due_at, changed_at)
            ON outgoing_recall TO {WEB};
        """
    )


def _standing() -> None:
    """Whether an account may send, and since when it is warmed up, for whoever writes by it; what else stands in its
    row is its holder's and administrators'."""
    op.execute(
        f"""
        CREATE FUNCTION personal_standing(wanted_account bigint)
        RETURNS TABLE (stopped boolean, state text, warm_from timestamptz)
        LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        BEGIN
            RETURN QUERY
                SELECT NOT p.wanted OR EXISTS (SELECT FROM personal_switch s WHERE s.stopped_at IS NOT NULL),
                    p.state, p.warm_from
                FROM personal_account p WHERE p.account_id = wanted_account
                    AND nullif(current_setting('app.staff_id', true), '') IS NOT NULL;
        END $$;
        REVOKE ALL ON FUNCTION personal_standing(bigint) FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION personal_standing(bigint) TO {WEB};
        """
    )
