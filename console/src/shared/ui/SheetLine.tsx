import { UnstyledButton } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./SheetLine.module.css";

/** Something to do, in a sheet under the thumb. */
export function SheetLine({
  icon: Shown,
  press,
  children,
}: {
  icon: Icon;
  press: () => void;
  children: ReactNode;
}) {
  return (
    <UnstyledButton className={classes.line} onClick={press}>
      <Shown size={20} stroke={1.75} aria-hidden />
      {children}
    </UnstyledButton>
  );
}
