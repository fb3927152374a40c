import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { api, call } from "../api/client";
import { useOutbox } from "../conversations/outbox/useOutbox";

/** Leaves, and forgets what this person could see. */
export function useSignOut() {
  const client = useQueryClient();
  const router = useRouter();
  const outbox = useOutbox();
  return useMutation({
    mutationFn: () => call(api.DELETE("/api/session")),
    onSuccess: async () => {
      outbox.clear();
      await router.navigate({ to: "/sign-in" });
      client.clear();
    },
  });
}
