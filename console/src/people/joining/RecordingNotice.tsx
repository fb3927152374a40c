import { useLingui } from "@lingui/react/macro";
import { Checkbox } from "@mantine/core";
import classes from "./RecordingNotice.module.css";

type Props = { checked: boolean; change: (checked: boolean) => void };

/** What staff are told about the recording of chats at work, and the box that says they know. */
export function RecordingNotice({ checked, change }: Props) {
  const { t } = useLingui();
  return (
    <section className={classes.notice} aria-label={t`Hội thoại công việc được lưu lại`}>
      <h2 className={classes.title}>{t`Hội thoại công việc được lưu lại`}</h2>
      <ul className={classes.points}>
        <li>
          {t`Công ty lưu mọi hội thoại với khách qua các tài khoản của công ty: nội dung, tệp, thời gian và ai đã trả lời.`}
        </li>
        <li>
          {t`Người được công ty phân quyền xem lại để chăm sóc khách, kiểm tra chất lượng và giải quyết khiếu nại. Mỗi lần xem đều có ghi lại.`}
        </li>
        <li>{t`Đừng dùng các tài khoản này cho chuyện riêng.`}</li>
        <li>
          {t`Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, bạn có quyền được biết, xem và yêu cầu sửa dữ liệu về mình: hãy hỏi người quản trị.`}
        </li>
      </ul>
      <Checkbox
        className={classes.check}
        size="md"
        label={t`Tôi đã đọc và biết rằng hội thoại công việc của tôi được công ty lưu lại.`}
        checked={checked}
        required
        onChange={(event) => change(event.currentTarget.checked)}
      />
    </section>
  );
}
