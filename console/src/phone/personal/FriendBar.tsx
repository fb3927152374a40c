import { useLingui } from "@lingui/react/macro";
import { IconUserPlus } from "@tabler/icons-react";
import bars from "../chat/Bars.module.css";
import type { Attempt } from "../shared/useAttempt";
import type { Friendship, Talk } from "./api";
import classes from "./Friends.module.css";

type Props = { talk: Talk; phone: Friendship; attempt: Attempt };

/** Under the header, with somebody who is no friend: a request to send, one on its way, or one to answer. */
export function FriendBar({ talk, phone, attempt }: Props) {
  const { t } = useLingui();
  const { chat, friends, person, request } = talk;
  if (friends) return null;
  const { name, thread } = chat;
  const theirs = request !== null && !request.ours;
  return (
    <div className={bars.bars}>
      <section className={theirs ? `${bars.bar} ${classes.asked}` : bars.bar} aria-label={t`Kết bạn`}>
        <IconUserPlus size={20} stroke={1.7} aria-hidden />
        <p className={bars.words}>
          {!request && t`Bạn và ${name} chưa là bạn bè`}
          {request?.ours && t`Đã gửi lời mời kết bạn`}
          {theirs && t`${name} muốn kết bạn`}
          {request?.message && <span className={classes.note}>{request.message}</span>}
        </p>
        {!request && (
          <button
            type="button"
            className={bars.act}
            onClick={() => void attempt(() => phone.askFriend(thread, t`Xin chào, tôi là ${person.name}`))}
          >
            {t`Kết bạn`}
          </button>
        )}
        {request?.ours && (
          <button
            type="button"
            className={bars.quiet}
            onClick={() => void attempt(() => phone.endRequest(thread))}
          >
            {t`Thu hồi lời mời`}
          </button>
        )}
        {theirs && (
          <div className={classes.answers}>
            <Answers uid={thread} phone={phone} attempt={attempt} />
          </div>
        )}
      </section>
    </div>
  );
}

export function Answers({ uid, phone, attempt }: Omit<Props, "talk"> & { uid: string }) {
  const { t } = useLingui();
  return (
    <>
      <button type="button" className={bars.quiet} onClick={() => void attempt(() => phone.endRequest(uid))}>
        {t`Từ chối`}
      </button>
      <button type="button" className={bars.act} onClick={() => void attempt(() => phone.acceptFriend(uid))}>
        {t`Đồng ý`}
      </button>
    </>
  );
}
