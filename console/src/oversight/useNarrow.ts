import { useNavigate } from "@tanstack/react-router";
import { type LogSearch, readLogSearch } from "./search";

type LogPath = "/access-log" | "/access-refusals" | "/audit-log";

/** Changes the filters of a log's page. */
export function useNarrow(to: LogPath) {
  const navigate = useNavigate();
  return (change: { [key in keyof LogSearch]?: unknown }) =>
    void navigate({ to, search: (before) => readLogSearch({ ...before, ...change }), replace: true });
}
