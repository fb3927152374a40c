import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Loader } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import {
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Capability, ConversationDetail, Gap, Message } from "../../api/types";
import type { Note } from "../../api/visibility";
import { useMe } from "../../people/session";
import { focusComposer } from "../../shared/keyboard/targets";
import { ZoneContext } from "../../shared/time/useDates";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { gapsOf } from "../cache/gaps";
import { flattenThread } from "../cache/threadPages";
import { quoteOf } from "../composer/compositions";
import { useCompositions } from "../composer/useComposition";
import { may } from "../custody/actions";
import { NoteRow } from "../notes/NoteRow";
import { useNotes } from "../notes/useNotes";
import { usePending } from "../outbox/useOutbox";
import { threadQuery } from "../queries";
import { Bubble } from "./Bubble";
import { DayDivider, EventRow, GapRow, NewLine } from "./dividers";
import { ImageViewerProvider } from "./ImageViewer";
import classes from "./Thread.module.css";
import { ThreadSkeleton } from "./ThreadSkeleton";
import { TypingLine } from "./TypingLine";
import { type ThreadTools, ThreadToolsContext } from "./threadTools";
import { buildTimeline, type Entry, firstNewMessage } from "./timeline";
import { useJump } from "./useJump";
import { useThreadScroll } from "./useThreadScroll";

const RecallDialog = lazy(() => import("./RecallDialog"));

export function Thread({ conversation }: { conversation: ConversationDetail }) {
  const query = useInfiniteQuery(threadQuery(conversation.id));
  const messages = useMemo(() => (query.data ? flattenThread(query.data) : []), [query.data]);
  const gaps = useMemo(() => (query.data ? gapsOf(query.data.pages) : []), [query.data]);
  if (query.isPending) return <ThreadSkeleton />;
  if (query.isError && messages.length === 0) {
    return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  }
  return (
    <ThreadBody
      conversation={conversation}
      messages={messages}
      gaps={gaps}
      loadingOlder={query.isFetchingNextPage}
      whole={!query.hasNextPage}
      loadOlder={async () => {
        if (query.hasNextPage && !query.isFetchingNextPage) await query.fetchNextPage();
      }}
    />
  );
}

type BodyProps = {
  conversation: ConversationDetail;
  messages: Message[];
  gaps: Gap[];
  loadingOlder: boolean;
  whole: boolean;
  loadOlder: () => Promise<void>;
};

function ThreadBody({ conversation, messages, gaps, loadingOlder, whole, loadOlder }: BodyProps) {
  const { t } = useLingui();
  const zone = useContext(ZoneContext);
  const me = useMe();
  const pending = usePending(conversation.id);
  const viewport = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  // The line stays where it was when the thread was opened, although reading sets the counter to zero.
  const [firstNewId] = useState(() => firstNewMessage(messages, conversation.unread_count));
  const notes = useNotes(conversation.id, messages, whole);
  const entries = useMemo(
    () => buildTimeline(messages, pending, { zone, myId: me.id, firstNewId, gaps, notes }),
    [messages, pending, zone, me.id, firstNewId, gaps, notes],
  );
  const { atBottom, toBottom, toRow } = useThreadScroll(viewport, content, () => void loadOlder());
  const { jumpTo, searching } = useJump(content, toRow, messages, whole, loadingOlder, loadOlder);
  const [recalling, setRecalling] = useState<Message | null>(null);
  const tools = useTools(conversation, jumpTo, setRecalling);
  const lastPending = pending.at(-1)?.clientId;
  useEffect(() => {
    if (lastPending) toBottom();
  }, [lastPending, toBottom]);
  useToOwnNote(notes, me.id, toBottom);
  const lastOutId = messages.findLast((message) => message.direction === "out")?.id ?? null;

  return (
    <ThreadToolsContext value={tools}>
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
              {whole && entries.length === 0 && <p className={classes.start}>{t`Chưa có tin nhắn nào`}</p>}
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
          <TypingLine conversationId={conversation.id} />
          {searching && (
            <p className={classes.searching} role="status">
              {searching === "gone" ? t`Không tìm thấy tin được trả lời` : t`Đang tìm tin được trả lời…`}
            </p>
          )}
        </div>
        {recalling && (
          <Suspense fallback={null}>
            <RecallDialog message={recalling} close={() => setRecalling(null)} />
          </Suspense>
        )}
      </ImageViewerProvider>
    </ThreadToolsContext>
  );
}

/** Who has just written a note sees it, as who has just sent a message. */
function useToOwnNote(notes: readonly Note[], myId: number, toBottom: () => void): void {
  const last = notes.findLast((note) => note.author.id === myId)?.id ?? null;
  const known = useRef(last);
  useEffect(() => {
    if (last !== null && known.current !== null && last > known.current) toBottom();
    known.current = last ?? 0;
  }, [last, toBottom]);
}

function useTools(
  conversation: ConversationDetail,
  jumpTo: (id: number) => void,
  recall: (message: Message) => void,
): ThreadTools {
  const compositions = useCompositions();
  const { id, reply } = conversation;
  const names = may(conversation, "reply") && !reply.blocked ? reply.can.join(" ") : "";
  const quote = useCallback(
    (message: Message) => {
      compositions.setQuote(id, quoteOf(message));
      focusComposer();
    },
    [compositions, id],
  );
  return useMemo(
    () => ({ can: new Set(names.split(" ") as Capability[]), quote, jumpTo, recall }),
    [names, quote, jumpTo, recall],
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
    case "gap":
      return <GapRow gap={entry.gap} />;
    case "note":
      return <NoteRow note={entry.note} conversationId={conversation.id} />;
    case "bubble":
      return (
        <Bubble
          source={entry.source}
          {...(entry.album && { album: entry.album })}
          first={entry.first}
          last={entry.last}
          group={conversation.kind === "group"}
          customer={conversation.contact}
          tellState={"message" in entry.source && entry.source.message.id === lastOutId}
        />
      );
  }
}
