import { useLingui } from "@lingui/react/macro";
import { IconDeviceDesktop, IconQrcode } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useNow } from "../../shared/time/ticker";
import { Sheet } from "../chat/Sheet";
import sheet from "../chat/Sheet.module.css";
import { useToast } from "../shared/toast";
import type { Code, PhoneState, Zalo } from "./api";
import classes from "./Personal.module.css";

type Props = { zalo: Zalo; state: PhoneState; close: () => void };

/** Scans a code that another screen shows, then asks, as Zalo does, whether that screen may sign in. */
export function ScanSheet({ zalo, state, close }: Props) {
  const { t } = useLingui();
  const say = useToast();
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const scanned = state.codes.find((one) => one.state === "scanned" && one.uid === state.person.uid);
  const waiting = state.codes.filter((one) => one.state === "shown");
  const attempt = async (deed: () => Promise<unknown>, failed: string) => {
    setBusy(true);
    try {
      await deed();
      return true;
    } catch {
      say(failed);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const scan = (code: string) =>
    void attempt(() => zalo.scan(code), t`Mã này không còn dùng được. Hãy lấy mã mới.`);
  const answer = async (deed: () => Promise<unknown>, told: string) => {
    if (!(await attempt(deed, t`Mã này không còn dùng được. Hãy lấy mã mới.`))) return;
    say(told);
    close();
  };
  if (scanned) {
    const { code } = scanned;
    return (
      <Sheet title={t`Đăng nhập Zalo trên máy tính`} close={close}>
        <div className={classes.question}>
          <IconDeviceDesktop size={44} stroke={1.4} aria-hidden />
          <p>{t`Một máy tính xin đăng nhập tài khoản ${state.person.name}. Chỉ đồng ý nếu chính bạn đang làm việc này.`}</p>
          <button
            type="button"
            className={sheet.submit}
            disabled={busy}
            onClick={() => void answer(() => zalo.confirm(code), t`Đã cho phép đăng nhập`)}
          >
            {t`Đăng nhập`}
          </button>
          <button
            type="button"
            className={classes.decline}
            disabled={busy}
            onClick={() => void answer(() => zalo.decline(code), t`Đã từ chối`)}
          >
            {t`Từ chối`}
          </button>
        </div>
      </Sheet>
    );
  }
  return (
    <Sheet title={t`Quét mã QR`} close={close}>
      <div className={sheet.form}>
        <p className={sheet.lead}>
          {waiting.length > 0
            ? t`Những mã đang hiện trên màn hình máy tính:`
            : t`Chưa có mã nào đang hiện. Mở trang kết nối Zalo cá nhân trong Sổ Khách để lấy mã.`}
        </p>
      </div>
      <ul className={sheet.items} aria-label={t`Mã đang chờ`}>
        {waiting.map((one) => (
          <li key={one.code}>
            <WaitingCode code={one} busy={busy} scan={() => scan(one.code)} />
          </li>
        ))}
      </ul>
      <form
        className={sheet.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (typed.trim()) scan(typed.trim());
        }}
      >
        <label>
          {t`Hoặc dán nội dung của mã`}
          <input
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        <button type="submit" className={sheet.submit} disabled={busy || !typed.trim()}>
          {t`Quét mã này`}
        </button>
      </form>
    </Sheet>
  );
}

function WaitingCode({ code, busy, scan }: { code: Code; busy: boolean; scan: () => void }) {
  const { t } = useLingui();
  const now = useNow();
  const seconds = Math.max(0, Math.round((code.expires - now) / 1000));
  const end = code.code.slice(-6);
  return (
    <button type="button" className={sheet.item} disabled={busy} onClick={scan}>
      <IconQrcode size={28} stroke={1.6} aria-hidden />
      <span className={sheet.words}>
        {t`Quét mã …${end}`}
        <span className={sheet.hint}>{t`Còn khoảng ${seconds} giây`}</span>
      </span>
    </button>
  );
}
