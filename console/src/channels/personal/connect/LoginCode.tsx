import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Loader } from "@mantine/core";
import { IconCircleX, IconClockX, IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { Face } from "../../../shared/ui/Face";
import { useProblemText } from "../../../shared/useProblemText";
import { loginQuery, useAbortLogin, useRenewLogin } from "../queries";
import type { PersonalLogin } from "../types";
import classes from "./Connect.module.css";
import { clock, useCountdown } from "./useCountdown";

type Props = { loginId: number; done: (login: PersonalLogin) => void; leave: () => void };

/** The code as Zalo gives it, and how far the phone has come: one frame of one size for every state. */
export function LoginCode({ loginId, done, leave }: Props) {
  const { t } = useLingui();
  const query = useQuery(loginQuery(loginId));
  const renew = useRenewLogin(loginId);
  const abort = useAbortLogin(loginId);
  const problemText = useProblemText();
  const login = query.data;
  const seconds = useCountdown(login?.state === "code" ? login.expires_at : null);
  const told = useRef(false);
  useEffect(() => {
    if (login?.state !== "done" || told.current) return;
    told.current = true;
    done(login);
  }, [login, done]);

  if (query.isError && !login)
    return (
      <Alert color="red" variant="light" role="alert">
        {problemText(query.error)}
      </Alert>
    );
  const again = (
    <Button
      leftSection={<IconRefresh size={16} stroke={1.75} />}
      loading={renew.isPending}
      onClick={() => renew.mutate(undefined, { onSuccess: () => void query.refetch() })}
    >
      {t`Lấy mã mới`}
    </Button>
  );
  const state = login?.state === "code" && seconds === 0 ? "expired" : (login?.state ?? "asked");
  const left = seconds === null ? null : clock(seconds);
  return (
    <div className={classes.login}>
      <div className={classes.frame} data-state={state}>
        {login && <Inside login={login} state={state} />}
        {!login && <Loader color="gray" />}
      </div>
      <div className={classes.told}>
        <div role="status" aria-live="polite">
          <Told login={login} state={state} />
        </div>
        {state === "code" && (
          <>
            <ol className={classes.how}>
              <li>{t`Mở Zalo trên điện thoại của người giữ.`}</li>
              <li>{t`Bấm biểu tượng quét mã QR ở góc trên bên phải.`}</li>
              <li>{t`Quét mã này, rồi bấm Đăng nhập trên điện thoại.`}</li>
            </ol>
            {left !== null && <p className={classes.left}>{t`Mã còn hiệu lực ${left}`}</p>}
          </>
        )}
        <div className={classes.buttons}>
          {(state === "expired" || state === "declined" || state === "failed" || state === "aborted") &&
            again}
          {state !== "done" && (
            <Button
              variant="default"
              onClick={() => {
                abort.mutate();
                leave();
              }}
            >
              {t`Hủy`}
            </Button>
          )}
        </div>
        {renew.error && (
          <p className={classes.problem} role="alert">
            {problemText(renew.error)}
          </p>
        )}
      </div>
    </div>
  );
}

/** As the server says it, or expired by our own clock. */
type State = PersonalLogin["state"];

function Inside({ login, state }: { login: PersonalLogin; state: State }): ReactNode {
  const { t } = useLingui();
  if (state === "code" && login.image)
    return <img className={classes.code} src={login.image} alt={t`Mã QR để đăng nhập Zalo`} />;
  if (state === "scanned" || state === "done")
    return <Face name={login.name ?? ""} src={login.avatar_url} size={96} />;
  if (state === "asked" || state === "code") return <Loader color="gray" />;
  const Icon = state === "expired" ? IconClockX : IconCircleX;
  return <Icon className={classes.mark} size={56} stroke={1.25} aria-hidden />;
}

function Told({ login, state }: { login: PersonalLogin | undefined; state: State }) {
  const { t } = useLingui();
  const name = login?.name;
  switch (state) {
    case "asked":
      return <p className={classes.title}>{t`Đang lấy mã từ Zalo…`}</p>;
    case "code":
      return <p className={classes.title}>{t`Quét mã này bằng Zalo trên điện thoại`}</p>;
    case "scanned":
      return (
        <>
          <p className={classes.title}>{name ? t`${name} đã quét mã` : t`Đã quét mã`}</p>
          <p className={classes.plain}>{t`Hãy bấm Đăng nhập trên điện thoại để xác nhận.`}</p>
        </>
      );
    case "declined":
      return (
        <>
          <p className={classes.title}>{t`Điện thoại đã từ chối`}</p>
          <p className={classes.plain}>{t`Nếu bấm nhầm, lấy mã mới rồi quét lại.`}</p>
        </>
      );
    case "expired":
      return (
        <>
          <p className={classes.title}>{t`Mã đã hết hạn`}</p>
          <p
            className={classes.plain}
          >{t`Mỗi mã của Zalo chỉ dùng được trong chốc lát. Lấy mã mới khi đã cầm sẵn điện thoại.`}</p>
        </>
      );
    case "done":
      return <p className={classes.title}>{t`Đã đăng nhập`}</p>;
    default:
      return (
        <>
          <p className={classes.title}>{t`Chưa đăng nhập được`}</p>
          <p className={classes.plain}>{login?.error ?? t`Zalo không trả lời. Hãy lấy mã mới và thử lại.`}</p>
        </>
      );
  }
}
