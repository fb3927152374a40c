import { useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { useNow } from "../../shared/time/ticker";
import type { Thread } from "../shared/api";
import { useWords } from "../shared/words";
import { Bubble } from "./Bubble";
import { Intro } from "./Intro";
import classes from "./ThreadView.module.css";
import { type Shown, timeline } from "./timeline";

type Props = { thread: Thread | null; messages: readonly Shown[]; more: () => void };

/** So far from the foot somebody still reads along. */
const NEAR_PX = 160;

export function ThreadView({ thread, messages, more }: Props) {
  const { t } = useLingui();
  const { day } = useWords();
  const now = useNow();
  const box = useRef<HTMLDivElement>(null);
  const near = useRef(true);
  const before = useRef({ first: "", height: 0 });
  const rows = timeline(messages);
  const first = messages[0]?.msg_id ?? "";
  const last = messages.at(-1);
  const count = messages.length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the messages that move the thread.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const { first: known, height } = before.current;
    if (known && known !== first && !near.current) element.scrollTop += element.scrollHeight - height;
    else if (near.current || last?.pending) element.scrollTop = element.scrollHeight;
    before.current = { first, height: element.scrollHeight };
  }, [first, last?.msg_id, count, thread === null]);

  const stay = useCallback(() => {
    if (near.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, []);
  // A keyboard or a tray takes room from below.
  useEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(stay);
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [stay]);
  const lastOwn = messages.findLast((message) => message.src === 1)?.msg_id;
  return (
    <div
      ref={box}
      className={classes.wall}
      role="log"
      aria-label={t`Tin nhắn`}
      onScroll={({ currentTarget: at }) => {
        near.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_PX;
        before.current.height = at.scrollHeight;
      }}
      onLoadCapture={stay}
    >
      {thread?.complete && <Intro thread={thread} empty={messages.length === 0} />}
      {thread && !thread.complete && (
        <button type="button" className={classes.more} onClick={more}>
          {t`Xem tin cũ hơn`}
        </button>
      )}
      <div className={classes.push} />
      {rows.map((row) =>
        row.kind === "day" ? (
          <p key={row.key} className={classes.day}>
            {day(row.at, now)}
          </p>
        ) : (
          <Bubble
            key={row.key}
            message={row.message}
            account={thread?.account ?? null}
            first={row.first}
            last={row.last}
            state={row.key === lastOwn && row.message === last ? (thread?.own_state ?? null) : null}
          />
        ),
      )}
    </div>
  );
}
