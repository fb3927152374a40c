/** What the host asks, and the accounts that run here. */

import { Failure, replyError, within } from "./failure.ts";
import { parseExact } from "./json.ts";
import { react, seen, sendMessage, typing, undo } from "./messages.ts";
import type { Output } from "./output.ts";
import * as people from "./people.ts";
import type { Event, Request, Start } from "./protocol.gen.ts";
import { VERSION } from "./protocol.gen.ts";
import { QrLogin } from "./qr.ts";
import { report } from "./report.ts";
import { type Environment, Session } from "./session.ts";
import { CALL_MS, callScope } from "./wire.ts";

/** The version in package.json, which fixes it. */
export const ZCA_JS = "2.2.0";
const TICK_MS = 1000;
const STATS_MS = 5000;
/** Lists of thousands of people take longer than one call. */
const LISTS_MS = 60_000;

type AccountRequest = Extract<Request, { account: number }>;

export class Host {
  private readonly sessions = new Map<number, Session>();
  private readonly starting = new Map<number, symbol>();
  private readonly logins = new Map<number, QrLogin>();
  private readonly environment: Environment;
  private readonly timers: NodeJS.Timeout[];
  private told = 0;

  constructor(
    private readonly output: Output,
    { standIn, silence }: Omit<Environment, "emit">,
    private readonly onShutdown: () => void,
  ) {
    this.environment = { standIn, silence, emit: (event) => this.tell(event) };
    output.onFull = (full) => {
      for (const session of this.sessions.values()) session.pause(full);
    };
    this.timers = [setInterval(() => this.tick(), TICK_MS)];
  }

  /** Answers one line of the host. */
  async take(line: string): Promise<void> {
    let request: Request;
    try {
      request = parseExact(line) as Request;
    } catch (error) {
      report("request", error);
      return;
    }
    try {
      const data = (await this.answer(request)) ?? null;
      this.output.write({ re: request.id, ok: true, data });
    } catch (error) {
      const said = replyError(error);
      if (said.kind === "bug") report(String(request.op), error);
      this.output.write({ re: request.id, ok: false, error: said });
    }
    if (request.op === "shutdown") this.onShutdown();
  }

  /** Closes every session without logging out. */
  close(): void {
    for (const timer of this.timers) clearInterval(timer);
    for (const login of [...this.logins.values()]) login.abort();
    for (const session of [...this.sessions.values()]) session.close();
    this.starting.clear();
  }

  private async answer(request: Request): Promise<unknown> {
    switch (request.op) {
      case "hello":
        return { version: VERSION, zca_js: ZCA_JS, pid: process.pid };
      case "shutdown":
        return this.close();
      case "login_qr": {
        this.logins.get(request.login)?.abort();
        const login = new QrLogin(request, this.environment, () => this.logins.delete(request.login));
        this.logins.set(request.login, login);
        return login.begin();
      }
      case "login_abort":
        return this.logins.get(request.login)?.abort();
      case "start":
        return this.start(request);
      case "stop":
        this.starting.delete(request.account);
        return this.sessions.get(request.account)?.close();
      case "send":
        return sendMessage(
          this.session(request.account).caller,
          this.session(request.account).files,
          request,
        );
      case "friends":
      case "friend_requests":
      case "profiles":
      case "groups":
      case "aliases":
      case "last_messages":
        return this.scoped(LISTS_MS, request);
      default:
        return this.scoped(CALL_MS, request);
    }
  }

  private async scoped(milliseconds: number, request: AccountRequest): Promise<unknown> {
    const session = this.session(request.account);
    return within(milliseconds, (signal) =>
      callScope.run(signal, async () => perform(session, request, signal)),
    );
  }

  private async start({ account, credentials, proxy }: Start): Promise<unknown> {
    this.sessions.get(account)?.close();
    const attempt = Symbol(String(account));
    this.starting.set(account, attempt);
    const { session, phone } = await Session.open(
      account,
      credentials,
      proxy ?? null,
      this.environment,
      (ended) => {
        if (this.sessions.get(account) === ended) this.sessions.delete(account);
      },
    );
    // Stopped, or started anew, while it logged in.
    if (this.starting.get(account) !== attempt) throw new Failure("closed", "stopped while it logged in");
    this.starting.delete(account);
    this.sessions.set(account, session);
    if (this.output.full) session.pause(true);
    session.listen();
    return session.introduce(phone);
  }

  private session(account: number): Session {
    const session = this.sessions.get(account);
    if (!session) throw new Failure("closed", "the account does not run here", null, "upload");
    return session;
  }

  private tell(event: Event): void {
    this.output.write(event, "account" in event ? event.account : null);
  }

  private tick(): void {
    const now = Date.now();
    for (const session of [...this.sessions.values()]) {
      try {
        session.tick(now);
      } catch (error) {
        report("watchdog", error);
      }
    }
    if (now - this.told < STATS_MS || this.output.full) return;
    this.told = now;
    const accounts = [...this.sessions.values()].map((session) =>
      session.stats(this.output.share(session.account)),
    );
    this.output.write({ ev: "stats", rss: process.memoryUsage.rss(), accounts });
  }
}

function perform(session: Session, request: AccountRequest, signal: AbortSignal): Promise<unknown> | unknown {
  const { caller } = session;
  switch (request.op) {
    case "undo":
      return undo(caller, request);
    case "react":
      return react(caller, request);
    case "seen":
      return seen(caller, request);
    case "typing":
      return typing(caller, request);
    case "friends":
      return people.friends(caller);
    case "profiles":
      return people.profiles(caller, request.uids);
    case "groups":
      return people.groups(caller, request.ids);
    case "find_phone":
      return people.findPhone(caller, request.phone);
    case "find_sticker":
      return people.findSticker(caller, request.sticker);
    case "friend_request":
      return people.requestFriend(caller, request.uid, request.text ?? "");
    case "friend_requests":
      return people.friendRequests(caller);
    case "friend_accept":
      return people.answerFriend(caller, request.uid, "accept");
    case "friend_reject":
      return people.answerFriend(caller, request.uid, "reject");
    case "friend_undo":
      return people.answerFriend(caller, request.uid, "undo");
    case "labels":
      return people.labels(caller);
    case "set_labels":
      return people.setLabels(caller, request.labels, request.version);
    case "set_alias":
      return people.setAlias(caller, request.uid, request.alias ?? null);
    case "aliases":
      return people.aliases(caller);
    case "old":
      return session.old.ask(request.group, request.last_id ?? null, signal);
    case "last_messages":
      return people.lastMessages(caller);
    case "group_history":
      return people.groupHistory(caller, request.group, request.before ?? null);
    case "keep_alive":
      return people.keepAlive(caller);
    case "export":
      return caller.credentials();
    default:
      throw new Failure("bug", `unknown operation ${(request as { op: string }).op}`);
  }
}
