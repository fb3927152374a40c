import type { ConversationDetail } from "../../api/types";

/** What its reader may do with a conversation, as the server tells; it may know more than we do. */
export type Action =
  | "assign"
  /** Put oneself on or off. */
  | "assign_self"
  | "claim"
  | "note"
  | "reply"
  | "resolve"
  | "reveal"
  | "share"
  | "tag"
  | "transfer";

export function may(conversation: Pick<ConversationDetail, "actions">, action: Action): boolean {
  return conversation.actions.includes(action);
}
