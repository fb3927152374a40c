import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useMe } from "../../people/session";
import { forgetDrafts } from "../composer/drafts";
import { useCompositions } from "../composer/useComposition";
import { useOutbox } from "../outbox/useOutbox";
import { forgetReadings, takeOutRow } from "./forget";
import { lostOf } from "./useLost";

/** A conversation is out of sight: its row goes at once, and nothing of it stays in this browser. */
export function useDropConversation(): (id: number, reason?: string | null) => void {
  const client = useQueryClient();
  const outbox = useOutbox();
  const compositions = useCompositions();
  const me = useMe();
  return useCallback(
    (id, reason = null) => {
      lostOf(client).add(id, reason);
      takeOutRow(client, id);
      compositions.clear(id);
      outbox.forget(id);
      forgetDrafts(me.id, id);
      // After the thread on the screen has given way: what somebody looks at would only be read again.
      setTimeout(() => forgetReadings(client, id));
    },
    [client, outbox, compositions, me.id],
  );
}
