import { useLingui } from "@lingui/react/macro";
import { IconBellPlus, IconPhoneCall, IconRobot } from "@tabler/icons-react";
import type { Thread } from "../shared/api";
import classes from "./Bars.module.css";
import { useDeeds } from "./context";
import type { useTakeover } from "./useTakeover";

type Props = { thread: Thread; takeover: ReturnType<typeof useTakeover> };

/** What stands between the header and the thread: who writes, an invitation to follow, a request to call. */
export function Bars({ thread, takeover }: Props) {
  const { t } = useLingui();
  const { attempt, phone } = useDeeds();
  const { account } = thread;
  return (
    <div className={classes.bars}>
      {takeover.lives && (
        <fieldset className={classes.switch}>
          <legend className={classes.hidden}>{t`Ai viết tin của khách này`}</legend>
          <button type="button" aria-pressed={!takeover.mine} onClick={takeover.release}>
            <IconRobot size={16} stroke={1.8} aria-hidden />
            {t`Để khách tự trả lời`}
          </button>
          <button type="button" aria-pressed={takeover.mine} onClick={takeover.take}>
            {t`Tôi gõ thay khách`}
          </button>
        </fieldset>
      )}
      {!thread.follows && (
        <div className={classes.bar}>
          <IconBellPlus size={20} stroke={1.7} aria-hidden />
          <span className={classes.words}>{t`Quan tâm để nhận tin từ ${account.name}`}</span>
          <button
            type="button"
            className={classes.act}
            onClick={() => void attempt(() => phone.follow(true))}
          >
            {t`Quan tâm`}
          </button>
        </div>
      )}
      {thread.call_request && (
        <div className={classes.bar} role="alert">
          <IconPhoneCall size={20} stroke={1.7} aria-hidden />
          <span className={classes.words}>{t`${account.name} xin phép gọi cho bạn`}</span>
          <button
            type="button"
            className={classes.quiet}
            onClick={() => void attempt(() => phone.answerCallRequest("DENY"))}
          >
            {t`Từ chối`}
          </button>
          <button
            type="button"
            className={classes.act}
            onClick={() => void attempt(() => phone.answerCallRequest("ALLOW"))}
          >
            {t`Cho phép`}
          </button>
        </div>
      )}
    </div>
  );
}
