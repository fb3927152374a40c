import { IconChevronLeft } from "@tabler/icons-react";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTitle } from "../useTitle";
import classes from "./PageFrame.module.css";

type Props = {
  title: string;
  lead?: string;
  /** The page above this one. */
  back?: { to: NonNullable<LinkProps["to"]>; label: string };
  actions?: ReactNode;
  children: ReactNode;
};

/** A page of its own width with a heading: everything but the inbox. */
export function PageFrame({ title, lead, back, actions, children }: Props) {
  useTitle(title);
  return (
    <main className={classes.page}>
      <div className={classes.inner}>
        {back && (
          <Link to={back.to} className={classes.back}>
            <IconChevronLeft size={16} stroke={1.75} aria-hidden />
            {back.label}
          </Link>
        )}
        <header className={classes.header}>
          <div>
            <h1 className={classes.title}>{title}</h1>
            {lead && <p className={classes.lead}>{lead}</p>}
          </div>
          {actions}
        </header>
        {children}
      </div>
    </main>
  );
}
