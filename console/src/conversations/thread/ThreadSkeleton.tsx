import { useLingui } from "@lingui/react/macro";
import { Skeleton } from "@mantine/core";
import classes from "./ThreadSkeleton.module.css";

const SHAPES = [
  { side: "in", width: 220, height: 38 },
  { side: "in", width: 300, height: 58 },
  { side: "out", width: 260, height: 38 },
  { side: "in", width: 180, height: 38 },
  { side: "out", width: 320, height: 58 },
] as const;

export function ThreadSkeleton() {
  const { t } = useLingui();
  return (
    <div className={classes.root} role="status" aria-label={t`Đang tải tin nhắn`}>
      {SHAPES.map((shape) => (
        <Skeleton
          key={shape.width}
          className={classes.bubble}
          data-side={shape.side}
          height={shape.height}
          width={shape.width}
          radius="lg"
        />
      ))}
    </div>
  );
}
