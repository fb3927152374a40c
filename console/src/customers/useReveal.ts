import { useMutation } from "@tanstack/react-query";
import { api, call } from "../api/client";

/** Masked numbers and addresses in full. They live as long as the card that asked, and in no cache. */
export function useReveal(contactId: number) {
  return useMutation({
    gcTime: 0,
    mutationFn: () =>
      call(api.POST("/api/contacts/{contact_id}/reveal", { params: { path: { contact_id: contactId } } })),
  });
}
