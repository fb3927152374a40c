import { useLingui } from "@lingui/react/macro";
import { IconVideo } from "@tabler/icons-react";
import { useState } from "react";
import type { Attachment } from "../../../api/types";
import { pictureBox } from "./boxes";
import { MediaState } from "./MediaState";
import { takeTurn } from "./playback";
import classes from "./VideoClip.module.css";

export function VideoClip({ attachment }: { attachment: Attachment }) {
  const { t } = useLingui();
  const [broken, setBroken] = useState(false);
  const box = pictureBox(attachment.width ?? 320, attachment.height ?? 180);
  if (!attachment.url || broken) {
    return (
      <MediaState
        attachment={attachment}
        box={box}
        broken={broken}
        icon={<IconVideo size={24} stroke={1.5} aria-hidden />}
      />
    );
  }
  return (
    // biome-ignore lint/a11y/useMediaCaption: nobody has written down what the customer says.
    <video
      className={classes.root}
      style={box}
      controls
      playsInline
      preload={attachment.thumbnail_url ? "none" : "metadata"}
      poster={attachment.thumbnail_url ?? undefined}
      src={attachment.url}
      aria-label={attachment.name ?? t`Video`}
      onPlay={(event) => takeTurn(event.currentTarget)}
      onError={() => setBroken(true)}
    />
  );
}
