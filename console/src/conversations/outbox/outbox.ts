import { Problem } from "../../api/problem";
import type { Message, NewButton, Upload } from "../../api/types";
import type { TextStore } from "../../shared/storage";
import type { QuoteDraft } from "../composer/compositions";
import type { MemberMention } from "../composer/memberMentions";

export type Failure =
  | { kind: "unreachable" }
  | { kind: "interrupted" }
  | { kind: "refused"; text: string | null };

/** What goes with, or instead of, the text. */
export type Extras = {
  media: readonly Upload[];
  quote: QuoteDraft | null;
  buttons: readonly NewButton[];
  stickerId: string | null;
  requestInfo: { title: string; subtitle: string } | null;
  mentions: readonly MemberMention[];
  template: { templateId: string; name: string; data: Record<string, string>; via: "uid" | "phone" } | null;
};

export const NOTHING_MORE: Extras = {
  media: [],
  quote: null,
  buttons: [],
  stickerId: null,
  requestInfo: null,
  mentions: [],
  template: null,
};

/** A message that the server has not confirmed yet. `clientId` makes sending it again harmless. */
export type Pending = Extras & {
  clientId: string;
  conversationId: number;
  text: string;
  createdAt: string;
  state: "waiting" | "sending" | "failed";
  failure: Failure | null;
};

type Wiring = {
  /** One sending may become several messages. */
  post: (pending: Pending) => Promise<Message[]>;
  confirmed: (messages: Message[]) => void;
  store: TextStore;
};

const KEY = "sokhach.outbox";
/** For a server that is back without the line having broken. */
const RESUME_MS = 15_000;

function restore(store: TextStore): Pending[] {
  try {
    const saved: unknown = JSON.parse(store.get(KEY) ?? "[]");
    if (!Array.isArray(saved)) return [];
    // What was under way when the page went may or may not have arrived: a person decides, the client id guards.
    return (saved as Pending[]).map((p) => ({
      ...NOTHING_MORE,
      ...p,
      state: "failed",
      failure: p.failure?.kind === "refused" ? p.failure : { kind: "interrupted" },
    }));
  } catch {
    return [];
  }
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Problem)) return { kind: "refused", text: null };
  return error.offline ? { kind: "unreachable" } : { kind: "refused", text: error.detail ?? error.title };
}

/**
 * Messages on their way to the server. One at a time per conversation, so that what was written first arrives first;
 * when the line is down, those behind fail with the first instead of overtaking it, and all go when it is back.
 */
export class Outbox {
  private items: readonly Pending[];
  private readonly listeners = new Set<() => void>();
  private readonly busy = new Set<number>();
  private readonly wiring: Wiring;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(wiring: Wiring) {
    this.wiring = wiring;
    this.items = restore(wiring.store);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): readonly Pending[] => this.items;

  send(conversationId: number, clientId: string, text: string, extras: Partial<Extras> = {}): void {
    const createdAt = new Date().toISOString();
    const fresh = { clientId, conversationId, text, createdAt, state: "waiting", failure: null } as const;
    this.write([...this.items, { ...NOTHING_MORE, ...extras, ...fresh }]);
    void this.drain(conversationId);
  }

  retry(clientId: string): void {
    const item = this.items.find((i) => i.clientId === clientId && i.state === "failed");
    if (!item) return;
    this.write([...this.items.filter((i) => i !== item), { ...item, state: "waiting", failure: null }]);
    void this.drain(item.conversationId);
  }

  /** The line is back: what never reached the server goes now, as it was written. */
  resume(): void {
    clearTimeout(this.timer);
    const stuck = this.items.filter((item) => item.failure?.kind === "unreachable");
    if (stuck.length === 0) return;
    this.change((item) => (stuck.includes(item) ? { ...item, state: "waiting", failure: null } : item));
    for (const id of new Set(stuck.map((item) => item.conversationId))) void this.drain(id);
  }

  discard(clientId: string): void {
    this.write(this.items.filter((item) => item.clientId !== clientId || item.state !== "failed"));
  }

  /** Forgets what was meant for a conversation that its writer does not see any more. */
  forget(conversationId: number): void {
    const kept = this.items.filter((item) => item.conversationId !== conversationId);
    if (kept.length < this.items.length) this.write(kept);
  }

  /** Forgets everything: another person signs in on this browser. */
  clear(): void {
    this.write([]);
  }

  private async drain(conversationId: number): Promise<void> {
    if (this.busy.has(conversationId)) return;
    this.busy.add(conversationId);
    try {
      for (let next = this.next(conversationId); next; next = this.next(conversationId))
        await this.deliver(next);
    } finally {
      this.busy.delete(conversationId);
    }
  }

  private next(conversationId: number): Pending | undefined {
    return this.items.find((item) => item.conversationId === conversationId && item.state === "waiting");
  }

  private async deliver(item: Pending): Promise<void> {
    this.change((i) => (i.clientId === item.clientId ? { ...i, state: "sending" } : i));
    try {
      const messages = await this.wiring.post(item);
      this.wiring.confirmed(messages);
      this.write(this.items.filter((i) => i.clientId !== item.clientId));
    } catch (error) {
      const failure = failureOf(error);
      const behind = (i: Pending) =>
        failure.kind === "unreachable" && i.conversationId === item.conversationId && i.state === "waiting";
      this.change((i) =>
        i.clientId === item.clientId || behind(i) ? { ...i, state: "failed", failure } : i,
      );
      if (failure.kind !== "unreachable") return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.resume(), RESUME_MS);
    }
  }

  private change(update: (item: Pending) => Pending): void {
    this.write(this.items.map(update));
  }

  private write(items: readonly Pending[]): void {
    this.items = items;
    this.wiring.store.set(KEY, items.length > 0 ? JSON.stringify(items) : null);
    for (const listener of this.listeners) listener();
  }
}
