import { DEFAULT_ZONE, dayKey } from "../../shared/time/calendar";
import type { Message } from "../shared/api";

/** A message on the screen; `pending` while it is on its way, with what its picture looks like meanwhile. */
export type Shown = Message & { pending?: "sending" | "failed"; preview?: string };

export type Row =
  | { kind: "day"; key: string; at: number }
  /** `first` and `last` of what one side said without a pause: the face stands at the first, the hour at the last. */
  | { kind: "message"; key: string; message: Shown; first: boolean; last: boolean };

const PAUSE_MS = 5 * 60_000;

function together(one: Shown | undefined, other: Shown | undefined): boolean {
  if (!one || !other || one.src !== other.src) return false;
  if (one.src === 0 && one.author !== other.author) return false;
  return (
    Math.abs(other.time - one.time) < PAUSE_MS &&
    dayKey(one.time, DEFAULT_ZONE) === dayKey(other.time, DEFAULT_ZONE)
  );
}

export function timeline(messages: readonly Shown[]): Row[] {
  return messages.flatMap((message, at): Row[] => {
    const before = messages[at - 1];
    const day = dayKey(message.time, DEFAULT_ZONE);
    const row: Row = {
      kind: "message",
      key: message.msg_id,
      message,
      first: !together(before, message),
      last: !together(message, messages[at + 1]),
    };
    const newDay = !before || dayKey(before.time, DEFAULT_ZONE) !== day;
    return newDay ? [{ kind: "day", key: day, at: message.time }, row] : [row];
  });
}
