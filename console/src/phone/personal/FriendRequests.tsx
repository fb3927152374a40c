import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import home from "../home/home.module.css";
import { Avatar } from "../shared/Avatar";
import { go } from "../shared/address";
import { useAttempt } from "../shared/useAttempt";
import type { FriendRequest, Zalo } from "./api";
import { Answers } from "./FriendBar";
import classes from "./Friends.module.css";

/** With more of them the threads would be out of sight. */
const FIRST = 3;

type Props = { me: string; requests: FriendRequest[]; zalo: Zalo; again: () => void };

/** Who wants to be friends, above the threads. */
export function FriendRequests({ me, requests, zalo, again }: Props) {
  const { t } = useLingui();
  const attempt = useAttempt(again);
  const [all, setAll] = useState(false);
  const count = requests.length;
  if (count === 0) return null;
  return (
    <section className={classes.requests}>
      <h2 className={classes.heading}>{t`Lời mời kết bạn`}</h2>
      <ul className={home.list} aria-label={t`Lời mời kết bạn`}>
        {(all ? requests : requests.slice(0, FIRST)).map((one) => (
          <li key={one.uid} className={classes.request} aria-label={one.name}>
            <button
              type="button"
              className={classes.asker}
              onClick={() => go({ oa: null, user: null, me, thread: one.uid, group: false })}
            >
              <Avatar name={one.name} src={one.avatar} size={40} />
              <span className={home.words}>
                <span className={home.name}>{one.name}</span>
                {one.message && <span className={home.dim}>{one.message}</span>}
              </span>
            </button>
            <Answers uid={one.uid} phone={zalo} attempt={attempt} />
          </li>
        ))}
      </ul>
      {!all && count > FIRST && (
        <button type="button" className={classes.more} onClick={() => setAll(true)}>
          {t`Xem tất cả ${count} lời mời`}
        </button>
      )}
    </section>
  );
}
