import type { ReactNode } from "react";
import type { Tag } from "../api/types";
import classes from "./TagChip.module.css";

type Props = { tag: Tag; small?: boolean; children?: ReactNode };

/** A tag in its colour; `children` is what one can do with it. */
export function TagChip({ tag, small = false, children }: Props) {
  return (
    <span className={classes.root} data-colour={tag.colour} data-small={small || undefined}>
      <span className={classes.name}>{tag.name}</span>
      {children}
    </span>
  );
}
