import type { Gap, Message } from "../../api/types";
import type { Note } from "../../api/visibility";
import { dayKey } from "../../shared/time/calendar";
import type { Pending } from "../outbox/outbox";
import { type PendingPart, partsOf } from "../outbox/parts";

const RUN_GAP_MS = 5 * 60_000;

export type BubbleEntry = {
  kind: "bubble";
  /** Stays the same when the server's message takes the place of the pending one. */
  key: string;
  source: { message: Message } | { pending: PendingPart };
  /** Pictures that came one message after another, and stand together: all of them, `source` the first. */
  album?: readonly Message[];
  /** First and last of a run of one author: where the name goes, and the picture with the time. */
  first: boolean;
  last: boolean;
};

export type Entry =
  | { kind: "day"; key: string; at: string }
  | { kind: "new"; key: string }
  | { kind: "event"; key: string; message: Message }
  | { kind: "gap"; key: string; gap: Gap }
  | { kind: "note"; key: string; note: Note }
  | BubbleEntry;

type Options = {
  zone: string;
  myId: number;
  firstNewId: number | null;
  gaps?: readonly Gap[];
  /** Oldest first. */
  notes?: readonly Note[];
};

function authorKey(entry: BubbleEntry, myId: number): string {
  if ("pending" in entry.source) return `out:staff:${myId}:`;
  const { author, direction } = entry.source.message;
  const { from_phone, imported } = entry.source.message;
  const way = imported ? "file" : from_phone ? "phone" : "";
  return `${direction}:${author.kind}:${author.external_id ?? author.id ?? author.name ?? ""}:${way}`;
}

function timeOf(entry: BubbleEntry): string {
  return "pending" in entry.source ? entry.source.pending.whole.createdAt : entry.source.message.sent_at;
}

/** Messages (oldest first) and what is still on its way, as the rows of the thread. */
export function buildTimeline(
  messages: readonly Message[],
  pending: readonly Pending[],
  { zone, myId, firstNewId, gaps = [], notes = [] }: Options,
): Entry[] {
  const entries: Entry[] = [];
  let day = "";
  const openDay = (at: string) => {
    const key = dayKey(Date.parse(at), zone);
    // Never back: a computer whose clock runs behind must not open yesterday again below today.
    if (key <= day) return;
    day = key;
    entries.push({ kind: "day", key: `day-${key}`, at });
  };
  const openGaps = [...gaps];
  const tellGaps = (before: number) => {
    for (let gap = openGaps[0]; gap && Date.parse(gap.from_at) <= before; gap = openGaps[0]) {
      openGaps.shift();
      openDay(gap.from_at);
      entries.push({ kind: "gap", key: `gap-${gap.id}`, gap });
    }
  };
  const openNotes = [...notes];
  const tellNotes = (before: number) => {
    for (let note = openNotes[0]; note && Date.parse(note.created_at) < before; note = openNotes[0]) {
      openNotes.shift();
      tellGaps(Date.parse(note.created_at));
      openDay(note.created_at);
      entries.push({ kind: "note", key: `note-${note.id}`, note });
    }
  };
  for (const message of messages) {
    tellNotes(Date.parse(message.sent_at));
    tellGaps(Date.parse(message.sent_at));
    openDay(message.sent_at);
    if (message.id === firstNewId) entries.push({ kind: "new", key: "new" });
    const key = message.client_id ?? `m${message.id}`;
    const before = entries.at(-1);
    if (message.kind === "event") entries.push({ kind: "event", key, message });
    else if (before && joinsAlbum(before, message)) before.album = [...albumOf(before), message];
    else entries.push({ kind: "bubble", key, source: { message }, first: true, last: true });
  }
  tellNotes(Number.POSITIVE_INFINITY);
  tellGaps(Number.POSITIVE_INFINITY);
  const confirmed = new Set(messages.map((message) => message.client_id));
  for (const item of pending) {
    if (confirmed.has(item.clientId)) continue;
    openDay(item.createdAt);
    for (const part of partsOf(item))
      entries.push({ kind: "bubble", key: part.key, source: { pending: part }, first: true, last: true });
  }
  return joinRuns(entries, myId);
}

const ALBUM_GAP_MS = 60_000;
const MOST_IN_ALBUM = 9;

function albumOf(entry: BubbleEntry): readonly Message[] {
  return entry.album ?? ("message" in entry.source ? [entry.source.message] : []);
}

/** Nothing but one picture, of which there is nothing else to say. */
function isBarePicture(message: Message): boolean {
  return (
    message.direction === "in" &&
    message.kind === "image" &&
    !message.text &&
    message.attachments.length === 1 &&
    message.quote === null &&
    !message.recalled &&
    message.reactions.length === 0
  );
}

function joinsAlbum(before: Entry, message: Message): before is BubbleEntry {
  if (before.kind !== "bubble" || !isBarePicture(message)) return false;
  const album = albumOf(before);
  const last = album.at(-1);
  if (!last || album.length >= MOST_IN_ALBUM || !isBarePicture(last)) return false;
  const [one, other] = [last.author, message.author];
  const same =
    one.id === other.id &&
    one.name === other.name &&
    (one.external_id ?? null) === (other.external_id ?? null);
  return same && Date.parse(message.sent_at) - Date.parse(last.sent_at) <= ALBUM_GAP_MS;
}

/** Marks neighbours of one author, close in time and on one day, as one run. */
function joinRuns(entries: Entry[], myId: number): Entry[] {
  for (let index = 1; index < entries.length; index += 1) {
    const before = entries[index - 1];
    const here = entries[index];
    if (before?.kind !== "bubble" || here?.kind !== "bubble") continue;
    const gap = Date.parse(timeOf(here)) - Date.parse(timeOf(before));
    if (gap > RUN_GAP_MS || authorKey(before, myId) !== authorKey(here, myId)) continue;
    before.last = false;
    here.first = false;
  }
  return entries;
}

/** Where the "new" line goes: before the last `unread` messages of the customer; null when none is new. */
export function firstNewMessage(messages: readonly Message[], unread: number): number | null {
  let left = unread;
  let found: number | null = null;
  for (let index = messages.length - 1; index >= 0 && left > 0; index -= 1) {
    const message = messages[index];
    if (message?.direction !== "in") continue;
    found = message.id;
    left -= 1;
  }
  return found;
}
