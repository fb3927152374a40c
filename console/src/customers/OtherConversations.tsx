import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ConversationDetail } from "../api/types";
import { useNow } from "../shared/time/ticker";
import { useDates } from "../shared/time/useDates";
import classes from "./OtherConversations.module.css";
import { contactConversationsQuery } from "./queries";

type Props = { contactId: number; conversation: ConversationDetail };

/** Where else the customer writes: the conversations themselves, or no more than how many and whose. */
export function OtherConversations({ contactId, conversation }: Props) {
  const { t } = useLingui();
  const dates = useDates();
  const now = useNow();
  const { data } = useQuery(contactConversationsQuery(contactId));
  if (!data) return null;
  const items = (data.items ?? []).filter((item) => item.id !== conversation.id);
  const count = data.items === null ? (data.count ?? 0) : 0;
  if (items.length === 0 && count === 0) return null;
  const whose = data.custodians.map((one) => one.name).join(", ");
  const many = plural(count, { one: "# hội thoại khác", other: "# hội thoại khác" });
  return (
    <section className={classes.root} aria-label={t`Hội thoại khác của khách`}>
      <h3 className={classes.title}>{t`Hội thoại khác của khách`}</h3>
      {count > 0 && (
        <p className={classes.line}>{whose ? t`Còn ${many}, do ${whose} phụ trách.` : t`Còn ${many}.`}</p>
      )}
      {items.length > 0 && (
        <ul className={classes.list}>
          {items.map((item) => (
            <li key={item.id}>
              <Link
                to="/conversations/$conversationId"
                params={{ conversationId: item.id }}
                search={{ view: "all" }}
                className={classes.item}
              >
                <span className={classes.account}>{item.account.name}</span>
                <span className={classes.meta}>
                  {item.code}
                  {item.last_message && ` · ${dates.stamp(item.last_message.sent_at, now)}`}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
