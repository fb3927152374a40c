import { useLingui } from "@lingui/react/macro";
import { IconChevronRight, IconDeviceMobile } from "@tabler/icons-react";
import { Avatar } from "../shared/Avatar";
import { go } from "../shared/address";
import type { Account } from "../shared/api";
import classes from "./home.module.css";
import { ScreenHead } from "./ScreenHead";

/** The first screen: which official account to write to. */
export function Accounts({ accounts }: { accounts: Account[] | null }) {
  const { t } = useLingui();
  return (
    <>
      <ScreenHead title={t`Tin nhắn`} />
      <div className={classes.screen}>
        <p className={classes.lead}>{t`Bạn là khách hàng. Hãy chọn nơi muốn nhắn tin.`}</p>
        {accounts?.length === 0 && (
          <p
            className={classes.empty}
          >{t`Chưa có tài khoản chính thức nào. Hãy chạy công ty mẫu: make run`}</p>
        )}
        <ul className={classes.list}>
          {accounts?.map((one) => (
            <li key={one.oa_id}>
              <button type="button" className={classes.row} onClick={() => go({ oa: one.oa_id, user: null })}>
                <Avatar name={one.name} src={one.avatar} size={52} verified={one.verified} />
                <span className={classes.words}>
                  <span className={classes.name}>{one.name}</span>
                  <span className={classes.dim}>{one.description || one.category}</span>
                </span>
                <IconChevronRight className={classes.tail} size={20} stroke={1.8} aria-hidden />
              </button>
            </li>
          ))}
          <li>
            <button
              type="button"
              className={classes.row}
              onClick={() => go({ oa: null, user: null, me: "" })}
            >
              <span className={classes.plus}>
                <IconDeviceMobile size={24} stroke={1.7} aria-hidden />
              </span>
              <span className={classes.words}>
                <span className={classes.name}>{t`Zalo cá nhân`}</span>
                <span
                  className={classes.dim}
                >{t`Điện thoại của nhân viên, và của khách nhắn riêng cho họ`}</span>
              </span>
              <IconChevronRight className={classes.tail} size={20} stroke={1.8} aria-hidden />
            </button>
          </li>
        </ul>
      </div>
    </>
  );
}
