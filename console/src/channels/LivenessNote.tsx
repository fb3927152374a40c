import { useLingui } from "@lingui/react/macro";
import { IconActivityHeartbeat } from "@tabler/icons-react";
import type { ChannelAccount } from "../api/types";
import { useNow } from "../shared/time/ticker";
import { useDates } from "../shared/time/useDates";
import { useDuration } from "../shared/time/useDuration";
import classes from "./LivenessNote.module.css";

/** Whether what comes in is as much as is usual at this hour, and when the last of it came. */
export function LivenessNote({ liveness }: { liveness: ChannelAccount["liveness"] }) {
  const { t } = useLingui();
  const dates = useDates();
  const duration = useDuration();
  const now = useNow();
  const last = liveness.last_event_at;
  const age = last ? duration(Math.max(0, now - Date.parse(last))) : null;
  return (
    <div className={classes.note} data-liveness={liveness.state}>
      <IconActivityHeartbeat size={18} stroke={1.75} aria-hidden />
      <p>
        {last && age && <strong title={dates.dateTime(last)}>{t`Tín hiệu cuối ${age} trước`}</strong>}
        <span className={classes.why}>{liveness.text}</span>
      </p>
    </div>
  );
}
