import { queryOptions } from "@tanstack/react-query";
import { api, call } from "../api/client";

export const contactQuery = (id: number) =>
  queryOptions({
    queryKey: ["contact", id],
    queryFn: ({ signal }) =>
      call(api.GET("/api/contacts/{contact_id}", { params: { path: { contact_id: id } }, signal })),
  });

export const tagsQuery = queryOptions({
  queryKey: ["tags"],
  queryFn: ({ signal }) => call(api.GET("/api/tags", { signal })),
});
