import type { Part, Payload } from "../shared/api";

/** A field of what somebody else wrote: only a text is a text. */
export function text(payload: Payload | undefined, key: string): string | null {
  const value = payload?.[key];
  return typeof value === "string" && value !== "" ? value : null;
}

export function place(payload: Payload): { latitude: number; longitude: number } | null {
  const given = payload.coordinates;
  if (typeof given !== "object" || given === null) return null;
  const { latitude, longitude } = given as Payload;
  const point = { latitude: Number(latitude), longitude: Number(longitude) };
  return Number.isFinite(point.latitude) && Number.isFinite(point.longitude) ? point : null;
}

/** A business card travels as a link whose description is JSON. */
export function card(payload: Payload): { phone: string | null; qr: string | null } {
  try {
    const found = JSON.parse(text(payload, "description") ?? "{}") as Payload;
    return { phone: text(found, "phone"), qr: text(found, "qrCodeUrl") };
  } catch {
    return { phone: null, qr: null };
  }
}

/** Our own files and pictures of any https address; nothing else is loaded. */
export function picture(address: string | null): string | null {
  if (!address) return null;
  const ours = (address.startsWith("/") && !address.startsWith("//")) || address.startsWith("blob:");
  return ours || address.startsWith("https://") ? address : null;
}

export function firstPayload(parts: readonly Part[]): Payload {
  return parts[0]?.payload ?? {};
}

/** What the phone does with a button that tells the account nothing. */
export type Opened =
  | { kind: "url"; address: string }
  | { kind: "phone"; number: string }
  | { kind: "sms"; number: string; words: string }
  | null;

export function opened(type: string, payload: unknown): Opened {
  const details = typeof payload === "object" && payload !== null ? (payload as Payload) : {};
  const number = text(details, "phone_code");
  const url = text(details, "url");
  if (type === "oa.open.url" && url) return { kind: "url", address: url };
  if (type === "oa.open.phone" && number) return { kind: "phone", number };
  if (type === "oa.open.sms" && number) return { kind: "sms", number, words: text(details, "content") ?? "" };
  return null;
}
