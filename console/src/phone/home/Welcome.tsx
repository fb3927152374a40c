import { useLingui } from "@lingui/react/macro";
import { Avatar } from "../shared/Avatar";
import type { Account } from "../shared/api";
import classes from "./home.module.css";
import { ScreenHead } from "./ScreenHead";

/** On a desktop, before somebody is chosen in the list beside the phone. */
export function Welcome({ account }: { account: Account | null }) {
  const { t } = useLingui();
  return (
    <>
      <ScreenHead title={t`Tin nhắn`} />
      <div className={classes.welcome}>
        {account && (
          <>
            <Avatar name={account.name} src={account.avatar} size={88} verified={account.verified} />
            <h1>{account.name}</h1>
            <p className={classes.dim}>{account.description || account.category}</p>
          </>
        )}
        <p className={classes.lead}>{t`Chọn một khách ở bên phải để bắt đầu, hoặc tạo khách mới.`}</p>
      </div>
    </>
  );
}
