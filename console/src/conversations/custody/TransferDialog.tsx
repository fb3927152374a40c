import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { ConversationDetail } from "../../api/types";
import { type Choice, StaffPicker } from "../../people/choosing/StaffPicker";
import { ModalOrSheet } from "../../shared/ui/ModalOrSheet";
import { useProblemText } from "../../shared/useProblemText";
import dialog from "./dialog.module.css";
import { useTransfer } from "./queries";

const LONGEST_NOTE = 500;

type Props = { conversation: ConversationDetail; close: () => void };

/** To whom, and why. The customer goes with all their conversations. */
export default function TransferDialog({ conversation, close }: Props) {
  const { t } = useLingui();
  const problemText = useProblemText();
  const transfer = useTransfer(conversation);
  const [heir, setHeir] = useState<Choice>(null);
  const [note, setNote] = useState("");
  const { custodian, title } = conversation;
  const from = custodian?.name;
  const name = heir === null || heir === "nobody" ? null : heir.name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!heir || transfer.isPending) return;
    const body = { staff_id: heir === "nobody" ? null : heir.id, note: note.trim() };
    transfer.mutate(body, { onSuccess: close });
  };
  return (
    <ModalOrSheet title={t`Chuyển khách`} close={close}>
      <form className={dialog.form} onSubmit={submit}>
        <p className={dialog.lead}>
          {from
            ? t`${title} do ${from} phụ trách. Sau khi chuyển, ${from} không còn thấy khách này.`
            : t`${title} chưa có người phụ trách. Người được chọn sẽ thấy mọi hội thoại với khách này.`}
        </p>
        <StaffPicker
          label={t`Chuyển cho`}
          value={heir}
          choose={setHeir}
          reach
          without={custodian ? [custodian.id] : []}
          {...(custodian && { nobody: t`Không ai: về hàng chờ chung` })}
        />
        <Textarea
          size="md"
          label={t`Lời nhắn`}
          description={t`Không bắt buộc. Nằm trong lịch sử phụ trách.`}
          autosize
          minRows={2}
          maxRows={5}
          maxLength={LONGEST_NOTE}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {transfer.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(transfer.error)}
          </Alert>
        )}
        <div className={dialog.foot}>
          <Button variant="default" onClick={close}>
            {t`Thôi`}
          </Button>
          <Button type="submit" disabled={heir === null} loading={transfer.isPending}>
            {name ? t`Chuyển cho ${name}` : t`Chuyển khách`}
          </Button>
        </div>
      </form>
    </ModalOrSheet>
  );
}
