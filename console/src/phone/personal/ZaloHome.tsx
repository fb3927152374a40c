import { useLingui } from "@lingui/react/macro";
import { IconArrowLeft, IconMessagePlus, IconQrcode, IconUsersGroup } from "@tabler/icons-react";
import { useState } from "react";
import { useNow } from "../../shared/time/ticker";
import chat from "../chat/Chat.module.css";
import home from "../home/home.module.css";
import { Avatar } from "../shared/Avatar";
import { go } from "../shared/address";
import type { Reading } from "../shared/useReading";
import { useWords } from "../shared/words";
import type { Chat, Person, PhoneState, Zalo } from "./api";
import { FriendRequests } from "./FriendRequests";
import { Labels } from "./Labels";
import { NewChat } from "./NewChat";
import classes from "./Personal.module.css";
import { ScanSheet } from "./ScanSheet";

type Props = { zalo: Zalo; reading: Reading<PhoneState>; people: Person[] | null };

/** The first screen of somebody's Zalo: their threads, and the way to scan a code. */
export function ZaloHome({ zalo, reading, people }: Props) {
  const { t } = useLingui();
  const [shown, setShown] = useState<"scan" | "new" | null>(null);
  const state = reading.data;
  const back = () => go({ oa: null, user: null, me: "" });
  const waiting = state?.codes.filter((one) => one.state === "shown").length ?? 0;
  if (reading.missing) {
    return (
      <div className={chat.missing}>
        <p>{t`Không tìm thấy người này.`}</p>
        <button type="button" className={chat.pill} onClick={back}>
          {t`Chọn người khác`}
        </button>
      </div>
    );
  }
  const me = state?.person;
  return (
    <>
      <header className={chat.head}>
        <button type="button" className={chat.tool} aria-label={t`Quay lại`} onClick={back}>
          <IconArrowLeft size={24} stroke={1.8} />
        </button>
        {me && <Avatar name={me.name} src={me.avatar} size={38} />}
        <div className={chat.who}>
          <h1 className={chat.name}>{me?.name}</h1>
          <p className={chat.sub}>{me?.connected ? t`Đang đăng nhập ở Sổ Khách` : t`Zalo cá nhân`}</p>
        </div>
        <button
          type="button"
          className={chat.tool}
          aria-label={t`Tin nhắn mới`}
          disabled={!me}
          onClick={() => setShown("new")}
        >
          <IconMessagePlus size={22} stroke={1.8} />
        </button>
        <button
          type="button"
          className={`${chat.tool} ${classes.scan}`}
          aria-label={t`Quét mã QR`}
          disabled={!me}
          onClick={() => setShown("scan")}
        >
          <IconQrcode size={24} stroke={1.8} />
          {waiting > 0 && <span className={classes.dot} aria-hidden />}
        </button>
      </header>
      <div className={home.screen}>
        {state && (
          <FriendRequests me={state.person.uid} requests={state.requests} zalo={zalo} again={reading.again} />
        )}
        {state?.chats.length === 0 && (
          <p className={home.empty}>{t`Chưa có hội thoại nào. Bấm nút tin nhắn mới ở góc trên.`}</p>
        )}
        <ul className={home.list} aria-label={t`Hội thoại`}>
          {state?.chats.map((one) => (
            <li key={`${one.group} ${one.thread}`}>
              <ChatRow
                chat={one}
                open={() =>
                  go({ oa: null, user: null, me: state.person.uid, thread: one.thread, group: one.group })
                }
              />
            </li>
          ))}
        </ul>
      </div>
      {state && shown === "scan" && <ScanSheet zalo={zalo} state={state} close={() => setShown(null)} />}
      {state && shown === "new" && (
        <NewChat me={state.person.uid} people={people} close={() => setShown(null)} />
      )}
    </>
  );
}

function ChatRow({ chat: one, open }: { chat: Chat; open: () => void }) {
  const { t } = useLingui();
  const { said, stamp } = useWords();
  const now = useNow();
  const words = one.last && said(one.last.type, one.last.text);
  return (
    <button type="button" className={home.row} onClick={open}>
      <Avatar name={one.name} src={one.avatar} size={48} />
      <span className={home.words}>
        <span className={home.line}>
          <span className={home.name}>
            {one.group && <IconUsersGroup className={classes.group} size={16} stroke={1.8} aria-hidden />}
            {one.name}
          </span>
          {one.last && <span className={home.time}>{stamp(one.last.time, now)}</span>}
        </span>
        <span className={home.line}>
          <span className={home.dim} style={{ flex: 1 }}>
            {words ? (one.last?.src === 1 ? t`Bạn: ${words}` : words) : t`Chưa nhắn gì`}
          </span>
          {one.unread > 0 && <span className={classes.unread}>{one.unread}</span>}
        </span>
        <Labels labels={one.labels} />
      </span>
    </button>
  );
}
