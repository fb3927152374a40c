const PREFIX = "urn:sokhach:problem:";

function field(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

/** A failed request. `title` and `detail` come from the server in the reader's language, ready to show. */
export class Problem extends Error {
  readonly status: number;
  readonly slug: string;
  readonly title: string | null;
  readonly detail: string | null;
  readonly body: unknown;

  private constructor(status: number, body: unknown, cause?: unknown) {
    const title = text(field(body, "title"));
    super(title ?? `HTTP ${status}`, { cause });
    this.name = "Problem";
    this.status = status;
    this.slug = (text(field(body, "type")) ?? "").replace(PREFIX, "");
    this.title = title;
    this.detail = text(field(body, "detail"));
    this.body = body;
  }

  static from(status: number, body: unknown): Problem {
    return new Problem(status, body);
  }

  /** The server did not answer: offline, restarting, or a broken line. */
  static unreachable(cause: unknown): Problem {
    return new Problem(0, null, cause);
  }

  get offline(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  /** A whole number that the server added to the problem, for example `retry_after_seconds`. */
  extraNumber(name: string): number | null {
    const value = field(this.body, name);
    return typeof value === "number" ? value : null;
  }
}

/** Requests that can never succeed by trying again at once. */
export function isFinal(error: unknown): boolean {
  return error instanceof Problem && error.status >= 400 && error.status < 500;
}

/** Whether the server says that there is no such thing for this person. */
export function isGone(error: unknown): boolean {
  return error instanceof Problem && (error.status === 404 || error.status === 403);
}
