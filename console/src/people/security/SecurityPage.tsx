import { useLingui } from "@lingui/react/macro";
import { Alert, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { PageFrame } from "../../shared/ui/PageFrame";
import { Section, Sections } from "../../shared/ui/Section";
import { useProblemText } from "../../shared/useProblemText";
import { allTokensQuery } from "../account/queries";
import { TokenList } from "../account/TokenList";
import { PolicyForm } from "./PolicyForm";
import { policyQuery } from "./queries";

/** What the company asks of everybody's sign-in, and every API token there is. */
export function SecurityPage() {
  const { t } = useLingui();
  const problemText = useProblemText();
  const policy = useQuery(policyQuery);
  const tokens = useQuery(allTokensQuery);
  const failed = (query: { error: unknown; data: unknown }) =>
    query.error != null &&
    !query.data && (
      <Alert color="red" variant="light" role="alert">
        {problemText(query.error)}
      </Alert>
    );
  return (
    <PageFrame title={t`Bảo mật`} lead={t`Ai phải đăng nhập hai lớp, và phần mềm nào đang dùng Sổ Khách.`}>
      <Sections>
        <Section wide title={t`Xác thực hai lớp`}>
          {policy.isPending && <Skeleton height={160} />}
          {failed(policy)}
          {policy.data && <PolicyForm now={policy.data.totp_roles} />}
        </Section>
        <Section
          wide
          title={t`Mã API của mọi người`}
          lead={t`Mỗi mã chỉ thấy và làm được những gì người tạo nó được phép.`}
        >
          {tokens.isPending && <Skeleton height={96} />}
          {failed(tokens)}
          {tokens.data && <TokenList tokens={tokens.data.items} all />}
        </Section>
      </Sections>
    </PageFrame>
  );
}
