import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "../../api/client";
import type { Message } from "../../api/types";
import { patchQuery } from "../../shared/patchQuery";
import { type ThreadData, upsertMessage } from "../cache/threadPages";
import { threadQuery } from "../queries";

function useKeep(): (message: Message) => void {
  const client = useQueryClient();
  return (message) => {
    const key = threadQuery(message.conversation_id).queryKey;
    patchQuery<ThreadData>(client, key, (data) => upsertMessage(data, message));
  };
}

export function useResend(message: Message) {
  const keep = useKeep();
  return useMutation({
    mutationFn: () =>
      call(api.POST("/api/messages/{message_id}/resend", { params: { path: { message_id: message.id } } })),
    onSuccess: keep,
  });
}

/** Takes a message back at the customer; the original stays in the book. */
export function useRecall(message: Message) {
  const keep = useKeep();
  return useMutation({
    mutationFn: () =>
      call(api.POST("/api/messages/{message_id}/recall", { params: { path: { message_id: message.id } } })),
    onSuccess: keep,
  });
}

/** A person says whether an uncertain message reached the customer. */
export function useSettle(message: Message) {
  const keep = useKeep();
  return useMutation({
    mutationFn: (outcome: "sent" | "not_sent") =>
      call(
        api.POST("/api/messages/{message_id}/settlement", {
          params: { path: { message_id: message.id } },
          body: { outcome },
        }),
      ),
    onSuccess: keep,
  });
}
