import { useLingui } from "@lingui/react/macro";
import { IconExternalLink, IconLink } from "@tabler/icons-react";
import type { Attachment } from "../../../api/types";
import { safeAddress } from "./addresses";
import classes from "./cards.module.css";

export function LinkCard({ attachment }: { attachment: Attachment }) {
  const { t } = useLingui();
  const address = safeAddress(attachment.link_url ?? attachment.url);
  const title = attachment.title ?? attachment.description;
  const inside = (
    <>
      <span className={classes.sign} data-tone="blue">
        <IconLink size={22} stroke={1.6} aria-hidden />
      </span>
      <span className={classes.words}>
        <span className={classes.title}>{title ?? address?.host ?? t`Liên kết`}</span>
        {attachment.title && attachment.description && (
          <span className={classes.meta}>{attachment.description}</span>
        )}
        {address && title && <span className={classes.more}>{address.host}</span>}
      </span>
    </>
  );
  if (!address) return <div className={classes.card}>{inside}</div>;
  return (
    <a className={classes.card} href={address.href} target="_blank" rel="noopener noreferrer">
      {inside}
      <IconExternalLink className={classes.tail} size={18} stroke={1.6} aria-hidden />
    </a>
  );
}
