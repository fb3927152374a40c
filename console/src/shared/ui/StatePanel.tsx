import { Button } from "@mantine/core";
import type { ComponentType, ReactNode } from "react";
import classes from "./StatePanel.module.css";

type Props = {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  title: string;
  children?: ReactNode;
  action?: { label: string; onClick: () => void; loading?: boolean };
};

/** What stands where there is nothing to show: an empty state or an error, with the next step. */
export function StatePanel({ icon: Icon, title, children, action }: Props) {
  return (
    <div className={classes.root}>
      <span className={classes.icon} aria-hidden>
        <Icon size={26} stroke={1.5} />
      </span>
      <p className={classes.title}>{title}</p>
      {children && <div className={classes.body}>{children}</div>}
      {action && (
        <Button variant="default" size="sm" loading={action.loading ?? false} onClick={action.onClick}>
          {action.label}
        </Button>
      )}
    </div>
  );
}
