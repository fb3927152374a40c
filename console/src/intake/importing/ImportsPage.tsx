import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { HistoryImportRow } from "../../api/history";
import { useDates } from "../../shared/time/useDates";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { MoreButton } from "../../shared/ui/MoreButton";
import { PageFrame } from "../../shared/ui/PageFrame";
import { Rows, RowsSkeleton } from "../../shared/ui/Rows";
import { Nothing, Section } from "../../shared/ui/Section";
import classes from "./Importing.module.css";
import { importsQuery, isBusy } from "./queries";
import { UploadSection } from "./UploadSection";
import { STATE_WORDS } from "./words";

/** Files of old conversations: a new one, and all that came before. */
export function ImportsPage() {
  const { t } = useLingui();
  const query = useInfiniteQuery(importsQuery);
  const items = query.data?.pages.flatMap((page) => page.items);
  return (
    <PageFrame
      title={t`Nhập hội thoại cũ`}
      lead={t`Tin nhắn cũ vào đúng hội thoại, đúng thời điểm của chúng, và không tính vào thời gian trả lời.`}
    >
      <div className={classes.steps}>
        <UploadSection />
        <Section title={t`Các lượt nhập`}>
          {query.isPending && <RowsSkeleton label={t`Đang tải các lượt nhập`} count={2} height={64} />}
          {query.isError && !items && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
          {items?.length === 0 && <Nothing>{t`Chưa nhập tệp nào.`}</Nothing>}
          {items && items.length > 0 && (
            <Rows>
              {items.map((one) => (
                <li key={one.id}>
                  <ImportRow row={one} />
                </li>
              ))}
            </Rows>
          )}
          <MoreButton query={query} mt={16} />
        </Section>
      </div>
    </PageFrame>
  );
}

function ImportRow({ row }: { row: HistoryImportRow }) {
  const { t, i18n } = useLingui();
  const dates = useDates();
  const { state, counts, gone } = row;
  const percent = Math.round(row.progress * 100);
  const added = counts.new ?? 0;
  const facts = [
    dates.dateTime(row.created_at),
    row.created_by?.name,
    row.account?.name,
    row.started_at &&
      (state === "undone"
        ? t`${plural(gone?.messages ?? 0, { one: "đã gỡ # tin", other: "đã gỡ # tin" })}`
        : t`${plural(added, { one: "đã nhập # tin", other: "đã nhập # tin" })}`),
  ];
  return (
    <Link to="/history-imports/$importId" params={{ importId: row.id }} className={classes.row}>
      <span className={classes.name}>{row.name}</span>
      <span className={classes.state} data-tone={state === "failed" ? "bad" : undefined}>
        {i18n._(STATE_WORDS[state])}
        {isBusy(state) && state !== "undoing" && ` ${percent}%`}
      </span>
      <p className={classes.facts}>{facts.filter(Boolean).join(" · ")}</p>
    </Link>
  );
}
