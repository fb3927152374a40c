import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Loader } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { ConversationDetail, Message } from "../../api/types";
import { useMe } from "../../people/session";
import { ZoneContext } from "../../shared/time/useDates";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { flattenThread } from "../cache/threadPages";
import { usePending } from "../outbox/useOutbox";
import { threadQuery } from "../queries";
import { Bubble } from "./Bubble";
import { DayDivider, EventRow, NewLine } from "./dividers";
import { ImageViewerProvider } from "./ImageViewer";
import classes from "./Thread.module.css";
import { ThreadSkeleton } from "./ThreadSkeleton";
import { buildTimeline, type Entry, firstNewMessage } from "./timeline";
import { useThreadScroll } from "./useThreadScroll";

export function Thread({ conversation }: { conversation: ConversationDetail }) {
  const query = useInfiniteQuery(threadQuery(conversation.id));
  const messages = useMemo(() => (query.data ? flattenThread(query.data) : []), [query.data]);
  if (query.isPending) return <ThreadSkeleton />;
  if (query.isError && messages.length === 0) {
    return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  }
  return (
    <ThreadBody
      conversation={conversation}
      messages={messages}
      loadingOlder={query.isFetchingNextPage}
      whole={!query.hasNextPage}
      loadOlder={() => {
        if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
      }}
    />
  );
}

type BodyProps = {
  conversation: ConversationDetail;
  messages: Message[];
  loadingOlder: boolean;
  whole: boolean;
  loadOlder: () => void;
};

function ThreadBody({ conversation, messages, loadingOlder, whole, loadOlder }: BodyProps) {
  const { t } = useLingui();
  const zone = useContext(ZoneContext);
  const me = useMe();
  const pending = usePending(conversation.id);
  const viewport = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  // The line stays where it was when the thread was opened, although reading sets the counter to zero.
  const [firstNewId] = useState(() => firstNewMessage(messages, conversation.unread_count));
  const entries = useMemo(
    () => buildTimeline(messages, pending, { zone, myId: me.id, firstNewId }),
    [messages, pending, zone, me.id, firstNewId],
  );
  const { atBottom, toBottom } = useThreadScroll(viewport, content, loadOlder);
  const lastPending = pending.at(-1)?.clientId;
  useEffect(() => {
    if (lastPending) toBottom();
  }, [lastPending, toBottom]);
  const lastOutId = messages.findLast((message) => message.direction === "out")?.id ?? null;

  return (
    <ImageViewerProvider messages={messages}>
      <div className={classes.frame}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
        <div ref={viewport} className={classes.viewport} role="log" aria-label={t`Tin nhắn`} tabIndex={0}>
          <div ref={content} className={classes.content}>
            {loadingOlder && (
              <div className={classes.older} role="status" aria-label={t`Đang tải tin cũ hơn`}>
                <Loader size="xs" color="gray" />
              </div>
            )}
            {whole && messages.length > 0 && <p className={classes.start}>{t`Đầu hội thoại`}</p>}
            {entries.map((entry) => (
              <Row key={entry.key} entry={entry} conversation={conversation} lastOutId={lastOutId} />
            ))}
          </div>
        </div>
        {!atBottom && (
          <ActionIcon
            className={classes.jump}
            variant="default"
            radius="xl"
            size={38}
            aria-label={t`Tới tin mới nhất`}
            onClick={toBottom}
          >
            <IconArrowDown size={18} />
          </ActionIcon>
        )}
      </div>
    </ImageViewerProvider>
  );
}

type RowProps = { entry: Entry; conversation: ConversationDetail; lastOutId: number | null };

function Row({ entry, conversation, lastOutId }: RowProps): ReactNode {
  switch (entry.kind) {
    case "day":
      return <DayDivider at={entry.at} />;
    case "new":
      return <NewLine />;
    case "event":
      return <EventRow message={entry.message} />;
    case "bubble":
      return (
        <Bubble
          source={entry.source}
          first={entry.first}
          last={entry.last}
          group={conversation.kind === "group"}
          customer={conversation.contact}
          tellState={"message" in entry.source && entry.source.message.id === lastOutId}
        />
      );
  }
}
