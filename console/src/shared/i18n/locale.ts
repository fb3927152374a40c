import { i18n } from "@lingui/core";
import type { Locale } from "../../api/types";
import { local } from "../storage";

const KEY = "sokhach.locale";

const TEXTS = {
  /** The inbox, signing in, and what every page shares. */
  first: { vi: () => import("../../locales/vi.po"), en: () => import("../../locales/en.po") },
  /** The pages beside the inbox: see `PAGES` in lingui.config.ts. */
  pages: { vi: () => import("../../locales/pages/vi.po"), en: () => import("../../locales/pages/en.po") },
};
const wanted = new Set<keyof typeof TEXTS>(["first"]);

export function preferredLocale(): Locale {
  const stored = local.get(KEY);
  if (stored === "vi" || stored === "en") return stored;
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "vi";
}

export function keepLocale(locale: Locale): void {
  local.set(KEY, locale);
}

/** Loads the texts and switches to them; the choice is kept for the sign-in page of this browser. */
export async function activateLocale(locale: Locale): Promise<void> {
  if (i18n.locale === locale) return;
  // A set that grows meanwhile is gone through to its end: no page is left without texts.
  for (const part of wanted) i18n.load(locale, (await TEXTS[part][locale]()).messages);
  i18n.activate(locale);
  document.documentElement.lang = locale;
  keepLocale(locale);
}

/** The texts of the pages beside the inbox, in the language spoken now; to be awaited before one is shown. */
export async function loadPageTexts(): Promise<void> {
  wanted.add("pages");
  const locale = i18n.locale as Locale;
  i18n.load(locale, (await TEXTS.pages[locale]()).messages);
}
