import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api, call } from "../api/client";
import type { ConversationDetail } from "../api/types";
import { useMe } from "../people/session";
import { patchQuery } from "../shared/patchQuery";
import { useVisible } from "../shared/useVisible";
import { changeRow, type ListData } from "./cache/listPages";
import { conversationQuery, LISTS } from "./queries";

const READING_MS = 500;

/** Marks a conversation read while it is open in a tab that somebody can see. */
export function useMarkRead(conversation: ConversationDetail | undefined): void {
  const client = useQueryClient();
  const visible = useVisible();
  // What an auditor looks at stays unread for those who answer.
  const reads = useMe().role !== "auditor";
  const id = conversation?.id;
  const unread = conversation?.unread_count ?? 0;
  const lastMessageId = conversation?.last_message?.id ?? null;
  // By a personal account the customer is told who reads. What others only looked at is unread no more, and not told.
  const tells = conversation?.account.channel === "zalo_personal";
  const here = `${id}/${lastMessageId}`;
  const told = useRef("");
  const busy = useRef(false);
  useEffect(() => {
    if (id === undefined || !visible || !reads) return;
    if (unread === 0 && (!tells || told.current === here)) return;
    const timer = setTimeout(async () => {
      if (busy.current) return;
      busy.current = true;
      try {
        await call(
          api.POST("/api/conversations/{conversation_id}/read", {
            params: { path: { conversation_id: id } },
            body: { last_message_id: lastMessageId },
          }),
        );
        told.current = here;
        const seen = <T extends { unread_count: number }>(row: T): T => ({ ...row, unread_count: 0 });
        patchQuery<ConversationDetail>(client, conversationQuery(id).queryKey, seen);
        for (const list of client.getQueryCache().findAll({ queryKey: LISTS }))
          patchQuery<ListData>(client, list.queryKey, (data) => changeRow(data, id, seen));
      } catch {
        // Not worth a word: the next message, or the next visit, tries again.
      } finally {
        busy.current = false;
      }
    }, READING_MS);
    return () => clearTimeout(timer);
  }, [client, id, unread, lastMessageId, visible, reads, tells, here]);
}
