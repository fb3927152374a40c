import { perTab } from "../../../shared/storage";

export const SPEEDS = [1, 1.5, 2] as const;
export type Speed = (typeof SPEEDS)[number];

const KEY = "sokhach.playback-speed";
let playing: HTMLMediaElement | null = null;

/** Only one voice at a time: whoever starts, ends the one before. */
export function takeTurn(element: HTMLMediaElement): void {
  if (playing !== element) playing?.pause();
  playing = element;
}

export function nextSpeed(speed: Speed): Speed {
  return SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
}

/** The speed that somebody listened at last, in this tab. */
export function keptSpeed(): Speed {
  return SPEEDS.find((speed) => String(speed) === perTab.get(KEY)) ?? 1;
}

export function keepSpeed(speed: Speed): void {
  perTab.set(KEY, String(speed));
}

/** `0:07`, `12:30`. */
export function playTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
