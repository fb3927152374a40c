import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import {
  IconAddressBook,
  IconFile,
  IconFileUpload,
  IconMapPin,
  IconMicrophone,
  IconPhoto,
  IconVideo,
} from "@tabler/icons-react";
import { useRef } from "react";
import { api, type Order, sampleUrl } from "../shared/api";
import { useReading } from "../shared/useReading";
import classes from "./Composer.module.css";
import { stickerUrl } from "./useOutbox";

type Props = {
  kind: "stickers" | "more";
  give: (order: Order) => void;
  giveFiles: (files: Iterable<File>) => void;
};

const PLACES = [
  { name: msg`Thủ Dầu Một, Bình Dương`, latitude: "10.9804000", longitude: "106.6519000" },
  { name: msg`Cầu Giấy, Hà Nội`, latitude: "21.0362000", longitude: "105.7905000" },
  { name: msg`Quận 1, TP.HCM`, latitude: "10.7757000", longitude: "106.7004000" },
] as const;

const NONE: readonly string[] = [];

export function Tray({ kind, give, giveFiles }: Props) {
  const { t, i18n } = useLingui();
  const samples = useReading(api.samples).data;
  const photos = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const of = (type: string) => samples?.[type] ?? NONE;
  if (kind === "stickers") {
    return (
      <div className={`${classes.tray} ${classes.stickers}`}>
        {of("sticker").map((id) => (
          <button
            key={id}
            type="button"
            aria-label={t`Gửi nhãn dán ${id}`}
            onClick={() => give({ type: "sticker", variant: id })}
          >
            <img src={stickerUrl(id)} alt="" />
          </button>
        ))}
      </div>
    );
  }
  const picker = (ref: typeof photos, accept?: string) => (
    <input
      ref={ref}
      type="file"
      accept={accept}
      multiple
      hidden
      onChange={(event) => giveFiles(event.currentTarget.files ?? [])}
    />
  );
  return (
    <div className={classes.tray}>
      <div className={classes.own}>
        <button type="button" onClick={() => photos.current?.click()}>
          <span className={classes.disc}>
            <IconPhoto size={24} stroke={1.7} aria-hidden />
          </span>
          {t`Ảnh, video`}
        </button>
        <button type="button" onClick={() => files.current?.click()}>
          <span className={classes.disc}>
            <IconFileUpload size={24} stroke={1.7} aria-hidden />
          </span>
          {t`Tệp`}
        </button>
        <button type="button" onClick={() => give({ type: "business_card" })}>
          <span className={classes.disc}>
            <IconAddressBook size={24} stroke={1.7} aria-hidden />
          </span>
          {t`Danh thiếp`}
        </button>
        {picker(photos, "image/*,video/*")}
        {picker(files)}
      </div>
      <h3 className={classes.heading}>{t`Ảnh có sẵn`}</h3>
      <div className={classes.samples}>
        {(["image", "gif"] as const).flatMap((type) =>
          of(type).map((name) => (
            <button
              key={name}
              type="button"
              className={classes.sample}
              aria-label={t`Gửi ${name}`}
              onClick={() => give({ type, variant: name })}
            >
              <img src={sampleUrl(name)} alt="" loading="lazy" />
            </button>
          )),
        )}
      </div>
      <h3 className={classes.heading}>{t`Thoại, video và tệp có sẵn`}</h3>
      <div className={classes.lines}>
        {(
          [
            ["audio", IconMicrophone],
            ["video", IconVideo],
            ["file", IconFile],
          ] as const
        ).flatMap(([type, Icon]) =>
          of(type).map((name) => (
            <button
              key={name}
              type="button"
              className={classes.line}
              onClick={() => give({ type, variant: name })}
            >
              <Icon size={18} stroke={1.8} aria-hidden />
              {name}
            </button>
          )),
        )}
      </div>
      <h3 className={classes.heading}>{t`Vị trí`}</h3>
      <div className={classes.lines}>
        {PLACES.map(({ name, latitude, longitude }) => (
          <button
            key={latitude}
            type="button"
            className={classes.line}
            onClick={() => give({ type: "location", payload: { coordinates: { latitude, longitude } } })}
          >
            <IconMapPin size={18} stroke={1.8} aria-hidden />
            {i18n._(name)}
          </button>
        ))}
      </div>
    </div>
  );
}
