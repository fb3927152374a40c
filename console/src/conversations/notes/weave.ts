import type { Message } from "../../api/types";
import type { Note } from "../../api/visibility";

/**
 * The notes that belong beside what is loaded: while older messages are still to be read, those before the oldest loaded
 * one wait for them, or they would all stand together at the top.
 */
export function notesBeside(notes: readonly Note[], messages: readonly Message[], whole: boolean): Note[] {
  const oldest = messages[0];
  if (whole || !oldest) return [...notes];
  const from = Date.parse(oldest.sent_at);
  return notes.filter((note) => Date.parse(note.created_at) >= from);
}

/** Whether older notes must be read, so that none is missing between the loaded messages. */
export function wantsOlderNotes(
  notes: readonly Note[],
  messages: readonly Message[],
  whole: boolean,
): boolean {
  const first = notes[0];
  const oldest = messages[0];
  if (!first) return false;
  return whole || !oldest || Date.parse(first.created_at) > Date.parse(oldest.sent_at);
}
