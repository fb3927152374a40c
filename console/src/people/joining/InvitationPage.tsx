import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Skeleton, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, call } from "../../api/client";
import { useDates } from "../../shared/time/useDates";
import { useProblemText } from "../../shared/useProblemText";
import { useTitle } from "../../shared/useTitle";
import { GatePage } from "../GatePage";
import classes from "../GatePage.module.css";
import { sessionQuery } from "../session";
import { NewPassword } from "./NewPassword";
import { passwordRules } from "./passwordRules";
import { RecordingNotice } from "./RecordingNotice";

type Invitation = { name: string; login: string; invited_by: string | null; expires_at: string };

/** Where an invitation leads: who it is for, a password of one's own, and what everybody here must know. */
export function InvitationPage() {
  const { t } = useLingui();
  const { token = "" } = useSearch({ from: "/invitation" });
  const problemText = useProblemText();
  const query = useQuery({
    queryKey: ["invitation", token],
    queryFn: ({ signal }) => call(api.GET("/api/invitation", { params: { query: { token } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useTitle(t`Lời mời`);
  const invitation = query.data;
  if (invitation) return <Accept invitation={invitation} token={token} />;
  return (
    <GatePage title={query.isError ? t`Chưa mở được lời mời` : t`Lời mời`}>
      {query.isPending && (
        <div role="status" aria-label={t`Đang mở lời mời`}>
          <Skeleton height={220} />
        </div>
      )}
      {query.isError && (
        <Stack gap="md">
          <Alert color="red" variant="light" role="alert">
            {problemText(query.error)}
          </Alert>
          <Button size="md" variant="default" renderRoot={(props) => <Link to="/sign-in" {...props} />}>
            {t`Tới trang đăng nhập`}
          </Button>
        </Stack>
      )}
    </GatePage>
  );
}

function Accept({ invitation, token }: { invitation: Invitation; token: string }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const router = useRouter();
  const dates = useDates();
  const problemText = useProblemText();
  const [password, setPassword] = useState("");
  const [confirmed, setConfirmed] = useState(false);
  const accept = useMutation({
    mutationFn: () =>
      call(api.POST("/api/invitation", { body: { token, password, recording_confirmed: confirmed } })),
    onSuccess: (me) => {
      client.setQueryData(sessionQuery.queryKey, me);
      router.history.replace("/");
    },
  });
  const { name, login, invited_by: by } = invitation;
  const until = dates.dateTime(invitation.expires_at);
  const ready = confirmed && passwordRules(password, login).every((one) => one.kept);
  return (
    <GatePage title={t`Chào ${name}`}>
      <p className={classes.intro}>
        {by
          ? t`${by} mời bạn dùng Sổ Khách, nơi công ty chăm sóc khách hàng. Hãy đặt mật khẩu trước ${until}.`
          : t`Bạn được mời dùng Sổ Khách, nơi công ty chăm sóc khách hàng. Hãy đặt mật khẩu trước ${until}.`}
      </p>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (ready) accept.mutate();
        }}
      >
        <Stack gap="md">
          {/* Read only: password managers keep it with the password. */}
          <input type="text" hidden readOnly autoComplete="username" value={login} />
          <p className={classes.login}>
            {t`Tên đăng nhập`} <strong translate="no">{login}</strong>
          </p>
          <NewPassword label={t`Mật khẩu`} value={password} change={setPassword} login={login} />
          <RecordingNotice checked={confirmed} change={setConfirmed} />
          {accept.error && (
            <Alert color="red" variant="light" role="alert">
              {problemText(accept.error)}
            </Alert>
          )}
          <Button type="submit" size="md" disabled={!ready} loading={accept.isPending}>
            {t`Vào Sổ Khách`}
          </Button>
        </Stack>
      </form>
    </GatePage>
  );
}
