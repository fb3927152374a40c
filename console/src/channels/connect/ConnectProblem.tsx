import { useLingui } from "@lingui/react/macro";
import { Alert } from "@mantine/core";
import { useConnectProblem } from "./useConnectProblem";

/** Why one came back from the channel's page of consent without a connection. */
export function ConnectProblem({ slug, close }: { slug: string; close: () => void }) {
  const { t } = useLingui();
  const problem = useConnectProblem(slug);
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      mb="md"
      title={problem.title}
      withCloseButton
      closeButtonLabel={t`Đóng`}
      onClose={close}
    >
      {problem.text}
    </Alert>
  );
}
