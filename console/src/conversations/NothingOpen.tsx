import { Trans, useLingui } from "@lingui/react/macro";
import { Kbd } from "@mantine/core";
import { IconMessages } from "@tabler/icons-react";
import { StatePanel } from "../shared/ui/StatePanel";
import { useTitle } from "../shared/useTitle";
import classes from "./ConversationView.module.css";

export function NothingOpen() {
  const { t } = useLingui();
  useTitle(t`Hội thoại`);
  return (
    <main className={classes.view}>
      <StatePanel icon={IconMessages} title={t`Chọn một hội thoại để đọc`}>
        <Trans>
          Phím <Kbd>j</Kbd> <Kbd>k</Kbd> để đi trong danh sách, <Kbd>Enter</Kbd> để mở, <Kbd>?</Kbd> để xem
          mọi phím tắt.
        </Trans>
      </StatePanel>
    </main>
  );
}
