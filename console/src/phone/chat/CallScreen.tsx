import { useLingui } from "@lingui/react/macro";
import { IconPhone, IconPhoneOff } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { playTime } from "../../conversations/thread/media/playback";
import { Avatar } from "../shared/Avatar";
import type { Account } from "../shared/api";
import classes from "./CallScreen.module.css";

export type CallType = "AUDIO" | "VIDEO";
type Props = { account: Account; type: CallType; over: (waitingSeconds: number, talkMs: number) => void };

/** A call to the account. Nobody can answer in the simulated Zalo, so the visitor says whether somebody does. */
export function CallScreen({ account, type, over }: Props) {
  const { t } = useLingui();
  const [began] = useState(Date.now);
  const [answered, setAnswered] = useState<number | null>(null);
  const [now, setNow] = useState(Date.now);
  const end = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    end.current?.focus();
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const hangUp = () => {
    const at = Date.now();
    over(Math.round(((answered ?? at) - began) / 1000), answered ? at - answered : 0);
  };
  const kind = type === "VIDEO" ? t`Cuộc gọi video` : t`Cuộc gọi thoại`;
  return (
    <div className={classes.screen} role="dialog" aria-label={kind}>
      <p className={classes.kind}>{kind}</p>
      <Avatar name={account.name} src={account.avatar} size={112} />
      <h2 className={classes.name}>{account.name}</h2>
      <p className={classes.state} role="status">
        {answered ? playTime(Math.max(0, now - answered)) : t`Đang đổ chuông…`}
      </p>
      <div className={classes.acts}>
        {!answered && (
          <button
            type="button"
            className={classes.act}
            data-tone="good"
            onClick={() => setAnswered(Date.now())}
          >
            <span>
              <IconPhone size={28} stroke={1.8} aria-hidden />
            </span>
            {t`OA nghe máy`}
          </button>
        )}
        <button ref={end} type="button" className={classes.act} data-tone="bad" onClick={hangUp}>
          <span>
            <IconPhoneOff size={28} stroke={1.8} aria-hidden />
          </span>
          {answered ? t`Kết thúc` : t`Không ai nghe`}
        </button>
      </div>
    </div>
  );
}
