import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button, CloseButton } from "@mantine/core";
import { useState } from "react";
import { ConfirmDialog } from "../../../shared/ui/ConfirmDialog";
import { useProblemText } from "../../../shared/useProblemText";
import { useAct } from "../queries";
import type { BulkAction, BulkOutcome, PersonalAccount } from "../types";
import classes from "./BulkBar.module.css";

type Props = { chosen: readonly PersonalAccount[]; clear: () => void };

/** What can be done with several accounts at once, and what came of it. */
export function BulkBar({ chosen, clear }: Props) {
  const { t } = useLingui();
  const act = useAct();
  const problemText = useProblemText();
  const [confirming, setConfirming] = useState(false);
  const ids = chosen.map((one) => one.id);
  const run = (action: BulkAction) => act.mutate({ ids, action }, { onSuccess: () => setConfirming(false) });
  const count = chosen.length;
  return (
    <>
      <section className={classes.bar} aria-label={t`Thao tác với tài khoản đã chọn`}>
        <div className={classes.line}>
          <span className={classes.count}>{t`Đã chọn ${plural(count, { other: "# tài khoản" })}`}</span>
          <Button size="sm" loading={act.isPending} onClick={() => run("return")}>
            {t`Kết nối lại`}
          </Button>
          <Button size="sm" variant="default" disabled={act.isPending} onClick={() => run("start")}>
            {t`Cho chạy`}
          </Button>
          <Button size="sm" variant="default" disabled={act.isPending} onClick={() => setConfirming(true)}>
            {t`Tạm dừng`}
          </Button>
          <CloseButton aria-label={t`Bỏ chọn`} size={36} onClick={clear} />
        </div>
        {act.data && <Outcome outcome={act.data} chosen={chosen} />}
        {act.error && !confirming && (
          <p className={classes.problem} role="alert">
            {problemText(act.error)}
          </p>
        )}
      </section>
      {confirming && (
        <ConfirmDialog
          title={t`Tạm dừng ${plural(count, { other: "# tài khoản" })}?`}
          text={t`Trong lúc dừng không gửi và không ghi được tin nào. Khi cho chạy lại, tin mà Zalo còn giữ được đọc bù; phần còn lại thành khoảng trống dữ liệu.`}
          action={t`Tạm dừng`}
          danger
          busy={act.isPending}
          error={act.error}
          confirm={() => run("stop")}
          close={() => setConfirming(false)}
        />
      )}
    </>
  );
}

function Outcome({ outcome, chosen }: { outcome: BulkOutcome; chosen: readonly PersonalAccount[] }) {
  const { t } = useLingui();
  const done = outcome.done.length;
  const refused = outcome.refused.length;
  const nameOf = (id: number) => chosen.find((one) => one.id === id)?.name ?? `${id}`;
  return (
    <div className={classes.outcome} role="status">
      <p>
        {t`${plural(done, { other: "Đã nhận lệnh cho # tài khoản." })}`}
        {refused > 0 && ` ${t`${plural(refused, { other: "# tài khoản chưa làm được:" })}`}`}
      </p>
      {refused > 0 && (
        <ul>
          {outcome.refused.map(({ id, reason }) => (
            <li key={id}>
              <strong>{nameOf(id)}</strong>
              {`: ${reason}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
