import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconCheck, IconCopy, IconEye } from "@tabler/icons-react";
import type { Contact } from "../api/types";
import { phoneAddress } from "../conversations/thread/media/addresses";
import { useDates } from "../shared/time/useDates";
import { useCopy } from "../shared/useCopy";
import { useProblemText } from "../shared/useProblemText";
import classes from "./CustomerCard.module.css";
import { Fact } from "./Fact";
import { phoneInWords } from "./phones";
import { type Line, linesOf } from "./reach";
import { useReveal } from "./useReveal";

type Props = {
  contact: Contact;
  /** Whether this person may have masked numbers shown. */
  reveals: boolean;
};

/** What the customer told of themselves, and how each account knows them. */
export function CustomerDetails({ contact, reveals }: Props) {
  const { t } = useLingui();
  const problemText = useProblemText();
  const reveal = useReveal(contact.id);
  const dates = useDates();
  const { details } = contact;
  const told: { name: string; value: string | null | undefined }[] = [
    { name: t`Tên khách cho`, value: details.name },
    { name: t`Tên gợi nhớ`, value: details.alias },
    { name: t`Địa chỉ`, value: details.address },
    { name: t`Phường, xã`, value: details.ward },
    { name: t`Quận, huyện`, value: details.district },
    { name: t`Tỉnh, thành`, value: details.city },
    { name: t`Ngày sinh`, value: details.birthday },
    { name: t`Giới tính`, value: details.gender },
    { name: t`Mã ngoài`, value: details.external_ref },
  ];
  const known = told.filter((one) => one.value);
  const lines = linesOf({ ...contact, details_phone: details.phone ?? null }, reveal.data ?? null);
  const masked = lines.some((line) => line.masked);
  return (
    <>
      {(lines.length > 0 || known.length > 0) && (
        <dl className={classes.facts}>
          {lines.map((line) => (
            <Fact key={line.key} name={line.kind === "phone" ? t`Điện thoại` : t`E-mail`}>
              {line.masked ? <span className={classes.masked}>{line.text}</span> : <Reach line={line} />}
            </Fact>
          ))}
          {known.map((one) => (
            <Fact key={one.name} name={one.name}>
              {one.value}
            </Fact>
          ))}
        </dl>
      )}
      {masked && reveals && (
        <div className={classes.reveal}>
          <Button
            variant="default"
            size="compact-sm"
            className={classes.show}
            leftSection={<IconEye size={16} stroke={1.6} aria-hidden />}
            loading={reveal.isPending}
            onClick={() => reveal.mutate()}
          >
            {t`Hiện số`}
          </Button>
          <p className={classes.recorded}>{t`Mỗi lần hiện số được ghi vào nhật ký xem.`}</p>
        </div>
      )}
      {reveal.data && <p className={classes.recorded}>{t`Đã ghi vào nhật ký xem là bạn hiện số này.`}</p>}
      {reveal.error && (
        <p className={classes.problem} role="alert">
          {problemText(reveal.error)}
        </p>
      )}
      {contact.identities.length > 0 && (
        <ul className={classes.identities} aria-label={t`Trên các tài khoản kênh`}>
          {contact.identities.map((one) => (
            <li key={`${one.account.id} ${one.external_id}`} className={classes.identity}>
              <span className={classes.account}>{one.account.name}</span>
              {one.following !== null && (
                <span className={classes.following} data-on={one.following || undefined}>
                  {one.following ? t`Đang quan tâm` : t`Chưa quan tâm`}
                </span>
              )}
              <span className={classes.line}>
                {[
                  one.display_name === contact.name ? null : one.display_name,
                  one.follow_source_text && t`Đến từ: ${one.follow_source_text}`,
                  t`Gặp ${dates.date(one.first_seen_at)}`,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Reach({ line: { kind, text } }: { line: Line }) {
  const { t } = useLingui();
  const { copied, copy } = useCopy();
  const words = kind === "phone" ? phoneInWords(text) : text;
  const address = kind === "phone" ? phoneAddress(text) : `mailto:${text}`;
  const label = copied ? t`Đã chép` : kind === "phone" ? t`Sao chép số ${words}` : t`Sao chép ${words}`;
  return (
    <span className={classes.phone}>
      {address ? <a href={address}>{words}</a> : words}
      <button
        type="button"
        className={classes.copy}
        aria-label={label}
        title={label}
        onClick={() => void copy(words)}
      >
        {copied ? <IconCheck size={15} stroke={1.75} /> : <IconCopy size={15} stroke={1.75} />}
      </button>
    </span>
  );
}
