import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { Message } from "../../api/types";
import type { Note } from "../../api/visibility";
import { flattenNotes } from "./notePages";
import { notesQuery } from "./queries";
import { notesBeside, wantsOlderNotes } from "./weave";

const NONE: readonly Note[] = [];

/** The notes to show between the loaded messages, oldest first. */
export function useNotes(
  conversationId: number,
  messages: readonly Message[],
  whole: boolean,
): readonly Note[] {
  const { data, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = useInfiniteQuery(
    notesQuery(conversationId),
  );
  const notes = useMemo(() => (data ? flattenNotes(data) : NONE), [data]);
  const older =
    hasNextPage && !isFetchingNextPage && !isFetchNextPageError && wantsOlderNotes(notes, messages, whole);
  useEffect(() => {
    if (older) void fetchNextPage();
  }, [older, fetchNextPage]);
  return useMemo(() => notesBeside(notes, messages, whole), [notes, messages, whole]);
}
