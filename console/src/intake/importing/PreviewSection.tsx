import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Alert, Button } from "@mantine/core";
import type { HistoryImport, SampleThread } from "../../api/history";
import { useKindName } from "../../conversations/words";
import { formatNumber } from "../../shared/time/calendar";
import { useDates } from "../../shared/time/useDates";
import { Section } from "../../shared/ui/Section";
import { useProblemText } from "../../shared/useProblemText";
import { CountsOf } from "./CountsOf";
import { Faults } from "./Faults";
import classes from "./Importing.module.css";
import { useStart } from "./queries";

/** What importing would come to; nothing is there yet. */
export function PreviewSection({ found }: { found: HistoryImport }) {
  const { t } = useLingui();
  const problemText = useProblemText();
  const start = useStart(found.id);
  const counts = found.preview ?? found.counts;
  const fresh = counts.new;
  const faulty = counts.faulty;
  const lead =
    fresh === 0
      ? t`Mọi tin trong tệp đều đã có, hoặc chưa đọc được.`
      : faulty > 0
        ? t`Các dòng lỗi sẽ được bỏ qua. Bạn cũng có thể sửa tệp rồi tải lên lại.`
        : t`Hãy xem lại rồi bắt đầu. Có thể hoàn tác sau khi nhập.`;
  return (
    <>
      <Section
        title={
          fresh === 0
            ? t`Không có gì mới để nhập`
            : t`${plural(fresh, { one: "Sẽ nhập # tin nhắn", other: "Sẽ nhập # tin nhắn" })}`
        }
        lead={lead}
      >
        <CountsOf counts={counts} />
        {start.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(start.error)}
          </Alert>
        )}
        {fresh > 0 && (
          <div className={classes.actions}>
            <Button loading={start.isPending} onClick={() => start.mutate()}>
              {t`Bắt đầu nhập ${formatNumber(fresh)} tin`}
            </Button>
          </div>
        )}
      </Section>
      {found.faults.length > 0 && <Faults faults={found.faults} all={faulty} />}
      {found.sample.length > 0 && (
        <Section title={t`Các hội thoại sẽ trông như sau`} lead={t`Vài tin đầu tiên trong tệp.`}>
          <div className={classes.fields}>
            {found.sample.map((thread) => (
              <Sample key={`${thread.account_id} ${thread.key}`} thread={thread} />
            ))}
          </div>
        </Section>
      )}
    </>
  );
}

function Sample({ thread }: { thread: SampleThread }) {
  const { t } = useLingui();
  const kindName = useKindName();
  const dates = useDates();
  return (
    <article className={classes.sample}>
      <h3>
        {thread.title} · {thread.there ? t`hội thoại đã có` : t`hội thoại mới`}
      </h3>
      {thread.messages.map((one) => {
        const facts = [dates.dateTime(one.sent_at), one.author, one.known && t`đã có`];
        return (
          <div key={one.line} className={classes.said} data-side={one.direction}>
            {one.text || one.file_name || kindName(one.kind)}
            <small>{facts.filter(Boolean).join(" · ")}</small>
          </div>
        );
      })}
    </article>
  );
}
