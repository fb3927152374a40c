import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "../../api/client";
import type { BulkAction, FriendAnswer, NewPersonalLogin, PersonalChange, PrivateKind } from "./types";

/** Counters move without a notice of their own, so the board also looks by itself now and then. */
const LOOK_AGAIN_MS = 30_000;
/** A login is followed by its notices; this is for an office whose line swallows them. */
const LOOK_AT_LOGIN_MS = 3_000;
/** The account's own list of friends is read from Zalo when somebody asks. */
const LOOK_AT_PEOPLE_MS = 2_000;
const LOOK_AT_CALL_MS = 700;

export const PERSONAL = ["personal-accounts"] as const;
export const LOGINS = ["personal-logins"] as const;

export const personalAccountsQuery = queryOptions({
  queryKey: [...PERSONAL, "list"],
  queryFn: ({ signal }) => call(api.GET("/api/personal-accounts", { signal })),
  refetchInterval: LOOK_AGAIN_MS,
  refetchOnWindowFocus: true,
});

const ofId = (accountId: number) => ({ path: { account_id: accountId } });

export const personalAccountQuery = (accountId: number) =>
  queryOptions({
    queryKey: [...PERSONAL, accountId, "page"],
    queryFn: ({ signal }) =>
      call(api.GET("/api/personal-accounts/{account_id}", { params: ofId(accountId), signal })),
    refetchInterval: LOOK_AGAIN_MS,
    refetchOnWindowFocus: true,
  });

export const consentQuery = queryOptions({
  queryKey: ["personal-consent"],
  queryFn: ({ signal }) => call(api.GET("/api/personal-consent", { signal })),
});

const UNDER_WAY = ["asked", "code", "scanned"];

export const loginQuery = (loginId: number) =>
  queryOptions({
    queryKey: [...LOGINS, loginId],
    queryFn: ({ signal }) =>
      call(api.GET("/api/personal-logins/{login_id}", { params: { path: { login_id: loginId } }, signal })),
    refetchInterval: ({ state }) =>
      !state.data || UNDER_WAY.includes(state.data.state) ? LOOK_AT_LOGIN_MS : false,
  });

export function useBeginLogin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewPersonalLogin) => call(api.POST("/api/personal-logins", { body })),
    onSuccess: (login) => client.setQueryData(loginQuery(login.id).queryKey, login),
  });
}

export function useRenewLogin(loginId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      call(api.POST("/api/personal-logins/{login_id}/renewal", { params: { path: { login_id: loginId } } })),
    onSuccess: (login) => client.setQueryData(loginQuery(login.id).queryKey, login),
  });
}

export function useAbortLogin(loginId: number) {
  return useMutation({
    mutationFn: () =>
      call(api.DELETE("/api/personal-logins/{login_id}", { params: { path: { login_id: loginId } } })),
  });
}

export function useAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { ids: number[]; action: BulkAction }) =>
      call(api.POST("/api/personal-accounts/actions", { body })),
    onSettled: () => client.invalidateQueries({ queryKey: PERSONAL }),
  });
}

/** Stops everything that goes by personal accounts, or lets it go again. */
export function useSwitch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (stopped: boolean) => call(api.PUT("/api/personal-switch", { body: { stopped } })),
    onSettled: () => client.invalidateQueries({ queryKey: PERSONAL }),
  });
}

export function useChangePersonalAccount(accountId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PersonalChange) =>
      call(api.PUT("/api/personal-accounts/{account_id}", { params: ofId(accountId), body })),
    onSettled: () => client.invalidateQueries({ queryKey: PERSONAL }),
  });
}

export const privateQuery = (accountId: number) =>
  queryOptions({
    queryKey: [...PERSONAL, accountId, "private"],
    queryFn: ({ signal }) =>
      call(api.GET("/api/personal-accounts/{account_id}/private", { params: ofId(accountId), signal })),
  });

export const friendsQuery = (accountId: number, search: string) =>
  queryOptions({
    queryKey: [...PERSONAL, accountId, "people", search],
    queryFn: ({ signal }) =>
      call(
        api.GET("/api/personal-accounts/{account_id}/people", {
          params: { ...ofId(accountId), query: search ? { search } : {} },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    refetchInterval: ({ state }) => (state.data?.readable && !state.data.read_at ? LOOK_AT_PEOPLE_MS : false),
  });

/** Says of one person whether what passes with them is work, or private. */
export function useMark(accountId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ person, ...body }: { person: string; group: boolean; kind: PrivateKind }) =>
      call(
        api.PUT("/api/personal-accounts/{account_id}/private/{person}", {
          params: { path: { account_id: accountId, person } },
          body,
        }),
      ),
    onSuccess: (extent) => client.setQueryData(privateQuery(accountId).queryKey, extent),
    onSettled: () => client.invalidateQueries({ queryKey: [...PERSONAL, accountId] }),
  });
}

/** Has the account itself do something at Zalo; what came of it is read by `callQuery`. */
export function useAsk(accountId: number) {
  return useMutation({
    mutationFn: (body: { op: "find_phone" | "friend_request"; arguments: Record<string, string> }) =>
      call(api.POST("/api/personal-accounts/{account_id}/calls", { params: ofId(accountId), body })),
  });
}

/** A notice comes when an answer has; this is for an office whose line swallows them. */
const LOOK_AT_ANSWER_MS = 2_000;

export const friendRequestsQuery = (accountId: number) =>
  queryOptions({
    queryKey: [...PERSONAL, accountId, "friend-requests"],
    queryFn: ({ signal }) =>
      call(
        api.GET("/api/personal-accounts/{account_id}/friend-requests", { params: ofId(accountId), signal }),
      ),
    refetchInterval: ({ state }) =>
      state.data?.items.some((one) => one.state === "asked") ? LOOK_AT_ANSWER_MS : LOOK_AGAIN_MS,
    refetchOnWindowFocus: true,
  });

/** Accepts or declines a request of theirs, or takes back one of ours. */
export function useAnswerRequest(accountId: number) {
  const client = useQueryClient();
  const { queryKey } = friendRequestsQuery(accountId);
  return useMutation({
    mutationFn: ({ person, answer }: { person: string; answer: FriendAnswer }) =>
      call(
        api.POST("/api/personal-accounts/{account_id}/friend-requests/{person}/answer", {
          params: { path: { account_id: accountId, person } },
          body: { answer },
        }),
      ),
    onSuccess: (request) =>
      client.setQueryData(
        queryKey,
        (known) =>
          known && { items: known.items.map((one) => (one.person === request.person ? request : one)) },
      ),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}

/** Has a conversation begun with whom a call found; the new call answers with its id. */
export function useBegin() {
  return useMutation({
    mutationFn: (foundBy: number) =>
      call(
        api.POST("/api/personal-calls/{call_id}/conversation", { params: { path: { call_id: foundBy } } }),
      ),
  });
}

export const callQuery = (callId: number | null) =>
  queryOptions({
    queryKey: ["personal-calls", callId],
    queryFn: ({ signal }) =>
      call(api.GET("/api/personal-calls/{call_id}", { params: { path: { call_id: callId ?? 0 } }, signal })),
    enabled: callId !== null,
    refetchInterval: ({ state }) => (!state.data || state.data.state === "asked" ? LOOK_AT_CALL_MS : false),
  });
