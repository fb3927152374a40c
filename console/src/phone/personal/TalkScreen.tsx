import { useLingui } from "@lingui/react/macro";
import { IconArrowLeft, IconTag } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useVisible } from "../../shared/useVisible";
import chat from "../chat/Chat.module.css";
import { Composer } from "../chat/Composer";
import { ChatContext } from "../chat/context";
import intro from "../chat/Intro.module.css";
import { ThreadView } from "../chat/ThreadView";
import { useOutbox } from "../chat/useOutbox";
import { Viewer } from "../chat/Viewer";
import { Avatar } from "../shared/Avatar";
import { go } from "../shared/address";
import type { Message, Quote } from "../shared/api";
import { useToast } from "../shared/toast";
import { useAttempt } from "../shared/useAttempt";
import type { Talk } from "./api";
import { FriendBar } from "./FriendBar";
import { LabelSheet } from "./LabelSheet";
import { Labels } from "./Labels";
import classes from "./Personal.module.css";
import type { TalkReading } from "./useTalkReading";

const TYPING_MS = 3_000;

/** One thread on a personal account's phone. */
export function TalkScreen({ me, reading }: { me: string; reading: TalkReading }) {
  const { t } = useLingui();
  const say = useToast();
  const { data, phone, again } = reading;
  const outbox = useOutbox(phone, data, again);
  const [quote, setQuote] = useState<Quote | null>(null);
  const [labelling, setLabelling] = useState(false);
  const [picture, setPicture] = useState<string | null>(null);
  const visible = useVisible();
  const typed = useRef(0);

  // Whoever looks at a chat has seen it.
  const unseen = data?.messages.findLast((message) => message.src === 0)?.msg_id;
  useEffect(() => {
    if (visible && unseen) void phone.seen().catch(() => undefined);
  }, [visible, unseen, phone]);

  const attempt = useAttempt(again);
  const begins = () => {
    if (Date.now() - typed.current < TYPING_MS) return;
    typed.current = Date.now();
    void phone.typing().catch(() => undefined);
  };
  const back = () => go({ oa: null, user: null, me });
  if (reading.missing) {
    return (
      <div className={chat.missing}>
        <p>{t`Không tìm thấy hội thoại này.`}</p>
        <button type="button" className={chat.pill} onClick={back}>
          {t`Quay lại`}
        </button>
      </div>
    );
  }
  const talk = {
    attempt,
    react: phone.react,
    recall: phone.recall,
    reply: (message: Message) =>
      setQuote({ msg_id: message.msg_id, src: message.src, type: message.type, text: message.text }),
    look: setPicture,
    retry: outbox.retry,
    say,
  };
  const name = data?.chat.name ?? "";
  return (
    <ChatContext.Provider value={talk}>
      <header className={chat.head}>
        <button type="button" className={chat.tool} aria-label={t`Quay lại`} onClick={back}>
          <IconArrowLeft size={24} stroke={1.8} />
        </button>
        {data && <Avatar name={name} src={data.chat.avatar} size={38} />}
        <div className={chat.who}>
          <h1 className={chat.name}>{name}</h1>
          {data && <Sub talk={data} />}
        </div>
        <button
          type="button"
          className={chat.tool}
          aria-label={t`Thẻ phân loại`}
          disabled={!data}
          onClick={() => setLabelling(true)}
        >
          <IconTag size={22} stroke={1.8} />
        </button>
      </header>
      {data && data.chat.labels.length > 0 && (
        <div className={classes.worn}>
          <Labels labels={data.chat.labels} />
        </div>
      )}
      {data && <FriendBar talk={data} phone={phone} attempt={attempt} />}
      <ThreadView
        complete={data?.complete ?? null}
        intro={data && <Beginning talk={data} />}
        messages={outbox.shown}
        more={reading.more}
        other={(message) => ({ name: message.author ?? "", avatar: message.avatar ?? "" })}
        named={data?.chat.group ?? false}
        state={data?.own_state ?? null}
      />
      <Composer
        name={name}
        label={t`Tin nhắn gửi ${name}`}
        disabled={!data}
        quote={quote}
        unquote={() => setQuote(null)}
        begins={begins}
        send={(order) => {
          outbox.send(order, quote);
          setQuote(null);
        }}
        sendFile={outbox.sendFile}
      />
      {data && labelling && (
        <LabelSheet
          talk={data}
          set={(text, on) => void attempt(() => phone.label(text, on))}
          close={() => setLabelling(false)}
        />
      )}
      {picture && <Viewer src={picture} close={() => setPicture(null)} />}
    </ChatContext.Provider>
  );
}

function Sub({ talk }: { talk: Talk }) {
  const { t } = useLingui();
  const { person, chat: one, members, friends } = talk;
  return (
    <p className={chat.sub}>
      {one.group ? t`${members.length} thành viên` : friends ? t`Bạn bè` : t`Người lạ`}
      {" · "}
      {t`Bạn là ${person.name}`}
    </p>
  );
}

function Beginning({ talk }: { talk: Talk }) {
  const { chat: one, members } = talk;
  return (
    <section className={intro.card}>
      <Avatar name={one.name} src={one.avatar} size={64} />
      <h2 className={intro.name}>{one.name}</h2>
      {one.group && <p className={intro.dim}>{members.join(", ")}</p>}
    </section>
  );
}
