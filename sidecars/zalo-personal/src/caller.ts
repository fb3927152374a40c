/** Calls of one session: parameters sealed, answers opened with all their digits. */

import type { API } from "zca-js";
import { decryptCbc, encryptCbc } from "./crypto.ts";
import { Failure } from "./failure.ts";
import { type Dictionary, isDictionary, parseExact } from "./json.ts";
import type { Credentials } from "./protocol.gen.ts";
import { refuse, type WireResponse } from "./wire.ts";

type Context = ReturnType<API["getContext"]>;
type Request = (url: string, options: object) => Promise<WireResponse>;

export interface CallOptions {
  /** GET puts the parameters into the address. */
  method?: "GET" | "POST";
  /** Beside the parameters, in the address. */
  query?: Record<string, string | number>;
  /** A file's part: then the parameters stand in the address. */
  part?: { field: string; name: string; contentType: string; data: Buffer };
}

export class Caller {
  services: Record<string, string[] | undefined>;
  private readonly key: Buffer;
  private lastClientId = 0;

  private constructor(
    readonly ctx: Context,
    private readonly request: Request,
    services: object,
  ) {
    this.services = { ...services } as Record<string, string[] | undefined>;
    this.key = Buffer.from(ctx.secretKey, "base64");
  }

  /** Takes what calls need out of zca-js's API object, which is not kept: its 145 closures weigh more than a session. */
  static of(api: API): Caller {
    let caller: Caller | null = null;
    api.custom("takeOver", ({ ctx, utils }) => {
      caller = new Caller(ctx, utils.request as unknown as Request, api.zpwServiceMap);
    });
    (api as unknown as { takeOver(): void }).takeOver();
    if (!caller) throw new Failure("bug", "zca-js gave no context");
    return caller;
  }

  get uid(): string {
    return String(this.ctx.uid);
  }

  credentials(): Credentials {
    const { imei, cookie, userAgent, language } = this.ctx;
    return {
      imei,
      cookie: (cookie.toJSON()?.cookies ?? []) as Credentials["cookie"],
      user_agent: userAgent,
      language,
    };
  }

  /** A client id that no other message of the account has: the platform tells messages apart by it. */
  clientId(): number {
    this.lastClientId = Math.max(Date.now(), this.lastClientId + 1);
    return this.lastClientId;
  }

  /** What the service answers. Raises `Failure`. */
  async call(
    service: string,
    path: string,
    params: Dictionary | null,
    options: CallOptions = {},
  ): Promise<unknown> {
    const base = this.services[service]?.[0];
    if (!base) throw new Failure("bad-reply", `the account has no service ${service}`, null, "upload");
    const { method = "POST", query = {}, part } = options;
    const url = new URL(base + path);
    url.searchParams.set("zpw_ver", String(this.ctx.API_VERSION));
    url.searchParams.set("zpw_type", String(this.ctx.API_TYPE));
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const sealed = params && encryptCbc(this.key, JSON.stringify(params));
    if (sealed && (method === "GET" || part)) url.searchParams.set("params", sealed);
    const response = await this.request(url.href, {
      method,
      ...(part
        ? multipart(part)
        : sealed && method === "POST"
          ? { body: new URLSearchParams({ params: sealed }) }
          : {}),
    });
    return this.opened(await response.text(), response.status);
  }

  async ownName(): Promise<string> {
    const answer = await this.call("profile", "/api/social/profile/me-v2", null, { method: "GET" });
    const profile = isDictionary(answer) && isDictionary(answer.profile) ? answer.profile : answer;
    if (!isDictionary(profile)) return "";
    return String(profile.displayName || profile.zaloName || "");
  }

  private opened(text: string, status: number): unknown {
    const outer = dictionary(text, status);
    refuse(outer);
    if (typeof outer.data !== "string") return outer.data;
    let plain: string;
    try {
      plain = decryptCbc(this.key, outer.data);
    } catch {
      throw new Failure("bad-reply", "the answer cannot be decrypted");
    }
    const inner = dictionary(plain, status);
    refuse(inner);
    return inner.data;
  }
}

function dictionary(text: string, status: number): Dictionary {
  let value: unknown;
  try {
    value = parseExact(text);
  } catch {
    value = null;
  }
  if (isDictionary(value)) return value;
  throw new Failure("bad-reply", `status ${status}, no JSON object`, status === 200 ? null : status);
}

function multipart({ field, name, contentType, data }: NonNullable<CallOptions["part"]>) {
  const boundary = `----sokhach${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
  const safe = name.replace(/["\r\n\\]/g, "_");
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${safe}"\r\nContent-Type: ${contentType}\r\n\r\n`;
  return {
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(head, "utf8"), data, Buffer.from(`\r\n--${boundary}--\r\n`, "ascii")]),
  };
}
