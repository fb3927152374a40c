import { useCallback, useState } from "react";
import type { StaffRef } from "../../api/visibility";
import { local } from "../../shared/storage";
import { draftKey, useDraft } from "../composer/drafts";

function restore(key: string): StaffRef[] {
  try {
    const saved: unknown = JSON.parse(local.get(key) ?? "[]");
    return Array.isArray(saved) ? (saved as StaffRef[]) : [];
  } catch {
    return [];
  }
}

/** A note that was begun, and whom it names so far; kept apart from what is meant for the customer. */
export function useNoteDraft(personId: number, conversationId: number) {
  const { text, write, clear } = useDraft(personId, conversationId, "note");
  const key = draftKey(personId, conversationId, "note-mentions");
  const [chosen, setChosen] = useState(() => restore(key));
  const mention = useCallback(
    (person: StaffRef) => {
      const all = [...chosen.filter((one) => one.id !== person.id), person];
      setChosen(all);
      local.set(key, JSON.stringify(all));
    },
    [chosen, key],
  );
  const clearAll = useCallback(() => {
    clear();
    setChosen([]);
    local.set(key, null);
  }, [clear, key]);
  return { text, write, chosen, mention, clear: clearAll };
}

/** Whether a note was begun here. */
export function hasNoteDraft(personId: number, conversationId: number): boolean {
  return local.get(draftKey(personId, conversationId, "note")) !== null;
}
