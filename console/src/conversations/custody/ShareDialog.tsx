import { useLingui } from "@lingui/react/macro";
import { Alert, Button, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { ConversationDetail } from "../../api/types";
import { type Choice, StaffPicker } from "../../people/choosing/StaffPicker";
import { useMe } from "../../people/session";
import { useNow } from "../../shared/time/ticker";
import { useDates } from "../../shared/time/useDates";
import { ModalOrSheet } from "../../shared/ui/ModalOrSheet";
import { useProblemText } from "../../shared/useProblemText";
import dialog from "./dialog.module.css";
import { useShare } from "./queries";
import { Shares } from "./Shares";
import { endDays, endOf, type Term } from "./until";

const LONGEST_NOTE = 500;

type Props = { conversation: ConversationDetail; close: () => void };

/** Lets a colleague see the conversation for a time, and shows whom it is shared with already. */
export default function ShareDialog({ conversation, close }: Props) {
  const { t } = useLingui();
  const me = useMe();
  const now = useNow();
  const dates = useDates();
  const problemText = useProblemText();
  const { give } = useShare(conversation.id);
  const [colleague, setColleague] = useState<Choice>(null);
  const [term, setTerm] = useState<Term>("7");
  const [day, setDay] = useState("");
  const [note, setNote] = useState("");
  const end = endOf(term, day, now, dates.zone);
  const days = endDays(now, dates.zone);
  const whom = colleague === "nobody" ? null : colleague;
  const until = end === null ? null : new Date(end).toISOString();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!whom || !until || give.isPending) return;
    const body = { staff_id: whom.id, until, note: note.trim() };
    give.mutate(body, {
      onSuccess: () => {
        setColleague(null);
        setNote("");
      },
    });
  };
  return (
    <ModalOrSheet title={t`Chia sẻ có thời hạn`} close={close}>
      <form className={dialog.form} onSubmit={submit}>
        <p className={dialog.lead}>
          {t`Người được chia sẻ đọc và trả lời được hội thoại này đến hết thời hạn. Số điện thoại của khách được che.`}
        </p>
        <StaffPicker
          label={t`Chia sẻ với`}
          value={colleague}
          choose={setColleague}
          without={[me.id, ...(conversation.custodian ? [conversation.custodian.id] : [])]}
        />
        <div className={dialog.term}>
          <p className={dialog.label}>{t`Đến khi nào`}</p>
          <SegmentedControl
            fullWidth
            size="md"
            aria-label={t`Đến khi nào`}
            value={term}
            onChange={(value) => setTerm(value as Term)}
            data={[
              { value: "1", label: t`1 ngày` },
              { value: "7", label: t`7 ngày` },
              { value: "30", label: t`30 ngày` },
              { value: "date", label: t`Ngày khác` },
            ]}
          />
          {term === "date" && (
            <TextInput
              type="date"
              aria-label={t`Đến hết ngày`}
              min={days.first}
              max={days.last}
              required
              value={day}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
          )}
          <p className={dialog.meta}>
            {until ? t`Hết hạn lúc ${dates.dateTime(until)}.` : t`Chọn một ngày trong 90 ngày tới.`}
          </p>
        </div>
        <Textarea
          size="md"
          label={t`Lời nhắn`}
          description={t`Không bắt buộc.`}
          autosize
          minRows={1}
          maxRows={4}
          maxLength={LONGEST_NOTE}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {give.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(give.error)}
          </Alert>
        )}
        <Button type="submit" disabled={!whom || !until} loading={give.isPending}>
          {whom ? t`Chia sẻ với ${whom.name}` : t`Chia sẻ`}
        </Button>
      </form>
      <Shares conversationId={conversation.id} />
    </ModalOrSheet>
  );
}
