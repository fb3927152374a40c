import { useMediaQuery } from "@mantine/hooks";

const read = { getInitialValueInEffect: false };

/** One pane at a time. The same number stands in the CSS modules. */
export function useIsPhone(): boolean {
  return useMediaQuery("(max-width: 767px)", false, read) ?? false;
}

/** Room for the customer panel beside the thread. */
export function useHasPanelRoom(): boolean {
  return useMediaQuery("(min-width: 1200px)", true, read) ?? true;
}

/** No mouse: Enter makes a new line there, as in every chat on a phone. */
export function useIsTouch(): boolean {
  return useMediaQuery("(hover: none) and (pointer: coarse)", false, read) ?? false;
}
