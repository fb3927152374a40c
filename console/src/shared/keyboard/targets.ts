export const COMPOSER_ID = "composer";
export const NOTE_ID = "note-composer";
export const SEARCH_ID = "list-search";

function focusById(id: string): boolean {
  const input = document.getElementById(id);
  input?.focus();
  return input !== null;
}

export function focusComposer(): boolean {
  return focusById(COMPOSER_ID);
}

export function focusNote(): boolean {
  return focusById(NOTE_ID);
}

export function focusSearch(): boolean {
  return focusById(SEARCH_ID);
}

/** Puts the focus on a conversation's row, if it is on the screen. */
export function focusRow(conversationId: number): boolean {
  const row = document.querySelector<HTMLElement>(`[data-conversation="${conversationId}"]`);
  row?.focus({ preventScroll: true });
  return row !== null;
}
