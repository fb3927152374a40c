import { Socket } from "node:net";
import type { Writable } from "node:stream";

const BATCH_BYTES = 64 * 1024;

export interface Bounds {
  /** Bytes waiting at which sources are told to stop, and those at which they may go on. */
  high: number;
  low: number;
}

/**
 * Lines to the host. Writing never waits; when the host does not read, `onFull(true)` asks the sources to stop, and
 * `onFull(false)` lets them go on. Lines carry the account they are of, so that each account's share can be told.
 */
export class Output {
  onFull: (full: boolean) => void = () => {};
  full = false;
  private readonly waiting: { text: string; account: number | null }[] = [];
  private readonly shares = new Map<number, number>();
  private bytes = 0;
  private writing = false;
  private scheduled = false;
  private idle: (() => void)[] = [];

  constructor(
    private readonly stream: Writable,
    private readonly bounds: Bounds = { high: 4 * 1024 * 1024, low: 1024 * 1024 },
  ) {}

  write(line: object, account: number | null = null): void {
    const text = `${wellFormed(JSON.stringify(line))}\n`;
    this.waiting.push({ text, account });
    this.bytes += text.length;
    if (account !== null) this.shares.set(account, (this.shares.get(account) ?? 0) + 1);
    if (!this.full && this.bytes > this.bounds.high) this.setFull(true);
    if (this.scheduled || this.writing) return;
    this.scheduled = true;
    setImmediate(() => this.next());
  }

  /** Lines of the account that the host has not taken yet. */
  share(account: number): number {
    return this.shares.get(account) ?? 0;
  }

  /** Resolves when everything is with the host. */
  flushed(): Promise<void> {
    if (!this.writing && this.waiting.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.idle.push(resolve));
  }

  private next(): void {
    this.scheduled = false;
    if (this.writing) return;
    if (this.waiting.length === 0) {
      for (const resolve of this.idle.splice(0)) resolve();
      return;
    }
    let length = 0;
    let count = 0;
    while (count < this.waiting.length && length < BATCH_BYTES)
      length += this.waiting[count++]?.text.length ?? 0;
    const batch = this.waiting.splice(0, count);
    this.writing = true;
    this.stream.write(batch.map(({ text }) => text).join(""), () => {
      this.writing = false;
      this.bytes -= length;
      for (const { account } of batch) if (account !== null) this.take(account);
      if (this.full && this.bytes < this.bounds.low) this.setFull(false);
      this.next();
    });
  }

  private take(account: number): void {
    const left = this.share(account) - 1;
    if (left > 0) this.shares.set(account, left);
    else this.shares.delete(account);
  }

  private setFull(full: boolean): void {
    this.full = full;
    this.onFull(full);
  }
}

/**
 * JSON in which no half of a character stands alone (a quote may be cut inside an emoji): other readers refuse the whole
 * line for it. `stringify` escapes just these halves.
 */
export function wellFormed(json: string): string {
  if (!json.includes("\\ud")) return json;
  return json.replace(/\\(?:\\|ud[89a-f][0-9a-f]{2})/g, (found) => (found === "\\\\" ? found : "\ufffd"));
}

/** Standard output as a stream that never blocks: Node writes to a pipe of its own `process.stdout` synchronously. */
export function standardOutput(): Writable {
  try {
    return new Socket({ fd: 1, readable: false, writable: true });
  } catch {
    return process.stdout; // a file or a terminal
  }
}
