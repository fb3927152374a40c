import { i18n, type Messages } from "@lingui/core";
import { render } from "@testing-library/react";
import { App } from "../src/app/App";

/** Opens the whole console at a path, as a browser would. */
export function open(path: string): void {
  window.history.pushState(null, "", path);
  render(<App />);
}

export function speak(locale: string, messages: Messages): void {
  i18n.loadAndActivate({ locale, messages });
}
