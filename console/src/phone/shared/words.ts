import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { clockTime, DEFAULT_ZONE, daysAgo, shortDate } from "../../shared/time/calendar";
import type { Customer, Life } from "./api";

const TRADES: Record<string, MessageDescriptor> = {
  electrical: msg`Thiết bị điện`,
  fashion: msg`Thời trang`,
  cosmetics: msg`Mỹ phẩm`,
  real_estate: msg`Bất động sản`,
  education: msg`Giáo dục`,
  insurance: msg`Bảo hiểm`,
};

const REGIONS: Record<string, MessageDescriptor> = {
  north: msg`miền Bắc`,
  centre: msg`miền Trung`,
  south: msg`miền Nam`,
  west: msg`miền Tây`,
};

const MOODS: Record<string, MessageDescriptor> = {
  asks: msg`đang hỏi mua`,
  orders: msg`muốn đặt hàng`,
  complains: msg`đang phàn nàn`,
  wavers: msg`còn phân vân`,
  returns: msg`khách cũ quay lại`,
};

/** What a message says in one line, by its kind. */
const KINDS: Record<string, MessageDescriptor> = {
  image: msg`[Hình ảnh]`,
  gif: msg`[GIF]`,
  sticker: msg`[Nhãn dán]`,
  audio: msg`[Tin thoại]`,
  video: msg`[Video]`,
  file: msg`[Tệp]`,
  location: msg`[Vị trí]`,
  link: msg`[Liên kết]`,
  business_card: msg`[Danh thiếp]`,
  list: msg`[Danh sách]`,
  template: msg`[Tin theo mẫu]`,
  zns: msg`[Tin theo mẫu]`,
  recalled: msg`Tin nhắn đã được thu hồi`,
};

export function useWords() {
  const { t, i18n } = useLingui();
  const known = (words: Record<string, MessageDescriptor>, key: string | undefined) => {
    const found = key ? words[key] : undefined;
    return found ? i18n._(found) : undefined;
  };
  return {
    trade: (life: Life | null) => known(TRADES, life?.trade) ?? life?.trade_name ?? null,
    /** Who somebody is, in one line: "Thiết bị điện · 34 tuổi, Cần Thơ · đang hỏi mua". */
    about({ life }: Pick<Customer, "life">) {
      if (!life) return t`Khách do người xem tạo`;
      const age = life.age ? t`${life.age} tuổi` : null;
      const place = life.city ?? known(REGIONS, life.region) ?? null;
      const parts = [
        known(TRADES, life.trade) ?? life.trade_name,
        [age, place].filter(Boolean).join(", "),
        known(MOODS, life.mood),
      ];
      return parts.filter(Boolean).join(" · ") || t`Khách của công ty mẫu`;
    },
    said(type: string, text: string | null) {
      return text?.trim() || known(KINDS, type) || t`[Tin nhắn]`;
    },
    /** For a list: the hour today, "Hôm qua", else the date. */
    stamp(at: number, now: number) {
      const days = daysAgo(at, now, DEFAULT_ZONE);
      if (days <= 0) return clockTime(at, DEFAULT_ZONE);
      return days === 1 ? t`Hôm qua` : shortDate(at, now, DEFAULT_ZONE);
    },
    /** For a day divider. */
    day(at: number, now: number) {
      const days = daysAgo(at, now, DEFAULT_ZONE);
      if (days === 0) return t`Hôm nay`;
      return days === 1 ? t`Hôm qua` : shortDate(at, now, DEFAULT_ZONE);
    },
    time: (at: number) => clockTime(at, DEFAULT_ZONE),
  };
}
