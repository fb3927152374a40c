import { i18n } from "@lingui/core";
import type { Locale } from "../../api/types";
import { local } from "../storage";

const KEY = "sokhach.locale";

export function preferredLocale(): Locale {
  const stored = local.get(KEY);
  if (stored === "vi" || stored === "en") return stored;
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "vi";
}

export function keepLocale(locale: Locale): void {
  local.set(KEY, locale);
}

/** Loads a catalogue and switches to it; the choice is kept for the sign-in page of this browser. */
export async function activateLocale(locale: Locale): Promise<void> {
  if (i18n.locale === locale) return;
  const { messages } =
    locale === "en" ? await import("../../locales/en.po") : await import("../../locales/vi.po");
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = locale;
  keepLocale(locale);
}
