import { Failure } from "./failure.ts";
import { idOf, isDictionary } from "./json.ts";
import type { OldReply } from "./protocol.gen.ts";

const USER = 510;
const GROUP = 511;

interface Asked {
  resolve(reply: OldReply): void;
  reject(failure: Failure): void;
}

/** Pages of old messages: asked for by a frame, answered by one that names no question, so one at a time of each kind. */
export class OldPages {
  private readonly asked = new Map<number, Asked>();
  private readonly turns = new Map<number, Promise<unknown>>();
  private page: OldReply | Failure | null = null;

  constructor(private readonly request: (group: boolean, lastId: string | null) => void) {}

  /** Resolves when the page's items have been told. Raises `Failure`. */
  ask(group: boolean, lastId: string | null, signal: AbortSignal): Promise<OldReply> {
    const cmd = group ? GROUP : USER;
    const turn = (this.turns.get(cmd) ?? Promise.resolve()).then(() => this.one(cmd, lastId, signal));
    this.turns.set(
      cmd,
      turn.catch(() => {}),
    );
    return turn;
  }

  take(cmd: number, sub: number, body: unknown): void {
    this.page = (cmd === USER || cmd === GROUP) && sub === 1 ? pageOf(cmd, body) : null;
  }

  /** The page's items have been told. */
  settle(cmd: number): void {
    const asked = this.asked.get(cmd);
    if (!asked || !this.page) return;
    this.asked.delete(cmd);
    if (this.page instanceof Failure) asked.reject(this.page);
    else asked.resolve(this.page);
    this.page = null;
  }

  end(failure: Failure): void {
    for (const { reject } of this.asked.values()) reject(failure);
    this.asked.clear();
  }

  private one(cmd: number, lastId: string | null, signal: AbortSignal): Promise<OldReply> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      this.asked.set(cmd, { resolve, reject });
      signal.addEventListener("abort", () => {
        this.asked.delete(cmd);
        reject(signal.reason);
      });
      try {
        this.request(cmd === GROUP, lastId);
      } catch (error) {
        this.asked.delete(cmd);
        reject(error);
      }
    });
  }
}

function pageOf(cmd: number, body: unknown): OldReply | Failure {
  if (!isDictionary(body)) return new Failure("bad-reply", "no page of old messages");
  const code = Number(body.error_code ?? 0);
  if (code !== 0) return new Failure("api", String(body.error_message ?? ""), code);
  const data = isDictionary(body.data) ? body.data : body;
  const messages = data[cmd === GROUP ? "groupMsgs" : "msgs"];
  const dated = (Array.isArray(messages) ? messages : [])
    .filter(isDictionary)
    .map((message) => ({ id: idOf(message.msgId), ts: Number(message.ts) }))
    .filter(({ id, ts }) => id !== null && Number.isFinite(ts));
  const oldest = dated.reduce<{ id: string | null; ts: number } | null>(
    (first, each) => (first === null || each.ts < first.ts ? each : first),
    null,
  );
  return {
    count: Array.isArray(messages) ? messages.length : 0,
    oldest_id: oldest?.id ?? null,
    oldest_ts: oldest?.ts ?? null,
    more: Boolean(data.more ?? data.hasMore ?? false),
  };
}
