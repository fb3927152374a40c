/** Friends, groups, labels and history: what is read of an account, and what is changed of its people. */

import type { Caller } from "./caller.ts";
import { Failure, failureOf } from "./failure.ts";
import { type Dictionary, idOf, isDictionary, parseExact } from "./json.ts";
import type { Group, GroupPerson, Label, LabelsReply, StickerReply } from "./protocol.gen.ts";

const PROFILES = 100;
const GROUPS = 50;
const ALIASES = 100;
const MOST_PAGES = 200;
/** `recommType` of somebody who asks; the others are people whom Zalo thinks one may know. */
const RECEIVED = 2;
/** What Zalo answers instead of an empty list. */
const NO_REQUESTS = 112;
/** Before every message there is. */
const NEWEST = "10000000000000000";

export async function friends(caller: Caller): Promise<unknown[]> {
  const params = {
    incInvalid: 1,
    page: 1,
    count: 20000,
    avatar_size: 120,
    actiontime: 0,
    imei: caller.ctx.imei,
  };
  return listOf(await caller.call("profile", "/api/social/friend/getfriends", params, { method: "GET" }));
}

export async function profiles(caller: Caller, uids: string[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const some of slices(uids, PROFILES)) {
    const answer = await caller.call("profile", "/api/social/friend/getprofiles/v2", {
      phonebook_version: caller.ctx.extraVer?.phonebook ?? 0,
      friend_pversion_map: some.map((uid) => `${uid}_0`),
      avatar_size: 120,
      language: caller.ctx.language,
      show_online_status: 1,
      imei: caller.ctx.imei,
    });
    for (const [key, profile] of entriesOf(answer, "changed_profiles")) {
      if (isDictionary(profile)) found.push({ userId: key.split("_")[0], ...profile });
    }
  }
  return found;
}

export async function groups(caller: Caller, only?: string[] | null): Promise<Group[]> {
  const found: Group[] = [];
  for (const some of slices(only ?? (await groupIds(caller)), GROUPS)) {
    const gridVerMap = JSON.stringify(Object.fromEntries(some.map((id) => [id, 0])));
    const answer = await caller.call("group", "/api/group/getmg-v2", { gridVerMap });
    for (const [id, group] of entriesOf(answer, "gridInfoMap"))
      if (isDictionary(group)) found.push(groupOf(id, group));
  }
  if (only) for (const group of found) group.people = await peopleOf(caller, group.members ?? []);
  return found;
}

async function groupIds(caller: Caller): Promise<string[]> {
  const all = await caller.call("group_poll", "/api/group/getlg/v4", null, { method: "GET" });
  return entriesOf(all, "gridVerMap").map(([id]) => id);
}

async function peopleOf(caller: Caller, uids: string[]): Promise<GroupPerson[]> {
  const found: GroupPerson[] = [];
  for (const some of slices(uids, PROFILES)) {
    const params = { friend_pversion_map: some.map((uid) => `${uid}_0`) };
    const answer = await caller.call("profile", "/api/social/group/members", params, { method: "GET" });
    for (const [key, person] of entriesOf(answer, "profiles")) {
      if (!isDictionary(person)) continue;
      const name = String(person.zaloName || person.displayName || "");
      const avatar = typeof person.avatar === "string" && person.avatar ? person.avatar : null;
      if (name) found.push({ id: key.split("_")[0] ?? key, name, avatar });
    }
  }
  return found;
}

function groupOf(id: string, group: Dictionary): Group {
  const told = idsOf(group.memberIds);
  // Each is `<uid>_<version>`.
  const members = told.length ? told : idsOf(group.memVerList).map((each) => each.split("_")[0] ?? each);
  const admins = new Set([...idsOf([group.creatorId]), ...idsOf(group.adminIds)]);
  return {
    id,
    name: String(group.name ?? ""),
    members,
    total: Number(group.totalMember) || members.length,
    admins: [...admins],
  };
}

export function findPhone(caller: Caller, phone: string): Promise<unknown> {
  const { language, imei } = caller.ctx;
  const params = { phone, avatar_size: 240, language, imei, reqSrc: 40 };
  return caller.call("friend", "/api/friend/profile/get", params, { method: "GET" });
}

export async function requestFriend(caller: Caller, uid: string, text: string): Promise<null> {
  const { imei, language } = caller.ctx;
  const srcParams = JSON.stringify({ uidTo: uid });
  const params = { toid: uid, msg: text, reqsrc: 30, imei, language, srcParams };
  await caller.call("friend", "/api/friend/sendreq", params);
  return null;
}

/** Requests that nobody has answered yet, theirs and ours: Zalo's users, each with its `request`. */
export async function friendRequests(caller: Caller): Promise<unknown[]> {
  const params = { imei: caller.ctx.imei };
  const told = await caller.call("friend", "/api/friend/recommendsv2/list", params, { method: "GET" });
  const theirs = listOf(isDictionary(told) ? told.recommItems : null)
    .map((item) => (isDictionary(item) ? item.dataInfo : null))
    .filter(isDictionary)
    .filter((user) => user.recommType === RECEIVED)
    .map(({ recommInfo, recommTime: time, ...user }) => {
      const message = isDictionary(recommInfo) ? recommInfo.message : null;
      return { ...user, request: { ours: false, message, time } };
    });
  const ours = (await sentRequests(caller)).map(({ fReqInfo, ...user }) => {
    const { message, time } = isDictionary(fReqInfo) ? fReqInfo : {};
    return { ...user, request: { ours: true, message, time } };
  });
  return [...theirs, ...ours];
}

async function sentRequests(caller: Caller): Promise<Dictionary[]> {
  const params = { imei: caller.ctx.imei };
  try {
    const sent = await caller.call("friend", "/api/friend/requested/list", params, { method: "GET" });
    return isDictionary(sent) ? Object.values(sent).filter(isDictionary) : [];
  } catch (error) {
    if (failureOf(error).code === NO_REQUESTS) return [];
    throw error;
  }
}

export async function answerFriend(
  caller: Caller,
  uid: string,
  verb: "accept" | "reject" | "undo",
): Promise<null> {
  const language = verb === "accept" ? { language: caller.ctx.language } : {};
  await caller.call("friend", `/api/friend/${verb}`, { fid: uid, ...language });
  return null;
}

export async function labels(caller: Caller): Promise<LabelsReply> {
  return labelsOf(
    await caller.call("label", "/api/convlabel/get", { imei: caller.ctx.imei }, { method: "GET" }),
  );
}

export async function setLabels(caller: Caller, wanted: Label[], version: number): Promise<LabelsReply> {
  const labelData = JSON.stringify(wanted.map(({ extra, ...known }) => ({ ...extra, ...known })));
  const params = { labelData, version, imei: caller.ctx.imei };
  return labelsOf(await caller.call("label", "/api/convlabel/update", params));
}

function labelsOf(answer: unknown): LabelsReply {
  if (!isDictionary(answer)) throw new Failure("bad-reply", "no labels");
  const all = listOf(unpacked(answer.labelData)).filter(isDictionary);
  return { labels: all.map(labelOf), version: Number(answer.version) || 0 };
}

function labelOf({ id, text, color, emoji, conversations, ...extra }: Dictionary): Label {
  return {
    id: Number(id),
    text: String(text ?? ""),
    color: String(color ?? ""),
    emoji: String(emoji ?? ""),
    conversations: idsOf(conversations),
    extra,
  };
}

export async function setAlias(caller: Caller, uid: string, alias: string | null): Promise<null> {
  const params = alias === null ? { friendId: uid } : { friendId: uid, alias, imei: caller.ctx.imei };
  await caller.call("alias", `/api/alias/${alias === null ? "remove" : "update"}`, params, { method: "GET" });
  return null;
}

export async function aliases(caller: Caller): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const params = { page, count: ALIASES, imei: caller.ctx.imei };
    const answer = await caller.call("alias", "/api/alias/list", params, { method: "GET" });
    const items = isDictionary(answer) ? listOf(answer.items) : [];
    found.push(...items);
    if (items.length < ALIASES) break;
  }
  return found;
}

export async function findSticker(caller: Caller, sticker: string): Promise<StickerReply> {
  const path = "/api/message/sticker/sticker_detail";
  const found = await caller.call("sticker", path, { sid: Number(sticker) }, { method: "GET" });
  if (!isDictionary(found)) throw new Failure("bad-reply", "no sticker");
  const urls = [found.stickerUrl, found.stickerWebpUrl];
  return { url: urls.map(String).find((url) => url.startsWith("http")) ?? null };
}

export async function lastMessages(caller: Caller): Promise<unknown> {
  const params = { threadIdLocalMsgId: "{}", imei: caller.ctx.imei };
  const path = "/api/preloadconvers/get-last-msgs";
  return unpacked(await caller.call("conversation", path, params, { method: "GET" }));
}

export async function groupHistory(caller: Caller, group: string, before: string | null): Promise<unknown> {
  const params = {
    groupId: group,
    globalMsgId: before ?? NEWEST,
    count: 50,
    msgIds: [],
    imei: caller.ctx.imei,
    src: 1,
  };
  return unpacked(await caller.call("group_cloud_message", "/api/cm/getrecentv2", params, { method: "GET" }));
}

export async function keepAlive(caller: Caller): Promise<null> {
  await caller.call("chat", "/keepalive", { imei: caller.ctx.imei }, { method: "GET" });
  return null;
}

/** Some answers are JSON within JSON. */
function unpacked(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return parseExact(value);
  } catch {
    throw new Failure("bad-reply", "no JSON within");
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function idsOf(value: unknown): string[] {
  return listOf(value)
    .map(idOf)
    .filter((id) => id !== null);
}

function entriesOf(answer: unknown, name: string): [string, unknown][] {
  const found = isDictionary(answer) ? answer[name] : null;
  return isDictionary(found) ? Object.entries(found) : [];
}

function slices<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}
