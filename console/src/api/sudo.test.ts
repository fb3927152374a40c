import { afterEach, describe, expect, it } from "vitest";
import { onSudoNeeded, sendWithSudo } from "./sudo";

const refusal = (slug: string) =>
  new Response(JSON.stringify({ type: `urn:sokhach:problem:${slug}` }), { status: 403 });
const wish = (method = "POST") =>
  new Request("http://localhost/api/x", { method, ...(method === "POST" && { body: "α" }) });

let leave = () => {};
afterEach(() => leave());

/** A server that wants proof until it has it. Returns the bodies that came. */
function server(proven: { now: boolean }, slug = "sudo-needed") {
  const bodies: string[] = [];
  const send = async (request: Request) => {
    bodies.push(await request.text());
    return proven.now ? new Response("ok") : refusal(slug);
  };
  return { bodies, send };
}

describe("sendWithSudo", () => {
  it("asks, and sends the same again", async () => {
    const proven = { now: false };
    const { bodies, send } = server(proven);
    leave = onSudoNeeded(async () => {
      proven.now = true;
      return true;
    });
    expect((await sendWithSudo(wish(), send)).status).toBe(200);
    expect(bodies).toEqual(["α", "α"]);
  });

  it("gives the refusal, still to be read, to whoever declines", async () => {
    const { bodies, send } = server({ now: false });
    leave = onSudoNeeded(async () => false);
    const response = await sendWithSudo(wish(), send);
    expect(bodies).toHaveLength(1);
    expect((await response.json()).type).toContain("sudo-needed");
  });

  it("asks once for several requests", async () => {
    const proven = { now: false };
    let asked = 0;
    let answer = (_: boolean) => {};
    leave = onSudoNeeded(() => {
      asked += 1;
      return new Promise((resolve) => {
        answer = resolve;
      });
    });
    const both = Promise.all([1, 2].map(() => sendWithSudo(wish(), server(proven).send)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    proven.now = true;
    answer(true);
    expect((await both).map((one) => one.status)).toEqual([200, 200]);
    expect(asked).toBe(1);
  });

  it.each([["not-permitted"], ["second-factor-required"]])("lets %s pass", async (slug) => {
    const { bodies, send } = server({ now: false }, slug);
    leave = onSudoNeeded(async () => true);
    expect((await sendWithSudo(wish(), send)).status).toBe(403);
    expect(bodies).toHaveLength(1);
  });

  it("passes the refusal on where nobody can ask, and never asks because of a reading", async () => {
    expect((await sendWithSudo(wish(), server({ now: false }).send)).status).toBe(403);
    leave = onSudoNeeded(async () => true);
    const { bodies, send } = server({ now: false });
    expect((await sendWithSudo(wish("GET"), send)).status).toBe(403);
    expect(bodies).toHaveLength(1);
  });
});
