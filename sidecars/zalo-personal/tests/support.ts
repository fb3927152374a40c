import { createCipheriv, randomBytes } from "node:crypto";
import { deflateSync } from "node:zlib";

export const KEY = randomBytes(16);

/** A frame as the platform sends it, its content sealed in one of the four ways. */
export function sealed(cmd: number, sub: number, text: string, encrypt: number, key = KEY): Buffer {
  const envelope: Record<string, unknown> = { encrypt, data: text };
  if (encrypt === 1) envelope.data = deflateSync(text).toString("base64");
  if (encrypt > 1) {
    const iv = randomBytes(16);
    const aad = randomBytes(16);
    const cipher = createCipheriv("aes-128-gcm", key, iv).setAAD(aad);
    const body = encrypt === 2 ? deflateSync(text) : Buffer.from(text);
    const whole = Buffer.concat([iv, aad, cipher.update(body), cipher.final(), cipher.getAuthTag()]);
    envelope.data = encodeURIComponent(whole.toString("base64"));
  }
  return plain(cmd, sub, JSON.stringify(envelope));
}

export function plain(cmd: number, sub: number, text: string): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt8(1, 0);
  header.writeUInt16LE(cmd, 1);
  header.writeUInt8(sub, 3);
  return Buffer.concat([header, Buffer.from(text)]);
}
