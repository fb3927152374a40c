import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { api, call } from "../api/client";
import { useCompositions } from "../conversations/composer/useComposition";
import { useOutbox } from "../conversations/outbox/useOutbox";

export const SIGN_OUT = ["sign-out"];

/** Leaves, and forgets what this person could see. */
export function useSignOut() {
  const client = useQueryClient();
  const router = useRouter();
  const outbox = useOutbox();
  const compositions = useCompositions();
  return useMutation({
    mutationKey: SIGN_OUT,
    mutationFn: () => call(api.DELETE("/api/session")),
    onSuccess: async () => {
      outbox.clear();
      compositions.clearAll();
      await router.navigate({ to: "/sign-in" });
      client.clear();
    },
  });
}
