import type { Failure } from "./failure.ts";
import { idOf, isDictionary } from "./json.ts";

const KEPT = 200;

/** Files that the platform says it has finished, which it may say before the upload's own answer, or never. */
export class FilesDone {
  private readonly urls = new Map<string, string>();
  private readonly waiting = new Map<
    string,
    { resolve(url: string): void; reject(failure: Failure): void }
  >();
  private ended: Failure | null = null;

  take(item: unknown): void {
    const content = isDictionary(item) ? item.content : null;
    if (!isDictionary(content) || content.act_type !== "file_done") return;
    const id = idOf(content.fileId);
    const data = isDictionary(content.data) ? content.data : parsed(content.data);
    const url = isDictionary(data) && typeof data.url === "string" ? data.url : null;
    if (!id || !url) return;
    const waiter = this.waiting.get(id);
    this.waiting.delete(id);
    if (waiter) {
      waiter.resolve(url);
      return;
    }
    this.urls.set(id, url);
    const oldest = this.urls.keys().next().value;
    if (this.urls.size > KEPT && oldest !== undefined) this.urls.delete(oldest);
  }

  /** Address of the finished file. Raises `Failure` when the connection ends or `signal` says so. */
  url(id: string, signal: AbortSignal): Promise<string> {
    const known = this.urls.get(id);
    if (known !== undefined) {
      this.urls.delete(id);
      return Promise.resolve(known);
    }
    if (this.ended) return Promise.reject(this.ended);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      signal.addEventListener("abort", () => {
        this.waiting.delete(id);
        reject(signal.reason);
      });
    });
  }

  end(failure: Failure): void {
    this.ended = failure;
    for (const { reject } of this.waiting.values()) reject(failure);
    this.waiting.clear();
  }
}

function parsed(text: unknown): unknown {
  if (typeof text !== "string") return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
