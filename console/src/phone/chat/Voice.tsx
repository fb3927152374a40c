import { useLingui } from "@lingui/react/macro";
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { unpackVoice } from "../../conversations/thread/media/amr";
import { playTime, takeTurn } from "../../conversations/thread/media/playback";
import classes from "./Content.module.css";
import { picture } from "./parts";

const BARS = 24;

/** The shape of a voice, drawn from its address: steady, and different for each. */
export function heights(seed: string): number[] {
  let state = 7;
  for (const char of seed) state = (state * 31 + (char.codePointAt(0) ?? 0)) % 65_521;
  return Array.from({ length: BARS }, (_, at) => {
    state = (state * 75 + 74) % 65_537;
    const swell = Math.sin((Math.PI * (at + 1)) / (BARS + 1));
    return Math.round(22 + 70 * swell * (0.35 + (0.65 * state) / 65_537));
  });
}

export function Voice({ url }: { url: string | null }) {
  const { t } = useLingui();
  const audio = useRef<HTMLAudioElement>(null);
  const unpacked = useRef<string | null>(null);
  const [playing, setPlaying] = useState(false);
  const [failed, setFailed] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const src = picture(url);
  const packed = src?.endsWith(".amr") ?? false;
  useEffect(
    () => () => {
      if (unpacked.current) URL.revokeObjectURL(unpacked.current);
    },
    [],
  );
  const toggle = async () => {
    const element = audio.current;
    if (!element || !src) return;
    if (!element.paused) return element.pause();
    takeTurn(element);
    setFailed(false);
    try {
      if (packed && !unpacked.current) {
        unpacked.current = await unpackVoice(src);
        element.src = unpacked.current;
      }
      await element.play();
    } catch (error) {
      // Pausing before the sound has come is no failure.
      if (!(error instanceof DOMException && error.name === "AbortError")) setFailed(true);
    }
  };
  const played = length > 0 ? at / length : 0;
  return (
    <div className={classes.voice}>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what is said. */}
      <audio
        ref={audio}
        preload="none"
        src={packed ? undefined : (src ?? undefined)}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setAt(0)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime * 1000)}
        onDurationChange={({ currentTarget: { duration } }) => {
          if (Number.isFinite(duration) && duration > 0) setLength(duration * 1000);
        }}
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
        <span className={classes.meta} role="alert">{t`Chưa nghe được`}</span>
      ) : (
        <span className={classes.bars} aria-hidden>
          {heights(url ?? "").map((height, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: the bars never move.
              key={index}
              style={{ height: `${height}%` }}
              data-played={index / BARS < played || undefined}
            />
          ))}
        </span>
      )}
      <span className={classes.length}>
        {length > 0 ? playTime(playing || at > 0 ? at : length) : t`Thoại`}
      </span>
    </div>
  );
}
