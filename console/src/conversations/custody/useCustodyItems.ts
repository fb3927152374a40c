import { useLingui } from "@lingui/react/macro";
import { IconArrowsExchange, IconHistory, IconMessageReply, IconUserShare } from "@tabler/icons-react";
import type { ConversationDetail } from "../../api/types";
import { may } from "./actions";
import type { CustodyDialog } from "./CustodyContext";

type Item = { dialog: CustodyDialog; label: string; key: string; icon: typeof IconHistory };

/** What can be done about whose the conversation is, by this person, in the order of how often it is. */
export function useCustodyItems(conversation: ConversationDetail): Item[] {
  const { t } = useLingui();
  const items: (Item | false)[] = [
    may(conversation, "transfer") && {
      dialog: "transfer",
      label: t`Chuyển khách`,
      key: "t",
      icon: IconArrowsExchange,
    },
    (may(conversation, "assign") || may(conversation, "assign_self")) && {
      dialog: "assign",
      label: t`Giao trả lời`,
      key: "a",
      icon: IconMessageReply,
    },
    may(conversation, "share") && {
      dialog: "share",
      label: t`Chia sẻ có thời hạn`,
      key: "s",
      icon: IconUserShare,
    },
    conversation.access === "full" && {
      dialog: "ledger",
      label: t`Lịch sử phụ trách`,
      key: "",
      icon: IconHistory,
    },
  ];
  return items.filter((item): item is Item => item !== false);
}
