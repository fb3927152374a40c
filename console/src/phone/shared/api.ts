/** What the sandbox tells the page, and how it is asked. Times are ms on the sandbox's clock. */

export type Account = {
  oa_id: string;
  name: string;
  avatar: string;
  description: string;
  category: string;
  verified: boolean;
};

/** Of somebody who lives by themselves; `running` false while the demo stands still. */
export type Life = {
  running: boolean;
  trade?: string;
  trade_name?: string;
  city?: string;
  region?: string;
  age?: number | string;
  mood?: string;
};

export type LastWords = { src: 0 | 1; type: string; text: string | null; time: number };

export type Customer = {
  user_id: string;
  name: string;
  avatar: string;
  created: number;
  last: LastWords | null;
  life: Life | null;
  taken: boolean;
};

export type Payload = Record<string, unknown>;
export type Part = { type: string; payload: Payload };
export type Quote = { msg_id: string; src: 0 | 1; type: string; text: string | null };
export type Button = { title: string; type: string; payload: unknown };
export type TemplateButton = { type: number; title: string; content: string };

export type Extra = {
  buttons?: Button[];
  request_user_info?: { title: string; subtitle: string; image_url: string };
  template?: { name: string };
  zns?: {
    buttons: TemplateButton[];
    asks: "rating" | "reply" | null;
    answer: { kind: string; rate?: number; data?: string } | null;
  };
};

export type Message = {
  msg_id: string;
  /** 0 = the account, 1 = the customer whose phone this is. */
  src: 0 | 1;
  type: string;
  text: string | null;
  time: number;
  quote: Quote | null;
  attachments: Part[];
  extra: Extra;
  reactions: string[];
  own_reactions: string[];
  /** Who speaks, in chats of personal accounts. */
  author?: string;
  avatar?: string;
};

export type Thread = {
  account: Account;
  customer: Customer;
  follows: boolean;
  phone_on: boolean;
  refuses_messages: boolean;
  shared: Record<string, string>;
  messages: Message[];
  complete: boolean;
  own_state: "sent" | "received" | "seen" | null;
  call_request: { call_type: string; expires: number } | null;
  now: number;
};

export type Samples = Record<string, string[]>;

/** What a customer sends; `variant` names one of the sandbox's files. */
export type Order = {
  type: string;
  text?: string;
  quote_msg_id?: string;
  variant?: string;
  payload?: Payload;
};

export type Info = { name: string; phone: string; city: string; ward: string; address: string };

/** `status` 0: the sandbox did not answer. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`${status}`);
    this.status = status;
  }
}

export const BASE = "/phone/api";

export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const file = body instanceof Blob;
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.body = file ? body : JSON.stringify(body);
    init.headers = { "content-type": file ? "application/octet-stream" : "application/json" };
  }
  const answer = await fetch(`${BASE}${path}`, init).catch(() => {
    throw new ApiError(0);
  });
  if (!answer.ok) throw new ApiError(answer.status);
  return (await answer.json()) as T;
}

const customersOf = (oa: string) => `/oas/${encodeURIComponent(oa)}/customers`;

export const api = {
  accounts: () => ask<Account[]>("GET", "/accounts"),
  customers: (oa: string) => ask<Customer[]>("GET", customersOf(oa)),
  samples: () => ask<Samples>("GET", "/samples"),
  add: (oa: string, name: string) => ask<Customer>("POST", customersOf(oa), { name }),
};

/** Everything about one customer. */
export function phoneOf(oa: string, user: string) {
  const path = `${customersOf(oa)}/${encodeURIComponent(user)}`;
  const post = <T>(what: string, body?: unknown) => ask<T>("POST", `${path}/${what}`, body);
  return {
    thread: (limit: number) => ask<Thread>("GET", `${path}?limit=${limit}`),
    send: (order: Order) => post<{ msg_id: string }>("messages", order),
    upload: (file: File) =>
      post<{ msg_id: string }>(`uploads?name=${encodeURIComponent(file.name || "anh.jpg")}`, file),
    seen: () => post("seen"),
    follow: (follows: boolean) => post("follow", { follows }),
    chatNow: () => post("chat-now"),
    react: (msg_id: string, icon: string) => post("reactions", { msg_id, icon }),
    press: (msg_id: string, index: number) =>
      post<{ msg_id: string | null; opened?: unknown }>("buttons", { msg_id, index }),
    fillIn: (info: Info) => post("info", info),
    call: (call_type: string, waiting_seconds: number, talk_ms: number) =>
      post("calls", { call_type, waiting_seconds, talk_ms }),
    answerCallRequest: (answer: "ALLOW" | "DENY") => post("call-consent", { answer }),
    withdraw: () => post("withdrawal"),
    rate: (msg_id: string, rate: number) => post("feedback", { msg_id, rate }),
    change: (change: { phone_on?: boolean; refuses_messages?: boolean }) => ask("PATCH", path, change),
    takeOver: (on: boolean) => post("takeover", { on }),
  };
}

export type Phone = ReturnType<typeof phoneOf>;

/** The address of a sandbox's file, to look at before it is sent. */
export const sampleUrl = (name: string) => `${BASE}/samples/${encodeURIComponent(name)}`;

export function streamUrl(oa: string | null, user: string | null): string {
  const query = new URLSearchParams();
  if (oa && user) {
    query.set("oa_id", oa);
    query.set("user_id", user);
  }
  return `${BASE}/stream?${query}`;
}
