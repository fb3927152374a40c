import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo, useState } from "react";
import type { ConversationDetail } from "../../api/types";

const TransferDialog = lazy(() => import("./TransferDialog"));
const AssignDialog = lazy(() => import("./AssignDialog"));
const ShareDialog = lazy(() => import("./ShareDialog"));
const LedgerDialog = lazy(() => import("./LedgerDialog"));

export type CustodyDialog = "transfer" | "assign" | "share" | "ledger";

const Open = createContext<(dialog: CustodyDialog) => void>(() => undefined);

/** Opens a dialog about whose the conversation is, from the header as from the card. */
export function useCustodyDialog(): (dialog: CustodyDialog) => void {
  return useContext(Open);
}

export function CustodyDialogs({
  conversation,
  children,
}: {
  conversation: ConversationDetail;
  children: ReactNode;
}) {
  const [dialog, setDialog] = useState<CustodyDialog | null>(null);
  const props = useMemo(() => ({ conversation, close: () => setDialog(null) }), [conversation]);
  return (
    <Open value={setDialog}>
      {children}
      <Suspense fallback={null}>
        {dialog === "transfer" && <TransferDialog {...props} />}
        {dialog === "assign" && <AssignDialog {...props} />}
        {dialog === "share" && <ShareDialog {...props} />}
        {dialog === "ledger" && <LedgerDialog {...props} />}
      </Suspense>
    </Open>
  );
}
