import { useLingui } from "@lingui/react/macro";
import { Button, Skeleton } from "@mantine/core";
import { IconPencil, IconUserSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { phoneInWords } from "../../../customers/phones";
import { ErrorPanel } from "../../../shared/ui/ErrorPanel";
import { Face } from "../../../shared/ui/Face";
import { PageFrame } from "../../../shared/ui/PageFrame";
import { Sections } from "../../../shared/ui/Section";
import { StoppedBanner } from "../board/KillSwitch";
import { FindByPhoneDialog } from "../friends/FindByPhoneDialog";
import { RequestSection } from "../friends/RequestSection";
import { personalAccountQuery, personalAccountsQuery } from "../queries";
import type { PersonalAccountDetail } from "../types";
import { usePersonalRights, usePersonalWords } from "../words";
import classes from "./Account.module.css";
import { CapSection } from "./CapSection";
import { ChangeDialog } from "./ChangeDialog";
import { CompletenessSection } from "./CompletenessSection";
import { ConsentSection } from "./ConsentSection";
import { FrameSection } from "./FrameSection";
import { PrivateSection } from "./PrivateSection";
import { SpanSection } from "./SpanSection";
import { StateSection } from "./StateSection";

/** Everything about one personal account: how it is, how to bring it back, what is missing, and why. */
export function PersonalAccountPage() {
  const { t } = useLingui();
  const { accountId } = useParams({ from: "/app/admin/personal-accounts/$accountId" });
  const query = useQuery(personalAccountQuery(accountId));
  const stopped = useQuery(personalAccountsQuery).data?.stopped ?? null;
  const account = query.data;
  return (
    <PageFrame
      title={account?.name ?? t`Tài khoản Zalo cá nhân`}
      back={{ to: "/personal-accounts", label: t`Zalo cá nhân` }}
      {...(account && { actions: <Actions account={account} /> })}
    >
      {stopped && <StoppedBanner stopped={stopped} />}
      {query.isPending && (
        <div role="status" aria-label={t`Đang tải tài khoản`}>
          <Skeleton height={56} mb="md" />
          <Skeleton height={160} mb="md" />
          <Sections>
            <Skeleton height={240} />
            <Skeleton height={240} />
          </Sections>
        </div>
      )}
      {query.isError && !account && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {account && <Whole account={account} />}
    </PageFrame>
  );
}

function Actions({ account }: { account: PersonalAccountDetail }) {
  const { t } = useLingui();
  const { manages, returns } = usePersonalRights();
  const [dialog, setDialog] = useState<"change" | "find" | null>(null);
  const close = () => setDialog(null);
  return (
    <div className={classes.actions}>
      {returns(account) && (
        <Button
          variant="default"
          leftSection={<IconUserSearch size={16} stroke={1.6} />}
          onClick={() => setDialog("find")}
        >
          {t`Tìm theo số điện thoại`}
        </Button>
      )}
      {manages && (
        <Button
          variant="default"
          leftSection={<IconPencil size={16} stroke={1.6} />}
          onClick={() => setDialog("change")}
        >
          {t`Đổi người giữ, loại SIM`}
        </Button>
      )}
      {dialog === "change" && <ChangeDialog account={account} close={close} />}
      {dialog === "find" && <FindByPhoneDialog account={account} close={close} />}
    </div>
  );
}

function Whole({ account }: { account: PersonalAccountDetail }) {
  const { t } = useLingui();
  const words = usePersonalWords();
  const { returns } = usePersonalRights();
  const facts = [
    account.phone ? phoneInWords(account.phone) : account.uid,
    words.sim(account.sim),
    t`Người giữ: ${account.holder.name}`,
    account.proxy ? t`Đi qua proxy riêng` : null,
  ];
  return (
    <>
      <div className={classes.who}>
        <Face name={account.name} src={account.avatar_url} size={48} />
        <p>{facts.filter(Boolean).join(" · ")}</p>
      </div>
      <Sections>
        <StateSection account={account} />
        {returns(account) && <RequestSection account={account} />}
        <CompletenessSection account={account} />
        <CapSection account={account} />
        <SpanSection account={account} />
        <div className={classes.stack}>
          <PrivateSection account={account} />
          <ConsentSection account={account} />
        </div>
        <FrameSection account={account} />
      </Sections>
    </>
  );
}
