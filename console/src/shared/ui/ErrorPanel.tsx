import { useLingui } from "@lingui/react/macro";
import { IconCloudOff } from "@tabler/icons-react";
import { useProblemText } from "../useProblemText";
import { StatePanel } from "./StatePanel";

export function ErrorPanel({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useLingui();
  const problemText = useProblemText();
  return (
    <StatePanel icon={IconCloudOff} title={t`Chưa tải được`} action={{ label: t`Thử lại`, onClick: retry }}>
      {problemText(error)}
    </StatePanel>
  );
}
