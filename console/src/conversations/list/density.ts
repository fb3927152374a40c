import { useSyncExternalStore } from "react";
import { local } from "../../shared/storage";

export type Density = "comfortable" | "compact";

const KEY = "sokhach.density";
export const ROW_HEIGHT: Record<Density, number> = { comfortable: 70, compact: 54 };

const listeners = new Set<() => void>();
let current: Density = local.get(KEY) === "compact" ? "compact" : "comfortable";

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function setDensity(density: Density): void {
  current = density;
  local.set(KEY, density);
  for (const listener of listeners) listener();
}

export function useDensity(): Density {
  return useSyncExternalStore(subscribe, () => current);
}
