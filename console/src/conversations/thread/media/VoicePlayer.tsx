import { useLingui } from "@lingui/react/macro";
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { type CSSProperties, useState } from "react";
import type { Attachment } from "../../../api/types";
import { formatNumber } from "../../../shared/time/calendar";
import { keepSpeed, keptSpeed, nextSpeed, playTime, type Speed } from "./playback";
import { useVoice } from "./useVoice";
import classes from "./VoicePlayer.module.css";

/** A voice message: where one is in it, and how fast it is played. */
export function VoicePlayer({ attachment }: { attachment: Attachment }) {
  const { t } = useLingui();
  const [speed, setSpeed] = useState<Speed>(keptSpeed);
  const { audio, playing, failed, at, length, shown, toggle, seek } = useVoice({
    url: `/api/media/${attachment.media_id}/audio`,
    packed: attachment.content_type === "audio/amr",
    length: attachment.duration_ms ?? 0,
    speed,
  });

  const ready = attachment.state === "stored" && attachment.media_id !== null;
  if (!ready) {
    const words =
      attachment.state_text ??
      (attachment.state === "pending" ? t`Tin thoại đang tải về…` : t`Chưa tải được tin thoại`);
    return <p className={classes.state}>{words}</p>;
  }

  const faster = () => {
    const next = nextSpeed(speed);
    keepSpeed(next);
    setSpeed(next);
  };

  return (
    <div className={classes.root}>
      <audio {...audio} />
      <button
        type="button"
        className={classes.play}
        aria-label={playing ? t`Tạm dừng` : t`Nghe tin thoại`}
        onClick={() => void toggle()}
      >
        {playing ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
      </button>
      {failed ? (
        <span className={classes.failed} role="alert">
          {t`Chưa nghe được. Hãy thử lại.`}
        </span>
      ) : (
        <input
          type="range"
          className={classes.track}
          min={0}
          max={Math.max(1, Math.round(length))}
          value={Math.round(Math.min(at, length))}
          style={{ "--played": `${length > 0 ? Math.min(100, (at / length) * 100) : 0}%` } as CSSProperties}
          aria-label={t`Vị trí đang nghe`}
          aria-valuetext={playTime(at)}
          onChange={(event) => seek(Number(event.currentTarget.value))}
        />
      )}
      <span className={classes.time}>{playTime(shown)}</span>
      <button
        type="button"
        className={classes.speed}
        aria-label={t`Tốc độ nghe ${formatNumber(speed)} lần`}
        title={t`Đổi tốc độ`}
        onClick={faster}
      >
        {`${formatNumber(speed)}×`}
      </button>
    </div>
  );
}
