import { useLingui } from "@lingui/react/macro";
import { Skeleton } from "@mantine/core";
import { IconArrowsExchange, IconHandGrab, IconMessageReply } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ConversationDetail } from "../../api/types";
import type { CustodyEntry } from "../../api/visibility";
import { useDates } from "../../shared/time/useDates";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { ModalOrSheet } from "../../shared/ui/ModalOrSheet";
import dialog from "./dialog.module.css";
import { custodyQuery } from "./queries";

const ICONS = { transfer: IconArrowsExchange, claim: IconHandGrab, assign: IconMessageReply };

type Props = { conversation: ConversationDetail; close: () => void };

/** In whose care the customer was, newest first. */
export default function LedgerDialog({ conversation, close }: Props) {
  const { t } = useLingui();
  const dates = useDates();
  const words = useWords();
  const query = useQuery(custodyQuery(conversation.id));
  const items = query.data?.items ?? [];
  return (
    <ModalOrSheet title={t`Lịch sử phụ trách`} close={close}>
      {query.isPending && <Skeleton height={160} />}
      {query.isError && !query.data && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {query.data && items.length === 0 && (
        <p className={dialog.lead}>{t`Khách này chưa được chuyển, nhận hay giao cho ai.`}</p>
      )}
      <ul className={dialog.items}>
        {items.map((entry, index) => {
          const Icon = ICONS[entry.kind];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: nothing is added while the dialog is open but at its top.
            <li key={`${entry.at} ${index}`} className={dialog.item}>
              <span className={dialog.icon} aria-hidden>
                <Icon size={16} stroke={1.75} />
              </span>
              <div className={dialog.text}>
                <p>{words(entry)}</p>
                {entry.note && <p className={dialog.words}>{entry.note}</p>}
                <p className={dialog.meta}>
                  <time dateTime={entry.at}>{dates.dateTime(entry.at)}</time>
                </p>
              </div>
            </li>
          );
        })}
      </ul>
    </ModalOrSheet>
  );
}

function useWords(): (entry: CustodyEntry) => string {
  const { t } = useLingui();
  return ({ kind, from, to, by }) => {
    const who = by?.name ?? t`Hệ thống`;
    if (kind === "claim") return t`${who} nhận khách`;
    if (kind === "transfer") {
      if (!to) return t`${who} trả khách về hàng chờ chung`;
      return from
        ? t`${who} chuyển khách từ ${from.name} sang ${to.name}`
        : t`${who} giao khách cho ${to.name}`;
    }
    if (!to) return from ? t`${who} thôi giao trả lời cho ${from.name}` : t`${who} thôi giao trả lời`;
    return t`${who} giao trả lời cho ${to.name}`;
  };
}
