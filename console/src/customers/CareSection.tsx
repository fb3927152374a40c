import { useLingui } from "@lingui/react/macro";
import { IconHistory, IconUserShare } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { ConversationDetail } from "../api/types";
import { may } from "../conversations/custody/actions";
import { ClaimButton } from "../conversations/custody/ClaimButton";
import { useCustodyDialog } from "../conversations/custody/CustodyContext";
import { Face } from "../shared/ui/Face";
import classes from "./CareSection.module.css";

/** Whose the customer is, who answers, and how either can change. */
export function CareSection({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useLingui();
  const open = useCustodyDialog();
  const { custodian, assignee, access } = conversation;
  const assigns = may(conversation, "assign") || may(conversation, "assign_self");
  return (
    <section className={classes.root} aria-label={t`Phụ trách`}>
      <Person name={t`Người phụ trách`} person={custodian?.name ?? null}>
        {may(conversation, "transfer") && (
          <button
            type="button"
            className={classes.action}
            aria-label={t`Chuyển khách`}
            onClick={() => open("transfer")}
          >
            {t`Chuyển`}
          </button>
        )}
      </Person>
      {may(conversation, "claim") && access !== "pool" && <ClaimButton conversation={conversation} />}
      <Person name={t`Người xử lý`} person={assignee?.name ?? null}>
        {assigns && (
          <button
            type="button"
            className={classes.action}
            aria-label={t`Giao trả lời`}
            onClick={() => open("assign")}
          >
            {t`Giao`}
          </button>
        )}
      </Person>
      {access === "full" && (
        <p className={classes.more}>
          {may(conversation, "share") && (
            <button type="button" className={classes.link} onClick={() => open("share")}>
              <IconUserShare size={16} stroke={1.6} aria-hidden />
              {t`Chia sẻ có thời hạn`}
            </button>
          )}
          <button type="button" className={classes.link} onClick={() => open("ledger")}>
            <IconHistory size={16} stroke={1.6} aria-hidden />
            {t`Lịch sử phụ trách`}
          </button>
        </p>
      )}
    </section>
  );
}

type PersonProps = { name: string; person: string | null; children: ReactNode };

function Person({ name, person, children }: PersonProps) {
  const { t } = useLingui();
  return (
    <div className={classes.line}>
      {person && <Face name={person} size={28} />}
      <p className={classes.who}>
        <span className={classes.role}>{name}</span>
        <span className={person ? classes.name : classes.nobody}>{person ?? t`Chưa có`}</span>
      </p>
      {children}
    </div>
  );
}
