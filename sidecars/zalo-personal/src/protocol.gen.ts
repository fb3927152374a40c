// Generated from protocol.py by `make protocol`; never edited.

export interface Lines {
  request:
    | Hello
    | Shutdown
    | LoginQr
    | LoginAbort
    | Start
    | Stop
    | Send
    | Undo
    | React
    | Seen
    | Typing
    | Friends
    | Profiles
    | Groups
    | FindPhone
    | FriendRequest
    | FriendRequests
    | FriendAccept
    | FriendReject
    | FriendUndo
    | Labels
    | SetLabels
    | SetAlias
    | Aliases
    | FindSticker
    | Old
    | LastMessages
    | GroupHistory
    | KeepAlive
    | Export;
  reply: Reply;
  event: ItemEvent | FrameEvent | StateEvent | CredentialsEvent | QrEvent | StatsEvent;
}
export interface Hello {
  op: "hello";
  id?: number;
}
/**
 * Closes every session without logging out, answers, and ends.
 */
export interface Shutdown {
  op: "shutdown";
  id?: number;
}
/**
 * Answered once it has begun; then come `QrEvent`s until done, failed, declined or expired.
 */
export interface LoginQr {
  op: "login_qr";
  login: number;
  user_agent: string;
  language?: string;
  proxy?: string | null;
  id?: number;
}
export interface LoginAbort {
  op: "login_abort";
  login: number;
  id?: number;
}
/**
 * Logs in by cookie and listens. An api error 102, 600 or -13 means that a new QR login is needed.
 */
export interface Start {
  op: "start";
  account: number;
  credentials: Credentials;
  proxy?: string | null;
  id?: number;
}
/**
 * What Zalo knows a browser by; never logged. `cookie` as the jar serialises each.
 */
export interface Credentials {
  imei: string;
  cookie: {
    [k: string]: unknown;
  }[];
  user_agent: string;
  language?: string;
}
/**
 * Closes without logging out.
 */
export interface Stop {
  op: "stop";
  account: number;
  id?: number;
}
/**
 * `quote` is the data of the quoted message as Zalo sent it.
 */
export interface Send {
  op: "send";
  account: number;
  thread: string;
  group: boolean;
  kind: "file" | "gif" | "image" | "sticker" | "text" | "video" | "voice";
  text?: string | null;
  quote?: {
    [k: string]: unknown;
  } | null;
  mentions?: Mention[];
  file?: File | null;
  sticker?: Sticker | null;
  id?: number;
}
/**
 * `pos` and `len` in UTF-16 units; uid "-1" is everybody.
 */
export interface Mention {
  uid: string;
  pos: number;
  len: number;
}
/**
 * A file that lies where the sidecar can read it. `size` in bytes, `width` and `height` in pixels.
 */
export interface File {
  path: string;
  name: string;
  content_type: string;
  size: number;
  width?: number | null;
  height?: number | null;
}
export interface Sticker {
  id: number;
  cate_id: number;
  type: number;
}
export interface Undo {
  op: "undo";
  account: number;
  thread: string;
  group: boolean;
  msg_id: string;
  cli_msg_id: string;
  id?: number;
}
/**
 * `icon` None takes it back.
 */
export interface React {
  op: "react";
  account: number;
  thread: string;
  group: boolean;
  msg_id: string;
  cli_msg_id: string;
  icon?: string | null;
  id?: number;
}
/**
 * `messages`: the data of at most 50 messages of the thread, as Zalo sent them.
 */
export interface Seen {
  op: "seen";
  account: number;
  thread: string;
  group: boolean;
  messages: {
    [k: string]: unknown;
  }[];
  id?: number;
}
export interface Typing {
  op: "typing";
  account: number;
  thread: string;
  group: boolean;
  id?: number;
}
export interface Friends {
  op: "friends";
  account: number;
  id?: number;
}
export interface Profiles {
  op: "profiles";
  account: number;
  uids: string[];
  id?: number;
}
/**
 * `ids`: only these, with what Zalo says of their members (`people`).
 */
export interface Groups {
  op: "groups";
  account: number;
  ids?: string[] | null;
  id?: number;
}
/**
 * `phone` as 84…; an api error 216 means that nobody has it.
 */
export interface FindPhone {
  op: "find_phone";
  account: number;
  phone: string;
  id?: number;
}
export interface FriendRequest {
  op: "friend_request";
  account: number;
  uid: string;
  text?: string;
  id?: number;
}
/**
 * Those that are open, theirs and ours.
 */
export interface FriendRequests {
  op: "friend_requests";
  account: number;
  id?: number;
}
export interface FriendAccept {
  op: "friend_accept";
  account: number;
  uid: string;
  id?: number;
}
export interface FriendReject {
  op: "friend_reject";
  account: number;
  uid: string;
  id?: number;
}
export interface FriendUndo {
  op: "friend_undo";
  account: number;
  uid: string;
  id?: number;
}
export interface Labels {
  op: "labels";
  account: number;
  id?: number;
}
/**
 * The whole list, over the version that was read.
 */
export interface SetLabels {
  op: "set_labels";
  account: number;
  labels: Label[];
  version: number;
  id?: number;
}
/**
 * A label of Zalo's; `conversations` are uids, and groups with `g` before the id. `extra` goes back as it came.
 */
export interface Label {
  id: number;
  text: string;
  color?: string;
  emoji?: string;
  conversations?: string[];
  extra?: {
    [k: string]: unknown;
  };
}
/**
 * `alias` None takes it away.
 */
export interface SetAlias {
  op: "set_alias";
  account: number;
  uid: string;
  alias?: string | null;
  id?: number;
}
export interface Aliases {
  op: "aliases";
  account: number;
  id?: number;
}
/**
 * Of a message with a sticker only its number comes; an api error means that there is none such.
 */
export interface FindSticker {
  op: "find_sticker";
  account: number;
  sticker: string;
  id?: number;
}
/**
 * Messages before `last_id`, or the newest; they come as `ItemEvent`s before the reply.
 */
export interface Old {
  op: "old";
  account: number;
  group: boolean;
  last_id?: string | null;
  id?: number;
}
/**
 * The newest message of each thread, as Zalo answers.
 */
export interface LastMessages {
  op: "last_messages";
  account: number;
  id?: number;
}
export interface GroupHistory {
  op: "group_history";
  account: number;
  group: string;
  before?: string | null;
  id?: number;
}
export interface KeepAlive {
  op: "keep_alive";
  account: number;
  id?: number;
}
export interface Export {
  op: "export";
  account: number;
  id?: number;
}
/**
 * `data` by operation: `HelloReply`, `StartReply`, `SendReply`, `LabelsReply`, `OldReply`, `StickerReply`,
 *     `Credentials` (export); a list of `Group` (groups), of Zalo's users (friends, profiles, aliases), of users each with
 *     `request` `{ours, message, time}` (friend_requests), one user (find_phone), messages as Zalo answers
 *     (last_messages, group_history); null for the others.
 */
export interface Reply {
  re: number;
  ok: boolean;
  data?: unknown;
  error?: ReplyError | null;
}
/**
 * `phase` upload: surely nothing was sent. `code` is Zalo's, with kind `api`.
 */
export interface ReplyError {
  kind: "api" | "bad-reply" | "bug" | "closed" | "network" | "timeout";
  phase?: ("send" | "upload") | null;
  code?: number | null;
  message?: string;
}
/**
 * One element of a frame, known or not; `n` counts per connection, `at` in ms. `list` is the name under which it
 *     stood.
 */
export interface ItemEvent {
  ev: "item";
  account: number;
  conn: string;
  n: number;
  cmd: number;
  sub: number;
  own: string;
  at: number;
  item: unknown;
  list?: string | null;
}
/**
 * A frame that gave no items; `frame` is all of it, base64.
 */
export interface FrameEvent {
  ev: "frame";
  account: number;
  conn: string;
  n: number;
  cmd: number;
  sub: number;
  why: "no-key" | "undecryptable" | "unreadable";
  at: number;
  frame: string;
}
/**
 * The sidecar never connects again by itself. `heard_at`, ms: all that was sent until then has come in.
 */
export interface StateEvent {
  ev: "state";
  account: number;
  conn: string;
  state: "closed" | "connecting" | "online";
  code?: number | null;
  reason?: string | null;
  heard_at?: number | null;
}
export interface CredentialsEvent {
  ev: "credentials";
  account: number;
  credentials: Credentials;
}
/**
 * `image` is a PNG, base64, at step `code`; `name` and `avatar` from `scanned` on; `uid` and `credentials` at
 *     `done`.
 */
export interface QrEvent {
  ev: "qr";
  login: number;
  step: "code" | "declined" | "done" | "expired" | "failed" | "scanned";
  image?: string | null;
  expires_at_ms?: number | null;
  name?: string | null;
  avatar?: string | null;
  uid?: string | null;
  credentials?: Credentials | null;
  error?: string | null;
}
/**
 * `rss` in bytes.
 */
export interface StatsEvent {
  ev: "stats";
  rss: number;
  accounts?: AccountStats[];
}
/**
 * `heard_at` as `StateEvent` says it.
 */
export interface AccountStats {
  account: number;
  last_frame_at?: number | null;
  heard_at?: number | null;
  frames?: number;
  buffered?: number;
}
export interface HelloReply {
  version: number;
  zca_js: string;
  pid: number;
}
export interface StartReply {
  uid: string;
  name: string;
  phone?: string | null;
}
export interface SendReply {
  msg_id: string;
  cli_msg_id?: string | null;
}
export interface Group {
  id: string;
  name: string;
  members?: string[];
  total?: number;
  admins?: string[];
  people?: GroupPerson[];
}
export interface GroupPerson {
  id: string;
  name: string;
  avatar?: string | null;
}
export interface LabelsReply {
  labels: Label[];
  version: number;
}
/**
 * Of the page that came as items. `oldest_ts` in ms.
 */
export interface OldReply {
  count: number;
  oldest_id?: string | null;
  oldest_ts?: number | null;
  more?: boolean;
}
/**
 * `url` leads to a still picture where Zalo has one.
 */
export interface StickerReply {
  url?: string | null;
}

export type Request = Lines["request"];
export type Event = Lines["event"];
export const VERSION = 1;
