import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Skeleton } from "@mantine/core";
import { IconCircleCheck, IconRefresh } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useCan } from "../people/session";
import { ErrorPanel } from "../shared/ui/ErrorPanel";
import { MoreButton } from "../shared/ui/MoreButton";
import { PageFrame } from "../shared/ui/PageFrame";
import { StatePanel } from "../shared/ui/StatePanel";
import { useProblemText } from "../shared/useProblemText";
import { QuarantineCard } from "./QuarantineCard";
import classes from "./QuarantinePage.module.css";
import { quarantineQuery, useRetryAll } from "./queries";

export function QuarantinePage() {
  const { t } = useLingui();
  const query = useInfiniteQuery(quarantineQuery);
  const retryAll = useRetryAll();
  const canRetry = useCan("quarantine:retry");
  const problemText = useProblemText();
  const items = query.data?.pages.flatMap((page) => page.items);
  const total = query.data?.pages[0]?.total ?? 0;
  return (
    <PageFrame
      title={t`Tin chờ xử lý lỗi`}
      lead={t`Dữ liệu đã nhận từ kênh nhưng chưa đọc được. Nội dung gốc vẫn được giữ nguyên.`}
      actions={
        canRetry &&
        total > 0 && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} />}
            loading={retryAll.isPending}
            onClick={() => retryAll.mutate()}
          >
            {t`Thử lại tất cả`}
          </Button>
        )
      }
    >
      {retryAll.error && (
        <Alert color="red" variant="light" role="alert" mb="md">
          {problemText(retryAll.error)}
        </Alert>
      )}
      {query.isPending && (
        <div className={classes.list} role="status" aria-label={t`Đang tải tin chờ xử lý lỗi`}>
          <Skeleton height={96} />
          <Skeleton height={96} />
          <Skeleton height={96} />
        </div>
      )}
      {query.isError && !items && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {items?.length === 0 && (
        <StatePanel icon={IconCircleCheck} title={t`Không có tin nào chờ xử lý lỗi`}>
          {t`Mọi dữ liệu nhận được đều đã vào sổ.`}
        </StatePanel>
      )}
      {items && items.length > 0 && (
        <>
          <p className={classes.total}>{t`${plural(total, { one: "# tin", other: "# tin" })}`}</p>
          <ul className={classes.list}>
            {items.map((item) => (
              <li key={item.id}>
                <QuarantineCard item={item} canRetry={canRetry} />
              </li>
            ))}
          </ul>
          <MoreButton query={query} mt={16} />
        </>
      )}
    </PageFrame>
  );
}
