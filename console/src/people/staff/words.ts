import { useLingui } from "@lingui/react/macro";
import type { StaffMember } from "../../api/admin";
import { useNow } from "../../shared/time/ticker";
import { useDates } from "../../shared/time/useDates";
import { useDuration } from "../../shared/time/useDuration";

/** The server writes down at most every ten minutes that somebody is here. */
const HERE_MS = 11 * 60_000;

/** When somebody was last here, as far as a browser of theirs is signed in. */
export function useSeenWords(): (member: StaffMember) => { text: string; here: boolean } {
  const { t } = useLingui();
  const now = useNow();
  const dates = useDates();
  const duration = useDuration();
  return ({ last_seen_at: at, suspended_at: suspended, invited }) => {
    if (suspended) {
      const since = dates.date(suspended);
      return { text: t`Tạm ngưng từ ${since}`, here: false };
    }
    if (invited) return { text: t`Chưa nhận lời mời`, here: false };
    if (!at) return { text: t`Chưa đăng nhập`, here: false };
    const ago = now - Date.parse(at);
    if (ago < HERE_MS) return { text: t`Vừa hoạt động`, here: true };
    const length = duration(ago);
    return { text: t`${length} trước`, here: false };
  };
}
