import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Alert, Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { HistoryImport } from "../../api/history";
import { useDates } from "../../shared/time/useDates";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Meter } from "../../shared/ui/Meter";
import { PageFrame } from "../../shared/ui/PageFrame";
import { RowsSkeleton } from "../../shared/ui/Rows";
import { Section } from "../../shared/ui/Section";
import { useBytes } from "../../shared/useBytes";
import { useProblemText } from "../../shared/useProblemText";
import { CountsOf } from "./CountsOf";
import { Faults } from "./Faults";
import classes from "./Importing.module.css";
import { MappingForm } from "./MappingForm";
import { PreviewSection } from "./PreviewSection";
import { importQuery, useDiscard } from "./queries";
import { UndoDialog } from "./UndoDialog";
import { STATE_WORDS } from "./words";

/** One file, from its columns to its end. */
export function ImportPage() {
  const { t } = useLingui();
  const { importId } = useParams({ from: "/app/admin/history-imports/$importId" });
  const query = useQuery(importQuery(importId));
  const found = query.data;
  const bytes = useBytes();
  return (
    <PageFrame
      title={found?.name ?? t`Nhập hội thoại cũ`}
      {...(found && { lead: bytes(found.size_bytes) })}
      back={{ to: "/history-imports", label: t`Nhập hội thoại cũ` }}
      actions={found && found.started_at === null && <DiscardButton found={found} />}
    >
      {query.isPending && <RowsSkeleton label={t`Đang tải lượt nhập`} count={2} height={120} />}
      {query.isError && !found && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {found && (
        <div className={classes.steps}>
          <Step found={found} />
        </div>
      )}
    </PageFrame>
  );
}

function Step({ found }: { found: HistoryImport }) {
  switch (found.state) {
    case "uploaded":
      return <MappingForm found={found} />;
    case "checking":
    case "running":
    case "undoing":
      return <UnderWay found={found} />;
    case "checked":
      return (
        <>
          <PreviewSection found={found} />
          <MappingForm found={found} />
        </>
      );
    default:
      return <Ended found={found} />;
  }
}

function UnderWay({ found }: { found: HistoryImport }) {
  const { t, i18n } = useLingui();
  const [asking, setAsking] = useState(false);
  const percent = Math.round(found.progress * 100);
  const undoing = found.state === "undoing";
  const lead = {
    checking: t`Chưa có gì được nhập. Bạn có thể rời trang này, việc kiểm tra vẫn tiếp tục.`,
    running: t`Bạn có thể rời trang này, việc nhập vẫn tiếp tục.`,
    undoing: t`Tin nhắn của lượt nhập này đang được gỡ khỏi các hội thoại.`,
  }[found.state as "checking" | "running" | "undoing"];
  const gone = found.gone?.messages ?? 0;
  return (
    <Section title={i18n._(STATE_WORDS[found.state])} lead={lead}>
      <div className={classes.progress} role="status">
        {undoing ? (
          t`${plural(gone, { one: "Đã gỡ # tin", other: "Đã gỡ # tin" })}`
        ) : (
          <>
            {t`Đã đọc ${percent}% tệp`}
            <Meter value={found.progress} most={1} />
          </>
        )}
      </div>
      {!undoing && <CountsOf counts={found.counts} />}
      {found.state === "running" && (
        <div className={classes.actions}>
          <Button variant="default" onClick={() => setAsking(true)}>
            {t`Dừng và hoàn tác`}
          </Button>
        </div>
      )}
      {asking && <UndoDialog found={found} close={() => setAsking(false)} />}
    </Section>
  );
}

function Ended({ found }: { found: HistoryImport }) {
  const { t, i18n } = useLingui();
  const dates = useDates();
  const [asking, setAsking] = useState(false);
  const undone = found.state === "undone";
  const at = found.undone_at ?? found.ended_at;
  const when = at ? dates.dateTime(at) : "";
  const who = (undone ? found.undone_by : found.created_by)?.name;
  const { messages = 0, conversations = 0, contacts = 0 } = found.gone ?? {};
  return (
    <>
      <Section
        title={i18n._(STATE_WORDS[found.state])}
        lead={[when, who, found.account?.name].filter(Boolean).join(" · ")}
      >
        {found.reason_text && (
          <Alert color="red" variant="light">
            {found.reason_text}
          </Alert>
        )}
        {undone ? (
          <ul className={classes.list}>
            <li>{t`${plural(messages, { one: "Đã gỡ # tin nhắn", other: "Đã gỡ # tin nhắn" })}`}</li>
            <li>{t`${plural(conversations, { one: "Đã gỡ # hội thoại", other: "Đã gỡ # hội thoại" })}`}</li>
            <li>{t`${plural(contacts, { one: "Đã gỡ # khách", other: "Đã gỡ # khách" })}`}</li>
          </ul>
        ) : (
          <CountsOf counts={found.counts} />
        )}
        {!undone && found.started_at !== null && (
          <div className={classes.actions}>
            <Button variant="default" onClick={() => setAsking(true)}>
              {t`Hoàn tác lượt nhập này`}
            </Button>
          </div>
        )}
        {asking && <UndoDialog found={found} close={() => setAsking(false)} />}
      </Section>
      {!undone && found.faults.length > 0 && (
        <Faults faults={found.faults} all={found.counts.faulty ?? found.faults.length} />
      )}
    </>
  );
}

function DiscardButton({ found }: { found: HistoryImport }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const discard = useDiscard(found.id);
  return (
    <div>
      <Button
        variant="default"
        loading={discard.isPending}
        onClick={() =>
          discard.mutate(undefined, { onSuccess: () => void navigate({ to: "/history-imports" }) })
        }
      >
        {t`Bỏ tệp này`}
      </Button>
      {discard.error && <p role="alert">{problemText(discard.error)}</p>}
    </div>
  );
}
