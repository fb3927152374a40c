import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "../api/client";
import { conversationQuery, LISTS } from "./queries";

/** Ends the present episode as its reader sees it, or opens the last one again. */
export function useResolution(id: number, lastMessageId: number | null) {
  const client = useQueryClient();
  const params = { path: { conversation_id: id } };
  return useMutation({
    mutationFn: (open: boolean) =>
      open
        ? call(api.DELETE("/api/conversations/{conversation_id}/resolution", { params }))
        : call(
            api.POST("/api/conversations/{conversation_id}/resolution", {
              params,
              body: { last_message_id: lastMessageId },
            }),
          ),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: conversationQuery(id).queryKey }),
        client.invalidateQueries({ queryKey: LISTS }),
      ]);
    },
  });
}
