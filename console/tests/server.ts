import { vi } from "vitest";

type Answer = { status?: number; body?: unknown } | "never" | "broken";
type Handler = Answer | ((request: Request) => Answer | Promise<Answer>);

/** Answers by "METHOD /path"; a path may hold "*" for one step. What is not listed is a 404. */
export type Routes = Record<string, Handler>;

function find(routes: Routes, key: string): Handler | undefined {
  if (key in routes) return routes[key];
  return Object.entries(routes).find(([pattern]) =>
    new RegExp(`^${pattern.replaceAll("*", "[^/]+")}$`).test(key),
  )?.[1];
}

/** Puts a server of one test in the place of `fetch`. Returns what was asked, in order. */
export function serve(routes: Routes): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (input: Request) => {
    const { pathname, search } = new URL(input.url);
    const key = `${input.method} ${pathname}`;
    asked.push(`${key}${search}`);
    const handler = find(routes, key);
    const answer =
      typeof handler === "function" ? await handler(input) : (handler ?? { status: 404, body: {} });
    if (answer === "never") return new Promise<Response>(() => undefined);
    if (answer === "broken") throw new TypeError("fetch failed");
    const { status = 200, body = null } = answer;
    if (status === 204) return new Response(null, { status });
    const type = status >= 400 ? "application/problem+json" : "application/json";
    return new Response(JSON.stringify(body), { status, headers: { "content-type": type } });
  });
  return asked;
}
