import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useDates } from "../shared/time/useDates";
import { Face } from "../shared/ui/Face";
import { deviceName } from "./device";
import classes from "./LogRow.module.css";
import type { AccessEntry } from "./queries";

type Props = {
  at: string;
  /** None: at the command line. */
  who: { id: number; name: string } | null;
  what: string;
  children?: ReactNode;
  address: string | null;
  device?: string;
};

/** A line of a log; on a phone a card: when, who, what, from where. */
export function LogRow({ at, who, what, children, address, device }: Props) {
  const { t } = useLingui();
  const dates = useDates();
  const name = who?.name ?? t`Dòng lệnh máy chủ`;
  const from = [address, device && deviceName(device)].filter(Boolean).join(" · ");
  return (
    <article className={classes.row}>
      <Face name={name} size={32} />
      <div className={classes.main}>
        <p className={classes.what}>
          <b>{name}</b> <span>{what}</span>
        </p>
        {children && <div className={classes.about}>{children}</div>}
      </div>
      <div className={classes.when}>
        <time dateTime={at}>{dates.dateTime(at)}</time>
        {from && (
          <span className={classes.from} title={device}>
            {from}
          </span>
        )}
      </div>
    </article>
  );
}

type Mentioned = { conversation: AccessEntry["conversation"] | null; contact: AccessEntry["contact"] };

/** Of what a line is, with the way there. */
export function Mention({ conversation, contact }: Mentioned) {
  if (!conversation) return contact && <span>{`${contact.code} · ${contact.name}`}</span>;
  return (
    <Link
      className={classes.link}
      to="/conversations/$conversationId"
      params={{ conversationId: conversation.id }}
      search={{ view: "all" }}
    >
      {conversation.name ? `${conversation.code} · ${conversation.name}` : conversation.code}
    </Link>
  );
}
