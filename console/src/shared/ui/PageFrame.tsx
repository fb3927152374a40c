import type { ReactNode } from "react";
import { useTitle } from "../useTitle";
import classes from "./PageFrame.module.css";

type Props = { title: string; lead: string; actions?: ReactNode; children: ReactNode };

/** A page of its own width with a heading: everything but the inbox. */
export function PageFrame({ title, lead, actions, children }: Props) {
  useTitle(title);
  return (
    <main className={classes.page}>
      <div className={classes.inner}>
        <header className={classes.header}>
          <div>
            <h1 className={classes.title}>{title}</h1>
            <p className={classes.lead}>{lead}</p>
          </div>
          {actions}
        </header>
        {children}
      </div>
    </main>
  );
}
