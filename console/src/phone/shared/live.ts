import { useEffect, useRef, useState } from "react";
import { backoffMs } from "../../realtime/connection";
import { useVisible } from "../../shared/useVisible";

/** The sandbox says something every ten seconds; more than twice that in silence is a dead line. */
const SILENCE_MS = 25_000;

export type LineState = "connecting" | "open" | "lost";
type Told = { thread: () => void; list: () => void; state: (state: LineState) => void };
type Source = Pick<EventSource, "addEventListener" | "close"> & { onerror: EventSource["onerror"] };

/** A stream of news that comes back by itself. News have no content: whoever hears of them reads again. After each
 * opening everything is news. */
export class Live {
  private source: Source | null = null;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly told: Told;
  private readonly open: () => Source;

  constructor(told: Told, open: () => Source) {
    this.told = told;
    this.open = open;
  }

  start(): void {
    const source = this.open();
    this.source = source;
    source.addEventListener("open", () => this.heard(() => this.opened()));
    source.addEventListener("thread", () => this.heard(this.told.thread));
    source.addEventListener("list", () => this.heard(this.told.list));
    source.addEventListener("beat", () => this.heard());
    source.onerror = () => this.broke();
    this.wait(SILENCE_MS, () => this.broke());
  }

  stop(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  private opened(): void {
    this.attempt = 0;
    this.told.state("open");
    this.told.thread();
    this.told.list();
  }

  private heard(then?: () => void): void {
    if (!this.source) return;
    this.wait(SILENCE_MS, () => this.broke());
    then?.();
  }

  private broke(): void {
    this.stop();
    this.told.state("lost");
    this.wait(backoffMs(this.attempt, Math.random()), () => this.start());
    this.attempt = Math.min(this.attempt + 1, 3);
  }

  private wait(ms: number, then: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(then, ms);
  }
}

/** One stream for the page. A hidden tab hangs up: browsers allow few lines to one host, and it reads again when it is
 * seen. */
export function useLive(url: string, thread: () => void, list: () => void): LineState {
  const [state, setState] = useState<LineState>("connecting");
  const visible = useVisible();
  const told = useRef({ thread, list });
  told.current = { thread, list };
  useEffect(() => {
    if (!visible) return;
    const live = new Live(
      { thread: () => told.current.thread(), list: () => told.current.list(), state: setState },
      () => new EventSource(url),
    );
    live.start();
    return () => live.stop();
  }, [url, visible]);
  return state;
}
