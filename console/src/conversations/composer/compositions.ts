import { Problem } from "../../api/problem";
import type { Message, NewButton, Upload } from "../../api/types";
import { uuid } from "../../shared/uuid";

export type QuoteDraft = {
  messageId: number;
  authorName: string | null;
  direction: "in" | "out";
  kind: string;
  text: string | null;
};

export function quoteOf(message: Message): QuoteDraft {
  return {
    messageId: message.id,
    authorName: message.author.name,
    direction: message.direction,
    kind: message.kind,
    text: message.text,
  };
}

export type UploadItem = {
  key: string;
  name: string;
  sizeBytes: number;
  type: string;
  /** A picture of this browser, shown until the server has one; null for what is no picture. */
  previewUrl: string | null;
  /** 0 to 1. */
  progress: number;
  state: "uploading" | "done" | "failed";
  media: Upload | null;
  /** Why it failed; what was thrown. */
  error: unknown;
};

/** What stands in a composer besides its text. */
export type Composition = {
  quote: QuoteDraft | null;
  uploads: readonly UploadItem[];
  buttons: readonly NewButton[];
};

export type Uploader = (
  conversationId: number,
  file: File,
  progress: (share: number) => void,
  signal: AbortSignal,
) => Promise<Upload>;

type Wiring = {
  upload: Uploader;
  preview: (file: File) => string | null;
  forget: (url: string) => void;
};

export const EMPTY: Composition = { quote: null, uploads: [], buttons: [] };
const AT_ONCE = 2;

/**
 * What is being put together for each conversation. It outlives the composer on the screen, so that an upload goes on
 * while somebody reads another thread. Files go up two at a time, in the order in which they were added.
 */
export class Compositions {
  private readonly all = new Map<number, Composition>();
  private readonly files = new Map<string, File>();
  private readonly aborts = new Map<string, AbortController>();
  private readonly listeners = new Set<() => void>();
  private readonly wiring: Wiring;

  constructor(wiring: Wiring) {
    this.wiring = wiring;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  of(conversationId: number): Composition {
    return this.all.get(conversationId) ?? EMPTY;
  }

  setQuote(conversationId: number, quote: QuoteDraft | null): void {
    this.write(conversationId, { ...this.of(conversationId), quote });
  }

  setButtons(conversationId: number, buttons: readonly NewButton[]): void {
    this.write(conversationId, { ...this.of(conversationId), buttons });
  }

  addFiles(conversationId: number, files: readonly File[]): void {
    const added = files.map((file): UploadItem => {
      const key = uuid();
      this.files.set(key, file);
      return {
        key,
        name: file.name,
        sizeBytes: file.size,
        type: file.type,
        previewUrl: this.wiring.preview(file),
        progress: 0,
        state: "uploading",
        media: null,
        error: null,
      };
    });
    const before = this.of(conversationId);
    this.write(conversationId, { ...before, uploads: [...before.uploads, ...added] });
    this.proceed(conversationId);
  }

  retry(conversationId: number, key: string): void {
    this.change(conversationId, key, { state: "uploading", progress: 0, error: null });
    this.proceed(conversationId);
  }

  /** The line is back: files that it failed go up now. */
  resume(): void {
    for (const [id, { uploads }] of [...this.all])
      for (const { key, error } of uploads)
        if (error instanceof Problem && error.offline) this.retry(id, key);
  }

  remove(conversationId: number, key: string): void {
    this.aborts.get(key)?.abort();
    const before = this.of(conversationId);
    const gone = before.uploads.find((item) => item.key === key);
    this.write(conversationId, { ...before, uploads: before.uploads.filter((item) => item !== gone) });
    if (gone) this.release(gone);
    this.proceed(conversationId);
  }

  /** Empties the tray: what was in it has been sent. */
  clear(conversationId: number): void {
    const { uploads } = this.of(conversationId);
    this.all.delete(conversationId);
    for (const item of uploads) {
      this.aborts.get(item.key)?.abort();
      this.release(item);
    }
    this.tell();
  }

  /** Forgets everything: another person signs in on this browser. */
  clearAll(): void {
    for (const id of [...this.all.keys()]) this.clear(id);
  }

  private proceed(conversationId: number): void {
    const waiting = this.of(conversationId).uploads.filter((item) => item.state === "uploading");
    for (const item of waiting.slice(0, AT_ONCE))
      if (!this.aborts.has(item.key)) void this.run(conversationId, item.key);
  }

  private async run(conversationId: number, key: string): Promise<void> {
    const file = this.files.get(key);
    if (!file) return;
    const abort = new AbortController();
    this.aborts.set(key, abort);
    const progress = (share: number) => this.change(conversationId, key, { progress: share });
    try {
      const media = await this.wiring.upload(conversationId, file, progress, abort.signal);
      this.change(conversationId, key, { state: "done", progress: 1, media });
    } catch (error) {
      if (!abort.signal.aborted) this.change(conversationId, key, { state: "failed", error });
    } finally {
      this.aborts.delete(key);
      this.proceed(conversationId);
    }
  }

  private change(conversationId: number, key: string, what: Partial<UploadItem>): void {
    const before = this.of(conversationId);
    if (!before.uploads.some((item) => item.key === key)) return;
    const uploads = before.uploads.map((item) => (item.key === key ? { ...item, ...what } : item));
    this.write(conversationId, { ...before, uploads });
  }

  private release(item: UploadItem): void {
    this.files.delete(item.key);
    if (item.previewUrl) this.wiring.forget(item.previewUrl);
  }

  private write(conversationId: number, composition: Composition): void {
    this.all.set(conversationId, composition);
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
