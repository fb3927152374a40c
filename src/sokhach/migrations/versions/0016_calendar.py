"""Hours, holidays and shifts."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
KEEPS_CALENDAR = "(SELECT current_setting('app.role', true)) IN ('manager', 'admin')"


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE calendar_week (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_calendar_week PRIMARY KEY,
            team_id bigint CONSTRAINT fk_calendar_week_team_id_team REFERENCES team (id) ON DELETE CASCADE,
            week jsonb NOT NULL,
            changed_by bigint CONSTRAINT fk_calendar_week_changed_by_staff REFERENCES staff (id),
            changed_at timestamptz NOT NULL,
            CONSTRAINT uq_calendar_week_team_id UNIQUE NULLS NOT DISTINCT (team_id)
        );
        CREATE TABLE calendar_day (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_calendar_day PRIMARY KEY,
            team_id bigint CONSTRAINT fk_calendar_day_team_id_team REFERENCES team (id) ON DELETE CASCADE,
            day date NOT NULL,
            kind text NOT NULL CONSTRAINT ck_calendar_day_kind CHECK (kind IN ('closed', 'open', 'ordinary')),
            name text NOT NULL,
            intervals jsonb NOT NULL,
            changed_by bigint CONSTRAINT fk_calendar_day_changed_by_staff REFERENCES staff (id),
            changed_at timestamptz NOT NULL,
            CONSTRAINT ck_calendar_day_intervals CHECK ((kind = 'open') = (jsonb_array_length(intervals) > 0)),
            CONSTRAINT uq_calendar_day_team_id_day UNIQUE NULLS NOT DISTINCT (team_id, day)
        );
        CREATE TABLE shift (
            id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_shift PRIMARY KEY,
            staff_id bigint NOT NULL CONSTRAINT fk_shift_staff_id_staff REFERENCES staff (id),
            from_at timestamptz NOT NULL,
            until_at timestamptz NOT NULL,
            created_by bigint CONSTRAINT fk_shift_created_by_staff REFERENCES staff (id),
            created_at timestamptz NOT NULL,
            CONSTRAINT ck_shift_times CHECK (until_at > from_at)
        );
        CREATE INDEX ix_shift_staff_id_from_at ON shift (staff_id, from_at);
        CREATE INDEX ix_shift_from_at ON shift (from_at);
        """
    )
    for table in ("calendar_week", "calendar_day", "shift"):
        op.execute(
            f"""
            GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {WEB};
            ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            CREATE POLICY sees ON {table} FOR SELECT TO {WEB} USING (true);
            CREATE POLICY adds ON {table} FOR INSERT TO {WEB} WITH CHECK ({KEEPS_CALENDAR});
            CREATE POLICY changes ON {table} FOR UPDATE TO {WEB} USING ({KEEPS_CALENDAR});
            CREATE POLICY removes ON {table} FOR DELETE TO {WEB} USING ({KEEPS_CALENDAR});
            """
        )
