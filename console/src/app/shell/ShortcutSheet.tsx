import { useLingui } from "@lingui/react/macro";
import { Kbd, Modal } from "@mantine/core";
import { Fragment } from "react";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import classes from "./ShortcutSheet.module.css";

export default function ShortcutSheet({ close }: { close: () => void }) {
  const { t } = useLingui();
  const closeButton = useCloseButton();
  const lines: { keys: string[]; does: string }[] = [
    { keys: ["j", "↓"], does: t`Hội thoại kế tiếp` },
    { keys: ["k", "↑"], does: t`Hội thoại phía trên` },
    { keys: ["Enter"], does: t`Mở hội thoại đang chọn` },
    { keys: ["r"], does: t`Viết trả lời` },
    { keys: ["Esc"], does: t`Rời ô soạn, rồi về danh sách` },
    { keys: ["Enter"], does: t`Gửi (trong ô soạn)` },
    { keys: ["Shift", "Enter"], does: t`Xuống dòng (trong ô soạn)` },
    { keys: ["?"], does: t`Mở bảng này` },
  ];
  return (
    <Modal opened onClose={close} title={t`Phím tắt`} closeButtonProps={closeButton}>
      <dl className={classes.list}>
        {lines.map((line) => (
          <Fragment key={line.does}>
            <dt>
              {line.keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{line.does}</dd>
          </Fragment>
        ))}
      </dl>
    </Modal>
  );
}
