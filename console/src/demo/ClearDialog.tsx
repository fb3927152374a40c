import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Checkbox, Modal } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Demo } from "../api/admin";
import { useMe } from "../people/session";
import { useReturnFocus } from "../shared/keyboard/useReturnFocus";
import { formatNumber } from "../shared/time/calendar";
import { useCloseButton } from "../shared/ui/useCloseButton";
import { useProblemText } from "../shared/useProblemText";
import classes from "./DemoPage.module.css";
import { useClearDemo } from "./queries";

/** Says what goes and what stays, and asks twice: it cannot be taken back. */
export function ClearDialog({ demo, close }: { demo: Demo; close: () => void }) {
  const { t } = useLingui();
  const closeButton = useCloseButton();
  useReturnFocus();
  const problemText = useProblemText();
  const clearing = useClearDemo();
  const { name } = useMe();
  const [sure, setSure] = useState(false);
  const accounts = demo.accounts.map((account) => account.name).join(", ");
  const [conversations, messages, contacts, files] = [
    demo.conversation_count,
    demo.message_count,
    demo.contact_count,
    demo.file_count,
  ].map(formatNumber);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (sure) clearing.mutate(undefined, { onSuccess: close });
  };
  return (
    <Modal opened onClose={close} title={t`Xóa dữ liệu mẫu`} closeButtonProps={closeButton}>
      <form className={classes.form} onSubmit={submit}>
        <div>
          <h3 className={classes.heading}>{t`Sẽ mất hẳn`}</h3>
          <ul className={classes.list}>
            <li>{t`Tài khoản kênh ${accounts}`}</li>
            <li>{t`${conversations} hội thoại với ${messages} tin nhắn, ${files} ảnh và tệp`}</li>
            <li>{t`${contacts} khách hàng mẫu, cả nhật ký nhận của họ`}</li>
            <li>{t`Nhân viên, chi nhánh và nhóm của công ty mẫu`}</li>
          </ul>
        </div>
        <div>
          <h3 className={classes.heading}>{t`Được giữ lại`}</h3>
          <ul className={classes.list}>
            <li>{t`Bạn, ${name}, với quyền quản trị và mật khẩu hiện nay`}</li>
            <li>{t`Tài khoản, nhân viên và khách hàng không thuộc dữ liệu mẫu`}</li>
            <li>{t`Các thiết lập, giới hạn và giá`}</li>
          </ul>
        </div>
        <Checkbox
          label={t`Tôi hiểu rằng không lấy lại được.`}
          checked={sure}
          onChange={(event) => setSure(event.currentTarget.checked)}
        />
        {clearing.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(clearing.error)}
          </Alert>
        )}
        <div className={classes.actions}>
          <Button variant="default" onClick={close} disabled={clearing.isPending}>
            {t`Thôi`}
          </Button>
          <Button type="submit" color="red.9" disabled={!sure} loading={clearing.isPending}>
            {t`Xóa tất cả`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
