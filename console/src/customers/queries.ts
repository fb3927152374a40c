import { queryOptions } from "@tanstack/react-query";
import { api, call } from "../api/client";

export const CONTACTS = ["contact"] as const;
export const CONTACT_CONVERSATIONS = ["contact-conversations"] as const;

export const contactQuery = (id: number) =>
  queryOptions({
    queryKey: [...CONTACTS, id],
    queryFn: ({ signal }) =>
      call(api.GET("/api/contacts/{contact_id}", { params: { path: { contact_id: id } }, signal })),
  });

/** Where else the customer writes, as far as one may know. */
export const contactConversationsQuery = (id: number) =>
  queryOptions({
    queryKey: [...CONTACT_CONVERSATIONS, id],
    queryFn: ({ signal }) =>
      call(
        api.GET("/api/contacts/{contact_id}/conversations", { params: { path: { contact_id: id } }, signal }),
      ),
  });

export const tagsQuery = queryOptions({
  queryKey: ["tags"],
  queryFn: ({ signal }) => call(api.GET("/api/tags", { signal })),
});
