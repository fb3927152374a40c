import { useLingui } from "@lingui/react/macro";
import { IconMessageOff } from "@tabler/icons-react";
import { usePrefetchInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { Problem } from "../api/problem";
import type { View } from "../api/types";
import { CustomerPanel } from "../customers/CustomerPanel";
import { useCustomerPanel } from "../customers/useCustomerPanel";
import { useCan } from "../people/session";
import { focusComposer, focusRow } from "../shared/keyboard/targets";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { ErrorPanel } from "../shared/ui/ErrorPanel";
import { StatePanel } from "../shared/ui/StatePanel";
import { useTitle } from "../shared/useTitle";
import { ConversationHeader } from "./ConversationHeader";
import classes from "./ConversationView.module.css";
import { Composer } from "./composer/Composer";
import { DropZone } from "./composer/DropZone";
import { conversationQuery, threadQuery } from "./queries";
import { Thread } from "./thread/Thread";
import { ThreadSkeleton } from "./thread/ThreadSkeleton";
import { useMarkRead } from "./useMarkRead";

/** One conversation: its header, thread, composer, and the customer beside it. */
export function ConversationView({ id, view }: { id: number; view: View }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const query = useQuery(conversationQuery(id));
  // Beside the conversation, not after it.
  usePrefetchInfiniteQuery(threadQuery(id));
  const conversation = query.data;
  const panel = useCustomerPanel();
  const area = useRef<HTMLElement>(null);
  const canReply = useCan("conversation:reply");
  useTitle(conversation?.title ?? t`Hội thoại`);
  useMarkRead(conversation);
  useShortcuts({
    r: (event) => {
      if (focusComposer()) event.preventDefault();
    },
    i: () => panel.toggle(),
    escape: () => {
      void navigate({ to: "/conversations", search: { view } }).then(() => focusRow(id));
    },
  });

  if (query.isError && !conversation) {
    const missing = query.error instanceof Problem && query.error.status === 404;
    return (
      <main className={classes.view}>
        {missing ? (
          <StatePanel icon={IconMessageOff} title={t`Không thấy hội thoại này`}>
            {t`Hội thoại không có, hoặc không thuộc phần việc của bạn.`}
          </StatePanel>
        ) : (
          <ErrorPanel error={query.error} retry={() => void query.refetch()} />
        )}
      </main>
    );
  }
  return (
    <>
      <main ref={area} className={classes.view}>
        {conversation ? (
          <>
            <ConversationHeader
              conversation={conversation}
              view={view}
              panelShown={panel.shown}
              togglePanel={panel.toggle}
            />
            <Thread key={id} conversation={conversation} />
            {canReply && (
              <>
                <Composer key={`composer-${id}`} conversation={conversation} />
                <DropZone conversation={conversation} area={area} />
              </>
            )}
          </>
        ) : (
          <>
            <div className={classes.emptyHeader} />
            <ThreadSkeleton />
          </>
        )}
      </main>
      {conversation && <CustomerPanel conversation={conversation} {...panel} />}
    </>
  );
}
