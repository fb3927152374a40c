import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconHandStop } from "@tabler/icons-react";
import { useState } from "react";
import { useNow } from "../../../shared/time/ticker";
import { useDates } from "../../../shared/time/useDates";
import { ConfirmDialog } from "../../../shared/ui/ConfirmDialog";
import { useProblemText } from "../../../shared/useProblemText";
import { useSwitch } from "../queries";
import type { PersonalAccountList } from "../types";
import { usePersonalRights } from "../words";
import classes from "./KillSwitch.module.css";

/** Stops whatever would be sent from any personal account. */
export function KillButton() {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const change = useSwitch();
  return (
    <>
      <Button
        variant="default"
        className={classes.kill}
        leftSection={<IconHandStop size={16} stroke={1.6} />}
        onClick={() => setAsking(true)}
      >
        {t`Dừng gửi tất cả`}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t`Dừng gửi từ mọi Zalo cá nhân?`}
          text={t`Không tin nào được gửi đi nữa, tới khi có người cho gửi lại. Tin đến vẫn được ghi, tin đang chờ gửi được giữ nguyên. Bạn sẽ được hỏi lại mật khẩu.`}
          action={t`Dừng gửi tất cả`}
          danger
          busy={change.isPending}
          error={change.error}
          confirm={() => change.mutate(true, { onSuccess: () => setAsking(false) })}
          close={() => setAsking(false)}
        />
      )}
    </>
  );
}

/** That nothing is sent, since when and by whom: above all else, as long as it is so. */
export function StoppedBanner({ stopped }: { stopped: NonNullable<PersonalAccountList["stopped"]> }) {
  const { t } = useLingui();
  const { manages } = usePersonalRights();
  const dates = useDates();
  const now = useNow();
  const problemText = useProblemText();
  const change = useSwitch();
  const since = dates.since(stopped.at, now);
  const name = stopped.by?.name;
  return (
    <section className={classes.banner} role="alert">
      <IconHandStop size={22} stroke={1.75} aria-hidden />
      <div className={classes.words}>
        <p className={classes.title}>{t`Đang dừng gửi từ mọi Zalo cá nhân`}</p>
        <p>
          {name ? t`${name} đã dừng gửi từ ${since}.` : t`Đã dừng gửi từ ${since}.`}{" "}
          {t`Tin đến vẫn được ghi; tin viết lúc này chờ tới khi cho gửi lại.`}
        </p>
        {change.error && <p>{problemText(change.error)}</p>}
      </div>
      {manages && (
        <Button loading={change.isPending} onClick={() => change.mutate(false)}>
          {t`Cho gửi lại`}
        </Button>
      )}
    </section>
  );
}
