import { useLingui } from "@lingui/react/macro";
import { Alert, Button } from "@mantine/core";
import type { StaffMember } from "../../api/admin";
import { useNow } from "../../shared/time/ticker";
import { useDates } from "../../shared/time/useDates";
import { useProblemText } from "../../shared/useProblemText";
import { LinkShown } from "./LinkShown";
import classes from "./PersonDrawer.module.css";
import { useInviteAgain } from "./queries";

/** Somebody who was invited and has not come: how long their link is good, and a new one. */
export function PersonInvitation({ member }: { member: StaffMember }) {
  const { t } = useLingui();
  const dates = useDates();
  const now = useNow();
  const problemText = useProblemText();
  const again = useInviteAgain(member.id);
  const { name, invitation_expires_at: expires } = member;
  const until = expires ? dates.dateTime(expires) : "";
  const good = expires !== null && Date.parse(expires) > now;
  return (
    <section className={classes.part}>
      <h3 className={classes.title}>{t`Lời mời`}</h3>
      <p className={classes.note}>
        {good
          ? t`${name} chưa nhận lời mời. Đường dẫn dùng được tới ${until}.`
          : t`Lời mời đã hết hạn mà ${name} chưa vào.`}
      </p>
      {again.error && (
        <Alert color="red" variant="light" role="alert">
          {problemText(again.error)}
        </Alert>
      )}
      <div className={classes.buttons}>
        <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
          {t`Mời lại`}
        </Button>
      </div>
      {again.data && (
        <LinkShown
          title={t`Đã mời lại ${name}`}
          member={again.data.member}
          link={again.data.link}
          mailed={again.data.mailed}
          close={() => again.reset()}
        />
      )}
    </section>
  );
}
