import { useLingui } from "@lingui/react/macro";
import type { Message } from "../../api/types";
import { ConfirmDialog } from "../../shared/ui/ConfirmDialog";
import { useRecall } from "./deliveryActions";

/** What was recalled cannot be sent back: one more press before it happens. */
export default function RecallDialog({ message, close }: { message: Message; close: () => void }) {
  const { t } = useLingui();
  const recall = useRecall(message);
  return (
    <ConfirmDialog
      title={t`Thu hồi tin nhắn này?`}
      text={t`Khách sẽ không còn thấy tin này trên Zalo. Trong sổ, bản gốc vẫn được giữ cho người có quyền xem.`}
      action={t`Thu hồi`}
      danger
      busy={recall.isPending}
      error={recall.error}
      confirm={() => recall.mutate(undefined, { onSuccess: close })}
      close={close}
    />
  );
}
