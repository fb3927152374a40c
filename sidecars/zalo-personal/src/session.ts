/** One account that is logged in and listens. */

import { randomUUID } from "node:crypto";
import type WebSocket from "ws";
import type { API } from "zca-js";
import { Caller } from "./caller.ts";
import { Early } from "./early.ts";
import { Failure, within } from "./failure.ts";
import { FilesDone } from "./files.ts";
import { bodyOf, envelopeOf, FrameError, type Header, headerOf, split } from "./frames.ts";
import type { Dictionary } from "./json.ts";
import { login, saneSettings, shared } from "./login.ts";
import { OldPages } from "./old.ts";
import type { AccountStats, Credentials, Event, FrameEvent, StartReply } from "./protocol.gen.ts";
import { report } from "./report.ts";
import { SignOfLife } from "./sign.ts";
import { CALL_MS, callScope, Wire } from "./wire.ts";

const CREDENTIALS_MS = 30 * 60_000;
const NAME_MS = 8000;
const PING_MS = 20_000;
const DEAD = 4000;

export interface Environment {
  emit(event: Event): void;
  standIn: string | null;
  /** How long a socket may be silent, in ms. */
  silence: number;
}

type Listener = API["listener"];

type Head = Header & { at: number };

export class Session {
  readonly conn = randomUUID();
  readonly files = new FilesDone();
  readonly old = new OldPages((group, lastId) => this.requestOld(group, lastId));
  private key: Buffer | null = null;
  private count = 0;
  private frames = 0;
  private state: "connecting" | "online" | "closed" = "connecting";
  private readonly since = Date.now();
  private lastFrameAt: number | null = null;
  private heardAt = Date.now();
  private readonly sign = new SignOfLife();
  private readonly early = new Early<Head>();
  private pingedAt = Date.now();
  private unanswered = 0;
  private exportedAt = Date.now() - Math.floor(Math.random() * (CREDENTIALS_MS / 10));
  private ending: { code: number; reason: string } | null = null;
  private socket: WebSocket | null = null;
  private paused = false;

  private constructor(
    readonly account: number,
    readonly caller: Caller,
    private readonly listener: Listener,
    private readonly wire: Wire,
    private readonly environment: Environment,
    private readonly onClosed: (session: Session) => void,
  ) {}

  /** Logs in by cookie; nothing listens yet. Raises `Failure`. */
  static async open(
    account: number,
    credentials: Credentials,
    proxy: string | null,
    environment: Environment,
    onClosed: (session: Session) => void,
  ): Promise<{ session: Session; phone: string | null }> {
    const wire = new Wire({ proxy, standIn: environment.standIn });
    try {
      const api = await within(CALL_MS, (signal) =>
        callScope.run(signal, () => login(credentials, proxy, wire)),
      );
      const caller = Caller.of(api);
      const { ctx } = caller;
      const phone = ctx.loginInfo?.phone_number;
      // All that is used of what a login told; the rest is the same for everybody.
      ctx.settings = shared(saneSettings(ctx.settings));
      ctx.loginInfo = shared({
        ...ctx.loginInfo,
        zpw_enk: "",
        uid: "",
        phone_number: "",
        send2me_id: "",
        public_ip: "",
      });
      caller.services = shared(caller.services);
      const session = new Session(account, caller, api.listener, wire, environment, onClosed);
      return { session, phone: phone ? String(phone) : null };
    } catch (error) {
      wire.close();
      throw error;
    }
  }

  /** Connects; what follows is told by events. */
  listen(): void {
    const { listener } = this;
    listener.on("error", () => {}); // the close that follows tells it
    listener.on("closed", (code, reason) => this.closed(Number(code), String(reason ?? "")));
    this.tellState("connecting");
    listener.start({ retryOnClose: false });
    const socket = (listener as unknown as { ws: WebSocket | null }).ws;
    if (!socket) throw new Failure("bug", "the listener has no socket");
    this.socket = socket;
    const theirs = socket.onmessage;
    socket.onmessage = (event) => {
      try {
        this.take(bufferOf(event.data), () => theirs?.call(socket, event));
      } catch (error) {
        report("frame", error);
      }
    };
    socket.on("pong", (data) => {
      this.sign.answered(data);
      this.heard();
    });
    socket.on("ping", () => this.heard());
    if (this.paused) socket.pause();
  }

  async introduce(phone: string | null): Promise<StartReply> {
    this.tellCredentials();
    const name = await within(NAME_MS, (signal) => callScope.run(signal, () => this.caller.ownName())).catch(
      () => "",
    );
    return { uid: this.uid, name, phone };
  }

  get uid(): string {
    return this.caller.uid;
  }

  get online(): boolean {
    return this.state === "online";
  }

  close(): void {
    if (this.state === "closed") return;
    this.ending = { code: 1000, reason: "stopped" };
    this.listener.stop();
    // A server that is gone answers no close; nobody waits for it.
    const socket = this.socket;
    setTimeout(() => socket?.terminate(), 2000).unref();
    this.closed(1000, "stopped");
  }

  pause(paused: boolean): void {
    if (paused === this.paused) return;
    this.paused = paused;
    if (paused) this.socket?.pause();
    else {
      this.socket?.resume();
      this.heard();
    }
  }

  /** Watches the connection; called every few seconds. */
  tick(now: number): void {
    if (this.state === "closed" || !this.socket) return;
    if (now - this.exportedAt > CREDENTIALS_MS) this.tellCredentials();
    if (this.paused) return;
    const { silence } = this.environment;
    if (this.state === "connecting") {
      if (now - this.since > Math.min(CALL_MS, silence)) this.give(1006, "no key came");
      return;
    }
    const interval = Math.min(PING_MS, silence / 4.5);
    if (now - this.pingedAt < interval) return;
    if (this.unanswered >= 3 || now - this.heardAt > silence) {
      this.give(DEAD, "dead");
      return;
    }
    this.pingedAt = now;
    this.unanswered += 1;
    this.socket.ping(this.sign.asked(now));
  }

  stats(buffered: number): AccountStats {
    return {
      account: this.account,
      last_frame_at: this.lastFrameAt,
      heard_at: this.sign.at,
      frames: this.frames,
      buffered,
    };
  }

  tellCredentials(): void {
    this.exportedAt = Date.now();
    this.environment.emit({
      ev: "credentials",
      account: this.account,
      credentials: this.caller.credentials(),
    });
  }

  private requestOld(group: boolean, lastId: string | null): void {
    if (!this.socket || this.state !== "online") throw new Failure("closed", "not connected", null, "upload");
    // `ThreadType` of zca-js: 0 user, 1 group.
    const kind = group ? 1 : 0;
    this.listener.requestOldMessages(kind, lastId);
    // Nobody waits for reactions: they come as items, and are put on their messages whenever those are there.
    if (lastId === null) this.listener.requestOldReactions(kind, null);
  }

  private take(frame: Buffer, handOver: () => unknown): void {
    const at = Date.now();
    const { cmd, sub } = headerOf(frame);
    this.frames += 1;
    this.lastFrameAt = at;
    this.heard();
    const head = { cmd, sub, at };
    try {
      const envelope = envelopeOf(frame);
      // The key, answers to pings and the notice of another connection are about the connection, not of messages.
      if (cmd === 1 || cmd === 2 || cmd === 3000) {
        if (cmd === 1 && typeof envelope?.key === "string") this.opened(envelope.key);
        if (cmd !== 2) Promise.resolve(handOver()).catch((error) => report("listener", error));
        return;
      }
      if (envelope) this.tell(head, frame, envelope);
    } catch (error) {
      this.keep(head, frame, error instanceof FrameError ? error.why : "unreadable");
    }
  }

  /** Every element by itself: what is wrong with one harms no other. Raises `FrameError`. */
  private tell(head: Head, frame: Buffer, envelope: Dictionary): void {
    const { cmd, sub } = head;
    let body: unknown;
    try {
      body = bodyOf(envelope, this.key);
    } catch (error) {
      // The key may come a moment later.
      const waits = error instanceof FrameError && error.why === "no-key" && this.state === "connecting";
      if (waits && this.early.hold(head, frame)) return;
      throw error;
    }
    let whole = true;
    for (const { list, item } of split(body, cmd)) {
      try {
        this.emit(head, { ev: "item", list, own: this.uid, item });
        if (cmd === 601) this.files.take(item);
      } catch (error) {
        report("element", error);
        whole = false;
      }
    }
    if (!whole) this.keep(head, frame, "unreadable");
    this.old.take(cmd, sub, body);
    if (cmd === 510 || cmd === 511) this.old.settle(cmd);
  }

  private keep(head: Head, frame: Buffer, why: FrameEvent["why"]): void {
    this.emit(head, { ev: "frame", why, frame: frame.toString("base64") });
  }

  private emit(
    head: Head,
    told:
      | { ev: "item"; list: string | null; own: string; item: unknown }
      | { ev: "frame"; why: FrameEvent["why"]; frame: string },
  ): void {
    this.count += 1;
    const { cmd, sub, at } = head;
    const where = { account: this.account, conn: this.conn, n: this.count, cmd, sub, at };
    this.environment.emit(
      told.ev === "item"
        ? { ev: "item", ...where, list: told.list, own: told.own, item: told.item }
        : { ev: "frame", ...where, why: told.why, frame: told.frame },
    );
  }

  /** Once there is a key, or never will be. */
  private release(): void {
    for (const { head, frame } of this.early.release()) {
      try {
        const envelope = envelopeOf(frame);
        if (envelope) this.tell(head, frame, envelope);
      } catch (error) {
        this.keep(head, frame, error instanceof FrameError ? error.why : "unreadable");
      }
    }
  }

  private opened(key: string): void {
    this.key = Buffer.from(key, "base64");
    if (this.state !== "connecting") return;
    this.state = "online";
    this.sign.began(Date.now());
    this.tellState("online");
    this.release();
  }

  private heard(): void {
    this.heardAt = Date.now();
    this.unanswered = 0;
  }

  private give(code: number, reason: string): void {
    this.ending = { code, reason };
    this.socket?.terminate();
  }

  private closed(code: number, reason: string): void {
    if (this.state === "closed") return;
    this.state = "closed";
    this.key = null;
    this.release();
    const end = this.ending ?? { code, reason };
    this.tellState("closed", end.code, end.reason);
    const failure = new Failure("closed", "the connection was closed");
    this.files.end(failure);
    this.old.end(failure);
    this.wire.close();
    this.onClosed(this);
  }

  private tellState(
    state: "connecting" | "online" | "closed",
    code: number | null = null,
    reason: string | null = null,
  ) {
    this.environment.emit({
      ev: "state",
      account: this.account,
      conn: this.conn,
      state,
      code,
      reason,
      heard_at: this.sign.at,
    });
  }
}

function bufferOf(data: WebSocket.Data): Buffer {
  if (Buffer.isBuffer(data)) return data;
  if (Array.isArray(data)) return Buffer.concat(data);
  return typeof data === "string" ? Buffer.from(data, "utf8") : Buffer.from(data);
}
