import { useLingui } from "@lingui/react/macro";
import { Alert, Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { ConversationDetail } from "../../api/types";
import { type Choice, StaffPicker } from "../../people/choosing/StaffPicker";
import { useMe } from "../../people/session";
import { ModalOrSheet } from "../../shared/ui/ModalOrSheet";
import { useProblemText } from "../../shared/useProblemText";
import { may } from "./actions";
import dialog from "./dialog.module.css";
import { useAssign } from "./queries";

type Props = { conversation: ConversationDetail; close: () => void };

/** Who answers here; the customer stays in the care of whose they are. */
export default function AssignDialog({ conversation, close }: Props) {
  const { t } = useLingui();
  const me = useMe();
  const problemText = useProblemText();
  const assign = useAssign(conversation);
  const anybody = may(conversation, "assign");
  const { assignee } = conversation;
  const [chosen, setChosen] = useState<Choice>(null);
  const give = (staffId: number | null) => {
    if (!assign.isPending) assign.mutate(staffId, { onSuccess: close });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen) give(chosen === "nobody" ? null : chosen.id);
  };
  const now = assignee?.name;
  const mine = assignee?.id === me.id;
  return (
    <ModalOrSheet title={t`Giao trả lời`} close={close}>
      <form className={dialog.form} onSubmit={submit}>
        <p className={dialog.lead}>
          {now
            ? t`${now} đang trả lời hội thoại này. Người phụ trách khách không đổi.`
            : t`Người được giao sẽ thấy và trả lời hội thoại này. Người phụ trách khách không đổi.`}
        </p>
        {anybody && (
          <StaffPicker
            label={t`Giao cho`}
            value={chosen}
            choose={setChosen}
            reach
            without={assignee ? [assignee.id] : []}
            {...(assignee && { nobody: t`Không ai` })}
          />
        )}
        {assign.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(assign.error)}
          </Alert>
        )}
        <div className={dialog.foot}>
          <Button variant="default" onClick={close}>
            {t`Thôi`}
          </Button>
          {anybody ? (
            <Button type="submit" disabled={chosen === null} loading={assign.isPending}>
              {t`Giao trả lời`}
            </Button>
          ) : (
            <Button loading={assign.isPending} data-autofocus onClick={() => give(mine ? null : me.id)}>
              {mine ? t`Tôi thôi trả lời` : t`Tôi trả lời`}
            </Button>
          )}
        </div>
      </form>
    </ModalOrSheet>
  );
}
