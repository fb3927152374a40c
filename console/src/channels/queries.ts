import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ChannelAccountDetail } from "../api/admin";
import { api, call } from "../api/client";

/** Counters move without an event of their own, so the pages also look by themselves now and then. */
const LOOK_AGAIN_MS = 30_000;
const LOOK_AT_WORK_MS = 2_000;

export const ACCOUNTS = ["channel-accounts"] as const;

export const channelAccountsQuery = queryOptions({
  queryKey: ACCOUNTS,
  queryFn: ({ signal }) => call(api.GET("/api/channel-accounts", { signal })),
  refetchInterval: LOOK_AGAIN_MS,
  refetchOnWindowFocus: true,
});

/** A sweep that has not ended. */
export function isAtWork({ state }: ChannelAccountDetail["sweeps"][number]): boolean {
  return state === "queued" || state === "running";
}

export const channelAccountQuery = (accountId: number) =>
  queryOptions({
    queryKey: [...ACCOUNTS, accountId, "page"],
    queryFn: ({ signal }) =>
      call(
        api.GET("/api/channel-accounts/{account_id}", {
          params: { path: { account_id: accountId } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.sweeps.some(isAtWork) ? LOOK_AT_WORK_MS : LOOK_AGAIN_MS),
    refetchOnWindowFocus: true,
  });

export const channelLogQuery = (accountId: number) =>
  infiniteQueryOptions({
    queryKey: [...ACCOUNTS, accountId, "log"],
    queryFn: ({ pageParam, signal }) =>
      call(
        api.GET("/api/channel-accounts/{account_id}/log", {
          params: { path: { account_id: accountId }, query: pageParam ? { before: pageParam } : {} },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export const channelAdminsQuery = (accountId: number) =>
  queryOptions({
    queryKey: [...ACCOUNTS, accountId, "admins"],
    queryFn: ({ signal }) =>
      call(
        api.GET("/api/channel-accounts/{account_id}/admins", {
          params: { path: { account_id: accountId } },
          signal,
        }),
      ),
    refetchOnWindowFocus: true,
  });

export const staffQuery = queryOptions({
  queryKey: ["colleagues"],
  queryFn: ({ signal }) => call(api.GET("/api/colleagues", { signal })),
});

/** Says which of our people answers under the channel's number; threads show them by name from then on. */
export function useNameAdmin(accountId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ externalId, staffId }: { externalId: string; staffId: number | null }) =>
      call(
        api.PUT("/api/channel-accounts/{account_id}/admins/{external_id}", {
          params: { path: { account_id: accountId, external_id: externalId } },
          body: { staff_id: staffId },
        }),
      ),
    onSuccess: (admins) => client.setQueryData(channelAdminsQuery(accountId).queryKey, admins),
  });
}

export type Secrets = { app_id: string; app_secret: string; oa_secret: string };

/** Prepares a consent. What the answer holds is to be entered at Zalo before the browser goes there. */
export function useConnect() {
  return useMutation({
    mutationFn: ({ app_id, app_secret, oa_secret }: Secrets) =>
      call(
        api.POST("/api/channel-accounts/zalo-oa/connections", {
          body: { app_id: app_id.trim(), app_secret: app_secret.trim(), oa_secret: oa_secret.trim() },
        }),
      ),
  });
}

/** Prepares a consent for a known account, and leaves for it. */
export function useReconnect() {
  return useMutation({
    mutationFn: (accountId: number) =>
      call(
        api.POST("/api/channel-accounts/{account_id}/reconnection", {
          params: { path: { account_id: accountId } },
        }),
      ),
    onSuccess: ({ authorize_url }) => window.location.assign(authorize_url),
  });
}

/** Has the platform asked anew what it says of the account; its answer arrives by itself. */
export function useRefreshAccount(accountId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      call(
        api.POST("/api/channel-accounts/{account_id}/refresh", {
          params: { path: { account_id: accountId } },
        }),
      ),
    onSuccess: (account) => client.setQueryData(channelAccountQuery(accountId).queryKey, account),
  });
}

/** Has the platform's history read again from `since` on. */
export function useSweep(accountId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (since: string) =>
      call(
        api.POST("/api/channel-accounts/{account_id}/sweeps", {
          params: { path: { account_id: accountId } },
          body: { since },
        }),
      ),
    onSuccess: (account) => client.setQueryData(channelAccountQuery(accountId).queryKey, account),
  });
}
