import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, call } from "../../api/client";
import { useProblemText } from "../../shared/useProblemText";
import { useTitle } from "../../shared/useTitle";
import { GatePage } from "../GatePage";
import { RecordingNotice } from "./RecordingNotice";
import { SignOutLink } from "./SignOutLink";
import { useGoOn } from "./useGoOn";

/** Who has not yet confirmed that chats at work are recorded does so before all else. */
export function RecordingPage() {
  const { t } = useLingui();
  const problemText = useProblemText();
  const goOn = useGoOn("/recording");
  const [confirmed, setConfirmed] = useState(false);
  const confirming = useMutation({
    mutationFn: () => call(api.POST("/api/account/recording-confirmation")),
    onSuccess: goOn,
  });
  useTitle(t`Trước khi bắt đầu`);
  return (
    <GatePage title={t`Trước khi bắt đầu`}>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (confirmed) confirming.mutate();
        }}
      >
        <Stack gap="md">
          <RecordingNotice checked={confirmed} change={setConfirmed} />
          {confirming.error && (
            <Alert color="red" variant="light" role="alert">
              {problemText(confirming.error)}
            </Alert>
          )}
          <Button type="submit" size="md" disabled={!confirmed} loading={confirming.isPending}>
            {t`Tiếp tục`}
          </Button>
          <SignOutLink />
        </Stack>
      </form>
    </GatePage>
  );
}
