import { i18n } from "@lingui/core";
import type { Locale } from "../../api/types";
import { keepLocale } from "../../shared/i18n/locale";

/** Loads the page's own catalogue and switches to it. */
export async function speak(locale: Locale): Promise<void> {
  const { messages } = locale === "en" ? await import("../locales/en.po") : await import("../locales/vi.po");
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = locale;
  keepLocale(locale);
}
