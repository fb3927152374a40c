import { useLingui } from "@lingui/react/macro";
import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { Attachment } from "../../../api/types";
import { useImageViewer } from "../ImageViewer";
import { type Box, GRID_WIDTH, gridOf, MOST_TILES, pictureBox } from "./boxes";
import { MediaState } from "./MediaState";
import classes from "./Pictures.module.css";

/** One picture in its own shape, several as a grid of squares. */
export function Pictures({ pictures }: { pictures: readonly Attachment[] }) {
  const [only] = pictures;
  if (!only) return null;
  if (pictures.length === 1) return <Picture attachment={only} box={pictureBox(only.width, only.height)} />;
  const { columns, wideFirst } = gridOf(pictures.length);
  const shown = pictures.slice(0, MOST_TILES);
  const hidden = pictures.length - shown.length;
  return (
    <div
      className={classes.grid}
      style={{ width: GRID_WIDTH, gridTemplateColumns: `repeat(${columns}, 1fr)` }}
      data-wide-first={wideFirst || undefined}
    >
      {shown.map((picture, index) => (
        <Picture
          key={picture.media_id ?? picture.url ?? index}
          attachment={picture}
          more={index === shown.length - 1 ? hidden : 0}
        />
      ))}
    </div>
  );
}

type Props = { attachment: Attachment; box?: Box; more?: number };

function Picture({ attachment, box, more = 0 }: Props) {
  const { t } = useLingui();
  const open = useImageViewer();
  const [broken, setBroken] = useState<string | null>(null);
  const { url } = attachment;
  const gif = attachment.type === "gif";
  // A thumbnail of a moving picture does not move.
  const shown = (gif ? url : attachment.thumbnail_url) ?? url;
  const size = box ?? { width: GRID_WIDTH / 2, height: GRID_WIDTH / 2 };
  if (!url || !shown || broken === shown)
    return <MediaState attachment={attachment} box={size} broken={Boolean(broken)} />;
  return (
    <UnstyledButton
      className={classes.picture}
      style={box}
      data-tile={box ? undefined : true}
      aria-label={more > 0 ? t`Xem ảnh và ${more} ảnh nữa` : t`Xem ảnh`}
      onClick={() => open(url)}
    >
      <img src={shown} alt={t`Hình ảnh`} loading="lazy" onError={() => setBroken(shown)} />
      {gif && (
        <span className={classes.mark} aria-hidden>
          {t`GIF`}
        </span>
      )}
      {more > 0 && <span className={classes.more} aria-hidden>{`+${more}`}</span>}
    </UnstyledButton>
  );
}

export function Sticker({ attachment }: { attachment: Attachment }) {
  const { t } = useLingui();
  const [broken, setBroken] = useState(false);
  const src = attachment.url ?? attachment.thumbnail_url;
  // Of a sticker that was sent by its number we have no picture.
  if (!src && attachment.state === "none") return <p className={classes.unseen}>{t`Nhãn dán`}</p>;
  if (!src || broken)
    return <MediaState attachment={attachment} box={{ width: 132, height: 120 }} broken={broken} />;
  return (
    <img
      className={classes.sticker}
      src={src}
      alt={attachment.title ?? t`Nhãn dán`}
      loading="lazy"
      onError={() => setBroken(true)}
    />
  );
}
