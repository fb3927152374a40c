import { useLingui } from "@lingui/react/macro";
import { IconDownload } from "@tabler/icons-react";
import type { Attachment } from "../../../api/types";
import { useBytes } from "../../../shared/useBytes";
import classes from "./cards.module.css";
import { fileKind } from "./fileKinds";

/** A file: what it is called, how large it is, and a click that takes it home. */
export function FileCard({ attachment }: { attachment: Attachment }) {
  const { t } = useLingui();
  const size = useBytes();
  const { name, url, state } = attachment;
  const { icon: Icon, tone, label } = fileKind(name, attachment.content_type);
  const facts = [label, attachment.size_bytes === null ? null : size(attachment.size_bytes)];
  const trouble =
    state === "pending"
      ? (attachment.state_text ?? t`Đang tải về…`)
      : state === "failed" || state === "refused"
        ? (attachment.state_text ?? t`Chưa tải được`)
        : null;
  const inside = (
    <>
      <span className={classes.sign} data-tone={tone}>
        <Icon size={22} stroke={1.6} aria-hidden />
      </span>
      <span className={classes.words}>
        <span className={classes.title}>{name ?? t`Tệp không tên`}</span>
        <span className={classes.meta}>{facts.filter(Boolean).join(" · ")}</span>
        {trouble && <span className={classes.meta}>{trouble}</span>}
      </span>
    </>
  );
  if (!url) return <div className={classes.card}>{inside}</div>;
  return (
    <a className={classes.card} href={url} download={name ?? true} title={t`Tải tệp về máy`}>
      {inside}
      <IconDownload className={classes.tail} size={18} stroke={1.6} aria-hidden />
    </a>
  );
}
