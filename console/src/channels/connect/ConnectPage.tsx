import { useLingui } from "@lingui/react/macro";
import { Alert, Button } from "@mantine/core";
import { useState } from "react";
import type { Connection } from "../../api/admin";
import { PageFrame } from "../../shared/ui/PageFrame";
import { useProblemText } from "../../shared/useProblemText";
import { type Secrets, useConnect } from "../queries";
import { ConnectForm } from "./ConnectForm";
import classes from "./ConnectPage.module.css";
import { ConsentStep } from "./ConsentStep";
import { Preparation } from "./Preparation";
import { Step } from "./Step";

const EMPTY: Secrets = { app_id: "", app_secret: "", oa_secret: "" };

/** From the keys of an app at Zalo to the page on which the OA's administrator agrees. */
export function ConnectPage() {
  const { t } = useLingui();
  const connect = useConnect();
  const problemText = useProblemText();
  const [secrets, setSecrets] = useState(EMPTY);
  const [prepared, setPrepared] = useState<Connection | null>(null);
  const app = secrets.app_id.trim();
  const prepare = () => connect.mutate(secrets, { onSuccess: setPrepared });
  // A consent lives for minutes and copying into Zalo takes as many, so the browser leaves with a fresh one.
  const leave = () =>
    connect.mutate(secrets, { onSuccess: ({ authorize_url }) => window.location.assign(authorize_url) });
  const problem = connect.error && (
    <Alert color="red" variant="light" role="alert" mb="md">
      {problemText(connect.error)}
    </Alert>
  );
  return (
    <PageFrame
      title={t`Kết nối Zalo OA`}
      lead={t`Ba bước, làm một lần. Cần quyền quản trị ứng dụng ở trang nhà phát triển của Zalo.`}
      back={{ to: "/channel-accounts", label: t`Tài khoản kênh` }}
    >
      <ol className={classes.steps}>
        <Step number={1} title={t`Chuẩn bị ứng dụng trên Zalo`} state={prepared ? "done" : "now"}>
          <Preparation />
        </Step>
        <Step number={2} title={t`Nhập mã của ứng dụng`} state={prepared ? "done" : "now"}>
          {prepared ? (
            <div className={classes.locked}>
              <p>{t`Ứng dụng ${app}, cùng hai khóa bí mật.`}</p>
              <Button variant="default" size="compact-md" onClick={() => setPrepared(null)}>
                {t`Sửa`}
              </Button>
            </div>
          ) : (
            <>
              {problem}
              <ConnectForm secrets={secrets} change={setSecrets} busy={connect.isPending} submit={prepare} />
            </>
          )}
        </Step>
        <Step number={3} title={t`Khai báo địa chỉ và cấp quyền`} state={prepared ? "now" : "later"}>
          {prepared ? (
            <>
              {problem}
              <ConsentStep
                prepared={prepared}
                leave={leave}
                // It stays busy until the browser has left.
                leaving={connect.isPending || (connect.isSuccess && connect.data !== prepared)}
              />
            </>
          ) : (
            <p className={classes.later}>
              {t`Nhập mã xong, các địa chỉ cần khai báo với Zalo sẽ hiện ở đây.`}
            </p>
          )}
        </Step>
      </ol>
    </PageFrame>
  );
}
