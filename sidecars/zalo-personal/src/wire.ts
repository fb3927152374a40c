/**
 * HTTP as zca-js sees it: a `fetch` of one session, through its own proxy, with time-outs of ours, and with failures
 * told apart by whether anything can have been sent.
 */

import { AsyncLocalStorage } from "node:async_hooks";
import { Agent, type Dispatcher, fetch, ProxyAgent, type RequestInit } from "undici";
import { decryptCbc, encryptCbc, loginKey } from "./crypto.ts";
import { Failure } from "./failure.ts";
import { isDictionary, parseExact } from "./json.ts";

export const CALL_MS = 20_000;
export const UPLOAD_MS = 60_000;
const LONG_POLL_MS = 75_000;
const POLL_PAUSE_MS = 1000;
const REPLY_BYTES = 64 * 1024 * 1024;
/** Errors before a connection stood. */
const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_PRX_TLS",
]);

/** The call under way: its end ends its requests. */
export const callScope = new AsyncLocalStorage<AbortSignal>();

export interface WireOptions {
  proxy: string | null;
  /** Base address that stands in for all of Zalo's hosts; null: the real ones. */
  standIn: string | null;
}

/** What zca-js reads of a `Response`. */
export interface WireResponse {
  ok: boolean;
  status: number;
  statusText: string;
  headers: { get(name: string): string | null; getSetCookie(): string[] };
  text(): Promise<string>;
  json(): Promise<unknown>;
}

const shared = new Agent({ connections: 64, keepAliveTimeout: 4000, connect: { timeout: 10_000 } });

export class Wire {
  private readonly dispatcher: Dispatcher;

  constructor(private readonly options: WireOptions) {
    this.dispatcher = options.proxy ? new ProxyAgent({ uri: options.proxy, connections: 4 }) : shared;
  }

  /** What is under way may end. */
  close(): void {
    if (this.dispatcher !== shared) void this.dispatcher.close().catch(() => {});
  }

  readonly fetch = async (
    input: string | URL,
    init: RequestInit & { agent?: unknown } = {},
  ): Promise<WireResponse> => {
    const url = new URL(input);
    const poll = url.pathname.includes("/authen/qr/waiting-");
    try {
      const limit = Buffer.isBuffer(init.body) ? UPLOAD_MS : CALL_MS;
      return await this.attempt(url, init, poll ? LONG_POLL_MS : limit);
    } catch (error) {
      // "Ask again" is what the platform itself says when nobody scans: a lost connection must not end a login.
      if (!poll || init.signal?.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, POLL_PAUSE_MS));
      return responseOf(200, "", [], null, '{"error_code":8,"error_message":"","data":null}');
    }
  };

  private async attempt(
    url: URL,
    init: RequestInit & { agent?: unknown },
    milliseconds: number,
  ): Promise<WireResponse> {
    const { agent: _, ...rest } = init;
    const late = AbortSignal.timeout(milliseconds);
    const signals = [late, callScope.getStore(), init.signal].filter((signal) => signal != null);
    const signal = AbortSignal.any(signals);
    try {
      const response = await fetch(this.addressOf(url), {
        ...rest,
        headers: { ...headersOf(init.headers), "accept-encoding": "gzip, deflate, br" },
        redirect: "manual",
        dispatcher: this.dispatcher,
        signal,
      });
      const text = await readAll(response.body);
      const { status, statusText, headers } = response;
      const body = checked(url, status, text);
      const location = headers.get("location");
      const target = location === null ? null : new URL(location, url).href;
      return responseOf(status, statusText, headers.getSetCookie(), target, body);
    } catch (error) {
      if (error instanceof Failure) throw error;
      if (signal.reason instanceof Failure) throw signal.reason;
      if (late.aborted) throw new Failure("timeout", `no answer within ${milliseconds} ms`);
      throw networkFailure(error);
    }
  }

  private addressOf(url: URL): string {
    const { standIn } = this.options;
    return standIn ? `${standIn}/h/${url.hostname}${url.pathname}${url.search}` : url.href;
  }
}

function headersOf(headers: RequestInit["headers"]): Record<string, string> {
  if (!headers) return {};
  return Object.fromEntries(
    Symbol.iterator in headers ? (headers as Iterable<[string, string]>) : Object.entries(headers as object),
  );
}

async function readAll(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.length;
    if (size > REPLY_BYTES) throw new Failure("bad-reply", "the answer is too long");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function networkFailure(error: unknown): Failure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = String((cause as { code?: unknown } | null)?.code ?? "");
  const unsent = NOT_CONNECTED.has(code) || code.startsWith("ERR_TLS") || code.startsWith("CERT_");
  return new Failure("network", code || "connection lost", null, unsent ? "upload" : null);
}

/** The body as zca-js may read it. Raises when it is no answer of Zalo's. */
function checked(url: URL, status: number, text: string): string {
  const isCall = url.hostname.endsWith(".chat.zalo.me");
  if (!isCall || (status >= 300 && status < 400)) return text;
  let reply: unknown;
  try {
    reply = parseExact(text);
  } catch {
    throw new Failure("bad-reply", `status ${status}, no JSON`, status === 200 ? null : status);
  }
  if (status >= 400) throw new Failure("bad-reply", `status ${status}`, status);
  return url.pathname === "/api/login/getLoginInfo" ? loginReply(url, reply) : text;
}

/** zca-js tells nothing of why a login was refused, and loses digits of big numbers: both are mended here. */
function loginReply(url: URL, reply: unknown): string {
  if (!isDictionary(reply)) throw new Failure("bad-reply", "login without an answer");
  refuse(reply);
  const key = loginKey(url.searchParams.get("zcid") ?? "", url.searchParams.get("zcid_ext") ?? "");
  let inner: unknown;
  try {
    inner = parseExact(decryptCbc(key, String(reply.data)));
  } catch {
    throw new Failure("bad-reply", "login answer cannot be read");
  }
  if (isDictionary(inner)) refuse(inner);
  return JSON.stringify({ error_code: 0, data: encryptCbc(key, JSON.stringify(inner)) });
}

/** Raises the refusal that a reply tells of, if any. */
export function refuse(reply: Record<string, unknown>): void {
  const code = Number(reply.error_code ?? 0);
  if (code !== 0) throw new Failure("api", String(reply.error_message ?? ""), code);
}

function responseOf(
  status: number,
  statusText: string,
  cookies: string[],
  location: string | null,
  body: string,
): WireResponse {
  const values: Record<string, string | null> = {
    "set-cookie": cookies.length ? cookies.join(", ") : null,
    location,
  };
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText,
    headers: { get: (name) => values[name.toLowerCase()] ?? null, getSetCookie: () => cookies },
    text: async () => body,
    json: async () => JSON.parse(body),
  };
}
