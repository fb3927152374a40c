import type { ReactNode } from "react";
import classes from "./Counts.module.css";

/** Figures with their names, beside each other: as many as fit, or three in a `narrow` card. */
export function Counts({ narrow = false, children }: { narrow?: boolean; children: ReactNode }) {
  return (
    <dl className={classes.counts} data-narrow={narrow || undefined}>
      {children}
    </dl>
  );
}

type CountProps = { name: string; alarm?: boolean; children: ReactNode };

export function Count({ name, alarm = false, children }: CountProps) {
  return (
    <div className={classes.count} data-alarm={alarm || undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
