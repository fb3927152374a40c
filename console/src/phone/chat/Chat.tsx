import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { useVisible } from "../../shared/useVisible";
import { go } from "../shared/address";
import type { Message, Quote } from "../shared/api";
import { useToast } from "../shared/toast";
import { useAttempt } from "../shared/useAttempt";
import { Bars } from "./Bars";
import { CallScreen, type CallType } from "./CallScreen";
import classes from "./Chat.module.css";
import { ChatHead } from "./ChatHead";
import { Composer } from "./Composer";
import { ChatContext, type Deeds } from "./context";
import { InfoForm } from "./InfoForm";
import { Intro } from "./Intro";
import { Menu } from "./Menu";
import { PhoneOff } from "./PhoneOff";
import { ThreadView } from "./ThreadView";
import { useOutbox } from "./useOutbox";
import { useTakeover } from "./useTakeover";
import type { ThreadReading } from "./useThread";
import { Viewer } from "./Viewer";

type Props = { oa: string; user: string; thread: ThreadReading };

/** One customer's chat with one account. */
export function Chat({ oa, thread }: Props) {
  const { t } = useLingui();
  const say = useToast();
  const { data, phone, again } = thread;
  const outbox = useOutbox(phone, data, again);
  const takeover = useTakeover(phone, data?.customer ?? null);
  const [quote, setQuote] = useState<Quote | null>(null);
  const [shown, setShown] = useState<"menu" | "info" | null>(null);
  const [call, setCall] = useState<CallType | null>(null);
  const [picture, setPicture] = useState<string | null>(null);
  const visible = useVisible();

  // Whoever looks at a chat has seen it. A phone that is off shows nothing.
  const unseen = data?.messages.findLast((message) => message.src === 0)?.msg_id;
  const on = data?.phone_on ?? false;
  useEffect(() => {
    if (visible && on && unseen) void phone.seen().catch(() => undefined);
  }, [visible, on, unseen, phone]);

  const attempt = useAttempt(again);

  const back = () => go({ oa, user: null });
  if (thread.missing) {
    return (
      <div className={classes.missing}>
        <p>{t`Không tìm thấy khách này.`}</p>
        <button type="button" className={classes.pill} onClick={back}>
          {t`Chọn khách khác`}
        </button>
      </div>
    );
  }
  const deeds: Deeds = {
    attempt,
    phone,
    react: phone.react,
    recall: null,
    reply: (message: Message) =>
      setQuote({ msg_id: message.msg_id, src: message.src, type: message.type, text: message.text }),
    look: setPicture,
    askInfo: () => setShown("info"),
    retry: outbox.retry,
    say,
  };
  return (
    <ChatContext.Provider value={deeds}>
      <ChatHead thread={data} back={back} menu={() => setShown("menu")} call={() => setCall("AUDIO")} />
      {data && <Bars thread={data} takeover={takeover} />}
      <ThreadView
        complete={data?.complete ?? null}
        intro={data && <Intro thread={data} empty={outbox.shown.length === 0} />}
        messages={outbox.shown}
        more={thread.more}
        other={() => data?.account ?? null}
        state={data?.own_state ?? null}
      />
      <Composer
        name={data?.account.name ?? ""}
        label={t`Tin nhắn gửi OA`}
        disabled={!data}
        quote={quote}
        unquote={() => setQuote(null)}
        begins={takeover.take}
        send={(order) => {
          outbox.send(order, quote);
          setQuote(null);
        }}
        sendFile={outbox.sendFile}
      />
      {data && !data.phone_on && (
        <PhoneOff turnOn={() => void attempt(() => phone.change({ phone_on: true }))} />
      )}
      {data && shown === "menu" && (
        <Menu thread={data} close={() => setShown(null)} call={setCall} share={() => setShown("info")} />
      )}
      {data && shown === "info" && <InfoForm thread={data} close={() => setShown(null)} />}
      {data && call && (
        <CallScreen
          account={data.account}
          type={call}
          over={(waiting, talk) => {
            setCall(null);
            void attempt(() => phone.call(call, waiting, talk));
          }}
        />
      )}
      {picture && <Viewer src={picture} close={() => setPicture(null)} />}
    </ChatContext.Provider>
  );
}
