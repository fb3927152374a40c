"""A staff's own SIM stays theirs: whoever is made its holder shows by a login that they are, and it becomes the
company's by its holder's own login only."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

WEB = "sokhach_web"
ROLE = "(SELECT current_setting('app.role', true))"
IS_ADMIN = f"({ROLE} = 'admin')"
ME = "(SELECT nullif(current_setting('app.staff_id', true), '')::bigint)"
DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp AS $$"


def upgrade() -> None:
    op.execute(
        f"""
        ALTER TABLE personal_account ADD COLUMN company_since timestamptz, ADD COLUMN handed_over_at timestamptz;
        GRANT SELECT (handed_over_at) ON personal_account TO {WEB};
        DROP POLICY sees ON private_people;
        CREATE POLICY sees ON private_people FOR SELECT TO {WEB}
            USING (EXISTS (
                SELECT FROM channel_account a JOIN personal_account p ON p.account_id = a.id
                WHERE a.id = private_people.account_id AND a.holder_id = {ME} AND p.handed_over_at IS NULL
            ));

        -- By whatever way an own SIM gets another holder: what the last one said of it ends, and whom they know goes.
        CREATE FUNCTION hand_over() RETURNS trigger LANGUAGE plpgsql {DEFINER}
        BEGIN
            UPDATE personal_account SET handed_over_at = clock_timestamp()
                WHERE account_id = NEW.id AND sim = 'own';
            IF FOUND THEN
                UPDATE work_contact SET ended_at = clock_timestamp(),
                    ended_by = coalesce({ME}, NEW.holder_id, OLD.holder_id)
                    WHERE account_id = NEW.id AND ended_at IS NULL;
                DELETE FROM private_people WHERE account_id = NEW.id;
            END IF;
            RETURN NULL;
        END $$;
        REVOKE ALL ON FUNCTION hand_over() FROM PUBLIC;
        CREATE TRIGGER hand_over AFTER UPDATE OF holder_id ON channel_account FOR EACH ROW
            WHEN (OLD.holder_id IS DISTINCT FROM NEW.holder_id) EXECUTE FUNCTION hand_over();

        -- As before, but an own SIM does not become the company's by it.
        CREATE OR REPLACE FUNCTION change_personal_account(wanted_id bigint, new_holder bigint, new_sim text,
            other_proxy boolean, new_proxy bytea)
        RETURNS boolean LANGUAGE plpgsql VOLATILE {DEFINER}
        BEGIN
            IF NOT {IS_ADMIN} OR {ROLE} IS NULL THEN
                RETURN false;
            END IF;
            UPDATE personal_account p SET sim = new_sim,
                company_since = CASE WHEN p.sim = new_sim THEN p.company_since END,
                proxy = CASE WHEN other_proxy THEN new_proxy ELSE p.proxy END,
                revision = p.revision + CASE WHEN other_proxy THEN 1 ELSE 0 END
            WHERE p.account_id = wanted_id AND NOT (p.sim = 'own' AND new_sim = 'company');
            IF NOT FOUND THEN
                RETURN false;
            END IF;
            UPDATE channel_account SET holder_id = new_holder WHERE id = wanted_id;
            RETURN true;
        END $$;

        CREATE OR REPLACE FUNCTION mark_work(account bigint, thread text, is_group boolean, is_work boolean,
            called text, now timestamptz)
        RETURNS boolean LANGUAGE plpgsql VOLATILE {DEFINER}
        BEGIN
            PERFORM FROM personal_account p JOIN channel_account a ON a.id = p.account_id
                WHERE p.account_id = account AND p.sim = 'own' AND p.handed_over_at IS NULL AND a.holder_id = {ME}
                FOR UPDATE OF p;
            IF NOT FOUND THEN
                RETURN NULL;
            END IF;
            IF is_work THEN
                INSERT INTO work_contact (account_id, thread_key, in_group, name, marked_by, marked_at)
                VALUES (account, thread, is_group, called, {ME}, now)
                ON CONFLICT (account_id, thread_key, in_group) WHERE ended_at IS NULL DO NOTHING;
            ELSE
                UPDATE work_contact SET ended_at = now, ended_by = {ME}
                WHERE account_id = account AND thread_key = thread AND in_group = is_group AND ended_at IS NULL;
            END IF;
            RETURN FOUND;
        END $$;

        CREATE OR REPLACE FUNCTION ask_for_people(account bigint, now timestamptz)
        RETURNS void LANGUAGE sql VOLATILE {DEFINER}
            INSERT INTO private_people (account_id, due_at)
            SELECT p.account_id, now FROM personal_account p JOIN channel_account a ON a.id = p.account_id
            WHERE p.account_id = account AND p.sim = 'own' AND p.handed_over_at IS NULL AND a.holder_id = {ME}
            ON CONFLICT (account_id) DO UPDATE SET due_at = excluded.due_at
                WHERE private_people.due_at > excluded.due_at AND (
                    private_people.fetched_at IS NULL OR private_people.fetched_at < now - interval '2 minutes'
                )
        $$;
        """
    )
