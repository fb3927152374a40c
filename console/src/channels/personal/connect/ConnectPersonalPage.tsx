import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { StaffRef } from "../../../api/visibility";
import { useMe } from "../../../people/session";
import { ErrorPanel } from "../../../shared/ui/ErrorPanel";
import { PageFrame } from "../../../shared/ui/PageFrame";
import { useProblemText } from "../../../shared/useProblemText";
import steps from "../../connect/ConnectPage.module.css";
import { Step } from "../../connect/Step";
import { consentQuery, personalAccountQuery, useBeginLogin } from "../queries";
import type { PersonalAccountDetail, PersonalLogin, SimKind } from "../types";
import { usePersonalRights, usePersonalWords } from "../words";
import classes from "./Connect.module.css";
import { ConsentStep } from "./ConsentStep";
import { Done } from "./Done";
import { LoginCode } from "./LoginCode";
import { WhoStep } from "./WhoStep";

/** From who holds an account, by the notice of risks, to the code that their phone scans. */
export function ConnectPersonalPage() {
  const { account: accountId } = useSearch({ from: "/app/admin/personal-accounts/new" });
  return accountId === undefined ? <Connecting known={null} /> : <Again accountId={accountId} />;
}

/** A known account that has to be scanned again. */
function Again({ accountId }: { accountId: number }) {
  const { t } = useLingui();
  const query = useQuery(personalAccountQuery(accountId));
  if (query.data) return <Connecting known={query.data} />;
  return (
    <PageFrame title={t`Quét mã lại`} back={{ to: "/personal-accounts", label: t`Zalo cá nhân` }}>
      {query.isError ? (
        <ErrorPanel error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Skeleton height={320} role="status" aria-label={t`Đang tải tài khoản`} />
      )}
    </PageFrame>
  );
}

/** A kind that a newer server may name is treated as the one that captures less. */
export function simOf(sim: string): SimKind {
  return sim === "company" ? "company" : "own";
}

export type Who = { holder: StaffRef; sim: SimKind; proxy: string };

function Connecting({ known }: { known: PersonalAccountDetail | null }) {
  const { t } = useLingui();
  const me = useMe();
  const { manages } = usePersonalRights();
  const words = usePersonalWords();
  const problemText = useProblemText();
  const consent = useQuery(consentQuery);
  const begin = useBeginLogin();
  const [who, setWho] = useState<Who | null>(
    known ? { holder: known.holder, sim: simOf(known.sim), proxy: "" } : null,
  );
  const [login, setLogin] = useState<PersonalLogin | null>(null);
  const [done, setDone] = useState<PersonalLogin | null>(null);
  // Once agreed, the same words need not be agreed to again for the same account.
  const agreed =
    known?.consent && consent.data && known.consent.version === consent.data.version
      ? known.consent.at
      : null;
  const start = () => {
    if (!who) return;
    begin.mutate(
      {
        holder_id: who.holder.id,
        sim: who.sim,
        account_id: known?.id ?? null,
        consent: true,
        proxy: who.proxy.trim() || null,
      },
      { onSuccess: setLogin },
    );
  };
  return (
    <PageFrame
      title={known ? t`Quét mã lại: ${known.name}` : t`Kết nối Zalo cá nhân`}
      lead={
        known
          ? t`Đăng nhập lại đúng tài khoản này. Hội thoại và lịch sử được giữ nguyên.`
          : t`Ba bước, mất chừng một phút. Cần điện thoại đang đăng nhập Zalo của người giữ.`
      }
      back={{ to: "/personal-accounts", label: t`Zalo cá nhân` }}
    >
      {done ? (
        <Done login={done} sim={who?.sim ?? "company"} holder={who?.holder ?? { id: me.id, name: me.name }} />
      ) : (
        <ol className={steps.steps}>
          <Step number={1} title={t`Ai giữ tài khoản`} state={who ? "done" : "now"}>
            {who ? (
              <div className={steps.locked}>
                <p>{`${who.holder.name} · ${words.sims[who.sim].name}`}</p>
                {!known && !login && (
                  <Button variant="default" size="compact-md" onClick={() => setWho(null)}>
                    {t`Sửa`}
                  </Button>
                )}
              </div>
            ) : (
              <WhoStep manages={manages} submit={setWho} />
            )}
          </Step>
          <Step number={2} title={t`Đọc và đồng ý`} state={login ? "done" : who ? "now" : "later"}>
            {!who && <p className={steps.later}>{t`Những điều cần biết trước khi kết nối sẽ hiện ở đây.`}</p>}
            {who && login && (
              <p className={classes.plain}>{t`Đã ghi nhận sự đồng ý của ${who.holder.name}.`}</p>
            )}
            {who && !login && consent.isError && !consent.data && (
              <ErrorPanel error={consent.error} retry={() => void consent.refetch()} />
            )}
            {who && !login && consent.isPending && <Skeleton height={220} />}
            {who && !login && consent.data && (
              <>
                <ConsentStep
                  key={who.holder.id}
                  consent={consent.data}
                  holder={who.holder}
                  agreedAt={agreed}
                  busy={begin.isPending}
                  submit={start}
                />
                {begin.error && (
                  <Alert color="red" variant="light" role="alert" mt="md">
                    {problemText(begin.error)}
                  </Alert>
                )}
              </>
            )}
          </Step>
          <Step number={3} title={t`Quét mã bằng điện thoại`} state={login ? "now" : "later"}>
            {login ? (
              <LoginCode
                loginId={login.id}
                done={setDone}
                leave={() => {
                  setLogin(null);
                  begin.reset();
                }}
              />
            ) : (
              <p className={steps.later}>{t`Mã QR của Zalo sẽ hiện ở đây.`}</p>
            )}
          </Step>
        </ol>
      )}
    </PageFrame>
  );
}
