import { useLingui } from "@lingui/react/macro";
import { UnstyledButton } from "@mantine/core";
import { IconPhotoOff } from "@tabler/icons-react";
import { useState } from "react";
import type { Attachment } from "../../api/types";
import classes from "./attachments.module.css";
import { useImageViewer } from "./ImageViewer";

const LONGEST_SIDE = 300;
const UNKNOWN = { width: 240, height: 180 };

/** The box of a picture before it has loaded, so that the thread does not move when it comes. */
export function pictureBox(width?: number | null, height?: number | null): { width: number; height: number } {
  if (!width || !height) return UNKNOWN;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(48, Math.round(width * scale)), height: Math.max(48, Math.round(height * scale)) };
}

export function ImageAttachment({ attachment }: { attachment: Attachment }) {
  const { t } = useLingui();
  const open = useImageViewer();
  const [broken, setBroken] = useState(false);
  const box = pictureBox(attachment.width, attachment.height);
  if (broken) return <Broken box={box} />;
  return (
    <UnstyledButton
      className={classes.image}
      style={box}
      aria-label={t`Xem ảnh`}
      onClick={() => open(attachment.url)}
    >
      <img
        src={attachment.thumbnail_url ?? attachment.url}
        alt={t`Hình ảnh`}
        loading="lazy"
        onError={() => setBroken(true)}
      />
    </UnstyledButton>
  );
}

export function StickerAttachment({ attachment }: { attachment: Attachment }) {
  const { t } = useLingui();
  const [broken, setBroken] = useState(false);
  if (broken) return <Broken box={{ width: 120, height: 120 }} />;
  return (
    <img
      className={classes.sticker}
      src={attachment.url}
      alt={t`Nhãn dán`}
      loading="lazy"
      onError={() => setBroken(true)}
    />
  );
}

function Broken({ box }: { box: { width: number; height: number } }) {
  const { t } = useLingui();
  return (
    <div className={classes.broken} style={{ ...box, minHeight: 96, minWidth: 120 }}>
      <IconPhotoOff size={22} stroke={1.5} aria-hidden />
      <span>{t`Chưa tải được ảnh`}</span>
    </div>
  );
}
