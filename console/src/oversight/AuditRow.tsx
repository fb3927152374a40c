import { useLingui } from "@lingui/react/macro";
import { IconArrowRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import classes from "./AuditRow.module.css";
import { LogRow } from "./LogRow";
import row from "./LogRow.module.css";
import type { AuditEntry } from "./queries";

/** A change: of what, and each field before and after. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  return (
    <LogRow
      at={entry.at}
      who={entry.staff}
      what={entry.action_text}
      address={entry.address}
      device={entry.device}
    >
      {entry.target && <Target target={entry.target} />}
      {entry.changes.length > 0 && (
        <dl className={classes.changes}>
          {entry.changes.map((change) => (
            <div key={change.field} className={classes.change}>
              <dt>{change.label}</dt>
              <dd>
                <Change before={change.before} after={change.after} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </LogRow>
  );
}

function Target({ target }: { target: NonNullable<AuditEntry["target"]> }) {
  const { t } = useLingui();
  const words = target.name
    ? target.name === target.code
      ? target.name
      : `${target.name} · ${target.code}`
    : t`${target.code} (không còn)`;
  if (target.conversation_id != null)
    return (
      <Link
        className={row.link}
        to="/conversations/$conversationId"
        params={{ conversationId: target.conversation_id }}
        search={{ view: "all" }}
      >
        {words}
      </Link>
    );
  return <span>{words}</span>;
}

function Change({ before, after }: { before: string | null; after: string | null }) {
  const { t } = useLingui();
  if (before === null) return <ins className={classes.after}>{after}</ins>;
  return (
    <>
      <del className={classes.before}>{before}</del>
      <IconArrowRight size={12} stroke={1.75} aria-label={t`đổi thành`} className={classes.arrow} />
      <ins className={classes.after}>{after ?? t`không còn`}</ins>
    </>
  );
}
