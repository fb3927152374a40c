import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { ConversationDetail } from "../api/types";
import type { Access } from "../api/visibility";
import { may } from "../conversations/custody/actions";
import { ClaimButton } from "../conversations/custody/ClaimButton";
import { useChannelName } from "../conversations/words";
import { formatNumber } from "../shared/time/calendar";
import { useDates } from "../shared/time/useDates";
import { ErrorPanel } from "../shared/ui/ErrorPanel";
import { Face } from "../shared/ui/Face";
import { CareSection } from "./CareSection";
import classes from "./CustomerCard.module.css";
import { CustomerDetails } from "./CustomerDetails";
import { Fact } from "./Fact";
import { GroupMembers } from "./GroupMembers";
import { OtherConversations } from "./OtherConversations";
import { contactQuery } from "./queries";
import { SharedFiles } from "./SharedFiles";
import { TagEditor } from "./TagEditor";

/** Who writes here, since when, and who looks after them. */
export function CustomerCard({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useLingui();
  const dates = useDates();
  const channelName = useChannelName();
  const { contact, account, access } = conversation;
  // To the others the customer is no more than a name.
  const known = access === "full" || access === "masked";
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <Face name={conversation.title} src={contact?.avatar_url ?? null} size={64} />
        <p className={classes.name}>{contact?.name ?? conversation.title}</p>
        {contact && <p className={classes.code}>{contact.code}</p>}
      </div>
      {contact && known && (
        <section className={classes.section} aria-label={t`Nhãn`}>
          <TagEditor
            contactId={contact.id}
            conversationId={conversation.id}
            tags={conversation.tags}
            may={may(conversation, "tag")}
          />
        </section>
      )}
      <CareSection conversation={conversation} />
      {conversation.kind === "group" && <GroupMembers conversationId={conversation.id} />}
      {contact && !known && <NameOnly conversation={conversation} />}
      {contact && known && (
        <ContactFacts contactId={contact.id} access={access} reveals={may(conversation, "reveal")} />
      )}
      {contact && known && <OtherConversations contactId={contact.id} conversation={conversation} />}
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

type FactsProps = { contactId: number; access: Access; reveals: boolean };

function ContactFacts({ contactId, access, reveals }: FactsProps) {
  const query = useQuery(contactQuery(contactId));
  const { refetch } = query;
  const seen = useRef(access);
  // Whoever sees more of a conversation than before, or less, sees more or less of the customer.
  useEffect(() => {
    if (seen.current === access) return;
    seen.current = access;
    void refetch();
  }, [access, refetch]);
  if (query.isError && !query.data)
    return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  // What was revealed of one customer is not shown of the next.
  return query.data ? <CustomerDetails key={contactId} contact={query.data} reveals={reveals} /> : null;
}

/** Why there is no more than the name, and what would show the rest. */
function NameOnly({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useLingui();
  return (
    <div className={classes.nameOnly}>
      {may(conversation, "claim") ? (
        <ClaimButton conversation={conversation} label={t`Nhận khách để xem hồ sơ`} />
      ) : (
        <p>{t`Bạn được nhắc tên trong ghi chú nên chỉ thấy tên khách.`}</p>
      )}
    </div>
  );
}
