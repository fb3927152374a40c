import { useLingui } from "@lingui/react/macro";
import type { ConversationDetail } from "../../api/types";
import { ClaimButton } from "./ClaimButton";
import classes from "./ClaimStrip.module.css";

/** Above the composer: nobody has this customer yet. */
export function ClaimStrip({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useLingui();
  return (
    <div className={classes.root}>
      <p className={classes.words}>{t`Khách này chưa có người phụ trách.`}</p>
      <ClaimButton conversation={conversation} />
    </div>
  );
}
