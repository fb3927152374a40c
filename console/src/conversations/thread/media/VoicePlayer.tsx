import { useLingui } from "@lingui/react/macro";
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { type CSSProperties, useEffect, useRef, useState } from "react";
import type { Attachment } from "../../../api/types";
import { formatNumber } from "../../../shared/time/calendar";
import { keepSpeed, keptSpeed, nextSpeed, playTime, type Speed, takeTurn } from "./playback";
import { useVoiceSource } from "./useVoiceSource";
import classes from "./VoicePlayer.module.css";

/** A voice message. Its sound is fetched when somebody wants to hear it, not before. */
export function VoicePlayer({ attachment }: { attachment: Attachment }) {
  const { t } = useLingui();
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [failed, setFailed] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(attachment.duration_ms ?? 0);
  const [speed, setSpeed] = useState<Speed>(keptSpeed);
  const source = useVoiceSource(attachment);
  useEffect(() => {
    if (audio.current) audio.current.playbackRate = speed;
  }, [speed]);

  const ready = attachment.state === "stored" && attachment.media_id !== null;
  if (!ready) {
    const words =
      attachment.state_text ??
      (attachment.state === "pending" ? t`Tin thoại đang tải về…` : t`Chưa tải được tin thoại`);
    return <p className={classes.state}>{words}</p>;
  }

  const toggle = async () => {
    const element = audio.current;
    if (!element) return;
    if (!element.paused) {
      element.pause();
      return;
    }
    takeTurn(element);
    setFailed(false);
    try {
      await source.prepare(element);
      element.playbackRate = speed;
      await element.play();
    } catch (error) {
      // Pausing before the sound has come is no failure.
      if (!(error instanceof DOMException && error.name === "AbortError")) setFailed(true);
    }
  };
  const seek = (ms: number) => {
    setAt(ms);
    if (audio.current) audio.current.currentTime = ms / 1000;
  };
  const faster = () => {
    const next = nextSpeed(speed);
    keepSpeed(next);
    setSpeed(next);
  };
  const shown = playing || at > 0 ? at : length;

  return (
    <div className={classes.root}>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what the customer says. */}
      <audio
        ref={audio}
        preload="none"
        src={source.src}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setAt(0)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime * 1000)}
        onDurationChange={(event) => {
          const { duration } = event.currentTarget;
          if (Number.isFinite(duration) && duration > 0) setLength(duration * 1000);
        }}
        onError={() => setFailed(true)}
      />
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
