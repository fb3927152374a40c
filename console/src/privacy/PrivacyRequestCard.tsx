import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import type { PrivacyRequest } from "../api/admin";
import { useNow } from "../shared/time/ticker";
import { useDates } from "../shared/time/useDates";
import { useDuration } from "../shared/time/useDuration";
import { Face } from "../shared/ui/Face";
import classes from "./PrivacyRequestsPage.module.css";

/** With less than this left the clock turns amber. */
const SOON_MS = 24 * 3_600_000;

export function PrivacyRequestCard({ request, close }: { request: PrivacyRequest; close?: () => void }) {
  const { t } = useLingui();
  const dates = useDates();
  const { contact, account } = request;
  const name = contact?.name ?? t`Khách không còn trong sổ`;
  const asked = dates.dateTime(request.requested_at);
  const facts = [contact?.code, account.name, t`nhận lúc ${asked}`].filter(Boolean);
  return (
    <article className={classes.card}>
      <Face name={name} src={contact?.avatar_url ?? null} size={40} />
      <div className={classes.words}>
        <h2 className={classes.name}>{name}</h2>
        <p className={classes.kind}>{request.text}</p>
        <p className={classes.facts}>{facts.join(" · ")}</p>
        {request.closed_at && <Outcome request={request} />}
      </div>
      {!request.closed_at && (
        <div className={classes.end}>
          <Countdown due={request.due_at} />
          {close && (
            <Button variant="default" size="xs" fz="sm" className={classes.close} onClick={close}>
              {t`Đóng yêu cầu`}
            </Button>
          )}
        </div>
      )}
    </article>
  );
}

function Countdown({ due }: { due: string }) {
  const { t } = useLingui();
  const now = useNow();
  const dates = useDates();
  const duration = useDuration();
  const left = Date.parse(due) - now;
  const term = dates.dateTime(due);
  const urgency = left <= 0 ? "over" : left < SOON_MS ? "soon" : "calm";
  const length = duration(Math.abs(left));
  return (
    <p className={classes.clock} data-urgency={urgency}>
      <strong>
        <IconClock size={16} stroke={1.75} aria-hidden />
        {left > 0 ? t`Còn ${length}` : t`Quá hạn ${length}`}
      </strong>
      <span>{t`Hạn ${term}`}</span>
    </p>
  );
}

function Outcome({ request }: { request: PrivacyRequest }) {
  const { t } = useLingui();
  const dates = useDates();
  const at = request.closed_at ? dates.dateTime(request.closed_at) : "";
  const by = request.closed_by?.name ?? "";
  const late = request.closed_at !== null && request.closed_at > request.due_at;
  return (
    <div className={classes.outcome}>
      <p className={classes.facts}>
        {t`${by} đóng lúc ${at}`}
        {late && <span className={classes.late}>{t`, trễ hạn`}</span>}
      </p>
      {request.note && <p className={classes.note}>{request.note}</p>}
    </div>
  );
}
