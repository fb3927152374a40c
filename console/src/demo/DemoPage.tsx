import { useLingui } from "@lingui/react/macro";
import { Button, Skeleton } from "@mantine/core";
import { IconCircleCheck, IconDeviceMobile, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Demo } from "../api/admin";
import { formatNumber } from "../shared/time/calendar";
import { useDates } from "../shared/time/useDates";
import { ErrorPanel } from "../shared/ui/ErrorPanel";
import { PageFrame } from "../shared/ui/PageFrame";
import { Nothing, Section, Sections } from "../shared/ui/Section";
import { StatePanel } from "../shared/ui/StatePanel";
import { ClearDialog } from "./ClearDialog";
import { DemoCounts } from "./DemoCounts";
import classes from "./DemoPage.module.css";
import { watchedDemoQuery } from "./queries";

/** What the demo is, and the one button that takes all of it away. */
export function DemoPage() {
  const { t } = useLingui();
  const query = useQuery(watchedDemoQuery);
  const navigate = useNavigate();
  const demo = query.data;
  const gone = demo?.state === "none" || demo?.state === "cleared";
  return (
    <PageFrame
      title={t`Dữ liệu mẫu`}
      lead={t`Công ty Minh Long và khách hàng của công ty chỉ có trong bản chạy thử, trên một Zalo mô phỏng.`}
    >
      {query.isPending && (
        <div role="status" aria-label={t`Đang tải dữ liệu mẫu`}>
          <Skeleton height={240} />
        </div>
      )}
      {query.isError && !demo && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {demo && gone && (
        <StatePanel
          icon={IconCircleCheck}
          title={demo.state === "cleared" ? t`Đã xóa xong dữ liệu mẫu` : t`Không có dữ liệu mẫu`}
          action={{
            label: t`Kết nối Zalo OA`,
            onClick: () => void navigate({ to: "/channel-accounts/new" }),
          }}
        >
          {t`Bước tiếp theo: khởi động lại Sổ Khách với --no-demo, rồi kết nối Zalo OA thật của công ty.`}
        </StatePanel>
      )}
      {demo && !gone && <Standing demo={demo} />}
    </PageFrame>
  );
}

function Standing({ demo }: { demo: Demo }) {
  const { t } = useLingui();
  const dates = useDates();
  const [asking, setAsking] = useState(false);
  const since = demo.since ? dates.dateTime(demo.since) : "";
  const pending = formatNumber(demo.pending_count);
  return (
    <>
      <Sections>
        <Section title={t`Có những gì`} wide>
          <p className={classes.state} role="status">
            {demo.state === "preparing" &&
              (demo.pending_count > 0
                ? t`Đang nạp hội thoại những tuần trước, còn ${pending} mục.`
                : t`Đang dựng dữ liệu mẫu.`)}
            {demo.state === "running" &&
              t`Có từ ${since}. Khách đang nhắn, đồng nghiệp mô phỏng trả lời một phần.`}
            {demo.state === "clearing" && t`Đang xóa. Còn lại những mục dưới đây.`}
          </p>
          <DemoCounts demo={demo} />
        </Section>
        {demo.state !== "clearing" && (
          <>
            <Section
              title={t`Nhắn thử như một khách hàng`}
              lead={t`Mở điện thoại của khách ở một cửa sổ khác, nhắn tới công ty và xem tin hiện trong hộp thư.`}
            >
              <Phones demo={demo} />
            </Section>
            <Section
              title={t`Bắt đầu với dữ liệu thật`}
              lead={t`Xóa sạch dữ liệu mẫu khi bạn đã xem đủ. Những gì không thuộc dữ liệu mẫu được giữ nguyên.`}
            >
              <Button
                color="red"
                variant="light"
                className={classes.clear}
                leftSection={<IconTrash size={16} stroke={1.75} />}
                onClick={() => setAsking(true)}
              >
                {t`Xóa dữ liệu mẫu`}
              </Button>
            </Section>
          </>
        )}
      </Sections>
      {asking && <ClearDialog demo={demo} close={() => setAsking(false)} />}
    </>
  );
}

function Phones({ demo }: { demo: Demo }) {
  const { t } = useLingui();
  const reachable = demo.accounts.filter(({ phone_url }) => phone_url !== null);
  if (reachable.length === 0) {
    return <Nothing>{t`Zalo mô phỏng chưa chạy. Hãy khởi động Sổ Khách với --demo.`}</Nothing>;
  }
  return (
    <ul className={classes.phones}>
      {reachable.map(({ id, name, phone_url }) => (
        <li key={id}>
          <Button
            component="a"
            variant="default"
            className={classes.phone}
            leftSection={<IconDeviceMobile size={16} stroke={1.6} />}
            href={phone_url ?? ""}
            target="_blank"
            rel="noreferrer"
          >
            {name}
          </Button>
        </li>
      ))}
    </ul>
  );
}
