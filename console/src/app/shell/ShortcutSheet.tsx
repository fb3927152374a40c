import { useLingui } from "@lingui/react/macro";
import { Kbd, Modal } from "@mantine/core";
import { Fragment } from "react";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import classes from "./ShortcutSheet.module.css";

export default function ShortcutSheet({ close }: { close: () => void }) {
  const { t } = useLingui();
  const closeButton = useCloseButton();
  useReturnFocus();
  const groups: { name: string; lines: { keys: string[]; does: string }[] }[] = [
    {
      name: t`Danh sách`,
      lines: [
        { keys: ["j", "↓"], does: t`Hội thoại kế tiếp` },
        { keys: ["k", "↑"], does: t`Hội thoại phía trên` },
        { keys: ["n"], does: t`Hội thoại chưa đọc kế tiếp` },
        { keys: ["Enter"], does: t`Mở hội thoại đang chọn` },
        { keys: ["/"], does: t`Tìm hội thoại` },
        { keys: ["1", "2", "3", "4"], does: t`Đang mở, Của tôi, Đang chờ, Tất cả` },
      ],
    },
    {
      name: t`Hội thoại đang mở`,
      lines: [
        { keys: ["r"], does: t`Viết trả lời` },
        { keys: ["g"], does: t`Viết ghi chú nội bộ` },
        { keys: ["t"], does: t`Chuyển khách` },
        { keys: ["a"], does: t`Giao trả lời` },
        { keys: ["s"], does: t`Chia sẻ có thời hạn` },
        { keys: ["e"], does: t`Kết thúc hoặc mở lại phiên` },
        { keys: ["i"], does: t`Hiện hoặc ẩn thông tin khách hàng` },
        { keys: ["Esc"], does: t`Rời ô soạn, rồi về danh sách` },
      ],
    },
    {
      name: t`Ô soạn`,
      lines: [
        { keys: ["Enter"], does: t`Gửi` },
        { keys: ["Shift", "Enter"], does: t`Xuống dòng` },
        { keys: ["Ctrl", "/"], does: t`Đổi giữa trả lời khách và ghi chú nội bộ` },
        { keys: ["Shift", "Tab"], does: t`Tới tin nhắn: thả cảm xúc, trả lời, sao chép (phím ← →)` },
        { keys: ["Tab"], does: t`Tới nút gửi, biểu tượng cảm xúc, tệp, tin mẫu` },
      ],
    },
    {
      name: t`Ảnh đang mở`,
      lines: [
        { keys: ["←", "→"], does: t`Ảnh trước, ảnh sau` },
        { keys: ["Esc"], does: t`Đóng` },
      ],
    },
    { name: t`Mọi nơi`, lines: [{ keys: ["?"], does: t`Mở bảng này` }] },
  ];
  return (
    <Modal opened onClose={close} title={t`Phím tắt`} size="lg" closeButtonProps={closeButton}>
      <div className={classes.groups}>
        {groups.map((group) => (
          <section key={group.name}>
            <h3 className={classes.name}>{group.name}</h3>
            <dl className={classes.list}>
              {group.lines.map((line) => (
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
          </section>
        ))}
      </div>
    </Modal>
  );
}
