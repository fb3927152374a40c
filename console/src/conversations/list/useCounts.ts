import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { ConversationCounts, View } from "../../api/types";
import { listQuery } from "../queries";

/** They come with the list's first page; while another view is loading, those of the last one stay. */
export function useCounts(view: View): ConversationCounts | null {
  const { data } = useInfiniteQuery({
    ...listQuery(view),
    select: (loaded) => loaded.pages[0]?.counts ?? null,
  });
  const last = useRef<ConversationCounts | null>(null);
  useEffect(() => {
    if (data) last.current = data;
  }, [data]);
  return data ?? last.current;
}
