import { i18n } from "@lingui/core";
import createClient from "openapi-fetch";
import { Problem } from "./problem";
import type { paths } from "./schema";
import { sendWithSudo } from "./sudo";

export function csrfToken(): string | null {
  const match = /(?:^|;\s*)csrftoken=([^;]*)/.exec(document.cookie);
  return match?.[1] ? decodeURIComponent(match[1]) : null;
}

/** The one door to the server. Everything else goes through `call`. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  // Looked up at call time, so that tests can put their own in place.
  fetch: (request) => sendWithSudo(request, (one) => globalThis.fetch(one)),
});

api.use({
  onRequest({ request }) {
    request.headers.set("Accept-Language", i18n.locale === "en" ? "en" : "vi");
    const token = csrfToken();
    if (token && request.method !== "GET") request.headers.set("x-csrftoken", token);
    return request;
  },
});

type Outcome<T> = { data?: T; error?: unknown; response: Response };

/** Resolves with the body, or throws a `Problem` (status 0 when the server could not be reached). */
export async function call<T>(request: Promise<Outcome<T>>): Promise<T> {
  let outcome: Outcome<T>;
  try {
    outcome = await request;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw Problem.unreachable(cause);
  }
  if (!outcome.response.ok) throw Problem.from(outcome.response.status, outcome.error);
  return outcome.data as T;
}
