import { useLingui } from "@lingui/react/macro";
import { IconAddressBook, IconCheck, IconCopy, IconPhone } from "@tabler/icons-react";
import type { Attachment } from "../../../api/types";
import { phoneInWords } from "../../../customers/phones";
import { Face } from "../../../shared/ui/Face";
import { useCopy } from "../../../shared/useCopy";
import { phoneAddress } from "./addresses";
import classes from "./cards.module.css";

export function ContactCard({ attachment }: { attachment: Attachment }) {
  const { t } = useLingui();
  const { copied, copy } = useCopy();
  const { phone } = attachment;
  const name = attachment.title ?? attachment.name;
  const number = phone && phoneInWords(phone);
  const call = phoneAddress(phone);
  return (
    <div className={classes.card}>
      {name ? (
        <Face name={name} src={attachment.thumbnail_url} size={40} />
      ) : (
        <span className={classes.sign} data-tone="violet">
          <IconAddressBook size={22} stroke={1.6} aria-hidden />
        </span>
      )}
      <span className={classes.words}>
        <span className={classes.title}>{name ?? t`Danh thiếp`}</span>
        <span className={classes.meta}>{number ?? attachment.description}</span>
      </span>
      {call && (
        <a className={classes.tool} href={call} aria-label={t`Gọi số này`} title={t`Gọi số này`}>
          <IconPhone size={18} stroke={1.6} aria-hidden />
        </a>
      )}
      {phone && (
        <button
          type="button"
          className={classes.tool}
          aria-label={copied ? t`Đã chép` : t`Sao chép số`}
          title={copied ? t`Đã chép` : t`Sao chép số`}
          onClick={() => void copy(number ?? phone)}
        >
          {copied ? <IconCheck size={18} stroke={1.6} /> : <IconCopy size={18} stroke={1.6} />}
        </button>
      )}
    </div>
  );
}
