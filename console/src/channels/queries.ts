import { queryOptions } from "@tanstack/react-query";
import { api, call } from "../api/client";

/** Counters move without an event of their own, so the page also looks by itself now and then. */
const LOOK_AGAIN_MS = 30_000;

export const channelAccountsQuery = queryOptions({
  queryKey: ["channel-accounts"],
  queryFn: ({ signal }) => call(api.GET("/api/channel-accounts", { signal })),
  refetchInterval: LOOK_AGAIN_MS,
  refetchOnWindowFocus: true,
});
