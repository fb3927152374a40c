import { useLingui } from "@lingui/react/macro";
import { Avatar } from "../shared/Avatar";
import type { Thread } from "../shared/api";
import { useDeeds } from "./context";
import classes from "./Intro.module.css";

/** Before the first message: whose page this is, and the button that opens the conversation. */
export function Intro({ thread, empty }: { thread: Thread; empty: boolean }) {
  const { t } = useLingui();
  const { attempt, phone, say } = useDeeds();
  const { account } = thread;
  return (
    <section className={classes.card}>
      <Avatar name={account.name} src={account.avatar} size={64} verified={account.verified} />
      <h2 className={classes.name}>{account.name}</h2>
      <p className={classes.dim}>{account.description || account.category}</p>
      {empty && (
        <button
          type="button"
          className={classes.start}
          onClick={() =>
            void attempt(async () => {
              await phone.chatNow();
              say(t`Đã báo cho OA rằng bạn muốn nhắn tin`);
            })
          }
        >
          {t`Chat ngay`}
        </button>
      )}
    </section>
  );
}
