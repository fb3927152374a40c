import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "../api/client";
import type { Contact, ConversationDetail, Tag } from "../api/types";
import { changeRow, type ListData } from "../conversations/cache/listPages";
import { conversationQuery, LISTS } from "../conversations/queries";
import { patchQuery } from "../shared/patchQuery";
import { contactQuery, tagsQuery } from "./queries";

/** Puts a tag on a customer or takes one off; what shows their tags follows at once. */
export function useTagging(contactId: number, conversationId: number) {
  const client = useQueryClient();
  const lay = (tags: Tag[]) => {
    patchQuery<Contact>(client, contactQuery(contactId).queryKey, (contact) => ({ ...contact, tags }));
    patchQuery<ConversationDetail>(client, conversationQuery(conversationId).queryKey, (one) => ({
      ...one,
      tags,
    }));
    for (const list of client.getQueryCache().findAll({ queryKey: LISTS }))
      patchQuery<ListData>(client, list.queryKey, (data) =>
        changeRow(data, conversationId, (row) => ({ ...row, tags })),
      );
  };
  return useMutation({
    mutationFn: async (change: { add: string } | { remove: number }) => {
      const { items } = await ("add" in change
        ? call(
            api.POST("/api/contacts/{contact_id}/tags", {
              params: { path: { contact_id: contactId } },
              body: { name: change.add },
            }),
          )
        : call(
            api.DELETE("/api/contacts/{contact_id}/tags/{tag_id}", {
              params: { path: { contact_id: contactId, tag_id: change.remove } },
            }),
          ));
      return items;
    },
    onSuccess: async (tags) => {
      lay(tags);
      await client.invalidateQueries({ queryKey: tagsQuery.queryKey });
    },
  });
}
