import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { ChannelLimit } from "../../api/admin";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import { formatNumber } from "../../shared/time/calendar";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import { useProblemText } from "../../shared/useProblemText";
import classes from "./ChannelLimitsPage.module.css";
import { useChangeLimit } from "./queries";
import { useLimitValue } from "./useLimitValue";

/** A whole number as people here write it: "1.048.576". Null when it is none. */
export function wholeNumber(text: string): number | null {
  const digits = text.replace(/[.\s]/g, "");
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

export function LimitDialog({ limit, close }: { limit: ChannelLimit; close: () => void }) {
  const { t } = useLingui();
  const closeButton = useCloseButton();
  useReturnFocus();
  const problemText = useProblemText();
  const shown = useLimitValue();
  const change = useChangeLimit(limit.key);
  const [text, setText] = useState(formatNumber(limit.value));
  const value = wholeNumber(text);
  const [least, most] = [formatNumber(limit.least), formatNumber(limit.most)];
  const fits = value !== null && value >= limit.least && value <= limit.most;
  const standard = shown(limit, limit.default_value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (fits) change.mutate(value, { onSuccess: close });
  };
  return (
    <Modal opened onClose={close} title={limit.text} closeButtonProps={closeButton}>
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          label={t`Giá trị mới (${limit.unit_text})`}
          description={t`Từ ${least} tới ${most}. Mặc định: ${standard}.`}
          inputMode="numeric"
          autoComplete="off"
          data-autofocus
          value={text}
          error={fits ? null : t`Hãy nhập một số nguyên từ ${least} tới ${most}.`}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {change.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(change.error)}
          </Alert>
        )}
        <div className={classes.actions}>
          {limit.changed_at && (
            <Button
              variant="default"
              disabled={change.isPending}
              onClick={() => change.mutate(null, { onSuccess: close })}
            >
              {t`Về mặc định`}
            </Button>
          )}
          <Button type="submit" disabled={!fits} loading={change.isPending}>
            {t`Lưu`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
