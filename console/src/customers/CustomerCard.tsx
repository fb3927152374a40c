import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ConversationDetail } from "../api/types";
import { useChannelName } from "../conversations/words";
import { formatNumber } from "../shared/time/calendar";
import { useDates } from "../shared/time/useDates";
import { ErrorPanel } from "../shared/ui/ErrorPanel";
import { Face } from "../shared/ui/Face";
import classes from "./CustomerCard.module.css";
import { CustomerDetails } from "./CustomerDetails";
import { Fact } from "./Fact";
import { contactQuery } from "./queries";
import { SharedFiles } from "./SharedFiles";
import { TagEditor } from "./TagEditor";

/** Who writes here, since when, and who looks after them. */
export function CustomerCard({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useLingui();
  const dates = useDates();
  const channelName = useChannelName();
  const { contact, account, custodian, assignee } = conversation;
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <Face name={conversation.title} src={contact?.avatar_url ?? null} size={64} />
        <p className={classes.name}>{contact?.name ?? conversation.title}</p>
        {contact && <p className={classes.code}>{contact.code}</p>}
      </div>
      {contact && (
        <section className={classes.section} aria-label={t`Nhãn`}>
          <TagEditor contactId={contact.id} conversationId={conversation.id} tags={conversation.tags} />
        </section>
      )}
      <dl className={classes.facts}>
        <Fact name={t`Người phụ trách`}>{custodian?.name ?? <Nobody>{t`Chưa có`}</Nobody>}</Fact>
        <Fact name={t`Người xử lý`}>{assignee?.name ?? <Nobody>{t`Chưa có`}</Nobody>}</Fact>
      </dl>
      {contact && <ContactFacts contactId={contact.id} />}
      <dl className={classes.facts}>
        <Fact name={t({ message: "Tài khoản kênh", context: "of one conversation" })}>{account.name}</Fact>
        <Fact name={t`Kênh`}>{channelName(account.channel)}</Fact>
        <Fact name={t`Mã hội thoại`}>{conversation.code}</Fact>
        <Fact name={t`Phiên chăm sóc`}>{conversation.episode_open ? t`Đang mở` : t`Đã kết thúc`}</Fact>
      </dl>
      <dl className={classes.facts}>
        <Fact name={t`Gặp lần đầu`}>{dates.date(conversation.first_seen_at)}</Fact>
        <Fact name={t`Số tin nhắn`}>{formatNumber(conversation.message_count)}</Fact>
      </dl>
      <SharedFiles conversationId={conversation.id} />
    </div>
  );
}

function ContactFacts({ contactId }: { contactId: number }) {
  const query = useQuery(contactQuery(contactId));
  if (query.isError && !query.data)
    return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  return query.data ? <CustomerDetails contact={query.data} /> : null;
}

function Nobody({ children }: { children: ReactNode }) {
  return <span className={classes.nobody}>{children}</span>;
}
