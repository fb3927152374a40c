import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useIsPhone } from "../breakpoints";
import { useReturnFocus } from "../keyboard/useReturnFocus";
import { BottomSheet } from "./BottomSheet";
import { useCloseButton } from "./useCloseButton";

type Props = { title: string; size?: number; close: () => void; children: ReactNode };

/** A dialog in the middle of a screen; under the thumb on a phone. */
export function ModalOrSheet({ title, size = 460, close, children }: Props) {
  const phone = useIsPhone();
  const closeButton = useCloseButton();
  useReturnFocus();
  if (phone)
    return (
      <BottomSheet title={title} close={close}>
        {children}
      </BottomSheet>
    );
  return (
    <Modal opened onClose={close} title={title} size={size} closeButtonProps={closeButton}>
      {children}
    </Modal>
  );
}
