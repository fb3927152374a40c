import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Rows.module.css";

type Props = { busy?: boolean; cards?: boolean; children: ReactNode };

/** Items in one frame, with a line between them. `cards`: on a phone each brings its own frame. */
export function Rows({ busy, cards = false, children }: Props) {
  return (
    <ul className={classes.rows} aria-busy={busy} data-cards={cards || undefined}>
      {children}
    </ul>
  );
}

/** What stands there until they have come. */
export function RowsSkeleton({ label, count, height }: { label: string; count: number; height: number }) {
  return (
    <div className={classes.skeleton} role="status" aria-label={label}>
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never move.
        <Skeleton key={row} height={height} />
      ))}
    </div>
  );
}
