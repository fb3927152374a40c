import { useLingui } from "@lingui/react/macro";
import { Button, Modal } from "@mantine/core";
import type { StaffMember } from "../../api/admin";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import { CopyField } from "../../shared/ui/CopyField";
import dialog from "../../shared/ui/Dialog.module.css";

type Props = { title: string; member: StaffMember; link: string; mailed?: boolean; close: () => void };

/** The only time that it can be read: a stray click or Escape does not take it away. */
export function LinkShown({ title, member, link, mailed = false, close }: Props) {
  const { t } = useLingui();
  useReturnFocus();
  const { name, email } = member;
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      size={520}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <div className={dialog.form}>
        <p className={dialog.text}>
          {mailed
            ? t`Thư mời đang được gửi tới ${email}. Nếu thư không tới, hãy gửi riêng đường dẫn này cho ${name}.`
            : t`Hãy gửi riêng đường dẫn này cho ${name}. Ai mở trước sẽ đặt được mật khẩu.`}
        </p>
        <CopyField label={t`Đường dẫn`} hint={t`Dùng được một lần và chỉ hiện ở đây một lần.`} value={link} />
        <Button className={dialog.submit} onClick={close} data-autofocus>
          {mailed ? t`Xong` : t`Tôi đã chép`}
        </Button>
      </div>
    </Modal>
  );
}
