import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { FakeSocket } from "./fakeSocket";

configure({
  // A busy machine is slow, not wrong.
  asyncUtilTimeout: 10_000,
  getElementError: (message) => new Error(message ?? "not found"),
});

// What jsdom lacks. Sizes are those of a laptop, so that virtual lists have something to fill.
class NoResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

let width = 1366;

/** The width that media queries see from now on in this test. */
export function setWidth(px: number): void {
  width = px;
}

function matches(query: string): boolean {
  const most = /max-width:\s*(\d+)px/.exec(query);
  const least = /min-width:\s*(\d+)px/.exec(query);
  if (most) return width <= Number(most[1]);
  return least ? width >= Number(least[1]) : false;
}

beforeEach(() => {
  width = 1366;
  vi.stubGlobal("ResizeObserver", NoResizeObserver);
  vi.stubGlobal("WebSocket", FakeSocket);
  FakeSocket.all.length = 0;
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: matches(query),
    media: query,
    addEventListener() {},
    removeEventListener() {},
  }));
  Object.defineProperty(HTMLElement.prototype, "clientHeight", { configurable: true, get: () => 700 });
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, get: () => 320 });
  Object.defineProperty(document, "fonts", { configurable: true, value: new EventTarget() });
  window.scrollTo = () => undefined;
  Element.prototype.scrollTo = () => undefined;
  Element.prototype.scrollIntoView = () => undefined;
  localStorage.clear();
  sessionStorage.clear();
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
