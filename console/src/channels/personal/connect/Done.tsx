import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { StaffRef } from "../../../api/visibility";
import { useMe } from "../../../people/session";
import { Face } from "../../../shared/ui/Face";
import type { PersonalLogin, SimKind } from "../types";
import classes from "./Connect.module.css";

type Props = { login: PersonalLogin; sim: SimKind; holder: StaffRef };

/** Who is connected now, and what comes next. */
export function Done({ login, sim, holder }: Props) {
  const { t } = useLingui();
  const me = useMe();
  const title = useRef<HTMLHeadingElement>(null);
  // What was pressed is gone: the focus goes on with the reader.
  useEffect(() => title.current?.focus(), []);
  const name = login.name ?? holder.name;
  const accountId = login.account_id;
  const own = holder.id === me.id;
  return (
    <section className={classes.done}>
      <Face name={name} src={login.avatar_url} size={64} />
      <h2 ref={title} tabIndex={-1} className={classes.doneTitle}>
        <IconCircleCheck size={22} stroke={1.75} aria-hidden />
        {t`Đã kết nối ${name}`}
      </h2>
      <ul className={classes.next}>
        <li>{t`Tin đến và tin gửi từ bây giờ vào sổ. Tin cũ mà Zalo còn giữ đang được đọc về.`}</li>
        <li>{t`Vẫn dùng Zalo trên điện thoại như thường. Tin gửi từ điện thoại cũng được ghi lại.`}</li>
        <li>{t`Đừng mở Zalo Web hay Zalo PC bằng tài khoản này: Zalo sẽ ngắt kết nối ở đây.`}</li>
        <li>{t`Những ngày đầu hạn mức gửi được giữ thấp và tăng dần, để Zalo không khóa tài khoản.`}</li>
        {sim === "own" && (
          <li>
            <strong>{t`Chưa ghi gì cho tới khi người giữ chọn những ai là khách của công việc.`}</strong>
          </li>
        )}
      </ul>
      {accountId !== null && (
        <div className={classes.buttons}>
          {own && sim === "own" && (
            <Button
              renderRoot={(props) => (
                <Link to="/personal-accounts/$accountId/private" params={{ accountId }} {...props} />
              )}
            >
              {t`Chọn khách của công việc`}
            </Button>
          )}
          <Button
            {...(own && sim === "own" && { variant: "default" })}
            renderRoot={(props) => (
              <Link to="/personal-accounts/$accountId" params={{ accountId }} {...props} />
            )}
          >
            {t`Xem tài khoản`}
          </Button>
        </div>
      )}
    </section>
  );
}
