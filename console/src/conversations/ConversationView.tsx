import { useLingui } from "@lingui/react/macro";
import { IconMessageOff } from "@tabler/icons-react";
import { usePrefetchInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { isGone } from "../api/problem";
import type { View } from "../api/types";
import { CustomerPanel } from "../customers/CustomerPanel";
import { useCustomerPanel } from "../customers/useCustomerPanel";
import { focusRow } from "../shared/keyboard/targets";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { ErrorPanel } from "../shared/ui/ErrorPanel";
import { StatePanel } from "../shared/ui/StatePanel";
import { useTitle } from "../shared/useTitle";
import { ConversationHeader } from "./ConversationHeader";
import classes from "./ConversationView.module.css";
import { ComposerArea } from "./composer/ComposerArea";
import { CustodyDialogs } from "./custody/CustodyContext";
import { LostConversation } from "./lost/LostConversation";
import { useDropConversation } from "./lost/useDropConversation";
import { useIsLost } from "./lost/useLost";
import { notesQuery } from "./notes/queries";
import { conversationQuery, threadQuery } from "./queries";
import { Thread } from "./thread/Thread";
import { ThreadSkeleton } from "./thread/ThreadSkeleton";
import { useMarkRead } from "./useMarkRead";

type Props = { id: number; view: View };

/** One conversation, as long as its reader may see it. */
export function ConversationView({ id, view }: Props) {
  const lost = useIsLost(id);
  return lost ? <LostConversation id={id} view={view} /> : <OpenConversation id={id} view={view} />;
}

/** Its header, thread, composer, and the customer beside it. */
function OpenConversation({ id, view }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const query = useQuery(conversationQuery(id));
  // Beside the conversation, not after it.
  usePrefetchInfiniteQuery(threadQuery(id));
  usePrefetchInfiniteQuery(notesQuery(id));
  const conversation = query.data;
  const panel = useCustomerPanel();
  const area = useRef<HTMLElement>(null);
  const drop = useDropConversation();
  const gone = query.isError && isGone(query.error);
  const was = conversation !== undefined;
  // What was on the screen is taken away when a later reading says that it is not this person's.
  useEffect(() => {
    if (gone && was) drop(id);
  }, [gone, was, drop, id]);
  useTitle(conversation?.title ?? t`Hội thoại`);
  useMarkRead(conversation);
  useShortcuts({
    i: () => panel.toggle(),
    escape: () => {
      void navigate({ to: "/conversations", search: { view } }).then(() => focusRow(id));
    },
  });

  if (query.isError && !conversation) {
    return (
      <main className={classes.view}>
        {gone ? (
          <StatePanel icon={IconMessageOff} title={t`Không thấy hội thoại này`}>
            {t`Hội thoại không có, hoặc không thuộc phần việc của bạn.`}
          </StatePanel>
        ) : (
          <ErrorPanel error={query.error} retry={() => void query.refetch()} />
        )}
      </main>
    );
  }
  if (!conversation)
    return (
      <main ref={area} className={classes.view}>
        <div className={classes.emptyHeader} />
        <ThreadSkeleton />
      </main>
    );
  return (
    <CustodyDialogs key={id} conversation={conversation}>
      <main ref={area} className={classes.view}>
        <ConversationHeader
          conversation={conversation}
          view={view}
          panelShown={panel.shown}
          togglePanel={panel.toggle}
        />
        <Thread key={id} conversation={conversation} />
        <ComposerArea key={`composer-${id}`} conversation={conversation} area={area} />
      </main>
      <CustomerPanel conversation={conversation} {...panel} />
    </CustodyDialogs>
  );
}
