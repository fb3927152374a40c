import { type ReactNode, useId } from "react";
import classes from "./Section.module.css";

type Props = { title: string; lead?: string; actions?: ReactNode; wide?: boolean; children: ReactNode };

/** A card of a page with its own heading. `wide` takes the whole row of a `Sections` grid. */
export function Section({ title, lead, actions, wide = false, children }: Props) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id} data-wide={wide || undefined}>
      <header className={classes.header}>
        <div>
          <h2 id={id} className={classes.title}>
            {title}
          </h2>
          {lead && <p className={classes.lead}>{lead}</p>}
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}

export function Sections({ children }: { children: ReactNode }) {
  return <div className={classes.sections}>{children}</div>;
}

/** What stands in a section that has nothing to show yet. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className={classes.nothing}>{children}</p>;
}
