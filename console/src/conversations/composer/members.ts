import { queryOptions } from "@tanstack/react-query";
import { api, call } from "../../api/client";
import { DETAILS } from "../queries";
import type { Member } from "./memberMentions";

/** Who is in a group. Read again with the conversation itself. */
export const participantsQuery = (conversationId: number) =>
  queryOptions({
    queryKey: [...DETAILS, conversationId, "participants"],
    queryFn: ({ signal }) =>
      call(
        api.GET("/api/conversations/{conversation_id}/participants", {
          params: { path: { conversation_id: conversationId } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });

/** The same, as those who can be called by name. */
export const membersQuery = (conversationId: number) =>
  queryOptions({
    ...participantsQuery(conversationId),
    select: ({ items }): Member[] =>
      items.map((one) => ({ id: one.identity_id, identityId: one.identity_id, name: one.name })),
  });
