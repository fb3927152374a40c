import type { ReplyError } from "./protocol.gen.ts";

/** A call that did not succeed, with what the host has to know of it. */
export class Failure extends Error {
  constructor(
    readonly kind: ReplyError["kind"],
    message: string,
    readonly code: number | null = null,
    /** `upload`: surely nothing was sent. */
    readonly phase: "upload" | "send" | null = null,
  ) {
    super(message);
  }

  in(phase: "upload" | "send"): Failure {
    return this.phase ? this : new Failure(this.kind, this.message, this.code, phase);
  }
}

/** Any error as a `Failure`. Messages of unknown errors may hold what people wrote, or a key: only the name is told. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (!(error instanceof Error)) return new Failure("bug", typeof error);
  const code = (error as { code?: unknown }).code;
  if (error.name === "ZcaApiError" && typeof code === "number")
    return new Failure("api", error.message, code);
  return new Failure("bug", error.name);
}

export function replyError(error: unknown): ReplyError {
  const { kind, phase, code, message } = failureOf(error);
  return { kind, phase, code, message };
}

/** Runs it, and gives up after some milliseconds; `abort` tells whatever is under way. */
export async function within<T>(milliseconds: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const failure = new Failure("timeout", `no answer within ${milliseconds} ms`);
      reject(failure);
      controller.abort(failure);
    }, milliseconds);
  });
  try {
    return await Promise.race([run(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
