import { useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { sessionQuery } from "../session";

/** Has the session told anew, and leads to where its person wanted to go; what else is missing comes first. */
export function useGoOn(from: "/recording" | "/second-factor"): () => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  const { next } = useSearch({ from });
  return async () => {
    await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
    router.history.replace(next ?? "/");
  };
}
