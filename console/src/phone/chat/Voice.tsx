import { useLingui } from "@lingui/react/macro";
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { playTime } from "../../conversations/thread/media/playback";
import { useVoice } from "../../conversations/thread/media/useVoice";
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
  const src = picture(url) ?? undefined;
  const packed = src?.endsWith(".amr") ?? false;
  const { audio, playing, failed, at, length, shown, toggle } = useVoice({ url: src, packed });
  const played = length > 0 ? at / length : 0;
  return (
    <div className={classes.voice}>
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
      <span className={classes.length}>{length > 0 ? playTime(shown) : t`Thoại`}</span>
    </div>
  );
}
