/** Messages out: first whatever has to be uploaded, then one call that sends. */

import type { Caller } from "./caller.ts";
import { Failure, failureOf, within } from "./failure.ts";
import type { FilesDone } from "./files.ts";
import { type Dictionary, idOf, isDictionary } from "./json.ts";
import type { File, React, Seen, Send, SendReply, Typing, Undo } from "./protocol.gen.ts";
import { reactionType } from "./reactions.ts";
import { allowed, extensionOf, type Place, readWhole, uploadFile, uploadPhoto } from "./uploads.ts";
import { CALL_MS, callScope, UPLOAD_MS } from "./wire.ts";

/** A message that is ready: the call that sends it. */
interface Ready {
  clientId: string;
  send(): Promise<unknown>;
}

/** Client numbers of message types, as quotes name them. */
const QUOTED_TYPES: Record<string, number> = {
  webchat: 1,
  "chat.voice": 31,
  "chat.photo": 32,
  "chat.sticker": 36,
  "chat.doodle": 37,
  "chat.recommended": 38,
  "chat.link": 38,
  "chat.location.new": 43,
  "chat.video.msg": 44,
  "share.file": 46,
  "chat.gif": 49,
};

/** Raises `Failure` with its phase. */
export async function sendMessage(caller: Caller, files: FilesDone, asked: Send): Promise<SendReply> {
  const ready = await within(UPLOAD_MS, (signal) =>
    callScope.run(signal, () => prepare(caller, files, asked, signal)),
  ).catch((error) => {
    throw failureOf(error).in("upload");
  });
  const answer = await within(CALL_MS, (signal) => callScope.run(signal, () => ready.send())).catch(
    (error) => {
      throw failureOf(error).in("send");
    },
  );
  const id = isDictionary(answer) ? idOf(answer.msgId) : null;
  if (id === null) throw new Failure("bad-reply", "no message id", null, "send");
  return { msg_id: id, cli_msg_id: ready.clientId };
}

async function prepare(caller: Caller, files: FilesDone, asked: Send, signal: AbortSignal): Promise<Ready> {
  switch (asked.kind) {
    case "text":
      return text(caller, asked);
    case "sticker":
      return sticker(caller, asked);
    case "image":
      return photo(caller, asked, fileOf(asked));
    case "gif":
      return gif(caller, asked, fileOf(asked));
    case "voice":
      return voice(caller, files, asked, fileOf(asked), signal);
    case "file":
    case "video":
      return anyFile(caller, files, asked, fileOf(asked), signal);
  }
}

function fileOf(asked: Send): File {
  if (!asked.file) throw new Failure("bug", `a ${asked.kind} without its file`);
  return asked.file;
}

function to({ thread, group }: Place): Dictionary {
  return group ? { grid: thread } : { toid: thread };
}

function text(caller: Caller, asked: Send): Ready {
  const { group, text: message } = asked;
  if (!message) throw new Failure("bug", "a text without words");
  const clientId = caller.clientId();
  const mentions = group ? (asked.mentions ?? []).filter(({ pos, len }) => pos >= 0 && len > 0) : [];
  const mentionInfo = JSON.stringify(mentions.map((each) => ({ ...each, type: each.uid === "-1" ? 1 : 0 })));
  const params: Dictionary = {
    ...to(asked),
    message,
    clientId,
    ttl: 0,
    ...(group ? { visibility: 0 } : { imei: caller.ctx.imei }),
    ...(mentions.length ? { mentionInfo } : {}),
    ...(asked.quote ? quoted(asked.quote, group) : {}),
  };
  const verb = asked.quote ? "quote" : group ? (mentions.length ? "mention" : "sendmsg") : "sms";
  return sending(caller, group ? "group" : "chat", place(asked, verb), params, clientId);
}

function quoted(quote: Dictionary, group: boolean): Dictionary {
  const { content } = quote;
  const attach = isDictionary(content)
    ? { ...content, thumbUrl: content.thumb, oriUrl: content.href, normalUrl: content.href }
    : quote.propertyExt;
  return {
    qmsgOwner: quote.uidFrom,
    qmsgId: quote.msgId,
    qmsgCliId: quote.cliMsgId,
    qmsgType: QUOTED_TYPES[String(quote.msgType)] ?? 1,
    qmsgTs: quote.ts,
    qmsg: typeof content === "string" ? content : "",
    qmsgTTL: quote.ttl ?? 0,
    ...(group ? { qmsgAttach: JSON.stringify(attach ?? {}) } : {}),
  };
}

function sticker(caller: Caller, asked: Send): Ready {
  if (!asked.sticker) throw new Failure("bug", "no sticker");
  const { id, cate_id, type } = asked.sticker;
  const clientId = caller.clientId();
  const params = {
    stickerId: id,
    cateId: cate_id,
    type,
    clientId,
    imei: caller.ctx.imei,
    zsource: 101,
    ...to(asked),
  };
  return sending(caller, asked.group ? "group" : "chat", place(asked, "sticker"), params, clientId);
}

async function photo(caller: Caller, asked: Send, file: File): Promise<Ready> {
  const { photoId, normalUrl, hdUrl, thumbUrl } = await uploadPhoto(caller, asked, file);
  const clientId = caller.clientId();
  const params = {
    photoId,
    clientId: String(clientId),
    desc: asked.text ?? "",
    width: file.width ?? 0,
    height: file.height ?? 0,
    ...to(asked),
    rawUrl: normalUrl,
    hdUrl,
    thumbUrl,
    [asked.group ? "oriUrl" : "normalUrl"]: normalUrl,
    hdSize: String(file.size),
    zsource: -1,
    ttl: 0,
    jcp: '{"convertible":"jxl"}',
  };
  return sending(caller, "file", place(asked, "photo_original/send"), params, clientId);
}

async function gif(caller: Caller, asked: Send, file: File): Promise<Ready> {
  allowed(caller, file);
  const { data, md5 } = await readWhole(file);
  const thumb = await caller.call(
    "file",
    "/api/message/upthumb",
    { clientId: caller.clientId(), imei: caller.ctx.imei },
    { part: { field: "fileContent", name: "blob", contentType: "image/png", data } },
  );
  const clientId = caller.clientId();
  const params = {
    clientId: String(clientId),
    fileName: file.name,
    totalSize: file.size,
    width: file.width ?? 0,
    height: file.height ?? 0,
    msg: asked.text ?? "",
    type: 1,
    ttl: 0,
    ...(asked.group ? { visibility: 0 } : {}),
    ...to(asked),
    thumb: isDictionary(thumb) ? thumb.url : undefined,
    checksum: md5,
    totalChunk: 1,
    chunkId: 1,
  };
  const part = { field: "chunkContent", name: file.name, contentType: "application/octet-stream", data };
  return {
    clientId: String(clientId),
    send: () => caller.call("file", place(asked, "gif"), params, { query: { nretry: 0, type: 1 }, part }),
  };
}

async function anyFile(
  caller: Caller,
  files: FilesDone,
  asked: Send,
  file: File,
  signal: AbortSignal,
): Promise<Ready> {
  const { fileId, url, md5, clientId } = await uploadFile(caller, files, asked, file, signal);
  const params = {
    fileId,
    checksum: md5,
    checksumSha: "",
    extention: extensionOf(file),
    totalSize: file.size,
    fileName: file.name,
    clientId,
    fType: 1,
    fileCount: 0,
    fdata: "{}",
    ...to(asked),
    fileUrl: url,
    zsource: -1,
    ttl: 0,
  };
  return sending(caller, "file", place(asked, "asyncfile/msg"), params, clientId);
}

async function voice(
  caller: Caller,
  files: FilesDone,
  asked: Send,
  file: File,
  signal: AbortSignal,
): Promise<Ready> {
  const { url } = await uploadFile(caller, files, asked, file, signal);
  const clientId = caller.clientId();
  const params = {
    ...(asked.group ? { grid: asked.thread, visibility: 0 } : { toId: asked.thread }),
    ttl: 0,
    zsource: -1,
    msgType: 3,
    clientId: String(clientId),
    msgInfo: JSON.stringify({ voiceUrl: url, m4aUrl: url, fileSize: file.size }),
    imei: caller.ctx.imei,
  };
  return sending(caller, "file", place(asked, "forward"), params, clientId);
}

function place({ group }: Place, verb: string): string {
  return `/api/${group ? "group" : "message"}/${verb}`;
}

function sending(
  caller: Caller,
  service: string,
  path: string,
  params: Dictionary,
  clientId: number | string,
): Ready {
  const known = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
  return {
    clientId: String(clientId),
    send: () => caller.call(service, path, known, { query: { nretry: 0 } }),
  };
}

export async function undo(caller: Caller, { thread, group, msg_id, cli_msg_id }: Undo): Promise<null> {
  const params = {
    msgId: msg_id,
    clientId: caller.clientId(),
    cliMsgIdUndo: cli_msg_id,
    ...(group ? { grid: thread, visibility: 0, imei: caller.ctx.imei } : { toid: thread }),
  };
  await caller.call(group ? "group" : "chat", group ? "/api/group/undomsg" : "/api/message/undo", params);
  return null;
}

export async function react(caller: Caller, asked: React): Promise<null> {
  const { thread, group, msg_id, cli_msg_id, icon } = asked;
  // The ids are bare numbers in this text: all their digits have to stay.
  const target = `{"gMsgID":${digits(msg_id)},"cMsgID":${digits(cli_msg_id)},"msgType":1}`;
  const rest = JSON.stringify({ rIcon: icon ?? "", rType: reactionType(icon ?? null), source: 6 });
  const message = `{"rMsg":[${target}],${rest.slice(1)}`;
  const params = {
    react_list: [{ message, clientId: caller.clientId() }],
    ...(group ? { grid: thread, imei: caller.ctx.imei } : { toid: thread }),
  };
  await caller.call("reaction", place({ thread, group }, "reaction"), params);
  return null;
}

function digits(id: string): string {
  if (!/^\d{1,20}$/.test(id)) throw new Failure("bug", "not an id");
  return id.replace(/^0+(?=\d)/, "");
}

export async function seen(caller: Caller, { thread, group, messages }: Seen): Promise<null> {
  const own = caller.uid;
  const told = (value: unknown) => (value === undefined || value === null ? -1 : 0);
  const data = messages.map((message) => ({
    cmi: message.cliMsgId,
    gmi: message.msgId,
    si: message.uidFrom,
    di: message.idTo === own ? "0" : message.idTo,
    mt: message.msgType,
    st: told(message.st),
    at: told(message.at),
    cmd: told(message.cmd),
    ts: told(message.ts),
  }));
  const params = {
    msgInfos: JSON.stringify({ data, [group ? "grid" : "senderId"]: thread }),
    ...(group ? { imei: caller.ctx.imei } : {}),
  };
  await caller.call(group ? "group" : "chat", place({ thread, group }, "seenv2"), params, {
    query: { nretry: 0 },
  });
  return null;
}

export async function typing(caller: Caller, { thread, group }: Typing): Promise<null> {
  const params = { ...to({ thread, group }), ...(group ? {} : { destType: 3 }), imei: caller.ctx.imei };
  await caller.call(group ? "group" : "chat", place({ thread, group }, "typing"), params);
  return null;
}
