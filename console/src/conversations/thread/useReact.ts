import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "../../api/client";
import type { Message } from "../../api/types";
import { useMe } from "../../people/session";
import { patchQuery } from "../../shared/patchQuery";
import { replaceMessages, type ThreadData } from "../cache/threadPages";
import { threadQuery } from "../queries";
import { withReaction } from "./reactions";

/** Puts the account's reaction on a message, or takes it away with null. It shows at once, and goes back if refused. */
export function useReact(message: Message) {
  const client = useQueryClient();
  const me = useMe();
  const lay = (changed: Message) =>
    patchQuery<ThreadData>(client, threadQuery(message.conversation_id).queryKey, (data) =>
      replaceMessages(data, [changed]),
    );
  const params = { path: { message_id: message.id } };
  return useMutation({
    mutationFn: (icon: string | null) =>
      icon === null
        ? call(api.DELETE("/api/messages/{message_id}/reactions", { params }))
        : call(api.POST("/api/messages/{message_id}/reactions", { params, body: { icon } })),
    onMutate: (icon) => lay(withReaction(message, icon, me.name)),
    onSuccess: (changed) => lay(changed),
    onError: () => lay(message),
  });
}
