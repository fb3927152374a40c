import type { ReactNode } from "react";
import classes from "./CustomerCard.module.css";

/** One line of a list of facts: its name, and what is known. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
