import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Skeleton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { PageFrame } from "../../shared/ui/PageFrame";
import { Section, Sections } from "../../shared/ui/Section";
import { useProblemText } from "../../shared/useProblemText";
import { AddTokenDialog } from "./AddTokenDialog";
import { DeviceList } from "./DeviceList";
import { PasswordSection } from "./PasswordSection";
import { tokensQuery } from "./queries";
import { SecondFactorSection } from "./SecondFactorSection";
import { TokenList } from "./TokenList";

/** What protects one's own account, and who else may act in one's name. */
export function AccountPage() {
  const { t } = useLingui();
  return (
    <PageFrame
      title={t`Tài khoản và bảo mật`}
      lead={t`Mật khẩu, xác thực hai lớp, các máy đang đăng nhập và mã API của bạn.`}
    >
      <Sections>
        <PasswordSection />
        <SecondFactorSection />
        <Section
          wide
          title={t`Máy đang đăng nhập`}
          lead={t`Thấy máy lạ thì đăng xuất máy đó và đổi mật khẩu ngay.`}
        >
          <DeviceList staffId={null} />
        </Section>
        <TokensSection />
      </Sections>
    </PageFrame>
  );
}

function TokensSection() {
  const { t } = useLingui();
  const problemText = useProblemText();
  const query = useQuery(tokensQuery);
  const [adding, setAdding] = useState(false);
  return (
    <Section
      wide
      title={t`Mã API`}
      lead={t`Để phần mềm khác làm việc với Sổ Khách thay bạn.`}
      actions={
        query.data && (
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
            {t`Tạo mã API`}
          </Button>
        )
      }
    >
      {query.isPending && <Skeleton height={64} />}
      {query.isError && !query.data && (
        <Alert color="red" variant="light" role="alert">
          {problemText(query.error)}
        </Alert>
      )}
      {query.data && <TokenList tokens={query.data.items} />}
      {adding && query.data && <AddTokenDialog scopes={query.data.scopes} close={() => setAdding(false)} />}
    </Section>
  );
}
