import { useLingui } from "@lingui/react/macro";
import { useCallback } from "react";
import { useToast } from "./toast";

export type Attempt = (deed: () => Promise<unknown>) => Promise<void>;

/** Does something, says when it failed, and reads again how things stand. */
export function useAttempt(again: () => void): Attempt {
  const { t } = useLingui();
  const say = useToast();
  return useCallback(
    async (deed) => {
      try {
        await deed();
      } catch {
        say(t`Chưa thực hiện được. Hãy thử lại.`);
      }
      again();
    },
    [again, say, t],
  );
}
