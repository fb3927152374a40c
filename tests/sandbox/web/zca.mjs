// zca-js, as published, against the simulated Zalo Web: node zca.mjs <sandbox> <folder of zca-js> <samples> <uid> <person> <friend> <group>
// Prints one JSON object: what it signed in as, what each call gave, what its listener told.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [sandbox, folder, samples, uid, person, friend, group] = process.argv.slice(2);
const { Zalo, ThreadType, Reactions } = await import(pathToFileURL(`${folder}/dist/index.js`).href);

function polyfill(url, options) {
  const { hostname, pathname, search, href } = new URL(url);
  const there = hostname.endsWith("zalo.me") ? `${sandbox}/h/${hostname}${pathname}${search}` : href;
  return fetch(there, { ...options, redirect: "manual" });
}
async function control(path, body) {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${sandbox}/control/web${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return answer.json();
}
const options = { logging: false, checkUpdate: false, selfListen: true, polyfill };
const told = { steps: [], results: {}, events: {}, codes: {}, closed: [] };
let credentials;
const first = await new Zalo(options).loginQR({ userAgent: "zca-js test" }, async (event) => {
  told.steps.push(event.type);
  if (event.type === 0) {
    await control("/qr/scan", { code: event.data.code, uid });
    await control("/qr/confirm", { code: event.data.code });
  }
  if (event.type === 4) credentials = event.data;
});
told.first = first.getOwnId();
const api = await new Zalo(options).login(credentials);
told.uid = api.getOwnId();

const heard = [];
const names = ["message", "undo", "reaction", "seen_messages", "delivered_messages", "typing", "old_messages"];
for (const name of [...names, "group_event", "friend_event", "upload_attachment", "error"])
  api.listener.on(name, (data) => {
    told.events[name] = (told.events[name] ?? 0) + 1;
    heard.push([name, data]);
  });
api.listener.on("closed", (code) => told.closed.push(code));
api.listener.start();
async function until(found) {
  for (let turn = 0; turn < 400; turn += 1) {
    const value = heard.map(([name, data]) => found(name, data)).find(Boolean);
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("nothing heard");
}
await new Promise((resolve) => api.listener.once("cipher_key", resolve));

for (const mode of [0, 1, 2, 3]) {
  await control("/settings", { mode });
  await control("/messages", { from_uid: person, to: uid, text: `kiểu ${mode}` });
  await until((name, data) => name === "message" && data.data.content === `kiểu ${mode}` && data);
}
await control("/settings", { mode: -1 });
const theirs = await until((name, data) => name === "message" && data.data.content === "kiểu 3" && data);

const attached = (name, width = 4, height = 3) => {
  const data = readFileSync(`${samples}/${name}`);
  return { data, filename: name, metadata: { totalSize: data.length, width, height } };
};
async function result(name, call) {
  try {
    told.results[name] = await call();
  } catch (error) {
    told.codes[name] = error.code ?? error.message;
  }
}
const User = ThreadType.User;
const Group = ThreadType.Group;
await result("text", () => api.sendMessage({ msg: "dạ chào chị" }, person, User));
await result("quote", () => api.sendMessage({ msg: "về tin này", quote: theirs.data }, person, User));
const mentions = [{ uid: friend, pos: 0, len: 5 }];
await result("mention", () => api.sendMessage({ msg: "@Bình ơi", mentions }, group, Group));
for (const [place, type] of [[person, User], [group, Group]]) {
  const send = (msg, name) => api.sendMessage({ msg, attachments: [attached(name)] }, place, type);
  await result(`photo ${type}`, () => send("ảnh", "mau-rem.jpg"));
  await result(`file ${type}`, () => send("", "yeu-cau-bao-gia.pdf"));
  await result(`gif ${type}`, () => send("", "vay-tay.gif"));
  await result(`video ${type}`, () => send("", "mo-hop.mp4"));
  await result(`sticker ${type}`, () => api.sendSticker({ id: 46625, cateId: 10, type: 7 }, place, type));
  await result(`link ${type}`, () => api.sendLink({ link: "https://shop.example/rem" }, place, type));
  await result(`card ${type}`, () => api.sendCard({ userId: friend }, place, type));
  await result(`typing ${type}`, () => api.sendTypingEvent(place, type));
}
await control("/messages", { from_uid: person, to: uid, kind: "voice" });
const voice = await until((name, data) => name === "message" && data.data.msgType === "chat.voice" && data);
await result("voice", () => api.sendVoice({ voiceUrl: voice.data.content.href }, person, User));
await result("reaction", () => api.addReaction(Reactions.HEART, theirs));
await result("seen", () => api.sendSeenEvent([theirs.data], User));
const own = await until((name, data) => name === "message" && data.data.content === "dạ chào chị" && data);
const both = { msgId: told.results.text.message.msgId, cliMsgId: own.data.cliMsgId };
await result("undo", () => api.undo(both, person, User));
await result("undo of others", () => api.undo(theirs.data, person, User));
await result("friends", async () => (await api.getAllFriends()).map((each) => each.userId));
await result("groups", async () => Object.keys((await api.getAllGroups()).gridVerMap));
await result("group info", async () => (await api.getGroupInfo(group)).gridInfoMap[group].totalMember);
await result("unknown number", () => api.findUser("84999999998"));
await result("labels", async () => (await api.updateLabels(await api.getLabels())).version);
await result("aliases", async () => (await api.getAliasList()).items.length);
await result("request to a friend", () => api.sendFriendRequest("", friend));
await result("keep alive", () => api.keepAlive());
await result("stranger to all", () => api.sendMessage({ msg: "x" }, "1234567890123456789", User));
await control("/recalls", { uid: person, msg_id: theirs.data.msgId });
await control("/typing", { uid: person, to: uid });
await control("/seen", { uid: person, to: uid });
await until((name, data) => name === "undo" && !data.isSelf);
await until((name) => name === "typing");
await until((name) => name === "seen_messages");
api.listener.requestOldMessages(User);
told.results.old = (await until((name, data) => name === "old_messages" && data)).length;
await control(`/sessions/${uid}/drop`, { code: 3003 });
for (let turn = 0; turn < 100 && !told.closed.length; turn += 1) await new Promise((r) => setTimeout(r, 25));
process.stdout.write(JSON.stringify(told));
process.exit(0);
