import { useLingui } from "@lingui/react/macro";
import type { Note } from "../../api/visibility";
import { ConfirmDialog } from "../../shared/ui/ConfirmDialog";
import { useDeleteNote } from "./queries";

type Props = { note: Note; conversationId: number; close: () => void };

export default function DeleteNoteDialog({ note, conversationId, close }: Props) {
  const { t } = useLingui();
  const remove = useDeleteNote(conversationId);
  return (
    <ConfirmDialog
      title={t`Xóa ghi chú`}
      text={t`Nội dung ghi chú không còn hiện với đồng nghiệp. Hội thoại vẫn ghi lại là bạn đã xóa một ghi chú.`}
      action={t`Xóa ghi chú`}
      danger
      busy={remove.isPending}
      error={remove.error}
      confirm={() => remove.mutate(note, { onSuccess: close })}
      close={close}
    />
  );
}
