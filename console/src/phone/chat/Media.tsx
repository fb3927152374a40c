import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { takeTurn } from "../../conversations/thread/media/playback";
import type { Payload } from "../shared/api";
import classes from "./Content.module.css";
import { useTalk } from "./context";
import { picture, text } from "./parts";

function Gone() {
  const { t } = useLingui();
  return <span className={classes.gone}>{t`Tệp không còn trên máy chủ`}</span>;
}

type PictureProps = { payload: Payload; moving: boolean; preview: string | undefined };

export function Picture({ payload, moving, preview }: PictureProps) {
  const { t } = useLingui();
  const { look } = useTalk();
  const [broken, setBroken] = useState(false);
  const src = picture(text(payload, "url")) ?? picture(preview ?? null);
  if (!src || broken) return <Gone />;
  return (
    <button
      type="button"
      className={moving ? `${classes.picture} ${classes.gif}` : classes.picture}
      data-mark={moving ? t`GIF` : undefined}
      aria-label={t`Xem ảnh`}
      onClick={() => look(src)}
    >
      <img src={src} alt={t`Hình ảnh`} onError={() => setBroken(true)} />
    </button>
  );
}

export function Sticker({ payload, preview }: { payload: Payload; preview: string | undefined }) {
  const { t } = useLingui();
  const [broken, setBroken] = useState(false);
  const src = picture(text(payload, "url")) ?? picture(preview ?? null);
  if (!src || broken) return <Gone />;
  return <img className={classes.sticker} src={src} alt={t`Nhãn dán`} onError={() => setBroken(true)} />;
}

export function Video({ payload, pending }: { payload: Payload; pending: boolean }) {
  const { t } = useLingui();
  const [broken, setBroken] = useState(false);
  const src = picture(text(payload, "url"));
  if (!src || broken) return pending ? <span className={classes.gone}>{t`Đang gửi video…`}</span> : <Gone />;
  return (
    // biome-ignore lint/a11y/useMediaCaption: nobody has written down what is said.
    <video
      className={classes.video}
      controls
      playsInline
      preload="metadata"
      poster={picture(text(payload, "thumbnail")) ?? undefined}
      src={src}
      aria-label={t`Video`}
      onPlay={(event) => takeTurn(event.currentTarget)}
      onError={() => setBroken(true)}
    />
  );
}
