import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import type { Connection } from "../../api/admin";
import { CopyField } from "../../shared/ui/CopyField";
import classes from "./ConnectPage.module.css";

type Props = { prepared: Connection; leaving: boolean; leave: () => void };

/** What the app at Zalo has to know of us, and the way to Zalo's page of consent. */
export function ConsentStep({ prepared, leaving, leave }: Props) {
  const { t } = useLingui();
  return (
    <div className={classes.form}>
      <CopyField
        label={t`Webhook URL`}
        hint={t`Dán vào trang Webhook của ứng dụng, rồi bật mọi sự kiện.`}
        value={prepared.webhook_url}
      />
      <CopyField
        label={t`Callback URL`}
        hint={t`Dán vào mục Official Account của ứng dụng, ô Official Account Callback Url.`}
        value={prepared.redirect_uri}
      />
      <CopyField
        label={t`Code challenge`}
        hint={t`Dán vào ô Code Challenge cùng trang, rồi bấm lưu bên Zalo.`}
        value={prepared.code_challenge}
      />
      <p className={classes.note}>
        {t`Trang kế tiếp là của Zalo. Người bấm đồng ý phải là quản trị viên của OA. Xong, Zalo đưa bạn về lại đây.`}
      </p>
      <Button
        className={classes.submit}
        rightSection={<IconArrowRight size={16} />}
        loading={leaving}
        onClick={leave}
      >
        {t`Tới trang cấp quyền của Zalo`}
      </Button>
    </div>
  );
}
