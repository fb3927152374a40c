import { useLingui } from "@lingui/react/macro";
import { Alert, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Navigate, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ChannelAccountDetail } from "../../api/admin";
import { useCan } from "../../people/session";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { PageFrame } from "../../shared/ui/PageFrame";
import { Section, Sections } from "../../shared/ui/Section";
import { AccountCounts } from "../AccountCounts";
import { HealthNote } from "../HealthNote";
import { LivenessNote } from "../LivenessNote";
import { channelAccountQuery } from "../queries";
import { AccountActions } from "./AccountActions";
import { AdminSection } from "./AdminSection";
import classes from "./ChannelAccountPage.module.css";
import { ConnectionSection } from "./ConnectionSection";
import { GapSection } from "./GapSection";
import { LogSection } from "./LogSection";
import { ProfileSection } from "./ProfileSection";
import { QuotaSection } from "./QuotaSection";
import { SourceSection } from "./SourceSection";
import { SweepSection } from "./SweepSection";
import { TagSection } from "./TagSection";

const PATH = "/channel-accounts/$accountId";

/** Everything about one account, so that nobody needs the channel's own administration to know how it is. */
export function ChannelAccountPage() {
  const { t } = useLingui();
  const { accountId } = useParams({ from: `/app/admin${PATH}` });
  const query = useQuery(channelAccountQuery(accountId));
  const account = query.data;
  if (account?.channel === "zalo_personal")
    return <Navigate to="/personal-accounts/$accountId" params={{ accountId }} replace />;
  return (
    <PageFrame
      title={account?.name ?? t`Tài khoản kênh`}
      back={{ to: "/channel-accounts", label: t`Tài khoản kênh` }}
      {...(account && { actions: <AccountActions account={account} /> })}
    >
      {query.isPending && (
        <div role="status" aria-label={t`Đang tải tài khoản kênh`}>
          <Skeleton height={132} mb="md" />
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

function Whole({ account }: { account: ChannelAccountDetail }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const canManage = useCan("channel_account:manage");
  const { connected } = useSearch({ from: `/app/admin${PATH}` });
  const forget = () =>
    void navigate({ to: PATH, params: { accountId: account.id }, search: {}, replace: true });
  return (
    <>
      {connected && (
        <Alert
          color="green"
          variant="light"
          role="status"
          mb="md"
          title={t`Đã kết nối`}
          withCloseButton
          closeButtonLabel={t`Đóng`}
          onClose={forget}
        >
          {t`Tin của khách sẽ vào sổ từ bây giờ. Tin cũ mà Zalo còn giữ đang được đọc về.`}
        </Alert>
      )}
      <Sections>
        <Section title={t`Tình trạng`} wide>
          <div className={classes.state}>
            <div className={classes.notes}>
              <HealthNote account={account} />
              <LivenessNote liveness={account.liveness} />
            </div>
            <AccountCounts account={account} />
          </div>
        </Section>
        <ProfileSection account={account} />
        <div className={classes.stack}>
          <QuotaSection quotas={account.quotas} />
          <TagSection tags={account.tags} />
        </div>
        <SourceSection sources={account.follower_sources} />
        {canManage && <AdminSection accountId={account.id} />}
        <SweepSection account={account} />
        <GapSection gaps={account.gaps} />
        <ConnectionSection account={account} />
        <LogSection accountId={account.id} />
      </Sections>
    </>
  );
}
