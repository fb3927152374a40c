import { useLingui } from "@lingui/react/macro";
import { IconCloudOff, IconLock } from "@tabler/icons-react";
import { Problem } from "../../api/problem";
import { useProblemText } from "../useProblemText";
import { StatePanel } from "./StatePanel";

export function ErrorPanel({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useLingui();
  const problemText = useProblemText();
  if (error instanceof Problem && error.status === 403 && error.title) {
    return (
      <StatePanel icon={IconLock} title={error.title}>
        {error.detail}
      </StatePanel>
    );
  }
  return (
    <StatePanel icon={IconCloudOff} title={t`Chưa tải được`} action={{ label: t`Thử lại`, onClick: retry }}>
      {problemText(error)}
    </StatePanel>
  );
}
