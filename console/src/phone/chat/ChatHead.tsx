import { useLingui } from "@lingui/react/macro";
import { IconArrowLeft, IconDotsVertical, IconPhone } from "@tabler/icons-react";
import { Avatar } from "../shared/Avatar";
import type { Thread } from "../shared/api";
import classes from "./Chat.module.css";

type Props = { thread: Thread | null; back: () => void; menu: () => void; call: () => void };

export function ChatHead({ thread, back, menu, call }: Props) {
  const { t } = useLingui();
  const account = thread?.account;
  const customer = thread?.customer.name;
  return (
    <header className={classes.head}>
      <button type="button" className={classes.tool} aria-label={t`Quay lại`} onClick={back}>
        <IconArrowLeft size={24} stroke={1.8} />
      </button>
      {account && (
        <>
          <Avatar name={account.name} src={account.avatar} size={38} verified={account.verified} />
          <div className={classes.who}>
            <h1 className={classes.name}>{account.name}</h1>
            <p className={classes.sub}>
              {account.verified ? t`Tài khoản chính thức` : t`Tài khoản chưa xác thực`}
            </p>
            {customer && <p className={classes.sub}>{t`Bạn là ${customer}`}</p>}
          </div>
        </>
      )}
      {!account && <span className={classes.who} />}
      <button
        type="button"
        className={classes.tool}
        aria-label={t`Gọi cho OA`}
        disabled={!thread}
        onClick={call}
      >
        <IconPhone size={22} stroke={1.8} />
      </button>
      <button
        type="button"
        className={classes.tool}
        aria-label={t`Thao tác khác`}
        disabled={!thread}
        onClick={menu}
      >
        <IconDotsVertical size={22} stroke={1.8} />
      </button>
    </header>
  );
}
