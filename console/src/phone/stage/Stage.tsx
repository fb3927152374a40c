import { useLingui } from "@lingui/react/macro";
import { IconDeviceMobile, IconMessageCircle, IconQrcode, IconUsers } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useNow } from "../../shared/time/ticker";
import { go } from "../shared/address";
import type { Account } from "../shared/api";
import { useWords } from "../shared/words";
import classes from "./Stage.module.css";
import { LanguageSwitch, SchemeSwitch } from "./Switches";

type Props = {
  accounts: Account[] | null;
  oa: string | null;
  /** The phone is that of a personal account. */
  personal?: boolean;
  /** Everybody one can be. */
  people: ReactNode;
  children: ReactNode;
};

/** On a desktop: what this is, the phone in its frame, and everybody one can be. */
export function Stage({ accounts, oa, personal = false, people, children }: Props) {
  const { t } = useLingui();
  const name = personal ? t`Điện thoại Zalo cá nhân` : t`Điện thoại của khách`;
  return (
    <div className={classes.stage}>
      <aside className={classes.about}>
        <div className={classes.switches}>
          <LanguageSwitch />
          <SchemeSwitch />
        </div>
        <h1 className={classes.title}>{name}</h1>
        <p className={classes.lead}>
          {personal
            ? t`Đây là Zalo mô phỏng. Bạn cầm điện thoại của nhân viên hay của khách. Tin nhân viên gõ ở đây cũng vào Sổ Khách.`
            : t`Đây là Zalo mô phỏng. Bạn nhắn tin như một khách hàng, còn nhân viên trả lời trong Sổ Khách ở cửa sổ bên kia.`}
        </p>
        <ul className={classes.hints}>
          <li>
            {personal ? (
              <IconQrcode size={20} stroke={1.7} aria-hidden />
            ) : (
              <IconUsers size={20} stroke={1.7} aria-hidden />
            )}
            {personal
              ? t`Sổ Khách hiện mã QR: chọn người giữ tài khoản, bấm nút quét mã rồi xác nhận.`
              : t`Chọn một khách có sẵn, họ tự sống cuộc đời của mình. Hoặc tạo khách mới.`}
          </li>
          <li>
            <IconMessageCircle size={20} stroke={1.7} aria-hidden />
            {t`Gửi chữ, ảnh, tin thoại, vị trí. Câu trả lời đến ngay.`}
          </li>
          <li>
            <IconDeviceMobile size={20} stroke={1.7} aria-hidden />
            {personal
              ? t`Mỗi thẻ trình duyệt là một điện thoại. Mở nhiều thẻ để có nhiều người.`
              : t`Mỗi thẻ trình duyệt là một khách. Mở nhiều thẻ để có nhiều khách.`}
          </li>
        </ul>
        <p className={classes.small}>{t`Không có tin nào ra khỏi máy này.`}</p>
      </aside>
      <div className={classes.device}>
        <StatusBar />
        <main className={classes.screen} aria-label={name}>
          {children}
        </main>
        <span className={classes.home} aria-hidden />
      </div>
      <section className={classes.people} aria-label={personal ? t`Chọn người` : t`Chọn khách`}>
        <div className={classes.tabs}>
          {accounts?.map((one) => (
            <button
              key={one.oa_id}
              type="button"
              className={classes.tab}
              aria-pressed={!personal && one.oa_id === oa}
              onClick={() => go({ oa: one.oa_id, user: null })}
            >
              {one.name}
            </button>
          ))}
          <button
            type="button"
            className={classes.tab}
            aria-pressed={personal}
            onClick={() => go({ oa: null, user: null, me: "" })}
          >
            {t`Zalo cá nhân`}
          </button>
        </div>
        {people}
      </section>
    </div>
  );
}

function StatusBar() {
  const { time } = useWords();
  const now = useNow();
  return (
    <div className={classes.status} aria-hidden>
      <span>{time(now)}</span>
      <span className={classes.island} />
      <svg width="52" height="14" viewBox="0 0 52 14" fill="currentColor" role="presentation">
        <path d="M0 10h3v3H0zM5 7h3v6H5zM10 4h3v9h-3zM15 1h3v12h-3z" />
        <rect
          x="26.5"
          y="1.5"
          width="21"
          height="11"
          rx="3.2"
          fill="none"
          stroke="currentColor"
          opacity=".5"
        />
        <rect x="28.5" y="3.5" width="15" height="7" rx="1.6" />
        <path d="M49 5v4c1.2-.4 1.8-1.1 1.8-2S50.2 5.4 49 5Z" opacity=".5" />
      </svg>
    </div>
  );
}
