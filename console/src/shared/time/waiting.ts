export type WaitingLevel = "calm" | "warm" | "late";

const WARM_AFTER_MS = 10 * 60_000;
const LATE_AFTER_MS = 60 * 60_000;

/** How long a customer has waited, never below zero (this computer's clock may run behind the server's). */
export function waitingMs(since: string, now: number): number {
  return Math.max(0, now - Date.parse(since));
}

/** Colour of a waiting time. Until a promise of service is set, ten minutes and one hour are the steps. */
export function waitingLevel(ms: number): WaitingLevel {
  if (ms >= LATE_AFTER_MS) return "late";
  return ms >= WARM_AFTER_MS ? "warm" : "calm";
}
