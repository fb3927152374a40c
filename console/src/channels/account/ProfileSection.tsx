import { useLingui } from "@lingui/react/macro";
import { IconRosetteDiscountCheck } from "@tabler/icons-react";
import type { ChannelAccountDetail } from "../../api/admin";
import { formatNumber } from "../../shared/time/calendar";
import { useDates } from "../../shared/time/useDates";
import { Face } from "../../shared/ui/Face";
import { Fact, Facts } from "../../shared/ui/Facts";
import { Nothing, Section } from "../../shared/ui/Section";
import classes from "./ProfileSection.module.css";

/** What the platform says of the account. */
export function ProfileSection({ account }: { account: ChannelAccountDetail }) {
  const { t } = useLingui();
  const dates = useDates();
  const { profile } = account;
  const fetched = profile ? dates.dateTime(profile.fetched_at) : "";
  return (
    <Section title={t`Hồ sơ`} {...(profile && { lead: t`Theo Zalo lúc ${fetched}` })}>
      <div className={classes.who}>
        <Face name={account.name} src={account.avatar_url} size={56} square />
        <div className={classes.words}>
          <p className={classes.name}>
            {account.name}
            {profile?.is_verified && (
              <span className={classes.verified}>
                <IconRosetteDiscountCheck size={16} stroke={1.75} aria-hidden />
                {t`Đã xác thực`}
              </span>
            )}
          </p>
          {profile?.category && <p className={classes.category}>{profile.category}</p>}
        </div>
      </div>
      {profile?.description && <p className={classes.description}>{profile.description}</p>}
      {profile ? (
        <Facts>
          {profile.follower_count !== null && (
            <Fact name={t`Người quan tâm`}>{formatNumber(profile.follower_count)}</Fact>
          )}
          <Fact name={t`Gói dịch vụ`}>{profile.package_name ?? t`Chưa có`}</Fact>
          {profile.package_until && <Fact name={t`Gói có hạn tới`}>{profile.package_until}</Fact>}
          {profile.zca_linked !== null && (
            <Fact name={t`Tài khoản Zalo Cloud`}>
              {profile.zca_linked ? t`Đã liên kết` : t`Chưa liên kết`}
            </Fact>
          )}
        </Facts>
      ) : (
        <Nothing>{t`Chưa đọc được hồ sơ từ Zalo. Hồ sơ được đọc mỗi ngày khi kết nối tốt.`}</Nothing>
      )}
    </Section>
  );
}
