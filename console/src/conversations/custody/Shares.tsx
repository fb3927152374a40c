import { useLingui } from "@lingui/react/macro";
import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDates } from "../../shared/time/useDates";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Face } from "../../shared/ui/Face";
import { useProblemText } from "../../shared/useProblemText";
import dialog from "./dialog.module.css";
import { sharesQuery, useShare } from "./queries";

/** Who sees the conversation by a share that still lasts, and the way to end it. */
export function Shares({ conversationId }: { conversationId: number }) {
  const { t } = useLingui();
  const dates = useDates();
  const problemText = useProblemText();
  const query = useQuery(sharesQuery(conversationId));
  const { revoke } = useShare(conversationId);
  const items = query.data?.items ?? [];
  return (
    <section className={dialog.part} aria-label={t`Đang chia sẻ với`}>
      <h3 className={dialog.title}>{t`Đang chia sẻ với`}</h3>
      {query.isPending && <Skeleton height={44} mt={8} />}
      {query.isError && !query.data && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {query.data && items.length === 0 && <p className={dialog.lead}>{t`Chưa chia sẻ với ai.`}</p>}
      <ul className={dialog.items}>
        {items.map((share) => (
          <li key={share.id} className={dialog.item}>
            <Face name={share.staff.name} size={28} />
            <div className={dialog.text}>
              <p>{share.staff.name}</p>
              <p className={dialog.meta}>
                {t`Đến ${dates.dateTime(share.until)}, ${share.granted_by.name} chia sẻ`}
              </p>
              {share.note && <p className={dialog.words}>{share.note}</p>}
            </div>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={t`Thu hồi chia sẻ với ${share.staff.name}`}
              loading={revoke.isPending && revoke.variables === share.id}
              onClick={() => revoke.mutate(share.id)}
            >
              {t`Thu hồi`}
            </Button>
          </li>
        ))}
      </ul>
      {revoke.error && (
        <p className={dialog.lead} role="alert">
          {problemText(revoke.error)}
        </p>
      )}
    </section>
  );
}
