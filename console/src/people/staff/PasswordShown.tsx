import { useLingui } from "@lingui/react/macro";
import { Button, Modal } from "@mantine/core";
import type { StaffMember } from "../../api/admin";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import { CopyField } from "../../shared/ui/CopyField";
import dialog from "../../shared/ui/Dialog.module.css";

type Props = { member: StaffMember; password: string; close: () => void; first?: boolean };

/** The only time that it can be read: a stray click or Escape does not take it away. */
export function PasswordShown({ member, password, close, first = false }: Props) {
  const { t } = useLingui();
  useReturnFocus();
  const { name } = member;
  return (
    <Modal
      opened
      onClose={close}
      title={first ? t`Đã thêm ${name}` : t`Mật khẩu mới của ${name}`}
      size={460}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <div className={dialog.form}>
        <p className={dialog.text}>
          {t`Mật khẩu chỉ hiện một lần này. Hãy chép và gửi riêng cho người dùng nó.`}
        </p>
        <CopyField label={t`Tên đăng nhập`} value={member.email ?? member.phone ?? ""} />
        <CopyField label={t`Mật khẩu`} value={password} />
        <Button className={dialog.submit} onClick={close} data-autofocus>
          {t`Tôi đã chép`}
        </Button>
      </div>
    </Modal>
  );
}
