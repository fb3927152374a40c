import { useLingui } from "@lingui/react/macro";
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { useNow } from "../../shared/time/ticker";
import { useWords } from "../shared/words";
import { Bubble, type Face } from "./Bubble";
import classes from "./ThreadView.module.css";
import { type Shown, timeline } from "./timeline";

type Props = {
  /** Nothing is older; null until something is known. */
  complete: boolean | null;
  /** Before the first message. */
  intro: ReactNode;
  messages: readonly Shown[];
  more: () => void;
  /** Who says what is not one's own. */
  other: (message: Shown) => Face | null;
  named?: boolean;
  /** Of the last own message, while nothing came after it. */
  state: "sent" | "received" | "seen" | null;
};

/** So far from the foot somebody still reads along. */
const NEAR_PX = 160;

export function ThreadView({ complete, intro, messages, more, other, named = false, state }: Props) {
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
  }, [first, last?.msg_id, count, complete === null]);

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
        // What has grown meanwhile was a picture, and nobody's hand.
        if (near.current && at.scrollHeight > before.current.height) stay();
        else near.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_PX;
        before.current.height = at.scrollHeight;
      }}
      onLoadCapture={stay}
      onLoadedMetadataCapture={stay}
    >
      {complete && intro}
      {complete === false && (
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
            other={row.message.src === 1 ? null : other(row.message)}
            named={named}
            first={row.first}
            last={row.last}
            state={row.key === lastOwn && row.message === last ? state : null}
          />
        ),
      )}
    </div>
  );
}
