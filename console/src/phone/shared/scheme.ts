import { local } from "../../shared/storage";

const KEY = "sokhach.phone.scheme";

/** What the visitor chose, else nothing: the page follows the device. */
function chosen(): string | null {
  const kept = local.get(KEY);
  return kept === "light" || kept === "dark" ? kept : null;
}

export function isDark(): boolean {
  const scheme = chosen();
  return scheme ? scheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

export function applyScheme(): void {
  const scheme = chosen();
  if (scheme) document.documentElement.dataset.scheme = scheme;
  else delete document.documentElement.dataset.scheme;
}

export function toggleScheme(): void {
  local.set(KEY, isDark() ? "light" : "dark");
  applyScheme();
}
