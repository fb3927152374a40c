import { useLingui } from "@lingui/react/macro";
import { IconAddressBook, IconLink, IconMapPinFilled } from "@tabler/icons-react";
import { safeAddress } from "../../conversations/thread/media/addresses";
import { fileKind } from "../../conversations/thread/media/fileKinds";
import { phoneInWords } from "../../customers/phones";
import { useBytes } from "../../shared/useBytes";
import type { Payload } from "../shared/api";
import classes from "./Content.module.css";
import { card, picture, place, text } from "./parts";

export function FilePart({ payload }: { payload: Payload }) {
  const { t } = useLingui();
  const bytes = useBytes();
  const name = text(payload, "name");
  const size = Number(text(payload, "size") ?? Number.NaN);
  const href = picture(text(payload, "url"));
  const { icon: Icon, tone, label } = fileKind(name, null);
  const inside = (
    <>
      <span className={classes.sign} data-tone={tone}>
        <Icon size={24} stroke={1.6} aria-hidden />
      </span>
      <span className={classes.facts}>
        <span className={classes.title}>{name ?? t`Tệp không tên`}</span>
        <span className={classes.meta}>
          {[label, Number.isFinite(size) ? bytes(size) : null].filter(Boolean).join(" · ")}
        </span>
      </span>
    </>
  );
  if (!href) return <span className={classes.card}>{inside}</span>;
  return (
    <a className={classes.card} href={href} download={name ?? true} title={t`Tải tệp về máy`}>
      {inside}
    </a>
  );
}

export function LinkPart({ payload, words }: { payload: Payload; words: string | null }) {
  const { t } = useLingui();
  const address = safeAddress(text(payload, "url"));
  const title = text(payload, "title") ?? text(payload, "description") ?? words ?? t`Liên kết`;
  const thumbnail = picture(text(payload, "thumbnail"));
  const inside = (
    <>
      {thumbnail ? (
        <span className={classes.item}>
          <img src={thumbnail} alt="" />
        </span>
      ) : (
        <span className={classes.sign}>
          <IconLink size={24} stroke={1.6} aria-hidden />
        </span>
      )}
      <span className={classes.facts}>
        <span className={classes.title}>{title}</span>
        {address && <span className={classes.meta}>{address.host}</span>}
      </span>
    </>
  );
  if (!address) return <span className={classes.card}>{inside}</span>;
  return (
    <a className={classes.card} href={address.href} target="_blank" rel="noopener noreferrer">
      {inside}
    </a>
  );
}

/** A place. Nothing is loaded from a map's server until somebody opens it there. */
export function LocationPart({ payload }: { payload: Payload }) {
  const { t } = useLingui();
  const point = place(payload);
  if (!point) return <span className={classes.meta}>{t`Vị trí không rõ`}</span>;
  const shown = `${point.latitude.toFixed(5)}, ${point.longitude.toFixed(5)}`;
  return (
    <a
      className={classes.map}
      href={`https://www.google.com/maps/search/?api=1&query=${point.latitude},${point.longitude}`}
      target="_blank"
      rel="noopener noreferrer"
    >
      <span className={classes.ground}>
        <IconMapPinFilled size={34} aria-hidden />
      </span>
      <span className={classes.title}>{text(payload, "title") ?? t`Vị trí`}</span>
      <span className={classes.meta}>{shown}</span>
    </a>
  );
}

export function CardPart({ payload }: { payload: Payload }) {
  const { t } = useLingui();
  const { phone, qr } = card(payload);
  const code = picture(qr);
  return (
    <span className={classes.card}>
      {code ? (
        <span className={classes.item}>
          <img src={code} alt={t`Mã QR`} />
        </span>
      ) : (
        <span className={classes.sign} data-tone="violet">
          <IconAddressBook size={24} stroke={1.6} aria-hidden />
        </span>
      )}
      <span className={classes.facts}>
        <span className={classes.title}>{t`Danh thiếp`}</span>
        {phone && <span className={classes.meta}>{phoneInWords(phone)}</span>}
      </span>
    </span>
  );
}
