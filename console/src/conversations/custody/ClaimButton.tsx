import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconHandGrab } from "@tabler/icons-react";
import type { ConversationDetail } from "../../api/types";
import { useProblemText } from "../../shared/useProblemText";
import classes from "./ClaimButton.module.css";
import { useClaim } from "./queries";

type Props = { conversation: ConversationDetail; label?: string };

/** One press, and the customer is mine; or why not. */
export function ClaimButton({ conversation, label }: Props) {
  const { t } = useLingui();
  const claim = useClaim(conversation);
  const problemText = useProblemText();
  return (
    <div className={classes.root}>
      <Button
        className={classes.button}
        leftSection={<IconHandGrab size={18} stroke={1.75} aria-hidden />}
        loading={claim.isPending}
        onClick={() => claim.mutate()}
      >
        {label ?? t`Nhận khách`}
      </Button>
      {claim.error && (
        <p className={classes.problem} role="alert">
          {problemText(claim.error)}
        </p>
      )}
    </div>
  );
}
