/** Files on their way up, a piece at a time. Whatever fails here, nothing was sent to anybody. */

import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { extname } from "node:path";
import type { Caller } from "./caller.ts";
import { Failure } from "./failure.ts";
import type { FilesDone } from "./files.ts";
import { type Dictionary, idOf, isDictionary } from "./json.ts";
import type { File } from "./protocol.gen.ts";

const CHUNK_BYTES = 3 * 1024 * 1024;

export interface Place {
  thread: string;
  group: boolean;
}

export interface Photo {
  photoId: unknown;
  normalUrl: unknown;
  hdUrl: unknown;
  thumbUrl: unknown;
}

export interface Uploaded {
  fileId: string;
  url: string;
  md5: string;
  clientId: string;
}

export async function uploadPhoto(caller: Caller, place: Place, file: File): Promise<Photo> {
  const { answer } = await upload(caller, place, file, "photo_original/upload");
  if (idOf(answer.photoId) === null || answer.photoId === "-1" || answer.photoId === -1) {
    throw new Failure("bad-reply", "no photo id");
  }
  return answer as unknown as Photo;
}

/** Waits for the platform to say by socket where the file is, which may never come: `signal` ends it. */
export async function uploadFile(
  caller: Caller,
  files: FilesDone,
  place: Place,
  file: File,
  signal: AbortSignal,
): Promise<Uploaded> {
  const { answer, md5, clientId } = await upload(caller, place, file, "asyncfile/upload");
  const fileId = idOf(answer.fileId);
  if (fileId === null || fileId === "-1") throw new Failure("bad-reply", "no file id");
  return { fileId, url: await files.url(fileId, signal), md5, clientId: String(clientId) };
}

async function upload(caller: Caller, { thread, group }: Place, file: File, path: string) {
  allowed(caller, file);
  const step = Number(caller.ctx.settings.features.sharefile.chunk_size_file) || CHUNK_BYTES;
  const clientId = caller.clientId();
  const total = Math.max(1, Math.ceil(file.size / step));
  const digest = createHash("md5");
  let answer: Dictionary = {};
  await reading(file, async (handle) => {
    for (let chunk = 1; chunk <= total; chunk += 1) {
      const data = await piece(handle, step);
      digest.update(data);
      const params = {
        [group ? "grid" : "toid"]: thread,
        totalChunk: total,
        fileName: file.name,
        clientId,
        totalSize: file.size,
        imei: caller.ctx.imei,
        isE2EE: 0,
        jxl: 0,
        chunkId: chunk,
      };
      const said = await caller.call("file", `/api/${group ? "group" : "message"}/${path}`, params, {
        query: { type: group ? 11 : 2 },
        part: { field: "chunkContent", name: file.name, contentType: "application/octet-stream", data },
      });
      if (isDictionary(said)) answer = { ...answer, ...said };
    }
  });
  return { answer, clientId, md5: digest.digest("hex") };
}

export async function readWhole(file: File): Promise<{ data: Buffer; md5: string }> {
  const parts: Buffer[] = [];
  await reading(file, async (handle) => {
    for (let got = await piece(handle, CHUNK_BYTES); got.length > 0; got = await piece(handle, CHUNK_BYTES)) {
      parts.push(got);
    }
  });
  const data = Buffer.concat(parts);
  return { data, md5: createHash("md5").update(data).digest("hex") };
}

export function extensionOf(file: File): string {
  return extname(file.name).slice(1);
}

/** Raises `Failure` when the platform takes no such file. */
export function allowed(caller: Caller, file: File): void {
  const { sharefile } = caller.ctx.settings.features;
  const limit = Number(sharefile.max_size_share_file_v3) * 1024 * 1024;
  if (limit > 0 && file.size > limit) throw new Failure("api", "the file is too big");
  const refused: unknown = sharefile.restricted_ext_file;
  if (Array.isArray(refused) && refused.includes(extensionOf(file).toLowerCase())) {
    throw new Failure("api", "files of this kind are not taken");
  }
}

async function reading(file: File, use: (handle: FileHandle) => Promise<void>): Promise<void> {
  let handle: FileHandle;
  try {
    handle = await open(file.path, "r");
  } catch {
    throw new Failure("bug", "the file cannot be read");
  }
  try {
    await use(handle);
  } finally {
    await handle.close();
  }
}

async function piece(handle: FileHandle, bytes: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(bytes);
  let filled = 0;
  while (filled < bytes) {
    const { bytesRead } = await handle.read(buffer, filled, bytes - filled, null);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
