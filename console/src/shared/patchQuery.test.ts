import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { patchQuery } from "./patchQuery";

describe("patchQuery", () => {
  it("changes what is there, and invents nothing", () => {
    const client = new QueryClient();
    client.setQueryData(["a"], 1);
    patchQuery<number>(client, ["a"], (value) => value + 1);
    patchQuery<number>(client, ["b"], (value) => value + 1);
    expect(client.getQueryData(["a"])).toBe(2);
    expect(client.getQueryData(["b"])).toBeUndefined();
    expect(client.getQueryState(["a"])?.isInvalidated).toBe(false);
  });

  it("leaves to be read again what was to be read again", async () => {
    const client = new QueryClient();
    client.setQueryData(["a"], 1);
    await client.invalidateQueries({ queryKey: ["a"] });
    patchQuery<number>(client, ["a"], (value) => value + 1);
    expect(client.getQueryState(["a"])?.isInvalidated).toBe(true);
  });
});
