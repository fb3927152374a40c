import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "../../api/client";
import { isGone, Problem } from "../../api/problem";
import { contactQuery } from "../../customers/queries";
import { useProblemText } from "../../shared/useProblemText";
import { useDropConversation } from "../lost/useDropConversation";
import { CUSTODY, conversationQuery, fetchConversation, LISTS, SHARES } from "../queries";

export const sharesQuery = (conversationId: number) =>
  queryOptions({
    queryKey: [...SHARES, conversationId],
    queryFn: ({ signal }) =>
      call(
        api.GET("/api/conversations/{conversation_id}/shares", {
          params: { path: { conversation_id: conversationId } },
          signal,
        }),
      ),
  });

export const custodyQuery = (conversationId: number) =>
  queryOptions({
    queryKey: [...CUSTODY, conversationId],
    queryFn: ({ signal }) =>
      call(
        api.GET("/api/conversations/{conversation_id}/custody", {
          params: { path: { conversation_id: conversationId } },
          signal,
        }),
      ),
  });

/** Reads anew what says whose the conversation is. Gives false where that is no longer this person's to see. */
function useSettle(conversationId: number, contactId: number | null) {
  const client = useQueryClient();
  const drop = useDropConversation();
  return async (reason: string | null = null): Promise<boolean> => {
    try {
      const fresh = await fetchConversation(conversationId);
      client.setQueryData(conversationQuery(conversationId).queryKey, fresh);
    } catch (error) {
      if (!isGone(error)) throw error;
      drop(conversationId, reason);
      void client.invalidateQueries({ queryKey: LISTS });
      return false;
    }
    await Promise.all([
      client.invalidateQueries({ queryKey: LISTS }),
      client.invalidateQueries({ queryKey: [...CUSTODY, conversationId] }),
      contactId !== null && client.invalidateQueries({ queryKey: contactQuery(contactId).queryKey }),
    ]);
    return true;
  };
}

type Ids = { id: number; contact: { id: number } | null };

/** Moves the customer, with all their conversations, to somebody's care; null: back to the pool. */
export function useTransfer({ id, contact }: Ids) {
  const settle = useSettle(id, contact?.id ?? null);
  return useMutation({
    mutationFn: (body: { staff_id: number | null; note: string }) =>
      call(
        api.PUT("/api/conversations/{conversation_id}/custodian", {
          params: { path: { conversation_id: id } },
          body,
        }),
      ),
    onSuccess: async () => void (await settle()),
  });
}

/** Says who answers; null: nobody in particular. */
export function useAssign({ id, contact }: Ids) {
  const settle = useSettle(id, contact?.id ?? null);
  return useMutation({
    mutationFn: (staffId: number | null) =>
      call(
        api.PUT("/api/conversations/{conversation_id}/assignee", {
          params: { path: { conversation_id: id } },
          body: { staff_id: staffId },
        }),
      ),
    onSuccess: async () => void (await settle()),
  });
}

/** Takes the customer out of the pool. Whoever comes second is told so, in the thread's place when it is gone. */
export function useClaim({ id, contact }: Ids) {
  const settle = useSettle(id, contact?.id ?? null);
  const problemText = useProblemText();
  return useMutation({
    mutationFn: () =>
      call(
        api.POST("/api/conversations/{conversation_id}/claim", { params: { path: { conversation_id: id } } }),
      ),
    onSuccess: async () => void (await settle()),
    onError: async (error) => {
      if (error instanceof Problem && (error.status === 409 || error.status === 404))
        await settle(problemText(error));
    },
  });
}

export function useShare(conversationId: number) {
  const client = useQueryClient();
  const { queryKey } = sharesQuery(conversationId);
  const again = () => client.invalidateQueries({ queryKey });
  const give = useMutation({
    mutationFn: (body: { staff_id: number; until: string; note: string }) =>
      call(
        api.POST("/api/conversations/{conversation_id}/shares", {
          params: { path: { conversation_id: conversationId } },
          body,
        }),
      ),
    onSuccess: again,
  });
  const revoke = useMutation({
    mutationFn: (shareId: number) =>
      call(api.DELETE("/api/shares/{share_id}", { params: { path: { share_id: shareId } } })),
    onSuccess: again,
  });
  return { give, revoke };
}
