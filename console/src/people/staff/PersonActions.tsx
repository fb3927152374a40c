import { useLingui } from "@lingui/react/macro";
import { Alert, Button } from "@mantine/core";
import { useState } from "react";
import type { StaffMember } from "../../api/admin";
import { ConfirmDialog } from "../../shared/ui/ConfirmDialog";
import { useProblemText } from "../../shared/useProblemText";
import { useMe } from "../session";
import { LinkShown } from "./LinkShown";
import { PasswordShown } from "./PasswordShown";
import classes from "./PersonDrawer.module.css";
import { useRemoveSecondFactor, useRenewPassword, useResetLink, useSuspension } from "./queries";

/** What ends somebody's sessions. Nobody does it to themselves. */
export function PersonActions({ member }: { member: StaffMember }) {
  const { t } = useLingui();
  const me = useMe();
  const problemText = useProblemText();
  const [asked, setAsked] = useState<"factor" | "link" | "password" | "suspension" | null>(null);
  const password = useRenewPassword(member.id);
  const suspension = useSuspension(member.id);
  const link = useResetLink(member.id);
  const factor = useRemoveSecondFactor(member.id);
  const { name } = member;
  const stop = () => {
    setAsked(null);
    password.reset();
    suspension.reset();
    link.reset();
    factor.reset();
  };
  if (member.id === me.id)
    return (
      <section className={classes.part}>
        <p className={classes.note}>
          {t`Đây là bạn. Đổi mật khẩu trong trang Tài khoản và bảo mật; tạm ngưng cần một người quản trị khác làm.`}
        </p>
      </section>
    );
  return (
    <section className={classes.part}>
      <h3 className={classes.title}>{t`Đăng nhập`}</h3>
      {member.suspended_at ? (
        <>
          <p className={classes.note}>{t`${name} đang tạm ngưng và không đăng nhập được.`}</p>
          {suspension.error && (
            <Alert color="red" variant="light" role="alert">
              {problemText(suspension.error)}
            </Alert>
          )}
          <div className={classes.buttons}>
            <Button variant="default" loading={suspension.isPending} onClick={() => suspension.mutate(false)}>
              {t`Cho làm việc lại`}
            </Button>
          </div>
        </>
      ) : (
        <div className={classes.buttons}>
          {!member.invited && (
            <>
              <Button variant="default" onClick={() => setAsked("link")}>
                {t`Đường dẫn đặt lại mật khẩu`}
              </Button>
              <Button variant="default" onClick={() => setAsked("password")}>
                {t`Đặt mật khẩu mới`}
              </Button>
            </>
          )}
          {member.totp && (
            <Button variant="default" onClick={() => setAsked("factor")}>
              {t`Gỡ xác thực hai lớp`}
            </Button>
          )}
          <Button variant="default" className={classes.danger} onClick={() => setAsked("suspension")}>
            {t`Tạm ngưng`}
          </Button>
        </div>
      )}
      {asked === "password" && !password.data && (
        <ConfirmDialog
          title={t`Đặt mật khẩu mới`}
          text={t`Hệ thống tạo mật khẩu mới cho ${name}. Mật khẩu cũ hết dùng được, và ${name} bị đăng xuất khỏi mọi máy.`}
          action={t`Đặt mật khẩu mới`}
          busy={password.isPending}
          error={password.error}
          confirm={() => password.mutate()}
          close={stop}
        />
      )}
      {asked === "password" && password.data && (
        <PasswordShown member={member} password={password.data.password} close={stop} />
      )}
      {asked === "link" && !link.data && (
        <ConfirmDialog
          title={t`Đường dẫn đặt lại mật khẩu`}
          text={t`Hệ thống tạo đường dẫn để ${name} tự đặt mật khẩu mới trong 24 giờ. Mật khẩu cũ vẫn dùng được cho tới lúc đó.`}
          action={t`Tạo đường dẫn`}
          busy={link.isPending}
          error={link.error}
          confirm={() => link.mutate()}
          close={stop}
        />
      )}
      {asked === "link" && link.data && (
        <LinkShown title={t`Đường dẫn cho ${name}`} member={member} link={link.data.link} close={stop} />
      )}
      {asked === "factor" && (
        <ConfirmDialog
          title={t`Gỡ xác thực hai lớp của ${name}`}
          text={t`Dùng khi ${name} mất điện thoại. Đăng nhập chỉ còn cần mật khẩu cho tới khi bật lại. Hãy chắc chắn đúng là ${name} đang nhờ bạn.`}
          action={t`Gỡ`}
          danger
          busy={factor.isPending}
          error={factor.error}
          confirm={() => factor.mutate(undefined, { onSuccess: stop })}
          close={stop}
        />
      )}
      {asked === "suspension" && (
        <ConfirmDialog
          title={t`Tạm ngưng ${name}`}
          text={t`${name} bị đăng xuất khỏi mọi máy ngay lập tức và không đăng nhập lại được. Hội thoại và tin nhắn giữ nguyên. Bạn cho làm việc lại lúc nào cũng được.`}
          action={t`Tạm ngưng`}
          danger
          busy={suspension.isPending}
          error={suspension.error}
          confirm={() => suspension.mutate(true, { onSuccess: stop })}
          close={stop}
        />
      )}
    </section>
  );
}
