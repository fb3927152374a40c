import { parseFrame, type RealtimeEvent, type Typing } from "./protocol";

const SIGNED_OUT = 4401;
const ACCESS_CHANGED = 4402;
/** The server pings every 20 s; twice that in silence means a dead line that the browser has not noticed. */
const SILENCE_MS = 45_000;
const QUIET_MS = 25_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export type ConnectionState = "connecting" | "open" | "lost";

type Handlers = {
  events: (events: RealtimeEvent[]) => void;
  typing: (typing: Typing) => void;
  /** After the first hello, and when the cursor was too old to resume: what was read before may be stale. */
  stale: () => void;
  signedOut: () => void;
  /** The reader may see something else now: who they are is to be asked anew. All else follows with `stale`. */
  accessChanged: () => void;
  state: (state: ConnectionState) => void;
};

type World = { open: (cursor: number | null) => WebSocket; random: () => number };

/** Half of the doubled wait is chance, so that a whole office does not come back in the same second. */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return Math.round(full / 2 + (full / 2) * random);
}

/** One socket that comes back by itself and resumes where it stopped. */
export class Connection {
  private cursor: number | null = null;
  private socket: WebSocket | null = null;
  private attempt = 0;
  private heardAt = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private silenceTimer: ReturnType<typeof setTimeout> | undefined;
  private stopped = true;
  private readonly handlers: Handlers;
  private readonly world: World;

  constructor(handlers: Handlers, world: World) {
    this.handlers = handlers;
    this.world = world;
  }

  start(): void {
    this.stopped = false;
    this.handlers.state("connecting");
    this.connect();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.retryTimer);
    this.drop();
  }

  /** The network or the reader came back: no reason to wait out the pause, or to trust a line that fell silent. */
  nudge(): void {
    if (this.stopped) return;
    if (this.socket && Date.now() - this.heardAt < QUIET_MS) return;
    clearTimeout(this.retryTimer);
    this.drop();
    this.attempt = 0;
    this.connect();
  }

  /** The computer has no network any more. Its socket may look open for a minute; nothing comes through it. */
  cut(): void {
    if (!this.stopped && this.socket) this.closed(0);
  }

  private connect(): void {
    const socket = this.world.open(this.cursor);
    this.socket = socket;
    socket.onmessage = (event) => this.receive(event.data);
    socket.onclose = (event) => this.closed(event.code);
    this.watchSilence();
  }

  private receive(data: unknown): void {
    this.watchSilence();
    const frame = parseFrame(data);
    if (!frame) return;
    if (frame.type === "ping") {
      this.socket?.send(JSON.stringify({ type: "pong" }));
      return;
    }
    const first = this.cursor === null;
    if (frame.type === "hello") {
      this.attempt = 0;
      if (first || frame.reset) {
        this.cursor = frame.cursor;
        this.handlers.stale();
      }
      this.handlers.state("open");
      return;
    }
    const after = this.cursor ?? -1;
    const news: RealtimeEvent[] = [];
    for (const event of frame.events) {
      if (event.kind === "conversation.typing") this.handlers.typing(event);
      // A replay may overlap with what came before the line broke.
      else if (event.seq > after) news.push(event);
    }
    this.cursor = Math.max(after, frame.cursor);
    if (news.length > 0) this.handlers.events(news);
  }

  private closed(code: number): void {
    this.drop();
    if (this.stopped) return;
    if (code === SIGNED_OUT) {
      this.stopped = true;
      this.handlers.signedOut();
      return;
    }
    if (code === ACCESS_CHANGED) {
      this.cursor = null;
      this.handlers.accessChanged();
      this.connect();
      return;
    }
    this.handlers.state("lost");
    this.retryTimer = setTimeout(() => this.connect(), backoffMs(this.attempt, this.world.random()));
    this.attempt += 1;
  }

  private watchSilence(): void {
    this.heardAt = Date.now();
    clearTimeout(this.silenceTimer);
    this.silenceTimer = setTimeout(() => this.closed(0), SILENCE_MS);
  }

  private drop(): void {
    clearTimeout(this.silenceTimer);
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }
}
