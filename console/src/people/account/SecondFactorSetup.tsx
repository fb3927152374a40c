import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Skeleton } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { CopyField } from "../../shared/ui/CopyField";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { useProblemText } from "../../shared/useProblemText";
import { CodeInput } from "./CodeInput";
import { QrCode } from "./QrCode";
import { useTotp } from "./queries";
import { RecoveryCodes } from "./RecoveryCodes";
import classes from "./SecondFactorSetup.module.css";

/** A secret for the app on the phone, a first code of it, and the recovery codes. */
export function SecondFactorSetup({ done }: { done: () => void }) {
  const { t } = useLingui();
  const problemText = useProblemText();
  const { begin, confirm } = useTotp();
  const [code, setCode] = useState("");
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    begin.mutate();
  }, [begin]);
  if (confirm.data) return <RecoveryCodes codes={confirm.data.recovery_codes} done={done} />;
  if (begin.error) return <ErrorPanel error={begin.error} retry={() => begin.mutate()} />;
  if (!begin.data)
    return (
      <div role="status" aria-label={t`Đang tạo mã`}>
        <Skeleton height={320} />
      </div>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate(code, { onError: () => setCode("") });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <ol className={classes.steps}>
        <li>
          <p>
            {t`Cài một ứng dụng xác thực trên điện thoại, ví dụ Google Authenticator hoặc Microsoft Authenticator.`}
          </p>
        </li>
        <li>
          <p>{t`Trong ứng dụng, thêm tài khoản bằng cách quét mã này.`}</p>
          <QrCode text={begin.data.uri} label={t`Mã QR cho ứng dụng xác thực`} />
          <CopyField
            label={t`Khóa thiết lập`}
            hint={t`Để nhập tay khi không quét được.`}
            value={begin.data.secret}
          />
        </li>
        <li>
          <p>{t`Nhập mã 6 số mà ứng dụng đang hiện.`}</p>
          <CodeInput value={code} change={setCode} />
        </li>
      </ol>
      {confirm.error && (
        <Alert color="red" variant="light" role="alert">
          {problemText(confirm.error)}
        </Alert>
      )}
      <Button type="submit" size="md" loading={confirm.isPending}>
        {t`Bật xác thực hai lớp`}
      </Button>
    </form>
  );
}
