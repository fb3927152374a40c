import { createCipheriv, createDecipheriv, createHash } from "node:crypto";

const NO_IV = Buffer.alloc(16);
const ZCID_KEY = Buffer.from("3FC4F0D2AB50057BCE0D90D9187A22B1", "ascii");
const TAG_BYTES = 16;

/** AES-CBC as calls use it; the key's length chooses the cipher. */
export function encryptCbc(key: Buffer, text: string, encoding: "base64" | "hex" = "base64"): string {
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, NO_IV);
  return cipher.update(text, "utf8", encoding) + cipher.final(encoding);
}

/** Raises when the key is another, or the text is cut. */
export function decryptCbc(key: Buffer, base64: string): string {
  const cipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, NO_IV);
  const text = base64.includes("%") ? decodeURIComponent(base64) : base64;
  return cipher.update(text, "base64", "utf8") + cipher.final("utf8");
}

/** Opens IV ‖ AAD ‖ ciphertext ‖ tag of a frame. Raises when the key is another, or something was changed. */
export function openFrame(key: Buffer, sealed: Buffer): Buffer {
  if (sealed.length < 32 + TAG_BYTES) throw new Error("shorter than its own seal");
  const end = sealed.length - TAG_BYTES;
  const cipher = createDecipheriv(`aes-${key.length * 8}-gcm` as "aes-128-gcm", key, sealed.subarray(0, 16));
  cipher.setAAD(sealed.subarray(16, 32));
  cipher.setAuthTag(sealed.subarray(end));
  return Buffer.concat([cipher.update(sealed.subarray(32, end)), cipher.final()]);
}

export function zcidOf(type: number, imei: string, at: number): string {
  return encryptCbc(ZCID_KEY, `${type},${imei},${at}`, "hex").toUpperCase();
}

/** The key of a login's parameters and of its answer. */
export function loginKey(zcid: string, zcidExt: string): Buffer {
  const digest = createHash("md5").update(zcidExt).digest("hex").toUpperCase();
  const odd = every(zcid, 1);
  const reversed = [...odd].reverse().join("");
  return Buffer.from(
    every(digest, 0).slice(0, 8) + every(zcid, 0).slice(0, 12) + reversed.slice(0, 12),
    "ascii",
  );
}

function every(text: string, rest: 0 | 1): string {
  return [...text].filter((_, at) => at % 2 === rest).join("");
}
