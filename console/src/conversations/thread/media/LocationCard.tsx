import { useLingui } from "@lingui/react/macro";
import { IconExternalLink, IconMapPin } from "@tabler/icons-react";
import type { Attachment } from "../../../api/types";
import classes from "./cards.module.css";

/** A place. Nothing is loaded from a map's server until somebody opens it there. */
export function LocationCard({ attachment }: { attachment: Attachment }) {
  const { t } = useLingui();
  const { latitude, longitude } = attachment;
  const known = latitude !== null && longitude !== null;
  const point = known ? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}` : null;
  const title = attachment.title ?? t`Vị trí`;
  const inside = (
    <>
      <span className={classes.sign} data-tone="red">
        <IconMapPin size={22} stroke={1.6} aria-hidden />
      </span>
      <span className={classes.words}>
        <span className={classes.title}>{title}</span>
        {attachment.description && <span className={classes.meta}>{attachment.description}</span>}
        {point && <span className={classes.meta}>{point}</span>}
        {point && <span className={classes.more}>{t`Mở bản đồ`}</span>}
      </span>
    </>
  );
  if (!point) return <div className={classes.card}>{inside}</div>;
  const href = `https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`;
  return (
    <a className={classes.card} href={href} target="_blank" rel="noopener noreferrer">
      {inside}
      <IconExternalLink className={classes.tail} size={18} stroke={1.6} aria-hidden />
    </a>
  );
}
