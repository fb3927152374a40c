import { useCallback, useRef } from "react";
import { api } from "../../api/client";

/** The other side shows it for some seconds; more often would only cost. */
const EVERY_MS = 4_000;

/** Has the customer see that somebody writes. Whether it arrives is nobody's worry. */
export function useTellTyping(conversationId: number): () => void {
  const told = useRef(Number.NEGATIVE_INFINITY);
  return useCallback(() => {
    if (Date.now() - told.current < EVERY_MS) return;
    told.current = Date.now();
    const params = { path: { conversation_id: conversationId } };
    void api.POST("/api/conversations/{conversation_id}/typing", { params }).catch(() => undefined);
  }, [conversationId]);
}
