export const COMPOSER_ID = "composer";

export function focusComposer(): boolean {
  const input = document.getElementById(COMPOSER_ID);
  input?.focus();
  return input !== null;
}

/** Puts the focus on a conversation's row, if it is on the screen. */
export function focusRow(conversationId: number): boolean {
  const row = document.querySelector<HTMLElement>(`[data-conversation="${conversationId}"]`);
  row?.focus({ preventScroll: true });
  return row !== null;
}
