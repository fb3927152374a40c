import { useLingui } from "@lingui/react/macro";
import { Skeleton } from "@mantine/core";
import classes from "./ListSkeleton.module.css";

const ROWS = [62, 48, 71, 55, 66, 44, 58, 69];

/** Keeps the layout of the list while its first page loads. */
export function ListSkeleton() {
  const { t } = useLingui();
  return (
    <div className={classes.root} role="status" aria-label={t`Đang tải hội thoại`}>
      {ROWS.map((width) => (
        <div key={width} className={classes.row}>
          <Skeleton circle height={40} />
          <div className={classes.text}>
            <Skeleton height={10} width={`${width}%`} />
            <Skeleton height={9} width={`${width + 18}%`} />
          </div>
        </div>
      ))}
    </div>
  );
}
