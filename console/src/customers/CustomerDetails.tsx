import { useLingui } from "@lingui/react/macro";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import type { Contact } from "../api/types";
import { phoneAddress } from "../conversations/thread/media/addresses";
import { useDates } from "../shared/time/useDates";
import { useCopy } from "../shared/useCopy";
import classes from "./CustomerCard.module.css";
import { Fact } from "./Fact";
import { phoneInWords } from "./phones";

/** What the customer told of themselves, and how each account knows them. */
export function CustomerDetails({ contact }: { contact: Contact }) {
  const { t } = useLingui();
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
  const phones = [...new Set([...contact.phones, ...(details.phone ? [details.phone] : [])])];
  return (
    <>
      {(phones.length > 0 || known.length > 0) && (
        <dl className={classes.facts}>
          {phones.map((phone) => (
            <Fact key={phone} name={t`Điện thoại`}>
              <Phone phone={phone} />
            </Fact>
          ))}
          {known.map((one) => (
            <Fact key={one.name} name={one.name}>
              {one.value}
            </Fact>
          ))}
        </dl>
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

function Phone({ phone }: { phone: string }) {
  const { t } = useLingui();
  const { copied, copy } = useCopy();
  const call = phoneAddress(phone);
  const words = phoneInWords(phone);
  const label = copied ? t`Đã chép` : t`Sao chép số ${words}`;
  return (
    <span className={classes.phone}>
      {call ? <a href={call}>{words}</a> : words}
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
