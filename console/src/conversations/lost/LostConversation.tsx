import { useLingui } from "@lingui/react/macro";
import { IconMessageOff } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { View } from "../../api/types";
import { useIsPhone } from "../../shared/breakpoints";
import { StatePanel } from "../../shared/ui/StatePanel";
import { useTitle } from "../../shared/useTitle";
import classes from "../ConversationView.module.css";
import { useLost, useLostReason } from "./useLost";

/** Where a thread was that its reader may not see any more. A phone goes back to the list, which says why. */
export function LostConversation({ id, view }: { id: number; view: View }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const phone = useIsPhone();
  const lost = useLost();
  const reason = useLostReason(id);
  const title = t`Hội thoại này không còn trong phạm vi của bạn`;
  useTitle(t`Hội thoại`);
  useEffect(() => () => lost.remove(id), [lost, id]);
  useEffect(() => {
    if (!phone) return;
    lost.setNotice(reason ?? title);
    void navigate({ to: "/conversations", search: { view }, replace: true });
  }, [phone, lost, reason, title, navigate, view]);
  return (
    <main className={classes.view}>
      <div className={classes.lost} role="status">
        <StatePanel icon={IconMessageOff} title={reason ?? title}>
          {t`Khách đã có người khác phụ trách, hoặc thời hạn chia sẻ đã hết. Những gì bạn ghi và gửi vẫn còn trong hội thoại.`}
        </StatePanel>
      </div>
    </main>
  );
}
