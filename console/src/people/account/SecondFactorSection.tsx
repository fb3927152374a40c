import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Modal, Skeleton } from "@mantine/core";
import { IconShieldCheck, IconShieldOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AccountSecurity } from "../../api/account";
import { useIsPhone } from "../../shared/breakpoints";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import { ConfirmDialog } from "../../shared/ui/ConfirmDialog";
import { Section } from "../../shared/ui/Section";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import { useProblemText } from "../../shared/useProblemText";
import classes from "./AccountPage.module.css";
import { securityQuery, useTotp } from "./queries";
import { RecoveryCodes } from "./RecoveryCodes";
import { SecondFactorSetup } from "./SecondFactorSetup";

const FEW_CODES = 3;

export function SecondFactorSection() {
  const { t } = useLingui();
  const problemText = useProblemText();
  const query = useQuery(securityQuery);
  return (
    <Section
      title={t`Xác thực hai lớp`}
      lead={t`Khi đăng nhập, ngoài mật khẩu còn cần mã 6 số trên điện thoại của bạn.`}
    >
      {query.isPending && <Skeleton height={64} />}
      {query.isError && !query.data && (
        <Alert color="red" variant="light" role="alert">
          {problemText(query.error)}
        </Alert>
      )}
      {query.data && <State security={query.data} />}
    </Section>
  );
}

function State({ security }: { security: AccountSecurity }) {
  const { t } = useLingui();
  const [asked, setAsked] = useState<"setup" | "codes" | "removal" | null>(null);
  const { remove, renewCodes } = useTotp();
  const left = security.recovery_codes_left;
  const stop = () => {
    setAsked(null);
    remove.reset();
    renewCodes.reset();
  };
  return (
    <>
      <p className={classes.state} data-good={security.totp || undefined}>
        {security.totp ? (
          <IconShieldCheck size={20} stroke={1.6} aria-hidden />
        ) : (
          <IconShieldOff size={20} stroke={1.6} aria-hidden />
        )}
        {security.totp ? t`Đang bật` : t`Chưa bật`}
      </p>
      {security.totp && (
        <p className={classes.note} data-warn={left < FEW_CODES || undefined}>
          {t`${plural(left, { one: "Còn # mã dự phòng.", other: "Còn # mã dự phòng." })}`}
          {left < FEW_CODES && ` ${t`Hãy tạo mã mới.`}`}
        </p>
      )}
      {security.totp_required && (
        <p className={classes.note}>{t`Công ty yêu cầu vai trò của bạn dùng xác thực hai lớp.`}</p>
      )}
      <div className={classes.buttons}>
        {security.totp ? (
          <>
            <Button variant="default" onClick={() => setAsked("codes")}>
              {t`Tạo mã dự phòng mới`}
            </Button>
            <Button variant="default" className={classes.danger} onClick={() => setAsked("removal")}>
              {security.totp_required ? t`Đổi sang điện thoại khác` : t`Tắt`}
            </Button>
          </>
        ) : (
          <Button onClick={() => setAsked("setup")}>{t`Bật xác thực hai lớp`}</Button>
        )}
      </div>
      {asked === "setup" && <SetupDialog set={security.totp} close={stop} />}
      {asked === "codes" && !renewCodes.data && (
        <ConfirmDialog
          title={t`Tạo mã dự phòng mới`}
          text={t`Các mã dự phòng cũ hết dùng được.`}
          action={t`Tạo mã mới`}
          busy={renewCodes.isPending}
          error={renewCodes.error}
          confirm={() => renewCodes.mutate()}
          close={stop}
        />
      )}
      {asked === "codes" && renewCodes.data && (
        <CodesDialog codes={renewCodes.data.recovery_codes} close={stop} />
      )}
      {asked === "removal" && (
        <ConfirmDialog
          title={security.totp_required ? t`Đổi sang điện thoại khác` : t`Tắt xác thực hai lớp`}
          text={
            security.totp_required
              ? t`Mã trên điện thoại hiện nay và các mã dự phòng hết dùng được. Ngay sau đó bạn bật lại với điện thoại mới.`
              : t`Đăng nhập chỉ còn cần mật khẩu. Các mã dự phòng hết dùng được.`
          }
          action={security.totp_required ? t`Đổi` : t`Tắt`}
          danger
          busy={remove.isPending}
          error={remove.error}
          confirm={() => remove.mutate(undefined, { onSuccess: stop })}
          close={stop}
        />
      )}
    </>
  );
}

function SetupDialog({ set, close }: { set: boolean; close: () => void }) {
  const { t } = useLingui();
  const closeButton = useCloseButton();
  const phone = useIsPhone();
  useReturnFocus();
  return (
    <Modal
      opened
      onClose={close}
      title={t`Bật xác thực hai lớp`}
      size={480}
      fullScreen={phone}
      closeOnClickOutside={false}
      closeOnEscape={false}
      // From then on the recovery codes stand there, which nobody can read again.
      withCloseButton={!set}
      closeButtonProps={closeButton}
    >
      <SecondFactorSetup done={close} />
    </Modal>
  );
}

function CodesDialog({ codes, close }: { codes: readonly string[]; close: () => void }) {
  const { t } = useLingui();
  useReturnFocus();
  return (
    <Modal
      opened
      onClose={close}
      title={t`Mã dự phòng mới`}
      size={480}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <RecoveryCodes codes={codes} done={close} />
    </Modal>
  );
}
