import { useLingui } from "@lingui/react/macro";
import { Alert, Button } from "@mantine/core";
import { useState } from "react";
import type { ApiToken } from "../../api/account";
import { useNow } from "../../shared/time/ticker";
import { useDates } from "../../shared/time/useDates";
import { ConfirmDialog } from "../../shared/ui/ConfirmDialog";
import { Nothing } from "../../shared/ui/Section";
import { useProblemText } from "../../shared/useProblemText";
import { useRevokeToken } from "./queries";
import { scopeName } from "./scopes";
import classes from "./TokenList.module.css";

type Props = { tokens: readonly ApiToken[] /** Of everybody, with whose each is. */; all?: boolean };

export function TokenList({ tokens, all = false }: Props) {
  const { t } = useLingui();
  const problemText = useProblemText();
  const [asked, setAsked] = useState<ApiToken | null>(null);
  const revoking = useRevokeToken(all);
  const name = asked?.name ?? "";
  const stop = () => {
    setAsked(null);
    revoking.reset();
  };
  if (tokens.length === 0) return <Nothing>{t`Chưa có mã API nào.`}</Nothing>;
  return (
    <>
      {revoking.error && !asked && (
        <Alert color="red" variant="light" role="alert">
          {problemText(revoking.error)}
        </Alert>
      )}
      <ul className={classes.tokens}>
        {tokens.map((token) => (
          <li key={token.id}>
            <TokenRow token={token} owner={all} revoke={() => setAsked(token)} />
          </li>
        ))}
      </ul>
      {asked && (
        <ConfirmDialog
          title={t`Thu hồi ${name}`}
          text={t`Chương trình đang dùng mã này bị chặn ngay và không khôi phục được. Cần dùng lại thì tạo mã mới.`}
          action={t`Thu hồi`}
          danger
          busy={revoking.isPending}
          error={revoking.error}
          confirm={() => revoking.mutate(asked.id, { onSuccess: stop })}
          close={stop}
        />
      )}
    </>
  );
}

type RowProps = { token: ApiToken; owner: boolean; revoke: () => void };

function TokenRow({ token, owner, revoke }: RowProps) {
  const { t, i18n } = useLingui();
  const dates = useDates();
  const now = useNow();
  const { name } = token;
  const until = dates.date(token.expires_at);
  const revoked = token.revoked_at ? dates.date(token.revoked_at) : null;
  const used = token.last_used_at ? dates.since(token.last_used_at, now) : null;
  const over = Date.parse(token.expires_at) <= now;
  const scopes = token.scopes.map((scope) => {
    const words = scopeName(scope);
    return words ? i18n._(words) : scope;
  });
  const state = revoked ? t`Đã thu hồi ${revoked}` : over ? t`Hết hạn ${until}` : t`Đến ${until}`;
  return (
    <article className={classes.row} data-ended={revoked !== null || over || undefined}>
      <div className={classes.words}>
        <h3 className={classes.name}>
          {name} <code translate="no">{token.hint}…</code>
        </h3>
        {owner && (
          <p className={classes.owner}>
            {token.staff.name} <span translate="no">{token.staff.code}</span>
          </p>
        )}
        <p className={classes.facts}>{scopes.join(" · ")}</p>
        <p className={classes.facts}>
          {state}
          <span aria-hidden>{" · "}</span>
          {used ? t`dùng lần cuối ${used}` : t`chưa dùng lần nào`}
        </p>
      </div>
      {!revoked && !over && (
        <Button variant="default" size="xs" aria-label={t`Thu hồi ${name}`} onClick={revoke}>
          {t`Thu hồi`}
        </Button>
      )}
    </article>
  );
}
