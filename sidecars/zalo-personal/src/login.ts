/** Logging in with zca-js, and what of it is kept. */

import { HttpsProxyAgent } from "https-proxy-agent";
import { type API, Zalo } from "zca-js";
import type { Caller } from "./caller.ts";
import { Failure } from "./failure.ts";
import type { Credentials } from "./protocol.gen.ts";
import type { Wire } from "./wire.ts";

const PING_MS = 20_000;

/** Settings that the platform tells every account alike are kept once. */
const alike = new Map<string, unknown>();

export function shared<T>(value: T): T {
  const text = JSON.stringify(value);
  if (alike.size > 64) alike.clear();
  if (!alike.has(text)) alike.set(text, value);
  return alike.get(text) as T;
}

export async function login(credentials: Credentials, proxy: string | null, wire: Wire): Promise<API> {
  try {
    return await zaloOf(wire, proxy).login({
      imei: credentials.imei,
      cookie: structuredClone(credentials.cookie) as never,
      userAgent: credentials.user_agent,
      language: credentials.language ?? "vi",
    });
  } catch (error) {
    throw asLoginFailure(error);
  }
}

export function zaloOf(wire: Wire, proxy: string | null): Zalo {
  return new Zalo({
    selfListen: true,
    checkUpdate: false,
    logging: false,
    polyfill: wire.fetch as unknown as typeof fetch,
    ...(proxy ? { agent: new HttpsProxyAgent(proxy) } : {}),
  });
}

/** zca-js fails in many ways over an answer that it does not know. */
export function asLoginFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const { name, message, code } = error as { name?: string; message?: string; code?: unknown };
  if (name === "ZcaApiError" && typeof code === "number") return new Failure("api", message ?? "", code);
  return new Failure("bad-reply", `login: ${name ?? "error"}`);
}

type Settings = Caller["ctx"]["settings"];

export function saneSettings(settings: Settings): Settings {
  const { socket } = settings.features;
  const interval = Number(socket.ping_interval);
  if (interval >= 1000 && interval <= 60_000) return settings;
  return { ...settings, features: { ...settings.features, socket: { ...socket, ping_interval: PING_MS } } };
}
