import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { formatNumber } from "../../../shared/time/calendar";
import { useNow } from "../../../shared/time/ticker";
import { useDates } from "../../../shared/time/useDates";
import { ConfirmDialog } from "../../../shared/ui/ConfirmDialog";
import { Count, Counts } from "../../../shared/ui/Counts";
import { Section } from "../../../shared/ui/Section";
import { useProblemText } from "../../../shared/useProblemText";
import { useAct } from "../queries";
import { toneOf } from "../states";
import type { BulkAction, PersonalAccountDetail } from "../types";
import { usePersonalRights, usePersonalWords } from "../words";
import classes from "./Account.module.css";
import { useReturnGuide } from "./useReturnGuide";

/** How the account is, why, and step by step what brings it back. */
export function StateSection({ account }: { account: PersonalAccountDetail }) {
  const { t } = useLingui();
  const { manages, returns } = usePersonalRights();
  const words = usePersonalWords();
  const guide = useReturnGuide()(account);
  // What the server says of this very case is enough.
  const why = account.reason ? null : guide?.why;
  const dates = useDates();
  const now = useNow();
  const act = useAct();
  const problemText = useProblemText();
  const [stopping, setStopping] = useState(false);
  const since = dates.since(account.since, now);
  const run = (action: BulkAction) =>
    act.mutate({ ids: [account.id], action }, { onSuccess: () => setStopping(false) });
  const refused = act.data?.refused[0]?.reason ?? (act.error && !stopping ? problemText(act.error) : null);
  const may = manages || (returns(account) && account.state !== "stopped");
  const last = account.last_message_at;
  return (
    <Section title={t`Tình trạng`} wide>
      <div className={classes.state} data-tone={toneOf(account.state)}>
        <div className={classes.stateWords}>
          <p className={classes.stateName}>
            <strong>{words.state(account.state)}</strong>
            <span>{t`từ ${since}`}</span>
          </p>
          {account.reason && <p>{account.reason}</p>}
        </div>
        <Counts narrow>
          <Count name={t`Tin cuối`}>{last ? dates.stamp(last, now) : t`Chưa có`}</Count>
          <Count name={t`Tin chờ gửi`}>{formatNumber(account.queued)}</Count>
          <Count name={t`Việc chờ làm`}>{formatNumber(account.waiting_calls)}</Count>
        </Counts>
      </div>
      {guide && (why || guide.steps.length > 0) && (
        <div className={classes.guide}>
          {why && <p>{why}</p>}
          {guide.steps.length > 0 && (
            <ol>
              {guide.steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          )}
        </div>
      )}
      {may && (
        <div className={classes.buttons}>
          {guide?.act && (
            <Button loading={act.isPending && !stopping} onClick={() => run(guide.act ?? "return")}>
              {guide.act === "start" ? t`Cho chạy lại` : t`Kết nối lại`}
            </Button>
          )}
          {guide?.scan && (
            <Button
              {...(guide.act && { variant: "default" })}
              renderRoot={(props) => (
                <Link to="/personal-accounts/new" search={{ account: account.id }} {...props} />
              )}
            >
              {t`Quét mã lại`}
            </Button>
          )}
          {manages && account.state !== "stopped" && (
            <Button variant="default" onClick={() => setStopping(true)}>
              {t`Tạm dừng tài khoản này`}
            </Button>
          )}
        </div>
      )}
      {!may && guide && (
        <p className={classes.dim}>
          {account.state === "stopped"
            ? t`Hãy nhờ quản trị cho chạy lại.`
            : t`Hãy nhờ ${account.holder.name} hoặc quản trị làm việc này.`}
        </p>
      )}
      {refused && (
        <p className={classes.problem} role="alert">
          {refused}
        </p>
      )}
      {stopping && (
        <ConfirmDialog
          title={t`Tạm dừng ${account.name}?`}
          text={t`Trong lúc dừng không gửi và không ghi được tin nào. Khi cho chạy lại, tin mà Zalo còn giữ được đọc bù; phần còn lại thành khoảng trống dữ liệu.`}
          action={t`Tạm dừng`}
          danger
          busy={act.isPending}
          error={act.error}
          confirm={() => run("stop")}
          close={() => setStopping(false)}
        />
      )}
    </Section>
  );
}
