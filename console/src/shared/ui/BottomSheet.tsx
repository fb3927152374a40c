import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./BottomSheet.module.css";
import { useCloseButton } from "./useCloseButton";

type Props = {
  title: string;
  close: () => void;
  withCloseButton?: boolean;
  classNames?: { header?: string | undefined; body?: string | undefined };
  children: ReactNode;
};

/** Comes up from below, on a phone, as high as what it holds. */
export function BottomSheet({ title, close, withCloseButton = true, classNames, children }: Props) {
  const closeButton = useCloseButton();
  return (
    <Drawer
      opened
      onClose={close}
      position="bottom"
      size="auto"
      title={title}
      withCloseButton={withCloseButton}
      closeButtonProps={closeButton}
      classNames={{ ...classNames, content: classes.sheet }}
    >
      {children}
    </Drawer>
  );
}
