import { useLingui } from "@lingui/react/macro";
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { formatNumber } from "../../../shared/time/calendar";
import { Count, Counts } from "../../../shared/ui/Counts";
import { ErrorPanel } from "../../../shared/ui/ErrorPanel";
import { PageFrame } from "../../../shared/ui/PageFrame";
import { Nothing, Section, Sections } from "../../../shared/ui/Section";
import { personalAccountQuery, privateQuery } from "../queries";
import type { PrivateExtent } from "../types";
import { PeopleSection } from "./PeopleSection";
import classes from "./Private.module.css";

/** The holder of an own SIM says who is work; others see how much that leaves out, and nothing else. */
export function PrivatePage() {
  const { t } = useLingui();
  const { accountId } = useParams({ from: "/app/admin/personal-accounts/$accountId/private" });
  const account = useQuery(personalAccountQuery(accountId));
  const extent = useQuery(privateQuery(accountId));
  const failed = account.data ? extent : account;
  const marks = extent.data?.can_mark;
  return (
    <PageFrame
      title={t`Công việc và riêng tư`}
      {...(account.data && { lead: account.data.name })}
      back={{ to: "/personal-accounts", label: t`Zalo cá nhân` }}
    >
      {failed.isPending && (
        <div role="status" aria-label={t`Đang tải phần riêng tư`}>
          <Skeleton height={120} mb="md" />
          <Skeleton height={320} />
        </div>
      )}
      {failed.isError && !failed.data && (
        <ErrorPanel error={failed.error} retry={() => void failed.refetch()} />
      )}
      {account.data && extent.data && (
        <Sections>
          <Explained sim={extent.data.sim} />
          {marks && <PeopleSection accountId={accountId} extent={extent.data} />}
          {extent.data.sim === "own" && <ExtentSection extent={extent.data} wide={!marks} />}
        </Sections>
      )}
    </PageFrame>
  );
}

function Explained({ sim }: { sim: PrivateExtent["sim"] }) {
  const { t } = useLingui();
  const lines =
    sim === "own"
      ? [
          t`Chỉ cuộc trò chuyện với người được đánh dấu là công việc mới được ghi lại và công ty đọc được.`,
          t`Với mọi người khác, hệ thống chỉ đếm số tin. Không lưu nội dung, không lưu tên.`,
          t`Đánh dấu có hiệu lực từ lúc bấm. Tin trước đó của một người mới đánh dấu không được lấy về.`,
        ]
      : [
          t`Số điện thoại thuộc công ty, nên mọi cuộc trò chuyện của tài khoản này đều được ghi lại.`,
          t`Việc riêng nên nhắn từ một tài khoản Zalo khác.`,
        ];
  return (
    <Section title={sim === "own" ? t`SIM riêng của nhân viên` : t`SIM công ty`} wide>
      <ul className={classes.lines}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Section>
  );
}

function ExtentSection({ extent, wide }: { extent: PrivateExtent; wide: boolean }) {
  const { t } = useLingui();
  const most = Math.max(1, ...extent.by_day.map((one) => one.messages));
  const date = (day: string) => day.split("-").slice(1).reverse().join("/");
  return (
    <Section
      title={t`Phần không ghi`}
      lead={t`Bao nhiêu cuộc trò chuyện và tin nhắn chỉ được đếm, không lưu.`}
      wide={wide}
    >
      <Counts>
        <Count name={t`Cuộc trò chuyện`}>{formatNumber(extent.threads)}</Count>
        <Count name={t`Tin nhắn`}>{formatNumber(extent.messages)}</Count>
      </Counts>
      {extent.by_day.length === 0 ? (
        <Nothing>{t`Chưa có tin nào bị để ngoài.`}</Nothing>
      ) : (
        <ul className={classes.days} aria-label={t`Tin không ghi theo ngày`}>
          {extent.by_day.map(({ day, messages }) => (
            <li key={day}>
              <span className={classes.day}>{date(day)}</span>
              <span className={classes.bar} style={{ width: `${(messages / most) * 100}%` }} aria-hidden />
              <span className={classes.count}>{formatNumber(messages)}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
