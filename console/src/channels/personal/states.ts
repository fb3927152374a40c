import type { CapUse, PersonalState } from "./types";

/** What a lead looks for: who needs a hand, who comes back alone, who runs, who was stopped. */
export type Group = "attention" | "connecting" | "online" | "stopped";
export const GROUPS: readonly Group[] = ["attention", "connecting", "online", "stopped"];

const GROUP_OF: Record<PersonalState, Group> = {
  taken_over: "attention",
  kicked: "attention",
  needs_login: "attention",
  // It is tried again by itself.
  dead: "connecting",
  offline: "connecting",
  connecting: "connecting",
  online: "online",
  stopped: "stopped",
};

/** A state that a newer server may name needs a person's eye. */
export function groupOf(state: string): Group {
  return (GROUP_OF as Record<string, Group>)[state] ?? "attention";
}

export type Tone = "good" | "warn" | "bad" | "quiet";

export function toneOf(state: PersonalState): Tone {
  if (state === "online") return "good";
  if (state === "stopped") return "quiet";
  return groupOf(state) === "attention" ? "bad" : "warn";
}

/** The cap that is nearest to its end. */
export function tightest(caps: readonly CapUse[]): CapUse | null {
  const share = ({ used, limit }: CapUse) => (limit > 0 ? used / limit : 0);
  return caps.reduce<CapUse | null>((most, one) => (!most || share(one) > share(most) ? one : most), null);
}
